"""One line asked for at the foot of the screen."""

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from schema.errors import N_, ThukyError
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.pick import PickField, Suggestion
from tui.words import tell


class AskText(ModalScreen[Suggestion | None], inherit_bindings=False):
    """Returns what was picked or typed (then with an empty value), or None.

    `more` is called instead with each answer, as long as there are any, to take several. An answer
    at which `check` raises ThukyError stays to be mended, and what is wrong is said.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Xong"))]
    AUTO_FOCUS = "Field"

    def __init__(
        self,
        question: str,
        suggest: Callable[[str], Sequence[Suggestion]] | None = None,
        *,
        value: str = "",
        more: Callable[[Suggestion], str] | None = None,
        optional: bool = False,
        check: Callable[[Suggestion], object] | None = None,
    ) -> None:
        """`more` returns what is asked then. Where the answer is `optional` it may be empty."""
        super().__init__()
        self._question = question
        self._suggest = suggest
        self._value = value
        self._more = more
        self._optional = optional
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines()
            if self._suggest:
                yield PickField(self._suggest, compact=True)
            else:
                yield Field(self._value, compact=True)

    def on_mount(self) -> None:
        self._ask(self._question)

    def _ask(self, question: str) -> None:
        lines = wrap(question, max(self.app.size.width - 4, 1))
        shown = self.query_one(Lines)
        shown.styles.height = len(lines)
        shown.show([(line, Style(bold=True)) for line in lines])

    def on_pick_field_picked(self, event: PickField.Picked) -> None:
        self._answer(event.suggestion)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        text = " ".join(event.value.split())
        if text or self._optional:
            self._answer(Suggestion("", text))
        else:
            self.dismiss(None)

    def _answer(self, answer: Suggestion) -> None:
        try:
            if self._check:
                self._check(answer)
            if self._more is None:
                self.dismiss(answer)
                return
            self._ask(self._more(answer))
        except ThukyError as error:
            self._ask(f"! {tell(error)}")
        else:
            self.query_one(Field).value = ""

    def action_close(self) -> None:
        self.dismiss(None)
