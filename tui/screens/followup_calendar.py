"""The deadlines of follow-ups in a calendar: how many on each day, and those of one day."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.layouts import Form
from office.moments import day_of, show_date
from schema.conditions import due_between
from schema.errors import N_
from schema.followup_groups import Tally, by_day
from schema.followup_rows import FollowupRows
from tui import queries
from tui.followup_headings import counted
from tui.followup_table import Beside, TableSource, columns, table_row
from tui.followup_view import View
from tui.rows import weekday
from tui.screens.acting import Acting
from tui.screens.dated import Dated
from tui.widgets.calendar import Event
from tui.widgets.listing import Listing
from tui.words import _

_WEEK_LINES = 9
_DAY_LINES = 2
_TITLES = 400
"""Titles of a week's follow-ups that are read."""


class _OfDay(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Xem")),
        Binding("escape", "screen.to_calendar", N_("Về lịch")),
    ]


class FollowupCalendar(Dated, Acting):
    FORM = Form.MONTH
    HELP = N_(
        "Lịch thời hạn của những nhiệm vụ mà dòng lọc hỏi: mỗi ngày có bao nhiêu việc, ✓ đã xong, !"
        " quá hạn; dưới là việc của ngày đang chọn. Mũi tên hay h j k l chuyển ngày, PgUp PgDn"
        " chuyển tháng hoặc tuần, t về hôm nay, v đổi tháng và tuần. Enter hay Tab xuống danh sách"
        " của ngày, ở đó Enter mở nhiệm vụ, Esc về lịch. / lọc, T bảng kê, B theo trạng thái."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "span", N_("Tháng, tuần")),
    ]
    AUTO_FOCUS = "Calendar"

    def __init__(self, view: View | None = None, form: Form = Form.MONTH) -> None:
        super().__init__(view)
        self.span = "week" if form is Form.WEEK else "month"

    def heading(self) -> str:
        if self.span == "month":
            words = _("Thời hạn tháng {month}/{year}")
            return words.format(month=self.day.month, year=self.day.year)
        first, last = self.shown
        words = _("Thời hạn tuần {first} - {last}")
        return words.format(first=f"{first:%d/%m}", last=f"{last:%d/%m/%Y}")

    @property
    def kept_as(self) -> str:
        return self.view.layout(Form(self.span)).text

    def content(self) -> Iterable[Widget]:
        self._source = TableSource(self.office.store, self.office.today)
        self._source.marked = self.view.marked
        self._listing = _OfDay(
            columns(self.app.size.width),
            self._source,
            empty=_("Ngày này không có nhiệm vụ nào đến hạn."),
            id="of-day",
        )
        self._tallies: dict[str, Tally] = {}
        yield self.new_calendar(self.view.day or self.office.today())
        yield self._listing

    def forget(self) -> None:
        self._source.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        shown = columns(self.app.size.width)
        self._source.wide = len(shown) > len(columns(0))
        self._listing.columns = shown
        if self.calendar:
            lines = _WEEK_LINES if self.span == "week" else self.weeks * _DAY_LINES
            self.calendar.styles.height = 1 + lines

    # ----------------------------------------------------------------- shown

    def find(self, *, keep: bool) -> None:
        self._first: date | None = None
        self.fill()

    def fill(self) -> None:
        """The days in sight, where they were not read yet; then the day under the cursor."""
        self.view.day = self.day
        first, last = self.shown
        if self._first != first:
            self._first = first
            self._fit()
            asked = self.parsed.filter
            selection = self.asking.selection(asked, also=due_between(first, last))
            today = self.office.today()
            self._tallies = by_day(selection, today)
            if self.span == "week":
                shown = self._titles(FollowupRows(selection))
            else:
                shown = {day: [_tally(day, t)] for day in self.days if (t := self._of(day)).number}
            if self.calendar:
                self.calendar.show(first, self.weeks, shown)
            self.show_title()
        self._source.found = FollowupRows(
            self.asking.selection(self.parsed.filter, also=due_between(self.day, self.day))
        )
        self._listing.reload(keep=False)
        self.see_what_works()
        self.sum_up()

    def _of(self, day: date) -> Tally:
        return self._tallies.get(day.isoformat(), Tally())

    def _titles(self, rows: FollowupRows) -> dict[date, list[Event]]:
        beside = Beside(queries.unit_names(self.office.store), {})
        shown: dict[date, list[Event]] = {}
        for followup in rows.page(0, _TITLES):
            if day := day_of(followup.due):
                row = table_row(followup, self.office.today(), beside, wide=False)
                event = Event(followup.id, row.cells[3], row.cells[2], row.mark)
                shown.setdefault(day, []).append(event)
        return shown

    def told(self) -> Iterable[str]:
        day, tally = self.day, self._of(self.day)
        yield f"{weekday(day)} {show_date(day)}"
        yield _("{n} việc").format(n=counted(tally.number))
        if tally.done:
            yield _("{n} đã xong").format(n=counted(tally.done))
        if tally.late:
            yield _("{n} quá hạn").format(n=counted(tally.late))
        whole = sum(t.number for t in self._tallies.values())
        yield _("cả lịch {n}").format(n=counted(whole))

    # --------------------------------------------------------------- actions

    @property
    def key(self) -> str:
        return self._listing.key if self._built else ""

    def show_row(self, id: str) -> None:
        self.look(keep=True)
        self._listing.go_to(id)

    def marks_changed(self) -> None:
        self._listing.reload()
        super().marks_changed()

    def on_listing_highlighted(self) -> None:
        self.see_what_works()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.open_followup(event.key)

    def action_open(self) -> None:
        if self._listing.count:
            self._listing.focus()

    def action_to_calendar(self) -> None:
        if self.calendar:
            self.calendar.focus()

    def step(self, by: int) -> None:
        if by > 0:
            self.action_open()

    def action_span(self) -> None:
        self.span = "week" if self.span == "month" else "month"
        self._first = None
        self.go_to_day(self.day)

    def action_mark(self) -> None:
        if (key := self.key) in self.view.marked:
            del self.view.marked[key]
        elif key:
            self.view.marked[key] = None
        self.marks_changed()
        self._listing.action_step(1)


def _tally(day: date, tally: Tally) -> Event:
    """How many, how many done, how many late: 27 ✓20 !3."""
    signs = [f"✓{tally.done}"] if tally.done else []
    signs += [f"!{tally.late}"] if tally.late else []
    return Event(day.isoformat(), counted(tally.number), " ".join(signs), "")
