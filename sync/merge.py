"""Bringing other machines' changes into the database. Public entrance: `merge`.

Of each cell the change with the highest stamp shows; the others stay in `change`, which is the
history. Rows that are written once come once. Nothing here depends on the order in which changes
arrive, or on how often they do. The work is done by a few statements for each table, whatever the
number of changes; the triggers of `schema.tables` derive states, and note nothing meanwhile.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

import msgspec

from schema.store import Store
from schema.tables import BY_NAME, literal
from sync import unfit
from sync.change import ROW, TWIN, Change

_NAMES = ("tbl", "row", "col", "val", "hlc", "device", "base")
_KEEP = f"INSERT OR IGNORE INTO change ({', '.join(_NAMES)}, log) VALUES "
# So many changes go into one statement: that is quicker than one by one, and as quick as more.
_TOGETHER = 64
_STAMPED = "row = ? AND col = ? AND hlc = ? AND device = ? AND tbl = ?"
_MOVE = f"""
    UPDATE OR IGNORE change SET device = (SELECT device FROM clock)
    WHERE {_STAMPED} AND log IS NULL AND device <> (SELECT device FROM clock)"""
_REBASE = """
    UPDATE change SET base = ? || '.' || (SELECT device FROM clock)
    WHERE row = ? AND col = ? AND tbl = ? AND base = ? AND log IS NULL"""
_TEMPORARY = (
    # What of a batch is not the only version of its cell, and what of that is not the newest.
    "CREATE TEMP TABLE IF NOT EXISTS several (seq INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS older (seq INTEGER PRIMARY KEY)",
    "DELETE FROM several",
    "DELETE FROM older",
)
# What one batch brought: the changes after a `seq`.
_NEW = "FROM change a WHERE a.seq > ?"
_CELL = "c.row = a.row AND c.col = a.col AND c.tbl = a.tbl"
_EARLIER = f"{_CELL} AND (c.hlc, c.device) < (a.hlc, a.device) ORDER BY c.hlc DESC, c.device DESC"
_LATER = f"{_CELL} AND (c.hlc, c.device) > (a.hlc, a.device) ORDER BY c.hlc, c.device"
_SEVERAL = f"""
    INSERT INTO several SELECT a.seq {_NEW} AND a.col <> '{ROW}'
    AND EXISTS (SELECT 1 FROM change c WHERE {_CELL} AND c.seq <> a.seq)"""
_OLDER = f"""
    INSERT INTO older SELECT a.seq FROM several s CROSS JOIN change a ON a.seq = s.seq
    WHERE EXISTS (SELECT 1 FROM change c WHERE {_LATER})"""
# What precedes a change or follows on it, and was not known to the later one. (When a row was made
# is nobody's edit: two machines may open the same minutes for the first time.)
_CONCURRENT = f"""
    INSERT OR IGNORE INTO conflict_cell (tbl, row, col)
    SELECT tbl, row, col FROM (
        SELECT a.tbl, a.row, a.col, a.base,
            (SELECT c.hlc || '.' || c.device FROM change c WHERE {_EARLIER} LIMIT 1) AS earlier
        FROM several s CROSS JOIN change a ON a.seq = s.seq WHERE a.col <> 'created_at'
    ) WHERE earlier IS NOT NULL AND base IS NOT earlier
    UNION
    SELECT tbl, row, col FROM (
        SELECT a.tbl, a.row, a.col, a.hlc || '.' || a.device AS stamp,
            (SELECT coalesce(c.base, '') FROM change c WHERE {_LATER} LIMIT 1) AS later
        FROM older o CROSS JOIN change a ON a.seq = o.seq WHERE a.col <> 'created_at'
    ) WHERE later <> stamp
    UNION
    SELECT a.tbl, a.row, a.col {_NEW} AND a.col = 'deleted_at' AND a.val IS NOT NULL"""


# A table's name, the id of a row, a column's name.
Cell = tuple[str, str, str]


@dataclass(slots=True)
class Merged:
    """What a merge did: how many changes came, the texts that have new updates, the tables whose
    rows may have changed, and how many changes are kept aside."""

    changes: int = 0
    texts: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    aside: int = 0
    newest: int = 0


def merge(store: Store, batches: Iterable[Sequence[Change]], log: str) -> Merged:
    """Apply the changes of the log of device `log`, all of them or, where `batches` raises, none.

    Call it in a transaction to keep more together with it.
    """
    merged = Merged()
    with store.transaction(), applying(store):
        for batch in batches:
            _merge(store, batch, log, merged)
        store.connection.execute("UPDATE clock SET hlc = max(hlc, ?)", (merged.newest,))
    return merged


def take_up(store: Store) -> Merged:
    """Apply what was kept aside and fits now, as after an upgrade."""
    merged = Merged()
    with store.transaction(), applying(store):
        kept = unfit.kept_aside(store)
        store.connection.execute("DELETE FROM pending_cell")
        for log in dict.fromkeys(log for _, log in kept):
            changes = [change for change, of in kept if of == log]
            unfit.complete_rows(store, changes)
            _merge(store, changes, log, merged)
        store.connection.execute("UPDATE clock SET hlc = max(hlc, ?)", (merged.newest,))
    return merged


@contextmanager
def applying(store: Store) -> Iterator[None]:
    """Inside a transaction: what is written in the block is another machine's, and not noted."""
    # No savepoint: at the end of each statement SQLite would go through all written since it.
    run = store.connection.execute
    run("UPDATE clock SET applying = 1")
    yield
    run("UPDATE clock SET applying = 0")


