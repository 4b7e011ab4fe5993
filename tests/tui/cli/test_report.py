"""thuky report and thuky evaluate: figures with their lists, files, and what cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.soffice import printed
from tests.tui.cli.conftest import Thuky

PERIOD = ("--from", "1/1/2026", "--to", "31/3/2026")


@pytest.fixture
def office(thuky: Thuky) -> Thuky:
    """Two units with a few tasks: one done in time, one late, one open, one with a strange name."""
    from schema.records import Field, Followup, FollowupEvent, Person, Unit
    from schema.store import Store

    thuky("unit", "list")
    with Store(thuky.database) as store:
        store.insert(Person(id="p0", name="Trần Thị Bình"))
        store.insert(Field(id="f0", name="Kinh tế", leader="p0"))
        store.insert(Unit(id="u0", name="Sở Tài chính", abbr="STC"))
        store.insert(Unit(id="u1", name="Sở Y tế", abbr="SYT"))
        lives = [
            ("a0", "u0", "2026-02-10", "done", "2026-02-09"),
            ("a1", "u0", "2026-02-10", "done", "2026-02-20"),
            ("a2", "u1", "2026-02-10", "", ""),
            ("a3", "u1", None, "", ""),
        ]
        for id, lead, due, ended, on in lives:
            store.insert(
                Followup(id=id, lead=lead, due=due, work=f"=việc {id}", product="BC", field="f0")
            )
            at = "2026-01-15T02:00:00Z"
            store.insert(FollowupEvent(followup=id, kind="assigned", at=at, unit=lead))
            store.insert(FollowupEvent(followup=id, kind="taken", at=at, unit=lead))
            if ended:
                at = f"{on}T03:00:00Z"
                store.insert(
                    FollowupEvent(
                        followup=id,
                        kind="submitted",
                        at=at,
                        product="Báo cáo",
                        number="12/BC",
                        issued_on=on,
                    )
                )
                store.insert(FollowupEvent(followup=id, kind=ended, at=at))
    return thuky


def ask(office: Thuky, *words: str) -> Any:
    answer = office("report", *words, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def test_figures_have_keys_that_stay_and_open_their_lists(office: Thuky) -> None:
    told = ask(office, *PERIOD, "--ids")
    assert (told["from"], told["to"], told["by"]) == ("2026-01-01", "2026-03-31", "unit")
    total = told["total"]["figures"]
    assert (total["assigned"], total["done_in_time"], total["done_late"]) == (4, 1, 1)
    assert (total["running_late"], total["running_without_deadline"]) == (1, 1)
    assert total["on_time_share"] == pytest.approx(1 / 3)
    assert total["products"] == 2
    assert told["total"]["ids"]["done_late"] == ["a1"]
    names = {group["name"]: group for group in told["groups"]}
    assert list(names) == ["Sở Tài chính", "Sở Y tế"]
    assert names["Sở Y tế"]["ids"]["running_late"] == ["a2"]
    assert set(names["Sở Y tế"]["figures"]) == set(total)


def test_a_past_day_is_told_as_it_was(office: Thuky) -> None:
    told = ask(office, *PERIOD, "--as-of", "9/2/2026", "--by", "leader")
    total = told["total"]["figures"]
    assert (total["done"], total["running_in_time"], total["running_late"]) == (1, 2, 0)
    assert [group["name"] for group in told["groups"]] == ["Trần Thị Bình"]


def test_the_table_is_for_people_and_the_formula_stands_under_it(office: Thuky) -> None:
    said = office("report", *PERIOD, "--by", "field").out
    assert "Kinh tế" in said
    assert "Tổng cộng" in said
    assert "đúng hạn / (hoàn thành + quá hạn chưa xong)" in said
    assert "33,3%" in said


def test_week_month_and_year_are_those_of_the_day(office: Thuky) -> None:
    for what, first, last in (
        ("week", "2026-02-09", "2026-02-15"),
        ("month", "2026-02-01", "2026-02-28"),
        ("year", "2026-01-01", "2026-12-31"),
    ):
        told = ask(office, what, "--as-of", "11/2/2026")
        assert (told["from"], told["to"], told["as_of"]) == (first, last, "2026-02-11")


def test_libreoffice_prints_the_workbook_the_paper_and_the_weekly_digest(
    office: Thuky, tmp_path: Path
) -> None:
    book, paper, weekly = (tmp_path / name for name in ("b.xlsx", "p.docx", "w.docx"))
    answer = office("report", *PERIOD, "--xlsx", str(book), "--docx", str(paper))
    assert f"Đã ghi {book}" in answer.out
    office("report", "week", "--as-of", "10/2/2026", "--docx", str(weekly))
    pages = load_workbook(book).worksheets
    assert [page.title for page in pages][:2] == ["Đơn vị", "Lãnh đạo phụ trách"]
    assert pages[0]["C5"].value == 2
    assert pages[0]["R5"].number_format == "0.0%"
    tasks = pages[-1]
    assert tasks["B5"].value == "=việc a0"
    assert tasks["B5"].data_type == "s"
    assert tasks["F5"].is_date
    texts = printed([book, paper, weekly], tmp_path)
    assert "DANH MỤC NHIỆM VỤ" in texts["b.xlsx"]
    told = " ".join(texts["p.docx"].split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told
    assert "tổng số nhiệm vụ phải thực hiện trong kỳ là 4" in told
    assert "12/BC" in told
    assert "Nhiệm vụ hoàn thành trong tuần (01)" in " ".join(texts["w.docx"].split())


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--from", "31/3/2026", "--to", "1/1/2026"), "hãy đổi hai ngày cho nhau"),
        (("--as-of", "1/1/2199"), "chưa đến"),
        ((*PERIOD, "--as-of", "1/12/2025"), "còn trước kỳ báo cáo"),
        (("--by", "màu"), "chọn một trong: unit, leader, field, source"),
        (("--from", "mười"), "Không hiểu ngày"),
    ],
)
def test_what_cannot_be_has_its_sentence(office: Thuky, words: tuple[str, ...], fault: str) -> None:
    answer = office("report", *words)
    assert answer.code != 0
    assert fault in answer.error


@pytest.mark.parametrize("option", ["--xlsx", "--docx"])
def test_a_file_is_never_written_over_and_a_place_must_be_there(
    office: Thuky, tmp_path: Path, option: str
) -> None:
    there = tmp_path / "a"
    there.write_text("của tôi")
    assert "không ghi đè" in office("report", *PERIOD, option, str(there)).error
    assert there.read_text() == "của tôi"
    nowhere = tmp_path / "không có" / "a"
    assert "Không ghi được tệp" in office("report", *PERIOD, option, str(nowhere)).error


def test_a_task_with_a_secrecy_mark_is_counted_but_in_no_paper(
    office: Thuky, tmp_path: Path
) -> None:
    from schema.records import Followup, Meeting
    from schema.store import Store

    with Store(office.database) as store:
        store.insert(Meeting(id="m", title="Họp kín", secrecy="mat"))
        store.update(Followup, "a1", meeting="m")
    book = tmp_path / "b.xlsx"
    answer = office("report", *PERIOD, "--xlsx", str(book))
    assert "1 nhiệm vụ có dấu mật không đưa vào văn bản nào" in answer.err
    works = [row[1].value for row in load_workbook(book).worksheets[-1].iter_rows(min_row=5)]
    assert works == ["=việc a0", "=việc a2", "=việc a3"]


def test_a_score_shows_its_evidence_and_too_few_have_none(office: Thuky, tmp_path: Path) -> None:
    answer = office("evaluate", *PERIOD)
    assert "chưa đủ (2/5)" in answer.out
    formula = tmp_path / "f.toml"
    usual = office("evaluate", "formula").out
    formula.write_text(usual.replace("at_least = 5", "at_least = 1").replace("= 3\n", "= 1\n"))
    assert office("evaluate", "formula", "--set", str(formula)).code == 0
    told = json.loads(office("evaluate", "--unit", "stc", *PERIOD, "--json").out)
    (score,) = told["scores"]
    assert score["name"] == "Sở Tài chính"
    assert score["score"] == pytest.approx(sum(e["points"] for e in score["evidence"]))
    assert {e["followup"] for e in score["evidence"]} == {"a0", "a1"}
    assert "Góp vào điểm" in office("evaluate", "--unit", "stc", *PERIOD).out
    assert office("evaluate", "formula", "--reset").code == 0
    formula.write_text("[[")
    assert "không phải TOML" in office("evaluate", "formula", "--set", str(formula)).error
    assert "không cả hai" in office("evaluate", "--unit", "stc", "--persons").error
