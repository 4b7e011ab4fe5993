"""What happens to a follow-up, written down, and taken back."""

from datetime import date, timedelta
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

DAY = timedelta(days=1)
TOLD: dict[str, dict[str, str]] = {
    "submitted": {"product": "Báo cáo"},
    "done": {"product": "Báo cáo", "value": "Chánh Văn phòng"},
    "reviewed": {"value": "some"},
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Its clock goes on by a second at each look."""
    seconds = count(1_772_000_000)
    return Store(tmp_path / "thuky.db", clock=lambda: float(next(seconds)))


def test_what_was_taken_back_leaves_all_as_it_was(store: Store) -> None:
    store.insert(Meeting(id="m"))
    id = followups.add(store, Followup(work="A")).id
    followups.record(store, id, "assigned", note="giao miệng")
    followups.undo(store, followups.record(store, id, "taken"), by="Lan")
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
    id = followups.add(store, Followup(work="A", due="2026-03-10")).id
    before = [_standing(store, id)]
    events = []
    for step in steps:
        kinds = followups.next_kinds(store.get(Followup, id))
        kinds = [kind for kind in kinds if kind != "extension_refused"]  # nobody asked for one
        kind = kinds[step % len(kinds)]
        assert kind in FOLLOWUP_EVENTS
        told = dict(TOLD.get(kind, {}))
        if kind in ("extended", "extension_asked"):
            told["due_to"] = str(date.fromisoformat(str(store.get(Followup, id).due)) + DAY)
        events.append(followups.record(store, id, kind, note="vì sao", **told))
        before.append(_standing(store, id))
    while events:
        assert _standing(store, id) == before.pop()
        followups.undo(store, events.pop())
    assert _standing(store, id) == ("proposed", "2026-03-10", None)


def _standing(store: Store, id: str) -> tuple[str, str | None, str | None]:
    now = store.get(Followup, id)
    return now.state, now.due, now.lead


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
