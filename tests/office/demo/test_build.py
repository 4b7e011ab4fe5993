"""The sample office is a sound one, like a real one, and the same each time."""

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from office import followups
from office.demo.build import NOW, build
from office.demo.conference import DIRECTIONS, TITLE
from office.demo.staff import NAMESAKE
from office.labels import FOLLOWUP_EVENTS, FOLLOWUP_STATES, MEETING_KINDS
from office.life_rules import Case, check, state_of
from office.meetings import clashes, phase
from office.moments import local
from office.points import missing
from office.standing import standing
from schema import texts
from schema.doctor import examine
from schema.records import (
    Attendance,
    Field,
    Finding,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Text,
    TextUpdate,
    Unit,
)
from schema.search_index import waiting
from schema.standing import Standing
from schema.store import Store
from schema.tables import TABLES
from tests.house.launching import ROOT
from tests.office.demo.conftest import WINTER

# Whom the press report names.
PRESS = "Trần Duy Đông"


def content(store: Store) -> str:
    """A digest of every row of every table that is synced."""
    found = hashlib.sha256()
    for table in TABLES:
        for row in store.select(table.record, "ORDER BY id"):
            found.update(repr(row).encode())
    return found.hexdigest()


def test_it_is_the_same_each_time(office: Store, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from office.demo.build import build;"
        "build(Path(sys.argv[1]), first=date.fromisoformat(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(again), WINTER.isoformat()],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "HOME": str(tmp_path)},
        check=True,
    )
    with Store(again) as other:
        assert content(other) == content(office)


def test_another_seed_is_another_office(office: Store, tmp_path: Path) -> None:
    day = date(2026, 2, 16)
    build(tmp_path / "a.db", first=day, seed=1)
    build(tmp_path / "b.db", first=day, seed=2)
    with Store(tmp_path / "a.db") as a, Store(tmp_path / "b.db") as b:
        assert content(a) != content(b)


