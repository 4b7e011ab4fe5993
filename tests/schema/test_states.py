"""A follow-up's state is that of its latest event, in whatever order the events arrive."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.errors import ThukyError
from schema.life import STATE_AFTER
from schema.records import Followup, FollowupEvent
from schema.store import Store

KINDS = [*STATE_AFTER, "progressed", "reminded", "undone"]
IDS = [f"e{number}" for number in range(8)]
EVENTS = st.lists(
    st.builds(
        FollowupEvent,
        id=st.sampled_from(IDS),
        followup=st.just("f"),
        kind=st.sampled_from(KINDS),
        at=st.sampled_from([f"2026-03-0{day}T00:00:00Z" for day in range(1, 6)]),
        undoes=st.none() | st.sampled_from(IDS),
    ),
    max_size=8,
    unique_by=lambda event: event.id,
)


def expected(events: list[FollowupEvent]) -> tuple[str, str | None]:
    """The state, and since when it is done; that it was proposed is older than all else."""
    undone = {event.undoes for event in events}
    kinds = STATE_AFTER.keys() - {"proposed"}
    telling = [e for e in events if e.kind in kinds and e.id not in undone]
    if not telling:
        return "proposed", None
    last = max(telling, key=lambda event: (event.at, event.id))
    return STATE_AFTER[last.kind], last.at if last.kind == "done" else None


def state(store: Store, followup: str = "f") -> str:
    return store.get(Followup, followup).state


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), events=EVENTS, applying=st.booleans())
def test_the_order_of_arrival_does_not_matter(
    store: Store, data: st.DataObject, events: list[FollowupEvent], applying: bool
) -> None:
    records: list[Followup | FollowupEvent] = [Followup(id="f"), *events]
    arriving = data.draw(st.permutations(records))
    store.connection.execute("BEGIN")
    try:
        store.connection.execute("UPDATE clock SET applying = ?", (applying,))
        for record in arriving:
            store.insert(record)
        followup = store.get(Followup, "f")
        assert (followup.state, followup.done_at) == expected(events)
    finally:
        store.connection.execute("ROLLBACK")


@pytest.mark.parametrize(("kind", "after"), STATE_AFTER.items())
def test_each_event_leaves_its_state(store: Store, kind: str, after: str) -> None:
    store.insert(Followup(id="f"))
    store.insert(FollowupEvent(followup="f", kind=kind))
    assert state(store) == after


def test_what_was_undone_counts_no_more(store: Store) -> None:
    store.insert(Followup(id="f"))
    store.insert(FollowupEvent(followup="f", kind="assigned", at="2026-03-01T00:00:00Z"))
    mistake = store.insert(FollowupEvent(followup="f", kind="done", at="2026-03-02T00:00:00Z"))
    assert store.get(Followup, "f").done_at == "2026-03-02T00:00:00Z"
    store.insert(FollowupEvent(followup="f", kind="undone", undoes=mistake.id))
    kept = store.get(Followup, "f")
    assert (kept.state, kept.done_at) == ("assigned", None)


def test_an_event_tells_of_its_own_followup_only(store: Store) -> None:
    store.insert(Followup(id="f"))
    store.insert(Followup(id="g"))
    store.insert(FollowupEvent(followup="f", kind="done"))
    assert (state(store, "f"), state(store, "g")) == ("done", "proposed")


def test_a_state_cannot_be_written_past_the_events(store: Store) -> None:
    store.insert(Followup(id="f"))
    with pytest.raises(ThukyError, match="insert an event"):
        store.update(Followup, "f", state="done")
    with pytest.raises(sqlite3.IntegrityError, match="insert an event"):
        store.connection.execute("UPDATE followup SET work = 'x', state = 'done'")
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("UPDATE followup SET done_at = '2026-03-01T00:00:00Z'")
    store.connection.execute("REPLACE INTO followup (id, state) VALUES ('f', 'done')")
    assert state(store) == "proposed"


def test_editing_a_followup_keeps_its_state(store: Store) -> None:
    store.insert(Followup(id="f"))
    store.insert(FollowupEvent(followup="f", kind="done"))
    store.update(Followup, "f", work="x", state="done")
    store.connection.execute("REPLACE INTO followup (id, work) VALUES ('f', 'y')")
    assert state(store) == "done"
