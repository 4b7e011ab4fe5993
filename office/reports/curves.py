"""The curves of a report: how its work burns down, and the on-time share as time goes on.

Public entrance: `burn_down`, `on_time`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from office.reports.report import Report
from schema.standing import DONE, Standing

MOST = 120
"""Days that a curve has at most."""
_BY_WEEK = 92
"""A period of so many days, or fewer, is cut into weeks; a longer one into months."""
_DONE = frozenset(map(str, DONE))


@dataclass(frozen=True, slots=True)
class BurnDown:
    """At the end of each day, how many are `left` to do, and how many would be if each were done
    on its deadline (`planned`)."""

    days: Sequence[date]
    left: Sequence[int]
    planned: Sequence[int]


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of what was due in a week or month from a day on, the share that was done in time (None
    where nothing that is decided was due)."""

    starts: Sequence[date]
    shares: Sequence[float | None]


def burn_down(report: Report) -> BurnDown:
    """From the period's first day to its last, or to the day as of which it tells."""
    period = report.period
    last = min(period.last, period.as_of)
    count = (last - period.first).days + 1
    step = -(-count // MOST)
    days = [period.first + timedelta(days=n) for n in range(0, count, step)]
    if days[-1] != last:
        days.append(last)
    given = sorted(row.given for row in report.rows)
    done = sorted(row.done or "" for row in report.rows if row.standing in _DONE)
    # What was given after its deadline is to be done as it is given.
    due = sorted(max(row.due, row.given) for row in report.rows if row.due)
    texts = [day.isoformat() for day in days]
    return BurnDown(
        days,
        [bisect_right(given, day) - bisect_right(done, day) for day in texts],
        [bisect_right(given, day) - bisect_right(due, day) for day in texts],
    )


def on_time(report: Report) -> OnTime:
    """By the deadline in force; what is due later than the day of the report is left out."""
    period = report.period
    starts = _starts(period.first, min(period.last, period.as_of), weeks=period.days <= _BY_WEEK)
    decided = {Standing.DONE_IN_TIME.value, Standing.DONE_LATE.value, Standing.RUNNING_LATE.value}
    texts = [day.isoformat() for day in starts]
    last = min(period.last, period.as_of).isoformat()
    all_of, in_time = [0] * len(starts), [0] * len(starts)
    for row in report.rows:
        if row.standing in decided and row.due and texts[0] <= row.due <= last:
            place = bisect_right(texts, row.due) - 1
            all_of[place] += 1
            in_time[place] += row.standing == Standing.DONE_IN_TIME
    shares = [part / whole if whole else None for part, whole in zip(in_time, all_of, strict=True)]
    return OnTime(starts, shares)


def _starts(first: date, last: date, *, weeks: bool) -> list[date]:
    """The first day of each week or month that has days of the period."""
    starts = [first]
    while True:
        day = starts[-1]
        after = (
            day + timedelta(days=7 - day.weekday())
            if weeks
            else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        )
        if after > last:
            return starts
        starts.append(after)
