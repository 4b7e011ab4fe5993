"""What a person may want to know of syncing. Public entrance: `Status`, `status`, `Diary`."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from schema.store import Store
from sync import conflicts
from sync.enrol import FOLDER
from sync.lock import is_taken
from sync.problem import Problem
from sync.state import Agreement, State

EVENTS, POLLING = "events", "polling"


class Diary(msgspec.Struct):
    """What the process that syncs writes down beside the database, each time it changes.

    Times are UTC; `since` is when syncing began to fail, `failure` why, as a sentence.
    """

    watch: str = POLLING
    last_push: str | None = None
    last_pull: str | None = None
    since: str | None = None
    failure: str | None = None
    behind: dict[str, int] = {}

    def write(self, database: Path) -> None:
        """What cannot be written down is no reason to stop."""
        path = diary_path(database)
        draft = path.with_name(f"{path.name}.tmp")
        with suppress(OSError):
            draft.write_bytes(msgspec.json.encode(self))
            draft.replace(path)


def diary_path(database: Path) -> Path:
    return database.with_name(f"{database.name}.sync")


def diary(database: Path) -> Diary:
    try:
        return msgspec.json.decode(diary_path(database).read_bytes(), type=Diary)
    except (OSError, msgspec.MsgspecError):
        return Diary()


class Status(msgspec.Struct, frozen=True):
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
            pending=run("SELECT count(*) FROM change WHERE log IS NULL").fetchone()[0],
            conflicts=len(conflicts.conflicts(store)),
            problems=tuple(problem for problem, _ in state.problems()),
            agreements=tuple(state.agreements()),
        )
