"""A step with many follow-ups is one step: whole with each, told where it fails, taken back at
once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import followups
from office.bulk import Step, take, take_back, without_deadline
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


STEPS = [
    Step("assigned", told={"unit": "u2"}),
    Step("assigned", told={"unit": "u2"}, note="gấp"),
    Step("extended", note="bão", told={"due_to": "2026-04-15"}),
    Step("extended", note="bão", told={"due_to": "2026-03-01"}),
    Step("cancelled", note="trùng"),
    Step("cancelled"),
    Step("reminded", told={"unit": "u1"}),
    Step("reopened"),
    Step(cells={"field": "f1", "leader": "p1"}),
    Step(cells={"kind": "scheme"}),
    Step(cells={"due": "2026-05-01"}, allowed=without_deadline),
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
        outcome = take(store, [good, ended, "không có"], Step("cancelled", note="thôi"))
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
        outcome = take(store, [id], Step(cells={"field": "f1", "kind": "scheme"}))
        store.update(Followup, id, kind="duty")
        take_back(store, outcome)
        kept = store.get(Followup, id)
        assert (kept.field, kept.kind) == (None, "duty")
    finally:
        store.connection.execute("ROLLBACK")


def test_a_deadline_in_force_is_not_simply_overwritten(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        step = Step(cells={"due": "2026-05-01"}, allowed=without_deadline)
        proposed = followups.add(store, Followup(**CLEAR)).id
        given_ = followups.add(store, Followup(**CLEAR)).id
        store.insert(FollowupEvent(followup=given_, kind="assigned", at=store.now()))
        outcome = take(store, [proposed, given_], step)
        assert [after.due for _before, after, _event in outcome.done] == ["2026-05-01"]
        assert "là gia hạn" in str(outcome.failed[0].why)
    finally:
        store.connection.execute("ROLLBACK")
