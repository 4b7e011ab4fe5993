"""Two people in the same minutes on two machines: each sees the other's name and words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schema.records import Meeting
from schema.store import Store
from tests.e2e.office import minutes, text_of
from tests.e2e.running import Running
from tests.e2e.terminal import Terminal
from tests.e2e.test_two_terminals import LOWER, UPPER, lower, upper
from tests.e2e.two import Two, add_meeting, founded, settle

LAN, BINH = "Lê Thị Lan", "Trần Văn Bình"
KEYS = 600


@contextmanager
def syncing(two: Two) -> Iterator[None]:
    """`thuky sync run` on both machines."""
    with Running(two.a) as one, Running(two.b) as other:
        yield
        assert [one.stop(), other.stop()] == [0, 0]


def office(tmp_path: Path, secrecy: str = "") -> tuple[Two, str]:
    """Two machines with a meeting, and a person at each."""
    two = founded(tmp_path)
    id = add_meeting(two.a, "Giao ban")
    settle(two)
    for db, name in zip(two.both, (LAN, BINH), strict=True):
        with Store(db) as store:
            store.set_local({"name": name})
            store.update(Meeting, id, secrecy=secrecy)
    return two, id


def until(terminals: list[Terminal], *wanted: tuple[Terminal, str]) -> None:
    """Wait until each of these terminals shows what it is to show."""

    def there(_: Terminal) -> bool:
        for terminal in terminals:
            terminal.pump(0.02)
        return all(words in terminal.text() for terminal, words in wanted)

    terminals[0].wait_for(there, 60)


def gone(terminals: list[Terminal], terminal: Terminal, words: str) -> None:
    """Wait until a terminal does not show something any more."""

    def there(_: Terminal) -> bool:
        for each in terminals:
            each.pump(0.02)
        return words not in terminal.text()

    terminals[0].wait_for(there, 60)


def test_each_sees_the_others_name_where_they_are_and_their_words(tmp_path: Path) -> None:
    two, id = office(tmp_path)
    with syncing(two), minutes(two.a, id) as lan:
        with minutes(two.b, id, columns=80, rows=24) as binh:
            both = [lan, binh]
            until(both, (lan, f"cùng ghi: {BINH}"), (binh, f"cùng ghi: {LAN}"))
            lan.type("Sở Tài chính báo cáo.\n\n")
            until(both, (binh, "Sở Tài chính báo cáo."))
            binh.press("ctrl+home", "end")
            binh.type(" Đồng ý.")
            until(both, (lan, "Sở Tài chính báo cáo. Đồng ý."), (binh, "‹ Lan"))
            until(both, (lan, "‹ Bình"))
            # Each takes back only their own.
            for _ in range(9):
                lan.press("ctrl+k")
                lan.type("u")
            until(both, (lan, "Không còn gì để hoàn tác"))
            gone(both, binh, "báo cáo")
            assert "Đồng ý." in lan.text()
            assert "Đồng ý." in binh.text()
            # Who wrote what is left.
            lan.press("ctrl+home", "ctrl+k")
            lan.type("i")
            until(both, (lan, f"{BINH} ghi “Đồng ý.”"))
        gone([lan], lan, "cùng ghi:")
    assert list((tmp_path / "folder").rglob("*.presence")) == []


def test_two_people_type_on_two_machines_and_no_letter_is_lost(tmp_path: Path) -> None:
    two, id = office(tmp_path)
    low, up = LOWER[:KEYS], UPPER[:KEYS]
    with syncing(two), minutes(two.a, id) as lan, minutes(two.b, id) as binh:
        until([lan, binh], (lan, "cùng ghi"), (binh, "cùng ghi"))
        for at in range(0, KEYS, 10):
            lan.type(low[at : at + 10])
            binh.type(up[at : at + 10])
            lan.pump(0.05)
            binh.pump(0.05)

        def kept(left: str) -> bool:
            for terminal in (lan, binh):
                terminal.pump(0.05)
            said = [text_of(db, id) for db in two.both]
            letters = [(lower(text), upper(text)) for text in said]
            return letters == [(lower(left), upper(up))] * 2 and said[0] == said[1]

        lan.wait_for(lambda _: kept(low), 60)
        for _ in range(3):
            lan.press("ctrl+k")
            lan.type("u")
        left = "".join(low.rstrip().split(" ")[:-3])
        lan.wait_for(lambda _: kept(left), 60)


def test_a_meeting_marked_with_a_grade_is_written_without_a_word_in_the_folder(
    tmp_path: Path,
) -> None:
    two, id = office(tmp_path, "mat")
    before = {path.name for path in (tmp_path / "folder").rglob("*")}
    other = add_meeting(two.a, "Khác")
    with syncing(two), minutes(two.a, id) as lan:
        lan.type("Nội dung mật.")

        def arrived(_: Terminal) -> bool:
            lan.pump(0.05)
            with Store(two.b) as store:
                return store.find(Meeting, other) is not None

        lan.wait_for(arrived, 60)
        now = {path.name for path in (tmp_path / "folder").rglob("*")}
        assert [name for name in now - before if name.endswith(".presence")] == []
    assert list((tmp_path / "folder").rglob("*.presence")) == []
