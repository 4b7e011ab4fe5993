"""`thuky inspection`: plan, visit, findings with evidence, tied to follow-ups."""

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Thuky


@pytest.fixture
def visit(thuky: Thuky) -> str:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    plan = ("--planned-on", "12/3/2026", "--plan", "Giải ngân", "--number", "15/QĐ-UBND")
    made = thuky.json("inspection", "add", "--title", "Kiểm tra giải ngân", "--unit", "STC", *plan)
    return str(made["id"])


def test_an_inspection_goes_from_plan_to_conclusion(thuky: Thuky, visit: str) -> None:
    assert "Sắp kiểm tra" in thuky.done("inspection", "list")
    thuky.done("inspection", "visit", visit, "--on", "13/3/2026")
    assert "Đã kiểm tra" in thuky.done("inspection", "list")
    thuky.done("inspection", "set", visit, "--conclusion", "Chậm ở 3 dự án")
    assert "Đã kết luận" in thuky.done("inspection", "list")
    shown = thuky.json("inspection", "show", visit)
    assert (shown["planned_on"], shown["visited_on"]) == ("2026-03-12", "2026-03-13")
    assert shown["number"] == "15/QĐ-UBND"


def test_a_finding_is_tied_to_a_follow_up_with_its_evidence(thuky: Thuky, visit: str) -> None:
    task = thuky.json("followup", "add", "--work", "Giải ngân vốn", "--lead", "STC")["id"]
    thuky.done("inspection", "visit", visit, "--on", "13/3/2026")
    said = ("--text", "Mới đạt 40 %", "--result", "short", "--evidence", "BC 12/BC-STC")
    found = thuky.json("inspection", "finding", visit, *said, "--followup", task)
    assert (found["followup"], found["seen_on"], found["position"]) == (task, "2026-03-13", 1.0)
    thuky.done("inspection", "finding", visit, "--text", "Có người phụ trách", "--result", "Tốt")
    thuky.done("inspection", "amend", found["id"], "--evidence", "BC 14/BC-STC")
    shown = thuky.json("inspection", "show", visit)
    assert [(f["text"], f["evidence"]) for f in shown["findings"]] == [
        ("Mới đạt 40 %", "BC 14/BC-STC"),
        ("Có người phụ trách", ""),
    ]
    assert "Giải ngân vốn" in thuky.done("inspection", "show", visit)
    thuky.done("inspection", "drop", found["id"])
    assert len(thuky.json("inspection", "show", visit)["findings"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("visit", "{id}", "--on", "1/1/2199"), "chưa đến; chưa ghi gì"),
        (("set", "{id}", "--title", " "), "chưa có tên; chưa ghi gì"),
        (("finding", "{id}", "--text", " "), "Hãy ghi điều thấy được"),
        (("finding", "{id}", "--text", "x", "--result", "so so"), "chọn một trong"),
        (("finding", "{id}", "--text", "x", "--followup", "zzz"), "Không có bản ghi nào"),
        (("finding", "zzz", "--text", "x"), "Không có bản ghi nào"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    thuky: Thuky, visit: str, arguments: tuple[str, ...], words: str
) -> None:
    answer = thuky("inspection", *(word.format(id=visit) for word in arguments))
    assert answer.code in (1, 2)
    assert words in answer.error
    assert thuky.json("inspection", "show", visit)["findings"] == []


def test_inspections_and_findings_are_exported(thuky: Thuky, visit: str, tmp_path: Path) -> None:
    thuky.done("inspection", "finding", visit, "--text", "Mới đạt 40 %")
    thuky.done("export", str(tmp_path / "out"))
    for table, told in (("inspection", "Kiểm tra giải ngân"), ("finding", "Mới đạt 40 %")):
        (file,) = (tmp_path / "out").rglob(f"{table}.*")
        (line,) = file.read_text("utf-8").splitlines()
        assert told in json.loads(line).values()
