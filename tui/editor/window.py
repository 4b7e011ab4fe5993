"""Which rows of the minutes are on the screen. Public entrance: `Window`.

The window hangs on the line at its top, not on a count of all rows before it, so that a text of
20,000 lines costs what the rows in sight cost, and lines written above do not move what is read.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tui.editor.buffer import Place
from tui.editor.wrap import row_of, row_starts
from tui.graphemes import is_plain, next_boundary, width


class Row(NamedTuple):
    """One row in sight: code points `start` to `end` of line `line`."""

    line: int
    start: int
    end: int


class Lined(Protocol):
    """What a window looks at."""

    @property
    def lines(self) -> Sequence[str]: ...

    def clamp(self, place: Place) -> Place: ...


class Window:
    def __init__(self, buffer: Lined) -> None:
        self.buffer = buffer
        self.cells = 80
        self.height = 24
        self._top = Place(0, 0)
        self._rows: list[Row] | None = None

    def resize(self, cells: int, height: int) -> None:
        self.cells, self.height = max(cells, 4), max(height, 1)
        self._rows = None

    def put(self, buffer: Lined) -> None:
        """Look at another text, from where this is now."""
        self.buffer = buffer
        self._rows = None

    def forget(self) -> None:
        """The text changed beyond what `rewrapped` was told of."""
        self._rows = None

    def rows(self) -> list[Row]:
        """The rows in sight from the top, fewer than the height at the text's end."""
        if self._rows is None:
            self._rows = self._walk()
        return self._rows

    def _walk(self) -> list[Row]:
        self._top = self.buffer.clamp(self._top)
        found: list[Row] = []
        line = self._top.line
        first = row_of(self._starts(line), self._top.column)
        while line < len(self.buffer.lines) and len(found) < self.height:
            found += self._rows_of(line)[first:]
            line, first = line + 1, 0
        return found[: self.height]

    def _starts(self, line: int) -> tuple[int, ...]:
        return row_starts(self.buffer.lines[line], self.cells)

    def _rows_of(self, line: int) -> list[Row]:
        starts = self._starts(line)
        ends = (*starts[1:], len(self.buffer.lines[line]))
        return [Row(line, start, end) for start, end in zip(starts, ends, strict=True)]

    def rewrapped(self, line: int, before: str, column: int) -> range | None:
        """After an edit within `line`, which said `before`, from `column` on: the screen rows to
        draw anew, or None when the rows below moved and all are."""
        was, now = row_starts(before, self.cells), self._starts(line)
        rows = self._rows
        cut = now != was and self._top.line == line and self._top.column > 0
        if rows is None or len(now) != len(was) or cut:
            self._rows = None
            return None
        inside = [y for y, row in enumerate(rows) if row.line == line]
        if not inside:
            return range(0)
        hidden = row_of(was, rows[inside[0]].start)
        rows[inside[0] : inside[-1] + 1] = self._rows_of(line)[hidden : hidden + len(inside)]
        first, last = row_of(now, column), len(now)
        if now != was:
            # A word moved between the row before the first that starts elsewhere and that one.
            first = min(first, next(i for i, start in enumerate(now) if start != was[i]) - 1)
        # The rows at the end that only moved along with the text say what they said.
        grown = len(self.buffer.lines[line]) - len(before)
        while last - 1 > first and now[last - 1] == was[last - 1] + grown:
            last -= 1
        top = inside[0] - hidden
        return range(max(top + first, inside[0]), min(top + last, inside[-1] + 1))

    # The cursor

    def cell_of(self, place: Place) -> tuple[int, int] | None:
        """Column and row of the screen where a place is, or None when it is out of sight.

        Spaces that hang past the edge all share the last column.
        """
        for y, row in enumerate(self.rows()):
            if row.line == place.line and row.start <= place.column <= row.end:
                last = row.end == len(self.buffer.lines[row.line])
                if place.column < row.end or last:
                    text = self.buffer.lines[row.line][row.start : place.column]
                    return (min(width(text), self.cells), y)
        return None

    def place_at(self, x: int, row: Row) -> Place:
        """The place in `row` nearest to column `x`, from the left."""
        line = self.buffer.lines[row.line]
        last = row.end == len(line)
        text = line[row.start : row.end]
        if is_plain(text):
            column = min(x, len(text))
        else:
            column = used = 0
            while column < len(text):
                after = next_boundary(text, column)
                used += width(text[column:after])
                if used > x:
                    break
                column = after
        if not last and column >= len(text):
            column = max(len(text) - 1, 0)
        return Place(row.line, row.start + column)

    def step(self, place: Place, rows: int, x: int) -> Place:
        """The place `rows` screen rows further (back when negative), at column `x`."""
        line, starts = place.line, self._starts(place.line)
        row = row_of(starts, place.column) + rows
        while row >= len(starts) and line < len(self.buffer.lines) - 1:
            row -= len(starts)
            line += 1
            starts = self._starts(line)
        while row < 0 and line > 0:
            line -= 1
            starts = self._starts(line)
            row += len(starts)
        return self.place_at(x, self._rows_of(line)[min(max(row, 0), len(starts) - 1)])

    def column_of(self, place: Place) -> int:
        """How many cells lie before a place in its row."""
        starts = self._starts(place.line)
        start = starts[row_of(starts, place.column)]
        return min(width(self.buffer.lines[place.line][start : place.column]), self.cells)

    # Scrolling

    def reveal(self, place: Place, *, ahead: bool = False) -> bool:
        """Bring a place into sight; True when the window moved.

        With `ahead`, as when typing past the bottom, a third of the window is cleared at once, so
        that what stands there does not move at every line.
        """
        if self.cell_of(place) is not None:
            return False
        rows = self.rows()
        above = rows and place < (rows[0].line, rows[0].start)
        room = self.height // 3 if ahead else 0
        up = 0 if above else max(self.height - 1 - room, 0)
        far = not rows or not (-self.height < place.line - rows[0].line < 2 * self.height)
        if far:
            up = self.height // 2
        self._top = self.step(place, -up, 0)
        self._rows = None
        return True

    def scroll(self, rows: int) -> None:
        top = self.rows()[0]
        self._top = self.step(Place(top.line, top.start), rows, 0)
        self._rows = None
