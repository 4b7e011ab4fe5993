"""thuky followup: add, list, show, set."""

from dataclasses import fields

import pytest

from schema.records import Followup
from tests.tui.cli.conftest import Thuky


def test_a_follow_up_is_added_with_its_source_and_its_first_event(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    added = thuky.json("followup", "add", "--work", "Báo cáo tiến độ", "--meeting", meeting)
    assert list(added) == [f.name for f in fields(Followup) if f.name != "anchor"]
    assert (added["meeting"], added["work"], added["state"]) == (
        meeting,
        "Báo cáo tiến độ",
        "proposed",
    )
    id = added["id"]
    assert thuky.sql("SELECT followup, kind, meeting FROM followup_source") == [
        (id, "meeting", meeting)
    ]
    assert thuky.sql("SELECT followup, kind FROM followup_event") == [(id, "proposed")]
    assert thuky.json("followup", "show", id) == added
    assert thuky.json("followup", "list") == [added]


def test_the_six_points_are_given_by_names_and_shown_by_names(thuky: Thuky) -> None:
    stc = thuky.json("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")["id"]
    syt = thuky.json("unit", "add", "--name", "Sở Y tế")["id"]
    added = thuky.json(
        *("followup", "add", "--work", "Trình kế hoạch", "--lead", "stc"),
        *("--coordinating", "so y te; STC", "--due", "15/3/2026", "--inclusive", "không"),
        *("--due-time", "17h", "--due-text", "trước ngày 15/3", "--product", "Kế hoạch"),
        *("--accountable", "Giám đốc", "--authority", "Chủ tịch"),
    )
    assert (added["lead"], added["coordinating"]) == (stc, f"{syt}\n{stc}")
    assert (added["due"], added["due_time"], added["inclusive"]) == ("2026-03-15", "17:00", 0)
    shown = dict(
        line.split(":", 1) for line in thuky.done("followup", "show", added["id"]).splitlines()
    )
    assert shown["Đơn vị chủ trì"].strip() == "Sở Tài chính"
    assert shown["Đơn vị phối hợp"].strip() == "Sở Y tế; Sở Tài chính"
    assert shown["Thời hạn"].strip() == "15/03/2026"
    assert shown["Tính cả ngày hạn"].strip() == "Không"
    assert shown["Trạng thái"].strip() == "Chưa giao"


def test_a_follow_up_is_changed_where_it_was_told_to_be(thuky: Thuky) -> None:
    old = thuky.json("followup", "add", "--work", "Cũ", "--due", "15/3/2026")
    new = thuky.json("followup", "set", old["id"], "--work", "Mới")
    assert new == old | {"work": "Mới"}
    assert thuky.json("followup", "set", old["id"], "--due", "")["due"] is None


def test_follow_ups_are_listed_by_meeting_and_state_the_earliest_due_first(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    thuky.done("followup", "add", "--work", "C", "--meeting", meeting)
    thuky.done("followup", "add", "--work", "B", "--meeting", meeting, "--due", "2/3/2026")
    thuky.done("followup", "add", "--work", "A", "--due", "1/3/2026")

    def works(*options: str) -> str:
        return "".join(f["work"] for f in thuky.json("followup", "list", *options))

    assert works() == "ABC"
    assert works("--meeting", meeting) == "BC"
    assert works("--state", "proposed") == works("--state", "Chưa giao") == "ABC"
    assert works("--state", "done") == ""


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--work", " "), 1, "chưa nói việc gì"),
        (("--lead", "Sở X"), 1, "Không có đơn vị nào"),
        (("--coordinating", "Sở X"), 1, "Không có đơn vị nào"),
        (("--due", "31/02/2026"), 1, "Lịch không có ngày"),
        (("--due-time", "25h"), 1, "Không có giờ nào"),
        (("--meeting", "f"), 1, "Không có bản ghi nào"),
        (("--inclusive", "2"), 2, "chọn một trong: 1, 0"),
    ],
)
def test_a_wrong_point_is_refused_and_nothing_is_written(
    thuky: Thuky, options: tuple[str, str], code: int, words: str
) -> None:
    answer = thuky("followup", "add", "--work", "Việc", *options)
    assert answer.code == code
    assert words in answer.error
    assert thuky.json("followup", "list") == []


def test_an_unknown_state_is_answered_with_the_known_ones(thuky: Thuky) -> None:
    answer = thuky("followup", "list", "--state", "xong")
    assert answer.code == 2
    assert "in_progress" in answer.error
