"""A version of the minutes to be read, with what it changed. Public entrance: `Past`, `marked`.

What was added is underlined, what was taken away stands between [- and -], and each line with
either has a + or a - in the margin: nothing is told by colour alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from schema.history import Shown
from tui.editor.buffer import Place
from tui.editor.editor import GUTTER
from tui.editor.window import Row, Window
from tui.graphemes import cut, visible

PLAIN = Style()
ADDED = Style(bold=True, underline=True)
TAKEN = Style(dim=True, strike=True)
BREAK = "⏎"
# So much of what was taken away is shown in its place.
TAKEN_CELLS = 200


@dataclass(slots=True)
class Marked:
    """Lines of text, and in each (by number) from which column to which it differs, and how."""

    lines: Sequence[str]
    marks: dict[int, list[tuple[int, int, Style]]] = field(default_factory=dict)
    added: int = 0
    taken: int = 0

    def clamp(self, place: Place) -> Place:
        line = min(max(place.line, 0), len(self.lines) - 1)
        return Place(line, min(max(place.column, 0), len(self.lines[line])))

    def sign(self, line: int) -> str:
        styles = {style for *_, style in self.marks.get(line, ())}
        return "±" if len(styles) > 1 else "+" if ADDED in styles else "-" if styles else ""


def marked(shown: Shown) -> Marked:
    """A version as it is to be read."""
    parts: list[tuple[str, Style]] = []
    text, at, shift = shown.text, 0, 0
    added = taken = 0
    for splice in shown.back:
        # Splices are given as places in the older text; this is the place in the newer one.
        place = splice.at + shift
        parts.append((text[at:place], PLAIN))
        at = place + splice.removed
        if splice.removed:
            parts.append((text[place:at], ADDED))
        if splice.inserted:
            parts.append((_taken(splice.inserted), TAKEN))
        shift += splice.removed - len(splice.inserted)
        added += splice.removed
        taken += len(splice.inserted)
    parts.append((text[at:], PLAIN))
    whole = Marked("".join(part for part, _ in parts).split("\n"), added=added, taken=taken)
    line = column = 0
    for part, style in parts:
        if style is PLAIN:
            # Perhaps thousands of lines.
            breaks = part.count("\n")
            line, column = line + breaks, len(part) + (0 if breaks else column)
            column -= part.rfind("\n") + 1
            continue
        pieces = part.split("\n")
        # Words tell by themselves where they are; of line breaks alone the new lines do.
        empty = range(1, len(pieces) - 1 if part.strip("\n") else len(pieces))
        for number, piece in enumerate(pieces):
            if number:
                line, column = line + 1, 0
            if piece or number in empty:
                whole.marks.setdefault(line, []).append((column, column + len(piece), style))
            column += len(piece)
    return whole


def _taken(words: str) -> str:
    return f"[-{cut(words.replace(chr(10), BREAK), TAKEN_CELLS)}-]"


class Past(Widget, can_focus=True):
    """One version; `show` puts another in its place. Lines are wrapped as in the editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("space", "scroll(10)", show=False),
        Binding("n", "change(1)", show=False),
        Binding("b", "change(-1)", show=False),
    ]
    DEFAULT_CSS = "Past { height: 1fr; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.marked = Marked([""])
        self.window = Window(self.marked)
        self._at = -1

    def show(self, version: Marked) -> None:
        """Show a version, its first change in sight."""
        self.marked = version
        self.window.put(version)
        self._at = -1
        self.action_change(1)
        self.refresh()

    def action_scroll(self, rows: int) -> None:
        self.window.scroll(rows)
        self.refresh()

    def action_change(self, by: int) -> None:
        """Go to the next change, or the one before."""
        lines = sorted(self.marked.marks)
        if not lines:
            return
        if by > 0:
            index = min(bisect_right(lines, self._at), len(lines) - 1)
        else:
            index = max(bisect_left(lines, self._at) - 1, 0)
        self._at = lines[index]
        self.window.reveal(Place(self._at, self.marked.marks[self._at][0][0]))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self.window.resize(event.size.width - GUTTER - 1, event.size.height)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        rows, width = self.window.rows(), self.size.width
        if y >= len(rows):
            return Strip.blank(width, PLAIN)
        row = rows[y]
        sign = self.marked.sign(row.line) if row.start == 0 else ""
        segments = [Segment(sign.ljust(GUTTER), PLAIN), *self._segments(row)]
        return Strip(segments).adjust_cell_length(width, PLAIN)

    def _segments(self, row: Row) -> list[Segment]:
        line, at = self.marked.lines[row.line], row.start
        found = []
        for start, end, style in self.marked.marks.get(row.line, ()):
            start, end = max(start, row.start), min(end, row.end)
            if start < end:
                found += [Segment(visible(line[at:start]), PLAIN)]
                found += [Segment(visible(line[start:end]), style)]
                at = end
        return [*found, Segment(visible(line[at : row.end]), PLAIN)]
