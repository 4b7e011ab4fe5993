"""`thuky urge` lists who is to be urged, writes the papers and keeps what came of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Thuky

ON = ("--date", "2026-02-27")


@pytest.fixture
def late(thuky: Thuky) -> str:
    """The id of a task of Sở Tài chính that is a week late."""
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC", "--type", "so_ban_nganh")
    thuky.done("unit", "add", "--name", "Sở Y tế", "--abbr", "SYT")
    task = task_of(thuky, "Trình đề án", "2026-02-20", "STC")
    task_of(thuky, "Báo cáo", "2026-03-02", "SYT")
    return task


def task_of(thuky: Thuky, work: str, due: str, unit: str) -> str:
    task = thuky.json("followup", "add", "--work", work, "--due", due, "--lead", unit)
    thuky.sql(
        "INSERT INTO followup_event (followup, kind, at)"
        f" VALUES ('{task['id']}', 'started', '2026-01-05T03:00:00Z')"
    )
    return str(task["id"])


def works(answer: Any) -> list[str]:
    return [item["work"] for item in answer["items"]]


def test_the_list_says_who_why_and_how_late(thuky: Thuky, late: str) -> None:
    answer = thuky.json("urge", *ON)
    assert answer["date"] == "2026-02-27"
    first, second = answer["items"]
    assert first.keys() == {
        *("followup", "work", "role", "state", "lead", "lead_name", "leader", "leader_name"),
        *("given_by", "due", "late_days", "silent_since", "reasons", "urged_times", "last"),
        "secrecy",
    }
    assert (first["followup"], first["lead_name"], first["late_days"]) == (late, "Sở Tài chính", 7)
    assert first["reasons"] == [
        {"whom": "unit", "rule": "urge-late", "kind": "late"},
        {"whom": "head", "rule": "urge-late-head", "kind": "late"},
    ]
    assert second["reasons"] == [{"whom": "unit", "rule": "urge-before-1", "kind": "before"}]
    said = thuky.done("urge", *ON)
    assert "quá hạn 7 ngày" in said
    assert "còn 3 ngày" in said
    assert thuky.json("urge", "list", *ON) == answer


def test_a_list_may_be_narrowed(thuky: Thuky, late: str) -> None:
    assert works(thuky.json("urge", *ON, "--unit", "SYT")) == ["Báo cáo"]
    assert works(thuky.json("urge", *ON, "--kind", "late")) == ["Trình đề án"]
    assert works(thuky.json("urge", *ON, "--limit", "1")) == ["Trình đề án"]
    (item,) = thuky.json("urge", *ON, "--whom", "head")["items"]
    assert [reason["whom"] for reason in item["reasons"]] == ["head"]
    assert "Không ai cần" in thuky.done("urge", *ON, "--whom", "leader")


def test_papers_are_written_and_marked_as_sent(thuky: Thuky, late: str, tmp_path: Path) -> None:
    letter = ("--number", "12/UBND-TH", "--issued-on", "27/02/2026")
    out = tmp_path / "out"
    answer = thuky.json("urge", *ON, "--unit", "STC", "--out", str(out), "--mark-sent", *letter)
    assert (answer["marked"], answer["again"]) == (2, 0)
    assert answer["folder"] == str(out)
    assert sorted(answer["files"]) == sorted(path.name for path in out.iterdir())
    assert works(thuky.json("urge", *ON)) == ["Báo cáo"]
    (unit, head) = thuky.json("urge", "history", late)
    assert (unit["whom"], unit["number"], unit["issued_on"]) == (
        "unit",
        "12/UBND-TH",
        "2026-02-27",
    )
    assert head["rule"] == "urge-late-head"
    thuky.done("urge", "answer", late, "--note", "Sẽ trình ngày 05/3")
    assert "Sẽ trình ngày 05/3" in thuky.done("urge", "history", late)
    (item,) = thuky.json("urge", "--date", "2026-03-06", "--unit", "STC")["items"]
    assert item["urged_times"] == 2
    assert item["last"]["answer"] == "Sẽ trình ngày 05/3"


def test_a_folder_that_is_there_is_not_written_into(
    thuky: Thuky, late: str, tmp_path: Path
) -> None:
    (tmp_path / "own.txt").write_text("của tôi")
    answer = thuky("urge", *ON, "--out", str(tmp_path), "--mark-sent")
    assert answer.code == 1
    assert "Chưa ghi gì" in answer.error
    assert (tmp_path / "own.txt").read_text() == "của tôi"
    assert thuky.json("urge", "history", late) == []


def test_an_urging_by_telephone_is_kept_once_a_day(thuky: Thuky, late: str) -> None:
    phone = ("urge", "mark", late, *ON, "--note", "gọi điện")
    assert thuky.json(*phone)["marked"] == 1
    assert thuky.json(*phone)["again"] == 1
    assert thuky.json(*phone, "--whom", "head")["marked"] == 1
    assert [urging["note"] for urging in thuky.json("urge", "history", late)] == ["gọi điện"] * 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("urge", "--date", "31/02/2026"), "Lịch không có ngày"),
        (("urge", "--unit", "Sở Trăng"), "Sở Trăng"),
        (("urge", "--whom", "press"), "chọn một trong"),
        (("urge", "--number", "5"), "chỉ đi cùng --mark-sent"),
        (("urge", "--date", "2199-01-05", "--mark-sent"), "chưa đến; chưa ghi gì"),
        (("urge", "--date", "2026-02-27", "--out", "/proc/none"), "Chưa ghi gì"),
        (("urge", "mark", "zzz"), "Không có bản ghi nào"),
        (("urge", "answer", "zzz", "--note", "x"), "Không có bản ghi nào"),
        (("urge", "rules", "set", "urge-late", "--days", "0"), "chưa ghi gì"),
        (("urge", "rules", "add", "--kind", "due"), "Đã có quy tắc như thế"),
        (("urge", "rules", "set", "urge", "--days", "2"), "Không có bản ghi nào"),
        (("letterhead", "set", "--issuer", " "), "chưa ghi gì"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    thuky: Thuky, late: str, arguments: tuple[str, ...], words: str
) -> None:
    answer = thuky(*arguments)
    assert answer.code in (1, 2)
    assert words in answer.error


def test_rules_are_listed_added_set_and_removed(thuky: Thuky, late: str) -> None:
    assert len(thuky.json("urge", "rules")) == 9
    thuky.done("urge", "rules", "set", "urge-late-h", "--days", "2", "--every", "1")
    thuky.done("urge", "rules", "set", "urge-late-head", "--active", "0")
    rules = {rule["id"]: rule for rule in thuky.json("urge", "rules", "list")}
    assert rules["urge-late-head"]["days"] == 2
    assert rules["urge-late-head"]["active"] == 0
    (item,) = thuky.json("urge", *ON, "--kind", "late")["items"]
    assert [reason["whom"] for reason in item["reasons"]] == ["unit"]
    new = thuky.json(
        "urge", "rules", "add", "--kind", "Sau hạn", "--days", "1", "--whom", "meeting"
    )
    assert (
        thuky.json("urge", *ON, "--whom", "meeting")["items"][0]["reasons"][0]["rule"] == new["id"]
    )
    thuky.done("urge", "rules", "remove", new["id"][:13])
    assert thuky.json("urge", *ON, "--whom", "meeting")["items"] == []


def test_the_letterhead_is_the_offices_own(thuky: Thuky) -> None:
    thuky.done("letterhead", "set", "--issuer", "UBND tỉnh X; Văn phòng", "--signer", "Lê Lan")
    cells = thuky.json("letterhead")
    assert cells["issuer"] == "UBND tỉnh X\nVăn phòng"
    assert cells["signer"] == "Lê Lan"
    assert "UBND tỉnh X; Văn phòng" in thuky.done("letterhead", "show")
