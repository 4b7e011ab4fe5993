"""thuky unit and person, and the CSV files they take in."""

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Thuky

UNITS = """\
name,abbr,type,parent
Phòng Tổng hợp,,phong_thuoc_van_phong,Văn phòng UBND tỉnh
Văn phòng UBND tỉnh,VPUBND,so_ban_nganh,
"Sở Văn hóa, Thể thao và Du lịch",SVHTTDL,so_ban_nganh,
UBND xã Đà Bắc,,ubnd_xa,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "danh sách.csv"
    path.write_text(UNITS, encoding="utf-8")
    return path


def test_a_list_of_units_is_taken_in_once(thuky: Thuky, file: Path) -> None:
    assert thuky.json("unit", "import", str(file)) == {"added": 4, "changed": 0, "unchanged": 0}
    kept = thuky.json("unit", "list")
    assert thuky.json("unit", "import", str(file)) == {"added": 0, "changed": 0, "unchanged": 4}
    assert thuky.json("unit", "list") == kept
    ids = {unit["name"]: unit["id"] for unit in kept}
    assert {unit["name"]: unit["parent"] for unit in kept}["Phòng Tổng hợp"] == (
        ids["Văn phòng UBND tỉnh"]
    )
    assert [unit["name"] for unit in kept][-1] == "Văn phòng UBND tỉnh"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + UNITS.encode(),
        UNITS.encode("utf-16"),
        UNITS.replace("\n", "\r\n").encode(),
        UNITS.replace(",", ";").replace("Sở Văn hóa;", "Sở Văn hóa,").encode(),
        UNITS.replace("name,abbr,type,parent", " Name ,ABBR,type,parent,ghi chú").encode(),
        (UNITS + ",,,\n\n").encode(),
    ],
    ids=["BOM", "UTF-16", "CRLF", "semicolons", "heads", "empty rows"],
)
def test_a_list_may_be_written_as_spreadsheets_write_it(
    thuky: Thuky, file: Path, data: bytes
) -> None:
    file.write_bytes(data)
    assert thuky.json("unit", "import", str(file))["added"] == 4
    names = {unit["name"] for unit in thuky.json("unit", "list")}
    assert "Sở Văn hóa, Thể thao và Du lịch" in names


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "thiếu cột “name”"),
        (b"ten,abbr\nA,B\n", "thiếu cột “name”"),
        (b"name\nCaf\xe9\n", "không phải UTF-8 (dòng 2)"),
        (b"name\n\xff\xfe\xfa", "không phải UTF-8 (dòng 2)"),
        (b'name\n"A" B\n', "sai dạng CSV ở dòng 2"),
        (b'name\n"A', "sai dạng CSV"),
        (b"name,type\nA,xyz\nB,\n,so_ban_nganh\n", "dòng 2: không có loại đơn vị “xyz”"),
        (b"name,type\nA,\n,so_ban_nganh\n", "dòng 3: thiếu tên"),
        (b"name,parent\nA,B\nB,A\n", "dòng 2: “A” trực thuộc chính nó"),
    ],
)
def test_a_list_that_is_wrong_anywhere_is_not_taken_in_at_all(
    thuky: Thuky, file: Path, data: bytes, words: str
) -> None:
    file.write_bytes(data)
    answer = thuky("unit", "import", str(file))
    assert answer.code == 1
    assert words in answer.error
    assert thuky.json("unit", "list") == []


def test_a_nul_in_a_list_is_kept_as_its_sign(thuky: Thuky, file: Path) -> None:
    file.write_bytes(b"name\nA\0B\n")
    thuky.done("unit", "import", str(file))
    assert [unit["name"] for unit in thuky.json("unit", "list")] == ["A␀B"]


def test_a_list_in_windows_1258_is_read(thuky: Thuky, file: Path) -> None:
    file.write_bytes(b"name\nTh\xe0nh ph\xf4\xec\n")
    thuky.done("unit", "import", str(file))
    assert [unit["name"] for unit in thuky.json("unit", "list")] == ["Thành phố"]


def test_a_list_that_is_not_there_is_named(thuky: Thuky, tmp_path: Path) -> None:
    answer = thuky("unit", "import", str(tmp_path / "không có.csv"))
    assert answer.code == 1
    assert "không có.csv" in answer.error
    assert thuky("unit", "import", str(tmp_path)).code == 1


def test_a_unit_is_added_with_its_parent_and_other_names(thuky: Thuky) -> None:
    office = thuky.json("unit", "add", "--name", "Văn phòng", "--abbr", "VP")
    added = thuky.json(
        *("unit", "add", "--name", "Phòng Một", "--parent", "vp"),
        *("--type", "Phòng thuộc Văn phòng"),
    )
    assert (added["parent"], added["type"]) == (office["id"], "phong_thuoc_van_phong")
    assert "Văn phòng" in thuky.done("unit", "list").splitlines()[1]


def test_a_second_unit_of_one_name_is_pointed_out(thuky: Thuky) -> None:
    assert thuky("unit", "add", "--name", "Phòng Một").err == ""
    assert "Đã có đơn vị khác" in thuky("unit", "add", "--name", "phòng một").err
    assert len(thuky.json("unit", "list")) == 2


@pytest.mark.parametrize("group", ["unit", "person"])
def test_nobody_has_no_name(thuky: Thuky, group: str) -> None:
    assert thuky(group, "add", "--name", " \t").code == 1
    assert thuky(group, "add").code == 2
    assert thuky.json(group, "list") == []


def test_people_are_listed_by_given_name_with_the_posts_they_hold(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    thuky.done("person", "add", "--name", "Trần Duy Đông", "--post", "Giám đốc", "--unit", "stc")
    thuky.done("person", "add", "--name", "Lê Thị Bình", "--email", "binh@example.vn")
    people = thuky.json("person", "list")
    assert [(p["name"], [post["title"] for post in p["posts"]]) for p in people] == [
        ("Lê Thị Bình", []),
        ("Trần Duy Đông", ["Giám đốc"]),
    ]
    assert "Giám đốc Sở Tài chính" in thuky.done("person", "list")


def test_a_person_of_a_unit_that_does_not_exist_is_not_added(thuky: Thuky) -> None:
    answer = thuky("person", "add", "--name", "An", "--unit", "Sở X")
    assert answer.code == 1
    assert "Không có đơn vị nào tên “Sở X”" in answer.error
    assert thuky.json("person", "list") == []


def test_a_list_of_people_is_taken_in_once(thuky: Thuky, file: Path) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    file.write_text(
        "name;post;unit;phone;email\nTrần Duy Đông;Giám đốc;STC;0912 345;\nLê Thị Bình;;;;b@x.vn\n",
        encoding="utf-8-sig",
    )
    assert thuky.json("person", "import", str(file))["added"] == 2
    kept = thuky.json("person", "list")
    assert thuky.json("person", "import", str(file)) == {"added": 0, "changed": 0, "unchanged": 2}
    assert thuky.json("person", "list") == kept
    file.write_text("name,unit\nAi Đó,Sở X\n", encoding="utf-8")
    answer = thuky("person", "import", str(file))
    assert answer.code == 1
    assert "dòng 2: Không có đơn vị nào tên “Sở X”" in answer.error
    assert thuky.json("person", "list") == kept


def test_a_list_may_be_a_workbook(thuky: Thuky, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for line in UNITS.splitlines()[:2]:
        book.active.append(line.split(","))
    book.active.append(["Sở Y tế", "SYT"])
    book.save(tmp_path / "đơn vị.xlsx")
    answer = thuky("unit", "import", str(tmp_path / "đơn vị.xlsx"))
    assert answer.code == 1  # the division's own body is not among them
    assert "dòng 2" in answer.error
    thuky.done("unit", "add", "--name", "Văn phòng UBND tỉnh")
    assert thuky.json("unit", "import", str(tmp_path / "đơn vị.xlsx"))["added"] == 2
