"""Making a new database file, whole or not at all. Public entrance: `create(path)`."""

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from schema.database import APPLICATION_ID, VERSION, explained
from schema.errors import N_, ThukyError
from schema.seeds import seed
from schema.tables import create_sql


def create(path: Path) -> None:
    """Make a whole database under another name first: a kill or a full disk leaves no half one.

    Where another process makes one at the same time, the first counts. Raises ThukyError where it
    cannot be made; then there is none.
    """
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size and not path.exists():
        # SQLite would pour the remains of another file into the new one.
        raise ThukyError(
            N_(
                "{path} không còn nhưng phần ghi dở của nó còn ở {log}. Chưa tạo gì; hãy đưa tệp "
                "cũ về chỗ cũ, hoặc chuyển {log} đi nơi khác để bắt đầu mới."
            ),
            path=path,
            log=log,
        )
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        draft = Path(name)
        try:
            os.close(descriptor)
            _fill(draft, path)
            _publish(draft, path)
        finally:
            for leftover in (draft, Path(f"{draft}-journal"), Path(f"{draft}-wal")):
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
    except OSError as error:
        raise ThukyError(
            N_("Không tạo được {path} ({reason}). Chưa có gì thay đổi; hãy chọn thư mục ghi được."),
            path=path,
            reason=error.strerror,
        ) from error


def _fill(draft: Path, path: Path) -> None:
    with explained(path), closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in create_sql():
            connection.execute(statement)
        connection.execute("INSERT INTO clock (id, device) VALUES (1, ?)", (os.urandom(8).hex(),))
        seed(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        # Last, so that all of the above is in the file itself and not in a log beside it, which
        # closing would bring in without a word where it failed.
        connection.execute("PRAGMA journal_mode = WAL")


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless another process was quicker: then theirs counts."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # No hard links on this file system.
        if not path.exists():
            draft.replace(path)
