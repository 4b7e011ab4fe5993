"""Follow-ups under headings: each heading counts its own, and only what is seen is read.

Public entrance: `Group`, `grouped`, `under`, `Groups`, `Heading`; `by_day`, `Tally`.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Any, NamedTuple

from schema.conditions import late
from schema.database import explained
from schema.followup_rows import Selection, number_of, numbered
from schema.life import STATE_AFTER
from schema.records import Field, Followup, Meeting, Person, Unit
from schema.store import Store
from schema.viet import person_key, sort_key


class Group(StrEnum):
    """What follow-ups are put together by: the unit that leads, the leader in charge, the field,
    the state, the week of the deadline, the meeting; or nothing."""

    NONE = ""
    UNIT = "unit"
    LEADER = "leader"
    FIELD = "field"
    STATE = "state"
    WEEK = "week"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Heading:
    """`key` is an id, a state, the Monday of a week; nothing where there is none of these. `late`
    are how many of the `count` are open and past their deadline."""

    key: str
    count: int
    late: int


class _By(NamedTuple):
    """`sql` is a value of a row, `key` what it is put under, `rank` sorts keys."""

    sql: str
    key: Callable[[Any], str]
    rank: Callable[[str], Any]


class Groups:
    """Lines: a heading, then its follow-ups unless its key is among the `folded` ones."""

    def __init__(
        self,
        store: Store,
        found: Sequence[tuple[Heading, Sequence[int]]],
        folded: Set[str] = frozenset(),
    ) -> None:
        """`found`: each heading, with the row numbers of its follow-ups in their order."""
        self._store = store
        self._found = found
        self.fold(folded)

    def fold(self, folded: Set[str]) -> None:
        """Have only the headings of these keys."""
        self.folded = frozenset(folded)
        lengths = [1 if h.key in folded else 1 + len(rowids) for h, rowids in self._found]
        self._starts = [0, *accumulate(lengths)]

    def read_by(self, store: Store) -> "Groups":
        """The same, whose follow-ups are read from another store on the same database."""
        return Groups(store, self._found, self.folded)

    @property
    def headings(self) -> Sequence[Heading]:
        return [heading for heading, _rowids in self._found]

    @property
    def count(self) -> int:
        """Lines."""
        return self._starts[-1]

    @property
    def total(self) -> int:
        """Follow-ups, seen or folded away."""
        return sum(heading.count for heading, _rowids in self._found)

    def page(self, offset: int, limit: int) -> Sequence[Heading | Followup | None]:
        """Lines from `offset` on; None in place of a follow-up that is gone by now."""
        lines = list(self._lines(offset, min(offset + limit, self.count)))
        found = numbered(self._store, [line for line in lines if isinstance(line, int)])
        return [found.get(line) if isinstance(line, int) else line for line in lines]

    def _lines(self, first: int, end: int) -> Iterator[Heading | int]:
        at = bisect_right(self._starts, first) - 1
        while first < end:
            heading, rowids = self._found[at]
            start, at = self._starts[at], at + 1
            if first == start:
                yield heading
                first += 1
            some = rowids[first - start - 1 : min(end, self._starts[at]) - start - 1]
            yield from some
            first += len(some)

    def heading_at(self, line: int) -> Heading:
        """The heading that a line is under, or is."""
        return self._found[bisect_right(self._starts, line) - 1][0]

    def index_of(self, key: str) -> int | None:
        """The line of the heading of that key."""
        keys = [heading.key for heading, _rowids in self._found]
        return self._starts[keys.index(key)] if key in keys else None

    def index(self, id: str) -> int | None:
        """The line of the follow-up of that id; of its heading where that is folded."""
        rowid = number_of(self._store, id)
        for at, (heading, rowids) in enumerate(self._found):
            if rowid in rowids:
                folded = heading.key in self.folded
                return self._starts[at] + (0 if folded else 1 + rowids.index(rowid))
        return None

    def ids(self, key: str | None = None) -> list[str]:
        """The ids of all, or of those under one heading, in their order."""
        asked = (rowids for heading, rowids in self._found if key in (None, heading.key))
        wanted = [rowid for rowids in asked for rowid in rowids]
        with explained(self._store.path):
            rows = self._store.connection.execute(
                "SELECT rowid, id FROM followup WHERE rowid IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
            ids = dict(rows.fetchall())
        return [ids[rowid] for rowid in wanted if rowid in ids]


def grouped(selection: Selection, group: Group, today: date) -> Groups:
    """What is selected, under the headings of a group that have any. Raises ThukyError."""
    by = _GROUPS[group](selection.store)
    return _put(selection, by, (), today)


def under(
    selection: Selection, sql: str, values: Sequence[str], keys: Sequence[str], today: date
) -> Groups:
    """What is selected, under `keys` in their order, as an SQL expression says of each row; those
    for which it says something else are left out."""
    ranks = {key: rank for rank, key in enumerate(keys)}
    by = _By(sql, lambda value: value if value in ranks else "", lambda key: ranks.get(key, -1))
    found = _put(selection, by, values, today)._found
    return Groups(selection.store, [pair for pair in found if pair[0].key in ranks])


def _put(selection: Selection, by: _By, values: Sequence[str], today: date) -> Groups:
    passed = late(today)
    groups: dict[Any, _Group] = {}
    by_key: dict[str, _Group] = {}
    for rowid, value, is_late in selection.read(
        f"{by.sql}, {passed.sql}", (*values, *passed.values)
    ):
        group = groups.get(value)
        if group is None:
            group = groups[value] = by_key.setdefault(by.key(value), _Group([]))
        group.rowids.append(rowid)
        if is_late:
            group.late += 1
    found = [
        (Heading(key, len(by_key[key].rowids), by_key[key].late), by_key[key].rowids)
        for key in sorted(by_key, key=by.rank)
    ]
    return Groups(selection.store, found)


@dataclass(slots=True)
class _Group:
    rowids: list[int]
    late: int = 0


def _by_id(sql: str, ids: Sequence[str]) -> _By:
    ranks = {id: rank for rank, id in enumerate(ids)}
    # What nobody has on file comes before nothing at all.
    return _By(sql, str, lambda key: (ranks.get(key, len(ranks)), key == "", key))


def _by_unit(store: Store) -> _By:
    units = sorted(store.select(Unit), key=lambda unit: sort_key(unit.name))
    return _by_id("coalesce(lead, '')", [unit.id for unit in units])


def _by_field(store: Store) -> _By:
    fields = store.select(Field, "ORDER BY position, name, id")
    return _by_id("coalesce(field, '')", [field.id for field in fields])


def _by_leader(store: Store) -> _By:
    leaders = {f.id: f.leader or "" for f in store.live(Field)}
    people = sorted(store.select(Person), key=lambda person: person_key(person.name))
    by = _by_id("coalesce(leader, '>' || field, '')", [person.id for person in people])
    return by._replace(key=lambda value: leaders.get(value[1:], "") if value[:1] == ">" else value)


def _by_state(store: Store) -> _By:
    return _by_id("state", list(dict.fromkeys(STATE_AFTER.values())))


def _by_week(store: Store) -> _By:
    # No day, and what is none, after all weeks.
    return _By("due", week_of, lambda key: (key == "", key))


def _by_meeting(store: Store) -> _By:
    meetings = store.select(Meeting, "ORDER BY starts_at DESC, id")
    return _by_id("coalesce(meeting, '')", [meeting.id for meeting in meetings])


class Tally(NamedTuple):
    """How many fall on a day, of these done, and open and late."""

    number: int = 0
    done: int = 0
    late: int = 0


def by_day(selection: Selection, today: date) -> dict[str, Tally]:
    """How many of what is selected are due on each day that there is."""
    passed = late(today)
    tallies: dict[str, Tally] = {}
    for _rowid, due, done, is_late in selection.read(
        f"due, state = 'done', {passed.sql}", passed.values
    ):
        number, were_done, were_late = tallies.get(due, Tally())
        tallies[due] = Tally(number + 1, were_done + done, were_late + bool(is_late))
    return tallies


def week_of(due: str | None) -> str:
    """The Monday of the week of a day; nothing where there is none."""
    try:
        day = date.fromisoformat(due or "")
    except ValueError:
        return ""
    return (day - timedelta(days=day.weekday())).isoformat()


_GROUPS: Mapping[Group, Callable[[Store], _By]] = {
    Group.UNIT: _by_unit,
    Group.LEADER: _by_leader,
    Group.FIELD: _by_field,
    Group.STATE: _by_state,
    Group.WEEK: _by_week,
    Group.MEETING: _by_meeting,
}
