"""Numbers in figures and in words, up to 9999."""

from office.deadline.words import Lexicon, Reader, whole

_UNITS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_UNIT = Lexicon(_UNITS)
_AFTER_TEN = Lexicon({**_UNITS, "mốt": 1, "lăm": 5, "nhăm": 5})
_ONLY_AFTER_TEN = Lexicon({"mốt": 1, "lăm": 5, "nhăm": 5})
NUMBER_WORDS = _UNIT.first_words | {"mười"}


def number(r: Reader, most: int = 9999) -> int | None:
    """A number from 0 to `most`: 05, năm, mười lăm, hai mươi mốt, hai nghìn không trăm ba mươi."""
    place = r.place
    value = _spelled(r) if r.word() in NUMBER_WORDS else r.digits(most)
    if value is None or value > most:
        r.place = place
        return None
    return value


def restated(r: Reader, value: int) -> None:
    """Pass "(năm)" after "05": a number said twice."""
    place = r.place
    if not (r.skip("(") and _spelled(r) == value and r.skip(")")):
        r.place = place


def _spelled(r: Reader) -> int | None:
    thousands = _thousands(r)
    if thousands is not None:
        below = _hundreds(r)
        return thousands + (below if below is not None else _linked(r) or 0)
    hundreds = _hundreds(r)
    return hundreds if hundreds is not None else _below_hundred(r)


@whole
def _thousands(r: Reader) -> int | None:
    unit = _UNIT.read(r)
    return unit * 1000 if unit and r.skip("nghìn") else None


@whole
def _hundreds(r: Reader) -> int | None:
    unit = _UNIT.read(r)
    if unit is None or not r.skip("trăm"):
        return None
    return unit * 100 + (_linked(r) or _below_hundred(r) or 0)


@whole
def _linked(r: Reader) -> int | None:
    """The last figure of "một trăm linh năm"."""
    return _UNIT.read(r) if r.skip("linh") else None


@whole
def _below_hundred(r: Reader) -> int | None:
    if r.skip("mười"):
        return 10 + (_last_figure(r) or 0)
    unit = _UNIT.read(r)
    if unit is None:
        return None
    if r.skip("mươi"):
        return unit * 10 + (_last_figure(r) or 0)
    return unit * 10 + last if (last := _ONLY_AFTER_TEN.read(r)) else unit


def _last_figure(r: Reader) -> int | None:
    # "mười năm" is ten years, and "năm" after a ten is never the figure 5, which is "lăm" there.
    return None if r.word() == "năm" else _AFTER_TEN.read(r)
