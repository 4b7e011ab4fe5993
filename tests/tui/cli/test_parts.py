"""thuky followup split, parts, answer, unsplit, milestone, occurrences."""

from typing import Any

import pytest

from tests.tui.cli.conftest import Thuky

COMMUNES = ("UBND xã Bản Nguyên", "UBND xã Đan Thượng", "UBND phường Việt Trì")


@pytest.fixture
def office(thuky: Thuky) -> Thuky:
    for name in COMMUNES:
        kind = "ubnd_phuong" if "phường" in name else "ubnd_xa"
        thuky.done("unit", "add", "--name", name, "--type", kind)
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC", "--type", "so_ban_nganh")
    return thuky


def task(thuky: Thuky, *options: str) -> str:
    added = thuky.json("followup", "add", "--work", "Báo cáo giải ngân", *options)
    return str(added["id"])


def units(table: Any) -> list[str]:
    return [part["unit"] for part in table["parts"]]


def test_a_task_is_split_by_type_by_name_and_as_its_sentence_says(office: Thuky) -> None:
    by_type = office.json("followup", "split", task(office), "--type", "ubnd_xa")
    assert units(by_type) == list(COMMUNES[:2])
    id = by_type["id"]
    assert units(office.json("followup", "split", id, "--units", f"stc; {COMMUNES[2]}")) == [
        *("Sở Tài chính", COMMUNES[2], *COMMUNES[:2])
    ]
    sentence = "UBND các xã, phường báo cáo số hộ nghèo trước ngày 20/3/2026."
    said = task(office, "--excerpt", sentence)
    assert units(office.json("followup", "split", said, "--said")) == [COMMUNES[2], *COMMUNES[:2]]
    assert office.json("followup", "split", said, "--type", "xa_phuong") == office.json(
        "followup", "parts", said
    ), "those who have theirs are not asked again"


def test_answers_are_one_table_with_totals(office: Thuky) -> None:
    id = task(office, "--due", "5/3/2026", "--product", "Báo cáo", "--authority", "UBND tỉnh")
    office.done("followup", "split", id, "--type", "xa_phuong")
    office.done("followup", "assign", id)
    answer = ("followup", "answer", id, "--unit")
    office.done(*answer, COMMUNES[0], "--said", "12,5 tỷ đồng; xong đợt 1", "--done")
    kept = office.json(*answer, COMMUNES[1], "--figure", "0,5", "--paper", "4/BC-UBND")
    assert (kept["state"], kept["lead"]) == ("submitted", COMMUNES[1])
    table = office.json("followup", "parts", id)
    assert {name: table[name] for name in ("units", "answered", "done", "refused", "sums")} == {
        "units": 3,
        "answered": 2,
        "done": 1,
        "refused": 0,
        "sums": [{"total": 13.0, "measure": "tỷ đồng", "units": 2}],
    }
    first = next(part for part in table["parts"] if part["unit"] == COMMUNES[0])
    assert (first["note"], first["figure"], first["measure"]) == ("xong đợt 1", 12.5, "tỷ đồng")
    assert units(office.json("followup", "parts", id, "--open")) == [COMMUNES[2]]
    shown = office.done("followup", "parts", id)
    assert "2/3 đã trả lời · 1 xong" in shown
    assert "tổng 13 tỷ đồng (2 đơn vị)" in shown
    assert "có trả lời" in office("followup", "unsplit", id, "--units", COMMUNES[1]).error
    gone = office.json("followup", "unsplit", id, "--units", COMMUNES[2])
    assert units(gone) == list(COMMUNES[:2])


def test_what_cannot_be_split_or_answered_is_said(office: Thuky) -> None:
    id = task(office)
    part = office.json("followup", "split", id, "--units", "stc")["parts"][0]["id"]
    for arguments, why in (
        (("split", id), "--units"),
        (("split", id, "--units", "stc"), "chỉ có một phần"),
        (("split", part, "--units", COMMUNES[0]), "đã là phần của một đơn vị"),
        (("split", id, "--said"), "không gọi chung đơn vị nào"),
        (("split", id, "--type", "hội"), "Không có giá trị"),
        (("answer", id, "--unit", COMMUNES[0], "--note", "x"), "không có phần nào"),
        (("answer", part, "--figure", "nhiều"), "không phải là số liệu"),
        (("answer", part, "--done"), "phải có gì để thấy"),
    ):
        assert why in office("followup", *arguments).error, arguments
    assert "chưa chia" in office.done("followup", "parts", task(office))


def test_a_scheme_has_milestones(thuky: Thuky) -> None:
    id = task(thuky, "--kind", "scheme")
    add = ("followup", "milestone", "add", id, "--work")
    first = thuky.json(*add, "Đề cương", "--due", "10/3/2026", "--product", "Đề cương")["id"]
    thuky.done(*add, "Dự thảo", "--due", "10/4/2026")
    thuky.done("followup", "milestone", "move", first, "--down", "1")
    works = [row["work"] for row in thuky.json("followup", "milestone", "list", id)]
    assert works == ["Dự thảo", "Đề cương"]
    assert "sản phẩm" in thuky("followup", "milestone", "done", first).error
    done = thuky.json("followup", "milestone", "done", first, "--said", "12/STC-ĐA")
    assert done["state"] == "done"
    lines = thuky.done("followup", "milestone", "list", id).splitlines()
    assert "◂" in next(line for line in lines if "Dự thảo" in line)
    thuky.done("followup", "milestone", "remove", first)
    assert len(thuky.json("followup", "milestone", "list", id)) == 1


def test_a_task_that_recurs_lists_its_times_and_can_be_stopped(thuky: Thuky) -> None:
    added = thuky("followup", "add", "--work", "A", "--due", "trước ngày 30 hằng tháng")
    assert "lấy ngày cuối tháng" in added.err
    row = thuky.json("followup", "list")[0]
    id = row["id"]
    thuky.done("followup", "assign", id, "--reason", "giao")
    found = thuky.json("followup", "occurrences", id, "--until", f"{row['due'][:4]}-12-31")
    first = found[0]
    assert first.pop("last_working_day") < row["due"]
    assert first == {"on": row["due"], "due": row["due"], "id": id, "state": "assigned"}
    assert all(each["id"] is None for each in found[2:])
    thuky.done("followup", "occurrences")
    thuky.done("followup", "occurrences", id, "--stop", row["due"])
    assert len(thuky.json("followup", "occurrences", id)) == 1
    assert "không lặp lại" in thuky("followup", "occurrences", task(thuky)).error
    assert "Không hiểu lịch lặp" in thuky("followup", "set", id, "--recurrence", "FREQ=X").error
