"""Documents and their entries in the index: those that are there, and putting others there."""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schema.search_documents import Draft
from schema.search_tables import (
    ENTRY_BITS,
    KEYS,
    day_number,
    documents_between,
    kind_at,
    number_of,
)
from schema.search_words import pairs
from schema.store import Store

MINUTES = number_of("minutes")
# A document has at most half as many entries as there are keys, so that new lines find free ones.
MOST_ENTRIES = KEYS // 2
# In place of the key of an entry without words, which the index has not.
_NO_KEY = KEYS

Entry = tuple[int, str]
"""A rowid of the index and the text that is found there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the index has it: `keys` are those of its entries, in order."""

    id: int
    row: str
    content: str
    keys: Sequence[int]

    @property
    def kind(self) -> int:
        return kind_at(self.id)

    def entries(self) -> Iterator[Entry]:
        for key, text in zip(self.keys, entry_texts(self.kind, self.content), strict=True):
            if key != _NO_KEY:
                yield self.id << ENTRY_BITS | key, text

    def lines_of(self, key: int) -> tuple[int, Sequence[str]]:
        """The lines of an entry, and the number of the first of them, from 0; none where there is
        no such entry."""
        if key not in self.keys:
            return 0, ()
        lines = self.content.split("\n")
        size = _lines_an_entry(self.kind, len(lines))
        first = self.keys.index(key) * size
        return first, lines[first : first + size]

    def is_of(self, draft: Draft) -> bool:
        return self.content == draft.content and self.is_on(draft)

    def is_on(self, draft: Draft) -> bool:
        """Whether it is kept under the day of `draft`."""
        day = day_number(draft.day)
        return self.id in documents_between(self.kind, day, day)


def entry_texts(kind: int, content: str) -> list[str]:
    """What a document is found by, entry for entry."""
    lines = content.split("\n")
    size = _lines_an_entry(kind, len(lines))
    return ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]


def _lines_an_entry(kind: int, lines: int) -> int:
    """An entry is a line of minutes, or some where there are very many; else all there is."""
    return -(-lines // MOST_ENTRIES) if kind == MINUTES else lines


def kept(store: Store, where: str = "1", *values: object) -> Iterator[Kept]:
    """Documents of the index; `where` is an SQL expression."""
    for id, row, content, keys in store.connection.execute(
        f"SELECT id, row, content, entries FROM search_document WHERE {where}", values
    ):
        yield Kept(id, row, zlib.decompress(content).decode(), array("H", keys))


def kept_of(store: Store, kind: int, row: str) -> Kept | None:
    ids = documents_between(kind)
    return next(kept(store, "row = ? AND id >= ? AND id < ?", row, ids.start, ids.stop), None)


def is_used(store: Store, word: str) -> bool:
    """Whether the index has a word, as it is written or without marks."""
    found = store.connection.execute(
        "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1", (f'"{word}"',)
    )
    return found.fetchone() is not None


class Writing:
    """What one step changes in the index: gathered by `put`, written by `finish`, both inside the
    caller's transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._out: list[Entry] = []
        self._in: list[Entry] = []

    def put(self, kind: int, row: str, draft: Draft | None) -> None:
        """Have a document as it should be found in place of what is there; None takes it out."""
        old = kept_of(self._store, kind, row)
        if old and draft and old.is_of(draft):
            return
        if old and not (draft and old.is_on(draft)):
            self._out += old.entries()
            self._store.connection.execute("DELETE FROM search_document WHERE id = ?", (old.id,))
            old = None
        if draft:
            self._write(kind, row, draft, old)

    def _write(self, kind: int, row: str, draft: Draft, old: Kept | None) -> None:
        """Write a document; entries at its start and end that stay as they are keep their keys."""
        texts = entry_texts(kind, draft.content)
        before = entry_texts(kind, old.content) if old else []
        keys = list(old.keys) if old else []
        start = _alike(zip(before, texts, strict=False))
        most = min(len(before), len(texts)) - start
        end = min(most, _alike(zip(reversed(before), reversed(texts), strict=False)))
        gone = slice(start, len(before) - end)
        new = texts[start : len(texts) - end]
        stay = {*keys[: gone.start], *keys[gone.stop :]}
        free = (key for key in range(KEYS) if key not in stay)
        fresh = [next(free) if pairs(text) else _NO_KEY for text in new]
        id = old.id if old else self._new_id(kind, draft)
        self._out += _entries(id, keys[gone], before[gone])
        self._in += _entries(id, fresh, new)
        keys[gone] = fresh
        self._store.connection.execute(
            "REPLACE INTO search_document (id, row, content, entries) VALUES (?, ?, ?, ?)",
            (id, row, zlib.compress(draft.content.encode()), array("H", keys).tobytes()),
        )

    def _new_id(self, kind: int, draft: Draft) -> int:
        day = day_number(draft.day)
        ids = documents_between(kind, day, day)
        (last,) = self._store.connection.execute(
            "SELECT max(id) FROM search_document WHERE id >= ? AND id < ?", (ids.start, ids.stop)
        ).fetchone()
        return ids.start if last is None else int(last) + 1

    def finish(self) -> None:
        many = self._store.connection.executemany
        gone, come = set[tuple[str, str]](), set[tuple[str, str]]()
        # FTS5 is quickest where rowids go up.
        self._out.sort()
        self._in.sort()
        many(
            "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?, ?)",
            _rows(self._out, gone),
        )
        many(
            "INSERT INTO search_index (rowid, words) VALUES (?, ?)",
            _rows(self._in, come),
        )
        many("INSERT OR IGNORE INTO search_word (word, folded) VALUES (?, ?)", sorted(come))
        unused = [pair for pair in sorted(gone - come) if not is_used(self._store, pair[0])]
        many("DELETE FROM search_word WHERE word = ? AND folded = ?", unused)


def index_words(text: str) -> list[tuple[str, str]]:
    """The words that a text has in the index, in order, each with what it is without marks."""
    words = pairs(text)
    marked = dict.fromkeys(pair for pair in words if pair[0] != pair[1])
    return [*((folded, folded) for _, folded in words), *marked]


def _rows(entries: Iterable[Entry], seen: set[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Rows of the index; the words in them are added to `seen`."""
    for rowid, text in entries:
        words = index_words(text)
        seen.update(words)
        yield rowid, " ".join([word for word, _ in words])


def _entries(id: int, keys: Sequence[int], texts: Sequence[str]) -> list[Entry]:
    return [
        (id << ENTRY_BITS | key, text)
        for key, text in zip(keys, texts, strict=True)
        if key != _NO_KEY
    ]


def _alike(pairs_of: Iterable[tuple[str, str]]) -> int:
    """How many are alike, from the first on."""
    count = 0
    for one, other in pairs_of:
        if one != other:
            break
        count += 1
    return count
