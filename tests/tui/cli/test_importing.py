"""thuky import: spreadsheets and notices, and a sentence for all that is not as it should be."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.tui.cli.conftest import Thuky

HEADS = ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Ghi chú")
ROWS = (
    ("1", "Rà soát dự án chậm", "STC", "05/03/2026", "gấp"),
    ("2", "Báo cáo giải ngân", "Sở Y tế", "Quý I/2026", ""),
)


@pytest.fixture
def units(thuky: Thuky) -> Thuky:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    thuky.done("unit", "add", "--name", "Sở Y tế", "--abbr", "SYT")
    return thuky


def text(rows: tuple[tuple[str, ...], ...] = (HEADS, *ROWS), between: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=between).writerows(rows)
    return out.getvalue()


def written(path: Path, data: bytes | str) -> str:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def workbook(path: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return str(path)


def test_a_dry_run_shows_all_and_writes_nothing_then_the_rows_go_in_once(
    units: Thuky, tmp_path: Path
) -> None:
    path = written(tmp_path / "việc.csv", text())
    told = units.json("import", "followups", path, "--dry-run")
    assert (told["imported"], told["would_import"], told["left_out"]) == (0, 2, 0)
    assert units.json("followup", "list") == []
    done = units.json("import", "followups", path, "--source", "directive", "--number", "9/CĐ-TTg")
    assert [row["state"] for row in done["rows"]] == ["new", "new"]
    kept = units.json("followup", "list")
    assert [(row["work"], row["lead"], row["due"]) for row in kept] == [
        ("Rà soát dự án chậm", "Sở Tài chính", "2026-03-05"),
        ("Báo cáo giải ngân", "Sở Y tế", "2026-03-31"),
    ]
    (source,) = units.json("followup", "show", kept[0]["id"])["sources"]
    assert (source["kind"], source["number"]) == ("directive", "9/CĐ-TTg")
    assert source["excerpt"] == "gấp"
    again = units.json("import", "followups", path)
    assert (again["imported"], {row["state"] for row in again["rows"]}) == (0, {"known"})


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + text().encode(),
        text().encode("utf-16"),
        text().encode("utf-16-le"),
        text(between=";").encode(),
        text(between="\t").encode(),
        ("TỔNG HỢP NHIỆM VỤ,,,,\r\n,,,,\r\n" + text()).encode(),
    ],
    ids=["BOM", "UTF-16", "UTF-16 without a mark", "semicolons", "tabs", "a title"],
)
def test_a_text_may_be_written_in_any_of_these_ways(
    units: Thuky, tmp_path: Path, data: bytes
) -> None:
    units.done("import", "followups", written(tmp_path / "a.csv", data))
    assert len(units.json("followup", "list")) == 2


def test_windows_1258_is_read_where_it_makes_vietnamese(units: Thuky, tmp_path: Path) -> None:
    from unicodedata import normalize

    marks = "\u0300\u0301\u0303\u0309\u0323"

    def loose(char: str) -> str:
        whole = normalize("NFD", char)
        tone = "".join(c for c in whole if c in marks)
        return normalize("NFC", "".join(c for c in whole if c not in marks)) + tone

    data = "".join(map(loose, text())).encode("cp1258")
    units.done("import", "followups", written(tmp_path / "a.csv", data))
    assert "Rà soát dự án chậm" in units.done("followup", "list")


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("__", "/"), part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        ("a.xls", b"\xd0\xcf\x11\xe0 Workbook", "ở dạng cũ (.xls, .doc)"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "bị hỏng, không mở được"),
        ("a.xlsx", zipped(xl__workbook="<workbook/>"), "bị hỏng, không mở được"),
        ("a.xlsx", zipped(mimetype="ods"), "không phải bảng tính, văn bản Word hay chữ thường"),
        ("a.csv", b"%PDF-1.7", "là PDF"),
        ("a.csv", b"{\\rtf1", "là RTF"),
        ("a.xls", b"<html><table>", "là trang web"),
        ("a.csv", b"a,b\x00\x01\x02c", "không phải bảng tính, văn bản Word hay chữ thường"),
        ("a.csv", b"Vi\xe1\xbb,x\xff\xfe\x81", "không phải UTF-8"),
        ("a.csv", b'a,b\n"x', "sai dạng CSV"),
        ("a.csv", b"", "Không thấy cột nào ghi nội dung việc"),
        ("a.csv", b"x,y\n1,2\n", "Không thấy cột nào ghi nội dung việc"),
        ("a.csv", b"Nhi\xe1\xbb\x87m v\xe1\xbb\xa5" + b",x" * 1001 + b"\n", "rộng quá 1000 cột"),
        ("a.csv", b"work\n" + b"x\n" * 20_001, "dài quá 20000 dòng"),
    ],
    ids=[
        *("locked", "old", "broken", "empty", "ods", "pdf", "rtf", "html", "binary", "bytes"),
        *("quotes", "nothing", "others", "wide", "long"),
    ],
)
def test_a_file_that_is_none_says_why_and_nothing_is_written(
    units: Thuky, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    answer = units("import", "followups", written(tmp_path / name, data))
    assert answer.code == 1
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert units.json("followup", "list") == []


def test_a_bomb_is_not_unpacked(
    units: Thuky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 3_000_000)
    monkeypatch.setattr("office.importing.files.LARGEST_UNPACKED", 2_000_000)
    answer = units("import", "followups", written(tmp_path / "a.xlsx", out.getvalue()))
    assert "quá lớn (3 MB)" in answer.error


def test_a_sheet_that_declares_entities_is_broken(units: Thuky, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADS, *ROWS)
    parts = {}
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[name]
    with zipfile.ZipFile(path, "w") as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    assert "bị hỏng" in units("import", "followups", path).error


def test_a_file_is_read_as_what_it_is_and_that_is_said(units: Thuky, tmp_path: Path) -> None:
    answer = units("import", "followups", written(tmp_path / "a.xlsx", text()))
    assert "Tên tệp là .xlsx nhưng trong đó là chữ thường" in answer.err
    assert "Đã nhập 2 việc" in answer.out


def test_two_hundred_columns_are_read_and_what_none_took_is_kept(
    units: Thuky, tmp_path: Path
) -> None:
    heads = (*HEADS, *(f"Cột {n}" for n in range(195)))
    path = workbook(tmp_path / "a.xlsx", heads, (*ROWS[0], *(f"ô {n}" for n in range(195))))
    answer = units("import", "followups", path)
    assert "195 cột không vào ô nào, chữ được giữ trong đoạn trích: Cột 0, Cột 1" in answer.err
    (row,) = units.json("followup", "list")
    excerpt = units.json("followup", "show", row["id"])["sources"][0]["excerpt"]
    assert excerpt.startswith("gấp · Cột 0: ô 0 · ")
    assert "Cột 194: ô 194" in excerpt


def test_columns_are_named_by_head_letter_or_number_and_remembered(
    units: Thuky, tmp_path: Path
) -> None:
    rows = (("Mã", "Phải làm gì", "Ai", "Xong khi"), ("a1", "Rà soát", "STC", "5/3/2026"))
    path = written(tmp_path / "a.csv", text(rows))
    maps = ("--heads", "1", "--map", "Phải làm gì=work", "--map", "C=lead", "--map", "4=thời hạn")
    assert units.json("import", "followups", path, *maps)["imported"] == 1
    other = written(tmp_path / "b.csv", text((rows[0], ("a2", "Báo cáo", "SYT", "6/3/2026"))))
    told = units.json("import", "followups", other, "--heads", "1")["rows"][0]
    assert (told["followup"]["lead"], told["followup"]["due"]) == ("Sở Y tế", "2026-03-06")
    for wrong, words in (
        ("Z9=work", "Không có cột “Z9”"),
        ("A=màu", "Không có ô “màu”"),
        ("work", "phải có dạng CỘT=Ô"),
    ):
        assert words in units("import", "followups", path, "--map", wrong).error


def test_a_sheet_is_chosen_by_name_or_number_and_the_one_in_sight_comes_first(
    units: Thuky, tmp_path: Path
) -> None:
    book = Workbook()
    hidden, shown = book.active, book.create_sheet("Quý I")
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(HEADS)
    hidden.append(("1", "Việc ẩn", "STC", "", ""))
    shown.append(HEADS)
    shown.append(ROWS[0])
    path = tmp_path / "a.xlsx"
    book.save(path)
    first = units.json("import", "followups", str(path), "--dry-run")
    assert first["rows"][0]["texts"]["work"] == "Rà soát dự án chậm"
    for sheet in ("2", "sheet"):
        told = units.json("import", "followups", str(path), "--dry-run", "--sheet", sheet)
        assert told["rows"][0]["texts"]["work"] == "Việc ẩn"
    assert "có: Quý I, Sheet" in units("import", "followups", str(path), "--sheet", "7").error


def test_what_is_left_out_is_written_as_a_table_without_formulas(
    units: Thuky, tmp_path: Path
) -> None:
    rows = (
        HEADS,
        ("1", "=SUM(A1)", "STC", "", ""),
        ("2", "\x1b]0;x\x07Rà soát", "Sở Tài chin", "", "=1+1"),
        ROWS[0],
    )
    path = written(tmp_path / "a.csv", text(rows))
    left, sheet = tmp_path / "left.csv", tmp_path / "left.xlsx"
    answer = units("import", "followups", path, "--dry-run", "--left-out", str(left))
    assert "\x1b" not in answer.out + answer.err
    assert "Gần giống: Sở Tài chính" in answer.out
    kept = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in kept] == ["Dòng", "2", "3"]
    assert not any(cell.startswith("=") for row in kept for cell in row)
    units.done("import", "followups", path, "--left-out", str(sheet))
    page = load_workbook(sheet).active
    assert page is not None
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert units("import", "followups", path, "--left-out", str(sheet)).code == 1


def test_bad_rows_are_proposed_with_their_own_words_where_that_is_asked(
    units: Thuky, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv", text((HEADS, ("1", "Rà soát", "Sở X", "mai kia", ""))))
    assert units.json("import", "followups", path)["imported"] == 0
    assert units.json("import", "followups", path, "--bad", "propose")["imported"] == 1
    (row,) = units.json("followup", "list")
    shown = units.json("followup", "show", row["id"])
    assert (shown["lead"], shown["due"], shown["state"]) == (None, None, "proposed")
    assert shown["sources"][0]["excerpt"] == "Đơn vị chủ trì: Sở X · Thời hạn: mai kia"
    assert "chọn một trong" in units("import", "followups", path, "--bad", "drop").error


def test_a_folder_is_still_imported_by_its_name_alone(units: Thuky, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    units.done("export", str(folder))
    other = ("--db", str(tmp_path / "khác.db"))
    assert units.json("import", str(folder), *other)["added"] >= 2
    assert units.json("import", "folder", str(folder), *other)["added"] == 0


NOTICE = """\
Số: 15/TB-UBND
Phú Thọ, ngày 05 tháng 3 năm 2026
THÔNG BÁO
Kết luận phiên họp
1. Giao Sở Tài chính rà soát vốn đầu tư công trước ngày 20/3/2026.
2. Giao Sở Y tế báo cáo tình hình dịch bệnh trong 05 ngày làm việc.
3. Thời tiết thuận lợi.
"""


def test_a_notice_is_shown_then_its_tasks_go_in_once(units: Thuky, tmp_path: Path) -> None:
    path = written(tmp_path / "tb.txt", NOTICE)
    told = units.json("import", "notice", path, "--dry-run")
    assert [row["state"] for row in told["rows"]] == ["new", "new", "other"]
    assert told["rows"][0]["source"]["number"] == "15/TB-UBND"
    assert units.json("followup", "list") == []
    assert units.json("import", "notice", path, "--only", "2")["imported"] == 1
    (kept,) = units.json("followup", "list")
    assert (kept["lead"], kept["due"]) == ("Sở Y tế", "2026-03-12")
    assert units.json("import", "notice", path)["imported"] == 1
    assert units.json("import", "notice", path)["imported"] == 0


def test_a_notice_may_be_pasted_and_its_head_may_be_given(units: Thuky) -> None:
    units.done("person", "add", "--name", "Trần Duy Đông")
    units.done("field", "add", "--name", "Đầu tư công")
    pasted = "Giao Sở Tài chính rà soát vốn trong 05 ngày làm việc.".encode()
    answer = units(
        *("import", "notice", "-", "--number", "7/TB-UBND", "--issued-on", "2/3/2026"),
        *("--field", "đầu tư", "--leader", "Trần Duy Đông"),
        stdin=pasted,
    )
    assert answer.code == 0
    assert answer.err == ""
    (kept,) = units.json("followup", "list")
    assert kept["due"] == "2026-03-09"
    assert (kept["field"], kept["leader"]) == ("Đầu tư công", "Trần Duy Đông")
    assert units.json("followup", "show", kept["id"])["sources"][0]["number"] == "7/TB-UBND"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("followups", "a.docx"), "là văn bản Word, không phải bảng tính"),
        (("notice", "a.xlsx"), "là bảng tính, không phải thông báo"),
        (("notice", "tb.txt", "--only", "x"), "“x” không phải là số."),
        (("notice", "none.docx"), "Không đọc được"),
    ],
)
def test_the_wrong_kind_of_file_is_told(
    units: Thuky, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    from docx import Document

    Document().save(str(tmp_path / "a.docx"))
    workbook(tmp_path / "a.xlsx", HEADS)
    written(tmp_path / "tb.txt", NOTICE)
    what, file, *rest = arguments
    answer = units("import", what, str(tmp_path / file), *rest)
    assert answer.code == 1
    assert words in answer.error
