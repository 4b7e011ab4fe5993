"""A line or a few of plain text that cost output only where they change."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui import graphemes

Look = tuple[str, Style]


class Lines(Widget):
    """Rows of text, each with one style; what does not fit is cut."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Look] = []

    def show(self, rows: Sequence[Look]) -> None:
        """Show these rows instead, drawing only those that differ."""
        before, self._rows = self._rows, list(rows)
        for y in range(max(len(before), len(self._rows))):
            if before[y : y + 1] != self._rows[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        text, style = self._rows[y]
        strip = Strip([Segment(graphemes.cut(text, width), self.rich_style + style)])
        return strip.adjust_cell_length(width, self.rich_style + style)
