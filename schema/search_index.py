"""Keeping the search index up with the database, in small steps, each whole or not at all.

What changed is read from `change`, whoever wrote it, so no write pays for the index; a step notes
how far it has come in the same transaction. Killed at any moment, the index is right or behind.

Public entrance: `bring_up`, `tidy`, `waiting`, `wrong`, `remake`.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from schema.database import explained
from schema.errors import N_, ThukyError
from schema.search_changes import note_changes
from schema.search_documents import Held, drafts, every_id
from schema.search_entries import Kept, Writing, index_words, is_used, kept
from schema.search_tables import SEARCH_SQL
from schema.secrecy import withheld
from schema.store import Store

FORM = 1
"""How an index is made; one that was made in another way is made anew."""

DOCUMENTS = 64
"""Documents that one step reads at most; sooner where they are long, since nobody else can write
meanwhile."""
STEP_SECONDS = 0.01
_AT_ONCE = 8

# An index that has grown more parts than that is joined to one, some pages at a time.
MOST_PARTS = 6
PAGES = 64
# How long a step waits for another process that is writing.
PATIENCE_MS = 20


def bring_up(store: Store, seconds: float) -> int:
    """Bring the index up to the database, for about so long. Returns how much waits still.

    It stops where another process is writing. Raises ThukyError where the file cannot be written.
    """
    until = time.monotonic() + seconds
    keeper = _Keeper(store)
    with index_trouble(store):
        try:
            with _patience(store):
                while waiting(store):
                    with store.transaction():
                        keeper.step()
                    if time.monotonic() >= until:
                        break
        except ThukyError as error:
            if _code(error) != sqlite3.SQLITE_BUSY:
                raise
        return waiting(store)


def tidy(store: Store, seconds: float) -> bool:
    """Join the parts that the index has grown, for about so long, as each costs every search some
    time. Returns whether there may be more to do."""
    until = time.monotonic() + seconds
    merge = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"
    with index_trouble(store), _patience(store):
        while _parts(store) > MOST_PARTS:
            with store.transaction():
                store.connection.execute(merge, (-PAGES,))
            if time.monotonic() >= until:
                return True
        return False


def _parts(store: Store) -> int:
    (count,) = store.connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT segid FROM search_index_idx)"
    ).fetchone()
    return int(count)


def waiting(store: Store) -> int:
    """How many documents are to be read again, as far as is known; 0 where the index is right."""
    query = store.connection.execute
    with explained(store.path):
        state = query("SELECT seq, form FROM search_state").fetchone()
        if state is None or state[1] != FORM:
            return 1
        (unseen,) = query(
            "SELECT EXISTS (SELECT 1 FROM change WHERE seq > ?)", state[:1]
        ).fetchone()
        return int(unseen) + int(query("SELECT count(*) FROM search_pending").fetchone()[0])


def remake(store: Store) -> None:
    """Make the index anew, empty, inside the caller's transaction; `bring_up` fills it."""
    for name in ("index", "document", "word", "pending", "state"):
        store.connection.execute(f"DROP TABLE IF EXISTS search_{name}")
    for statement in SEARCH_SQL:
        store.connection.execute(statement)


@contextmanager
def index_trouble(store: Store) -> Iterator[None]:
    """Say of an index that cannot be read how it is made anew: nothing but it is lost."""
    try:
        with explained(store.path):
            yield
    except ThukyError as error:
        if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            words = N_(
                "Chỉ mục tìm kiếm của {path} bị hỏng; dữ liệu vẫn còn nguyên. "
                "Hãy chạy: thuky doctor --mend"
            )
            raise ThukyError(words, path=store.path) from error
        raise


def _code(error: ThukyError) -> int:
    """SQLite's primary code of what an error comes from."""
    return int(getattr(error.__cause__, "sqlite_errorcode", 0)) & 0xFF


def _start_over(store: Store) -> None:
    """Have everything wait to be read into an empty index."""
    query = store.connection.execute
    query("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in ("search_document", "search_word", "search_pending", "search_state"):
        query(f"DELETE FROM {table}")
    store.connection.executemany(
        "INSERT INTO search_pending (row, kind) VALUES (?, ?)", every_id(store)
    )
    query(
        "INSERT INTO search_state (id, seq, form)"
        " SELECT 1, coalesce((SELECT max(seq) FROM change), 0), ?",
        (FORM,),
    )


def wrong(store: Store) -> int:
    """How many documents the index has otherwise than they are, and how many words it has lost.

    Of an index that is behind only the words are examined: the rest will be brought up.
    """
    up, held, count = not waiting(store), withheld(store), 0
    words: set[tuple[str, str]] = set()
    by_kind: dict[int, dict[str, Kept]] = {}
    for document in kept(store):
        by_kind.setdefault(document.kind, {})[document.row] = document
        words.update(index_words(document.content))
    for number, ids in groupby(sorted((n, id) for id, n in every_id(store)), lambda pair: pair[0]):
        found = drafts(store, number, [id for _, id in ids], held)
        there = by_kind.pop(number, {})
        count += sum(id not in there or not there[id].is_of(draft) for id, draft in found.items())
        count += len(there.keys() - found.keys())
    count = count + sum(map(len, by_kind.values())) if up else 0
    known = set(store.connection.execute("SELECT word, folded FROM search_word"))
    return count + len(words ^ known) + sum(not is_used(store, word) for word, _ in known)


class _Keeper:
    """Takes steps, one a transaction; what is withheld is worked out once for steps with no change
    between them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: Held = {}
        self._held_at = -1

    def step(self) -> None:
        query = self._store.connection.execute
        state = query("SELECT seq, form FROM search_state").fetchone()
        if state is None or state[1] != FORM:
            _start_over(self._store)
            return
        upto = note_changes(self._store, state[0])
        if upto > state[0]:
            query("UPDATE search_state SET seq = ?", (upto,))
        else:
            self._read()

    def _read(self) -> None:
        """Read the newest of the documents that wait."""
        query = self._store.connection.execute
        (now,) = query("SELECT coalesce(max(seq), 0) FROM change").fetchone()
        if now != self._held_at:
            self._held, self._held_at = withheld(self._store), now
        rows = query(
            "SELECT row, kind FROM search_pending ORDER BY row DESC LIMIT ?", (DOCUMENTS,)
        ).fetchall()
        writing = Writing(self._store)
        until, done = time.monotonic() + STEP_SECONDS, 0
        rows.sort(key=lambda row: row[1])
        while done < len(rows) and (not done or time.monotonic() < until):
            number = rows[done][1]
            ids = [row for row, kind in rows[done : done + _AT_ONCE] if kind == number]
            found = drafts(self._store, number, ids, self._held)
            for id in ids:
                writing.put(number, id, found.get(id))
            done += len(ids)
        writing.finish()
        self._store.connection.executemany(
            "DELETE FROM search_pending WHERE row = ? AND kind = ?", rows[:done]
        )


@contextmanager
def _patience(store: Store) -> Iterator[None]:
    """Wait but shortly for other processes."""
    (usual,) = store.connection.execute("PRAGMA busy_timeout").fetchone()
    store.connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        store.connection.execute(f"PRAGMA busy_timeout = {usual}")
