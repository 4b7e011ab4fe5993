"""The two lowest lines of a screen: what happened last, and the keys that work here and now."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.actions import Action, actions
from tui.graphemes import cut, width
from tui.words import _

_GAP = 2  # cells between two keys
_KEY = Style(bold=True)
_PLAIN = Style()


class StatusBar(Widget):
    """A sentence of `say`, and the footer. Neither is drawn again unless it has changed."""

    DEFAULT_CSS = "StatusBar { height: 2; width: 1fr; dock: bottom; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"statusbar--error"}

    def __init__(self) -> None:
        super().__init__()
        self.message = ""
        """The sentence shown, in the person's language."""
        self._error = False
        self._corner = ("", False)
        self._keys: list[tuple[str, str]] = []
        self._keys_of_app: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._find_keys)
        self._find_keys(self.screen)
        corner: Callable[[StatusBar], None] | None = getattr(self.app, "show_corner", None)
        if corner:
            corner(self)

    def say(self, text: str, *, error: bool = False) -> None:
        """Show `text` until the next sentence; an error has a sign before it, not colour alone."""
        if (text, error) != (self.message, self._error):
            self.message, self._error = text, error
            self.refresh(Region(0, 0, self.size.width, 1))

    def show_corner(self, words: str, *, strong: bool = False) -> None:
        """Have a few words at the right of the sentence, as far as that leaves room for them; the
        first of them alone must do where it is little."""
        if (words, strong) != self._corner:
            self._corner = (words, strong)
            self.refresh(Region(0, 0, self.size.width, 1))

    def relabel(self) -> None:
        """Name the keys again, in another language."""
        self._find_keys(self.screen)

    def _find_keys(self, screen: Screen[object]) -> None:
        found = [action for action in actions(screen) if action.shown]
        here = [action for action in found if not action.of_app]
        keys = _named(sorted(here, key=_order))
        keys_of_app = _named(action for action in found if action.of_app)
        if (keys, keys_of_app) != (self._keys, self._keys_of_app):
            self._keys, self._keys_of_app = keys, keys_of_app
            self.refresh(Region(0, 1, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        if y == 0:
            style = self.get_component_rich_style("statusbar--error") if self._error else _PLAIN
            text = f" ! {self.message}" if self._error else f" {self.message}"
            segments = [Segment(cut(text, cells), style), *self._corner_in(cells - width(text))]
        else:
            segments = self._footer(cells)
        return Strip(segments).adjust_cell_length(cells).apply_style(self.rich_style)

    def _corner_in(self, cells: int) -> list[Segment]:
        """The corner's words, as many as fit in what the sentence leaves, behind a gap."""
        words, strong = self._corner
        for text in (words, words.partition(" ")[0]):
            blank = cells - width(text) - 1
            if text and blank >= _GAP:
                return [Segment(" " * blank), Segment(text, _KEY if strong else _PLAIN)]
        return []

    def _footer(self, cells: int) -> list[Segment]:
        """As many whole keys as there is room for; those of the app, at the right, come first."""
        right = _fitting(self._keys_of_app, cells - 1)
        left = _fitting(self._keys, cells - 1 - _cells(right) - _GAP)
        blank = cells - 1 - _cells(left) - _cells(right) - 1
        return [Segment(" "), *left, Segment(" " * max(blank, 0)), *right]


def _order(action: Action) -> tuple[bool, bool, bool]:
    """Enter first, then what the screen adds to those of its kind; the way back last."""
    own = {binding.action for binding in _own_bindings(action.node)}
    return "escape" in action.keys, "enter" not in action.keys, action.action not in own


def _own_bindings(node: DOMNode) -> Iterable[Binding]:
    return Binding.make_bindings(vars(type(node)).get("BINDINGS", ()))


def _named(found: Iterable[Action]) -> list[tuple[str, str]]:
    return [(action.key, _(action.words)) for action in found]


def _fitting(keys: Iterable[tuple[str, str]], cells: int) -> list[Segment]:
    segments: list[Segment] = []
    for key, title in keys:
        gap = " " * _GAP if segments else ""
        cells -= width(gap + key + title) + 1
        if cells < 0:
            break
        segments += [Segment(gap), Segment(key, _KEY), Segment(f" {title}", _PLAIN)]
    return segments


def _cells(segments: Iterable[Segment]) -> int:
    return sum(width(segment.text) for segment in segments)
