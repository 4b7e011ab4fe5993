"""The calendar of working days: what is off or worked against the week's rule, year by year."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.calendar import KINDS, keep, work_calendar
from office.moments import parse_date, show_date
from office.workdays import WorkCalendar, announces
from schema.errors import N_, ThukyError
from schema.records import CalendarDay
from tui.rows import Rows, weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.page import Page
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

YES_NO = {"": N_("Không"), "1": N_("Có")}


class _Days(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class WorkingDays(Page):
    """The days of one year; the computed ones, which nobody has announced, are dim."""

    HELP = N_(
        "Những ngày nghỉ và ngày làm bù mà mọi thời hạn được tính theo, từng năm một; [ và ] sang"
        " năm trước, năm sau. Ngày mờ là tạm tính, chưa có thông báo; Enter trên ngày ấy để ghi"
        " chính thức. Xóa một ngày thì ngày ấy lại theo nếp chung. Cả lịch của một năm nhập từ tệp"
        " CSV bằng thuky calendar import."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "year(-1)", N_("Năm trước")),
        Binding("right_square_bracket", "year(1)", N_("Năm sau")),
        Binding("n,plus", "new", N_("Thêm ngày")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._year = 0

    def heading(self) -> str:
        return _("Ngày nghỉ, ngày làm bù {year}").format(year=self._shown)

    @property
    def _shown(self) -> int:
        return self._year or self.office.today().year

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Ngày"), 21), Column(_("Loại"), 8)]
        columns += [Column(_("Tên"), share=3), Column(_("Căn cứ"), share=3)]
        empty = _("Năm này không có ngày nào khác nếp chung. n: thêm.")
        self._listing = _Days(columns, self._rows, empty=empty, id="days")
        yield self._listing

    def refill(self) -> None:
        table = self.office.store.live(CalendarDay)
        self._kept = {day.id for day in table}
        self._calendar = work_calendar(self.office.store)
        self._fill()

    def _fill(self) -> None:
        self._rows.fill(
            [
                Row(
                    (id := day.date.isoformat()),
                    (
                        f"{weekday(day.date)} {show_date(day.date)}",
                        _(KINDS[day.kind]),
                        day.name,
                        _("tạm tính") if day.provisional else day.source,
                    ),
                    mark="+" if day.kind == "work" else "",
                    dim=id not in self._kept,
                )
                for day in self._calendar.days_of(self._shown)
            ]
        )
        self._listing.reload()

    def action_year(self, by: int) -> None:
        if date.min.year < self._shown + by < date.max.year:
            self._year = self._shown + by
            self.show_title()
            self._fill()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.app.push_screen(WorkingDayForm(event.key, self._calendar), self._saved)

    def action_new(self) -> None:
        self.app.push_screen(WorkingDayForm("", self._calendar), self._saved)

    def action_delete(self) -> None:
        id = self._listing.key
        if id and id not in self._kept:
            self.office.say(_("Ngày này là tạm tính, không ghi trong lịch. Enter: ghi lại."))
        elif id:
            day = self.office.store.get(CalendarDay, id)
            name = " ".join(filter(None, (show_date(date.fromisoformat(id)), day.name)))
            self.ask_to_delete(CalendarDay, id, name)

    def action_restore(self) -> None:
        self._saved(self.office.restore_deleted())

    def _saved(self, id: str | None) -> None:
        if id:
            self._year = date.fromisoformat(id).year
            self.show_title()
            self.refill()
            self._listing.go_to(id)


class WorkingDayForm(FormPage):
    """One day of the calendar, kept or only computed so far; returns its id."""

    HELP = N_(
        "Ngày nghỉ, hoặc ngày thường nghỉ mà phải làm. Căn cứ: số của thông báo hay công văn. Khi"
        " năm nào có “Tết Nguyên đán” không còn tạm tính, năm ấy chỉ lấy ngày nghỉ ghi trong lịch."
    )

    def __init__(self, id: str, calendar: WorkCalendar) -> None:
        super().__init__(f"draft:calendar_day:{id}" if id else "draft:calendar_day")
        self._day = id
        self._calendar = calendar

    def heading(self) -> str:
        return _("Sửa một ngày của lịch") if self._day else _("Thêm một ngày vào lịch")

    def rows(self) -> Iterable[FormRow]:
        day = self.office.store.find(CalendarDay, self._day) or self._computed()
        kinds = [(code, _(words)) for code, words in KINDS.items()]
        yes_no = [(code, _(words)) for code, words in YES_NO.items()]
        on = show_date(date.fromisoformat(self._day)) if self._day else ""
        yield FormRow("day", _("Ngày"), Field(on, compact=True))
        yield FormRow("kind", _("Loại"), Choice(kinds, "work" if day.kind == "work" else "off"))
        yield FormRow("name", _("Tên"), Field(day.name, compact=True), wide=True)
        yield FormRow("source", _("Căn cứ"), Field(day.source, compact=True), wide=True)
        provisional = Choice(yes_no, "1" if day.provisional else "")
        yield FormRow("provisional", _("Tạm tính"), provisional)

    def _computed(self) -> CalendarDay:
        """The entry that a computed day would be; an empty one for no day."""
        if not self._day:
            return CalendarDay()
        on = date.fromisoformat(self._day)
        computed = (day for day in self._calendar.days_of(on.year) if day.date == on)
        return next((CalendarDay(name=day.name) for day in computed), CalendarDay())

    def understood(self, name: str, value: str) -> str:
        return weekday(parse_date(value, self.office.today())) if name == "day" and value else ""

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        if not values["day"]:
            raise WrongError("day", ThukyError(N_("Hãy ghi ngày.")))
        try:
            on = parse_date(values["day"], self.office.today())
        except ThukyError as error:
            raise WrongError("day", error) from error
        before = store.find(CalendarDay, on.isoformat())
        if on.isoformat() != self._day and before and not before.deleted_at:
            words = N_("Lịch đã có ngày này ({name}); hãy mở ngày ấy ra sửa.")
            raise WrongError("day", ThukyError(words, name=before.name or _(KINDS["off"])))
        new = CalendarDay(
            id=on.isoformat(),
            kind=values["kind"],
            name=values["name"],
            source=values["source"],
            provisional=int(bool(values["provisional"])),
        )
        with store.transaction():
            moved = self._day and self._day != new.id and store.find(CalendarDay, self._day)
            kept = keep(store, new)
            if moved:
                store.delete(CalendarDay, self._day)
        return Saved(kept.id, self._told(on))

    def _told(self, on: date) -> str:
        days = work_calendar(self.office.store).days_of(on.year)
        if any(announces(day) for day in days) and self._calendar.is_provisional(on):
            words = _("Năm {year} nay đã có Tết trong lịch, nên không còn ngày nào tạm tính.")
            return words.format(year=on.year)
        return _("Đã lưu “{title}”.").format(title=show_date(on))
