"""How late a follow-up is."""

from datetime import date, timedelta

from schema.records import Followup


def last_day(followup: Followup) -> date | None:
    """The last day that is in time; None without a deadline. A day that is not included is itself
    too late, unless the deadline is an hour of it."""
    try:
        due = date.fromisoformat(followup.due or "")
    except ValueError:
        return None
    if due.isoformat() != followup.due:  # 20260301, which only Python reads
        return None
    return due if followup.inclusive or followup.due_time else due - timedelta(days=1)


def days_late(followup: Followup, on: date) -> int | None:
    """How many days past its deadline a day is, less than 1 if it is not; None without one."""
    last = last_day(followup)
    return (on - last).days if last else None
