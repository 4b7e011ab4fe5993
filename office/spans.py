"""Spans of days as one asks for them: a day, a week, a month, from one day to another.

Public entrance: `read_span(words, today, due)`.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from office.moments import YEARS, parse_date
from schema.errors import N_, ThukyError
from schema.viet import fold

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_STEPS = {"truoc": -1, "qua": -1, "last": -1, "nay": 0, "this": 0, "sau": 1, "toi": 1, "next": 1}
_STEP = "|".join(_STEPS)
_RELATIVE = re.compile(rf"(?P<unit>tuan|thang|quy|nam) (?P<step>{_STEP})")
_RELATIVE_ENGLISH = re.compile(rf"(?P<step>{_STEP}) (?P<unit>week|month|quarter|year)")
_UNITS = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_YEAR = r"(?:[ /]*(?:nam )?(?P<year>\d{4}))?"
_MONTH = re.compile(rf"(?:thang|month) ?(?P<number>0?[1-9]|1[0-2]){_YEAR}", re.ASCII)
_QUARTER = re.compile(rf"(?:quy|quarter|q) ?(?P<number>[1-4]|iv|i{{1,3}}){_YEAR}", re.ASCII)
_WHOLE_YEAR = re.compile(r"(?:nam|year) ?(?P<year>\d{4})", re.ASCII)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NONE = ("khong", "chua co", "none")
_ENGLISH_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}

Due = Callable[[str], date | None]
"""The day that a deadline's words come to; None where they come to none."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included; None where there is no end. `none`: no day at all."""

    first: date | None = None
    last: date | None = None
    none: bool = False


def read_span(words: str, today: date, due: Due | None = None) -> Span:
    """Read 15/3, <15/3, >=15/3, 01/3..15/3, tuần này, tháng 3, quý 2/2026, năm 2027, không (no
    day); where none of these, the words of a deadline, if there is `due`.

    Raises ThukyError where it is none of them.
    """
    text = " ".join(words.split())
    first, dots, last = text.partition("..")
    if dots:
        return Span(_either(first, today, due).first, _either(last, today, due).last)
    if found := re.match(r"[<>]=?|≤|≥", text):
        sign = found[0].replace("≤", "<=").replace("≥", ">=")
        span = _span(text[found.end() :], today, due)
        if span.first is None or span.last is None:
            raise _unknown(words)
        return {
            "<": Span(last=span.first - _DAY),
            "<=": Span(last=span.last),
            ">": Span(first=span.last + _DAY),
            ">=": Span(first=span.first),
        }[sign]
    if fold(text) in _NONE:
        return Span(none=True)
    return _span(text, today, due)


def _either(words: str, today: date, due: Due | None) -> Span:
    """A span at one end of a range, where nothing stands for no end."""
    return _span(words, today, due) if words.strip() else Span()


def _span(words: str, today: date, due: Due | None) -> Span:
    text = " ".join(fold(words).split())
    if not text:
        raise _unknown(words)
    if text in _ENGLISH_DAYS:
        day = today + _ENGLISH_DAYS[text] * _DAY
        return Span(day, day)
    if found := _RELATIVE.fullmatch(text) or _RELATIVE_ENGLISH.fullmatch(text):
        unit = _UNITS.get(found["unit"], found["unit"])
        return _relative(unit, _STEPS[found["step"]], today)
    if found := _MONTH.fullmatch(text):
        return _months(_year(found, today), int(found["number"]), 1)
    if found := _QUARTER.fullmatch(text):
        number = _ROMAN.get(found["number"]) or int(found["number"])
        return _months(_year(found, today), number * 3 - 2, 3)
    if (found := _WHOLE_YEAR.fullmatch(text)) and int(found["year"]) in YEARS:
        return _months(int(found["year"]), 1, 12)
    try:
        day = parse_date(words, today)
    except ThukyError:
        found_day = due(words) if due else None
        if found_day is None:
            raise _unknown(words) from None
        day = found_day
    return Span(day, day)


def _year(found: re.Match[str], today: date) -> int:
    year = int(found["year"] or today.year)
    if year not in YEARS:
        raise _unknown(found[0])
    return year


def _relative(unit: str, step: int, today: date) -> Span:
    if unit == "week":
        monday = today - today.weekday() * _DAY + step * _WEEK
        return Span(monday, monday + 6 * _DAY)
    if unit == "year":
        return _months(today.year + step, 1, 12)
    size = 3 if unit == "quarter" else 1
    months = today.year * 12 + (today.month - 1) // size * size + step * size
    return _months(months // 12, months % 12 + 1, size)


def _months(year: int, month: int, count: int) -> Span:
    """So many months from the first day of one."""
    last = month + count - 1
    return Span(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _unknown(words: str) -> ThukyError:
    return ThukyError(
        N_(
            "Không hiểu thời hạn “{text}”; hãy viết như 15/3, <15/3, 01/3..15/3, tuần này, "
            "tháng 3, quý 2, không."
        ),
        text=words,
    )
