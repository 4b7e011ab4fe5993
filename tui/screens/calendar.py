"""Meetings in a calendar: a month at a glance, a week with each meeting."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.meetings import phase
from office.moments import show_time
from schema.errors import N_
from schema.records import Meeting
from tui import queries
from tui.rows import PHASE_MARKS, start_of
from tui.screens.dated import Dated
from tui.screens.meeting_page import MeetingPage
from tui.secrecy import titled
from tui.widgets.calendar import Event
from tui.words import _


class CalendarScreen(Dated, MeetingPage):
    """A month, from which Enter leads to a week, from which Enter leads to the minutes."""

    HELP = N_(
        "Lịch họp. Mũi tên hay h j k l chuyển ngày; PgUp, PgDn chuyển tháng hoặc tuần; t về hôm"
        " nay. Ở lịch tháng, Enter mở tuần có ngày đó; ở lịch tuần, lên xuống chọn cuộc họp trong"
        " ngày và Enter ghi biên bản. n tạo cuộc họp vào đúng ngày đang chọn."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "show('month')", N_("Lịch tháng")),
        Binding("w", "show('week')", N_("Lịch tuần")),
    ]
    AUTO_FOCUS = "Calendar"

    def __init__(self, view: str) -> None:
        """`view` is month or week."""
        super().__init__()
        self.span = view

    def heading(self) -> str:
        if self.span == "month":
            day = self.day
            return _("Lịch tháng {month}/{year}").format(month=day.month, year=day.year)
        first, last = self.shown
        return _("Lịch tuần {first} - {last}").format(
            first=f"{first.day}/{first.month}", last=f"{last.day}/{last.month}/{last.year}"
        )

    def body(self) -> Iterable[Widget]:
        yield self.new_calendar(self.day)

    def refill(self) -> None:
        if self.calendar:
            first, last = self.shown
            events: dict[date, list[Event]] = {}
            for meeting in queries.meetings_between(self.office.store, first, last):
                if (start := start_of(meeting)) is None:
                    continue
                mark = PHASE_MARKS[phase(meeting)]
                event = Event(meeting.id, show_time(start), titled(meeting), mark)
                events.setdefault(start.date(), []).append(event)
            self.calendar.show(first, self.weeks, events)
            self.show_title()

    def fill(self) -> None:
        self.refill()

    def step(self, by: int) -> None:
        if self.calendar:
            self.calendar.step(by)

    def on_calendar_moved(self) -> None:
        self.refresh_bindings()

    def meeting(self) -> Meeting | None:
        event = self.calendar.event if self.calendar else None
        return self.office.store.find(Meeting, event.key) if event else None

    def show_meeting(self, id: str) -> None:
        if start := start_of(self.office.store.get(Meeting, id)):
            self.go_to_day(start.date(), id)

    def new_meeting_day(self) -> date | None:
        return self.day

    def action_open(self) -> None:
        if self.span == "month":
            self.action_show("week")
        elif meeting := self.meeting():
            self.office.open_minutes(meeting.id)

    def action_show(self, view: str) -> None:
        self.span = view
        self.refill()
