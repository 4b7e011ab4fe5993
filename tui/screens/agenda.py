"""What a meeting is to deal with, in order."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_, ThukyError
from schema.records import AgendaItem, Meeting
from tui import queries
from tui.rows import Rows
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.page import Page
from tui.screens.pickers import KnownField
from tui.secrecy import titled
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Items(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class Agenda(Page):
    """The items of a meeting's agenda, to be added, moved, changed."""

    HELP = N_(
        "Chương trình của cuộc họp. n thêm mục, Enter sửa, J và K đưa mục xuống hay lên, d xóa."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Thêm mục")),
        Binding("J", "move(1)", N_("Đưa xuống")),
        Binding("K", "move(-1)", N_("Đưa lên")),
        Binding("d", "delete", N_("Xóa mục")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting = meeting
        self._rows = Rows()
        self._items: list[AgendaItem] = []

    def heading(self) -> str:
        title = titled(self.office.store.get(Meeting, self._meeting))
        return _("Chương trình: {title}").format(title=title)

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("STT"), 3, align="right"),
            Column(_("Nội dung"), share=3),
            Column(_("Người trình bày")),
            Column(_("Phút"), 4, align="right"),
        ]
        empty = _("Chưa có mục nào. Nhấn n để thêm.")
        self._listing = _Items(columns, self._rows, empty=empty, id="agenda")
        yield self._listing

    def refill(self) -> None:
        self._items = list(queries.agenda_of(self.office.store, self._meeting))
        self._rows.fill([_row(n, item) for n, item in enumerate(self._items, start=1)])
        self._listing.reload()

    def on_listing_chosen(self) -> None:
        self.app.push_screen(AgendaForm(self._meeting, self._here()), self._saved)

    def action_new(self) -> None:
        self.app.push_screen(AgendaForm(self._meeting), self._saved)

    def action_move(self, by: int) -> None:
        """Move the item under the cursor past its neighbour."""
        at = self._listing.index
        to = at + by
        if self._items and 0 <= to < len(self._items):
            beyond = self._items[to + by].position if 0 <= to + by < len(self._items) else None
            neighbour = self._items[to].position
            position = (neighbour + beyond) / 2 if beyond is not None else neighbour + by
            self.office.store.update(AgendaItem, self._items[at].id, position=position)
            self.office.changed()

    def action_delete(self) -> None:
        if item := self._here():
            self.ask_to_delete(AgendaItem, item.id, item.title)

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def _here(self) -> AgendaItem | None:
        at = self._listing.index
        return self._items[at] if 0 <= at < len(self._items) else None

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


class AgendaForm(FormPage):
    """One item of an agenda; returns its id."""

    HELP = N_("Một mục của chương trình họp. Số phút là thời gian dự kiến, có thể bỏ trống.")

    def __init__(self, meeting: str, item: AgendaItem | None = None) -> None:
        super().__init__(f"draft:agenda:{item.id if item else meeting}")
        self._meeting = meeting
        self._item = item

    def heading(self) -> str:
        return _("Sửa mục chương trình") if self._item else _("Mục chương trình mới")

    def rows(self) -> Iterable[FormRow]:
        item = self._item or AgendaItem()
        store = self.office.store
        directory = queries.directory(store)
        names = [person.name for person in directory.persons]
        names += [unit.name for unit in directory.units]
        minutes = "" if item.minutes is None else str(item.minutes)
        yield FormRow("title", _("Nội dung"), Field(item.title, compact=True), wide=True)
        yield FormRow("presenter", _("Người trình bày"), KnownField(names, item.presenter))
        yield FormRow("minutes", _("Số phút"), Field(minutes, compact=True))

    def save(self, values: dict[str, str]) -> Saved:
        if not values["title"]:
            raise WrongError("title", ThukyError(N_("Mục chương trình chưa có nội dung.")))
        minutes = values["minutes"]
        if minutes and not (minutes.isascii() and minutes.isdigit() and int(minutes) <= 1440):
            raise WrongError("minutes", ThukyError(N_("Số phút phải là số, từ 0 đến 1440.")))
        cells = {
            "title": values["title"],
            "presenter": values["presenter"],
            "minutes": int(minutes) if minutes else None,
        }
        store = self.office.store
        if self._item:
            kept = store.update(AgendaItem, self._item.id, **cells)
        else:
            there = queries.agenda_of(store, self._meeting)
            position = max((item.position for item in there), default=0.0) + 1.0
            new = AgendaItem(meeting=self._meeting, position=position, title=values["title"])
            with store.transaction():
                kept = store.update(AgendaItem, store.insert(new).id, **cells)
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.title))


def _row(number: int, item: AgendaItem) -> Row:
    minutes = "" if item.minutes is None else str(item.minutes)
    return Row(item.id, (str(number), item.title, item.presenter, minutes))
