"""The line in which a filter is typed, with what may come next."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from schema.errors import N_
from tui.widgets.field import Field
from tui.words import _

Complete = Callable[[str], tuple[int, Sequence[str]]]
"""What the end of a text may become, and where that end starts."""


class FilterField(Field):
    """Enter and Down lead to the list, Esc too and takes back what was typed; Tab completes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "to_list", N_("Tới danh sách")),
        Binding("tab", "complete", N_("Điền tiếp")),
        Binding("escape", "give_up", N_("Thôi lọc")),
    ]
    DEFAULT_CSS = "FilterField { margin: 1 1 0 3; width: 1fr; text-style: underline; }"

    def __init__(self, asked: str, complete: Complete) -> None:
        super().__init__(asked, _("Lọc: gõ / rồi vài chữ, đv:stc, tt:quá hạn…"), compact=True)
        self._complete = complete
        self._before = asked

    @property
    def hint(self) -> str:
        """What may come next."""
        _start, choices = self._complete(self.value[: self.cursor_position])
        return "  ".join(choices)

    def on_focus(self) -> None:
        self._before = self.value

    def action_complete(self) -> None:
        """Put in the first of what may come next; where nothing may, go on to the list."""
        typed = self.value[: self.cursor_position]
        start, choices = self._complete(typed)
        if not choices or not typed.strip():
            self.action_to_list()
            return
        end = "" if choices[0].endswith(":") else " "
        self.replace(choices[0] + end, start, self.cursor_position)

    def action_to_list(self) -> None:
        self.screen.focus_next()

    def action_give_up(self) -> None:
        self.value = self._before
        self.screen.focus_next()
