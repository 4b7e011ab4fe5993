"""Who is to be urged on a day about what, why, and since when.

Public entrance: `urge_list`, `Item`, `Reason`.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from office.calendar import work_calendar
from office.labels import URGED
from office.moments import ZONE
from office.urging_rules import Window, rules_of, windows
from schema.records import Field
from schema.store import Store
from schema.urging_rows import open_rows, urged_days

PRESSING = ("late", "due", "before", "silent")
"""The kinds of rules, the most pressing first: one person is urged about one thing for one."""

_DAY = timedelta(days=1)
_NEVER_LATE = 100_000


class Reason(NamedTuple):
    """Why somebody (a code of URGED) is urged: a rule, and its kind."""

    whom: str
    rule: str
    kind: str


class Item(NamedTuple):
    """A follow-up about which somebody is to be urged on the day of the list.

    `late` is in days, less than 1 up to the deadline, None without one. `given` is when it was
    given, of one of which nothing was heard since; `urged` when anybody was last urged about it.
    Days are ISO.
    """

    rowid: int
    reasons: tuple[Reason, ...]
    lead: str | None
    leader: str | None
    """In charge: its own, else its field's."""
    person: str | None
    due: str | None
    late: int | None
    state: str
    role: str
    given: str | None
    urged: str | None

    @property
    def kind(self) -> str:
        """The most pressing of its reasons."""
        return min((reason.kind for reason in self.reasons), key=PRESSING.index)

    def whoms(self) -> tuple[str, ...]:
        return tuple(reason.whom for reason in self.reasons)


def urge_list(store: Store, on: date) -> list[Item]:
    """Everything about which somebody is to be urged on a day, the latest first; without those whom
    somebody has urged about it on that day already. Raises ThukyError."""
    asked = _Asked(windows(rules_of(store), work_calendar(store), on))
    leaders = {field.id: field.leader for field in store.live(Field)}
    near = []
    told = []
    for row in open_rows(store, asked.until, midnight()):
        last = asked.last_day(row.due, row.exact)
        held = asked.holding(last, row.given or "")
        if held:
            near.append((row, last, held))
            if row.urged and not all(window.asks(last, row.urged) for window in held):
                told.append(row.rowid)
    days = urged_days(store, told, midnight()) if told else {}
    again = set(told)
    found = []
    for row, last, held in near:
        if row.rowid in again:
            held = tuple(w for w in held if w.asks(last, days.get((row.rowid, w.whom), "")))
        if reasons := asked.reasons(held):
            late = asked.late(last, on)
            leader = row.leader or leaders.get(row.field or "")
            cells = (row.lead or None, leader, row.person, row.due, late)
            found.append(
                Item(row.rowid, reasons, *cells, row.state, row.role, row.given, row.urged)
            )
    found.sort(key=lambda item: -_NEVER_LATE if item.late is None else item.late, reverse=True)
    return found


def midnight() -> str:
    """When a day of the office starts, as SQLite modifies a UTC time."""
    offset = datetime.now(ZONE).utcoffset() or timedelta()
    return f"{offset.total_seconds():+.0f} seconds"


class _Asked:
    """What the windows of a day ask for. Rows have few different days: each is looked at once."""

    def __init__(self, asked: Sequence[Window]) -> None:
        by_day = [window for window in asked if window.kind != "silent"]
        self._by_day = sorted(by_day, key=lambda window: PRESSING.index(window.kind))
        self._silent = [window for window in asked if window.kind == "silent"]
        end = max((window.last for window in by_day), default="")
        self.until = (date.fromisoformat(end) + _DAY).isoformat() if end else ""
        """The deadline of the last row that a window can hold for: its own day may be late."""
        self.last_day = cache(_last_day)
        self.late = cache(_late)
        self.holding = cache(self._holding)
        self.reasons = cache(_reasons)

    def _holding(self, last: str, given: str) -> tuple[Window, ...]:
        """The windows that hold, the most pressing first."""
        held = [w for w in self._by_day if last and w.first <= last <= w.last]
        return (*held, *(w for w in self._silent if given and w.first <= given <= w.last))


def _last_day(due: str | None, exact: int) -> str:
    """The last day in time, as `office.lateness` has it; "" where there is none."""
    try:
        day = date.fromisoformat(due or "")
    except ValueError:
        return ""
    return day.isoformat() if exact else (day - _DAY).isoformat()


def _late(last: str, on: date) -> int | None:
    return (on - date.fromisoformat(last)).days if last else None


def _reasons(held: tuple[Window, ...]) -> tuple[Reason, ...]:
    """One for each who is to be urged."""
    first = {window.whom: window for window in reversed(held)}
    return tuple(
        Reason(whom, first[whom].rule, first[whom].kind) for whom in URGED if whom in first
    )
