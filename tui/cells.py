"""What each cell of the terminal shows, and how the lines that Textual renders become cells."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from textual.geometry import Size
from textual.strip import Strip

from tui.ascii import in_ascii
from tui.graphemes import next_boundary, visible, width
from tui.looks import PLAIN, Look, Looks

Cell = tuple[str, int]
"""A letter with all its marks, and the number of its look.

The letter of a wide cell stands in the first of its cells, the others hold "". A blank has the
part of its look that is seen on a blank.
"""

Row = list[Cell]

ERASED: Final[Cell] = (" ", PLAIN)
"""A cell as the terminal leaves it after erasing in its own background."""

_MARK = -1  # in place of a look: belongs to the letter before it

# Letters that every terminal shows in one cell: Latin with all of Vietnamese, Greek, Cyrillic,
# punctuation, currencies, arrows, mathematics, control pictures, frames and blocks, braille.
_NARROW: Final = frozenset(
    chr(code)
    for first, last in (
        *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x384, 0x3FF)),
        *((0x400, 0x482), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF)),
        *((0x2190, 0x22FF), (0x2400, 0x2426), (0x2500, 0x25FC), (0x2713, 0x2713)),
        *((0x2717, 0x2717), (0x2800, 0x28FF), (0xFFFD, 0xFFFD)),
    )
    for code in range(first, last + 1)
)
# Ideographs, kana, hangul and full-width forms: two cells each.
_WIDE: Final = (
    *((0x2E80, 0x303D), (0x3041, 0x3247), (0x3400, 0xA4CF)),
    *((0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6)),
)


def text(cells: Row) -> str:
    """The letters of cells."""
    return "".join([letter for letter, _ in cells])


def sure(cells: Row) -> int:
    """How many cells come before the first letter on whose width terminals may disagree."""
    if not _NARROW.issuperset(text(cells)):
        for at, (letter, _) in enumerate(cells):
            if letter and letter not in _NARROW and not _is_wide(letter):
                return at
    return len(cells)


def _is_wide(letter: str) -> bool:
    return len(letter) == 1 and any(first <= ord(letter) <= last for first, last in _WIDE)


def whole(cells: Row, start: int, end: int) -> tuple[int, int]:
    """`start` and `end`, moved apart where they would cut a wide letter."""
    while start > 0 and not cells[start][0]:
        start -= 1
    while end < len(cells) and not cells[end][0]:
        end += 1
    return start, end


def fit(cells: Row, length: int) -> Row:
    """`cells`, cut or filled up with blanks to `length`; a wide letter cut in two is blanks."""
    if len(cells) > length:
        length_kept, _ = whole(cells, length, length)
        cells = cells[:length_kept]
    return cells + [ERASED] * (length - len(cells))


class Typesetter:
    """Makes cells of Textual's strips. Nothing in a cell is obeyed by a terminal.

    Control characters become symbols; all becomes ASCII where the terminal does not read UTF-8.
    """

    def __init__(self, looks: Looks, *, utf8: bool) -> None:
        self._looks = looks
        self._utf8 = utf8
        self._run = lru_cache(maxsize=1024)(self._cells_of_run)

    def cells(self, strip: Strip) -> Row:
        """The cells of a strip, as many as it says it has."""
        look_of, run = self._looks.of_style, self._run
        cells: Row = []
        for text, style, control in strip:
            if text and not control:
                found = run(text, look_of(style))
                if found and found[0][1] == _MARK:
                    _mark_last(cells, found[0][0])
                    found = found[1:]
                cells += found
        return fit(cells, strip.cell_length)

    def _cells_of_run(self, text: str, look: int) -> tuple[Cell, ...]:
        blank = self._looks.blank[look]
        plain = _NARROW.issuperset(text) if self._utf8 else text.isascii() and text.isprintable()
        if plain:
            letters = list(text)
            marks = ""
        else:
            letters, marks = self._letters(text)
        cells = [(letter, blank if letter == " " else look) for letter in letters]
        return ((marks, _MARK), *cells) if marks else tuple(cells)

    def _letters(self, text: str) -> tuple[list[str], str]:
        """The contents of the cells, and the marks at the start that have no letter before."""
        text = visible(text)
        letters: list[str] = []
        marks = ""
        start = 0
        while start < len(text):
            end = next_boundary(text, start)
            letter = unicodedata.normalize("NFC", text[start:end])
            start = end
            if not (taken := width(letter)):
                marks += letter
            elif self._utf8:
                letters += [letter] + [""] * (taken - 1)
            else:
                letters += in_ascii(letter, taken)
        return letters, marks if self._utf8 else ""


def _mark_last(cells: Row, marks: str) -> None:
    if cells:
        at, _ = whole(cells, len(cells) - 1, len(cells))
        letter, look = cells[at]
        marked = unicodedata.normalize("NFC", letter + marks)
        if width(marked) == len(cells) - at:
            cells[at] = marked, look


class Grid:
    """What is, or is about to be, in each cell of the terminal."""

    def __init__(self, width: int, height: int, looks: Looks) -> None:
        self.width = width
        self.height = height
        self._looks = looks
        self.rows: list[Row] = [[ERASED] * width for _ in range(height)]
        self.before: dict[int, Row] = {}
        """The rows changed since it was last emptied, as they were before."""

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    def write(self, x: int, y: int, cells: Row) -> None:
        """Puts whole letters into a row from column `x` on; what lies beyond its end is lost."""
        row, end = self.rows[y], x + len(cells)
        if row[x:end] == cells:
            return
        if end > self.width:
            end = self.width
            cells = fit(cells, end - x)
        self.before.setdefault(y, row.copy())
        start, stop = whole(row, x, end)
        row[start:stop] = self._blanks(row[start:x]) + cells + self._blanks(row[end:stop])

    def _blanks(self, halves: Row) -> Row:
        """What a terminal leaves of a wide letter when something is written over its other half."""
        return [(" ", self._looks.blank[look]) for _, look in halves]

    def row(self, y: int) -> str:
        """The text of a row."""
        return text(self.rows[y])

    def text(self) -> str:
        """The text of all rows, without the blanks at their ends."""
        return "\n".join(self.row(y).rstrip() for y in range(self.height))

    def __iter__(self) -> Iterator[tuple[int, int, str, Look]]:
        """Each cell's column, row, letter ("" behind a wide one) and look."""
        for y, row in enumerate(self.rows):
            for x, (letter, look) in enumerate(row):
                yield x, y, letter, self._looks[look]
