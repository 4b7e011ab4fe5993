"""Workbooks: what is text stays text, whatever it looks like; files are new ones, or none."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from office.sheets import DAY, LONGEST, SHARE, WHOLE, Chart, Column, Sheet, Value, write
from schema.errors import ThukyError

COLUMNS = (Column("Việc", 40), Column("Số", 8, WHOLE), Column("Tỷ lệ", 8, SHARE), Column("Ngày"))


def _written(path: Path, *sheets: Sheet) -> list[Any]:
    write(path, sheets)
    return load_workbook(path).worksheets


def _one(path: Path, text: str) -> Any:
    (page,) = _written(path, Sheet("x", COLUMNS[:1], [(text,)]))
    return page["A2"]


def _naive(text: str) -> datetime:
    """A moment as a workbook has it: without a zone."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("text", ["=1+1", "+84 210", "-x", "@sum", "=HYPERLINK(1)", "#REF!"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    cell = _one(tmp_path / "a.xlsx", text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_control_characters_do_not_stand_in_the_way(tmp_path: Path) -> None:
    assert (
        _one(tmp_path / "a.xlsx", "a\x1b[2J\x00\ud800b\r\nc").value == "a\ufffd[2J\ufffd\ufffdb\nc"
    )


def test_what_readers_take_for_a_code_of_a_character_is_written_so_that_they_do_not(
    tmp_path: Path,
) -> None:
    _one(tmp_path / "a.xlsx", "_x0041_, _y_")
    words = ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_, _y_" in words


def test_a_text_that_is_too_long_says_that_it_was_cut(tmp_path: Path) -> None:
    value = _one(tmp_path / "a.xlsx", "v" * (LONGEST + 1)).value
    assert (len(value), value[-2:]) == (LONGEST, "v…")


def test_numbers_shares_days_and_moments_are_cells_of_their_kind(tmp_path: Path) -> None:
    noon = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
    rows: list[tuple[Value, ...]] = [
        ("a", 1234, 0.5, date(2026, 3, 1)),
        ("b", None, "chưa đủ", noon),
    ]
    totals = ("Cộng", 1234, 0.5, None)
    (page,) = _written(tmp_path / "a.xlsx", Sheet("x", COLUMNS, rows, totals=totals))
    first = [page.cell(2, place) for place in (2, 3, 4)]
    assert [c.value for c in first] == [1234, 0.5, _naive("2026-03-01")]
    assert [c.number_format for c in first] == [WHOLE, SHARE, DAY]
    assert [page["C3"].value, page["B3"].value] == ["chưa đủ", None]
    assert page["D3"].value == _naive("2026-03-01T12:00")  # as the office's clock had it
    assert [page["B4"].value, page["B4"].font.bold] == [1234, True]


def test_heads_stay_in_sight_and_stand_on_each_printed_page(tmp_path: Path) -> None:
    sheet = Sheet("x", COLUMNS, [("a", 1, 1.0, None)], title=("BÁO CÁO", "năm 2026"), notes=("n",))
    (page,) = _written(tmp_path / "a.xlsx", sheet)
    assert (page["A1"].value, page["A2"].value, page["A4"].value) == ("BÁO CÁO", "năm 2026", "Việc")
    assert (page.freeze_panes, page.print_title_rows) == ("A5", "$4:$4")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page["A7"].value == "n"
    assert page.column_dimensions["A"].width == 40


def test_charts_show_the_rows_without_the_totals(tmp_path: Path) -> None:
    chart = Chart("Số", 0, (1,), rows=9)
    rows = [("a", 1, 1.0, None), ("b", 2, 1.0, None)]
    (page,) = _written(
        tmp_path / "a.xlsx", Sheet("x", COLUMNS, rows, totals=("c", 3, 1, None), charts=(chart,))
    )
    (drawn,) = page._charts
    assert drawn.series[0].val.numRef.f == "'x'!$B$2:$B$3"
    assert drawn.series[0].cat.numRef.f == "'x'!$A$2:$A$3"


def test_names_of_sheets_are_allowed_and_differ(tmp_path: Path) -> None:
    long = "Nhiệm vụ của Sở [Tài chính] 2026/2027"
    pages = _written(tmp_path / "a.xlsx", *(Sheet(name, COLUMNS, []) for name in (long, long, "")))
    names = [page.title for page in pages]
    assert names[0] == "Nhiệm vụ của Sở  Tài chính  202"
    assert max(map(len, names)) <= 31
    assert len({name.casefold() for name in names}) == 3


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("của người khác")
    with pytest.raises(ThukyError, match=r"Đã có .*không ghi đè"):
        write(path, [Sheet("x", COLUMNS, [])])
    assert path.read_text() == "của người khác"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_has_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(ThukyError, match="Không ghi được tệp"):
        write(tmp_path / "không có" / "a.xlsx", [Sheet("x", COLUMNS, [])])
    assert not list(tmp_path.iterdir())
