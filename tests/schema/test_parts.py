"""A whole that is given to many units is as far as its parts are, in whatever order they came."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.life import ENDED, STATE_AFTER
from schema.records import Followup, FollowupEvent
from schema.store import Store

WHOLES = ("v", "w")
PARTS = ("p", "q", "r")
KINDS = [*(kind for kind in STATE_AFTER if kind != "proposed"), "progressed", "undone"]
EVENTS = st.lists(
    st.builds(
        FollowupEvent,
        id=st.sampled_from([f"e{number}" for number in range(12)]),
        followup=st.sampled_from([*WHOLES, *PARTS, *PARTS]),
        kind=st.sampled_from(KINDS),
        at=st.sampled_from([f"2026-03-0{day}T00:00:00Z" for day in range(1, 6)]),
        undoes=st.none() | st.sampled_from([f"e{number}" for number in range(12)]),
    ),
    max_size=12,
    unique_by=lambda event: event.id,
)
Cells = dict[str, Any]
CELLS: st.SearchStrategy[Cells] = st.fixed_dictionaries(
    {
        "parent": st.sampled_from([*WHOLES, *PARTS, None]),
        "role": st.sampled_from(["part", "part", "part", "milestone", ""]),
        "deleted_at": st.sampled_from([None, None, None, "2026-03-01T00:00:00Z"]),
    }
)


@dataclass(frozen=True)
class Edit:
    """What somebody writes into a row: it moves to another whole, is deleted, comes back."""

    row: str
    cells: Cells


EDITS = st.lists(st.builds(Edit, st.sampled_from(PARTS), CELLS), max_size=4)


def own(events: list[FollowupEvent], followup: str) -> tuple[str, str | None]:
    """The state that a follow-up's own events leave it in, and since when it is done."""
    mine = [event for event in events if event.followup == followup]
    undone = {event.undoes for event in mine}
    telling = [e for e in mine if e.kind in STATE_AFTER and e.id not in undone]
    if not telling:
        return "proposed", None
    last = max(telling, key=lambda event: (event.at, event.id))
    return STATE_AFTER[last.kind], last.at if last.kind == "done" else None


def expected(
    events: list[FollowupEvent], rows: dict[str, Cells], followup: str
) -> tuple[str, str | None]:
    """As a person would find out: what was decided of the whole, else how far its parts are."""
    state, done_at = own(events, followup)
    parts = [
        own(events, id)
        for id, cells in rows.items()
        if (cells["parent"], cells["role"], cells["deleted_at"]) == (followup, "part", None)
    ]
    if not parts or rows.get(followup, {}).get("role") == "part":
        return state, done_at
    if state in (*ENDED, "refused", "paused"):
        return state, done_at
    states = {part for part, _done in parts}
    if states <= set(ENDED) and "done" in states:
        return "done", max(at for _state, at in parts if at)
    begun = states - {"proposed", "assigned"}
    return ("in_progress" if begun else state), None


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.data(),
    events=EVENTS,
    first=st.lists(CELLS, min_size=3, max_size=3),
    edits=EDITS,
    applying=st.booleans(),
)
def test_the_order_in_which_parts_and_their_events_arrive_does_not_matter(
    store: Store,
    data: st.DataObject,
    events: list[FollowupEvent],
    first: list[Cells],
    edits: list[Edit],
    applying: bool,
) -> None:
    rows = dict(zip(PARTS, first, strict=True))
    made: list[Followup | FollowupEvent | Edit] = [Followup(id=id) for id in WHOLES]
    made += [Followup(id=id, **cells) for id, cells in rows.items()]
    arriving = data.draw(st.permutations([*made, *events]))
    for edit in edits:
        arriving.insert(data.draw(st.integers(0, len(arriving))), edit)
    store.connection.execute("BEGIN")
    try:
        store.connection.execute("UPDATE clock SET applying = ?", (applying,))
        there: set[str] = set()
        for item in arriving:
            if not isinstance(item, Edit):
                store.insert(item)
                there.add(item.id)
            elif item.row in there:
                rows[item.row] = item.cells
                store.update(Followup, item.row, **item.cells)
        for id in (*WHOLES, *PARTS):
            kept = store.get(Followup, id)
            if rows.get(id, {}).get("parent") != id:
                assert (kept.state, kept.done_at) == expected(events, rows, id), id
    finally:
        store.connection.execute("ROLLBACK")


def test_a_whole_is_done_when_the_last_of_its_parts_is_and_goes_on_when_one_comes_back(
    store: Store,
) -> None:
    store.insert(Followup(id="w"))
    for id in ("p", "q"):
        store.insert(Followup(id=id, parent="w", role="part"))
    states = []
    for part, kind, day in (
        ("p", "submitted", 1),
        ("p", "done", 2),
        ("q", "cancelled", 3),
        ("p", "reopened", 4),
    ):
        at = f"2026-03-0{day}T00:00:00Z"
        store.insert(FollowupEvent(followup=part, kind=kind, at=at))
        states.append((store.get(Followup, "w").state, store.get(Followup, "w").done_at))
    assert states == [
        ("in_progress", None),
        ("in_progress", None),
        ("done", "2026-03-02T00:00:00Z"),
        ("in_progress", None),
    ]
