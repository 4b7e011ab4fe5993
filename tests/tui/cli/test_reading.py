"""thuky read, due and calendar: what words come to, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Thuky
from tests.tui.cli.test_process import run

ON = ("--date", "2026-02-27")
SENTENCE = (
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, "
    "báo cáo UBND tỉnh trong 05 ngày làm việc."
)
DUE = ("date", "inclusive", "time", "kind", "last_ok_date", "last_working_day", "recurrence", "ask")
IN_FIVE_DAYS = dict(
    zip(
        DUE,
        ("2026-03-06", True, None, "working_days", "2026-03-06", "2026-03-06", None, False),
        strict=True,
    )
)
NOTHING = (None, None, None, "unclear", None, None, None, False)


@pytest.mark.parametrize(
    ("phrase", "values"),
    [
        ("trong 05 ngày làm việc", tuple(IN_FIVE_DAYS.values())),
        (
            "trước 17h ngày 12/3/2026",
            ("2026-03-12", False, "17:00", "fixed", "2026-03-12", "2026-03-12", None, False),
        ),
        (
            "hằng tháng, trước ngày 25",
            (
                *("2026-03-25", False, None, "recurring", "2026-03-24", "2026-03-24"),
                *("FREQ=MONTHLY;BYMONTHDAY=25", False),
            ),
        ),
        ("trước ngày 30/02/2026", (*NOTHING[:-1], True)),
        ("Good morning, everyone", NOTHING),
        ("chữ " * 1250, NOTHING),
    ],
)
def test_a_deadline_is_told_to_a_program(
    thuky: Thuky, phrase: str, values: tuple[object, ...]
) -> None:
    told = thuky.json("due", phrase, *ON)
    assert list(told.items()) == list(zip(DUE, values, strict=True))


@pytest.mark.parametrize(
    ("phrase", "lines"),
    [
        (
            "trước ngày 15/3/2026",
            (
                ("Thời hạn:", "trước 15/03/2026"),
                ("Ngày làm việc cuối:", "13/03/2026"),
                ("Lưu ý:", "Ngày cuối của thời hạn là ngày nghỉ."),
                ("Cách tính:", "“Trước” một ngày là không kể chính ngày đó."),
            ),
        ),
        ("trước ngày 10/2/2027", (("Thời hạn:", "trước 10/02/2027 (tạm tính)"),)),
        ("trước 20/1/2026", (("Cần hỏi lại:", "Thời hạn này đã qua."),)),
        ("sau khi có kết luận", (("Thời hạn:", "chờ sự kiện “có kết luận”"),)),
        ("khẩn trương", (("Loại:", "Không rõ thời hạn"),)),
    ],
)
def test_a_deadline_is_told_to_a_person(
    thuky: Thuky, phrase: str, lines: tuple[tuple[str, str], ...]
) -> None:
    said = thuky.done("due", phrase, "--date", "27/2/2026").splitlines()
    for label, value in lines:
        assert [line for line in said if line.startswith(label) and line.endswith(f" {value}")]


def test_a_conclusion_is_told_to_a_program(thuky: Thuky) -> None:
    assert thuky.json("read", SENTENCE, *ON) == {
        "task": True,
        "lead": ["Sở Tài chính"],
        "coordinating": ["Sở Xây dựng"],
        "work": "rà soát các dự án chậm",
        "product": None,
        "deadline": {"phrase": "trong 05 ngày làm việc", **IN_FIVE_DAYS},
        "accountable": "Sở Tài chính",
        "monitor": None,
        "authority": None,
        "suggested": {
            "accountable": "Giám đốc Sở Tài chính",
            "monitor": "Văn phòng UBND tỉnh",
            "product": "Báo cáo",
            "authority": "UBND tỉnh",
        },
        "split": [],
        "missing": ["product", "authority"],
    }


def test_a_conclusion_is_told_to_a_person_point_by_point(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính")
    said = thuky.done("read", SENTENCE, *ON)
    assert [line.partition(":")[::2] for line in said.splitlines()] == [
        ("Loại", "             Nhiệm vụ"),
        ("Đơn vị chủ trì", "   Sở Tài chính"),
        ("Đơn vị phối hợp", "  Sở Xây dựng (chưa có trong danh sách đơn vị)"),
        ("Việc", "             rà soát các dự án chậm"),
        ("Thời hạn", "         06/03/2026 (“trong 05 ngày làm việc”)"),
        ("Chịu trách nhiệm", " Sở Tài chính (gợi ý: Giám đốc Sở Tài chính)"),
        ("Đầu mối theo dõi", " (gợi ý: Văn phòng UBND tỉnh)"),
        ("Sản phẩm", "         còn thiếu (gợi ý: Báo cáo)"),
        ("Thẩm quyền", "       còn thiếu (gợi ý: UBND tỉnh)"),
    ]


def test_units_are_known_by_what_the_office_calls_them(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Tổ Đặc nhiệm Cánh Buồm", "--abbr", "TĐNCB")
    said = thuky.done("read", "Giao TĐNCB rà soát các dự án chậm trước 15/3.", *ON)
    assert "Đơn vị chủ trì:   Tổ Đặc nhiệm Cánh Buồm\n" in said


def test_the_tasks_of_one_sentence_are_listed(thuky: Thuky) -> None:
    two = (
        "Giao Sở Y tế rà soát cơ sở khám chữa bệnh trước 15/3; "
        "Sở Tư pháp trình dự thảo nghị quyết trong tháng 4."
    )
    assert len(thuky.json("read", two, *ON)["split"]) == 2
    lines = thuky.done("read", two, *ON).splitlines()[-3:]
    assert lines[0] == "Câu này có 2 việc:"
    assert lines[1].startswith("1. Giao Sở Y tế")
    assert lines[2].startswith("2. Sở Tư pháp")


def test_what_gives_no_task_is_told_as_what_it_is(thuky: Thuky) -> None:
    praise = "Biểu dương Sở Y tế đã hoàn thành nhiệm vụ."
    assert thuky.done("read", praise) == "Loại: Nhận định, không giao việc\n"
    told = thuky.json("read", praise)
    assert (told["task"], told["lead"], told["missing"]) == (False, [], [])


@pytest.mark.parametrize("command", ["read", "due"])
def test_words_may_come_from_standard_input(thuky: Thuky, command: str) -> None:
    given = thuky.json(command, SENTENCE, *ON)
    wrapped = "\ufeff" + SENTENCE.replace("chậm, ", "chậm,\r\n") + "\n"
    assert thuky.json(command, "-", *ON, stdin=wrapped.encode()) == given
    answer = thuky(command, "-", stdin=b"Giao S\xff")
    assert (answer.code, answer.error) == (1, "Đầu vào không phải UTF-8.")


@pytest.mark.parametrize("command", ["read", "due"])
@pytest.mark.parametrize("words", ["", " \t\n"])
def test_where_there_are_no_words_that_is_said(thuky: Thuky, command: str, words: str) -> None:
    for answer in (thuky(command, words), thuky(command, "-", stdin=words.encode())):
        assert (answer.code, answer.error) == (1, "Chưa có chữ nào để đọc.")


@pytest.mark.parametrize("command", ["read", "due"])
@pytest.mark.parametrize("day", ["2026-02-30", "31/02", "hôm kia", ""])
def test_a_day_that_is_none_is_refused(thuky: Thuky, command: str, day: str) -> None:
    answer = thuky(command, SENTENCE, "--date", day)
    assert answer.code == 1
    assert answer.error.startswith(("Lịch không có ngày", "Không hiểu ngày"))


@pytest.mark.parametrize(
    "sentence", [SENTENCE * 42, "\x1b[2J\0\u202e" + SENTENCE, "The report is due on Friday."]
)
def test_any_words_are_read_and_none_command_the_terminal(thuky: Thuky, sentence: str) -> None:
    for command in ("read", "due"):
        said = thuky.done(command, sentence, *ON)
        assert said.replace("\n", "").isprintable()
        assert thuky.json(command, sentence, *ON)


def test_a_sentence_is_whole_in_an_old_locale(tmp_path: Path) -> None:
    answer = run(tmp_path, "read", SENTENCE, *ON, "--json", locale="ASCII")
    told: Any = json.loads(answer.stdout)
    assert (answer.stderr, told["lead"]) == (b"", ["Sở Tài chính"])
    said = run(tmp_path, "read", "-", *ON, stdin=SENTENCE.encode(), locale="ASCII")
    assert "rà soát các dự án chậm" in said.stdout.decode()


def test_the_days_of_the_calendar_are_listed_with_their_source(thuky: Thuky) -> None:
    days = thuky.json("calendar", "list")
    assert [day["date"] for day in days] == sorted({day["date"] for day in days})
    this = thuky.json("calendar", "list", "--year", "2026")
    assert this == [day for day in days if day["date"].startswith("2026")]
    assert {
        "date": "2026-01-10",
        "kind": "work",
        "name": "Làm bù ngày 02/01/2026",
        "source": "VPCP 12729/VPCP-KGVX",
        "provisional": False,
    } in this
    said = thuky.done("calendar", "list").splitlines()
    assert said[0].split() == ["Ngày", "Loại", "Tên", "Căn", "cứ"]
    assert "10/01/2026  Làm việc  Làm bù ngày 02/01/2026" in "\n".join(said)
    provisional = [line for line in said if line.endswith("tạm tính")]
    assert len(provisional) == sum(day["provisional"] for day in days) > 0


def test_a_year_without_days_has_none_and_nonsense_is_no_year(thuky: Thuky) -> None:
    assert thuky.json("calendar", "list", "--year", "1999") == []
    assert thuky.done("calendar", "list", "--year", "1999") == "Chưa có gì.\n"
    assert thuky("calendar", "list", "--year", "năm nay").code == 1
