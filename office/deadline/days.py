"""Days by their number in a month: ngày 15/3/2026, mùng 5 tháng 3, ngày 20 tháng cuối quý.

What was said is kept, since "ngày 25" is one day in "trước ngày 25" and one of every month in
"trước ngày 25 hằng tháng".
"""

from dataclasses import dataclass, replace
from datetime import date

from office.deadline.numbers import number
from office.deadline.parts import edge
from office.deadline.periods import LUNAR_MONTHS, one_unit
from office.deadline.remarks import LUNAR
from office.deadline.spans import FIRST_YEAR, LAST_YEAR, Impossible, Part, Span, Unit, around
from office.deadline.words import Lexicon, Reader, repeated, whole
from office.deadline.years import shift, year

_LEAP_YEARS_APART = 8
_MONTHS, _LONGEST = 12, 31


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month; of several `days` the last is the deadline.

    Without a month or a year it is the next such day. `of_quarter` is 0 to 2 for the first to the
    last month of a quarter; `any_quarter` where no quarter was named (`each_quarter` where that was
    said), so that it comes again. `moved` where the month was told from the present one (tháng
    sau). `weekday` (0 Monday) was said beside it and may contradict it. `marked` where "ngày" or a
    year shows that it is a day and not a fraction.
    """

    days: tuple[int, ...]
    month: int | None = None
    year: int | None = None
    of_quarter: int | None = None
    any_quarter: bool = False
    each_quarter: bool = False
    moved: bool = False
    weekday: int | None = None
    marked: bool = True

    def on_or_after(self, on: date) -> date | None:
        """The day meant; None where no calendar has it."""
        years = (self.year,) if self.year else range(on.year, on.year + _LEAP_YEARS_APART + 1)
        months = (self.month,) if self.month is not None else range(1, 13)
        named = (_day(year, month, self.days[-1]) for year in years for month in months)
        return next((day for day in named if day and (self.year or day >= on)), None)


_MARKER = Lexicon(
    {
        f"{day}{first}": True
        for day in ("", "ngày ", "đúng ngày ", "hôm ")
        for first in ("", "mùng ")
        if day or first
    }
)
_MEASURES = frozenset({"giờ", "ngày", "tuần", "tháng", "quý", "năm"})
_BOUNDS = frozenset({"trước", "hết", "nhất", "đến", "tới", "là", "muộn", "hạn", "quá"})
"""Words after which a fraction that no calendar has is still meant as a day: trước 31/02."""
DAY_MARKERS = _MARKER.first_words


@whole
def month_day(r: Reader) -> MonthDay | Impossible | None:
    """A day of a month, by number; an unmarked fraction that is no day of a month is not read."""
    bounded = r.word(-1) in _BOUNDS
    marked = bool(_MARKER.read(r))
    found = _iso(r) or _three_figures(r) or _slashed(r) or _worded(r, marked)
    if found is None and marked:
        found = _two_figures(r) or _alone(r)
    if isinstance(found, Impossible):
        return found
    if found is None or (r.word() == "/" and r.word(1).isalnum()):
        return None  # 12/3/QĐ-UBND is the number of a paper
    marked = marked or found.year is not None
    nowhere = _day(2000, found.month or 1, found.days[-1]) is None
    if nowhere and bounded and (found.month or 0) <= _MONTHS and found.days[-1] <= _LONGEST:
        return Impossible()  # trước 31/02
    if (nowhere or r.word() in _MEASURES) and not marked:
        return None  # 15/17 chỉ tiêu, 1/2 tháng
    lunar = r.word(1) if r.word() == "(" else r.word()
    if lunar == "âm":
        r.skip("(")
        r.place += 1
        return Impossible(LUNAR) if r.skip("lịch") else None
    return replace(found, marked=marked)


@whole
def _iso(r: Reader) -> MonthDay | None:
    """2026-03-15."""
    named_year = r.digits(LAST_YEAR)
    if named_year is None or named_year < FIRST_YEAR or not r.skip("-", "/"):
        return None
    month = r.digits(99)
    day = r.digits(99) if r.skip("-", "/") else None
    if month is None or day is None:
        return None
    return MonthDay((day,), month, named_year)


@whole
def _three_figures(r: Reader) -> MonthDay | None:
    """15-3-2026, 15.3.2026, 15/3/2026, 15/3/26."""
    day, mark = r.digits(99), r.word()
    month = r.digits(99) if r.skip("/", "-", ".") else None
    if day is None or month is None or r.word() != mark:
        return None
    named_year = year(r) if mark != "." else _dotted_year(r)
    return MonthDay((day,), month, named_year) if named_year else None


@whole
def _dotted_year(r: Reader) -> int | None:
    value = r.digits(LAST_YEAR) if r.skip(".") else None
    return value if value is not None and value >= FIRST_YEAR else None


@whole
def _slashed(r: Reader) -> MonthDay | None:
    """15/3, 15-16/3, 15 và 16/3/2026."""
    days = _days(r)
    month = r.digits(99) if days and r.skip("/") else None
    return MonthDay(days, month, year(r)) if days and month is not None else None


@whole
def _two_figures(r: Reader) -> MonthDay | None:
    """15-3 or 15.3, after "ngày"."""
    day = r.digits(31)
    month = r.digits(12) if r.skip("-", ".") and r.touching() else None
    return MonthDay((day,), month, year(r)) if day and month else None


@whole
def _worded(r: Reader, marked: bool) -> MonthDay | Impossible | None:
    """15 tháng 3 năm 2026, hai mươi tháng này, 20 của tháng cuối quý."""
    days = _days(r)
    r.skip(",")
    r.skip("của")
    if not days or not r.skip("tháng"):
        return None
    moved = shift(r) if marked else None
    if moved is not None:
        first = around(Unit.MONTH, r.scene.on, moved).first
        return MonthDay(days, first.month, first.year, moved=True)
    of_quarter = _month_of_quarter(r)
    if of_quarter is not None:
        return replace(of_quarter, days=days)
    if r.skip(*LUNAR_MONTHS):
        return Impossible(LUNAR)
    month = number(r, 99)
    return MonthDay(days, month, year(r)) if month is not None else None


@whole
def _month_of_quarter(r: Reader) -> MonthDay | None:
    """tháng cuối (của) quý II, tháng cuối mỗi quý: a month by its place in a quarter, and in the
    quarter named or this one."""
    part = edge(r)
    place = {Part.START: 0, Part.END: 2}.get(part) if part else 1 if r.skip("giữa") else None
    r.skip("của")
    each = r.skip("mỗi", "từng", "các")
    found = one_unit(r, alone=True) if place is not None and r.word() == "quý" else None
    if place is None or found is None or not isinstance(found[1], Span):
        return None
    unnamed = r.word(-1) == "quý"
    if each and not unnamed:
        return None
    first = found[1].first
    month = first.month + place
    return MonthDay((), month, first.year, of_quarter=place, any_quarter=unnamed, each_quarter=each)


def _alone(r: Reader) -> MonthDay | None:
    """A day without its month."""
    several = _several_of_each(r)
    if several:
        return several
    day = number(r, 99)
    return MonthDay((day,)) if day is not None else None


@whole
def _several_of_each(r: Reader) -> MonthDay | None:
    """15 và 30 (hằng tháng); elsewhere a second number counts something else."""
    days = _days(r)
    return MonthDay(days) if days and r.word() in {"hằng", "mỗi"} else None


def _days(r: Reader) -> tuple[int, ...] | None:
    """One day or a list of them: 15, 15-16, 15 và ngày 30."""
    first = number(r, 99)
    if first is None:
        return None
    return (first, *repeated(r, _another))


@whole
def _another(r: Reader) -> int | None:
    if not r.skip("-", "và", ","):
        return None
    r.skip("ngày")
    return number(r, 31)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