def test_a_year_has_over_500_meetings_of_every_kind_and_follow_ups_in_every_state(
    tmp_path: Path,
) -> None:
    told: list[float] = []
    counts = build(tmp_path / "thuky.db", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with Store(tmp_path / "thuky.db") as store:
        meetings = store.live(Meeting)
        assert counts["meetings"] == len(meetings) > 520
        assert {meeting.kind for meeting in meetings} == set(MEETING_KINDS)
        assert Counter(map(phase, meetings))["ended"] > 500
        tasks = store.live(Followup)
        assert counts["followups"] == len(tasks)
        assert {followup.state for followup in tasks} == set(FOLLOWUP_STATES)
        assert {source.kind for source in store.live(FollowupSource)} == {
            "meeting", "notice", "directive", "resolution", "phone",
        }  # fmt: skip
        assert counts["units"] == 191
        assert examine(store) == []
        by_kind = Counter(event.kind for event in store.select(FollowupEvent))
        unused = {"raised", "carried", "started", "noted", "undone"}
        assert by_kind.keys() == FOLLOWUP_EVENTS.keys() - unused
        handed = store.select(FollowupEvent, "WHERE kind = 'submitted'")
        assert all(event.product and event.number and event.unit for event in handed)
        assert any(event.link for event in handed)
        assert any(event.figure and event.measure for event in handed)
        granted = store.select(FollowupEvent, "WHERE kind = 'extended'")
        assert all((event.due_from or "") < (event.due_to or "") for event in granted)
        assert all(event.note for event in store.select(FollowupEvent, "WHERE waived <> ''"))
        assert all(field.leader for field in store.live(Field))
        assert sum(bool(f.field) for f in tasks) > len(tasks) // 2
        assert {finding.result for finding in store.live(Finding)} >= {"good", "short"}
        stands = Counter(standing(f, NOW.date()) for f in tasks)
        assert all(stands[s] for s in Standing if s is not Standing.UNASSIGNED)
        in_time = stands[Standing.DONE_IN_TIME]
        finished = in_time + stands[Standing.DONE_LATE] + stands[Standing.RUNNING_LATE]
        assert 0.4 < in_time / finished < 0.8


def test_a_life_there_is_one_that_the_rules_allow(office: Store) -> None:
    """Written down again step by step, it is taken without a reason that is not there."""
    for followup in office.live(Followup, "state = 'done' ORDER BY id LIMIT 40"):
        happened: list[FollowupEvent] = []
        for event in followups.events_of(office, followup.id):
            if event.kind in ("proposed", "reminded", "extended"):
                happened.append(event)
                continue
            then = replace(followup, state=state_of(happened))
            if event.kind == "extension_asked":
                then = replace(then, due=event.due_from, inclusive=1)
            case = Case(then, then, happened, NOW.date())
            assert check(event, case) == tuple(event.waived.split())
            happened.append(event)


def test_nothing_is_wrong_with_it(office: Store) -> None:
    assert examine(office) == []


def test_it_is_ready_to_be_searched(office: Store) -> None:
    assert waiting(office) == 0


def test_every_direction_of_the_conference_is_a_follow_up_as_the_table_says(office: Store) -> None:
    (meeting,) = office.live(Meeting, "title = ?", TITLE)
    made = {f.line: f for f in office.live(Followup, "meeting = ?", meeting.id)}
    names = {unit.id: unit.name for unit in office.live(Unit)}
    assert len(made) == len(DIRECTIONS)
    for direction in DIRECTIONS:
        followup = made[direction.sentence]
        assert names[followup.lead or ""] == direction.lead
        others = tuple(names[id] for id in followup.coordinating.splitlines())
        assert others == direction.coordinating
        assert followup.due == direction.due.isoformat()
        for cell in ("work", "product", "authority", "accountable", "due_text", "recurrence"):
            assert getattr(followup, cell) == getattr(direction, cell)
        assert missing(followup) == ()
        assert followup.state == "assigned"


def test_every_follow_up_of_a_meeting_is_tied_to_its_line(office: Store) -> None:
    tied = office.live(Followup, "meeting IS NOT NULL")
    assert tied
    for meeting in {followup.meeting or "" for followup in tied}:
        document = texts.load(office, meeting).document
        for followup in (f for f in tied if f.meeting == meeting):
            at = document.position(followup.anchor or b"")
            assert at is not None
            mark, line = document.text[at - 2 : at], document.text[at:].split("\n")[0]
            assert (mark in ("! ", "= "), line) == (True, followup.line)


def test_past_meetings_have_minutes_and_coming_ones_have_none(office: Store) -> None:
    written = {text.id for text in office.select(Text) if text.plain}
    for meeting in office.live(Meeting):
        assert (meeting.id in written) == (phase(meeting) == "ended")
    coming = [m for m in office.live(Meeting) if phase(m) == "planned"]
    assert len(coming) > 8
    assert all(local(meeting.starts_at) > NOW for meeting in coming)


def test_minutes_tell_who_typed_them_while_the_meeting_lasted(office: Store) -> None:
    (meeting,) = office.live(Meeting, "title = ?", TITLE)
    history = texts.load(office, meeting.id).document.history()
    assert {version.author for version in history} == {office.local("name")}
    start, end = local(meeting.starts_at), local(meeting.ends_at or "")
    assert all(start <= version.at <= end for version in history)
    assert history[-1].at - history[0].at > timedelta(hours=2)
    assert len(office.select(TextUpdate, "WHERE text = ?", meeting.id)) == 1


def test_no_room_and_no_chair_is_wanted_twice_at_once(office: Store) -> None:
    meetings = office.live(Meeting)
    by_day: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        by_day.setdefault(local(meeting.starts_at).date(), []).append(meeting)
    assert [c for day in by_day.values() for m in day for c in clashes(m, day)] == []


def test_nothing_happens_on_a_day_off_nor_after_the_present(office: Store) -> None:
    tet = [date(2026, 2, 14) + timedelta(days=n) for n in range(9)]
    assert not {local(m.starts_at).date() for m in office.live(Meeting)} & set(tet)
    events = office.select(FollowupEvent)
    assert not {local(event.at).date() for event in events} & set(tet)
    assert all(local(event.at) <= NOW for event in events)


def test_the_life_of_a_follow_up_is_in_order_of_time(office: Store) -> None:
    by_followup: dict[str, list[FollowupEvent]] = {}
    for event in office.select(FollowupEvent, "ORDER BY seq"):
        by_followup.setdefault(event.followup or "", []).append(event)
    for events in by_followup.values():
        assert events[0].kind == "proposed"
        assert [e.at for e in events] == sorted(e.at for e in events)


@pytest.mark.parametrize("cell", [lambda p: p.name, lambda p: p.note])
def test_nobody_whom_the_press_names_is_in_it(office: Store, cell: Callable[[Person], str]) -> None:
    assert not [person for person in office.live(Person) if PRESS in cell(person)]
    assert not [text for text in office.select(Text) if PRESS in text.plain]
    assert not [person for person in office.live(Attendance) if PRESS in person.substitute]


def test_two_people_of_one_name_hold_different_posts(office: Store) -> None:
    assert len(office.live(Person, "name = ?", NAMESAKE)) == 2
    names = Counter(person.name for person in office.live(Person))
    assert [name for name, count in names.items() if count > 1] == [NAMESAKE]
