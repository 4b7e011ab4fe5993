"""Going from day to day in a calendar of a month or a week."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType

from schema.errors import N_
from tui.rows import weekday
from tui.screens.page import Page
from tui.widgets.calendar import DAYS, Calendar

_WEEK = timedelta(days=DAYS)


class Dated(Page):
    """A page with a calendar, which shows a month or a week (`span`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Mở")),
        Binding("left,h", "day(-1)", N_("Ngày trước"), show=False),
        Binding("right,l", "day(1)", N_("Ngày sau"), show=False),
        Binding("up,k", "row(-1)", N_("Lên"), show=False),
        Binding("down,j", "row(1)", N_("Xuống"), show=False),
        Binding("pageup,left_square_bracket", "turn(-1)", N_("Trang trước"), show=False),
        Binding("pagedown,right_square_bracket", "turn(1)", N_("Trang sau")),
        Binding("t", "today", N_("Hôm nay")),
    ]
    calendar: Calendar | None = None
    span = "month"
    """month or week."""

    # To be filled in by a page

    def fill(self) -> None:
        """Show what happens on the days of `shown`."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """The next or previous thing of the day, in a week."""

    # ------------------------------------------------------------------------

    def new_calendar(self, day: date) -> Calendar:
        monday = day - timedelta(days=day.weekday())
        names = [weekday(monday + timedelta(days=n)) for n in range(DAYS)]
        self.calendar = Calendar(names, self.office.today(), id="calendar")
        self.calendar.day = day
        return self.calendar

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self.calendar.day if self.calendar else self.office.today()

    @property
    def shown(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        day = self.day
        if self.span == "week":
            first = last = day
        else:
            first = day.replace(day=1)
            last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        first -= timedelta(days=first.weekday())
        return first, last + timedelta(days=DAYS - 1 - last.weekday())

    @property
    def weeks(self) -> int:
        first, last = self.shown
        return ((last - first).days + 1) // DAYS

    @property
    def days(self) -> Iterable[date]:
        first, last = self.shown
        return (first + timedelta(days=n) for n in range((last - first).days + 1))

    def go_to_day(self, day: date, key: str = "") -> None:
        if self.calendar:
            self.calendar.day = day
            self.fill()
            self.calendar.go_to(day, key)

    def action_today(self) -> None:
        self.go_to_day(self.office.today())

    def action_day(self, by: int) -> None:
        self.go_to_day(self.day + timedelta(days=by))

    def action_row(self, by: int) -> None:
        if self.span == "month":
            self.go_to_day(self.day + by * _WEEK)
        else:
            self.step(by)

    def action_turn(self, by: int) -> None:
        """The next or previous month or week."""
        day = self.day
        if self.span == "week":
            self.go_to_day(day + by * _WEEK)
            return
        months = day.year * 12 + day.month - 1 + by
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        self.go_to_day(date(year, month + 1, min(day.day, last)))
