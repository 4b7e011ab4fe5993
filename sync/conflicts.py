"""Values that were overwritten by somebody who had not seen them. Public entrance: `conflicts`,
`find`, `restore`, `keep`, `choice`.

A value counts as seen where another write of its cell names its stamp as what it wrote over
(`change.base`). To delete or bring back a row names, for each device, the newest of its writes that
were there; where a stamp begins with `=`, that write only. Whatever is in the history decides, so
that all machines list the same.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schema.errors import N_, Ambiguous, NotFound
from schema.store import Store
from schema.tables import TICK
from sync.change import ONLY, Value

SEED = "seed"


class Version(NamedTuple):
    """One write of a cell."""

    col: str
    val: Value
    hlc: int
    device: str
    base: str | None

    @property
    def stamp(self) -> str:
        return f"{self.hlc}.{self.device}"

    def saw(self, other: "Version") -> bool:
        """Whether whoever wrote this knew of the other."""
        stamps = (self.base or "").split()
        if self.col != "deleted_at":
            return other.stamp in stamps
        if ONLY + other.stamp in stamps:
            return True
        named = (s.partition(".") for s in stamps if not s.startswith(ONLY))
        return any(d == other.device and int(hlc) >= other.hlc for hlc, _, d in named)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value of a cell that nobody knowingly overwrote, and what shows instead of it.

    Where `deleted`, the value is in its cell, but the row was deleted by somebody who had not
    seen it. `hlc >> 16` is when it was written, in milliseconds since 1970.
    """

    tbl: str
    row: str
    lost: Version
    shown: Version
    deleted: bool = False

    @property
    def id(self) -> str:
        """The same on every machine: 16 hexadecimal digits."""
        name = f"{self.tbl} {self.row} {self.lost.col} {self.lost.stamp} {self.deleted}"
        return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


def conflicts(store: Store, *, sent: bool = False) -> list[Conflict]:
    """All of them, the newest first; with `sent`, as they are without what was not sent yet."""
    cells = store.connection.execute("SELECT tbl, row, col FROM conflict_cell").fetchall()
    found = [conflict for cell in cells for conflict in _of_cell(store, *cell, sent=sent)]
    return sorted(found, key=lambda c: (c.lost.hlc, c.lost.device, c.id), reverse=True)


def find(store: Store, id: str) -> Conflict:
    """The conflict whose id starts so. Raises NotFound or Ambiguous."""
    found = [conflict for conflict in conflicts(store) if id and conflict.id.startswith(id.lower())]
    if not found:
        raise NotFound(N_("Không có giá trị bị ghi đè nào mang mã {id}."), id=id)
    if len(found) > 1:
        raise Ambiguous(N_("Có nhiều giá trị bị ghi đè bắt đầu bằng {id}; hãy gõ dài hơn."), id=id)
    return found[0]


def restore(store: Store, conflict: Conflict) -> None:
    """Write the overwritten value again, as a new edit; bring a deleted row back."""
    column = "deleted_at" if conflict.deleted else conflict.lost.col
    value = None if conflict.deleted else conflict.lost.val
    with store.transaction():
        (before,) = store.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
        store.connection.execute(
            f'UPDATE "{conflict.tbl}" SET "{column}" = ? WHERE id = ?', (value, conflict.row)
        )
        # Who restores a value has seen it.
        store.connection.execute(
            "UPDATE change SET base = coalesce(base || ' ', '') || ?"
            " WHERE seq > ? AND row = ? AND tbl = ?",
            (conflict.lost.stamp, before, conflict.row, conflict.tbl),
        )


def keep(store: Store, conflict: Conflict) -> None:
    """Leave what shows, knowing of the other: it is listed no more, on any machine. Where the other
    was restored meanwhile, write what showed once more."""
    column = "deleted_at" if conflict.deleted else conflict.lost.col
    with store.transaction():
        if not _alike(current(store, conflict), conflict.shown.val):
            store.connection.execute(
                f'UPDATE "{conflict.tbl}" SET "{column}" = ? WHERE id = ?',
                (conflict.shown.val, conflict.row),
            )
            return
        # Who leaves one value has looked at that one: other edits of the row stay listed.
        only = ONLY if column == "deleted_at" else ""
        store.connection.execute(TICK)
        store.connection.execute(
            "INSERT INTO change (tbl, row, col, val, hlc, device, base)"
            " SELECT ?, ?, ?, ?, hlc, device, ? FROM clock",
            (
                *(conflict.tbl, conflict.row, column, conflict.shown.val),
                f"{only}{conflict.shown.stamp} {only}{conflict.lost.stamp}",
            ),
        )


def current(store: Store, conflict: Conflict) -> Value:
    """What is in the cell now."""
    column = "deleted_at" if conflict.deleted else conflict.lost.col
    query = f'SELECT "{column}" FROM "{conflict.tbl}" WHERE id = ?'
    row = store.connection.execute(query, (conflict.row,)).fetchone()
    return row[0] if row else None


def choice(store: Store, conflict: Conflict) -> str | None:
    """Of a conflict that was listed: `lost` where that is in its cell now, `shown` where that is;
    None where something else is."""
    now = current(store, conflict)
    if _alike(now, conflict.shown.val):
        return "shown"
    return "lost" if _alike(now, None if conflict.deleted else conflict.lost.val) else None


def _of_cell(store: Store, table: str, row: str, column: str, *, sent: bool) -> Iterator[Conflict]:
    which = " AND log IS NOT NULL" if sent else ""
    versions = _versions(store, table, row, f"col = ?{which}", column)
    if not versions:
        return
    shown = versions[-1]
    for lost in _unseen(versions[:-1], versions):
        if not _alike(lost.val, shown.val):
            yield Conflict(table, row, lost, shown)
    if column == "deleted_at" and shown.val is not None:
        newest = {v.col: v for v in _versions(store, table, row, f"col <> ?{which}", column)}
        deletions = [version for version in versions if version.val is not None]
        for lost in _unseen(list(newest.values()), deletions):
            yield Conflict(table, row, lost, shown, deleted=True)


def _unseen(versions: Sequence[Version], later: Sequence[Version]) -> list[Version]:
    edits = (v for v in versions if v.device != SEED and v.col != "created_at")
    return [v for v in edits if not any(by.saw(v) for by in later)]


def _versions(store: Store, table: str, row: str, where: str, column: str) -> list[Version]:
    """The writes of cells of a row, oldest first."""
    rows = store.connection.execute(
        "SELECT col, val, hlc, device, base FROM change"
        f" WHERE row = ? AND tbl = ? AND {where} ORDER BY hlc, device",
        (row, table, column),
    )
    return [Version(*row) for row in rows]


def _alike(a: Value, b: Value) -> bool:
    return type(a) is type(b) and a == b
