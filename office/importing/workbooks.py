"""Workbooks (xlsx) as sheets of plain cells.

openpyxl reads the values that were left in the file, a row at a time; what it cannot tell while it
does so (cells merged into one, formulas that have no value) is read from the sheet's XML beside it.
Macros and links to other files are never looked at.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from office.importing.files import Content, broken, open_parts
from office.importing.tables import (
    EMPTY,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Sheet,
    cell_of,
    make_rows,
    too_wide,
)
from schema.errors import ThukyError
from schema.viet import clean

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_MOST_FILLED = 2_000_000
"""Cells that merged ranges may fill."""
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
# How a character that XML cannot hold is written (ECMA-376, ST_Xstring).
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")

Range = tuple[int, int, int, int]
"""First row and column, last row and column, from 1."""


def sheet_names(content: Content) -> list[str]:
    """Those that are in sight first. Raises ThukyError where the file is broken."""
    try:
        book = _open(content)
        pages = book.worksheets
        shown = [p.title for p in pages if p.sheet_state == "visible"]
        names = shown + [p.title for p in pages if p.sheet_state != "visible"]
    except ThukyError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do
        raise broken(content.path) from error
    if not names:
        raise broken(content.path)
    return names


def read_sheet(content: Content, name: str) -> Sheet:
    """One sheet of a workbook. Raises ThukyError where it is broken, or too large."""
    try:
        book = _open(content)
        page: Any = book[name]
        with open_parts(content.data, content.path) as parts:
            scan = _Scan(parts.read(page._worksheet_path))
        cells = dict(_rows(page, scan, content.path))
        merged = _fill(cells, scan.merged)
    except ThukyError:
        raise
    except Exception as error:
        raise broken(content.path) from error
    return make_rows(cells, merged, name, content.path)


def _open(content: Content) -> "Workbook":
    from openpyxl import load_workbook

    return load_workbook(
        BytesIO(content.data), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )


def _rows(page: Any, scan: "_Scan", path: str) -> Iterator[tuple[int, list[Cell]]]:
    page.reset_dimensions()  # what the file says of its own size may be anything
    found = 0
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        if number > scan.last_row or found > MOST_ROWS:
            return
        bare = scan.bare.get(number)
        if bare is None and not any(value is not None for value in values):
            continue
        if any(value is not None for value in values[MOST_COLUMNS:]):
            raise too_wide(page.title, path)
        row = [EMPTY if value is None else _cell(value) for value in values[:MOST_COLUMNS]]
        for column, formula in (bare or {}).items():
            if column <= len(row) and row[column - 1] == EMPTY:
                row[column - 1] = Cell(_text(f"={formula}"), fault="formula")
        while row and row[-1] == EMPTY:
            row.pop()
        if row:
            found += 1
            yield number, row


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        if value in _ERRORS:
            return Cell(value, fault="error")
        return cell_of(_text(value))
    if isinstance(value, datetime):
        whole = value.time() == time()
        return Cell(f"{value:%d/%m/%Y}" if whole else f"{value:%H:%M %d/%m/%Y}", value.date())
    if isinstance(value, date):
        return Cell(f"{value:%d/%m/%Y}", value)
    if isinstance(value, bool):
        return Cell("1" if value else "0")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Cell(str(int(value)))
    return Cell(_text(str(value)))


def _text(value: str) -> str:
    if "_x" in value:
        value = _CODED.sub(lambda code: chr(int(code[1], 16)), value)
    return " ".join(clean(value).split())


def _fill(cells: dict[int, list[Cell]], ranges: list[Range]) -> frozenset[int]:
    """Let the value of merged cells count for each of them, in rows that hold something. Returns
    the rows in which all that there is is one cell."""
    whole, filled = set(), 0
    for first, left, last, right in ranges:
        source = cells.get(first, [])
        value = source[left - 1] if left <= len(source) else EMPTY
        if value == EMPTY:
            continue
        right = min(right, MOST_COLUMNS)
        if first == last and right > left and sum(cell != EMPTY for cell in source) == 1:
            whole.add(first)
        for number in range(first, last + 1):
            row = cells.get(number)
            if row is None:
                continue
            filled += right - left + 1
            if filled > _MOST_FILLED:
                return frozenset(whole)
            row.extend([EMPTY] * (right - len(row)))
            row[left - 1 : right] = [value] * (right - left + 1)
    return frozenset(whole)


class _Scan:
    """What a sheet's XML says beside its values: `merged` ranges, the text of `bare` formulas (by
    row and column) that no program has computed, and its `last_row`."""

    def __init__(self, data: bytes) -> None:
        self.merged: list[Range] = []
        self.bare: dict[int, dict[int, str]] = {}
        self.last_row = 0
        self._place = ""
        self._formula: list[str] | None = None
        self._value = False
        self._inside = ""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._place = attributes.get("r", "")
            self._formula, self._value = None, False
        elif name == "f":
            self._formula = []
            self._inside = "f"
        elif name == "v":
            self._inside = "v"
        elif name == "row":
            self.last_row = max(self.last_row + 1, int(attributes.get("r", 0)))
        elif name == "mergeCell" and (found := _range(attributes.get("ref", ""))):
            self.merged.append(found)

    def _said(self, text: str) -> None:
        if self._inside == "f" and self._formula is not None:
            self._formula.append(text)
        elif self._inside == "v" and text.strip():
            self._value = True

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("f", "v"):
            self._inside = ""
        elif name == "c" and self._formula is not None and not self._value:
            row, column = _place(self._place)
            if row:
                self.bare.setdefault(row, {})[column] = "".join(self._formula)


def _refuse(*_: object) -> None:
    raise ValueError("a sheet has no document type")


def _place(text: str) -> tuple[int, int]:
    """Row and column of C5, from 1; zeros where it is no place."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not (digits and letters.isascii() and letters.isalpha() and len(text) < 12):
        return 0, 0
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def _range(text: str) -> Range | None:
    start, _, end = text.partition(":")
    (first, left), (last, right) = _place(start), _place(end or start)
    return (first, left, last, right) if 0 < first <= last and 0 < left <= right else None
