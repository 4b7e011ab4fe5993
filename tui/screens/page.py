"""What the screens have in common: title, status bar, going back, being brought up to date."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from schema.errors import N_
from tui.telling import Telling, telling
from tui.widgets.statusbar import StatusBar
from tui.widgets.titlebar import TitleBar
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp

PLACES = (
    *(N_("1 Hôm nay"), N_("2 Cuộc họp"), N_("3 Nhiệm vụ")),
    *(N_("4 Tìm"), N_("5 Đơn vị, người"), N_("6 Cài đặt")),
)


class Page(Telling, Screen[str | None], inherit_bindings=False):
    """A full screen, composed again in another language.

    It shows what it read from the store in `refill`, which is called at first and after any
    change; for a page that is hidden, when it is seen again. A page that makes a record returns its
    id to whoever opened it.
    """

    HEADING: ClassVar[str] = ""
    """The page's name; a place of PLACES has none, since the title bar marks it."""
    PLACE: ClassVar[int | None] = None
    """Which of PLACES it is."""
    HELP: ClassVar[str] = ""
    """What it is for, in a few sentences."""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Quay lại"), show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def __init__(self, *, later: bool = False) -> None:
        """`later`: another screen is shown first, so there is nothing to do yet."""
        super().__init__()
        self._later = later
        self._stale = False
        self._built = False

    @property
    def office(self) -> "ThukyApp":
        return cast("ThukyApp", self.app)

    # To be filled in by a page

    def body(self) -> Iterable[Widget]:
        """The widgets between title and status bar, new ones at each call."""
        return ()

    def refill(self) -> None:
        """Read the store again and show what has changed."""

    def heading(self) -> str:
        return _(self.HEADING)

    def corner(self) -> str:
        """A word at the right of the title bar."""
        return ""

    # For the app

    def reload(self) -> None:
        """Something was written."""
        if not self.is_current:
            self._stale = True
        elif self._built and self.children:  # none are left when the app is about to end
            self.refill()

    def relabel(self) -> None:
        """Say everything in another language."""
        self.refresh(recompose=True)

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss()

    def ask_to_delete(self, record: type[Any], id: str, name: str) -> None:
        """Delete a row after one more key; `name` is what a person calls it."""
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes:
                with telling(self.app):
                    self.office.trash.delete(record, id, name)
                    self.office.changed()
                    self.office.say(_("Đã xóa “{name}”. Nhấn u để lấy lại.").format(name=name))

        question = _("Xóa “{name}”? d: xóa, phím khác: thôi.").format(name=name)
        self.app.push_screen(Ask(question, "d"), answer)

    def compose(self) -> ComposeResult:
        if not self._later:
            yield TitleBar()
            yield from self.body()
            yield StatusBar()

    def on_mount(self) -> None:
        self._show()

    async def recompose(self) -> None:
        focused = self.focused.id if self.focused else None
        self._built = False
        await super().recompose()
        self._show()
        if focused and (again := self.query(f"#{focused}")):
            again.first().focus()

    async def on_screen_resume(self) -> None:
        # Another screen may be on top by now.
        if not self.is_current:
            return
        if self._later:
            self._later = False
            await self.recompose()
        elif self._stale:
            self._stale = False
            self.refill()

    def on_screen_suspend(self) -> None:
        for bar in self.query(StatusBar):
            bar.say("")

    def _show(self) -> None:
        if not self._later:
            self._built = True
            self.show_title()
            self.refill()

    def show_title(self) -> None:
        bar = self.query_one(TitleBar)
        if self.PLACE is None:
            bar.show([self.heading()], 0, self.corner())
        else:
            bar.show([_(place) for place in PLACES], self.PLACE, self.corner())
