"""The nearest ASCII to a letter, for terminals that do not read UTF-8."""

import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = {"≠": "#", "đ": "d", "Đ": "D", "₫": "d", "“": '"', "”": '"', "‘": "'", "’": "'"}

# The first of these words that the Unicode name of a sign holds decides.
_SIGNS: Final = (
    ("BOX DRAWINGS", "+"),
    ("CHECK MARK", "v"),
    ("BALLOT X", "x"),
    ("BRAILLE", "*"),
    ("LEFT-POINTING", "<"),
    ("RIGHT-POINTING", ">"),
    ("UP-POINTING", "^"),
    ("DOWN-POINTING", "v"),
    ("LEFTWARDS", "<"),
    ("RIGHTWARDS", ">"),
    ("UPWARDS", "^"),
    ("DOWNWARDS", "v"),
    ("UPPER", "-"),
    ("LOWER", "_"),
    ("LEFT", "|"),
    ("RIGHT", "|"),
    ("BLOCK", "#"),
    ("SHADE", "#"),
    ("SQUARE", "#"),
    ("BULLET", "*"),
    ("CIRCLE", "o"),
    ("DASH", "-"),
    ("HYPHEN", "-"),
)


@lru_cache(maxsize=1024)
def in_ascii(letter: str, cells: int) -> str:
    """What stands for `letter` in as many ASCII characters as it has cells.

    Marks are left out (ế is e), frames are made of `+-|`; what has no likeness is `?`.
    """
    bare = "".join(
        _LETTERS.get(char, char)
        for char in _LETTERS.get(letter) or unicodedata.normalize("NFKD", letter)
        if not unicodedata.combining(char)
    )
    likeness = bare if bare.isascii() else _sign(letter[0])
    return (likeness or "?" * cells).ljust(cells)[:cells]


def _sign(char: str) -> str:
    name = unicodedata.name(char, "")
    for words, sign in _SIGNS:
        if words in name:
            return _frame(name) if sign == "+" else sign
    return ""


def _frame(name: str) -> str:
    words = set(name.replace("BOX DRAWINGS", "").split())
    across = bool(words & {"HORIZONTAL", "LEFT", "RIGHT"})
    along = bool(words & {"VERTICAL", "UP", "DOWN"})
    return "+" if across == along else "-" if across else "|"
