"""What is still open when a meeting ends: tasks not taken, points missing, lines that differ."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.conclusions import words_of
from schema.errors import N_
from tui.rows import Rows
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

_WHAT = {
    "?": N_("Chưa nhận"),
    "✗": N_("Thiếu điểm"),
    "≠": N_("Khác dòng"),
}


class Minutes(Protocol):
    """The minutes of the meeting that is about to end."""

    def left_open(self) -> Mapping[int, str]: ...
    def take_all(self) -> int: ...
    def text_of(self, line: int) -> str: ...


class _Left(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Đến dòng này"))]


class EndMeeting(Page):
    """Answers with the line to go to, or with "end" where the meeting is to end as it is."""

    HEADING = N_("Kết thúc họp: những gì còn bỏ ngỏ")
    HELP = N_(
        "Trước khi kết thúc họp: các câu giao việc chưa nhận (?), nhiệm vụ còn thiếu điểm rõ (✗),"
        " dòng đã khác nhiệm vụ (≠). Enter đến dòng đó và hỏi điểm còn thiếu, a nhận mọi câu giao"
        " việc, e kết thúc họp, Esc quay lại ghi tiếp."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "take_all", N_("Nhận tất cả")),
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
        self._rows.fill(
            [
                Row(
                    str(line),
                    (str(line + 1), _(_WHAT[sign]), words_of(self._minutes.text_of(line))),
                    sign,
                )
                for line, sign in self._minutes.left_open().items()
            ]
        )
        self._listing.reload()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.dismiss(event.key)

    def action_take_all(self) -> None:
        taken = self._minutes.take_all()
        self.refill()
        self.office.say(_("Đã nhận {n} việc.").format(n=taken))

    def action_end(self) -> None:
        self.dismiss("end")
