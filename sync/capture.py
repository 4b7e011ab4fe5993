"""What this machine wrote and has not sent yet. Public entrance: `unsent`, `mark_sent`, `unsend`,
`everything`, `snapshot`, `already_sent`.

What belongs to a meeting marked with a state-secret grade stays here until the mark is taken away
(`schema.secrecy`); then all of it goes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from schema.records import Meeting
from schema.secrecy import withheld
from schema.store import Store
from schema.tables import BY_NAME
from schema.texts import fold
from sync.change import ONLY, ROW, SNAPSHOT, TWIN, Cells, Change
from sync.merge import applying, show_newest
from sync.unfit import kept_aside

# So many unsent updates of one text, as after a time without the folder, are joined into one before
# they go: that reads the whole text. Fewer are joined in time (`sync.textfold`).
MANY_UPDATES = 64
AT_ONCE = 4096

_CHANGES = "SELECT tbl, row, col, val, hlc, device, base FROM change"
_LISTED = "(SELECT value FROM json_each(?))"
Numbered = tuple[int, Change]


def unsent(store: Store) -> list[Numbered]:
    """The changes that may leave this machine and have not, with their `seq`, oldest first."""
    query = _CHANGES.replace("SELECT", "SELECT seq,") + " WHERE log IS NULL ORDER BY seq"
    waiting = [(row[0], Change(*row[1:])) for row in store.connection.execute(query)]
    if not waiting:
        return []
    held = _held(store)
    free = [(seq, c) for seq, c in waiting if c.row not in held.get(c.tbl, ())] if held else waiting
    return list(_whole(store, free))


def _held(store: Store) -> Mapping[str, Set[str]]:
    marked = store.connection.execute("SELECT 1 FROM meeting WHERE secrecy <> '' LIMIT 1")
    return withheld(store) if marked.fetchone() else {}


def are_held(store: Store, changes: Iterable[Change]) -> bool:
    """Whether any of these may not leave this machine."""
    held = _held(store)
    return any(c.row in held.get(c.tbl, ()) for c in changes) if held else False


def fold_texts(store: Store) -> None:
    """Join the unsent updates of each text that has many of them."""
    many = store.connection.execute(
        "SELECT u.text FROM change c CROSS JOIN text_update u ON u.id = c.row"
        " WHERE c.log IS NULL AND c.tbl = 'text_update' GROUP BY u.text HAVING count(*) >= ?",
        (MANY_UPDATES,),
    )
    for (text,) in many.fetchall():
        fold(store, text)


def mark_sent(store: Store, seqs: Sequence[int], log: str) -> int:
    """From now on these changes are in the log of device `log`. Returns how many there are."""
    numbers = json.dumps(seqs)
    marked = store.connection.execute(
        f"UPDATE change SET log = ? WHERE log IS NULL AND seq IN {_LISTED}", (log, numbers)
    )
    # Whatever arrives from now on in a row that was deleted here may have been written unseen.
    store.connection.execute(
        "INSERT OR IGNORE INTO conflict_cell (tbl, row, col) SELECT tbl, row, col FROM change"
        f" WHERE seq IN {_LISTED} AND col = 'deleted_at' AND val IS NOT NULL",
        (numbers,),
    )
    return marked.rowcount


def unsend(store: Store, changes: Iterable[Change], log: str) -> None:
    """These changes are not in that log after all."""
    store.connection.executemany(
        "UPDATE change SET log = NULL"
        " WHERE row = ? AND col = ? AND hlc = ? AND device = ? AND tbl = ? AND log = ?",
        [(c.row, c.col, c.hlc, c.device, c.tbl, log) for c in changes],
    )


def unsend_all(store: Store, log: str) -> None:
    """All that is in that log is to be sent again, in another."""
    store.connection.execute("UPDATE change SET log = NULL WHERE log = ?", (log,))


# Local setting: the names under which this database has sent before, with spaces between.
FORMER = "sync_former_devices"
_FOREIGN = (
    "c.log IS NULL AND c.device NOT IN ('seed', (SELECT device FROM clock))"
    f" AND c.device NOT LIKE '{TWIN}%'"
    f" AND NOT instr(coalesce((SELECT value FROM local_setting WHERE id = '{FORMER}'), ''),"
    " c.device)"
)


def foreign_devices(store: Store) -> list[str]:
    """Other devices' names that unsent changes bear: from before this one had its own, or from a
    clone of it."""
    rows = store.connection.execute(f"SELECT DISTINCT c.device FROM change c WHERE {_FOREIGN}")
    return [row[0] for row in rows]


def disown(store: Store) -> None:
    """What is unsent under another name, and nobody has seen, bears this device's from now on."""
    with store.transaction():
        for device in foreign_devices(store):
            _disown(store, device)


