"""All meetings, as a list to be searched; the calendar is one key away."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import to_utc
from schema.errors import N_
from schema.records import Meeting
from tui import queries
from tui.screens.meeting_page import MeetingPage
from tui.screens.search import SearchField
from tui.sources import MeetingSource
from tui.widgets.field import Field
from tui.widgets.listing import Column, Listing
from tui.words import _

_PAST_ROWS = 4


class _Meetings(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Ghi biên bản"))]


class Meetings(MeetingPage):
    """The list, with the cursor on the meeting that comes next."""

    PLACE = 1
    HELP = N_(
        "Mọi cuộc họp theo thời gian, con trỏ ở cuộc họp sắp tới. Gõ / rồi vài chữ để lọc theo tên,"
        " ngày, nơi họp, người chủ trì; không cần gõ dấu. c mở lịch tháng, w mở lịch tuần."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Tìm")),
        Binding("c", "calendar('month')", N_("Lịch tháng")),
        Binding("w", "calendar('week')", N_("Lịch tuần")),
        Binding("p", "series", N_("Loạt họp")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, at: str = "") -> None:
        """`at` is the meeting that the cursor starts on; else the one that comes next."""
        super().__init__()
        self._at = at
        self._listing: Listing | None = None

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Bắt đầu"), 16),
            Column(_("Cuộc họp"), share=3),
            Column(_("Nơi họp, người chủ trì"), share=2),
        ]
        self._source = MeetingSource(self.office.store)
        self._listing = _Meetings(
            columns, self._source, empty=_("Không có cuộc họp nào."), id="meetings"
        )
        yield SearchField()
        yield self._listing

    def on_mount(self) -> None:
        super().on_mount()
        first = self._at or queries.first_from(self.office.store, to_utc(self.office.now()))
        if first:
            self.show_meeting(first)
        elif self._listing:
            self._listing.action_last()
        self.call_after_refresh(self._show_what_follows)

    def _show_what_follows(self) -> None:
        """Have the cursor near the top, with a few of the past above it."""
        if self._listing:
            self._listing.scroll_to(y=self._listing.index - _PAST_ROWS, animate=False)

    def refill(self) -> None:
        if self._listing:
            self._source.refresh()
            self._listing.reload()

    def meeting(self) -> Meeting | None:
        return self.office.store.find(Meeting, self._listing.key) if self._listing else None

    def show_meeting(self, id: str) -> None:
        if self._listing and not self._listing.go_to(id):
            self.query_one(SearchField).value = ""
            self._search("")
            self._listing.go_to(id)

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.office.open_minutes(event.key)

    def on_input_changed(self, event: Field.Changed) -> None:
        self._search(event.value)

    def _search(self, typed: str) -> None:
        if self._listing:
            self._source.search(typed)
            self._listing.reload()

    def action_search(self) -> None:
        self.query_one(SearchField).focus()

    def action_series(self) -> None:
        self.office.open("series")

    def action_calendar(self, view: str) -> None:
        from tui.screens.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(view))
