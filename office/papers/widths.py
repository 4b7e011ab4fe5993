"""How long a text is in Times New Roman bold, for the lines that are drawn beneath texts.

The widths are those of Adobe's Times-Bold metrics, which the font shares, in thousandths of its
size. Marks above and below a letter do not widen it.
"""

from schema.viet import fold

_UPPER = (
    *(722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944),
    *(722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667),
)
_LOWER = (
    *(500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833),
    *(556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444),
)
_OTHER = 500
_NARROW = dict.fromkeys(" .,;", 250) | dict.fromkeys("-:()", 333)
_MM_OF_POINT = 25.4 / 72


def width_of(text: str, size: float) -> float:
    """In millimetres, of a bold text of `size` points on one line."""
    return sum(map(_width, text)) / 1000 * size * _MM_OF_POINT


def _width(letter: str) -> int:
    plain = fold(letter)
    if len(plain) != 1 or not "a" <= plain <= "z":
        return _NARROW.get(plain, _OTHER)
    return (_UPPER if letter.isupper() else _LOWER)[ord(plain) - ord("a")]
