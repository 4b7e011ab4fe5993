"""What happens to a follow-up, written down, and taken back."""

from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import followups
from office.labels import FOLLOWUP_EVENTS
from schema.errors import ThukyError
from schema.records import Followup, FollowupSource, Meeting
from schema.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Its clock goes on by a second at each look."""
    seconds = count(1_772_000_000)
    return Store(tmp_path / "thuky.db", clock=lambda: float(next(seconds)))


def test_what_was_taken_back_leaves_all_as_it_was(store: Store) -> None:
    store.insert(Meeting(id="m"))
    id = followups.add(store, Followup(work="A")).id
    followups.record(store, id, "assigned")
    followups.undo(store, followups.record(store, id, "done"), by="Lan")
    followups.undo(store, followups.carry_over(store, id, meeting="m"))
    assert store.get(Followup, id).state == "assigned"
    assert [source.kind for source in followups.sources_of(store, id)] == ["hand"]
    last = followups.last_event(store, id)
    assert last is not None
    assert last.kind == "assigned"


def test_a_source_that_was_there_before_stays_when_carrying_is_taken_back(store: Store) -> None:
    store.insert(Meeting(id="m"))
    id = followups.add(store, Followup(work="A")).id
    followups.carry_over(store, id, meeting="m")
    followups.undo(store, followups.carry_over(store, id, meeting="m"))
    assert [source.meeting for source in followups.sources_of(store, id)] == [None, "m"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.integers(0, 20), max_size=12))
def test_whatever_happens_next_can_be_written_down_and_taken_back(
    store: Store, steps: list[int]
) -> None:
    id = followups.add(store, Followup(work="A")).id
    before = [store.get(Followup, id).state]
    events = []
    for step in steps:
        kinds = followups.next_kinds(store.get(Followup, id))
        kind = kinds[step % len(kinds)]
        assert kind in FOLLOWUP_EVENTS
        events.append(followups.record(store, id, kind, note="vì sao"))
        before.append(store.get(Followup, id).state)
    while events:
        assert store.get(Followup, id).state == before.pop()
        followups.undo(store, events.pop())
    assert store.get(Followup, id).state == "proposed"


@pytest.mark.parametrize("kind", ["cancelled", "refused", "paused"])
def test_a_reason_is_asked_for(store: Store, kind: str) -> None:
    id = followups.add(store, Followup(work="A")).id
    with pytest.raises(ThukyError, match="lý do"):
        followups.record(store, id, kind, note=" ")
    assert len(followups.events_of(store, id)) == 1


@pytest.mark.parametrize("kind", ["proposed", "undone", "xong"])
def test_nobody_writes_down_what_only_the_program_does(store: Store, kind: str) -> None:
    id = followups.add(store, Followup(work="A")).id
    with pytest.raises(ThukyError, match="loại sự kiện"):
        followups.record(store, id, kind)


def test_a_deadline_counts_from_the_meeting_or_the_paper_that_gave_it(store: Store) -> None:
    store.insert(Meeting(id="m", starts_at="2026-03-09T18:00:00Z"))
    said = followups.add(store, Followup(work="A", meeting="m"))
    ordered = followups.add(
        store, Followup(work="B"), source=FollowupSource(kind="phone", issued_on="2026-02-05")
    )
    assert followups.said_on(store, said) == date(2026, 3, 10)
    assert followups.said_on(store, ordered) == date(2026, 2, 5)
