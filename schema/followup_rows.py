"""The follow-ups that a condition holds for, in an order, of which only what is seen is read.

Public entrance: `FollowupRows`, `Order`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any

from schema.conditions import EVERY, Where, row_in
from schema.database import explained
from schema.life import STATE_AFTER
from schema.records import Followup, Meeting, Unit
from schema.store import Store
from schema.tables import FOLLOWUP_INDEX
from schema.viet import sort_key

HEAD = 256
"""Rows that are there at once, whatever the rest takes."""

FEW = 2000
"""So many rows are looked up one by one; of more, the index is gone through."""

# As the index has them, so that nothing is sorted.
_TIES = FOLLOWUP_INDEX.split()[1:]
_BY_DUE = ", ".join(["due NULLS LAST", *_TIES])
_BY_DUE_REVERSED = ", ".join(["due DESC NULLS LAST", *(f"{name} DESC" for name in _TIES)])


class Order(StrEnum):
    """By deadline; by the lead's name, state, meeting (the latest first), work (in Vietnamese
    order) or creation (the latest first), and then by deadline."""

    DUE = "due"
    LEAD = "lead"
    STATE = "state"
    MEETING = "meeting"
    WORK = "work"
    CREATED = "created"


class FollowupRows:
    """At first the head of the rows; `complete` has their number and all of their places read.

    Raises ThukyError where the database cannot be read.
    """

    def __init__(
        self,
        store: Store,
        where: Where = EVERY,
        order: Order = Order.DUE,
        *,
        reverse: bool = False,
        among: Collection[int] | None = None,
    ) -> None:
        """`among`: the row numbers that alone come into question, where not all do."""
        self._store = store
        self._where = where
        self._among: Collection[int] | None = among
        if among is not None and len(among) <= FEW:
            self._where &= row_in(among)
            self._among = None
        self._order = order
        self._reverse = reverse
        self._rowids: list[int] = []
        self.whole = False
        if order is Order.DUE:
            self._rowids = [rowid for (rowid,) in islice(self._select("rowid"), HEAD)]
            self.whole = len(self._rowids) < HEAD
        else:
            self.complete()

    def complete(self) -> None:
        """Read the places of all rows."""
        if self.whole:
            return
        if self._order is Order.DUE:
            self._rowids = [rowid for (rowid,) in self._select("rowid")]
        else:
            column, key = _SORTED[self._order](self._store)
            rows = list(self._select(f"rowid, {column}"))
            latest_first = self._order is Order.CREATED
            rows.sort(key=lambda row: key(row[1]), reverse=self._reverse != latest_first)
            self._rowids = [rowid for rowid, _value in rows]
        self.whole = True

    @property
    def count(self) -> int:
        """Rows that are known of: all of them once `whole`."""
        return len(self._rowids)

    def page(self, offset: int, limit: int) -> Sequence[Followup]:
        """Rows from `offset` on; without those that are gone by now."""
        wanted = self._rowids[offset : offset + limit]
        marks = ", ".join("?" * len(wanted))
        found = dict(self._store.numbered(Followup, f"WHERE rowid IN ({marks})", *wanted))
        return [found[rowid] for rowid in wanted if rowid in found]

    def index(self, id: str) -> int | None:
        """Where the follow-up of that id is; None where it is not among them."""
        at = self.index_so_far(id)
        if at is None and not self.whole:
            self.complete()
            at = self.index_so_far(id)
        return at

    def index_so_far(self, id: str) -> int | None:
        """Where it is among the rows that are known of."""
        with explained(self._store.path):
            row = self._store.connection.execute(
                "SELECT rowid FROM followup WHERE id = ?", (id,)
            ).fetchone()
        return self._rowids.index(row[0]) if row and row[0] in self._rowids else None

    def ids(self) -> list[str]:
        """The ids of all, in their order."""
        self.complete()
        with explained(self._store.path):
            ids = dict(self._select("rowid, id"))
        return [ids[rowid] for rowid in self._rowids if rowid in ids]

    def _select(self, columns: str) -> Iterator[Any]:
        """Row numbers and perhaps more, in the order by deadline."""
        order = _BY_DUE_REVERSED if self._order is Order.DUE and self._reverse else _BY_DUE
        query = (
            f"SELECT {columns} FROM followup WHERE deleted_at IS NULL AND {self._where.sql}"
            f" ORDER BY {order}"
        )
        with explained(self._store.path):
            rows = self._store.connection.execute(query, self._where.values)
            if self._among is None:
                yield from rows
                return
            among = self._among
            yield from (row for row in rows if row[0] in among)


Key = Callable[[Any], Any]


def _ranked(ids: Sequence[str]) -> Key:
    """Sorts by place among `ids`; what is not there comes last."""
    ranks: Mapping[str | None, int] = {id: rank for rank, id in enumerate(ids)}
    last = len(ranks)
    return lambda id: ranks.get(id, last)


def _by_lead(store: Store) -> tuple[str, Key]:
    units = sorted(store.select(Unit), key=lambda unit: sort_key(unit.name))
    return "lead", _ranked([unit.id for unit in units])


def _by_state(store: Store) -> tuple[str, Key]:
    return "state", _ranked(list(dict.fromkeys(STATE_AFTER.values())))


def _by_meeting(store: Store) -> tuple[str, Key]:
    meetings = store.select(Meeting, "ORDER BY starts_at DESC, id")
    return "meeting", _ranked([meeting.id for meeting in meetings])


def _by_work(store: Store) -> tuple[str, Key]:
    return "work", sort_key


def _by_creation(store: Store) -> tuple[str, Key]:
    return "created_at", lambda created: created


_SORTED: Mapping[Order, Callable[[Store], tuple[str, Key]]] = {
    Order.LEAD: _by_lead,
    Order.STATE: _by_state,
    Order.MEETING: _by_meeting,
    Order.WORK: _by_work,
    Order.CREATED: _by_creation,
}
