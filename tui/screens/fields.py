"""The fields of the office's work, each with its leader and its open follow-ups."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import fields
from schema.conditions import OPEN
from schema.errors import N_, ThukyError
from schema.records import Field, Followup
from tui import queries
from tui.followup_asking import of_field
from tui.rows import Rows
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.page import Page
from tui.screens.pickers import DirectoryField, person_in
from tui.widgets import field
from tui.widgets.form import FormRow
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Fields(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class FieldsScreen(Page):
    """All fields in the office's order, which two keys change."""

    HEADING = N_("Lĩnh vực")
    HELP = N_(
        "Các lĩnh vực công tác và lãnh đạo phụ trách. Nhiệm vụ không ghi lãnh đạo riêng thì theo"
        " lãnh đạo của lĩnh vực. o xem nhiệm vụ đang mở của lĩnh vực; J, K đưa xuống, đưa lên."
        " Xóa một lĩnh vực thì nhiệm vụ của nó vẫn còn."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Lĩnh vực mới")),
        Binding("o", "followups", N_("Nhiệm vụ")),
        Binding("J", "move(1)", N_("Đưa xuống"), show=False),
        Binding("K", "move(-1)", N_("Đưa lên"), show=False),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Lĩnh vực"), share=3),
            Column(_("Lãnh đạo phụ trách"), share=2),
            Column(_("Đang mở"), 8, align="right"),
        ]
        empty = _("Chưa có lĩnh vực nào. Nhấn n để thêm.")
        self._listing = _Fields(columns, self._rows, empty=empty, id="fields")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        names = queries.Names(store)
        self._known = fields.all_fields(store)
        self._rows.fill(
            [
                Row(
                    f.id,
                    (
                        f.name,
                        names(f.leader),
                        str(store.count(Followup, f"field = ? AND {OPEN.sql}", f.id)),
                    ),
                )
                for f in self._known
            ]
        )
        self._listing.reload()

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.app.push_screen(FieldForm(self.office.store.get(Field, event.key)), self._saved)

    def action_new(self) -> None:
        self.app.push_screen(FieldForm(), self._saved)

    def action_followups(self) -> None:
        """The open ones of the field under the cursor."""
        from tui.screens.followups import Followups

        if id := self._listing.key:
            name = self.office.store.get(Field, id).name
            self.app.push_screen(Followups(of_field(name)))

    def action_move(self, by: int) -> None:
        fields.move(self.office.store, self._listing.key, by)
        self.office.changed()

    def action_delete(self) -> None:
        if id := self._listing.key:
            self.ask_to_delete(Field, id, self.office.store.get(Field, id).name)

    def action_restore(self) -> None:
        self._saved(self.office.restore_deleted())


class FieldForm(FormPage):
    """Returns the id of the field that was saved."""

    HELP = N_("Tên lĩnh vực và lãnh đạo phụ trách; lãnh đạo có thể để trống.")

    def __init__(self, old: Field | None = None) -> None:
        super().__init__(f"draft:field:{old.id}" if old else "draft:field")
        self._old = old

    def heading(self) -> str:
        return _("Sửa lĩnh vực") if self._old else _("Lĩnh vực mới")

    def rows(self) -> Iterable[FormRow]:
        self._directory = queries.directory(self.office.store)
        old = self._old or Field()
        leader = DirectoryField(self._directory, "person", old.leader)
        yield FormRow("name", _("Lĩnh vực"), field.Field(old.name, compact=True), wide=True)
        yield FormRow("leader", _("Lãnh đạo"), leader)

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        with store.transaction():
            leader = person_in(self.form.rows["leader"], store, self._directory)
            try:
                if self._old:
                    cells = {"name": values["name"], "leader": leader}
                    kept = fields.change(store, self._old.id, **cells)
                else:
                    kept = fields.add(store, values["name"], leader)
            except ThukyError as error:
                raise WrongError("name", error) from error
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.name))
