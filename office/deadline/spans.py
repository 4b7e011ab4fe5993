"""Periods of the calendar as the days from the first to the last, and the parts of them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from office.deadline.remarks import NO_SUCH_DAY

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a phrase may name; anything else is not taken for a year."""


class Unit(Enum):
    """Units of the calendar; the value of the long ones is their months."""

    DAY = "day"
    WEEK = "week"
    MONTH = 1
    QUARTER = 3
    YEAR = 12


class Part(Enum):
    """What is named of a period: an edge (ambiguous), a half, or a third of a month (tuần)."""

    START = "đầu"
    MIDDLE = "giữa"
    END = "cuối"
    FIRST_HALF = "nửa đầu"
    SECOND_HALF = "nửa cuối"
    FIRST_THIRD = "thượng tuần"
    SECOND_THIRD = "trung tuần"
    LAST_THIRD = "hạ tuần"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both in it.

    `point`: an edge of a period, and not the whole of it, is meant (cuối tháng 4).
    `named`: such words often qualify a noun and are no deadline then (kế hoạch năm 2026).
    `ask`: ambiguous.
    """

    first: date
    last: date
    point: bool = False
    named: bool = False
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Impossible:
    """Words that name no day of any calendar (ngày 30/02, tháng 13), or of another calendar."""

    problem: str = NO_SUCH_DAY


def months(index: int, count: int, *, named: bool = False) -> Span:
    """The `count` months from month `index`, which is 12 * year + month - 1."""
    year, month = divmod(index, 12)
    last_year, last_month = divmod(index + count - 1, 12)
    last = date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
    return Span(date(year, month + 1, 1), last, named=named)


def week(monday: date) -> Span:
    return Span(monday, monday + timedelta(days=6))


def around(unit: Unit, day: date, shift: int = 0) -> Span:
    """The week, month, quarter or year that `day` is in, or the one `shift` after it."""
    if unit is Unit.WEEK:
        return week(day + timedelta(days=7 * shift - day.weekday()))
    size = int(unit.value)
    return months(((day.year * 12 + day.month - 1) // size + shift) * size, size)


def part_of(part: Part, unit: Unit, span: Span) -> Span | None:
    """`part` of `span`, which is one `unit`; None where that unit has no such part.

    Source: Civil Code 2015, art. 146 (đầu, giữa, cuối of months and years); of weeks and quarters
    by analogy: Monday, Wednesday, Sunday; the first day, the middle month's 15th, the last day.
    """
    first, last = span.first, span.last
    middle = _middle(unit, span)
    if part is Part.START:
        return Span(first, first, point=True, ask=True)
    if part is Part.MIDDLE:
        return Span(middle, middle, point=True, ask=True)
    if part is Part.END:
        return Span(last, last, point=True, ask=True)
    if part is Part.FIRST_HALF and unit is not Unit.WEEK:
        return Span(first, middle)
    if part is Part.SECOND_HALF and unit is not Unit.WEEK:
        return Span(middle + timedelta(days=1), last)
    if unit is not Unit.MONTH:
        return None
    if part is Part.FIRST_THIRD:
        return Span(first, first.replace(day=10))
    if part is Part.SECOND_THIRD:
        return Span(first.replace(day=11), first.replace(day=20))
    return Span(first.replace(day=21), last)


def _middle(unit: Unit, span: Span) -> date:
    if unit is Unit.WEEK:
        return span.first + timedelta(days=2)
    if unit is Unit.YEAR:
        return span.first.replace(month=6, day=30)
    month = span.first.month + (1 if unit is Unit.QUARTER else 0)
    return span.first.replace(month=month, day=15)
