"""Inspections: planned, paid, concluded."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.inspections import PHASES, all_inspections, phase
from office.moments import show_day
from schema.errors import N_
from schema.records import Inspection
from tui import queries
from tui.rows import Rows
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

_MARKS = {"planned": " ", "visited": "●", "concluded": "✓"}


class _Inspections(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class Inspections(Page):
    """All inspections, the latest first."""

    HELP = N_(
        "Các cuộc kiểm tra: dự kiến ngày nào, đã đi ngày nào (●), đã kết luận (✓). Enter mở một"
        " cuộc để ghi điều thấy được, gắn với nhiệm vụ; điều ấy hiện ra ở trang của nhiệm vụ."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Cuộc kiểm tra mới")),
        Binding("e", "edit", N_("Sửa")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._known: dict[str, Inspection] = {}

    def heading(self) -> str:
        return _("Kiểm tra")

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Ngày"), 12), Column(_("Cuộc kiểm tra"), share=3)]
        columns += [Column(_("Đơn vị"), share=2), Column(_("Giai đoạn"), 14)]
        empty = _("Chưa có cuộc kiểm tra nào. n: lập một cuộc.")
        self._listing = _Inspections(columns, self._rows, empty=empty, id="inspections")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        name_of = queries.Names(store)
        self._known = {row.id: row for row in all_inspections(store)}
        self._rows.fill(
            [
                Row(
                    row.id,
                    (_day(row), row.title, name_of(row.unit), _(PHASES[phase(row)])),
                    _MARKS[phase(row)],
                    dim=phase(row) == "concluded",
                )
                for row in self._known.values()
            ]
        )
        self._listing.reload()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._known) if action in ("edit", "delete") else True

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.inspection_page import InspectionPage

        self.app.push_screen(InspectionPage(event.key))

    def action_new(self) -> None:
        from tui.screens.inspection_forms import InspectionForm

        self.app.push_screen(InspectionForm(), self._saved)

    def action_edit(self) -> None:
        from tui.screens.inspection_forms import InspectionForm

        if row := self._known.get(self._listing.key):
            self.app.push_screen(InspectionForm(row), self._saved)

    def action_delete(self) -> None:
        if row := self._known.get(self._listing.key):
            self.ask_to_delete(Inspection, row.id, row.title)

    def action_restore(self) -> None:
        self._saved(self.office.restore_deleted())

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


def _day(row: Inspection) -> str:
    """When it was, or is to be."""
    return show_day(row.visited_on or row.planned_on)