def _disown(store: Store, old: str) -> None:
    run = store.connection.execute
    (new,) = run("SELECT device FROM clock").fetchone()
    names = {"old": old, "new": new}
    written_over = (
        "FROM change c WHERE c.row = n.row AND c.col = n.col AND c.tbl = n.tbl"
        " AND c.log IS NULL AND c.device = :old AND n.base = c.hlc || '.' || :old"
    )
    run(
        f"UPDATE change AS n SET base = (SELECT c.hlc || '.' || :new {written_over})"
        f" WHERE log IS NULL AND col <> 'deleted_at' AND EXISTS (SELECT 1 {written_over})",
        names,
    )
    deletions = run(
        "SELECT seq, tbl, row, base FROM change"
        " WHERE log IS NULL AND col = 'deleted_at' AND instr(base, '.' || :old)",
        names,
    )
    for seq, table, row, base in deletions.fetchall():
        # A copy may have written under the old name what was not seen here.
        seen = run(
            f"SELECT '{ONLY}' || hlc || '.' || device FROM change WHERE row = ? AND tbl = ?"
            " AND device = ? AND log IS NOT NULL AND seq < ?",
            (row, table, old, seq),
        )
        stamps = [stamp.replace(f".{old}", f".{new}") for stamp in base.split()]
        stamps += [stamp for (stamp,) in seen]
        run("UPDATE change SET base = ? WHERE seq = ?", (" ".join(stamps), seq))
    tied = (
        "SELECT c.tbl, c.row, c.col FROM change c JOIN change o ON o.row = c.row AND o.col = c.col"
        " AND o.tbl = c.tbl AND o.hlc = c.hlc AND o.device <> c.device"
        " WHERE c.log IS NULL AND c.device = :old"
    )
    cells = run(tied, names).fetchall()
    run("UPDATE OR IGNORE change SET device = :new WHERE log IS NULL AND device = :old", names)
    # A database that was restored to before it had this name may have heard the same back under it.
    run(
        "DELETE FROM change AS c WHERE c.log IS NULL AND c.device = :old AND EXISTS (SELECT 1"
        " FROM change o WHERE o.row = c.row AND o.col = c.col AND o.tbl = c.tbl AND o.hlc = c.hlc"
        " AND o.device = :new AND o.val IS c.val)",
        names,
    )
    # Under another name it may come before or after what others wrote beside it.
    run(
        "INSERT OR IGNORE INTO conflict_cell (tbl, row, col) SELECT c.tbl, c.row, c.col"
        f" FROM change c WHERE c.log IS NULL AND c.device = :new AND c.col NOT IN ('{ROW}',"
        " 'created_at') AND EXISTS (SELECT 1 FROM change o WHERE o.row = c.row AND o.col = c.col"
        " AND o.tbl = c.tbl AND o.device <> c.device)",
        names,
    )
    with applying(store):
        show_newest(store, cells)


def send_again(store: Store, former: str) -> None:
    """All that was ever sent under a former name goes once more, stamped as it was: where two
    wrote under that name, nobody knows which of it arrived."""
    with store.transaction():
        known = store.local(FORMER).split()
        if former not in known:
            known.append(former)
            store.set_local({FORMER: " ".join(known)})
            unsend_all(store, former)
            # What a snapshot brought back may have been in that log alone.
            store.connection.execute(
                f"UPDATE change SET log = NULL WHERE log = '{SNAPSHOT}' AND device IN {_LISTED}",
                (json.dumps(known),),
            )


def everything(store: Store, log: str | None = None) -> Iterator[Change]:
    """All that was sent or received, oldest first; with `log`, only what is in that device's."""
    where = "log IS NOT NULL" if log is None else "log = ?"
    yield from _read(store, where, () if log is None else (log,))
    yield from _aside(store, log)


