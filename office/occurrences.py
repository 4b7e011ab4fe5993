"""Tasks that recur: each occurrence is a follow-up of its own, made when its time has come.

The task itself, with its RRULE in `recurrence`, is the first occurrence; the others name it in
`recurs_from` and have their day by the rule in `occurs_on`. Their ids follow from both, so that
machines that make one alike make one row, and no day is skipped or comes twice.

A month too short for the rule's day has its last day instead. A day that falls on a day off: a date
of a month stays, as any date that is named (the last working day before it is shown); a day of the
week, or one that is counted, moves to the next working day (Civil Code 2015, art. 148.5).

Public entrance: `make_due`, `listed`, `stop`, `check`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from office import parts
from office.calendar import work_calendar
from office.moments import ZONE, day_of, local, to_utc
from office.recurrence import Rule, parse_rule
from office.same_ids import same_id
from office.workdays import WorkCalendar
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent
from schema.store import Store

NEAR = timedelta(days=10)
"""So long before its day an occurrence is made at the latest; no longer than from one to the next.
Sooner, when the one before has ended."""
BACK = timedelta(days=62)
"""So long after its day an occurrence is still made. What lies further back was overtaken: a task
of last year that is first known to recur today does not come with a year of late ones."""
AHEAD = timedelta(days=366)
"""So far ahead the days to come are listed, where nobody says how far."""
_DAY = timedelta(days=1)
_BATCH = 8
"""Tasks whose occurrences are written at once: others wait for no more than that."""
_STOPPED = ("cancelled", "paused", "refused")
_COPIED = (
    *("meeting", "work", "lead", "coordinating", "due_time", "inclusive", "due_text", "due_kind"),
    *("accountable", "accountable_person", "monitor", "product", "authority", "field", "leader"),
    "kind",
)
_UNTIL = re.compile(r";?UNTIL=[^;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a task: its day by the rule, the deadline that comes to, the last working day up
    to that, and its follow-up once that is made."""

    on: date
    due: date
    last_working: date
    followup: Followup | None = None


def check(recurrence: str, due: str | None) -> ThukyError | None:
    """What is to be minded of the rule of a task that is due a day; None where nothing is. Raises
    ThukyError where the rule cannot be read."""
    on = day_of(due) or date(2000, 1, 1)
    rule = parse_rule(recurrence, on)
    by_month = rule.frequency in ("MONTHLY", "YEARLY")
    days = rule.monthdays or ((on.day,) if by_month and not rule.weekdays else ())
    late = max(days, default=0)
    if late <= 28:
        return None
    return ThukyError(
        N_("Lặp vào ngày {day}: tháng nào không có ngày ấy thì lấy ngày cuối tháng."), day=late
    )


def root_of(store: Store, followup: Followup) -> Followup:
    """The task of which a follow-up is an occurrence, or itself. Raises ThukyError where it does
    not recur."""
    root = store.get(Followup, followup.recurs_from) if followup.recurs_from else followup
    if not root.recurrence:
        raise ThukyError(N_("Nhiệm vụ này không lặp lại; lịch lặp ghi bằng --recurrence."))
    return root


def listed(store: Store, root: Followup, until: date) -> list[Occurrence]:
    """All occurrences that are made, the task itself first, and those to come until a day."""
    calendar = work_calendar(store)
    rule, first = _rule(store, root)
    made = {day: row for row in _made(store, root.id) if (day := day_of(row.occurs_on))}

    def occurrence(day: date, due: date, row: Followup | None = None) -> Occurrence:
        last = due if root.inclusive or root.due_time else due - _DAY
        return Occurrence(day, due, calendar.on_or_before(last), row)

    found = [occurrence(first, day_of(root.due) or first, root)]
    found += [
        occurrence(day, day_of(row.due) or day, row)
        for day, row in sorted(made.items())
        if not row.deleted_at
    ]
    if root.state not in _STOPPED and not root.deleted_at:
        last = max([first, *made])
        found += [
            occurrence(day, due_on(day, rule, root, calendar)) for day in _days(rule, last, until)
        ]
    return found


