"""The lines of a paper that have a rule of their own: its number, its place and date."""

from datetime import date

BLANK = "      "
"""What the registry clerk (văn thư) fills in by hand."""


def number_line(number: int | None, symbol: str) -> str:
    """Số: 05/TB-UBND; a number below 10 has a 0 before it. None where the registry gives it."""
    written = BLANK if number is None else f"{number:02d}"
    return f"Số: {written}/{symbol}"


def date_line(place: str, on: date, *, day_open: bool = False) -> str:
    """Phú Thọ, ngày 05 tháng 3 năm 2026: a 0 before a day below 10 and before months 1 and 2, but
    not before month 3 (decree 30/2020, annex I). `day_open` leaves the day to the registry."""
    day = BLANK if day_open else f"{on.day:02d}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    when = f"ngày {day} tháng {month} năm {on.year}"
    return f"{place}, {when}" if place else when
