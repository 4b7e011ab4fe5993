"""What is shown in a terminal with no room for a screen."""

from textwrap import wrap

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from tui.app import SMALLEST, is_too_small
from tui.widgets.line import Lines
from tui.words import _


class TooSmall(Screen[None], inherit_bindings=False):
    """Says so until there is. What is typed goes on into the field or minutes in focus."""

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_resize(self, event: events.Resize) -> None:
        if not is_too_small(event.size):
            if self.is_current:
                self.dismiss()
            return
        words = _("Cửa sổ nhỏ quá, cần {width}×{height}. Không mất gì.").format(
            width=SMALLEST.width, height=SMALLEST.height
        )
        rows = wrap(words, max(event.size.width, 1))
        self.query_one(Lines).show([(row, Style()) for row in rows])

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if beneath := self._typed_in():
            beneath._forward_event(event.copy())

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if beneath := self._typed_in():
            beneath._forward_event(events.Paste(event.text))

    def _typed_in(self) -> Widget | None:
        """What takes text on the screen beneath: it has a cursor of the terminal."""
        focused = self.app.screen_stack[-2].focused
        return focused if hasattr(focused, "terminal_cursor") else None
