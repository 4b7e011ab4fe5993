"""Workbooks (xlsx) for LibreOffice and Excel, in which text stays text, numbers are numbers and
days are days.

Public entrance: `Sheet`, `Column`, `Chart`, `write`. openpyxl is imported when one
is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from office.moments import ZONE
from office.papers.printable import printable
from schema.files import new_file

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | datetime | None
"""What a cell holds. A moment without a zone is taken to be the office's."""

WHOLE, DECIMAL, SHARE = "#,##0", "#,##0.0", "0.0%"
"""How a column shows its numbers; a share of 0.5 is shown as 50.0%."""
DAY, MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"

LONGEST = 32_767
"""Characters that a cell holds at most (Excel's limit)."""
_LONGEST_NAME = 31
_CM = 1 / 2.54
# Decree 30/2020's, in inches: left, right, top, bottom.
_MARGINS = (2.5 * _CM, 1.5 * _CM, 2 * _CM, 2 * _CM)
_FONT = "Times New Roman"
_LINE = 15.75
_HIGHEST = 409.0
"""Points: of a line, and of the highest row that Excel allows."""
# What a reader of the file takes for the code of a character.
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters; `form` is how numbers and days are shown (WHOLE, SHARE, DAY, …)."""

    head: str
    width: int = 12
    form: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of the sheet's rows beside them: `labels` and `values` are places of columns from
    0; of the rows only the first `rows`. Bars may stand upon each other."""

    title: str
    labels: int
    values: Sequence[int]
    kind: Literal["bar", "stacked", "line"] = "bar"
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: lines of `title` above it (the first in bold), `totals` as its last row, lines of
    `notes` below. The heads stay in sight, and stand on each page that is printed."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    title: Sequence[str] = ()
    totals: Sequence[Value] | None = None
    notes: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    landscape: bool = True


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a new workbook. Raises ThukyError where `path` exists or cannot be written; then there
    is nothing new."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Thư Ký"
    styles = _Styles(book)
    names: set[str] = set()
    for sheet in sheets:
        _fill(book.create_sheet(_sheet_name(sheet.name, names)), sheet, styles)
    with new_file(path) as draft:
        book.save(draft)


class _Styles:
    """The looks of cells, made once for a workbook by how they show their value."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[str, NamedStyle] = {}

    def of(self, form: str, *, bold: bool = False, bare: bool = False) -> str:
        """The name of the look of a cell in a table, or of a `bare` line outside of one."""
        name = f"thuky {form or 'text'}{' bold' if bold else ''}{' bare' if bare else ''}"
        if name not in self._made:
            self._made[name] = _style(name, form, bold, bare)
            self._book.add_named_style(self._made[name])
        return name


def _style(name: str, form: str, bold: bool, bare: bool) -> "NamedStyle":
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    head = form == "head"
    thin = Side(style="thin")
    horizontal = "center" if head or form in (DAY, MOMENT) else None
    return NamedStyle(
        name=name,
        font=Font(name=_FONT, size=12, bold=bold or head),
        alignment=Alignment(
            horizontal=horizontal,
            vertical="center" if head else "top",
            wrap_text=not bare and (head or not form),
        ),
        border=None if bare else Border(left=thin, right=thin, top=thin, bottom=thin),
        number_format=form if form and not head else "General",
    )


def _fill(page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    for at, line in enumerate(sheet.title, 1):
        _put(page, at, 1, line, styles.of("", bold=at == 1, bare=True))
    head = len(sheet.title) + (2 if sheet.title else 1)
    for place, column in enumerate(sheet.columns, 1):
        _put(page, head, place, column.head, styles.of("head"))
    _give_room(page, head, [column.head for column in sheet.columns], sheet.columns)
    forms = [column.form for column in sheet.columns]
    row = head
    for row, cells in enumerate(sheet.rows, head + 1):
        for place, (cell, form) in enumerate(zip(cells, forms, strict=True), 1):
            _put(page, row, place, cell, styles.of(_form(cell, form)))
        _give_room(page, row, cells, sheet.columns)
    if sheet.totals is not None:
        row += 1
        for place, (cell, form) in enumerate(zip(sheet.totals, forms, strict=True), 1):
            _put(page, row, place, cell, styles.of(_form(cell, form), bold=True))
    for row, line in enumerate(sheet.notes, row + 2):  # noqa: B020
        _put(page, row, 1, line, styles.of("", bare=True))
    _set_up(page, head, landscape=sheet.landscape)
    _draw(page, sheet, head, row)


def _give_room(
    page: "Worksheet", row: int, cells: Sequence[Value], columns: Sequence[Column]
) -> None:
    """Make a row as high as its texts: not every program does that by itself."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if isinstance(cell, str):
            lines = max(lines, sum(1 + len(text) // column.width for text in cell.split("\n")))
    page.row_dimensions[row].height = min(lines * _LINE, _HIGHEST)


def _form(value: Value, form: str) -> str:
    """How a value is shown in a column of that form: days are days in any."""
    if isinstance(value, datetime):
        return form or MOMENT
    if isinstance(value, date):
        return form or DAY
    return "" if isinstance(value, str) else form


def _put(page: "Worksheet", row: int, place: int, value: Value, style: str) -> None:
    cell = page.cell(row, place)
    cell.style = style
    if value is None:
        return
    if isinstance(value, str):
        text = _CODED.sub("_x005F_", printable(value))
        cell.value = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        cell.data_type = "s"  # whatever it starts with
        if value[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
        return
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(ZONE).replace(tzinfo=None)
    number_format = cell.number_format
    cell.value = value
    cell.number_format = number_format


def _set_up(page: "Worksheet", head: int, *, landscape: bool) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.paperSize = "9"  # A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    left, right, top, bottom = _MARGINS
    page.page_margins = PageMargins(left=left, right=right, top=top, bottom=bottom)
    page.HeaderFooter = HeaderFooter(
        oddHeader=HeaderFooterItem(center=_HeaderFooterPart(text="&P")), differentFirst=True
    )


def _draw(page: "Worksheet", sheet: Sheet, head: int, last: int) -> None:
    """The charts, below everything else."""
    from openpyxl.chart import BarChart, LineChart, Reference

    below = last + 2
    for chart in sheet.charts:
        count = min(chart.rows or len(sheet.rows), len(sheet.rows))
        if not count:
            continue
        drawn: Any = LineChart() if chart.kind == "line" else BarChart()
        if chart.kind == "stacked":
            drawn.grouping, drawn.overlap = "stacked", 100
        drawn.title = printable(chart.title)
        drawn.width, drawn.height = 24, 9
        drawn.x_axis.delete = drawn.y_axis.delete = False
        drawn.y_axis.scaling.min = 0
        for value in chart.values:
            cells = Reference(page, min_col=value + 1, min_row=head, max_row=head + count)
            drawn.add_data(cells, titles_from_data=True)
        labels = Reference(page, min_col=chart.labels + 1, min_row=head + 1, max_row=head + count)
        drawn.set_categories(labels)
        page.add_chart(drawn, f"A{below}")
        below += 19


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a workbook allows, and that no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\]", " ", printable(name)).strip("' ")[:_LONGEST_NAME] or "1"
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        tail = f" ({number})"
        found = base[: _LONGEST_NAME - len(tail)] + tail
    taken.add(found.casefold())
    return found
