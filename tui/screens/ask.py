"""One question at the foot of the screen, answered by one key."""

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.keys import telex_key
from tui.widgets.line import Lines


class Ask(ModalScreen[bool], inherit_bindings=False):
    """True when `yes` is pressed; any other key means no, and does nothing else."""

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).show([(f" ? {self._question}", Style(bold=True))])

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key != "backspace":  # UniKey's own, before the letter
            key = telex_key(event.character or "") or event.key
            self.dismiss(key == self._yes)
