"""What is still open when a meeting ends: tasks not taken, points missing, lines that differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_
from schema.records import Followup
from tui.rows import Rows
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

LOST = "–"
_WHAT = {
    "?": N_("Chưa nhận"),
    "✗": N_("Thiếu điểm"),
    "≠": N_("Khác dòng"),
    LOST: N_("Mất dòng"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is still open: at a `line`, or a follow-up that has none any more."""

    sign: str
    words: str
    line: int | None = None
    followup: str = ""

    @property
    def key(self) -> str:
        return self.followup if self.line is None else str(self.line)


class Minutes(Protocol):
    """The minutes of the meeting that is about to end."""

    def left_open(self) -> Sequence[Open]: ...
    def take_all(self) -> int: ...
    def leave_as_is(self, open: Open) -> None: ...


class _Left(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Đến dòng này"))]


class EndMeeting(Page):
    """Answers with the line to go to, or with "end" where the meeting is to end as it is."""

    HEADING = N_("Kết thúc họp: những gì còn bỏ ngỏ")
    HELP = N_(
        "Trước khi kết thúc họp: các câu giao việc chưa nhận (?), nhiệm vụ còn thiếu điểm rõ (✗),"
        " dòng đã khác nhiệm vụ (≠), nhiệm vụ có dòng đã xóa (–). Enter đến dòng đó và hỏi điểm còn"
        " thiếu, a nhận mọi câu giao việc, l giữ nhiệm vụ như đang có, d xóa nhiệm vụ mất dòng,"
        " e kết thúc họp, Esc quay lại ghi tiếp."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "take_all", N_("Nhận tất cả")),
        Binding("l", "keep", N_("Giữ nhiệm vụ")),
        Binding("d", "drop", N_("Xóa nhiệm vụ")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
        Binding("e", "end", N_("Kết thúc họp")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, minutes: Minutes) -> None:
        super().__init__()
        self._minutes = minutes
        self._rows = Rows()

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Dòng"), 5, align="right"), Column("", 11), Column(_("Câu"))]
        self._listing = _Left(columns, self._rows, empty=_("Không còn gì bỏ ngỏ."), id="left")
        yield self._listing

    def refill(self) -> None:
        self._open = {open.key: open for open in self._minutes.left_open()}
        self._rows.fill([_row(open) for open in self._open.values()])
        self._listing.reload()
        self.refresh_bindings()

    @property
    def _here(self) -> Open | None:
        return self._open.get(self._listing.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("keep", "drop"):
            sign = here.sign if self._built and (here := self._here) else ""
            return sign == LOST or (action == "keep" and sign == "≠")
        return True

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        if (here := self._open.get(event.key)) and here.line is not None:
            self.dismiss(event.key)
        else:
            self.office.say(_("Nhiệm vụ này không còn dòng nào; l: giữ, d: xóa."))

    def action_keep(self) -> None:
        if here := self._here:
            self._minutes.leave_as_is(here)
            self.refill()
            self.office.say(_("Đã giữ nhiệm vụ như cũ."))

    def action_drop(self) -> None:
        if here := self._here:
            self.ask_to_delete(Followup, here.followup, here.words)

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def action_take_all(self) -> None:
        taken = self._minutes.take_all()
        self.refill()
        self.office.say(_("Đã nhận {n} việc.").format(n=taken))

    def action_end(self) -> None:
        self.dismiss("end")


def _row(open: Open) -> Row:
    where = "" if open.line is None else str(open.line + 1)
    return Row(open.key, (where, _(_WHAT[open.sign]), open.words), open.sign)
