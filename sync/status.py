"""What a person may want to know of syncing. Public entrance: `Status`, `status`."""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.store import Store
from sync import conflicts
from sync.diary import Diary, diary
from sync.local import FOLDER
from sync.lock import is_taken
from sync.problem import Problem
from sync.standing import pending
from sync.state import Agreement, State


@dataclass(frozen=True, slots=True)
class Status:
    """`pending` is how many changes wait to be sent, `behind` how many segments of each device's
    log are in the folder and not applied here; `running` whether a process syncs now."""

    device: str
    folder: str
    running: bool
    diary: Diary
    pending: int
    conflicts: int
    problems: tuple[Problem, ...]
    agreements: tuple[Agreement, ...]

    @property
    def behind(self) -> Mapping[str, int]:
        return self.diary.behind


def status(store: Store) -> Status:
    """How syncing stands, read from the database and beside it; the folder is not touched."""
    state = State(store)
    run = store.connection.execute
    with store.snapshot():
        return Status(
            device=run("SELECT device FROM clock").fetchone()[0],
            folder=store.local(FOLDER),
            running=is_taken(store.path),
            diary=diary(store.path),
            pending=pending(store),
            conflicts=len(conflicts.conflicts(store)),
            problems=tuple(problem for problem, _ in state.problems()),
            agreements=tuple(state.agreements()),
        )
