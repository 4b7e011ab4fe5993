"""One process per database syncs. Public entrance: `only_one`, `is_taken`; `exclusively` for
what several write.

The lock is SQLite's own, on an empty file beside the database: it works alike on every system, and
ends with its process however that ends.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from schema.errors import N_, ThukyError

# Whoever asks whether it is taken holds it for a moment.
PATIENCE_SECONDS = 0.2
# Whoever writes a file does not take long.
WRITING_SECONDS = 10.0


class AlreadySyncing(ThukyError):
    """Another process has the lock; nothing was done."""

    def __init__(self, database: Path) -> None:
        words = N_("Một tiến trình khác đang đồng bộ {database}; không cần chạy thêm.")
        super().__init__(words, database=database)


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the lock for the length of the block. Raises AlreadySyncing."""
    with closing(_connection(database, PATIENCE_SECONDS)) as connection:
        if not _lock(connection):
            raise AlreadySyncing(database)
        yield


def is_taken(database: Path) -> bool:
    """Whether some process syncs the database now."""
    with closing(_connection(database)) as connection:
        return not _lock(connection)


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Hold off others who would write the file at `path`, for the length of the block. One who
    takes too long is not waited for; where there can be no lock, whoever writes will be told."""
    with ExitStack() as stack:
        with suppress(sqlite3.OperationalError):
            lock = path.with_name(f"{path.name}-lock")
            _lock(stack.enter_context(closing(_connected(lock, WRITING_SECONDS))))
        yield


def _connection(database: Path, timeout: float = 0) -> sqlite3.Connection:
    return _connected(database.with_name(f"{database.name}.sync-lock"), timeout)


def _connected(path: Path, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)


def _lock(connection: sqlite3.Connection) -> bool:
    try:
        # Nothing is ever written: a full disk can be locked on too, and a kill leaves no journal.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True
