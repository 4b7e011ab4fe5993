"""Joining the many small updates of a text that were sent one by one, in the folder and here.

Public entrance: `folded`, `fold_quiet`. The joined update has the id of the last of them: a device
that has that one has all the others too, since logs are read in order.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from schema import texts
from schema.document import Document
from schema.store import Store
from sync.change import ROW, Change
from sync.merge import applying

# A text that has more updates than this of one device, and rests, is joined in the database.
MANY = 32
REST_SECONDS = 600


def folded(store: Store, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes of a log with the updates of each text joined into its last one here."""
    held = list(changes)
    updates: dict[str, list[Change]] = {}
    for change in held:
        if change.tbl == "text_update" and change.col == ROW and isinstance(change.val, dict):
            updates.setdefault(str(change.val.get("text")), []).append(change)
    joined: dict[str, Change | None] = {}
    for text, own in updates.items():
        data = _joined(store, text, [c.val.get("data") for c in own if isinstance(c.val, dict)])
        if data is None:
            continue
        joined |= dict.fromkeys((change.row for change in own[:-1]), None)
        last = own[-1]
        assert isinstance(last.val, dict)
        joined[last.row] = last._replace(val={**last.val, "data": data})
    for change in held:
        if change.col != ROW or change.row not in joined:
            yield change
        elif found := joined[change.row]:
            yield found


def _joined(store: Store, text: str, updates: list[object]) -> bytes | None:
    known = [update for update in updates if isinstance(update, bytes)]
    if len(known) < 2 or len(known) < len(updates):
        return None
    document = Document()
    texts.take_in(document, texts.updates_since(store, text, 0))
    return document.joined(known)


def fold_quiet(store: Store) -> int:
    """Join, here, the updates of texts in which nobody has written for a while. Returns how many
    rows that saved."""
    before = _rows(store)
    quiet = store.connection.execute(
        "SELECT DISTINCT u.text FROM text_update u JOIN text t ON t.id = u.text"
        " WHERE t.plain_upto >= (SELECT max(seq) FROM text_update WHERE text = t.id)"
        " GROUP BY u.text HAVING count(*) > ?"
        " AND max(u.created_at) < strftime('%Y-%m-%dT%H:%M:%SZ', ?, 'unixepoch')",
        (MANY, store.clock() - REST_SECONDS),
    )
    for (text,) in quiet.fetchall():
        with store.transaction(), applying(store):
            _fold(store, text)
    return before - _rows(store)


def _rows(store: Store) -> int:
    return int(store.connection.execute("SELECT count(*) FROM text_update").fetchone()[0])


def _fold(store: Store, text: str) -> None:
    run = store.connection.execute
    rows = run(
        "SELECT c.log, u.id, u.data FROM text_update u CROSS JOIN change c"
        f" ON c.row = u.id AND c.col = '{ROW}' AND c.tbl = 'text_update'"
        " WHERE u.text = ? AND c.log IS NOT NULL ORDER BY c.log, u.seq",
        (text,),
    ).fetchall()
    for _, of_log in groupby(rows, key=lambda row: row[0]):
        updates = [(id, bytes(data)) for _, id, data in of_log]
        if len(updates) <= MANY:
            continue
        data = _joined(store, text, [data for _, data in updates])
        if data is None:
            continue
        run("UPDATE text_update SET data = ? WHERE id = ?", (data, updates[-1][0]))
        for id, _ in updates[:-1]:
            run("DELETE FROM text_update WHERE id = ?", (id,))
            run("DELETE FROM change WHERE row = ? AND tbl = 'text_update'", (id,))
