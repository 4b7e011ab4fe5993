"""A code that lets one more machine in: large, with the minutes that are left, until it is used."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from textual.timer import Timer
from textual.widget import Widget

from schema.errors import N_, ThukyError
from tui.graphemes import visible
from tui.screens.page import Page
from tui.widgets.line import Lines
from tui.words import _

if TYPE_CHECKING:
    from schema.store import Store
    from sync.machines import Machine
    from sync.pairing import Invitation

_LOOK_SECONDS = 1.0
_LEFT = "   "


class Invite(Page):
    """Shows an invitation, and who has come in with it."""

    HEADING = N_("Mời máy mới")
    HELP = N_(
        "Mã dùng một lần, trong 15 phút. Đọc nó cho người ngồi ở máy kia: ở đó mở Đồng bộ (phím 7),"
        " nhấn t, ghi thư mục chung rồi gõ mã. Máy này phải tiếp tục mở Thư Ký cho đến khi máy kia"
        " vào; có thể rời màn hình này."
    )
    DEFAULT_CSS = "Invite > #invite { height: 1fr; margin-top: 1; }"

    def __init__(self, invitation: "Invitation", before: Sequence[str]) -> None:
        super().__init__()
        self._invitation = invitation
        self._before = set(before)
        self._came: list[str] = []
        self._timer: Timer | None = None
        self._reading = False

    def body(self) -> Iterable[Widget]:
        yield Lines(id="invite")

    def on_mount(self) -> None:
        super().on_mount()
        self._timer = self.set_interval(_LOOK_SECONDS, self._look)

    def refill(self) -> None:
        bold = Style(bold=True)
        groups = self._invitation.code.upper().split("-")
        spaced = "     ".join(" ".join(group) for group in groups)
        frame = "─" * (len(spaced) + 6)
        rows = [
            (_LEFT + _("Mã mời:"), Style()),
            ("", Style()),
            (f"{_LEFT}┌{frame}┐", Style()),
            (f"{_LEFT}│{' ' * len(frame)}│", Style()),
            (f"{_LEFT}│   {spaced}   │", bold),
            (f"{_LEFT}│{' ' * len(frame)}│", Style()),
            (f"{_LEFT}└{frame}┘", Style()),
            ("", Style()),
            (_LEFT + self._validity(), Style()),
            ("", Style()),
            (_LEFT + _("Ở máy kia: mở Thư Ký, phím 7 (Đồng bộ), phím t, ghi thư mục:"), Style()),
            (_LEFT + visible(self._folder()), Style()),
            (_LEFT + _("(đường dẫn như máy kia thấy nó), rồi gõ mã."), Style()),
            ("", Style()),
        ]
        rows += [
            (_LEFT + "✓ " + _("Máy “{name}” đã vào.").format(name=visible(name)), bold)
            for name in self._came
        ]
        self.query_one("#invite", Lines).show(rows)

    def _folder(self) -> str:
        return self.office.sync.folder if self.office.sync else ""

    def _validity(self) -> str:
        if self._came:
            return _("Mã đã dùng; mời máy nữa thì lập mã mới.")
        left = self._invitation.expires_at / 1000 - self.office.clock()
        if left <= 0:
            return "! " + _("Mã đã hết hạn; Esc rồi m: lập mã mới.")
        return _("Dùng một lần, còn {n} phút.").format(n=int(left / 60) + 1)

    def _look(self) -> None:
        """Whether somebody came in, and how long it is good for."""
        if not self.is_current or self._reading:
            return
        self._reading = True

        def read(store: "Store") -> "list[Machine]":
            from sync.machines import machines

            return machines(store)

        def took(found: "list[Machine] | ThukyError") -> None:
            self._reading = False
            if not isinstance(found, ThukyError):
                self._came = [m.name for m in found if m.device not in self._before]
            if self.is_attached:
                self.refill()

        self.office.aside(read, took)
