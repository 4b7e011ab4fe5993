"""A step with many follow-ups is one step: whole with each, told where it fails, taken back at
once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import bulk_steps, followups
from office.bulk import Step, take, take_back
from office.workdays import WorkCalendar
from schema.records import Field, Followup, FollowupEvent, Person, Unit
from schema.store import Store

NOW = datetime(2026, 2, 27, 2, tzinfo=UTC).timestamp()
CLEAR: dict[str, Any] = {
    "work": "Lập Kế hoạch",
    "lead": "u1",
    "due": "2026-03-15",
    "product": "Kế hoạch",
    "authority": "Chủ tịch UBND tỉnh",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("bulk") / "thuky.db"
    with Store(path, clock=lambda: NOW) as store:
        store.insert(Unit(id="u1", name="Sở Y tế"))
        store.insert(Unit(id="u2", name="Sở Nội vụ"))
        store.insert(Person(id="p1", name="Trần Duy Đông"))
        store.insert(Field(id="f1", name="Y tế", leader="p1"))
        yield store


TODAY = date(2026, 2, 27)
STEPS = [
    bulk_steps.assign("u2"),
    bulk_steps.assign("u2", "gấp"),
    bulk_steps.extend("15/4/2026", "bão", TODAY, WorkCalendar()),
    bulk_steps.extend("5 ngày làm việc", "bão", TODAY, WorkCalendar()),
    bulk_steps.extend("1/3/2026", "bão", TODAY, WorkCalendar()),
    bulk_steps.event("cancelled", "trùng"),
    bulk_steps.event("cancelled"),
    bulk_steps.remind(TODAY, "chậm"),
    bulk_steps.accept("xong thật"),
    bulk_steps.event("reopened"),
    bulk_steps.cells(field="f1", leader="p1"),
    bulk_steps.cells(kind="scheme"),
    bulk_steps.deadline(date(2026, 5, 1)),
]


@st.composite
def followup(draw: st.DrawFn) -> tuple[Followup, list[tuple[str, str]]]:
    cells = dict(CLEAR)
    for gone in draw(st.sets(st.sampled_from(["lead", "due", "product"]), max_size=2)):
        cells[gone] = None if gone != "product" else ""
    lives: list[list[tuple[str, str]]] = [
        *([], [("assigned", "x")], [("assigned", "x"), ("cancelled", "thôi")]),
        [("assigned", "x"), ("paused", "chờ")],
    ]
    return Followup(**cells), draw(st.sampled_from(lives))


def lives(store: Store, ids: list[str]) -> list[object]:
    """All that counts of these follow-ups."""
    return [
        (
            store.get(Followup, id),
            [e.id for e in followups.counting(store, id) if e.kind != "undone"],
        )
        for id in ids
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(followup(), max_size=5), st.lists(st.sampled_from(STEPS), max_size=4))
def test_steps_are_taken_back_one_by_one_to_what_was_before(
    store: Store, written: list[tuple[Followup, list[tuple[str, str]]]], steps: list[Step]
) -> None:
    store.connection.execute("BEGIN")
    try:
        ids = []
        for new, life in written:
            ids.append(followups.add(store, new).id)
            for kind, note in life:
                event = FollowupEvent(followup=ids[-1], kind=kind, note=note, at=store.now())
                store.insert(event)
        taken = []
        for step in steps:
            before = lives(store, ids)
            outcome = take(store, ids, step, by="Lan")
            assert len(outcome.done) + len(outcome.failed) + outcome.same == len(ids)
            after = lives(store, ids)
            touched = {row.id for row, _after, _event in outcome.done}
            for id, was, now in zip(ids, before, after, strict=True):
                assert (was != now) == (id in touched)
            taken.append((outcome, before))
        for outcome, before in reversed(taken):
            take_back(store, outcome, by="Lan")
            assert lives(store, ids) == before
    finally:
        store.connection.execute("ROLLBACK")


def test_what_fails_is_named_and_keeps_nothing_else_from_being_done(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        good = followups.add(store, Followup(**CLEAR)).id
        ended = followups.add(store, Followup(**CLEAR)).id
        followups.record(store, ended, "cancelled", note="trùng")
        outcome = take(store, [good, ended, "không có"], bulk_steps.event("cancelled", "thôi"))
        assert [after.state for _before, after, _event in outcome.done] == ["cancelled"]
        (failed,) = outcome.failed
        assert failed.followup.id == ended
        assert "đã kết thúc" in str(failed.why)
    finally:
        store.connection.execute("ROLLBACK")


def test_what_somebody_wrote_since_is_not_taken_back(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        id = followups.add(store, Followup(**CLEAR)).id
        outcome = take(store, [id], bulk_steps.cells(field="f1", kind="scheme"))
        store.update(Followup, id, kind="duty")
        take_back(store, outcome)
        kept = store.get(Followup, id)
        assert (kept.field, kept.kind) == (None, "duty")
    finally:
        store.connection.execute("ROLLBACK")


def test_a_deadline_in_force_is_not_simply_overwritten(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        step = bulk_steps.deadline(date(2026, 5, 1))
        proposed = followups.add(store, Followup(**CLEAR)).id
        given_ = followups.add(store, Followup(**CLEAR)).id
        store.insert(FollowupEvent(followup=given_, kind="assigned", at=store.now()))
        outcome = take(store, [proposed, given_], step)
        assert [after.due for _before, after, _event in outcome.done] == ["2026-05-01"]
        assert "là gia hạn" in str(outcome.failed[0].why)
    finally:
        store.connection.execute("ROLLBACK")


def test_each_is_extended_from_its_own_deadline_and_urged_once_a_day(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        ids = []
        for due in ("2026-03-02", "2026-03-10"):
            ids.append(followups.add(store, Followup(**CLEAR | {"due": due})).id)
            store.insert(FollowupEvent(followup=ids[-1], kind="assigned", at=store.now()))
        longer = bulk_steps.extend("2 ngày làm việc", "mưa lũ", TODAY, WorkCalendar())
        outcome = take(store, ids, longer)
        assert [after.due for _before, after, _event in outcome.done] == [
            "2026-03-04",
            "2026-03-12",
        ]
        assert len(take(store, ids, bulk_steps.remind(TODAY)).done) == 2
        again = take(store, ids, bulk_steps.remind(TODAY))
        assert [str(failed.why) for failed in again.failed] == [
            "Đã đôn đốc việc này trong ngày 27/02/2026; chưa ghi gì."
        ] * 2
    finally:
        store.connection.execute("ROLLBACK")
