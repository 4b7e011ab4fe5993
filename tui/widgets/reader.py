"""A text to be read, wrapped to the width there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.graphemes import visible

_HEADING = Style(bold=True)
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text; `label` stands before it, and all its lines begin behind the label."""

    text: str
    label: str = ""
    heading: bool = False


class Reader(ScrollView, can_focus=True):
    """Paragraphs, scrolled by the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", show=False),
        Binding("up,k", "scroll_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]
    DEFAULT_CSS = "Reader { height: 1fr; margin: 1 2 0 3; scrollbar-size-vertical: 1; }"

    def __init__(self, paragraphs: Sequence[Paragraph], *, label_cells: int = 0) -> None:
        super().__init__()
        self._paragraphs = paragraphs
        self._label_cells = label_cells
        self._lines: list[tuple[str, Style]] = []

    def on_resize(self, event: events.Resize) -> None:
        self._lines = [line for p in self._paragraphs for line in self._wrapped(p)]
        self.virtual_size = Size(self.size.width, len(self._lines))

    def _wrapped(self, paragraph: Paragraph) -> list[tuple[str, Style]]:
        label = f"{paragraph.label:<{self._label_cells}}" if paragraph.label else ""
        width = max(min(self.size.width, 90) - 1, len(label) + 10)
        text = visible(paragraph.text)
        lines = wrap(text, width, initial_indent=label, subsequent_indent=" " * len(label))
        return [(line, _HEADING if paragraph.heading else _PLAIN) for line in lines or [label]]

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        text, style = self._lines[index] if index < len(self._lines) else ("", _PLAIN)
        strip = Strip([Segment(text, style)])
        return strip.adjust_cell_length(self.size.width).apply_style(self.rich_style)
