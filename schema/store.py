"""Reading and writing records. Public entrance: `Store`.

A store is one connection, used from one thread at a time. Clock and randomness are passed in. The
triggers note every changed cell, so nothing here does.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from schema.database import explained, open_database
from schema.errors import N_, Ambiguous, NotFound
from schema.ids import Ids, Randomness
from schema.tables import columns_of, table_of


class Row(Protocol):
    """Any record with an id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Row)
Clock = Callable[[], float]


class Store:
    """The database at `path`.

    Raises ThukyError for whatever keeps the file from being opened or written; a transaction that
    fails leaves nothing half-written.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock = time.time,
        randomness: Randomness = os.urandom,
        must_exist: bool = False,
        damaged_too: bool = False,
    ) -> None:
        self.path = path
        self.clock = clock
        self.randomness = randomness
        self._ids = Ids(randomness)
        self.connection = open_database(path, must_exist=must_exist, damaged_too=damaged_too)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Time and names

    def now(self) -> str:
        """The present as UTC text, to the second."""
        return utc_text(self.clock())

    def new_id(self) -> str:
        """One that sorts after those that were made before."""
        return self._ids.new(int(self.clock() * 1000))

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's writes, or none. Blocks may be nested; the outermost one counts."""
        with explained(self.path):
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All of the block's reads see the database as it is at one moment; nobody waits."""
        with explained(self.path):
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    def insert(self, record: R) -> R:
        """Write a new record; one without an id gets one. Returns the row as it now stands."""
        return self.get(type(record), self.put(record))

    def put(self, record: Row) -> str:
        """Write a new record, as `insert`, without reading it again. Returns its id."""
        values = {
            c.name: getattr(record, c.name)
            for c in columns_of(type(record))
            if not c.derived and getattr(record, c.name) != c.default
        }
        values["id"] = record.id or self.new_id()
        values.setdefault("created_at", self.now())
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        table = table_of(type(record)).name
        with self.transaction():
            self.connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values())
            )
        return str(values["id"])

    def update(self, record: type[R], id: str, **cells: Any) -> R:
        """Change the named cells of one row. Raises NotFound where there is no such row."""
        if not cells:
            return self.get(record, id)
        names = ", ".join(f'"{name}" = ?' for name in cells)
        table = table_of(record).name
        with self.transaction():
            changed = self.connection.execute(
                f'UPDATE "{table}" SET {names} WHERE id = ?', [*cells.values(), id]
            )
            if not changed.rowcount:
                raise missing(id)
        return self.get(record, id)

    def delete(self, record: type[R], id: str) -> R:
        """Mark one row as gone; its content stays."""
        return self.update(record, id, deleted_at=self.now())

    def restore(self, record: type[R], id: str) -> R:
        return self.update(record, id, deleted_at=None)

    # Reading

    def get(self, record: type[R], id: str) -> R:
        """The row of that id, also a deleted one. Raises NotFound."""
        found = self.find(record, id)
        if found is None:
            raise missing(id)
        return found

    def find(self, record: type[R], id: str | None) -> R | None:
        rows = self.select(record, "WHERE id = ?", id) if id else []
        return rows[0] if rows else None

    def by_prefix(self, record: type[R], id: str) -> R:
        """The row whose id starts with `id`. Raises NotFound, or Ambiguous where several do."""
        pattern = id.strip().lower()
        if not pattern or not set(pattern) <= set("0123456789abcdef-"):
            raise missing(id)
        rows = self.select(record, "WHERE id = ? OR id GLOB ? LIMIT 2", pattern, f"{pattern}*")
        if not rows:
            raise missing(id)
        if len(rows) > 1 and rows[0].id != pattern:
            raise Ambiguous(N_("Có nhiều bản ghi bắt đầu bằng {id}; hãy gõ dài hơn."), id=id)
        return rows[0]

    def live(self, record: type[R], where: str = "1", *values: Any) -> list[R]:
        """The rows that are not deleted; `where` is an SQL expression, perhaps with ORDER BY."""
        return self.select(record, f"WHERE deleted_at IS NULL AND {where}", *values)

    def select(self, record: type[R], tail: str = "", *values: Any) -> list[R]:
        """Rows of a table; `tail` is SQL that comes after FROM."""
        return [row for _number, row in self.numbered(record, tail, *values)]

    def numbered(self, record: type[R], tail: str = "", *values: Any) -> list[tuple[int, R]]:
        """The same, each with the number that SQLite gives to its row."""
        names = [c.name for c in columns_of(record)]
        table = table_of(record).name
        listed = ", ".join(["rowid", *(f'"{name}"' for name in names)])
        with explained(self.path):
            rows = self.connection.execute(f'SELECT {listed} FROM "{table}" {tail}', values)
            return [(number, record(**dict(zip(names, row, strict=True)))) for number, *row in rows]

    def count(self, record: type[Any], where: str = "1", *values: Any) -> int:
        table = table_of(record).name
        with explained(self.path):
            row = self.connection.execute(
                f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL AND {where}', values
            ).fetchone()
        return int(row[0])

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with explained(self.path):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    # This machine's own settings

    def local(self, name: str, default: str = "") -> str:
        query = "SELECT value FROM local_setting WHERE id = ?"
        with explained(self.path):
            row = self.connection.execute(query, (name,)).fetchone()
        return str(row[0]) if row else default

    def set_local(self, values: Mapping[str, str]) -> None:
        with self.transaction():
            self.connection.executemany(
                "INSERT INTO local_setting (id, value) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
                list(values.items()),
            )


def utc_text(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def missing(id: str) -> NotFound:
    return NotFound(N_("Không có bản ghi nào mang mã {id}."), id=id)
