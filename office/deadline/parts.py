"""Reading a part of a period: cuối tháng 4, trung tuần tháng 3, 6 tháng đầu năm, tuần đầu tháng 5.

Where neither a number nor "này" says which period is meant, a part that is over moves to the next.
"""

from dataclasses import replace
from datetime import timedelta

from office.deadline.numbers import number
from office.deadline.periods import UNITS, Period, one_unit, stage, unit_period
from office.deadline.spans import Impossible, Part, Span, Unit, around, months, part_of
from office.deadline.words import Lexicon, Reader, listed, whole

_PART = Lexicon(
    {part.value: part for part in Part}
    | {"nửa sau": Part.SECOND_HALF, "nửa còn lại": Part.SECOND_HALF}
    | {"đầu tiên": Part.START, "cuối cùng": Part.END}
)
_EDGE = Lexicon(listed(Part.START, "đầu | đầu tiên") | listed(Part.END, "cuối | cuối cùng"))
PART_WORDS = _PART.first_words


def part_of_period(r: Reader) -> Period | None:
    """A part of a week, month, quarter or year."""
    return _months_of_year(r) or _days_of_month(r) or _week_of_month(r) or _part(r)


def part(r: Reader) -> Part | None:
    """cuối, nửa đầu, trung tuần: the word alone."""
    return _PART.read(r)


def edge(r: Reader) -> Part | None:
    """đầu (tiên) or cuối (cùng)."""
    return _EDGE.read(r)


@whole
def _part(r: Reader) -> Period | None:
    which = part(r)
    if which is None:
        return None
    r.skip("của")
    found = one_unit(r, alone=True)
    if found is None:
        of_stage = stage(r) if which in {Part.START, Part.END} else None
        return part_of(which, Unit.YEAR, of_stage) if of_stage else None
    unit, span = found
    if isinstance(span, Impossible):
        return span
    partial = part_of(which, unit, span)
    if partial and partial.last < r.scene.on and _unnumbered(r):
        partial = part_of(which, unit, around(unit, r.scene.on, 1))
    return partial


def _unnumbered(r: Reader) -> bool:
    """Whether the unit just read is a bare "tháng", "năm"."""
    return r.word(-1) in UNITS


@whole
def _months_of_year(r: Reader) -> Period | None:
    """6 tháng đầu năm 2026, 03 tháng cuối năm."""
    count = number(r, 12)
    if not count or not r.skip("tháng"):
        return None
    side = edge(r)
    r.skip("của")
    if side is None or r.word() != "năm":
        return None
    found = unit_period(r, alone=True)
    if not isinstance(found, Span):
        return None
    of_year = _named_months(side, count, found)
    if of_year.last < r.scene.on and _unnumbered(r):
        return _named_months(side, count, around(Unit.YEAR, r.scene.on, 1))
    return of_year


def _named_months(side: Part, count: int, span: Span) -> Span:
    start = 0 if side is Part.START else 12 - count
    return months(span.first.year * 12 + start, count, named=True)


@whole
def _days_of_month(r: Reader) -> Span | None:
    """10 ngày đầu tháng 4."""
    count = number(r, 28)
    if not count or not r.skip("ngày"):
        return None
    side = edge(r)
    r.skip("của")
    found = unit_period(r, alone=True) if side and r.word() == "tháng" else None
    if not isinstance(found, Span):
        return None
    if side is Part.END:
        return Span(found.last - timedelta(days=count - 1), found.last)
    return Span(found.first, found.first + timedelta(days=count - 1))


@whole
def _week_of_month(r: Reader) -> Span | None:
    """tuần đầu tháng 4, tuần thứ hai của tháng 5: calendar weeks, cut at the month's ends."""
    if not r.skip("tuần"):
        return None
    side = edge(r)
    count = None if side else _ordinal(r)
    r.skip("của")
    found = unit_period(r, alone=True) if (side or count) and r.word() == "tháng" else None
    if not isinstance(found, Span):
        return None
    day = found.last if side is Part.END else found.first + timedelta(days=7 * ((count or 1) - 1))
    span = around(Unit.WEEK, day)
    return replace(span, last=min(span.last, found.last), ask=True)


@whole
def _ordinal(r: Reader) -> int | None:
    if not r.skip("thứ"):
        return None
    return 1 if r.skip("nhất") else number(r, 5)