def make_due(store: Store, today: date) -> list[Followup]:
    """Make the occurrences whose time has come, of all tasks that recur and were assigned. A rule
    that cannot be read makes none."""
    stopped = ", ".join(f"'{state}'" for state in _STOPPED)
    # The index of follow-ups says which recur; + keeps SQLite from reading all that do not.
    roots = store.live(
        Followup,
        "+recurs_from IS NULL AND rowid IN (SELECT rowid FROM followup WHERE deleted_at IS NULL"
        " AND recurrence <> '' AND role = '' AND given_at NOTNULL"
        f" AND state NOT IN ({stopped})) ORDER BY id",
    )
    newest = _newest(store) if roots else {}
    due = []
    for root in roots:
        with suppress(ThukyError):
            series = _series(store, root, newest.get(root.id))
            if _next(store, series, today):
                due.append(series)
    made: list[Followup] = []
    calendar = work_calendar(store) if due else None
    for start in range(0, len(due), _BATCH):
        assert calendar is not None
        batch = due[start : start + _BATCH]
        try:
            with store.transaction():
                rows = [
                    row for series in batch for row in _make_due(store, series, today, calendar)
                ]
        except ThukyError:
            rows = []
            for series in batch:
                with suppress(ThukyError):
                    rows += _make_due(store, series, today, calendar)
        made += rows
    _told_once(store)
    return made


def stop(store: Store, root: Followup, last: date) -> Followup:
    """Let a task recur no more after a day. Later occurrences of which nobody has heard go."""
    rule = f"{_UNTIL.sub('', root.recurrence).strip(';')};UNTIL={last:%Y%m%d}"
    with store.transaction():
        for row in _made(store, root.id):
            later = (day := day_of(row.occurs_on)) and day > last
            if later and not row.deleted_at and row.state in ("proposed", "assigned"):
                store.delete(Followup, row.id)
        return store.update(Followup, root.id, recurrence=rule)


def due_on(day: date, rule: Rule, root: Followup, calendar: WorkCalendar) -> date:
    """The deadline of the occurrence of a day."""
    if rule.monthdays or (rule.frequency in ("MONTHLY", "YEARLY") and not rule.weekdays):
        return day
    # Of "before Friday" it is Thursday that must be worked.
    left = _DAY if not (root.inclusive or root.due_time) else timedelta(0)
    return calendar.on_or_after(day - left) + left


@dataclass(frozen=True, slots=True)
class _Series:
    """A task, its rule, its newest occurrence (at first itself) and the day of that by the rule."""

    root: Followup
    rule: Rule
    last: Followup
    day: date


def _series(store: Store, root: Followup, newest: Followup | None) -> _Series:
    rule, first = _rule(store, root)
    last = newest or root
    return _Series(root, rule, last, max(first, day_of(last.occurs_on) or first))


def _next(store: Store, series: _Series, today: date) -> tuple[date, str] | None:
    """The day of the next occurrence and the moment at which it is given out, once that has
    come."""
    last, earliest = series.last, today - BACK
    # Days are gone through one by one; what lies so far back has no say in when one opens.
    day = max(series.day, earliest - NEAR - _DAY)
    while (following := series.rule.after(day)) and following < earliest:
        day = following
    if not following:
        return None
    opens = _midnight(following - min(NEAR, following - day))
    ended = _ended_at(store, last)
    if ended is None and opens > _midnight(today):
        return None
    return following, max(min(filter(None, (ended, opens))), series.root.given_at or "")


def _make_due(store: Store, series: _Series, today: date, calendar: WorkCalendar) -> list[Followup]:
    root, made = series.root, []
    while found := _next(store, series, today):
        day, given = found
        last = _make(store, root, day, due_on(day, series.rule, root, calendar), given)
        made.append(last)
        series = replace(series, last=last, day=day)
    return made


