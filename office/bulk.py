"""One step taken with many follow-ups at once, each under the same rules as alone, and taken back
as one.

Public entrance: `Step`, `take`, `take_back`, `Outcome`, `Failed`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from office import followups
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent
from schema.store import Store
from schema.tables import columns_of

Step = Callable[[Store, Followup, str], FollowupEvent | None]
"""What is done with one follow-up, in whose name (`by`): the event that was written, None where
cells were. Raises ThukyError, with nothing written, where it may not be done."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be done with a follow-up, and why; nothing of it was written."""

    followup: Followup
    why: ThukyError


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done` are the follow-ups before and after, each with its event where the step was one;
    `same` had been so before."""

    done: Sequence[tuple[Followup, Followup, FollowupEvent | None]]
    failed: Sequence[Failed]
    same: int = 0


def take(store: Store, ids: Sequence[str], step: Step, *, by: str = "") -> Outcome:
    """Take a step with each of these follow-ups, in one transaction: with each wholly or not at
    all. What fails is told and keeps nothing else from being done."""
    done: list[tuple[Followup, Followup, FollowupEvent | None]] = []
    failed: list[Failed] = []
    same = 0
    with store.transaction():
        for id in ids:
            before = store.find(Followup, id)
            if before is None or before.deleted_at:
                continue
            try:
                event = step(store, before, by)
            except ThukyError as error:
                failed.append(Failed(before, error))
                continue
            after = store.get(Followup, id)
            if event is None and after == before:
                same += 1
            else:
                done.append((before, after, event))
    return Outcome(done, failed, same)


def take_back(store: Store, outcome: Outcome, *, by: str = "") -> None:
    """Undo all that was done: events are marked as undone, and cells are as they were before,
    unless somebody wrote something else there since."""
    with store.transaction():
        for before, after, event in reversed(outcome.done):
            now = store.get(Followup, before.id)
            cells = {
                name: getattr(before if getattr(now, name) == getattr(after, name) else now, name)
                for name in _CELLS
            }
            if event:
                followups.undo(store, event, by=by)
                now = store.get(Followup, before.id)
            changed = {name: cell for name, cell in cells.items() if getattr(now, name) != cell}
            store.update(Followup, before.id, **changed)


_CELLS = [c.name for c in columns_of(Followup) if not c.derived and c.name != "id"]
