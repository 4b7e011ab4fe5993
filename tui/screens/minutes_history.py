"""A slider through the versions of minutes: read any of them, bring one back."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from office.moments import show_moment, to_utc
from schema.errors import N_
from schema.history import History
from tui.editor.past import Marked, Past, marked
from tui.graphemes import clean, width
from tui.widgets.line import Lines
from tui.widgets.statusbar import StatusBar
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp

# While a key is held down no version is read for longer than this.
SHOW_AFTER_SECONDS = 0.02
FAR = 10
_PLAIN = Style()
_TITLE = Style(bold=True)


class MinutesHistory(Screen[int | None], inherit_bindings=False):
    """Returns the number of the version that is to be brought back, or None."""

    DEFAULT_CSS = """
    MinutesHistory #past-title { height: 1; }
    MinutesHistory #past-slider { height: 2; }
    """
    HELP = N_(
        "Lịch sử của biên bản, từng phút, từng người. ← → đi từng bản, PgUp PgDn mười bản, Home End"
        " đến bản đầu, bản cuối; ↑ ↓ cuộn chữ, n và b đến chỗ thay đổi sau, trước. Chữ gạch chân là"
        " chữ thêm vào ở bản ấy, chữ trong [- -] là chữ bị bỏ; lề có + - ±. Enter đưa biên bản về"
        " bản đang xem, như một lần sửa mới: hoàn tác được, không mất chữ của ai. Esc quay lại."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", N_("Quay lại")),
        Binding("left,h", "go(-1)", N_("Bản trước")),
        Binding("right,l", "go(1)", N_("Bản sau")),
        Binding("enter", "restore", N_("Trở về bản này")),
        Binding("pageup", f"go(-{FAR})", N_("Lùi mười bản"), show=False),
        Binding("pagedown", f"go({FAR})", N_("Tới mười bản"), show=False),
        Binding("home,g", "first", N_("Bản đầu"), show=False),
        Binding("end,G", "last", N_("Bản cuối"), show=False),
    ]

    def __init__(self, title: str, history: History) -> None:
        """`history` has a version at least; the last is shown first."""
        super().__init__()
        self._title_words = title
        self.history = history
        self.number = len(history) - 1
        self._shown: tuple[int, Marked] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def office(self) -> "ThukyApp":
        return cast("ThukyApp", self.app)

    def compose(self) -> ComposeResult:
        self._head, self._slider = Lines(id="past-title"), Lines(id="past-slider")
        self.past = Past()
        yield self._head
        yield self._slider
        yield self.past
        yield StatusBar()

    def on_mount(self) -> None:
        self.past.focus()
        self.relabel()
        self.call_after_refresh(self._show)

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell)

    def relabel(self) -> None:
        """Say everything in another language."""
        words = _("Lịch sử biên bản · {title}").format(title=self._title_words)
        self._head.show([(words, _TITLE)])
        self._tell()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_restore(self) -> None:
        self.dismiss(self.number)

    def action_first(self) -> None:
        self._go_to(0)

    def action_last(self) -> None:
        self._go_to(len(self.history) - 1)

    def action_go(self, versions: int) -> None:
        self._go_to(self.number + versions)

    def _go_to(self, number: int) -> None:
        number = min(max(number, 0), len(self.history) - 1)
        if number == self.number:
            return
        self.number = number
        self._tell()
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(SHOW_AFTER_SECONDS, self._show)

    def _show(self) -> None:
        """Read and show the version that is wanted now."""
        self._timer = None
        if self._shown is None or self._shown[0] != self.number:
            self._shown = self.number, marked(self.history.show(self.number))
            self.past.show(self._shown[1])
            self._tell()

    def _tell(self) -> None:
        """Say where this is, when it was, and whose."""
        version, count, cells = self.history[self.number], len(self.history), self.size.width
        place = f" {self.number + 1}/{count}"
        room = max(cells - width(place) - 4, 1)
        before = round(self.number / max(count - 1, 1) * (room - 1))
        slider = f" ├{'─' * before}●{'─' * (room - 1 - before)}┤{place}"
        parts = [show_moment(to_utc(version.at)), _author(version.author)]
        if self._shown and self._shown[0] == self.number:
            changes = _("thêm {added}, bỏ {taken} ký tự")
            parts.append(changes.format(added=self._shown[1].added, taken=self._shown[1].taken))
        if self.number == count - 1:
            parts.append(_("bản cuối"))
        self._slider.show([(slider, _PLAIN), (f" {' · '.join(parts)}", _TITLE)])


def _author(author: str) -> str:
    return clean(author).replace("\n", " ") or _("không rõ ai")
