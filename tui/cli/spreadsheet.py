"""Rows of a CSV file as spreadsheets write them: a BOM or none, commas, semicolons or tabs."""

import codecs
import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from office.intake import Plan, R, Row
from schema.errors import N_, ThukyError
from tui.cli.desk import Desk
from tui.graphemes import clean

DELIMITERS = ",;\t"


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows that are not empty; the first of `columns` must be there, others may be missing or
    come in any order. Raises ThukyError where the file is not such a list."""
    text = _text(path)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if columns[0] not in names:
            raise ThukyError(
                N_("Tệp {path} thiếu cột “{column}”; dòng đầu phải ghi tên các cột: {columns}."),
                path=path,
                column=columns[0],
                columns=", ".join(columns),
            )
        for cells in reader:
            kept = {
                name: " ".join(cell.split())
                for name, cell in zip(names, cells, strict=False)
                if name in columns
            }
            if any(kept.values()):
                rows.append(Row(reader.line_num, kept))
    except csv.Error as error:
        raise ThukyError(
            N_("Tệp {path} sai dạng CSV ở dòng {row} ({reason}). Chưa nhập gì."),
            path=path,
            row=reader.line_num,
            reason=error,
        ) from error
    return rows


def tell_counts(desk: Desk, plan: Plan[R]) -> None:
    """Answer how many records were added, changed, and known already."""
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }
    desk.answer(counts, N_("Đã thêm {added}, sửa {changed}, giữ nguyên {unchanged}."))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ThukyError(
            N_("Không đọc được {path} ({reason}). Chưa nhập gì."), path=path, reason=error.strerror
        ) from error
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return clean(data.decode("utf-16" if wide else "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ThukyError(
            N_(
                "Tệp {path} không phải UTF-8 (dòng {row}). Chưa nhập gì; hãy lưu lại tệp ở dạng "
                "“CSV UTF-8” rồi nhập lại."
            ),
            path=path,
            row=data[: error.start].count(b"\n") + 1,
        ) from error
