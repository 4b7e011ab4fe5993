"""Taking in what others wrote. Public entrance: `pull`, `start_from_snapshot`,
`take_in`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from schema.store import Store
from sync.change import SNAPSHOT, Change, Position
from sync.log import ranges_of
from sync.merge import Merged, merge
from sync.problem import Problem, Refused
from sync.segment import Segment
from sync.snapshot import Snapshot, newest
from sync.state import State
from sync.workspace import Workspace

# So many changes are applied in one transaction: whoever types waits no longer for its own.
AT_ONCE = 16_384


@dataclass(slots=True)
class Pulled:
    """What came: how many changes, into which tables and texts, and what could not be taken.

    On a first sync `segments` is how many there are to take in, otherwise nothing.
    """

    changes: int = 0
    newest: int = 0
    tables: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    segments: int = 0

    def add(self, merged: Merged) -> None:
        self.changes += merged.changes
        self.newest = max(self.newest, merged.newest)
        self.tables |= merged.tables
        self.texts |= merged.texts


@dataclass(slots=True)
class _Portion:
    """Consecutive segments of one device that are applied together."""

    device: str = ""
    place: Position | None = None
    changes: list[Change] = field(default_factory=list)


Step = Callable[[int, float | None], None]
"""Told of the changes applied so far and, on a first sync, of how much of all that is (0 to 1)."""


def pull(store: Store, state: State, workspace: Workspace, pulled: Pulled, step: Step) -> None:
    """Apply all that is new, in portions, after each of which `step` is told.

    Raises FolderError; what was applied before counts, and is in `pulled`.
    """
    portion = _Portion()
    stuck: set[str] = set()

    def apply() -> None:
        nonlocal portion
        if portion.place is not None:
            with store.transaction():
                pulled.add(merge(store, [portion.changes], portion.device))
                state.move(portion.device, portion.place)
            step(pulled.changes, _reached(state, pulled))
        portion = _Portion()

    try:
        for found in workspace.new_segments(state.places()):
            if isinstance(found, Problem):
                pulled.problems.append(found)
                continue
            if found.device in stuck:
                continue
            if found.device != portion.device or len(portion.changes) >= AT_ONCE:
                apply()
            try:
                first = _read(found)
                if first is None:
                    apply()
                    _apply_large(store, state, found, pulled, step)
                    continue
            except Refused as error:
                pulled.problems.append(found.problem(error))
                stuck.add(found.device)
                continue
            portion.device, portion.place = found.device, found.position
            portion.changes += first
    finally:
        # Nothing was read in vain where the folder fails in between.
        apply()


def _read(segment: Segment) -> list[Change] | None:
    """The changes of a segment that has few of them; None for a large one. Raises Refused."""
    batches = segment.batches()
    first = next(batches, [])
    return first if next(batches, None) is None else None


def _apply_large(store: Store, state: State, segment: Segment, pulled: Pulled, step: Step) -> None:
    """Batch by batch, the log's place moving with the last. Raises Refused before the first."""
    total = sum(1 for _ in segment.batches())
    whole = segment.last - segment.first + 1
    for number, batch in enumerate(segment.batches(), 1):
        pulled.add(merge(store, [batch], segment.device))
        step(pulled.changes, _reached(state, pulled, whole * number / total))
    with store.transaction():
        state.move(segment.device, segment.position)


def _reached(state: State, pulled: Pulled, more: float = 0.0) -> float | None:
    """How much of a first sync is done, with so much `more` of the segment that is being read."""
    if not pulled.segments:
        return None
    done = sum(place.last for place in state.places().values())
    return min(1.0, (done + more) / pulled.segments)


def _segments(workspace: Workspace) -> int:
    """How many segments the logs of all have."""
    ends = (ranges_of(workspace.folder, device) for device in workspace.devices())
    return sum(max((last for _, last in ranges), default=0) for ranges in ends)


def start_from_snapshot(
    store: Store, state: State, workspace: Workspace, pulled: Pulled, step: Step
) -> None:
    """Where nothing was taken in yet, begin with what a member put together for that.

    Raises FolderError; with a snapshot that cannot be read, all is left to the logs.
    """
    own = workspace.vault.device
    if state.places().keys() - {own}:
        return
    pulled.segments = _segments(workspace)
    found = newest(workspace)
    if found is not None:
        take_in(store, state, found, own, pulled, step)


def take_in(
    store: Store, state: State, found: Snapshot, own: str, pulled: Pulled, step: Step
) -> None:
    """Apply a snapshot: the logs of others are then read as far as it reaches. Raises FolderError;
    does nothing where it cannot be read."""
    share = sum(place.last for place in found.places.values()) / max(pulled.segments, 1)
    try:
        for batch, reached in found.batches():
            pulled.add(merge(store, [batch], SNAPSHOT))
            step(pulled.changes, min(1.0, share * reached) if pulled.segments else None)
    except Refused:
        return
    with store.transaction():
        for device, place in found.places.items():
            if device != own and place.last > state.place(device).last:
                state.move(device, place)
