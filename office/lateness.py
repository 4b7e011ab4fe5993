"""How late a follow-up is."""

from datetime import date

from schema.records import Followup


def days_late(followup: Followup, on: date) -> int | None:
    """How many days past its deadline a day is, less than 1 if it is not; None without a deadline.

    A day that is not included is itself one day late, unless the deadline is an hour of it.
    """
    try:
        due = date.fromisoformat(followup.due or "")
    except ValueError:
        return None
    return (on - due).days + (0 if followup.inclusive or followup.due_time else 1)
