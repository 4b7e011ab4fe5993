"""Texts in the database: each is the sum of its updates, whose rows only ever come in addition.

Public entrance: `load`, `append`, `updates_since`, `settle`, `plain_text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.document import Document, Unreadable
from schema.records import Text, TextUpdate
from schema.store import Store

# A plain text up to this many characters is kept beside every update; a longer one at pauses.
PLAIN_EVERY_TIME = 32_768


@dataclass(frozen=True, slots=True)
class Loaded:
    """An open text, the `seq` of its last update row, and the rows that could not be read."""

    document: Document
    upto: int
    broken: Sequence[TextUpdate] = ()


def load(store: Store, text: str, author: str = "") -> Loaded:
    """Open a text, with all of it that can be read. One that nobody has written in is empty."""
    rows = updates_since(store, text, 0)
    document = Document(author)
    broken = take_in(document, rows)
    return Loaded(document, rows[-1].seq if rows else 0, broken)


def take_in(document: Document, rows: Sequence[TextUpdate]) -> list[TextUpdate]:
    """Merge updates into a document. Returns those that could not be read; the others are in."""
    try:
        document.merge([row.data for row in rows])
    except Unreadable as error:
        return [rows[index] for index in error.which]
    return []


def append(store: Store, text: str, update: bytes, owner: str = "meeting") -> int:
    """Keep one update of a text, making the text's own row at its first. Returns the row's seq."""
    with store.transaction():
        # Not the row itself: it holds the whole readable text, and this runs at every commit.
        there = store.connection.execute("SELECT 1 FROM text WHERE id = ?", (text,)).fetchone()
        if there is None:
            store.insert(Text(id=text, owner=owner))
        store.connection.execute("UPDATE text SET updated_at = ? WHERE id = ?", (store.now(), text))
        return store.insert(TextUpdate(text=text, data=update)).seq


def updates_since(store: Store, text: str, seq: int) -> list[TextUpdate]:
    """The updates that came after row `seq`, from whichever process or machine."""
    return store.select(TextUpdate, "WHERE text = ? AND seq > ? ORDER BY seq", text, seq)


def keep_plain(store: Store, text: str, plain: str, upto: int) -> None:
    """Keep the readable text beside its updates; `upto` is the last update row it holds."""
    with store.transaction():
        store.connection.execute(
            "UPDATE text SET plain = ?, plain_upto = ? WHERE id = ? AND plain_upto <= ?",
            (plain, upto, text, upto),
        )


def fold(store: Store, text: str) -> None:
    """Join this machine's unpublished updates of a text into one row, history and all.

    Rows that other machines have stay as they are, and all do where one of them waits for updates
    still to come or cannot be read.
    """
    with store.transaction():
        own = {
            str(row[0])
            for row in store.connection.execute(
                "SELECT row FROM change WHERE tbl = 'text_update' AND log IS NULL"
                " AND row IN (SELECT id FROM text_update WHERE text = ?)",
                (text,),
            )
        }
        rows = updates_since(store, text, 0)
        mine = [row for row in rows if row.id in own]
        if len(mine) < 2:
            return
        others = [row for row in rows if row.id not in own]
        rest, whole = Document(), Document()
        take_in(rest, others)
        if take_in(whole, rows) or whole.waiting:
            return
        store.connection.execute("UPDATE clock SET applying = 1")
        for row in mine:
            store.connection.execute("DELETE FROM text_update WHERE seq = ?", (row.seq,))
            store.connection.execute(
                "DELETE FROM change WHERE tbl = 'text_update' AND row = ?", (row.id,)
            )
        store.connection.execute("UPDATE clock SET applying = 0")
        seq = append(store, text, whole.export(rest if others else None))
        keep_plain(store, text, whole.text, seq)


def settle(store: Store, text: str) -> None:
    """Fold a text's updates and bring its readable text up to them, as when it is closed."""
    fold(store, text)
    kept = store.find(Text, text)
    loaded = load(store, text)
    if kept is not None and kept.plain_upto < loaded.upto and not loaded.broken:
        keep_plain(store, text, loaded.document.text, loaded.upto)


def refresh(store: Store, text: str) -> None:
    """Write a text's readable words, and since when they stand, anew from its updates."""
    loaded = load(store, text)
    with store.transaction():
        store.connection.execute(
            "UPDATE text SET plain = ?, plain_upto = ?, updated_at ="
            " (SELECT max(created_at) FROM text_update WHERE text = text.id) WHERE id = ?",
            (loaded.document.text, loaded.upto, text),
        )


def plain_text(store: Store, text: str) -> str:
    """The whole text as it now stands, from its updates."""
    return load(store, text).document.text
