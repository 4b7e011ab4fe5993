"""Which file is to be imported, or what somebody pastes; the reading of it is done aside."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from schema.errors import N_, ThukyError
from schema.store import Store
from schema.viet import clean
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.path import PathField
from tui.words import _, tell

if TYPE_CHECKING:
    from office.importing.batch import Batch

ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".docx")
FOLDER = "import:folder"
"""This machine's setting: where the last file was."""


class PasteField(Field):
    """A field for one line that keeps the lines of what is pasted, in `lines`."""

    lines: str = ""

    def _on_paste(self, event: events.Paste) -> None:
        self.lines = clean(event.text)
        first = self.lines.strip().partition("\n")[0]
        event.text = first[:200]
        self.value = ""
        super()._on_paste(event)


class ImportFile(FormPage):
    """Returns the id of the first follow-up that was imported."""

    HEADING = N_("Nhập nhiệm vụ từ tệp")
    HELP = N_(
        "Chọn bảng tính (xlsx, csv) hay thông báo kết luận (docx, chữ thường); gõ vài chữ của đường"
        " dẫn rồi Tab. Hoặc dán chữ của thông báo vào dòng dưới. Mở ra là bản xem trước: chưa có gì"
        " được ghi cho tới khi bạn nhấn nhập."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4,ctrl+s", "save", N_("Xem trước"))]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def rows(self) -> Iterable[FormRow]:
        path = PathField(*ENDINGS)
        path.value = self.office.store.local(FOLDER)
        yield FormRow("file", _("Tệp"), path, wide=True)
        yield FormRow("pasted", _("Hoặc dán chữ"), PasteField(compact=True), wide=True)

    def understood(self, name: str, value: str) -> str:
        return ""

    def on_mount(self) -> None:
        super().on_mount()
        field = self.form.rows["file"].control
        if isinstance(field, Field):
            field.action_end()

    def save(self, values: dict[str, str]) -> Saved:
        raise NotImplementedError

    def action_save(self) -> None:
        """Read what was chosen aside, then show it."""
        if self._busy:
            return
        for row in self.form.rows.values():
            row.blame("")
        values = self.values
        pasted = self.form.rows["pasted"].control
        text = pasted.lines if isinstance(pasted, PasteField) else ""
        try:
            if not values["pasted"] and (not values["file"] or Path(values["file"]).is_dir()):
                raise WrongError("file", ThukyError(N_("Hãy ghi đường dẫn của một tệp.")))
        except WrongError as wrong:
            self._blame(wrong.name, wrong.error)
            return
        self._busy = True
        self.office.say(_("Đang đọc tệp… Esc: thôi."))
        today = self.office.today()

        def work(store: Store) -> "Batch":
            from office.importing.files import Form, load, understand
            from office.importing.notices import NoticeBatch
            from office.importing.sheets import SheetBatch

            if values["pasted"]:
                content = understand((text or values["pasted"]).encode(), _("chữ dán vào"))
                return NoticeBatch(store, content, today)
            path = Path(values["file"]).expanduser()
            content = load(path)
            tabular = path.suffix.lower() in (".csv", ".tsv")
            if content.form is Form.WORKBOOK or (content.form is Form.TEXT and tabular):
                return SheetBatch(store, content, today)
            return NoticeBatch(store, content, today)

        self.office.aside(work, self._read)

    def _read(self, batch: "Batch | ThukyError") -> None:
        self._busy = False
        if not (self.is_attached and self.is_current):
            return
        self.office.say("")
        if isinstance(batch, ThukyError):
            self._blame("pasted" if self.values["pasted"] else "file", batch)
            return
        from tui.screens.import_preview import ImportPreview

        if not self.values["pasted"]:
            folder = str(Path(self.values["file"]).parent)
            self.office.store.set_local({FOLDER: f"{folder}/"})
        batch.store = self.office.store
        self.app.push_screen(ImportPreview(batch), self._done)

    def _blame(self, name: str, error: ThukyError) -> None:
        row = self.form.rows[name]
        row.blame(tell(error))
        row.control.focus()

    def _done(self, id: str | None) -> None:
        if id:
            self.dismiss(id)
