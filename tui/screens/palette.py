"""Every action that is possible now, found by typing a few letters of it."""

from typing import Any, ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from tui.actions import actions
from tui.matching import best
from tui.rows import Rows
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class Palette(ModalScreen[None], inherit_bindings=False):
    """The actions of `screen` as it was when this was opened, then those of the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("enter", "run", show=False),
        Binding("escape,ctrl+p", "close", show=False),
    ]
    AUTO_FOCUS = "Field"

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._actions = [a for a in actions(screen) if a.action != "palette"]
        self._rows = Rows()

    def compose(self) -> ComposeResult:
        columns = [Column(_("Việc")), Column(_("Phím"), 16)]
        with Vertical():
            yield Lines(id="question")
            yield Field(compact=True)
            yield Listing(columns, self._rows, empty=_("Không có lệnh nào như thế."))

    def on_mount(self) -> None:
        words = _("Lệnh: gõ vài chữ, không cần dấu; Enter để làm, Esc để thôi")
        self.query_one(Lines).show([(words, Style(bold=True))])
        self._search("")

    def on_input_changed(self, event: Field.Changed) -> None:
        self._search(event.value)

    async def on_input_submitted(self) -> None:
        self.action_run()

    def on_listing_chosen(self) -> None:
        self.action_run()

    def action_step(self, rows: int) -> None:
        self.query_one(Listing).action_step(rows)

    def action_page(self, pages: int) -> None:
        self.query_one(Listing).action_page(pages)

    def action_close(self) -> None:
        self.dismiss()

    def action_run(self) -> None:
        listing = self.query_one(Listing)
        if listing.key:
            chosen = self._actions[int(listing.key)]
            self.dismiss()
            self.app.call_later(self.app.run_action, chosen.action, chosen.node)

    def _search(self, typed: str) -> None:
        titled = [(action.title, index) for index, action in enumerate(self._actions)]
        self._rows.fill(
            [
                Row(str(index), (self._actions[index].title, self._actions[index].all_keys))
                for index in best(typed, titled)
            ]
        )
        self.query_one(Listing).reload(keep=False)
