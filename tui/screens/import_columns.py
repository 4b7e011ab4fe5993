"""Which column of a spreadsheet is what; a change shows at once in the preview."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.importing.columns import LEFT_OUT, TARGETS, letters
from office.importing.sheets import SheetBatch
from schema.errors import N_
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

_SAMPLES = 3
_ROWS_OFFERED = 40
_NONE = "-"


class _Columns(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Là ô nào…"))]


class ImportColumns(Page):
    """Returns something where the columns were changed."""

    HEADING = N_("Các cột của bảng")
    HELP = N_(
        "Mỗi cột của tệp và ô mà nó điền vào; Enter chọn ô khác. Cột không vào ô nào thì chữ được"
        " giữ trong đoạn trích. h chọn dòng có tên cột khi đoán sai. Nhập xong thì cách chọn này"
        " được nhớ cho lần sau, với bảng cùng tên cột."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "heads", N_("Dòng tên cột")),
        Binding("delete,d", "leave_out", N_("Không vào ô nào")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, batch: SheetBatch) -> None:
        super().__init__()
        self._batch = batch
        self._rows = Rows()
        self._changed = ""

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Cột"), 4),
            Column(_("Tên trong tệp"), share=2),
            Column(_("Vào ô"), 22),
            Column(_("Thí dụ"), share=3),
        ]
        self._listing = _Columns(columns, self._rows, id="columns")
        yield self._listing

    def corner(self) -> str:
        number = self._batch.layout.head_row
        return _("tên cột ở dòng {n}").format(n=number) if number else _("không có tên cột")

    def refill(self) -> None:
        layout = self._batch.layout
        below = [r for r in self._batch.sheet.rows if r.number > layout.head_row]
        rows = []
        for place, (head, target) in enumerate(zip(layout.heads, layout.targets, strict=True)):
            said = (r.cell(place).text for r in below)
            samples = [text for text, _n in zip(filter(None, said), range(_SAMPLES), strict=False)]
            words = _(TARGETS[target]) if target else "–"
            cells = (letters(place), head, words, " · ".join(samples))
            rows.append(Row(str(place), cells, dim=not target))
        self._rows.fill(rows)
        self._listing.reload()
        self.show_title()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.choose import ChooseScreen

        place = int(event.key)

        def choose(target: str | None) -> None:
            if target:
                self._set(place, LEFT_OUT if target == _NONE else target)

        labels = {target: _(words) for target, words in TARGETS.items()}
        labels[_NONE] = _("Không vào ô nào")
        head = self._batch.layout.heads[place] or letters(place)
        question = _("Cột “{head}” là gì?").format(head=head)
        self.app.push_screen(ChooseScreen(question, labels), choose)

    def action_leave_out(self) -> None:
        if self._listing.key:
            self._set(int(self._listing.key), LEFT_OUT)

    def _set(self, place: int, target: str) -> None:
        self._changed = "columns"
        self._batch.lay_out(self._batch.layout.having(place, target))
        self.refill()

    def action_heads(self) -> None:
        from tui.screens.choose import ChooseScreen

        def choose(number: str | None) -> None:
            if number:
                with telling(self.app):
                    self._changed = "columns"
                    self._batch.choose_head_row(int(number))
                    self.refill()

        labels = {
            str(r.number): f"{r.number}. " + " | ".join(c.text for c in r.cells if c.text)
            for r in self._batch.sheet.rows[:_ROWS_OFFERED]
        }
        labels["0"] = _("Không có dòng tên cột")
        self.app.push_screen(ChooseScreen(_("Tên cột ở dòng nào?"), labels), choose)

    def action_back(self) -> None:
        self.dismiss(self._changed or None)
