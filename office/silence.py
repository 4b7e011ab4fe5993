"""How long nothing may be heard of what was assigned. Public entrance: `silent_since`."""

from datetime import date, datetime, time, timedelta

from office.moments import ZONE, to_utc
from office.workdays import WorkCalendar, special_days
from schema.records import CalendarDay, UrgingRule
from schema.store import Store

USUAL_DAYS = 5
"""Working days, where no rule of urging says how many."""


def silent_since(store: Store, today: date) -> str:
    """The moment (UTC) before which it was assigned, if no word of it by `today` is silence: so
    many working days ago as the strictest urging rule on silence says."""
    rules = store.live(UrgingRule, "kind = 'silent' AND active")
    calendar = WorkCalendar(special_days(store.live(CalendarDay)))
    day = calendar.on_or_before(today)
    for _ in range(min((rule.days for rule in rules), default=USUAL_DAYS)):
        day = calendar.previous_working(day)
    return to_utc(datetime.combine(day + timedelta(days=1), time(), ZONE))
