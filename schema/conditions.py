"""What may be asked of follow-ups, in SQL. Public entrance: `Where`, and a function for each thing.

Each asks only for what the index of follow-ups holds (`schema.tables`), so that an answer over
100,000 of them reads no row.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple


class Where(NamedTuple):
    """A condition on rows of `followup`, with its values; conditions are joined by &, | and ~."""

    sql: str
    values: tuple[str, ...] = ()

    def __and__(self, other: "Where") -> "Where":
        if self == EVERY:
            return other
        return Where(f"({self.sql} AND {other.sql})", self.values + other.values)

    def __or__(self, other: "Where") -> "Where":
        if self == NONE:  # which would keep SQLite from using an index
            return other
        return Where(f"({self.sql} OR {other.sql})", self.values + other.values)

    def __invert__(self) -> "Where":
        # What is not known to hold does not hold.
        return Where(f"({self.sql}) IS NOT TRUE", self.values)


FEW_MEETINGS = 200
"""So many have their follow-ups looked up; of more, the index of follow-ups is gone through."""

EVERY = Where("TRUE")
NONE = Where("FALSE")
OPEN = Where("state NOT IN ('done', 'cancelled')")
NO_DEADLINE = Where("due IS NULL")
EXTENDED = Where("extensions > 0")
RETURNED = Where("returns > 0")
URGED = Where("urged_at IS NOT NULL")
HEARD = Where("heard_at IS NOT NULL")
# What was given to several units, each of which has a part.
WHOLE = Where(
    "rowid IN (SELECT w.rowid FROM followup p JOIN followup w ON w.id = p.parent"
    " WHERE p.parent > '' AND p.role = 'part' AND p.deleted_at IS NULL)"
)

_LACKS = {
    "lead": "coalesce(lead, '') = ''",
    "work": "work = ''",
    "deadline": "coalesce(due, '') = '' AND due_event = '' AND recurrence = ''",
    "responsibility": "accountable = '' AND coalesce(lead, '') = ''",
    "product": "product = ''",
    "authority": "authority = ''",
}


def any_of(conditions: Iterable[Where]) -> Where:
    """Where one of them holds, or more."""
    return reduce(or_, conditions, NONE)


def state_in(*states: str) -> Where:
    return Where(f"state IN ({', '.join('?' * len(states))})", states)


def late(today: date) -> Where:
    """Open ones whose day has passed; a day that is not included is itself late, unless it has an
    hour (as `office.lateness` has it)."""
    return OPEN & _passed("?", today.isoformat())


def due_soon(today: date, within: timedelta) -> Where:
    """Open ones that are due from today on, but no later than `within`."""
    return OPEN & due_between(today, today + within) & ~_passed("?", today.isoformat())


def done_late(midnight: str) -> Where:
    """Those that were done after their day. `midnight` is when a day of the office starts, as an
    SQLite modifier of a UTC time, such as "+7 hours"."""
    return state_in("done") & _passed("date(done_at, ?)", midnight)


def done_in_time(midnight: str) -> Where:
    return state_in("done") & ~done_late(midnight) & ~NO_DEADLINE


def _passed(day: str, value: str) -> Where:
    late = f"due < {day} OR (due = {day} AND inclusive = 0 AND coalesce(due_time, '') = '')"
    return Where(f"({late})", (value, value))


def due_between(first: date | None, last: date | None) -> Where:
    """Those due on one of these days, both included; None where there is no end."""
    found = ~NO_DEADLINE
    if first:
        found &= Where("due >= ?", (first.isoformat(),))
    if last:
        found &= Where("due <= ?", (last.isoformat(),))
    return found


def of_units(units: Iterable[str]) -> Where:
    """Those that one of these units leads or works on."""
    ids = list(units)
    together = any_of(Where("instr(coordinating, ?)", (id,)) for id in ids)
    return _among("lead", ids) | together


def led_by_unit(units: Iterable[str]) -> Where:
    """Those that one of these units leads."""
    # By the index that holds all that is asked of them, not by that of leads and then each row.
    return _among("+lead", units)


def of_people(persons: Iterable[str], names: Iterable[str]) -> Where:
    """Those for which one of these persons answers, or somebody written as one of `names` does or
    watches."""
    named = list(names)
    accountable = Where("accountable_person IS NULL") & _among("accountable", named)
    return _among("accountable_person", persons) | accountable | _among("monitor", named)


def of_meetings(meetings: Iterable[str]) -> Where:
    ids = list(meetings)
    if len(ids) > FEW_MEETINGS:
        return _among("meeting", ids)
    return Where(
        "rowid IN (SELECT f.rowid FROM json_each(?) m JOIN followup f ON f.meeting = m.value)",
        (_listed(ids),),
    )


def lacks(point: str) -> Where:
    """Those of which a point is not clear: lead, work, deadline, responsibility, product or
    authority (as `office.points` has it)."""
    return Where(f"({_LACKS[point]})")


def from_source(kind: str) -> Where:
    """Those of a kind of source; those from a meeting are those that have one."""
    if kind == "meeting":
        return Where("meeting IS NOT NULL")
    return Where(
        "rowid IN (SELECT f.rowid FROM followup_source s JOIN followup f ON f.id = s.followup"
        " WHERE s.kind = ? AND s.deleted_at IS NULL)",
        (kind,),
    )


def of_fields(fields: Iterable[str]) -> Where:
    """Those of one of these fields (lĩnh vực)."""
    return _among("field", fields)


def led_by(persons: Iterable[str]) -> Where:
    """Those that one of these leaders is in charge of: by name, else by their field."""
    ids = list(persons)
    by_field = Where(
        "field IN (SELECT id FROM field WHERE deleted_at IS NULL"
        " AND leader IN (SELECT value FROM json_each(?)))",
        (_listed(ids),),
    )
    return _among("leader", ids) | (Where("leader IS NULL") & by_field)


def of_kind(kind: str) -> Where:
    return Where("kind = ?", (kind,))


def with_role(*roles: str) -> Where:
    """Those that are a task of their own (""), a part, a milestone."""
    return Where(f"role IN ({', '.join('?' * len(roles))})", roles)


def silent(before: str) -> Where:
    """Open ones that were assigned before that moment (UTC), of which no word has come since."""
    return OPEN & Where("state <> 'proposed' AND heard_at IS NULL AND given_at < ?", (before,))


def row_in(rows: Iterable[int]) -> Where:
    """Those with one of these row numbers."""
    return _among("rowid", rows)


def _among(column: str, values: Iterable[str | int]) -> Where:
    return Where(f"{column} IN (SELECT value FROM json_each(?))", (_listed(values),))


def _listed(values: Iterable[str | int]) -> str:
    """However many they are, as one value."""
    return json.dumps(list(values), ensure_ascii=False)