def _merge(store: Store, batch: Sequence[Change], log: str, merged: Merged) -> None:
    run = store.connection.execute
    (before,) = run("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    cells = batch
    if any(change.col == ROW for change in batch):
        cells = [change for change in batch if change.col != ROW]
        merged.aside += _rows(store, [c for c in batch if c.col == ROW], log, merged)
    moved: list[Cell] = []
    merged.aside += _keep(store, cells, log, moved)
    kinds, aside = unfit.sort_out(store, before)
    merged.aside += aside
    newest, count = run(f"SELECT coalesce(max(hlc), 0), count(*) {_NEW}", (before,)).fetchone()
    merged.newest = max(merged.newest, newest)
    merged.changes += count
    if not count:
        return
    for statement in _TEMPORARY:
        run(statement)
    run(_SEVERAL, (before,))
    run(_OLDER)
    run(_CONCURRENT, (before,))
    if "text" in kinds:
        # Their updates may have come before them.
        rows = run(f"SELECT DISTINCT row {_NEW} AND tbl = 'text'", (before,))
        merged.texts.update(row[0] for row in rows)
    for table, columns in kinds.items():
        merged.tables.add(table)
        if not BY_NAME[table].insert_only:
            _write(store, table, columns, before)
    show_newest(store, moved)


def show_newest(store: Store, cells: Iterable[Cell]) -> None:
    """Write into these cells what is newest, as after some change of them came to bear another
    device's name. Call it while applying."""
    newest = "SELECT val FROM change WHERE tbl = ? AND row = ? AND col = ?"
    for table, row, column in cells:
        if column != ROW:
            store.connection.execute(
                f'UPDATE "{table}" SET "{column}" = ({newest} ORDER BY hlc DESC, device DESC'
                " LIMIT 1) WHERE id = ?",
                (table, row, column, row),
            )


def _keep(store: Store, changes: Sequence[Change], log: str, moved: list[Cell]) -> int:
    """Put changes into the history, once. Returns how many were kept aside instead; in the cells
    `moved` a change of this machine bears its name now, and not another's."""
    large = [c for c in changes if unfit.too_large(c.val)]
    if large:
        unfit.keep_aside(store, large, log)
        changes = [c for c in changes if not unfit.too_large(c.val)]
    row = f"({'?, ' * len(_NAMES)}{literal(log)})"
    for portion in _portions(changes):
        sql = _KEEP + ", ".join([row] * len(portion))
        values = list(chain.from_iterable(portion))
        if store.connection.execute(sql, values).rowcount < len(portion):
            _keep_again(store, _KEEP + row, portion, log, moved)
    return len(large)


def _portions(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    return (changes[at : at + _TOGETHER] for at in range(0, len(changes), _TOGETHER))


def _keep_again(
    store: Store, sql: str, changes: Sequence[Change], log: str, moved: list[Cell]
) -> None:
    """Changes some of which are here already. Two values under one stamp come from a device that
    was cloned: on every machine the larger one bears it, and the other one a stamp just before."""
    run = store.connection.execute
    for change in changes:
        stamp = (change.row, change.col, change.hlc, change.device, change.tbl)
        # What was written here, and came back from elsewhere, need not be sent again.
        back = run(
            f"UPDATE change SET log = ? WHERE {_STAMPED} AND log IS NULL AND val IS ?",
            (log, *stamp, change.val),
        ).rowcount
        if back and change.col == "deleted_at" and change.val is not None:
            # As when it is sent: an edit may still arrive that was written unseen.
            cell = (change.tbl, change.row, change.col)
            run("INSERT OR IGNORE INTO conflict_cell (tbl, row, col) VALUES (?, ?, ?)", cell)
        # What was written here under a device's name that two had, and nobody has seen, is given
        # this device's own.
        own = run(_MOVE, stamp).rowcount
        if own:
            moved.append((change.tbl, change.row, change.col))
            where = (change.row, change.col, change.tbl)
            run(_REBASE, (change.hlc, *where, f"{change.hlc}.{change.device}"))
        there = run(
            "SELECT val, val IS ?, val < ? OR (val IS NULL AND ? IS NOT NULL) FROM change"
            f" WHERE {_STAMPED}",
            (change.val, change.val, change.val, *stamp),
        ).fetchone()
        if there is None:
            run(sql, change)
            continue
        value, alike, smaller = there
        if smaller:
            run(
                f"UPDATE OR REPLACE change SET device = ? WHERE {_STAMPED}",
                (_twin(change.device, value), *stamp),
            )
            run(sql, change)
        elif not alike:
            run(sql, change._replace(device=_twin(change.device, change.val)))


def _twin(device: str, value: object) -> str:
    """The name for what the other of two machines of one name wrote: it sorts before all names."""
    known = hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=4).hexdigest()
    return f"{TWIN}{device}-{known}"


def _rows(store: Store, rows: Sequence[Change], log: str, merged: Merged) -> int:
    """Write whole rows. Returns how many, or how many of their cells, were kept aside."""
    alike: dict[tuple[str, tuple[str, ...]], list[list[object]]] = defaultdict(list)
    aside: list[Change] = []
    arrived: list[Change] = []
    for change in rows:
        fits, rest = unfit.split_row(change)
        aside += rest
        if fits is None:
            continue
        assert isinstance(fits.val, dict)
        alike[fits.tbl, tuple(fits.val)].append([fits.row, *fits.val.values()])
        arrived.append(fits._replace(val=None))
        if fits.tbl == "text_update":
            merged.texts.add(str(fits.val.get("text")))
    unfit.keep_aside(store, aside, log)
    for (table, names), values in alike.items():
        # What the sender's version does not have yet is as by default.
        listed = ", ".join(f'"{name}"' for name in ("id", *names))
        marks = ", ".join("?" * (1 + len(names)))
        store.connection.executemany(
            f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({marks})', values
        )
    _keep(store, arrived, log, [])
    return len(aside)


def _write(store: Store, table: str, columns: Mapping[str, set[str]], before: int) -> None:
    """Write the cells of one table that are the newest."""
    run = store.connection.execute
    names = list({"created_at": None} | dict(columns))
    defaults = {c.name: literal(c.default) for c in BY_NAME[table].columns if c.required}
    cells = ", ".join(
        f"coalesce(max(val) FILTER (WHERE a.col = '{name}'), t.\"{name}\""
        f", {defaults.get(name, 'NULL')})"
        for name in names
    )
    listed = ", ".join(f'"{name}"' for name in names)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    newest = f"WHERE a.seq > ? AND a.tbl = '{table}' AND a.seq NOT IN (SELECT seq FROM older)"
    run(
        f'INSERT INTO "{table}" (id, {listed}) SELECT a.row, {cells}'
        f' FROM change a LEFT JOIN "{table}" t ON t.id = a.row {newest} GROUP BY a.row'
        f" ON CONFLICT (id) DO UPDATE SET {sets}",
        (before,),
    )
    for name, kinds in columns.items():
        if "null" in kinds:
            emptied = f"SELECT a.row FROM change a {newest} AND a.col = '{name}' AND a.val IS NULL"
            run(f'UPDATE "{table}" SET "{name}" = NULL WHERE id IN ({emptied})', (before,))
