"""thuky calendar: the days that are not as the week has them, seen, set, taken out, taken in."""

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Thuky

ON = ("--date", "2026-02-27")


def written(folder: Path, *lines: str, by: str = "\n", encoding: str = "utf-8") -> str:
    file = folder / "lich.csv"
    file.write_bytes(by.join(lines).encode(encoding))
    return str(file)


def test_a_day_is_set_seen_counted_with_and_taken_out(thuky: Thuky) -> None:
    told = thuky.json("calendar", "set", "2/3/2026", "off", "--name", "Bão", "--source", "CĐ 3")
    day = {"date": "2026-03-02", "kind": "off", "name": "Bão", "source": "CĐ 3"}
    assert told == day | {"provisional": False}
    assert told in thuky.json("calendar", "list", "--year", "2026")
    assert thuky.json("due", "trong 01 ngày làm việc", *ON)["date"] == "2026-03-03"
    assert thuky.done("calendar", "set", "2026-03-02", "work") == "Đã ghi 02/03/2026: làm việc.\n"
    assert thuky.json("calendar", "remove", "2026-03-02")["date"] == "2026-03-02"
    assert thuky.json("due", "trong 01 ngày làm việc", *ON)["date"] == "2026-03-02"
    answer = thuky("calendar", "remove", "2026-03-02")
    assert (answer.code, "theo nếp chung" in answer.error) == (1, True)


@pytest.mark.parametrize("day", ["30/02/2026", "2026-13-01", "ngày kia", ""])
def test_a_day_that_is_none_is_refused(thuky: Thuky, day: str) -> None:
    assert thuky("calendar", "set", day, "off").code == 1
    assert thuky("calendar", "set", "2026-03-02", "nửa ngày").code == 1


def test_the_computed_days_of_a_year_are_listed_when_asked_for(thuky: Thuky) -> None:
    kept = thuky.json("calendar", "list", "--year", "2027")
    every = thuky.json("calendar", "list", "--year", "2027", "--computed")
    assert len(every) > len(kept) > 0
    assert all(day["provisional"] for day in every)
    assert "tạm tính" in thuky.done("calendar", "list", "--year", "2027", "--computed")
    assert thuky("calendar", "list", "--computed").code == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("by", ["\n", "\r\n"])
def test_a_list_comes_in_as_spreadsheets_write_it(
    thuky: Thuky, tmp_path: Path, encoding: str, by: str
) -> None:
    file = written(
        tmp_path,
        "Date;Kind;Name;Source;Provisional",
        "06/02/2027;nghỉ;Tết Nguyên đán;TB 7/TB-BNV;",
        "13/02/2027;làm việc;Làm bù;TB 7/TB-BNV;",
        ";;;;",
        "",
        by=by,
        encoding=encoding,
    )
    answer = thuky("calendar", "import", file)
    assert answer.out == "Đã thêm 1, sửa 1, giữ nguyên 0.\n"
    assert "Năm 2027 nay đã có Tết trong lịch" in answer.err
    assert not thuky.json("due", "ngày 10/02/2027", *ON)["ask"]
    again = thuky.json("calendar", "import", file)
    assert again == {"added": 0, "changed": 0, "unchanged": 2}


def test_two_entries_for_one_day_are_told_and_nothing_comes_in(
    thuky: Thuky, tmp_path: Path
) -> None:
    before = thuky.json("calendar", "list")
    file = written(tmp_path, "date,kind", "2027-02-01,off", "2027-02-02,off", "1/2/2027,work")
    answer = thuky("calendar", "import", file)
    assert answer.code == 1
    assert "dòng 4: ngày 01/02/2027 đã có ở dòng 2" in answer.error
    assert "chưa nhập gì" in answer.error
    assert thuky.json("calendar", "list") == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("ngày,loại", "2027-01-04,off"), "thiếu cột “date”"),
        (("date,kind", "2027-02-30,off"), "dòng 2"),
        (("date,kind", "2027-01-04,off", "4/1,off"), "dòng 3"),
        (("date,kind", "2027-01-04,maybe"), "dòng 2"),
        (("date,kind", '"2027-01-04,off'), "sai dạng CSV"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(
    thuky: Thuky, tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    before = thuky.json("calendar", "list")
    answer = thuky("calendar", "import", written(tmp_path, *lines))
    assert (answer.code, words in answer.error) == (1, True)
    assert thuky.json("calendar", "list") == before
