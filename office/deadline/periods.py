"""Reading the name of a period: tuần sau, quý II/2026, 6 tháng đầu năm, trung tuần tháng 3.

A period without its year or number is the next one that is not over on the day of the scene.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from office.deadline.numbers import number
from office.deadline.remarks import LUNAR
from office.deadline.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    Impossible,
    Span,
    Unit,
    around,
    months,
    week,
)
from office.deadline.words import Lexicon, Reader, repeated, whole
from office.deadline.years import shift, year, year_number

Period = Span | Impossible

UNITS = {"tuần": Unit.WEEK, "tháng": Unit.MONTH, "quý": Unit.QUARTER, "năm": Unit.YEAR}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
LUNAR_MONTHS = ("giêng", "chạp")
_STAGE = Lexicon({"giai đoạn": False, "thời kỳ": False, "nhiệm kỳ": True})
_NOT_ALONE = frozenset({"học", "lễ", "hành", "cao"})  # năm học, tuần lễ, tháng hành động
PERIOD_WORDS = frozenset(UNITS) | {"sang", "các", "t", "q"} | _STAGE.first_words


def period(r: Reader, *, alone: bool = False) -> Period | None:
    """A period or a part of one; `alone` lets "tháng" by itself be this month."""
    return unit_period(r, alone=alone) or stage(r) or _in_figures(r)


def unit_period(r: Reader, *, alone: bool = False) -> Period | None:
    """A whole week, month, quarter or year."""
    found = one_unit(r, alone=alone)
    if found is None:
        return None
    unit, span = found
    return (isinstance(span, Span) and _through_next(r, unit, span)) or span


@whole
def _through_next(r: Reader, unit: Unit, span: Span) -> Span | None:
    """tuần này và tuần sau: from the first day of one to the last of the other."""
    found = one_unit(r) if r.skip("và") else None
    if found is None or found[0] is not unit or not isinstance(found[1], Span):
        return None
    return replace(found[1], first=span.first) if found[1].last > span.last else None


def whole_week(r: Reader) -> Span | None:
    """tuần này, tuần sau, tuần 12: the week that a weekday is then looked for in."""
    found = one_unit(r) if r.word() == "tuần" else None
    return found[1] if found and isinstance(found[1], Span) else None


@whole
def one_unit(r: Reader, *, alone: bool = False) -> tuple[Unit, Period] | None:
    coming = r.skip("sang")
    several = r.word() == "các" and r.word(1) in UNITS and r.skip("các")
    unit = UNITS.get(r.word())
    if unit is None:
        return None
    r.place += 1
    found: Period | None
    moved = shift(r)
    if moved is not None:
        found = around(unit, r.scene.on, moved)
    elif unit is Unit.WEEK:
        found = _numbered_week(r)
    elif unit is Unit.YEAR:
        found = _numbered_years(r)
    else:
        found = _numbered_months(r, unit, several)
    if several and found is None:
        return None
    if found is None and coming:
        found = around(unit, r.scene.on, 1)
    if found is None and alone and r.word() not in _NOT_ALONE:
        found = around(unit, r.scene.on)
    return (unit, found) if found else None


@whole
def _numbered_week(r: Reader) -> Period | None:
    r.skip("thứ")
    count = number(r, 99)
    if count is None:
        return None
    named_year = year(r)
    on = r.scene.on

    def of(year: int) -> Span:
        return week(date.fromisocalendar(year, count, 1))

    try:
        return of(named_year) if named_year else _coming(of, on.isocalendar().year, on)
    except ValueError:
        return Impossible()


@whole
def _numbered_years(r: Reader) -> Span | None:
    first = year_number(r)
    if first is None:
        return None
    last = _through_year(r) or first
    return months(first * 12, 12 * (last - first + 1), named=True) if last >= first else None


@whole
def _through_year(r: Reader) -> int | None:
    return year_number(r) if r.skip("-") else None


def _numbered_months(r: Reader, unit: Unit, several: bool) -> Period | None:
    """Months or quarters by number, one or from the first to the last named."""
    word = r.word(-1)
    if unit is Unit.MONTH and r.skip(*LUNAR_MONTHS):
        return Impossible(LUNAR)
    count = _count(r, unit)
    if count is None:
        return None
    last = [count, *repeated(r, lambda r: _another(r, unit, word, several))][-1]
    size = int(unit.value)
    if not (1 <= count <= 12 // size and 1 <= last <= 12 // size):
        return Impossible()
    length = ((last - count) * size) % 12 + size
    ends = year(r)

    def of(year: int) -> Span:
        return months(year * 12 + last * size - length, length, named=True)

    if ends:
        return of(ends)
    r.skip("này", "tới")
    return _coming(of, r.scene.on.year, r.scene.on)


def _count(r: Reader, unit: Unit) -> int | None:
    if unit is Unit.QUARTER and r.word() in _ROMAN:
        r.place += 1
        return _ROMAN[r.word(-1)]
    return number(r, 99)


@whole
def _another(r: Reader, unit: Unit, word: str, several: bool) -> int | None:
    """One more month or quarter: "-4", ", tháng 4", "và quý IV"; of `several` also ", 4"."""
    joined = r.skip("-") or r.skip(",", "và", "hoặc")
    if not joined:
        return None
    by_dash = r.word(-1) == "-"
    if not (r.skip(word) or by_dash or several or r.word() in _ROMAN):
        return None
    count = _count(r, unit)
    return count if count is not None and 1 <= count <= 12 else None


def _coming(of: Callable[[int], Span], year: int, on: date) -> Span:
    """The span of `year`, or of the next year where it is over on `on`."""
    span = of(year)
    return span if span.last >= on else of(year + 1)


@whole
def stage(r: Reader) -> Span | None:
    """giai đoạn 2026-2030, 5 năm 2026-2030; a term ends some day of its last year, so it asks."""
    ask = _STAGE.read(r)
    if ask is None and not (number(r, 99) and r.word() == "năm"):
        return None
    r.skip("năm")
    span = _numbered_years(r)
    return replace(span, ask=bool(ask)) if span else None


@whole
def _in_figures(r: Reader) -> Span | None:
    """3/2026, T3/2026, Q2/2026."""
    quarter = r.skip("q")
    if not quarter:
        r.skip("t")
    count = r.digits(4 if quarter else 12)
    if not count or not r.skip("/", "-"):
        return None
    named_year = r.digits(LAST_YEAR)
    if named_year is None or named_year < FIRST_YEAR or r.word() == "/":
        return None
    size = 3 if quarter else 1
    return months(named_year * 12 + (count - 1) * size, size, named=True)
