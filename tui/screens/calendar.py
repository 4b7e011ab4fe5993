"""Meetings in a calendar: a month at a glance, a week with each meeting."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.meetings import phase
from office.moments import show_time
from schema.errors import N_
from schema.records import Meeting
from tui import queries
from tui.rows import PHASE_MARKS, start_of, weekday
from tui.screens.meeting_page import MeetingPage
from tui.secrecy import titled
from tui.widgets.calendar import DAYS, Calendar, Event
from tui.words import _

_WEEK = timedelta(days=DAYS)


class CalendarScreen(MeetingPage):
    """A month, from which Enter leads to a week, from which Enter leads to the minutes."""

    HELP = N_(
        "Lịch họp. Mũi tên hay h j k l chuyển ngày; PgUp, PgDn chuyển tháng hoặc tuần; t về hôm"
        " nay. Ở lịch tháng, Enter mở tuần có ngày đó; ở lịch tuần, lên xuống chọn cuộc họp trong"
        " ngày và Enter ghi biên bản. n tạo cuộc họp vào đúng ngày đang chọn."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Mở")),
        Binding("left,h", "day(-1)", N_("Ngày trước"), show=False),
        Binding("right,l", "day(1)", N_("Ngày sau"), show=False),
        Binding("up,k", "row(-1)", N_("Lên"), show=False),
        Binding("down,j", "row(1)", N_("Xuống"), show=False),
        Binding("pageup,left_square_bracket", "turn(-1)", N_("Trang trước"), show=False),
        Binding("pagedown,right_square_bracket", "turn(1)", N_("Trang sau")),
        Binding("t", "today", N_("Hôm nay")),
        Binding("c", "show('month')", N_("Lịch tháng")),
        Binding("w", "show('week')", N_("Lịch tuần")),
    ]
    AUTO_FOCUS = "Calendar"

    def __init__(self, view: str) -> None:
        """`view` is month or week."""
        super().__init__()
        self._view = view
        self._calendar: Calendar | None = None

    def heading(self) -> str:
        day = self._day
        if self._view == "month":
            return _("Lịch tháng {month}/{year}").format(month=day.month, year=day.year)
        first, last = self._span()
        return _("Lịch tuần {first} - {last}").format(
            first=f"{first.day}/{first.month}", last=f"{last.day}/{last.month}/{last.year}"
        )

    def body(self) -> Iterable[Widget]:
        day = self._day
        monday = day - timedelta(days=day.weekday())
        names = [weekday(monday + timedelta(days=n)) for n in range(DAYS)]
        self._calendar = Calendar(names, self.office.today(), id="calendar")
        self._calendar.day = day
        yield self._calendar

    @property
    def _day(self) -> date:
        return self._calendar.day if self._calendar else self.office.today()

    def _span(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        day = self._day
        if self._view == "week":
            first = last = day
        else:
            first = day.replace(day=1)
            last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        first -= timedelta(days=first.weekday())
        return first, last + timedelta(days=DAYS - 1 - last.weekday())

    def refill(self) -> None:
        if self._calendar:
            first, last = self._span()
            events: dict[date, list[Event]] = {}
            for meeting in queries.meetings_between(self.office.store, first, last):
                if (start := start_of(meeting)) is None:
                    continue
                mark = PHASE_MARKS[phase(meeting)]
                event = Event(meeting.id, show_time(start), titled(meeting), mark)
                events.setdefault(start.date(), []).append(event)
            self._calendar.show(first, ((last - first).days + 1) // DAYS, events)
            self.show_title()

    def on_calendar_moved(self) -> None:
        self.refresh_bindings()

    def meeting(self) -> Meeting | None:
        event = self._calendar.event if self._calendar else None
        return self.office.store.find(Meeting, event.key) if event else None

    def show_meeting(self, id: str) -> None:
        if start := start_of(self.office.store.get(Meeting, id)):
            self._go_to(start.date(), id)

    def new_meeting_day(self) -> date | None:
        return self._day

    def action_open(self) -> None:
        if self._view == "month":
            self.action_show("week")
        elif meeting := self.meeting():
            self.office.open_minutes(meeting.id)

    def action_show(self, view: str) -> None:
        self._view = view
        self.refill()

    def action_today(self) -> None:
        self._go_to(self.office.today())

    def action_day(self, by: int) -> None:
        self._go_to(self._day + timedelta(days=by))

    def action_row(self, by: int) -> None:
        if self._view == "month":
            self._go_to(self._day + by * _WEEK)
        elif self._calendar:
            self._calendar.step(by)

    def action_turn(self, by: int) -> None:
        """The next or previous month or week."""
        day = self._day
        if self._view == "week":
            self._go_to(day + by * _WEEK)
            return
        months = day.year * 12 + day.month - 1 + by
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        self._go_to(date(year, month + 1, min(day.day, last)))

    def _go_to(self, day: date, key: str = "") -> None:
        if self._calendar:
            self._calendar.day = day
            self.refill()
            self._calendar.go_to(day, key)