def snapshot(store: Store) -> Iterator[Change]:
    """What a machine needs that starts with nothing: of each cell what was sent or received last,
    and of a cell that several devices wrote all of it, so that it lists the same conflicts."""
    newer = (
        "SELECT 1 FROM change n WHERE n.row = change.row AND n.col = change.col"
        " AND n.tbl = change.tbl AND (n.hlc, n.device) > (change.hlc, change.device)"
        " AND n.log IS NOT NULL"
    )
    disputed = (
        "SELECT 1 FROM conflict_cell d WHERE d.tbl = change.tbl AND d.row = change.row"
        " AND d.col IN (change.col, 'deleted_at')"
    )
    # What it wrote over is still to come, from a log that lags behind.
    early = (
        "change.base IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change b WHERE b.row = change.row"
        " AND b.col = change.col AND b.tbl = change.tbl AND b.hlc || '.' || b.device = change.base)"
    )
    # A merged segment may bring an old version again, but not what another device wrote over it.
    shared = (
        "EXISTS (SELECT 1 FROM change o WHERE o.row = change.row AND o.col = change.col"
        " AND o.tbl = change.tbl AND o.log IS NOT change.log)"
    )
    needed = f"NOT EXISTS ({newer}) OR EXISTS ({disputed}) OR ({early}) OR {shared}"
    yield from _read(store, f"log IS NOT NULL AND ({needed})", ())
    yield from _aside(store)


def _aside(store: Store, log: str | None = None) -> Iterator[Change]:
    """What others may know more of than this machine's version."""
    for change, of in kept_aside(store):
        table = BY_NAME.get(change.tbl)
        # A cell of a row that is written once goes with the row.
        apart = table is None or not table.insert_only or change.col == ROW
        if apart and log in (None, of):
            yield change


def _read(store: Store, where: str, values: tuple[str, ...]) -> Iterator[Change]:
    rows = store.connection.execute(f"{_CHANGES} WHERE {where} ORDER BY seq", values)
    while portion := [(0, Change(*row)) for row in islice(rows, AT_ONCE)]:
        yield from (change for _, change in _whole(store, portion))


def already_sent(store: Store, meeting: str) -> int:
    """How many changes of a meeting, and of all that belongs to it, other machines have: a mark
    that is set now does not call them back."""
    store.get(Meeting, meeting)
    held = withheld(store, {meeting})
    return sum(
        int(
            store.connection.execute(
                f"SELECT count(*) FROM change WHERE tbl = ? AND row IN {_LISTED}"
                " AND log IS NOT NULL",
                (table, json.dumps(sorted(rows))),
            ).fetchone()[0]
        )
        for table, rows in held.items()
        if rows
    )


def _whole(store: Store, changes: Sequence[Numbered]) -> Iterator[Numbered]:
    """The changes, those of rows that are written once with the row's content."""
    ids: dict[str, list[str]] = {}
    for _, change in changes:
        if change.col == ROW:
            ids.setdefault(change.tbl, []).append(change.row)
    content = {table: _content(store, table, rows) for table, rows in ids.items()}
    for seq, change in changes:
        if change.col != ROW:
            yield seq, change
        elif change.row in content[change.tbl]:
            yield seq, change._replace(val=content[change.tbl][change.row])


def _content(store: Store, table: str, ids: list[str]) -> dict[str, Cells]:
    """The cells of rows that are written once, but for those that are as by default."""
    columns = [c for c in BY_NAME[table].columns if c.name in BY_NAME[table].synced]
    names = ", ".join(f'"{c.name}"' for c in columns)
    aside: dict[str, Cells] = {}
    for change, _ in kept_aside(store, table):
        if change.col != ROW and not isinstance(change.val, dict):
            aside.setdefault(change.row, {})[change.col] = change.val
    rows = store.connection.execute(
        f'SELECT id, {names} FROM "{table}" WHERE id IN {_LISTED}', (json.dumps(ids),)
    )
    return {
        row[0]: {
            c.name: value
            for c, value in zip(columns, row[1:], strict=True)
            if value != c.default or c.name == "created_at"
        }
        | aside.get(row[0], {})
        for row in rows
    }
