"""How a follow-up stands by the law, in one word: finished or not, in time or not.

The cut is that of decision 42/2014/QĐ-TTg (as amended by 23/2018/QĐ-TTg) on watching over tasks
that were given, as the reports under it have it (1270/BC-TCTTTg, 2017): đã hoàn thành (đúng hạn,
quá hạn), chưa hoàn thành (trong hạn, quá hạn), chưa thực hiện. Those without a deadline are kept
apart, as are those that were not given to anybody yet, or were cancelled.

Public entrance: `Standing`, `standing_sql`, `last_day_sql`; `office.standing` says it of one
record.
"""

from collections.abc import Sequence
from enum import StrEnum


class Standing(StrEnum):
    """Where a follow-up is counted; each is counted once.

    One that is open and past its deadline is late whether somebody began it or not. `UNASSIGNED`
    and `CANCELLED` are not among those that were given (tổng giao).
    """

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE = "done"
    RUNNING_IN_TIME = "running_in_time"
    RUNNING_LATE = "running_late"
    RUNNING = "running"
    NOT_STARTED = "not_started"
    UNASSIGNED = "unassigned"
    CANCELLED = "cancelled"


NOT_BEGUN = ("assigned", "refused")
"""States of what was given and nobody has begun."""

DONE: Sequence[Standing] = (Standing.DONE_IN_TIME, Standing.DONE_LATE, Standing.DONE)
OPEN: Sequence[Standing] = (
    *(Standing.RUNNING_IN_TIME, Standing.RUNNING_LATE, Standing.RUNNING, Standing.NOT_STARTED),
)
ASSIGNED: Sequence[Standing] = (*DONE, *OPEN)
"""All that was given (tổng giao): those that are done and those that are open."""


def last_day_sql(row: str = "") -> str:
    """An SQL expression for the last day in time of a row (see `standing_sql`), NULL where it has
    no deadline that is a day."""
    c = f"{row}." if row else ""
    return f"""CASE WHEN coalesce({c}due, '') <> '' AND date({c}due, '+0 days') IS {c}due
        THEN CASE WHEN {c}inclusive OR coalesce({c}due_time, '') <> '' THEN {c}due
            ELSE date({c}due, '-1 day') END END"""


def standing_sql(day: str, midnight: str, row: str = "") -> str:
    """An SQL expression for the standing of a row on a day.

    `day` and `midnight` are SQL: the day (`2026-03-31`), and when a day of the office starts, as an
    SQLite modifier of a UTC time ("+7 hours"). `row` is the name of what has the columns state,
    due, inclusive, due_time and done_at, if they need one.
    """
    c = f"{row}." if row else ""
    last = f"({last_day_sql(row)})"
    done = f"coalesce(date({c}done_at, {midnight}), {day})"
    not_begun = ", ".join(f"'{state}'" for state in NOT_BEGUN)
    return f"""CASE
        WHEN {c}state = 'cancelled' THEN '{Standing.CANCELLED}'
        WHEN {c}state = 'proposed' THEN '{Standing.UNASSIGNED}'
        WHEN {c}state = 'done' THEN CASE
            WHEN {last} IS NULL THEN '{Standing.DONE}'
            WHEN {done} > {last} THEN '{Standing.DONE_LATE}' ELSE '{Standing.DONE_IN_TIME}' END
        WHEN {day} > {last} THEN '{Standing.RUNNING_LATE}'
        WHEN {c}state IN ({not_begun}) THEN '{Standing.NOT_STARTED}'
        WHEN {last} IS NULL THEN '{Standing.RUNNING}' ELSE '{Standing.RUNNING_IN_TIME}' END"""
