"""The bar that finds and replaces. It knows no editor: it says what was asked for."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Label

from tui.widgets.field import Field
from tui.words import _

What = Literal["next", "previous", "replace", "replace all", "close"]


class FindBar(Horizontal):
    """Two fields on one row; the second is only there for replacing."""

    DEFAULT_CSS = """
    FindBar { height: 1; }
    FindBar Label { width: auto; padding: 0 1; }
    FindBar Field { width: 1fr; }
    FindBar.-only-find .replacing { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "ask('close')", show=False),
        Binding("down,f3", "ask('next')", show=False),
        Binding("up", "ask('previous')", show=False),
        Binding("f4", "ask('replace all')", show=False),
    ]

    @dataclass
    class Asked(Message):
        what: What
        words: str
        instead: str

    def __init__(self, *, replacing: bool, words: str = "") -> None:
        super().__init__(classes="" if replacing else "-only-find")
        self._replacing = replacing
        self._words = words

    def compose(self) -> ComposeResult:
        yield Label(_("Tìm:"))
        yield Field(self._words, id="find-words", compact=True)
        yield Label(_("Thay bằng:"), classes="replacing")
        yield Field(id="find-instead", classes="replacing", compact=True)

    def take_focus(self) -> None:
        """Be typed into from the very next key."""
        self.screen.set_focus(self.query_one("#find-words", Field))

    def on_input_submitted(self, event: Field.Submitted) -> None:
        event.stop()
        self.action_ask("replace" if event.input.id == "find-instead" else "next")

    def action_ask(self, what: What) -> None:
        words = self.query_one("#find-words", Field).value
        instead = self.query_one("#find-instead", Field).value
        if what == "replace all" and not self._replacing:
            return
        self.post_message(self.Asked(what, words, instead))
