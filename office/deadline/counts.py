"""Amounts of time: 05 ngày làm việc, hai tuần, 24 giờ, nửa tháng, một tháng rưỡi.

Sources: the Civil Code 2015, art. 146 (nửa tháng is 15 days), 147 (the start day is not counted)
and 148 (months end on the same day of their last month).
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from office.deadline.numbers import number, restated
from office.deadline.words import Lexicon, Reader, whole
from office.workdays import WorkCalendar

_MOST = 9999
_TEN_YEARS = {
    "ngày làm việc": 2600,
    "ngày": 3653,
    "tháng": 120,
    "phút": 60 * 24 * 3653,
}
_HOURS_A_WORKING_DAY = 8


class CountUnit(Enum):
    """What is counted."""

    WORKING_DAY = "ngày làm việc"
    DAY = "ngày"
    MONTH = "tháng"
    MINUTE = "phút"


@dataclass(frozen=True, slots=True)
class Count:
    """`amount` of a unit and, for "tháng rưỡi", some days; `ask` where a range was said."""

    amount: int
    unit: CountUnit
    days_more: int = 0
    ask: bool = False

    @property
    def endless(self) -> bool:
        """Whether it is longer than ten years, which no office means."""
        return self.amount > _TEN_YEARS[self.unit.value]

    def end(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """Where the period ends that starts at `start`, before any roll off a day off."""
        if self.unit is CountUnit.WORKING_DAY:
            return _at(start, calendar.add_working(start.date(), self.amount))
        if self.unit is CountUnit.DAY:
            return start + timedelta(days=self.amount)
        if self.unit is CountUnit.MINUTE:
            return start + timedelta(minutes=self.amount)
        return _at(start, add_months(start.date(), self.amount)) + timedelta(days=self.days_more)

    def before(self, day: date, calendar: WorkCalendar) -> date:
        """The day that is this much before `day`."""
        if self.unit is CountUnit.WORKING_DAY:
            return calendar.add_working(day, -self.amount)
        if self.unit is CountUnit.MONTH:
            return add_months(day, -self.amount) - timedelta(days=self.days_more)
        return day - timedelta(days=self.amount)


def add_months(day: date, count: int) -> date:
    """The same day `count` months on, or the last of a month too short for it (art. 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _at(start: datetime, day: date) -> datetime:
    return datetime.combine(day, start.time())


_UNIT: Lexicon[tuple[CountUnit, int]] = Lexicon(
    {
        "ngày làm việc": (CountUnit.WORKING_DAY, 1),
        "ngày công": (CountUnit.WORKING_DAY, 1),
        "ngày": (CountUnit.DAY, 1),
        "hôm": (CountUnit.DAY, 1),
        "tuần": (CountUnit.DAY, 7),
        "tuần lễ": (CountUnit.DAY, 7),
        "tháng": (CountUnit.MONTH, 1),
        "quý": (CountUnit.MONTH, 3),
        "năm": (CountUnit.MONTH, 12),
        "giờ": (CountUnit.MINUTE, 60),
        "h": (CountUnit.MINUTE, 60),
        "tiếng": (CountUnit.MINUTE, 60),
        "giờ đồng hồ": (CountUnit.MINUTE, 60),
        "phút": (CountUnit.MINUTE, 1),
    }
)
_HALF: Lexicon[Count] = Lexicon(
    {
        "nửa tháng": Count(15, CountUnit.DAY),
        "nửa năm": Count(6, CountUnit.MONTH),
        "nửa ngày": Count(12 * 60, CountUnit.MINUTE),
        "nửa giờ": Count(30, CountUnit.MINUTE),
    }
)
_NO_COUNT_BEFORE = frozenset({"qua", "vừa", "gần", "trước", "đầu", "cuối", "thứ"})
HALF_WORDS = _HALF.first_words


@whole
def read_count(r: Reader, *, ahead: bool = False) -> Count | None:
    """05 (năm) ngày làm việc, hai tuần, 3-5 ngày, một tháng rưỡi, 1 giờ 30 phút, nửa tháng.

    `ahead` where a "trước" may follow it, with what it is before.
    """
    half = _HALF.read(r)
    if half:
        return half
    count = _amount_of_unit(r)
    if count is None:
        return None
    more = _amount_of_unit(r)
    if more:
        count = _together(count, more)
    elif count.unit is CountUnit.MONTH and r.skip("rưỡi"):
        of_year = r.word(-2) == "năm"
        count = replace(count, amount=count.amount + 6) if of_year else replace(count, days_more=15)
    if ahead and r.word() == "trước":
        return count
    if count is None or r.word() in _NO_COUNT_BEFORE or r.word().isdecimal():
        return None  # 3 năm qua; 6 tháng đầu năm; 5 năm 2026-2030; 3 ngày 15, 16, 17/3; 16h30
    return count


@whole
def _amount_of_unit(r: Reader) -> Count | None:
    amount, ask = _amount(r)
    unit = _UNIT.read(r) if amount else None
    if not amount or unit is None:
        return None
    kind, times = unit
    if kind is CountUnit.MINUTE and r.skip("làm"):
        days = -(-amount * times // (60 * _HOURS_A_WORKING_DAY))
        return Count(days, CountUnit.WORKING_DAY, ask=True) if r.skip("việc") else None
    return Count(amount * times, kind, ask=ask)


def _together(large: Count, small: Count) -> Count | None:
    """1 năm 6 tháng, 1 tháng 15 ngày, 1 giờ 30 phút."""
    if large.unit is small.unit:
        return replace(large, amount=large.amount + small.amount)
    if (large.unit, small.unit) == (CountUnit.MONTH, CountUnit.DAY):
        return replace(large, days_more=small.amount)
    return None


def _amount(r: Reader) -> tuple[int | None, bool]:
    """The number, the larger one of a range, and whether it was a range."""
    r.skip("từ")
    first = number(r, _MOST)
    if first is None:
        return None, False
    restated(r, first)
    larger = _through(r) or _next_number(r, first)
    return (larger, True) if larger and larger > first else (first, False)


@whole
def _next_number(r: Reader, first: int) -> int | None:
    """hai, ba ngày; 2 hoặc 3 ngày."""
    return number(r, first + 1) if r.skip(",", "hoặc") else None


@whole
def _through(r: Reader) -> int | None:
    return number(r, _MOST) if r.skip("-", "đến") else None
