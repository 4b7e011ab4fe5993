"""Deadlines that come again: hằng tháng, 6 tháng một lần, 2 tuần/lần, as RRULE text (RFC 5545)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from office.deadline.counts import add_months
from office.deadline.numbers import number
from office.deadline.spans import Unit
from office.deadline.words import Lexicon, Reader, listed, whole

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Every:
    """Once every `interval` units. `aligned`: by the calendar (định kỳ 6 tháng), not from today.

    `loose` where the word is as often of an amount (mỗi tuần 03 tin) as of a deadline.
    """

    unit: Unit
    interval: int = 1
    aligned: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Days of a calendar: of some months (all, if none given) or weekdays; day -1 is the last.

    A month too short for a day has none, as in RFC 5545; day 31 of months of which some are
    shorter is their last (`of_months`).
    """

    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()

    def has(self, day: date) -> bool:
        length = monthrange(day.year, day.month)[1]
        return (
            (not self.months or day.month in self.months)
            and (not self.weekdays or day.weekday() in self.weekdays)
            and (
                not self.days
                or any(day.day == (length if each < 0 else each) for each in self.days)
            )
        )

    def after(self, on: date) -> date:
        """The first such day after `on`."""
        return next(day for day in _days_after(on) if self.has(day))


def _days_after(on: date) -> Iterator[date]:
    while True:
        on += timedelta(days=1)
        yield on


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The RRULE text, the first day after the scene's, and whether days were guessed."""

    rule: str
    first: date
    ask: bool


_ADVERB = Lexicon(
    {
        f"{lead} {word}": Every(unit, loose=lead in {"mỗi", "từng"})
        for lead in ("hằng", "mỗi", "từng", "định kỳ", "định kỳ theo")
        for word, unit in {
            "ngày": Unit.DAY,
            "tuần": Unit.WEEK,
            "tháng": Unit.MONTH,
            "quý": Unit.QUARTER,
            "năm": Unit.YEAR,
        }.items()
    }
)
_UNITS = Lexicon(
    {
        "ngày": (Unit.DAY, 1),
        "tuần": (Unit.WEEK, 1),
        "tháng": (Unit.MONTH, 1),
        "quý": (Unit.MONTH, 3),
        "năm": (Unit.YEAR, 1),
    }
)
_ONCE = Lexicon(listed(True, "một lần | 1 lần | 01 lần | / lần | / 1 lần | / 01 lần | / một lần"))
_PER = Lexicon(listed(True, "/ | mỗi | trong một | trong mỗi | hằng"))
EVERY_WORDS = _ADVERB.first_words | frozenset({"cứ", "định", "mỗi"})


@whole
def every(r: Reader) -> Every | None:
    """hằng tháng, định kỳ hằng quý, 6 tháng một lần, mỗi 2 tuần, 1 lần/tuần, định kỳ 6 tháng."""
    adverb = _adverb(r)
    if adverb:
        return Every(adverb.unit, loose=adverb.loose and not _ONCE.read(r))
    periodic = r.skip("định") and r.skip("kỳ")
    if periodic and (adverb := _adverb(r)):
        _ONCE.read(r)
        return Every(adverb.unit)
    return _once_per(r) or _times_a_unit(r) or _interval(r, periodic)


@whole
def _adverb(r: Reader) -> Every | None:
    """hằng tháng; "ngày" before a figure is a date: định kỳ ngày 20."""
    found = _ADVERB.read(r)
    dated = r.word(-1) == "ngày" and (r.word().isdecimal() or r.word() == "làm")
    return None if dated else found


@whole
def _interval(r: Reader, periodic: bool) -> Every | None:
    each = r.skip("cứ", "mỗi")
    count = number(r, 99)
    found = _UNITS.read(r) if count else None
    if not count or found is None:
        return None
    once = bool(_ONCE.read(r))
    if not (once or each or periodic):
        return None
    unit, times = found
    return Every(unit, count * times, aligned=periodic and not once)


@whole
def _once_per(r: Reader) -> Every | None:
    """1 lần/tuần, một lần mỗi tháng; of several times the last is the deadline."""
    times = number(r, 9)
    if not times or not r.skip("lần") or not _PER.read(r):
        return None
    found = _UNITS.read(r)
    # Several times a day is no deadline.
    return Every(*found) if found and (times == 1 or found[0] is not Unit.DAY) else None


@whole
def _times_a_unit(r: Reader) -> Every | None:
    """một năm hai lần, mỗi tháng 2 lần."""
    r.skip("mỗi")
    if number(r, 1) is None and r.word(-1) != "mỗi":
        return None
    found = _UNITS.read(r)
    if found is None or found[0] is Unit.DAY or not number(r, 9) or not r.skip("lần"):
        return None
    return Every(*found)


def recur(each: Every, day: Pattern | None, on: date) -> Recurrence:
    """The recurrence of `each` on the days of `day`; None asks, and takes the period's last day.

    Where the period starts is not known for an interval of several units: it counts from `on`.
    """
    if each.aligned and each.unit is Unit.MONTH and each.interval in {3, 6}:
        months = tuple(range(each.interval, 13, each.interval))
        day = Pattern(months, day.days if day and day.days else (-1,))
        return Recurrence(_rule(Unit.YEAR, day), day.after(on), ask=True)
    if each.interval > 1 or (each.unit is Unit.DAY and day is None):
        rule = _rule(each.unit, day, each.interval)
        if day is not None:
            return Recurrence(rule, day.after(on), ask=True)
        return Recurrence(rule, _later(on, each), ask=each.interval > 1)
    days = day or _LAST_DAYS[each.unit]
    return Recurrence(_rule(each.unit, days), days.after(on), ask=day is None)


_LAST_DAYS = {
    Unit.WEEK: Pattern(weekdays=(4,)),
    Unit.MONTH: Pattern(days=(-1,)),
    Unit.QUARTER: Pattern((3, 6, 9, 12), (-1,)),
    Unit.YEAR: Pattern((12,), (31,)),
}


def _later(on: date, each: Every) -> date:
    if each.unit is Unit.DAY:
        return on + timedelta(days=each.interval)
    if each.unit is Unit.WEEK:
        return on + timedelta(weeks=each.interval)
    return add_months(on, each.interval * int(each.unit.value))


def _rule(unit: Unit, pattern: Pattern | None, interval: int = 1) -> str:
    yearly = unit is Unit.YEAR or bool(pattern and pattern.months)
    freq = "YEARLY" if yearly else {Unit.DAY: "DAILY", Unit.WEEK: "WEEKLY"}.get(unit, "MONTHLY")
    parts = [f"FREQ={freq}"]
    if interval > 1:
        parts.append(f"INTERVAL={interval}")
    if pattern and pattern.weekdays:
        parts.append("BYDAY=" + ",".join(_WEEKDAYS[day] for day in pattern.weekdays))
    if pattern and pattern.months:
        parts.append("BYMONTH=" + ",".join(map(str, pattern.months)))
    if pattern and pattern.days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, pattern.days)))
    return ";".join(parts)


def of_months(months: tuple[int, ...], days: tuple[int, ...]) -> Pattern:
    """`days` of `months`, of all where none are given."""
    several = len(months) != 1
    return Pattern(months, tuple(-1 if several and day == _LONGEST_MONTH else day for day in days))
