"""thuky followup bulk, standing, days; followup list --group; filter save --view."""

from tests.tui.cli.conftest import Thuky


def office(thuky: Thuky) -> list[str]:
    """Three follow-ups of a unit, one of which was given and handed in late."""
    thuky.done("unit", "add", "--name", "Sở Y tế", "--abbr", "SYT")
    ids = []
    for work, due in (("Lập kế hoạch", "2026-02-01"), ("Mua máy", "2026-03-10"), ("Tập huấn", "")):
        words = ["--work", work, "--lead", "SYT", *(["--due", due] if due else [])]
        ids.append(thuky.json("followup", "add", *words)["id"])
    return ids


def test_a_step_is_taken_with_all_that_a_filter_asks_for(thuky: Thuky) -> None:
    first, second, third = office(thuky)
    tried = thuky.json("followup", "bulk", "cancelled", "--filter", "dv:syt", "--dry-run")
    assert (tried["done"], len(tried["failed"])) == ([], 3)
    assert "lý do" in tried["failed"][0]["why"]
    tried = thuky.json(
        *("followup", "bulk", "cancelled", "--filter", "may", "--reason", "trùng", "--dry-run")
    )
    assert (tried["done"], tried["dry_run"]) == ([second], True)
    assert thuky.json("followup", "show", second)["state"] == "proposed"
    done = thuky.json("followup", "bulk", "cancelled", "--filter", "may", "--reason", "trùng")
    assert done["done"] == [second]
    assert thuky.json("followup", "show", second)["state"] == "cancelled"
    thuky.done("field", "add", "--name", "Y tế")
    set_ = thuky.json("followup", "bulk", "field", "--filter", "", "--to", "Y tế")
    assert set(set_["done"]) == {first, second, third}
    assert "Không ghi được" in thuky.done("followup", "bulk", "taken", "--filter", "máy")


def test_a_step_that_there_is_not_is_told(thuky: Thuky) -> None:
    office(thuky)
    assert thuky("followup", "bulk", "bay", "--filter", "tt:mở").code == 2
    assert "--to" in thuky("followup", "bulk", "assign", "--filter", "tt:mở").err


def test_how_a_unit_stands_is_told_with_each_of_its_tasks(thuky: Thuky) -> None:
    first, second, third = office(thuky)
    thuky.done("followup", "assign", second, "--reason", "gấp")
    told = thuky.json("followup", "standing", "--unit", "syt")
    assert (told["name"], told["given"], told["running_late"]) == ("Sở Y tế", 1, 1)
    lists = told["followups"]
    assert sorted(id for ids in lists.values() for id in ids) == sorted([first, second, third])
    assert "Sở Y tế" in thuky.done("followup", "standing", "--unit", "syt")
    assert thuky("followup", "standing").code == 2


def test_headings_and_days_are_counted(thuky: Thuky) -> None:
    ids = office(thuky)
    (heading,) = thuky.json("followup", "list", "--group", "unit")
    assert (heading["name"], heading["count"]) == ("Sở Y tế", 3)
    assert sorted(heading["followups"]) == sorted(ids)
    weeks = thuky.json("followup", "list", "--group", "week")
    assert [week["key"] for week in weeks] == ["2026-01-26", "2026-03-09", None]
    days = thuky.json("followup", "days", "--from", "2026-02-01", "--to", "2026-03-31")
    assert [(day["day"], day["number"]) for day in days] == [("2026-02-01", 1), ("2026-03-10", 1)]
    assert "10/03/2026" in thuky.done("followup", "days", "--from", "2026-03-01")
    assert "Sở Y tế" in thuky.done("followup", "list", "--group", "unit")


def test_a_filter_is_saved_with_a_layout_that_the_list_has_too(thuky: Thuky) -> None:
    office(thuky)
    thuky.done("filter", "save", "Theo đơn vị", "tt:mở", "--view", "group:unit form:cây")
    (kept,) = [f for f in thuky.json("filter", "list") if f["id"]]
    assert kept["view"] == "group:unit"
    (heading,) = thuky.json("followup", "list", "--saved", "theo don vi")
    assert heading["count"] == 3
