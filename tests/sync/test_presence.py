"""Who has which text open is known on other machines, for as long as it is so."""

from pathlib import Path

import msgspec
import pytest

from schema.carets import RENEW_SECONDS, STALE_SECONDS, Caret, carets, drop, put
from schema.records import Meeting
from sync.notes import Topic, publish
from sync.presence import EVERY_SECONDS, MOST_CARETS, Mark, Presence, Said
from tests.sync.desks import Desk, Desks

ANCHOR = b"anchor"


class Seat:
    """A machine of the workspace and what it says and hears of open texts."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.presence = Presence(desk.store)

    def write(self, text: str, anchor: bytes = ANCHOR, name: str = "Lan", id: str = "p") -> None:
        put(self.desk.store, Caret(id, text, anchor, name))

    def leave(self, id: str = "p") -> None:
        drop(self.desk.store, id)

    def step(self) -> float:
        return self.presence.step(self.desk.engine.workspace)

    def sees(self) -> list[tuple[str, bytes, str]]:
        """Text, anchor and name of each caret of another machine."""
        return [(c.text, c.anchor, c.name) for c in carets(self.desk.store) if c.device]


@pytest.fixture
def seats(desks: Desks) -> list[Seat]:
    return [Seat(desk) for desk in desks.all]


def notes(desks: Desks) -> list[str]:
    return sorted(path for path in desks.folder.files if path.endswith(".presence"))


def meet(seats: list[Seat]) -> None:
    for seat in (*seats, *seats):
        seat.step()


def pass_time(desks: Desks, seconds: float) -> None:
    desks.clock.seconds += seconds


def test_each_hears_where_the_other_is_in_the_same_text(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    one.write("m", b"a", "Lan")
    two.write("m", b"b", "An")
    meet(seats)
    assert one.sees() == [("m", b"b", "An")]
    assert two.sees() == [("m", b"a", "Lan")]
    pass_time(desks, EVERY_SECONDS)
    one.write("m", b"c")
    meet(seats)
    assert two.sees() == [("m", b"c", "Lan")]
    assert len(notes(desks)) == 2


def test_nothing_is_said_while_no_text_is_open_or_no_other_machine_is_there(tmp_path: Path) -> None:
    alone = Desks(tmp_path, 1)
    seat = Seat(alone.all[0])
    seat.write("m")
    assert seat.step() == float("inf")
    assert notes(alone) == []
    alone.close()


def test_a_text_that_is_closed_is_withdrawn_at_once(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    one.write("m")
    two.write("m")
    meet(seats)
    one.leave()
    meet(seats)
    assert two.sees() == []
    assert len(notes(desks)) == 1
    two.presence.close()
    assert notes(desks) == []


def test_who_was_killed_is_gone_after_a_few_minutes_there_and_here(
    desks: Desks, seats: list[Seat]
) -> None:
    one, two = seats
    one.write("m")
    two.write("m")
    meet(seats)
    pass_time(desks, STALE_SECONDS + 1)
    two.write("m")
    assert two.sees() == []
    one.step()
    two.step()
    assert two.sees() == []
    assert [path.split("/")[1] for path in notes(desks)] == [two.desk.device]


def test_who_stays_without_moving_stays(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    for _ in range(2 * STALE_SECONDS // RENEW_SECONDS):
        one.write("m")
        two.write("m")
        meet(seats)
        assert two.sees() == [("m", ANCHOR, "Lan")]
        pass_time(desks, RENEW_SECONDS)


def test_what_a_killed_service_said_is_taken_away_by_the_next(
    desks: Desks, seats: list[Seat]
) -> None:
    one, two = seats
    one.write("m")
    two.write("m")
    meet(seats)
    again = Seat(one.desk)
    assert again.sees() == []
    one.leave()
    again.step()
    two.step()
    assert two.sees() == []


def test_moves_are_told_once_a_second_and_only_where_somebody_else_is(
    desks: Desks, seats: list[Seat]
) -> None:
    one, two = seats
    one.write("m", b"0")
    meet(seats)
    first = notes(desks)
    for number in range(50):
        pass_time(desks, 0.1)
        one.write("m", str(number).encode())
        one.step()
    assert notes(desks) == first
    two.write("m")
    meet(seats)
    # Whoever comes learns at once where the others are.
    assert two.sees() == [("m", b"49", "Lan")]
    told: set[str] = set()
    for number in range(50):
        pass_time(desks, 0.1)
        one.write("m", f"x{number}".encode())
        wait = one.step()
        told.update(path for path in notes(desks) if one.desk.device in path)
        assert 0 < wait <= RENEW_SECONDS
    assert 4 <= len(told) <= 7
    pass_time(desks, EVERY_SECONDS)
    meet(seats)
    assert two.sees() == [("m", b"x49", "Lan")]


def test_others_in_other_texts_cost_no_note_for_each_move(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    one.write("m")
    two.write("n")
    meet(seats)
    before = notes(desks)
    for number in range(20):
        pass_time(desks, 1)
        one.write("m", str(number).encode())
        meet(seats)
    assert notes(desks) == before


def test_a_name_of_a_note_is_never_used_twice(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    seen: list[str] = []
    for _ in range(3):
        seat = Seat(one.desk)
        for _ in range(3):
            pass_time(desks, 2)
            seat.write("m", str(desks.clock.seconds).encode())
            two.write("m")
            seat.step()
            two.step()
            seat.step()
            seen += [path for path in notes(desks) if one.desk.device in path and path not in seen]
            seat.leave()
            seat.step()
    assert len(seen) == 9
    numbers = [int(path.rsplit("/", 1)[1].partition(".")[0]) for path in seen]
    assert numbers == sorted(numbers)


def test_a_meeting_marked_with_a_grade_is_never_named(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    secret = one.desk.store.insert(Meeting(title="x", secrecy="mat"))
    open_one = one.desk.store.insert(Meeting(title="y"))
    one.write(secret.id)
    two.write(open_one.id)
    meet(seats)
    assert not [path for path in notes(desks) if one.desk.device in path]
    one.write(open_one.id, id="q")
    meet(seats)
    assert two.sees() == [(open_one.id, ANCHOR, "Lan")]
    # A mark that is set while the text is open counts from then on.
    one.desk.store.update(Meeting, open_one.id, secrecy="mat")
    pass_time(desks, 2)
    meet(seats)
    assert two.sees() == []


def test_who_has_no_name_is_called_as_the_machine(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    one.write("m", name="")
    two.write("m")
    meet(seats)
    assert [name for _, _, name in two.sees()] == ["Máy 1"]


@pytest.mark.parametrize("hours", [-9000, -1, 1, 9000])
def test_a_machine_whose_clock_is_wrong_is_seen_when_it_says_something_new(
    desks: Desks, seats: list[Seat], hours: int
) -> None:
    one, two = seats
    two.write("m")
    two.step()
    workspace = one.desk.engine.workspace

    def said(minute: int) -> bytes:
        at = int((desks.clock.seconds + hours * 3600) * 1000) + minute * 60_000
        return msgspec.msgpack.encode(Said(at, [Mark("m", ANCHOR, "Lan")]))

    publish(workspace, Topic.PRESENCE, said(0))
    two.step()
    # It may be of a machine that was switched off long ago.
    assert two.sees() == []
    publish(workspace, Topic.PRESENCE, said(1))
    two.step()
    assert two.sees() == [("m", ANCHOR, "Lan")]
    pass_time(desks, STALE_SECONDS + 1)
    assert two.sees() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        msgspec.msgpack.encode({"at": "x", "carets": []}),
        msgspec.msgpack.encode({"at": 0, "carets": [{"text": "m", "anchor": b"", "name": 5}]}),
        msgspec.msgpack.encode(Said(0, [Mark("m", b"", "x" * 65)])),
        msgspec.msgpack.encode(Said(0, [Mark("m", b"x" * 257, "")])),
        msgspec.msgpack.encode(Said(0, [Mark("m", b"", "")] * (MOST_CARETS + 1))),
    ],
)
def test_a_note_of_another_form_is_left_alone(seats: list[Seat], content: bytes) -> None:
    one, two = seats
    two.write("m")
    publish(one.desk.engine.workspace, Topic.PRESENCE, content)
    two.step()
    assert two.sees() == []


def test_a_newer_version_may_say_more(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    two.write("m")
    mark = {"text": "m", "anchor": ANCHOR, "name": "Lan", "colour": 3}
    said = {"at": int(desks.clock.seconds * 1000), "carets": [mark], "mood": "good"}
    publish(one.desk.engine.workspace, Topic.PRESENCE, msgspec.msgpack.encode(said))
    two.step()
    assert two.sees() == [("m", ANCHOR, "Lan")]


def test_the_note_tells_who_has_no_key_nothing(desks: Desks, seats: list[Seat]) -> None:
    one, two = seats
    meeting = one.desk.store.insert(Meeting(title="Giao ban"))
    one.write(meeting.id, name="Lê Thị Lan")
    two.write(meeting.id)
    meet(seats)
    for path in notes(desks):
        data = desks.folder.files[path]
        for word in ("Lan", meeting.id):
            assert word.encode() not in data
