"""Choosing one of many by typing a few letters of it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from schema.errors import N_
from schema.viet import fold, initials
from tui.widgets.pick import PickField, Suggestion


class _Choices(PickField):
    MOST = 12


class ChooseScreen(ModalScreen[str | None]):
    """Asks `question` and returns the key of the label that was chosen, or None."""

    DEFAULT_CSS = """
    ChooseScreen { align: center top; }
    ChooseScreen > Vertical { width: 80%; max-width: 90; height: auto; margin: 2 0; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Thôi"), priority=True)]

    def __init__(self, question: str, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._question = question
        self._choices = [Suggestion(key, label) for key, label in labels.items()]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(self._question)
            yield _Choices(self._suggest, compact=True)

    def on_mount(self) -> None:
        field = self.query_one(PickField)
        field.focus()
        field.action_next()

    def _suggest(self, words: str) -> Sequence[Suggestion]:
        wanted = fold(words.strip())
        return [
            c
            for c in self._choices
            if wanted in fold(c.label) or initials(c.label).startswith(wanted)
        ]

    def on_pick_field_picked(self, event: PickField.Picked) -> None:
        self.dismiss(event.suggestion.value)

    def action_leave(self) -> None:
        self.dismiss(None)
