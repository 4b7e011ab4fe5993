"""Rows of a list with named columns, from a spreadsheet (xlsx, CSV) as offices write them."""

from collections.abc import Sequence
from pathlib import Path

from office.importing.tables import open_book
from office.intake import Plan, R, Row
from schema.errors import N_, ThukyError
from tui.cli.desk import Desk


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows that are not empty of the first sheet; the first of `columns` must be there, others
    may be missing or come in any order. Raises ThukyError where the file is not such a list."""
    book = open_book(path)
    lines = book.sheet(book.names[0]).rows
    names = [cell.text.lower() for line in lines[:1] for cell in line.cells]
    if columns[0] not in names:
        raise ThukyError(
            N_("Tệp {path} thiếu cột “{column}”; dòng đầu phải ghi tên các cột: {columns}."),
            path=path,
            column=columns[0],
            columns=", ".join(columns),
        )
    rows: list[Row] = []
    for line in lines[1:]:
        pairs = zip(names, line.cells, strict=False)
        kept = {name: cell.text for name, cell in pairs if name in columns}
        if any(kept.values()):
            rows.append(Row(line.number, kept))
    return rows


def tell_counts(desk: Desk, plan: Plan[R]) -> None:
    """Answer how many records were added, changed, and known already."""
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }
    desk.answer(counts, N_("Đã thêm {added}, sửa {changed}, giữ nguyên {unchanged}."))
