"""A paper's number, day and issuer, from its head or from words that name it.

Public entrance: `number_in`, `kind_of_number`, `written_day`. Sources: decree 30/2020/NĐ-CP, annex
I (the number and symbol of a paper, its place and date), annex III (abbreviations of its kinds).
"""

import re
from datetime import date

from schema.viet import fold

_NUMBER = re.compile(
    r"\b\d{1,5}(?:/\d{4})?\s?[/-]\s?[A-ZĐ][A-ZĐa-zđ&]{0,9}(?:\s?[-/.]\s?[A-ZĐ]\w*)*"
)
_DAY = re.compile(
    r"ngay\s+(?P<day>\d{1,2})\s*(?:/|-|\.|thang)\s*(?P<month>\d{1,2})"
    r"\s*(?:/|-|\.|nam)\s*(?P<year>\d{4})"
)
_KINDS = {"TB": "notice", "NQ": "resolution"}


def number_in(text: str) -> str:
    """The first number and symbol of a paper in a text, 123/TB-UBND; nothing where none is."""
    found = _NUMBER.search(text)
    return re.sub(r"\s+", "", found[0]) if found else ""


def kind_of_number(number: str) -> str:
    """The kind of source that a paper of this number is: a notice, a resolution, or a directive."""
    letters = re.split(r"[^A-ZĐa-zđ]+", number)
    return next((_KINDS[part] for part in letters if part in _KINDS), "directive")


def written_day(text: str) -> date | None:
    """The day of “ngày 05 tháng 3 năm 2026”, “ngày 5/3/2026” in a text; None where none is."""
    found = _DAY.search(" ".join(fold(text).split()))
    if not found:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
