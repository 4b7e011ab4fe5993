"""When a recurring meeting falls: a small reading of RFC 5545 recurrence rules.

Understood: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, UNTIL, BYDAY (with an ordinal in a
month, such as -1FR), BYMONTHDAY and BYMONTH. Anything else is refused rather than half obeyed.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schema.errors import N_, ThukyError

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_INTERVAL = 99
# A rule that falls on no day within this, more than the longest interval, falls on none.
HORIZON = timedelta(days=366 * (MOST_INTERVAL + 1))
_DAY = timedelta(days=1)
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule whose intervals are counted from `anchor`, before it as well.

    `weekdays` are (ordinal in the month or 0, Monday is 0); `monthdays` below zero count from the
    month's end. A month that is too short for a day has none, as RFC 5545 has it; where the rule is
    `clamped`, it has its last one instead.
    """

    anchor: date
    frequency: str
    interval: int = 1
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    clamped: bool = False

    def falls_on(self, day: date) -> bool:
        return (
            (self.until is None or day <= self.until)
            and self._periods(day) % self.interval == 0
            and (not self.months or day.month in self.months)
            and self._is_day(day)
        )

    def after(self, day: date) -> date | None:
        """The first date after `day`, or None where the rule has come to its end."""
        days = (day + i * _DAY for i in range(1, HORIZON.days))
        return next((d for d in days if self.falls_on(d)), None)

    def _periods(self, day: date) -> int:
        """The days, weeks from Monday, months or years between the anchor's and `day`'s."""
        match self.frequency:
            case "DAILY":
                return (day - self.anchor).days
            case "WEEKLY":
                monday = self.anchor - self.anchor.weekday() * _DAY
                return (day - monday).days // 7
            case "MONTHLY":
                return (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
            case _:
                return day.year - self.anchor.year

    def _is_day(self, day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        named = not self.weekdays or any(
            weekday == day.weekday()
            and nth in (0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
            for nth, weekday in self.weekdays
        )
        wanted = {self._in_month(number, length) for number in self.monthdays}
        numbered = not wanted or bool({day.day, day.day - length - 1} & wanted)
        if self.weekdays or self.monthdays or self.frequency == "DAILY":
            return named and numbered
        if self.frequency == "WEEKLY":
            return day.weekday() == self.anchor.weekday()
        in_month = self.frequency == "MONTHLY" or self.months or day.month == self.anchor.month
        return bool(in_month) and day.day == self._in_month(self.anchor.day, length)

    def _in_month(self, number: int, length: int) -> int:
        return min(number, length) if self.clamped else number


def parse_rule(text: str, anchor: date, *, clamped: bool = False) -> Rule:
    """Read an RRULE such as `FREQ=MONTHLY;BYMONTHDAY=27`. Raises ThukyError."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").strip(";").split(";"):
        name, _, value = part.partition("=")
        parts[name.strip()] = value.strip()
    try:
        rule = Rule(
            anchor,
            FREQUENCIES[FREQUENCIES.index(parts.pop("FREQ", ""))],
            _positive(parts.pop("INTERVAL", "1")),
            _until(parts.pop("UNTIL", "")),
            tuple(_weekday(d) for d in _split(parts.pop("BYDAY", ""))),
            tuple(_within(n, -31, 31) for n in _split(parts.pop("BYMONTHDAY", ""))),
            tuple(_within(n, 1, 12) for n in _split(parts.pop("BYMONTH", ""))),
            clamped,
        )
    except ValueError:
        raise _unread(text) from None
    monthly = rule.frequency == "MONTHLY"
    ordinal = any(nth for nth, _ in rule.weekdays)
    if parts or (ordinal and not monthly) or (rule.frequency == "WEEKLY" and rule.monthdays):
        raise _unread(text)
    return rule


def _unread(text: str) -> ThukyError:
    return ThukyError(
        N_("Không hiểu lịch lặp “{rule}”; hãy viết như FREQ=MONTHLY;BYMONTHDAY=27."), rule=text
    )


def _split(text: str) -> Iterable[str]:
    return text.split(",") if text else ()


def _weekday(text: str) -> tuple[int, int]:
    found = _BYDAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _positive(text: str) -> int:
    return _within(text, 1, MOST_INTERVAL)


def _within(text: str, low: int, high: int) -> int:
    number = int(text)
    if number == 0 or not low <= number <= high:
        raise ValueError(text)
    return number


def _until(text: str) -> date | None:
    return date.fromisoformat(text.partition("T")[0]) if text else None
