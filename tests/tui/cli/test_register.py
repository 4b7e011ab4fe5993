"""thuky register: numbers asked for, listed, and the register handed on."""

import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Thuky
from tests.tui.cli.test_sync import Two, closing_process


@pytest.fixture
def two(thuky: Thuky, tmp_path: Path) -> Two:
    return Two(thuky, tmp_path)


def test_a_machine_alone_numbers_from_01_for_each_kind(thuky: Thuky) -> None:
    for kind, subject in (("TB", "Một"), ("thông báo", "Hai"), ("cv", "V/v ba")):
        thuky.done("register", "ask", kind, subject)
    listed = thuky.json("register", "list")
    assert [(n["kind"], n["number"], n["subject"]) for n in listed] == [
        ("CV", "01", "V/v ba"),
        ("TB", "01/TB", "Một"),
        ("TB", "02/TB", "Hai"),
    ]
    assert {n["standing"] for n in listed} == {"official"}
    assert thuky.json("register", "list", "--kind", "cv")[0]["subject"] == "V/v ba"
    assert thuky.json("register", "list", "--year", "2020") == []
    assert "02/TB" in thuky.done("register", "list")
    status = thuky.json("register", "status")
    assert status.keys() == {
        *("device", "holder", "holder_name", "holder_revoked", "mine", "open", "last", "waiting"),
        *("missing", "void", "history"),
    }
    assert status["mine"]
    assert [(n["kind"], n["number"]) for n in status["last"]] == [("CV", 1), ("TB", 2)]
    assert "TB 02" in thuky.done("register", "status")


def test_an_office_goes_on_from_its_paper_register(thuky: Thuky) -> None:
    thuky.done("register", "take-over", "--last", "TB=217", "--last", "cv=30")
    assert thuky.json("register", "ask", "TB", "Tiếp")["number"] == "218/TB"
    assert thuky.json("register", "ask", "CV", "Tiếp")["number"] == "31"


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "lạ", "x"),
        ("ask", "TB", " "),
        ("list", "--year", "nay"),
        ("list", "--kind", "lạ"),
        ("hand-over", "x"),
        ("take-over",),
        ("take-over", "--last", "217"),
        ("take-over", "--last", "TB=-1"),
        ("take-over", "--last", "TB=2²"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    thuky: Thuky, words: tuple[str, ...]
) -> None:
    answer = thuky("register", *words)
    assert answer.code == 1
    assert answer.error
    assert thuky.json("register", "list") == []


def test_numbers_are_asked_for_on_one_machine_and_given_on_the_other(two: Two) -> None:
    two.start()
    two.meet()
    asked = two("B", "register", "ask", "TB", "Kết luận")
    assert (asked["number"], asked["standing"]) == (None, "waiting")
    two.meet()
    two.meet()
    for machine in "AB":
        (number,) = two(machine, "register", "list")
        assert (number["number"], number["standing"]) == ("01/TB", "official")
        assert number["request"] == asked["request"]
    assert two("B", "register", "status")["holder_name"] == "Máy A"


def test_the_register_is_handed_over_by_name_and_taken_over_by_word(two: Two) -> None:
    two.start()
    two.meet()
    assert two.refused("B", "register", "hand-over", "Máy A")
    assert two.refused("A", "register", "hand-over", "Máy C")
    two("A", "register", "hand-over", "Máy B")
    two("A", "register", "ask", "TB", "Sau bàn giao")
    for _ in range(3):
        two.meet()
    assert two("A", "register", "list")[0]["standing"] == "official"
    assert two("B", "register", "status")["mine"]
    two("A", "register", "take-over")
    for _ in range(3):
        two.meet()
    history = two("B", "register", "status")["history"]
    assert [(e["kind"], e["holder_name"]) for e in history] == [
        ("take_over", "Máy A"),
        ("hand_over", "Máy B"),
        ("take_over", "Máy A"),
    ]
    assert not two("B", "register", "status")["mine"]


def test_a_running_service_gives_the_number_by_itself(two: Two) -> None:
    two.start()
    two.meet()
    asked = two("B", "register", "ask", "TB", "Kết luận")["request"]
    command = [sys.executable, "-m", "tui.sync_process", str(two.databases["A"])]
    with closing_process(command) as process:
        while True:
            assert process.poll() is None
            two("B", "sync", "run", "--once")
            (number,) = two("B", "register", "list")
            if number["standing"] == "official":
                break
    assert (number["request"], number["number"]) == (asked, "01/TB")


def test_a_restored_copy_of_the_holder_holds_nothing_and_says_so(two: Two) -> None:
    two.start()
    two.meet()
    copy = two.folder.parent / "copy.db"
    two("A", "backup", str(copy))
    two("A", "register", "ask", "TB", "Sau bản sao")
    two.meet()
    two.meet()
    assert two("B", "register", "list")[0]["standing"] == "official"
    database = two.databases["A"]
    for name in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{name}").unlink(missing_ok=True)
    copy.rename(database)
    two("A", "register", "ask", "TB", "Sau khi phục hồi")
    two.thuky("sync", "run", "--once", "--db", str(database))
    for _ in range(3):
        two.meet()
    numbers = two("A", "register", "list")
    assert [(n["number"], n["subject"]) for n in numbers] == [
        ("01/TB", "Sau bản sao"),
        (None, "Sau khi phục hồi"),
    ]
    assert not two("A", "register", "status")["mine"]
    assert "phục hồi" in two.thuky.done("register", "status", "--db", str(database))
    two("A", "register", "take-over")
    for _ in range(3):
        two.meet()
    assert [n["number"] for n in two("B", "register", "list")] == ["01/TB", "02/TB"]
