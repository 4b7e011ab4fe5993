"""thuky search: what is found, for people and for programs."""

import json

import pytest

from tests.tui.cli.conftest import Thuky

KEYS = {
    *("kind", "id", "title", "snippet", "spans", "score"),
    *("meeting", "line", "date", "unit", "state", "due"),
}


@pytest.fixture
def meeting(thuky: Thuky) -> str:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    id = thuky.meeting("Rà soát vốn đầu tư công")
    thuky.done("minutes", "append", id, stdin="Khai mạc\nGiải ngân còn chậm\n".encode())
    for work, lead in (("giải ngân vốn năm nay", "STC"), ("giải ngân vốn cũ", "")):
        thuky.done("followup", "add", "--work", work, "--meeting", id, "--lead", lead)
    return id


def test_a_program_gets_each_place(thuky: Thuky, meeting: str) -> None:
    found = thuky.json("search", "giai", "ngan", "cham")
    assert [set(hit) for hit in found] == [KEYS]
    (hit,) = found
    assert (hit["kind"], hit["id"], hit["line"]) == ("minutes", meeting, 2)
    assert (hit["title"], hit["date"]) == ("Rà soát vốn đầu tư công", "2026-02-27")
    assert hit["snippet"] == "Giải ngân còn chậm"
    assert [hit["snippet"][a:b] for a, b in hit["spans"]] == ["Giải ngân", "chậm"]
    lines = thuky.done("minutes", "show", meeting).splitlines()
    assert lines[hit["line"] - 1] == hit["snippet"]


def test_a_person_gets_a_table(thuky: Thuky, meeting: str) -> None:
    said = thuky.done("search", "giải ngân")
    assert "«Giải ngân» còn chậm" in said
    assert "«giải ngân» vốn năm nay" in said
    assert "dòng 2" in said
    assert "Sở Tài chính · Chưa giao" in said


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 3),
        (("--kind", "followup"), 2),
        (("--kind", "minutes"), 1),
        (("--kind", "followup", "--unit", "STC"), 1),
        (("--kind", "followup", "--state", "proposed"), 2),
        (("--state", "done"), 0),
        (("--from", "2026-02-28"), 0),
        (("--from", "27/2/2026", "--to", "2026-02-27"), 3),
        (("--limit", "2"), 2),
        (("--limit", "0"), 0),
    ],
)
def test_options_narrow_it_down(
    thuky: Thuky, meeting: str, options: tuple[str, ...], count: int
) -> None:
    assert len(thuky.json("search", "giải ngân", *options)) == count


def test_conditions_may_stand_among_the_words(thuky: Thuky, meeting: str) -> None:
    assert len(thuky.json("search", "giải ngân đv:stc loại:nhiệm")) == 1


def test_nothing_found_is_no_fault(thuky: Thuky, meeting: str) -> None:
    assert thuky.json("search", "tàu vũ trụ") == []
    assert "Thử bỏ dấu" in thuky.done("search", "tàu vũ trụ")
    assert thuky.json("search", "giãi ngân") == []
    assert thuky.json("search", "???") == []


@pytest.mark.parametrize("words", ['"', "NEAR(a b)", "a AND", "*", "exact:x", "^x", "a' OR 1"])
def test_what_is_typed_is_never_an_operator(thuky: Thuky, meeting: str, words: str) -> None:
    assert thuky("search", "--json", "--", words).json == []


def test_what_is_not_understood_is_told(thuky: Thuky, meeting: str) -> None:
    assert "Không có đơn vị nào là “xyz”" in thuky("search", "x", "--unit", "xyz").error
    answer = thuky("search", "giải ngân đv:xyz")
    assert answer.code == 0
    assert "Không có đơn vị nào là “xyz”" in answer.err
    answer = thuky("search", "giải ngân đv:xyz", "--json")
    assert len(json.loads(answer.out)) == 3
    assert thuky("search").code == 2


def test_what_another_program_writes_is_found(thuky: Thuky, meeting: str) -> None:
    assert thuky.json("search", "Sở Lạ") == []
    thuky.sql("INSERT INTO unit (name) VALUES ('Sở Lạ')")
    assert [hit["title"] for hit in thuky.json("search", "so la")] == ["Sở Lạ"]


def test_marked_meetings_are_not_found(thuky: Thuky, meeting: str) -> None:
    thuky.done("meeting", "edit", meeting, "--secrecy", "mat")
    assert thuky.json("search", "giải ngân") == []
    thuky.done("meeting", "edit", meeting, "--secrecy", "")
    assert len(thuky.json("search", "giải ngân")) == 3
