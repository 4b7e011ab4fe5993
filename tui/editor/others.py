"""Other people's cursors in a text: a dim cell where each is, and a name at the end of its line.

Public entrance: `Other`, `Others`. Nothing of it moves the text: a name stands where the line
leaves room for it, and a ‹ in the margin tells that somebody is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from tui.editor.buffer import Place, Touched
from tui.editor.window import Row
from tui.graphemes import next_boundary, prev_boundary, width

SIGN = "‹"
CARET = Style(dim=True, reverse=True)
NAME = Style(dim=True)
# Between the text and a name: the typist's own cursor and a blank.
_GAP = 2


class Other(NamedTuple):
    place: Place
    name: str


class Others:
    """Where others are, by line."""

    def __init__(self) -> None:
        self._at: dict[int, list[Other]] = {}

    def __bool__(self) -> bool:
        return bool(self._at)

    def show(self, others: Iterable[Other]) -> set[int]:
        """Have these instead. Returns the lines on which that makes a difference."""
        before, self._at = self._at, {}
        for other in sorted(others):
            self._at.setdefault(other.place.line, []).append(other)
        return {n for n in {*before, *self._at} if before.get(n) != self._at.get(n)}

    def at(self, place: Place) -> bool:
        return any(other.place == place for other in self._at.get(place.line, ()))

    def follow(self, touched: Touched, grown: int) -> None:
        """Stay with the words where the typist changed some, by `grown` letters in the first line;
        exactly is known at the next look."""
        if not self._at:
            return
        by, after = touched.added - touched.removed, touched.first + touched.removed
        moved = []
        for others in self._at.values():
            for place, name in others:
                line, column = place
                if line >= after:
                    line += by
                elif line == touched.first and column > touched.column:
                    column = max(column + grown, touched.column)
                moved.append(Other(Place(line, column), name))
        self.show(moved)

    def sign(self, line: int) -> str:
        return SIGN if line in self._at else ""

    def draw(
        self, segments: Sequence[Segment], line: str, row: Row, cells: int, own: Place
    ) -> list[Segment]:
        """A row of `line`, with who is in it. `own` is where the typist is: there nobody else is
        shown. `cells` is what the row has room for."""
        others = self._at.get(row.line)
        if not others:
            return list(segments)
        last = row.end == len(line)
        for column in sorted({place.column for place, _ in others if place != own}):
            if row.start <= column < row.end or (last and column == row.end):
                segments = list(_marked(segments, line, row, column))
        names = f"{SIGN} " + ", ".join(dict.fromkeys(name for _, name in others))
        room = cells - sum(width(text) for text, *_ in segments) - width(names)
        if last and room >= _GAP:
            return [*segments, Segment(" " * room), Segment(names, NAME)]
        return list(segments)


def _marked(segments: Iterable[Segment], line: str, row: Row, column: int) -> Iterator[Segment]:
    """The row with the letter at `column`, or the blank after the last one, marked. (Rich cuts by
    cells, and loses a letter's marks.)"""
    if column == row.end:
        yield from segments
        yield Segment(" ", CARET)
        return
    after = next_boundary(line, column)
    start, end, at = prev_boundary(line, after) - row.start, after - row.start, 0
    for text, style, _ in segments:
        edges = sorted({0, len(text), *(min(max(e - at, 0), len(text)) for e in (start, end))})
        for a, b in pairwise(edges):
            marked = start <= at + a < end
            yield Segment(text[a:b], (style or NAME) + CARET if marked else style)
        at += len(text)
