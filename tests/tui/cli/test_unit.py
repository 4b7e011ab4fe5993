"""thuky unit set, merge: names change, duties move, tasks stay."""

from tests.tui.cli.conftest import Thuky

ON = ("--date", "2026-02-27")


def test_a_unit_is_renamed_and_its_old_name_still_names_it(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Lao động", "--abbr", "SLĐ")
    kept = thuky.json("unit", "set", "Sở Lao động", "--name", "Sở Nội vụ", "--abbr", "SNV")
    assert (kept["name"], kept["abbr"], kept["aliases"]) == ("Sở Nội vụ", "SNV", "Sở Lao động")
    thuky.done("followup", "add", "--work", "Việc", "--lead", "sở lao động")
    assert thuky("unit", "set", "SNV", "--name", "").code == 1
    assert thuky("unit", "set", "Sở Không có", "--abbr", "X").code == 1


def test_an_open_task_of_a_merged_unit_is_shown_with_what_the_unit_is_now(thuky: Thuky) -> None:
    for name in ("Sở Giao thông vận tải", "Sở Xây dựng"):
        thuky.done("unit", "add", "--name", name)
    task = thuky.json("followup", "add", "--work", "Sửa cầu", "--lead", "Sở Giao thông vận tải")
    said = thuky.done("unit", "merge", "Sở Giao thông vận tải", "--into", "Sở Xây dựng")
    assert said.startswith("“Sở Giao thông vận tải” nay là “Sở Xây dựng”. 1 nhiệm vụ")
    kept = thuky.json("followup", "show", task["id"])
    assert {name: kept[name] for name in task} == task
    shown = thuky.done("followup", "show", task["id"])
    assert "Sở Giao thông vận tải (nay là Sở Xây dựng)" in shown
    circle = thuky("unit", "merge", "Sở Xây dựng", "--into", "Sở Giao thông vận tải")
    assert (circle.code, "nhập vào chính nó" in circle.error) == (1, True)
    assert "lại là một đơn vị riêng" in thuky.done(
        "unit", "merge", "Sở Giao thông vận tải", "--into", ""
    )
    assert "nay là" not in thuky.done("followup", "show", task["id"])
