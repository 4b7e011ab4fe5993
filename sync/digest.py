"""A digest of what was sent and received, by which two machines prove that they hold the same.

Public entrance: `Digest`, `Digests`, `first_difference`. It covers every synced cell, every text
as it reads, and every value that is listed as overwritten unseen, at one place of each log: what
was written here and is not sent yet (or stays at home) is left out, as if it were not there. A row
whose cells are as by default counts as none.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from schema import texts
from schema.database import VERSION
from schema.document import Document
from schema.records import TextUpdate
from schema.store import Store
from schema.tables import TABLES, Table
from sync.change import Position
from sync.conflicts import conflicts

TEXTS = "plain"
OVERWRITTEN = "overwritten"
BYTES = 8
_encode = msgspec.msgpack.Encoder().encode
Row = tuple[Any, ...]


class Digest(msgspec.Struct, frozen=True):
    """What a machine holds: a hash of each table, and of the texts. `version` is the tables'
    version: machines of two versions cannot be compared. `rows` is what tells where two machines
    differ: by table, a hash for each id. `stuck` are the devices whose log this one cannot follow,
    each with the reason (`sync.problem.Reason`); `heads` are the hashes of the last segments, in
    short."""

    version: int
    places: dict[str, int]
    tables: dict[str, bytes]
    rows: dict[str, dict[str, bytes]] = {}
    stuck: dict[str, str] = {}
    heads: dict[str, bytes] = {}

    def is_comparable(self, other: "Digest") -> bool:
        return (self.version, self.places) == (other.version, other.places)

    def differing(self, other: "Digest") -> list[str]:
        """The tables that are not the same."""
        names = sorted(self.tables.keys() & other.tables.keys())
        return [name for name in names if self.tables[name] != other.tables[name]]

    def is_forked_from(self, other: "Digest") -> bool:
        """Whether some log, as far as both have it, is not the same one."""
        both = self.heads.keys() & other.heads.keys()
        return any(self.heads[device] != other.heads[device] for device in both)


@dataclass(slots=True)
class Digests:
    """Computes digests; remembers what texts hashed to, so that old ones are not read again."""

    _texts: dict[str, tuple[int, bytes]]

    def __init__(self) -> None:
        self._texts = {}

    def of(self, store: Store, places: Mapping[str, Position]) -> Digest:
        """The digest of what the store holds at these places, which are its own."""
        with store.snapshot():
            tables = {name: _sum(rows) for name, rows in self._all(store)}
        known = {d: p for d, p in sorted(places.items()) if p.last}
        reached = {d: p.last for d, p in known.items()}
        return Digest(VERSION, reached, tables, heads={d: p.head[:4] for d, p in known.items()})

    def rows(self, store: Store, tables: list[str]) -> dict[str, dict[str, bytes]]:
        """A hash of each row of these tables, by id."""
        with store.snapshot():
            return {
                name: {row[0]: _hash(_encode(row)) for row in rows}
                for name, rows in self._all(store)
                if name in tables
            }

    def _all(self, store: Store) -> Iterator[tuple[str, Iterator[Row]]]:
        unsent: dict[str, set[str]] = {}
        for table, row in store.connection.execute(
            "SELECT DISTINCT tbl, row FROM change WHERE log IS NULL"
        ):
            unsent.setdefault(table, set()).add(row)
        for table in TABLES:
            # A text's updates may be joined on one machine and not on another.
            if table.record is not TextUpdate:
                yield table.name, _rows(store, table, unsent.get(table.name, set()))
        yield TEXTS, self._plain(store, unsent.get("text_update", set()))
        yield OVERWRITTEN, iter(sorted((c.id,) for c in conflicts(store, sent=True)))

    def _plain(self, store: Store, unsent: set[str]) -> Iterator[Row]:
        fresh = {
            row[0]
            for id in unsent
            for row in store.connection.execute("SELECT text FROM text_update WHERE id = ?", (id,))
        }
        for id, upto in store.connection.execute("SELECT id, plain_upto FROM text ORDER BY id"):
            if id in fresh:
                known = _hash(_sent(store, id, unsent).encode("utf-8", "replace"))
            elif id in self._texts and self._texts[id][0] == upto:
                known = self._texts[id][1]
            else:
                query = store.connection.execute("SELECT plain FROM text WHERE id = ?", (id,))
                known = _hash(query.fetchone()[0].encode("utf-8", "replace"))
                self._texts[id] = upto, known
            if known != EMPTY:
                yield id, known


def _sent(store: Store, text: str, unsent: set[str]) -> str:
    document = Document()
    rows = texts.updates_since(store, text, 0)
    texts.take_in(document, [row for row in rows if row.id not in unsent])
    return document.text


def _rows(store: Store, table: Table, unsent: set[str]) -> Iterator[Row]:
    """The rows of a table, as the other machines know them."""
    defaults = tuple(c.default for c in table.columns if c.name in table.synced)
    names = ", ".join(f'"{name}"' for name in table.synced)
    for row in store.connection.execute(f'SELECT id, {names} FROM "{table.name}" ORDER BY id'):
        if row[0] in unsent:
            # A whole row is sent or not.
            row = (row[0], *(() if table.insert_only else _known(store, table, row[0])))
        if row[1:] and row[1:] != defaults:
            yield row


def _known(store: Store, table: Table, id: str) -> Iterator[Any]:
    for column in table.columns:
        if column.name in table.synced:
            found = store.connection.execute(
                "SELECT val FROM change WHERE row = ? AND col = ? AND tbl = ? AND log IS NOT NULL"
                " ORDER BY hlc DESC, device DESC LIMIT 1",
                (id, column.name, table.name),
            ).fetchone()
            value = found[0] if found else column.default
            yield float(value) if column.type == "REAL" and value is not None else value


def _sum(rows: Iterator[Row]) -> bytes:
    total = hashlib.blake2b(digest_size=BYTES)
    for row in rows:
        total.update(_encode(row))
    return total.digest()


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=BYTES).digest()


EMPTY = _hash(b"")


def first_difference(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> str | None:
    """The id of the first row that two machines do not hold alike."""
    ids = sorted(ours.keys() | theirs.keys())
    return next((id for id in ids if ours.get(id) != theirs.get(id)), None)
