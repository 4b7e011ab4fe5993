"""A spreadsheet on its way in: its sheet, columns and rows, and what a person says to them.

Public entrance: `SheetBatch`.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from office.importing.batch import Batch, Proposal
from office.importing.cells import CellReader
from office.importing.columns import Layout, layout_of, remember
from office.importing.files import Content, load
from office.importing.rows import Given, RowReader
from office.importing.tables import Book, Sheet, book_of
from schema.errors import N_, ThukyError
from schema.store import Store


class SheetBatch(Batch):
    """What is proposed of one sheet. Raises ThukyError where the sheet cannot be read."""

    def __init__(
        self,
        store: Store,
        content: Content,
        today: date,
        sheet: str = "",
        given: Given | None = None,
    ) -> None:
        super().__init__(store)
        self._reader = CellReader(store, today)
        self._content = content
        self.book: Book = book_of(content)
        self.given = given or Given()
        self.choose_sheet(self.book.named(sheet) if sheet else self._likeliest())

    @classmethod
    def open(
        cls, store: Store, path: Path, today: date, sheet: str = "", given: Given | None = None
    ) -> "SheetBatch":
        return cls(store, load(path), today, sheet, given)

    def _likeliest(self) -> str:
        """The first sheet whose heads name the work; a cover may stand before it."""
        for name in self.book.names[:_LOOKED_AT]:
            if "work" in layout_of(self.book.sheet(name), self.store).targets:
                return name
        return self.book.names[0]

    def choose_sheet(self, name: str) -> None:
        """Go on with another sheet; what was said to the rows of this one is forgotten."""
        self.sheet: Sheet = self.book.sheet(name)
        self.fixes = {}
        self.lay_out(layout_of(self.sheet, self.store))

    def choose_head_row(self, number: int) -> None:
        """The heads are in the row of that number; 0: in none."""
        self.lay_out(layout_of(self.sheet, self.store, number))

    def lay_out(self, layout: Layout) -> None:
        """Read every row by this layout."""
        self.layout = layout
        self._rows = RowReader(self._reader, layout, self.given)
        self.read_anew()

    def give(self, given: Given) -> None:
        """Let every row that does not say otherwise come from this source."""
        self.given = given
        self._rows = RowReader(self._reader, self.layout, given)
        self.read()

    def propose(self) -> Iterable[Proposal]:
        return self._rows.proposals(self.sheet, self.fixes)

    def remarks(self) -> list[ThukyError]:
        said: list[ThukyError] = []
        if self._content.named:
            words = N_("Tên tệp là .{named} nhưng trong đó là {form}; đã đọc theo cái có thật.")
            form = ThukyError(_FORMS[self._content.form.value])
            said.append(ThukyError(words, named=self._content.named, form=form))
        if not self.layout.head_row:
            said.append(
                ThukyError(
                    N_("Trang “{sheet}” không có dòng tên cột nhận ra được; hãy chỉ ra từng cột."),
                    sheet=self.sheet.name,
                )
            )
        if left_out := self.layout.left_out:
            names = ", ".join([*left_out[:_NAMED], *["…"][: len(left_out) > _NAMED]])
            words = N_("{count} cột không vào ô nào, chữ được giữ trong đoạn trích: {names}.")
            said.append(ThukyError(words, count=len(left_out), names=names))
        return said

    def remember(self) -> None:
        remember(self.store, self.layout)


_NAMED = 8
_LOOKED_AT = 12
_FORMS = {
    "xlsx": N_("bảng tính"),
    "docx": N_("văn bản Word"),
    "text": N_("chữ thường"),
}
