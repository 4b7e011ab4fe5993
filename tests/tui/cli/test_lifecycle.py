"""thuky followup assign … history: the whole life of a follow-up from the command line."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from office.moments import ZONE
from tests.tui.cli.conftest import Thuky

CHAIR = "Chủ tịch UBND tỉnh"
TODAY = datetime.now(ZONE).date()  # as the command line has it
DUE = (TODAY + timedelta(days=30)).isoformat()
LATER = (TODAY + timedelta(days=40)).isoformat()


@pytest.fixture
def id(thuky: Thuky) -> str:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    added = thuky.json(
        *("followup", "add", "--work", "Rà soát", "--lead", "stc", "--due", DUE),
        *("--product", "Báo cáo", "--authority", CHAIR),
    )
    return str(added["id"])


def step(thuky: Thuky, name: str, id: str, *options: str) -> Any:
    return thuky.json("followup", name, id, *options)


def test_a_follow_up_is_driven_to_its_product_and_the_history_tells_all(
    thuky: Thuky, id: str
) -> None:
    assert step(thuky, "assign", id)["state"] == "assigned"
    given = step(thuky, "assign", id, "--person", "Lê Thị Lan")
    assert given["accountable"] == "Lê Thị Lan"
    assert step(thuky, "accept", id)["state"] == "in_progress"
    assert step(thuky, "progress", id, "--note", "được một nửa")["state"] == "in_progress"
    asked = step(thuky, "extend", id, "--to", LATER, "--reason", "thiếu số liệu", "--asked")
    assert (asked["due"], asked["extensions"]) == (DUE, 0)
    granted = step(thuky, "extend", id, "--to", "5 ngày làm việc", "--reason", "được 5 ngày")
    assert granted["due"] > DUE
    assert granted["extensions"] == 1
    handed = step(
        thuky, "submit", id,
        *("--product", "Báo cáo", "--paper", "12/BC-STC", "--on", TODAY.isoformat()),
        *("--link", "https://phutho.gov.vn/bc12", "--figure", "1.234,5", "--measure", "tỷ đồng"),
    )  # fmt: skip
    assert handed["state"] == "submitted"
    assert step(thuky, "return", id, "--reason", "thiếu")["returns"] == 1
    step(thuky, "submit", id, "--product", "Báo cáo", "--paper", "13/BC-STC")
    closed = step(thuky, "close", id, "--effect-due", LATER)
    assert (closed["state"], closed["effect_due"]) == ("done", LATER)
    assert closed["standing"] == "done_in_time"
    step(thuky, "review", id, "--effect", "some", "--note", "giải ngân nhanh hơn")
    events = thuky.json("followup", "history", id)
    assert [event["kind"] for event in events] == [
        *("proposed", "assigned", "assigned", "taken", "progressed", "extension_asked"),
        *("extended", "submitted", "returned", "submitted", "done", "reviewed"),
    ]
    told = events[7]
    assert (told["number"], told["figure"], told["measure"]) == ("12/BC-STC", 1234.5, "tỷ đồng")
    assert (told["unit_name"], told["person_name"]) == ("Sở Tài chính", "Lê Thị Lan")
    assert (events[6]["due_from"], events[6]["due_to"]) == (DUE, granted["due"])
    assert events == thuky.json("followup", "show", id)["events"]
    words = thuky.done("followup", "history", id)
    for value in (
        *("cho Sở Tài chính, Lê Thị Lan", "được một nửa", "số 12/BC-STC", "1.234,5 tỷ đồng"),
        *("https://phutho.gov.vn/bc12", f"người xác nhận: {CHAIR}", "Có tác động", "thiếu số liệu"),
    ):
        assert value in words
    assert "Extension asked for" in thuky.done("--lang", "en", "followup", "history", id)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("extend", "--to", "2020-01-01", "--reason", "x"), "không muộn hơn hạn đang có"),
        (("extend", "--to", "mai kia", "--reason", "x"), "Không hiểu ngày"),
        (("extend", "--refuse", "--reason", "x"), "Chưa ai xin gia hạn"),
        (("extend", "--to", LATER, "--reason", " "), "lý do"),
        (("return", "--reason", "thiếu"), "Chưa có kết quả nào"),
        (("submit", "--product", " "), "sản phẩm là gì"),
        (("submit", "--product", "A", "--link", "http://a/\x1b[2Jb"), "ký tự điều khiển"),
        (("submit", "--product", "A", "--paper", "1\x00"), "ký tự điều khiển"),
        (("submit", "--product", "A", "--on", "31/02/2026"), "Lịch không có ngày"),
        (("submit", "--product", "A", "--figure", "12"), "đơn vị tính"),
        (("submit", "--product", "A", "--figure", "mười"), "không phải là số"),
        (("close",), "Chưa có sản phẩm"),
        (("close", "--reason", "xong rồi"), "Chưa có sản phẩm"),
        (("review", "--effect", "some"), "chưa được xác nhận"),
        (("accept", "--contest"), "lý do"),
        (("cancel",), "lý do"),
        (("reopen",), "đang mở sẵn"),
        (("progress", "--note", "xong", "--on", "2099-01-01"), "chưa đến"),
    ],
)
def test_what_may_not_happen_has_its_sentence_and_nothing_is_written(
    thuky: Thuky, id: str, command: tuple[str, ...], words: str
) -> None:
    step(thuky, "assign", id)
    step(thuky, "accept", id)
    before = thuky.json("followup", "show", id)
    name, *options = command
    answer = thuky("followup", name, id, *options)
    assert answer.code == 1
    assert words in answer.error
    assert thuky.json("followup", "show", id) == before


def test_a_rule_is_set_aside_with_a_reason_which_shows(thuky: Thuky, id: str) -> None:
    early = thuky("followup", "submit", id, "--product", "Báo cáo")
    assert "chưa giao cho ai" in early.error
    thuky.done("followup", "set", id, "--product", "")
    refused = thuky("followup", "assign", id, "--person", "Người Mới")
    assert "rõ sản phẩm" in refused.err
    assert thuky.json("person", "list") == [], "nobody was noted down for nothing"
    step(thuky, "assign", id, "--reason", "việc gấp")
    step(thuky, "submit", id, "--product", "Báo cáo")
    assert "là của Chủ tịch" in thuky("followup", "close", id, "--by", "Giám đốc Sở").error
    step(thuky, "close", id, "--by", "Giám đốc Sở", "--reason", "được ủy quyền")
    waived = [e["waived"] for e in thuky.json("followup", "history", id) if e["waived"]]
    assert waived == ["points", "authority"]
    assert "ngoại lệ: người xác nhận không có thẩm quyền" in thuky.done("followup", "history", id)


def test_the_six_points_are_counted_and_those_that_are_missing_named(thuky: Thuky, id: str) -> None:
    added = thuky.json("followup", "set", id, "--authority", "")
    assert (added["clear"], added["missing"]) == (5, ["authority"])
    assert "5/6 · thiếu: rõ thẩm quyền" in thuky.done("followup", "show", id)
    assert "5/6" in thuky.done("followup", "list")


def test_what_is_written_down_later_says_that_the_state_stays(thuky: Thuky, id: str) -> None:
    step(thuky, "assign", id)
    step(thuky, "accept", id)
    step(thuky, "submit", id, "--product", "Báo cáo")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    answer = thuky("followup", "accept", id, "--reason", "nhận từ hôm qua", "--on", yesterday)
    assert answer.code == 0
    assert "trạng thái không đổi" in answer.err
    assert thuky.json("followup", "show", id)["state"] == "submitted"


def test_a_contested_task_goes_to_another_unit_and_undo_brings_all_back(
    thuky: Thuky, id: str
) -> None:
    thuky.done("unit", "add", "--name", "Sở Xây dựng", "--abbr", "SXD")
    step(thuky, "assign", id)
    assert step(thuky, "accept", id, "--contest", "--reason", "không thuộc")["state"] == "refused"
    assert step(thuky, "assign", id, "--unit", "sxd")["lead"] == "Sở Xây dựng"
    back = thuky.json("followup", "undo", id)
    assert (back["lead"], back["state"]) == ("Sở Tài chính", "refused")
    step(thuky, "assign", id)
    step(thuky, "extend", id, "--to", LATER, "--reason", "x")
    assert thuky.json("followup", "undo", id)["due"] == DUE


def test_a_file_is_kept_by_its_whole_path_and_one_that_is_not_here_is_told(
    thuky: Thuky, id: str, tmp_path: Path
) -> None:
    step(thuky, "assign", id)
    paper = tmp_path / "bao cao.docx"
    answer = thuky("followup", "submit", id, "--product", "Báo cáo", "--file", str(paper))
    assert answer.code == 0
    assert "Không thấy tệp" in answer.err
    assert thuky.json("followup", "history", id)[-1]["link"] == str(paper)
    both = thuky("followup", "submit", id, "--product", "A", "--file", "a", "--link", "b")
    assert both.code == 2
