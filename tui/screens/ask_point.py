"""One point of a follow-up, typed at the foot of the screen; what it comes to stands beneath."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from schema.errors import N_
from tui.editor.points_bar import Understood, asked_again
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.pick import PickField, Suggestion
from tui.words import _

Understand = Callable[[str], Understood]


class AskPoint(ModalScreen[Mapping[str, Any] | None], inherit_bindings=False):
    """Returns the cells to write, or None. Words that may mean something else are asked about:
    Enter takes them only when pressed a second time."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Thôi"))]
    AUTO_FOCUS = "Field"

    def __init__(
        self,
        question: str,
        value: str,
        understand: Understand,
        suggest: Callable[[str], Sequence[Suggestion]] | None = None,
    ) -> None:
        """What is picked among what `suggest` offers is understood as its value."""
        super().__init__()
        self._question = question
        self._value = value
        self._understand = understand
        self._suggest = suggest
        self._looked_at: str | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines(id="point-question")
            if self._suggest:
                yield PickField(self._suggest, compact=True)
            else:
                yield Field(self._value, compact=True)
            yield Lines(id="point-hint")

    def on_mount(self) -> None:
        self.query_one("#point-question", Lines).show([(self._question, Style(bold=True))])
        field = self.query_one(Field)
        field.value = self._value
        field.action_end()
        self._hint("")

    def on_input_changed(self, event: Field.Changed) -> None:
        event.stop()
        self._looked_at = None
        typed = event.value.strip()
        self._hint(self._understand(typed).words if typed else "")

    def on_pick_field_picked(self, event: PickField.Picked) -> None:
        event.stop()
        self._take(event.suggestion.value)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        event.stop()
        self._take(event.value.strip())

    def _take(self, typed: str) -> None:
        if typed == self._value:
            self.dismiss(None)
            return
        found = self._understand(typed)
        if found.cells is None or not (found.sure or self._looked_at == typed):
            self._looked_at = typed
            self._hint(asked_again(found))
            return
        self.dismiss(found.cells)

    def _hint(self, words: str) -> None:
        hint = words or _("Enter: ghi, để trống: xóa, Esc: thôi")
        self.query_one("#point-hint", Lines).show([(hint, Style(dim=not words))])

    def action_close(self) -> None:
        self.dismiss(None)
