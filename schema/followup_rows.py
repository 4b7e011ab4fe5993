"""The follow-ups that a condition holds for, in an order, of which only what is seen is read.

Public entrance: `FollowupRows`, `Selection`, `Order`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any

from schema.conditions import EVERY, Where, row_in
from schema.database import explained
from schema.life import STATE_AFTER
from schema.records import Followup, Meeting, Unit
from schema.store import Store
from schema.viet import sort_key

HEAD = 256
"""Rows that are there at once, whatever the rest takes."""

FEW = 2000
"""So many rows are looked up one by one; of more, the index is gone through."""

# Those of one day come as the index has them (by lead and state): to ask for more than the day
# would have them sorted wherever a condition holds one of these still.
_BY_DUE, _BY_DUE_REVERSED = "due NULLS LAST", "due DESC NULLS LAST"


class Order(StrEnum):
    """By deadline; by the lead's name, state, meeting (the latest first), work (in Vietnamese
    order) or creation (the latest first), and then by deadline."""

    DUE = "due"
    LEAD = "lead"
    STATE = "state"
    MEETING = "meeting"
    WORK = "work"
    CREATED = "created"


class Selection:
    """What is asked for, and in which order. Raises ThukyError where the database cannot be
    read."""

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
        self.store = store
        self.order = order
        self._where = where
        self._among: Collection[int] | None = among
        if among is not None and len(among) <= FEW:
            self._where &= row_in(among)
            self._among = None
        self._reverse = reverse

    def read(self, columns: str = "", values: Sequence[str] = ()) -> Iterator[Any]:
        """The row number of each, and what `columns` says in SQL (with `values`), in the order."""
        listed = f"rowid, {columns}" if columns else "rowid"
        if self.order is Order.DUE:
            return self._select(listed, values)
        column, key = _SORTED[self.order](self.store)
        rows = list(self._select(f"{listed}, {column}", values))
        latest_first = self.order is Order.CREATED
        rows.sort(key=lambda row: key(row[-1]), reverse=self._reverse != latest_first)
        return (row[:-1] for row in rows)

    def count_by(self, column: str) -> dict[Any, int]:
        """How many there are of each value of a column."""
        if self._among is not None:
            return dict(Counter(value for _rowid, value in self.read(column)))
        query = (
            f"SELECT {column}, count(*) FROM followup WHERE deleted_at IS NULL"
            f" AND {self._where.sql} GROUP BY +{column}"
        )
        with explained(self.store.path):
            return dict(self.store.connection.execute(query, self._where.values).fetchall())

    def _select(self, columns: str, values: Sequence[str]) -> Iterator[Any]:
        """In the order by deadline."""
        order = _BY_DUE_REVERSED if self.order is Order.DUE and self._reverse else _BY_DUE
        query = (
            f"SELECT {columns} FROM followup WHERE deleted_at IS NULL AND {self._where.sql}"
            f" ORDER BY {order}"
        )
        with explained(self.store.path):
            rows = self.store.connection.execute(query, (*values, *self._where.values))
            if self._among is None:
                yield from rows
                return
            among = self._among
            yield from (row for row in rows if row[0] in among)


class FollowupRows:
    """At first the head of the rows; `complete` has their number and all of their places read.

    Raises ThukyError where the database cannot be read.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._store = selection.store
        self._rowids: list[int] = []
        self.whole = False
        if selection.order is Order.DUE:
            self._rowids = [rowid for (rowid,) in islice(selection.read(), HEAD)]
            self.whole = len(self._rowids) < HEAD
        else:
            self.complete()

    def complete(self) -> None:
        """Read the places of all rows."""
        if not self.whole:
            self._rowids = [rowid for (rowid,) in self._selection.read()]
            self.whole = True

    @property
    def count(self) -> int:
        """Rows that are known of: all of them once `whole`."""
        return len(self._rowids)

    def page(self, offset: int, limit: int) -> Sequence[Followup]:
        """Rows from `offset` on; without those that are gone by now."""
        wanted = self._rowids[offset : offset + limit]
        found = numbered(self._store, wanted)
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
        rowid = number_of(self._store, id)
        return self._rowids.index(rowid) if rowid in self._rowids else None

    def ids(self) -> list[str]:
        """The ids of all, in their order."""
        return [id for _rowid, id in self._selection.read("id")]


def numbered(store: Store, rowids: Sequence[int]) -> dict[int, Followup]:
    """The follow-ups with these row numbers, by them."""
    marks = ", ".join("?" * len(rowids))
    return dict(store.numbered(Followup, f"WHERE rowid IN ({marks})", *rowids))


def number_of(store: Store, id: str) -> int | None:
    """The row number of the follow-up of that id."""
    with explained(store.path):
        row = store.connection.execute("SELECT rowid FROM followup WHERE id = ?", (id,)).fetchone()
    return int(row[0]) if row else None


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
