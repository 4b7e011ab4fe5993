"""Meetings that recur, and the next of each."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.meetings import next_of
from office.moments import local
from schema.errors import N_, ThukyError
from schema.records import Series
from tui import queries
from tui.rows import Rows, start_of, weekday
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Series(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class SeriesScreen(Page):
    """Each series with its next meeting, which one key makes."""

    HEADING = N_("Loạt họp")
    HELP = N_(
        "Các cuộc họp lặp lại, như giao ban thứ Hai hay phiên thường kỳ. t tạo cuộc họp của kỳ tới"
        " theo lịch lặp, với tên, nơi họp, người chủ trì của loạt, và mời những người của kỳ trước."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "make_next", N_("Tạo kỳ tới")),
        Binding("n,plus", "new", N_("Loạt mới")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Loạt họp"), share=3), Column(_("Kỳ tới"), 28), Column(_("Nơi họp"))]
        empty = _("Chưa có loạt họp nào. Nhấn n để tạo.")
        self._listing = _Series(columns, self._rows, empty=empty, id="series")
        yield self._listing

    def refill(self) -> None:
        found = queries.all_series(self.office.store)
        self._rows.fill(
            [Row(s.id, (s.title, next_words(s, self._last_day(s)), s.place)) for s in found]
        )
        self._listing.reload()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.series_form import SeriesForm

        series = self.office.store.get(Series, event.key)
        self.app.push_screen(SeriesForm(series), self._saved)

    def action_new(self) -> None:
        from tui.screens.series_form import SeriesForm

        self.app.push_screen(SeriesForm(), self._saved)

    def action_make_next(self) -> None:
        from tui.invitations import again

        if not self._listing.key:
            return
        store = self.office.store
        series = store.get(Series, self._listing.key)
        with store.transaction():
            meeting = store.insert(next_of(series, self._last_day(series)))
            invited = again(store, meeting.id)
        self.office.changed()
        start = local(meeting.starts_at)
        words = _("Đã tạo “{title}” {day} {date:%d/%m/%Y}, mời {n} người như kỳ trước.")
        day = weekday(start.date())
        self.office.say(words.format(title=meeting.title, day=day, date=start, n=invited))

    def action_delete(self) -> None:
        if id := self._listing.key:
            self.ask_to_delete(Series, id, self.office.store.get(Series, id).title)

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def _last_day(self, series: Series) -> date:
        """The day of the series' last meeting on file, or yesterday where that is later."""
        last = queries.last_of_series(self.office.store, series.id)
        start = start_of(last) if last else None
        return max(self.office.yesterday(), start.date() if start else date.min)

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


def next_words(series: Series, after: date) -> str:
    """When the next meeting after a day is to be, or why that cannot be said."""
    try:
        start = local(next_of(series, after).starts_at)
    except ThukyError:
        return _("lịch lặp chưa đủ")
    return f"{weekday(start.date())} {start:%H:%M %d/%m/%Y}"
