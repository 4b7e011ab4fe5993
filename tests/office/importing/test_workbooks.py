"""What a workbook's cells come to: merged ones, formulas, days, errors; and how large it may be."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from office.importing.columns import layout_of
from office.importing.sheets import SheetBatch
from office.importing.tables import MOST_COLUMNS, Sheet, open_book
from schema.errors import ThukyError
from schema.store import Store


def saved(path: Path, fill: Any) -> Sheet:
    book = Workbook()
    fill(book.active)
    book.save(path)
    found = open_book(path)
    return found.sheet(found.names[0])


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def test_values_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append([1, 2.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 17, 30), time(9)])  # noqa: DTZ001
        page.append(["Du\u031b\u0323 a\u0301n", "a\nb", "#N/A", "=SUM(A1)", "_x001B_x", " "])

    first, second = saved(tmp_path / "a.xlsx", fill).rows
    assert [c.text for c in first.cells][:5] == ["1", "2.5", "1", "05/03/2026", "17:30 05/03/2026"]
    assert first.cells[3].day == first.cells[4].day == date(2026, 3, 5)
    assert [c.text for c in second.cells] == ["Dự án", "a b", "#N/A", "=SUM(A1)", "␛x"]
    assert [c.fault for c in second.cells] == ["", "", "error", "formula", ""]


def test_a_formula_has_the_value_that_was_left_in_the_file_and_is_never_computed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    saved(path, lambda page: page.append(["=1+1", "=2+2"]))
    parts = {}
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>7</v>")
    parts[name] = parts[name].replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>7</v>")
    with zipfile.ZipFile(path, "w") as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    book = open_book(path)
    (row,) = book.sheet(book.names[0]).rows
    assert [(c.text, c.fault) for c in row.cells] == [("7", ""), ("=2+2", "formula")]


def test_merged_cells_count_for_all_and_heads_of_two_rows_are_found(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["BẢNG TỔNG HỢP NHIỆM VỤ"])
        page.append(["TT", "Nhiệm vụ", "Đơn vị thực hiện", None, "Thời hạn"])
        page.append([None, None, "Chủ trì", "Phối hợp", None])
        page.append([1, "Rà soát", "STC", None, "5/3/2026"])
        page.append([2, "Báo cáo", None, None, None])
        for place in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "C4:C5", "E4:E5"):
            page.merge_cells(place)

    sheet = saved(tmp_path / "a.xlsx", fill)
    assert texts(sheet)[-1] == ["2", "Báo cáo", "STC", "", "5/3/2026"]
    layout = layout_of(sheet)
    assert layout.head_row == 3
    assert list(layout.targets) == ["order", "work", "lead", "coordinating", "due"]
    assert sheet.rows[0].merged


def test_rows_far_below_and_cells_that_only_look_full_cost_nothing(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["Nhiệm vụ", "Chủ trì"])
        page.cell(1_000_000, 1).value = "Rà soát"
        page.cell(3, 900).number_format = "0.00"

    sheet = saved(tmp_path / "a.xlsx", fill)
    assert [row.number for row in sheet.rows] == [1, 1_000_000]
    assert sheet.width == 2


def test_a_sheet_that_is_too_wide_is_said_to_be(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.cell(1, MOST_COLUMNS + 1).value = "x"

    with pytest.raises(ThukyError, match="rộng quá 1000 cột"):
        saved(tmp_path / "a.xlsx", fill)


def test_macros_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsm"
    saved(tmp_path / "a.xlsx", lambda page: page.append(["Nhiệm vụ"]))
    path.write_bytes((tmp_path / "a.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    assert texts(open_book(path).sheet("Sheet")) == [["Nhiệm vụ"]]


def test_the_first_sheet_that_has_tasks_is_read_where_none_is_named(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Bìa: tổng hợp nhiệm vụ năm 2026 của tỉnh, in ngày 5/3/2026"])
    page = book.create_sheet("Nhiệm vụ")
    page.append(["Nhiệm vụ", "Chủ trì"])
    page.append(["Rà soát", "STC"])
    book.save(tmp_path / "a.xlsx")
    with Store(tmp_path / "thuky.db") as store:
        batch = SheetBatch.open(store, tmp_path / "a.xlsx", date(2026, 3, 5))
        assert batch.sheet.name == "Nhiệm vụ"
