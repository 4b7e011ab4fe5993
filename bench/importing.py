"""Importing a spreadsheet as offices write them: 5,000 rows, of which many are not as they should.

`build` makes the workbook and says what is in it; the tests hold the import to that.
"""

import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from unicodedata import normalize

from bench.figure import Figure
from office.demo.words import units as office_units
from schema.records import Unit
from schema.store import Store

ROWS = 5_000
HEADS = (
    *("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn hoàn thành"),
    *("Sản phẩm", "Số, ký hiệu văn bản", "Ngày ban hành", "Tình hình thực hiện", "Ghi chú"),
)
TITLES = ("ỦY BAN NHÂN DÂN TỈNH", "TỔNG HỢP NHIỆM VỤ GIAO NĂM 2026")
_VERBS = ("Rà soát", "Hoàn thành", "Trình UBND tỉnh", "Báo cáo", "Tham mưu")
_MATTERS = ("dự án đầu tư công", "hồ sơ số hóa", "giải phóng mặt bằng", "cải cách hành chính")


@dataclass(slots=True)
class Contents:
    """What was written: `good` rows by number with the unit's id and the day that they come to
    (None: no day); the numbers of those with a fault, by what it is; those that say what an earlier
    one does, by that; headings."""

    good: dict[int, tuple[str, date | None]] = field(default_factory=dict)
    bad: dict[int, str] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)


def build(path: Path, units: list[Unit], rows: int = ROWS) -> Contents:
    """Write the workbook."""
    from openpyxl import Workbook

    dice, contents, book = Random(5), Contents(), Workbook()
    page = book.active
    assert page is not None
    page.title = "Nhiệm vụ"
    for title in TITLES:
        page.append([title])
        page.merge_cells(f"A{page.max_row}:J{page.max_row}")
    page.append([])
    page.append(HEADS)
    said: dict[int, list[object]] = {}
    number = page.max_row
    while len(said) < rows:
        number += 1
        count = len(said) + 1
        if count % 400 == 1 and number - 1 not in contents.headings:
            page.append([f"{'I' * (1 + count // 400 % 3)}. LĨNH VỰC {count // 400 + 1}"])
            page.merge_cells(f"A{number}:J{number}")
            contents.headings.append(number)
            continue
        if count % 97 == 0:
            first = dice.choice([n for n in contents.good if n not in contents.twice.values()])
            cells = [count, *said[first][1:]]
            contents.twice[number] = first
        else:
            cells = _row(number, count, dice, units, contents)
        said[number] = cells
        page.append(cells)
    _merge_leads(page, contents, said)
    book.save(path)
    return contents


def _row(
    number: int, count: int, dice: Random, units: list[Unit], contents: Contents
) -> list[object]:
    unit = dice.choice(units)
    work: object = f"{dice.choice(_VERBS)} {dice.choice(_MATTERS)} số {count}"
    lead, fault = _lead(count, unit, dice)
    due, day, wrong = _due(count, dice)
    fault = fault or wrong
    if count % 61 == 0:
        work, fault = f'="Rà soát "&A{number}', "formula"
    elif count % 67 == 0:
        work, fault = normalize("NFD", str(work)), fault
    elif count % 71 == 0:
        work, fault = "#REF!", "error"
    elif count % 73 == 0:
        work, fault = None, "work"
    elif count % 83 == 0:
        work = f"{work}_x001B_]0;x"  # as Excel writes an escape character
    if fault:
        contents.bad[number] = fault
    else:
        contents.good[number] = (unit.id, day)
    other = normalize("NFD", dice.choice(units).name) if count % 3 == 0 else None
    paper = f"{count % 300 + 1}/TB-UBND" if count % 4 else None
    done = dice.choice((None, "Đang thực hiện", "Đã báo cáo"))
    return [count, work, lead, other, due, "Báo cáo", paper, "05/01/2026", done, None]


def _lead(count: int, unit: Unit, dice: Random) -> tuple[object, str]:
    """A unit as somebody writes it, and what is wrong with that."""
    match count % 17:
        case 3:
            return None, "no unit"
        case 5:
            return f"Sở Vũ trụ {count % 7}", "no such unit"
        case 7:
            return "Sở Tài chính; Sở Nội vụ", "two units"
        case 9:
            return normalize("NFD", unit.name), ""
        case 11:
            return f"  {unit.name.upper()} ", ""
        case 13 if unit.abbr:
            return unit.abbr, ""
    return unit.name, ""


def _due(count: int, dice: Random) -> tuple[object, date | None, str]:
    """A deadline in one of many forms, the day that it comes to, and what is wrong with it."""
    day = date(2026, 3, 1) + timedelta(days=dice.randrange(280))
    match count % 13:
        case 0:
            return day, day, ""
        case 1:
            return f"{day:%d/%m/%Y}", day, ""
        case 2:
            return f"{day.day}-{day.month}-{day:%y}", day, ""
        case 3:
            return day.isoformat(), day, ""
        case 4:
            return f"ngày {day.day} tháng {day.month} năm {day.year}", day, ""
        case 5:
            return (day - date(1899, 12, 30)).days, day, ""
        case 6:
            return f"trước ngày {day:%d/%m/%Y}", day, ""
        case 7:
            return "Quý II/2026", date(2026, 6, 30), ""
        case 8:
            return f"{day:%d.%m.%Y}", day, ""
        case 9:
            return None, None, ""
        case 10:
            return "31/02/2026" if count % 2 else "khi nào xong thì xong", None, "day"
        case 11:
            return f"Tháng {day.month}/{day.year}", _end_of_month(day), ""
    return f"{day.isoformat()} 00:00:00", day, ""


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _merge_leads(page: object, contents: Contents, said: dict[int, list[object]]) -> None:
    """One unit for three rows, as one cell: the first of three good ones has it."""
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(page, Worksheet)
    copied = {*contents.twice, *contents.twice.values()}
    for number in sorted(contents.good):
        three = (number, number + 1, number + 2)
        if number % 50 == 0 and all(n in contents.good and n not in copied for n in three):
            for n in three[1:]:
                page.cell(n, 3).value = None
                contents.good[n] = (contents.good[number][0], contents.good[n][1])
            page.merge_cells(f"C{number}:C{number + 2}")


def measure(*, quick: bool = False) -> list[Figure]:
    """Reading the sheet, then writing what is good in it; of a database with the office's units."""
    from office.importing.batch import write
    from office.importing.sheets import SheetBatch

    rows = 500 if quick else ROWS
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "thuky.db") as store:
        with store.transaction():
            units = [store.insert(unit) for unit, _parent in office_units()]
        path = Path(folder) / "nhiem-vu.xlsx"
        build(path, units, rows)
        began = time.process_time()
        batch = SheetBatch.open(store, path, date(2026, 2, 27))
        read = time.process_time()
        write(store, batch.going_in())
        done = time.process_time()
    of = f"{rows} messy rows"
    return [
        Figure("read a spreadsheet", of, read - began, "s of CPU"),
        Figure("import what is good in it", of, done - read, "s of CPU"),
    ]
