"""Figures as a Vietnamese office writes them (1.234,5 tỷ đồng): read, and shown."""

import re
from typing import NamedTuple

_FIGURE = re.compile(
    r"(?P<sign>[-−+])?(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:[.,](?P<part>\d+))?(?![\d/.,])"
    r"\s*(?P<measure>[^\d;:,.]*)",
    re.ASCII,
)
_MOST_DIGITS = 15
_DECIMALS = 3
_WORDS = 4  # of a measure


class Figure(NamedTuple):
    """A number, and what it counts: tỷ đồng, hộ, %; nothing where that is not said."""

    number: float
    measure: str = ""


def read_figure(text: str) -> Figure | None:
    """1.234,5 tỷ đồng · 45% · 12 hộ; None where the text is no figure."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    measure = found["measure"].split()
    if len(whole) > _MOST_DIGITS or len(measure) > _WORDS:
        return None
    number = float(f"{whole}.{(found['part'] or '0')[:_MOST_DIGITS]}")
    sign = -1.0 if found["sign"] in ("-", "−") else 1.0
    return Figure(sign * number, " ".join(measure))


def show_figure(number: float, measure: str = "") -> str:
    """1234.5 and tỷ đồng as 1.234,5 tỷ đồng."""
    text = f"{number:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    if not measure:
        return text
    return f"{text}%" if measure == "%" else f"{text} {measure}"
