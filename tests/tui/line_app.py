"""A program for tests in a real pseudo-terminal: lines to type in, and what stands around them."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, Header, Static

from tests.tui.gallery import Lines
from tui.cell_app import CellApp


class LineApp(CellApp[None]):
    CSS = """
    Lines { width: 1fr; }
    Static { width: 30; }
    """

    def compose(self) -> ComposeResult:
        yield Header()
        with Horizontal():
            yield Lines()
            yield Static("Ý kiến\n" * 8)
        yield Footer()


if __name__ == "__main__":
    LineApp().run()
