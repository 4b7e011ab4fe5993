"""What a query asks for besides words: kinds, days, and conditions on the rows of a kind.

Public entrance: `Scope`.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from schema.search_tables import (
    ENTRY_BITS,
    KINDS,
    LAST_DAY,
    day_number,
    documents_between,
    number_of,
)
from schema.store import Store

if TYPE_CHECKING:
    from schema.search import Query

Value = str | int
Sql = tuple[str, Sequence[Value]]
"""A part of a statement, with its values."""

# So few follow-ups that a condition holds for are listed; where it holds for more, each that the
# words answer to is asked about until there are enough.
FEW = 2_000
_ITS_FOLLOWUP = f"""SELECT 1 FROM followup WHERE id =
    (SELECT row FROM search_document WHERE id = search_index.rowid >> {ENTRY_BITS})"""
_HELD_OR_ATTENDED = """SELECT id FROM meeting WHERE host IN (SELECT value FROM json_each(?))
    UNION SELECT meeting FROM attendance
    WHERE deleted_at IS NULL AND unit IN (SELECT value FROM json_each(?))"""
_THESE = "SELECT value FROM json_each(?)"
_POSTED = """SELECT person FROM post
    WHERE deleted_at IS NULL AND unit IN (SELECT value FROM json_each(?))"""


class Scope:
    """Looks up what a query asks of each kind, once."""

    def __init__(self, store: Store, query: "Query") -> None:
        self._store = store
        self._query = query
        self.kinds = [kind for kind in KINDS if kind in query.kinds]
        self._entries: dict[str, Sql | None] = {}

    def entries(self, kind: str) -> Sql | None:
        """The condition on a row of the index that it is in the scope and of a kind, as what comes
        after AND; None where nothing of the kind is in the scope."""
        if kind not in self._entries:
            self._entries[kind] = self._look_up(kind)
        return self._entries[kind]

    def newest(self, kind: str, most: int) -> Sequence[int]:
        """The ids of the newest documents of a kind in the scope."""
        ids, (condition, values) = self._ids(kind), self._rows(kind)
        rows = self._store.connection.execute(
            f"SELECT id FROM search_document WHERE id >= ? AND id < ?{condition}"
            " ORDER BY id DESC LIMIT ?",
            (ids.start, ids.stop, *values, most),
        )
        return [id for (id,) in rows]

    def _look_up(self, kind: str) -> Sql | None:
        ids, query = self._ids(kind), self._query
        within = "rowid >= ? AND rowid < ?"
        bounds: list[Value] = [ids.start << ENTRY_BITS, ids.stop << ENTRY_BITS]
        rows, values = self._rows(kind)
        if not rows:
            return within, bounds
        if kind == "followup" and (where := query.followups) and self._are_many(*values):
            return f"{within} AND EXISTS ({_ITS_FOLLOWUP} AND {where.sql})", [*bounds, *values]
        found = self._store.connection.execute(
            f"SELECT id FROM search_document WHERE id >= ? AND id < ?{rows}",
            (ids.start, ids.stop, *values),
        )
        documents = [id for (id,) in found]
        if not documents:
            return None
        return (
            f"{within} AND rowid >> {ENTRY_BITS} IN ({_THESE})",
            [*bounds, json.dumps(documents)],
        )

    def _are_many(self, *values: Value) -> bool:
        assert self._query.followups
        some = self._store.connection.execute(
            f"SELECT 1 FROM followup WHERE {self._query.followups.sql} LIMIT {FEW + 1}", values
        )
        return len(some.fetchall()) > FEW

    def _ids(self, kind: str) -> range:
        """Those that documents of a kind and of the days asked for may have; what has no day is of
        none."""
        first, last = self._query.first, self._query.last
        start = day_number(first) if first else int(last is not None)
        return documents_between(number_of(kind), start, day_number(last) if last else LAST_DAY)

    def _rows(self, kind: str) -> Sql:
        """What is asked of the rows of a kind, as conditions on documents that follow others."""
        query, asked, values = self._query, list[str](), list[Value]()
        units = None if query.units is None else json.dumps(list(query.units))
        if kind == "followup":
            if query.followups:
                asked.append(f"SELECT id FROM followup WHERE {query.followups.sql}")
                values += query.followups.values
        elif query.meetings is not None:
            asked.append(_THESE)
            values.append(json.dumps(list(query.meetings)))
        if units is not None and kind in ("minutes", "meeting"):
            asked.append(_HELD_OR_ATTENDED)
            values += [units, units]
        elif units is not None and kind in ("unit", "person"):
            asked.append(_THESE if kind == "unit" else _POSTED)
            values.append(units)
        return "".join(f" AND row IN ({these})" for these in asked), values
