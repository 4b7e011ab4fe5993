"""Changes that cannot be cells of this version's tables: they are kept, and applied when they can.

They are of a newer version, for a table or column that is not here yet; or hold a value that the
column does not take, from a program that is not ours. Public entrance: `sort_out`, `split_row`,
`keep_aside`.
"""

from collections.abc import Iterable
from functools import cache

import msgspec

from schema.store import Store
from schema.tables import BY_NAME, Column
from sync.change import ROW, Cells, Change, Value

MOST_INT = 1 << 63
# The year 2200: a clock that far ahead is no clock, and would leave no room for stamps after it.
LATEST_STAMP = 7_258_118_400_000 << 16

_TYPES = {
    "TEXT": {"text"},
    "INTEGER": {"integer"},
    "REAL": {"real", "integer"},
    "BLOB": {"blob"},
}
_TYPE_OF = {str: "text", int: "integer", float: "real", bytes: "blob", type(None): "null"}


@cache
def _columns(table: str) -> dict[str, Column]:
    """The synced columns of a table, none where it is unknown."""
    found = BY_NAME.get(table)
    return {c.name: c for c in found.columns if c.name in found.synced} if found else {}


def _fits(column: Column | None, kind: str) -> bool:
    if column is None:
        return False
    return not column.required if kind == "null" else kind in _TYPES[column.type]


def sort_out(store: Store, before: int) -> tuple[dict[str, dict[str, set[str]]], int]:
    """Take from the changes after `before` (a `change.seq`) what does not fit.

    Returns what remains, as the kinds of values by table and column, and how many were taken.
    """
    run = store.connection.execute
    taken = 0
    remaining: dict[str, dict[str, set[str]]] = {}
    (latest,) = run("SELECT max(hlc) FROM change WHERE seq > ?", (before,)).fetchone()
    if latest is not None and latest > LATEST_STAMP:
        taken += _take(store, before, "hlc > ?", LATEST_STAMP)
    kinds = run("SELECT DISTINCT tbl, col, typeof(val) FROM change WHERE seq > ?", (before,))
    for table, name, kind in kinds.fetchall():
        if name == ROW:
            remaining.setdefault(table, {})
        elif BY_NAME.get(table) and BY_NAME[table].insert_only:
            # Of a row that is written once comes only the whole.
            taken += _take(store, before, "tbl = ? AND col = ?", table, name)
        elif _fits(_columns(table).get(name), kind):
            remaining.setdefault(table, {}).setdefault(name, set()).add(kind)
        else:
            where = "tbl = ? AND col = ? AND typeof(val) = ?"
            taken += _take(store, before, where, table, name, kind)
    return remaining, taken


def _take(store: Store, before: int, where: str, *values: object) -> int:
    run = store.connection.execute
    names = "tbl, row, col, val, hlc, device, base, log"
    run(
        f"INSERT OR IGNORE INTO pending_cell ({names})"
        f" SELECT {names} FROM change WHERE seq > ? AND {where}",
        (before, *values),
    )
    return run(f"DELETE FROM change WHERE seq > ? AND {where}", (before, *values)).rowcount


def split_row(change: Change) -> tuple[Change | None, list[Change]]:
    """What of a whole row can be written, if any, and what must wait."""
    table, cells = BY_NAME.get(change.tbl), change.val
    if not isinstance(cells, dict) or table is None or not table.insert_only:
        return None, [change]
    known = _columns(change.tbl)
    fits: Cells = {name: value for name, value in cells.items() if name in known}
    if change.hlc > LATEST_STAMP or not all(
        _fits(known[name], _kind(value)) for name, value in fits.items()
    ):
        return None, [change]
    rest = [change._replace(col=name, val=cells[name]) for name in cells if name not in known]
    return change._replace(val=fits), rest


def too_large(value: Value | Cells) -> bool:
    """Whether it is a number that SQLite does not hold."""
    return isinstance(value, int) and not -MOST_INT <= value < MOST_INT


def _kind(value: Value) -> str:
    return "too large" if too_large(value) else _TYPE_OF[type(value)]


def keep_aside(store: Store, changes: Iterable[Change], log: str) -> None:
    """Keep changes for later; a whole row's cells as one MessagePack value, and a number too large
    for SQLite as text."""
    store.connection.executemany(
        "INSERT OR IGNORE INTO pending_cell (tbl, row, col, val, hlc, device, base, log)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*change[:3], _kept(change.val), min(change.hlc, MOST_INT - 1), *change[5:], log)
            for change in changes
        ],
    )


def _kept(value: Value | Cells) -> Value:
    if isinstance(value, dict):
        return msgspec.msgpack.encode(value)
    return str(value) if too_large(value) else value


def kept_aside(store: Store, table: str | None = None) -> list[tuple[Change, str]]:
    """All that was kept, perhaps of one table, each with the device in whose log it came."""
    rows = store.connection.execute(
        "SELECT tbl, row, col, val, hlc, device, base, log FROM pending_cell"
        " WHERE tbl = coalesce(?, tbl) ORDER BY rowid",
        (table,),
    ).fetchall()
    return [
        (Change(tbl, row, col, _unkept(col, val), hlc, device, base), log)
        for tbl, row, col, val, hlc, device, base, log in rows
    ]


def _unkept(column: str, value: Value) -> Value | Cells:
    if column == ROW and isinstance(value, bytes):
        cells: Cells = msgspec.msgpack.decode(value, type=dict[str, Value])
        return cells
    return value


def complete_rows(store: Store, changes: list[Change]) -> None:
    """Take from `changes` the cells that rows which are written once did not have a column for
    when they came, and write those that have one now."""
    for change in changes[:]:
        table, column = BY_NAME.get(change.tbl), _columns(change.tbl).get(change.col)
        if table is None or not table.insert_only or not isinstance(column, Column):
            continue
        assert not isinstance(change.val, dict)
        if _fits(column, _kind(change.val)):
            changes.remove(change)
            store.connection.execute(
                f'UPDATE "{change.tbl}" SET "{change.col}" = ? WHERE id = ?',
                (change.val, change.row),
            )
