"""A field that narrows the lists of its page as one types."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from schema.errors import N_
from tui.widgets.field import Field
from tui.words import _


class SearchField(Field):
    """Enter, Down and Esc lead back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "to_list", N_("Tới danh sách")),
        Binding("escape", "give_up", N_("Bỏ tìm")),
    ]
    DEFAULT_CSS = "SearchField { margin: 1 0; offset-x: 3; width: 50; text-style: underline; }"

    def __init__(self, typed: str = "") -> None:
        super().__init__(
            typed, _("Tìm: gõ / rồi vài chữ, không cần dấu"), compact=True, id="search"
        )

    def action_to_list(self) -> None:
        self.screen.focus_next()

    def action_give_up(self) -> None:
        self.value = ""
        self.screen.focus_next()
