"""Textual's own TextArea with a file in it, the cursor at its end: python textarea_app.py FILE"""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class TextAreaApp(App[None]):
    """One TextArea that fills the screen and wraps its lines."""

    def compose(self) -> ComposeResult:
        area = TextArea(Path(sys.argv[1]).read_text(encoding="utf-8"), soft_wrap=True)
        area.move_cursor(area.document.end)
        yield area

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    TextAreaApp().run()
