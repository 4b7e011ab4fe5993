"""A spreadsheet's sheets as plain cells, whatever file they come from.

Public entrance: `Book`, `Sheet`, `Cell`, `open_book`. Formulas are never computed: a cell has the
value that the program which wrote the file has left, and says so where there is none.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from office.importing.files import Content, Form, load
from schema.errors import N_, ThukyError

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
DELIMITERS = ",;\t"
_WIDE = N_("Trang “{sheet}” của {path} rộng quá {most} cột. Chưa nhập gì; hãy xóa bớt cột.")
_LONG = N_("Trang “{sheet}” của {path} dài quá {most} dòng. Chưa nhập gì; hãy tách tệp.")


class Cell(NamedTuple):
    """`text` as a person reads it, on one line; a `day` where the file itself holds one; what is
    wrong with it in `fault`: formula (without a value), error (#REF!)."""

    text: str = ""
    day: date | None = None
    fault: str = ""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty; `number` as a person counts it. `merged`: all of it is one cell."""

    number: int
    cells: Sequence[Cell]
    merged: bool = False

    def cell(self, place: int) -> Cell:
        return self.cells[place] if 0 <= place < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: Sequence[SheetRow]

    @property
    def width(self) -> int:
        """Columns up to the last one that holds something."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(slots=True)
class Book:
    """The names of the sheets, those in sight first; one is read when it is asked for."""

    path: str
    names: Sequence[str]
    content: Content
    _read: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """Raises ThukyError where it is broken, or too large."""
        if name not in self._read:
            if self.content.form is Form.TEXT:
                self._read[name] = _delimited(self.content)
            else:
                from office.importing.workbooks import read_sheet

                self._read[name] = read_sheet(self.content, name)
        return self._read[name]

    def named(self, wanted: str) -> str:
        """The sheet of that name, or of that number from 1. Raises ThukyError."""
        if not wanted:
            return self.names[0]
        for name in self.names:
            if name.casefold() == wanted.strip().casefold():
                return name
        if wanted.isdecimal() and 0 < int(wanted) <= len(self.names):
            return self.names[int(wanted) - 1]
        raise ThukyError(
            N_("Không có trang “{sheet}”; có: {names}."), sheet=wanted, names=", ".join(self.names)
        )


def open_book(path: Path) -> Book:
    """The spreadsheet in a file: xlsx, or text with commas, semicolons or tabs. Raises ThukyError
    where it is something else."""
    return book_of(load(path))


def book_of(content: Content) -> Book:
    """The same of a file that is read already."""
    if content.form is Form.PAPER:
        raise ThukyError(
            N_(
                "Tệp {path} là văn bản Word, không phải bảng tính. Chưa nhập gì; thông báo kết luận"
                " thì dùng: thuky import notice."
            ),
            path=content.path,
        )
    if content.form is Form.TEXT:
        return Book(content.path, [Path(content.path).stem], content)
    from office.importing.workbooks import sheet_names

    return Book(content.path, sheet_names(content), content)


def make_rows(
    cells: Mapping[int, Sequence[Cell]], merged: frozenset[int], name: str, path: str
) -> Sheet:
    """A sheet of these rows by number, without the empty ones. Raises ThukyError where there are
    too many of them, or of columns."""
    rows = []
    for number in sorted(cells):
        row = list(cells[number])
        while row and row[-1] == EMPTY:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise too_wide(name, path)
        if any(cell != EMPTY for cell in row):
            rows.append(SheetRow(number, row, number in merged))
    if len(rows) > MOST_ROWS:
        raise ThukyError(_LONG, sheet=name, path=path, most=MOST_ROWS)
    return Sheet(name, rows)


def too_wide(sheet: str, path: str) -> ThukyError:
    return ThukyError(_WIDE, sheet=sheet, path=path, most=MOST_COLUMNS)


def cell_of(text: str) -> Cell:
    """A cell that holds a text; one that reads like a formula is none, and is never computed."""
    text = " ".join(text.split())
    if not text:
        return EMPTY
    formula = text[0] == "=" and len(text) > 1 and text[1] != " "
    return Cell(text, fault="formula" if formula else "")


def _delimited(content: Content) -> Sheet:
    head = content.text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    if not head.count(delimiter):
        # A title may stand above the heads.
        delimiter = max(DELIMITERS, key=content.text[:4000].count)
    reader = csv.reader(StringIO(content.text), delimiter=delimiter, strict=True)
    cells: dict[int, list[Cell]] = {}
    try:
        for row in reader:
            if len(cells) > MOST_ROWS:
                break
            cells[reader.line_num] = [cell_of(text) for text in row]
    except csv.Error as error:
        raise ThukyError(
            N_("Tệp {path} sai dạng CSV ở dòng {row} ({reason}). Chưa nhập gì."),
            path=content.path,
            row=reader.line_num,
            reason=error,
        ) from error
    return make_rows(cells, frozenset(), Path(content.path).stem, content.path)
