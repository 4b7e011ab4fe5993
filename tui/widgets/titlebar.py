"""The top line of a screen: where the person is, among the places that a digit leads to."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.graphemes import cut, width

_HERE = Style(bold=True, reverse=True)
_THERE = Style()


class TitleBar(Widget):
    """Places with the one that is `here` marked, and a word at the right."""

    DEFAULT_CSS = "TitleBar { height: 1; width: 1fr; dock: top; }"

    def __init__(self) -> None:
        super().__init__()
        self._places: Sequence[str] = ()
        self._here = 0
        self._right = ""

    def show(self, places: Sequence[str], here: int, right: str = "") -> None:
        shown = (places, here, right)
        if shown != (self._places, self._here, self._right):
            self._places, self._here, self._right = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        segments = [Segment(" ")]
        for index, place in enumerate(self._places):
            style = _HERE if index == self._here else _THERE
            segments.append(Segment(f" {place} ", style))
        used = sum(width(segment.text) for segment in segments)
        right = cut(self._right, max(cells - used - 2, 0))
        segments.append(Segment(" " * (cells - used - width(right) - 1) + right))
        return Strip(segments).adjust_cell_length(cells).apply_style(self.rich_style)