def _newest(store: Store) -> dict[str | None, Followup]:
    """The newest occurrence of each task, by the task's id; deleted ones as well."""
    found = store.select(
        Followup,
        "WHERE rowid IN (SELECT id FROM (SELECT rowid AS id, max(occurs_on) FROM followup"
        " WHERE recurs_from NOTNULL GROUP BY recurs_from))",
    )
    return {row.recurs_from: row for row in found}


def _told_once(store: Store) -> None:
    """Machines of which one did not know that the time before had ended give one out at different
    moments: the first counts, or what was done between them would be open again."""
    given: dict[str | None, list[FollowupEvent]] = defaultdict(list)
    for event in store.select(
        FollowupEvent,
        "WHERE kind = 'assigned' AND followup IN (SELECT e.followup FROM followup f"
        " JOIN followup_event e ON e.followup = f.id WHERE f.recurs_from NOTNULL"
        " AND f.state = 'assigned' AND f.deleted_at IS NULL AND e.kind = 'assigned'"
        " GROUP BY e.followup HAVING count(*) > 1) ORDER BY at, id",
    ):
        if event.id == same_id(event.followup or "", "assigned", event.at):
            given[event.followup].append(event)
    for events in given.values():
        for event in events[1:]:
            id = same_id(event.id, "undone")
            if not store.find(FollowupEvent, id):
                store.insert(
                    FollowupEvent(
                        id=id,
                        created_at=event.at,
                        followup=event.followup,
                        kind="undone",
                        at=event.at,
                        undoes=event.id,
                    )
                )


def _make(store: Store, root: Followup, on: date, due: date, given: str) -> Followup:
    """One occurrence, given out at a moment; with the parts that the task has."""
    id = same_id(root.id, on.isoformat())
    cells = {name: getattr(root, name) for name in _COPIED}
    with store.transaction():
        if known := store.find(Followup, id):  # it came from another machine meanwhile
            return known
        store.insert(
            Followup(
                id=id, recurs_from=root.id, occurs_on=on.isoformat(), due=due.isoformat(), **cells
            )
        )
        parts.copy_sources(store, root.id, id)
        parts.tell(store, store.get(Followup, id), given)
        if units := [part.lead for part in parts.parts_of(store, root.id) if part.lead]:
            parts.split(store, id, units)
        return store.get(Followup, id)


def _rule(store: Store, root: Followup) -> tuple[Rule, date]:
    """The rule of a task, and its first day by the rule: an extension does not move it, nor does a
    deadline that was put elsewhere by hand."""
    granted = root.extensions and store.select(
        FollowupEvent,
        "WHERE followup = ?1 AND kind = 'extended' AND id NOT IN (SELECT undoes FROM followup_event"
        " WHERE followup = ?1 AND undoes NOTNULL) ORDER BY at, id LIMIT 1",
        root.id,
    )
    due = day_of(granted[0].due_from if granted else root.due)
    start = due or (local(root.given_at or root.created_at).date())
    rule = parse_rule(root.recurrence, start, clamped=True)
    first = start if rule.falls_on(start) else rule.after(start) or start
    return replace(rule, anchor=first), first


def _days(rule: Rule, after: date, until: date) -> Iterator[date]:
    following = rule.after(after)
    while following and following <= until:
        yield following
        following = rule.after(following)


def _made(store: Store, root: str) -> list[Followup]:
    """Deleted ones as well: what somebody took away is not made again."""
    return store.select(Followup, "WHERE recurs_from = ?", root)


def _ended_at(store: Store, last: Followup) -> str | None:
    """The moment at which an occurrence ended; None while it is open."""
    if last.deleted_at:
        return last.deleted_at
    if last.state not in ENDED:
        return None
    if last.done_at:
        return last.done_at
    cancelled = store.select(
        FollowupEvent, "WHERE followup = ? AND kind = 'cancelled' ORDER BY at DESC LIMIT 1", last.id
    )
    return cancelled[0].at if cancelled else None


def _midnight(day: date) -> str:
    """When a day of the office begins, in UTC."""
    return to_utc(datetime.combine(day, time(), ZONE))
