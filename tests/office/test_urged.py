"""What was urged is kept with its letter and its answer, once a day, whoever writes it down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from office import followups
from office.urged import Sent, answer, mark_urged, urgings_of, whom_of
from office.urging import urge_list
from office.urging_groups import groups
from office.urging_tasks import tasks
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting, Person, Unit
from schema.store import Store

ON = date(2026, 2, 27)
NOW = datetime(2026, 2, 27, 3, tzinfo=UTC)


def store_at(path: Path) -> Store:
    return Store(path, clock=NOW.timestamp)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "thuky.db") as store:
        yield store


def late(store: Store, **cells: Any) -> str:
    source = FollowupSource(kind="notice", number="15/TB-UBND", issued_on="2026-01-12")
    made = followups.add(
        store,
        Followup(work="Trình đề án", due="2026-02-20", **cells),
        source=source,
    )
    store.insert(FollowupEvent(followup=made.id, kind="assigned", at="2026-01-13T03:00:00Z"))
    return made.id


def test_an_urging_says_who_by_which_rule_and_letter(store: Store) -> None:
    unit = store.insert(Unit(name="Sở Tài chính")).id
    id = late(store, lead=unit)
    sent = Sent(id, "unit", "urge-late", unit)
    marked = mark_urged(store, [sent], ON, by="Lan", number=" 12/UBND-TH ", issued_on=ON)
    (event,) = marked.events
    assert (event.kind, event.unit, event.number, event.issued_on, event.by) == (
        "reminded",
        unit,
        "12/UBND-TH",
        "2026-02-27",
        "Lan",
    )
    assert whom_of(event) == ("unit", "urge-late")
    assert store.get(Followup, id).urged_at == "2026-02-26T17:00:00Z"  # the day starts so


def test_nobody_is_urged_twice_in_one_day_for_one_thing(store: Store) -> None:
    id = late(store)
    first = mark_urged(store, [Sent(id, "unit"), Sent(id, "head")], ON)
    assert (len(first.events), first.again) == (2, 0)
    second = mark_urged(store, [Sent(id, "unit"), Sent(id, "head")], ON)
    assert (len(second.events), second.again) == (0, 2)
    assert len(urgings_of(store, [id])[id]) == 2


def test_two_machines_that_urge_alike_have_one_urging(tmp_path: Path) -> None:
    with store_at(tmp_path / "a.db") as one, store_at(tmp_path / "b.db") as other:
        task = Followup(id="019c0000-0000-7000-8000-000000000001", work="Trình", due="2026-02-20")
        events: list[FollowupEvent] = []
        for machine in (one, other):
            followups.add(machine, task)
            events += mark_urged(machine, [Sent(task.id, "unit")], ON, by="Lan").events
        assert events[0].id == events[1].id
        assert replace(events[0], seq=0) == replace(events[1], seq=0)


def test_what_was_taken_back_may_be_urged_again_the_same_day(store: Store) -> None:
    id = late(store)
    for _ in range(3):
        (event,) = mark_urged(store, [Sent(id)], ON).events
        assert mark_urged(store, [Sent(id)], ON).again == 1
        followups.undo(store, event)
    assert urgings_of(store, [id]) == {}


def test_what_is_finished_is_not_urged(store: Store) -> None:
    id = late(store)
    store.insert(FollowupEvent(followup=id, kind="cancelled", at=store.now(), note="trùng"))
    marked = mark_urged(store, [Sent(id)], ON)
    assert (marked.events, marked.ended) == ([], 1)


def test_a_letter_is_not_of_a_day_to_come(store: Store) -> None:
    id = late(store)
    for on, issued_on in ((date(2026, 2, 28), None), (ON, date(2026, 3, 1))):
        with pytest.raises(ThukyError, match="chưa đến; chưa ghi gì"):
            mark_urged(store, [Sent(id)], on, issued_on=issued_on)
    assert urgings_of(store, [id]) == {}


def test_all_of_a_letter_are_marked_or_none(store: Store) -> None:
    id = late(store)
    with pytest.raises(ThukyError):
        mark_urged(store, [Sent(id), Sent("there is none")], ON)
    assert urgings_of(store, [id]) == {}


def test_an_answer_is_that_of_the_urging_before_it(store: Store) -> None:
    id = late(store)
    for on in (date(2026, 2, 23), ON):
        mark_urged(store, [Sent(id)], on)
    store.insert(
        FollowupEvent(followup=id, kind="answered", at="2026-02-24T03:00:00Z", note="tuần sau")
    )
    answer(store, id, "Sẽ trình ngày 05/3")
    first, second = urgings_of(store, [id])[id]
    assert first.answer is not None
    assert first.answer.note == "tuần sau"
    assert second.answer is not None
    assert second.answer.note == "Sẽ trình ngày 05/3"
    assert store.get(Followup, id).heard_at == store.now()


def test_an_answer_to_nothing_or_of_nothing_is_refused(store: Store) -> None:
    id = late(store)
    with pytest.raises(ThukyError, match="chưa được đôn đốc"):
        answer(store, id, "Xong rồi")
    mark_urged(store, [Sent(id)], ON)
    with pytest.raises(ThukyError, match="chưa ghi gì"):
        answer(store, id, "  ")


def test_groups_are_units_with_the_most_late_first_then_leaders_then_the_meeting(
    store: Store,
) -> None:
    one, two = (store.insert(Unit(name=name)).id for name in ("Sở A", "Sở B"))
    merged = store.insert(Unit(name="Sở C", successor=two)).id
    leader = store.insert(Person(name="Nguyễn Văn An")).id
    late(store, lead=one)
    late(store, lead=two, leader=leader)
    late(store, lead=merged)
    late(store)
    long_ago = followups.add(store, Followup(work="Cũ", due="2026-01-05", leader=leader))
    store.insert(FollowupEvent(followup=long_ago.id, kind="started", at="2026-01-04T03:00:00Z"))
    found = groups(urge_list(store, ON), {merged: two})
    assert [(g.kind, g.to, len(g.items)) for g in found] == [
        ("unit", None, 2),
        ("unit", two, 2),
        ("unit", one, 1),
        ("leader", leader, 1),
        ("meeting", None, 1),
    ]
    assert found[1].counts() == {"late": 2, "due": 0, "before": 0, "silent": 0}
    assert found[1].higher == 2


def test_a_task_says_who_gave_it_and_what_came_of_urging(store: Store) -> None:
    id = late(store)
    meeting = store.insert(Meeting(title="Giao ban", starts_at="2026-02-02T01:00:00Z"))
    held = followups.add(store, Followup(work="B", due="2026-02-20", meeting=meeting.id))
    store.insert(FollowupEvent(followup=held.id, kind="started", at="2026-02-03T01:00:00Z"))
    mark_urged(store, [Sent(id)], date(2026, 2, 24))
    found = {task.followup.id: task for task in tasks(store, urge_list(store, ON))}
    assert found[id].given_by == "Thông báo kết luận 15/TB-UBND ngày 12/01/2026"
    assert found[held.id].given_by == "Giao ban ngày 02/02/2026"
    assert len(found[id].urgings) == 1
    assert found[held.id].last is None


def test_a_task_of_a_secret_meeting_says_its_mark(store: Store) -> None:
    meeting = store.insert(Meeting(title="Kín", secrecy="mat"))
    held = followups.add(store, Followup(work="B", due="2026-02-20", meeting=meeting.id))
    store.insert(FollowupEvent(followup=held.id, kind="started", at="2026-02-03T01:00:00Z"))
    (task,) = tasks(store, urge_list(store, ON))
    assert task.secret == "mat"
