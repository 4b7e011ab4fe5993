"""The screen of reports, by keys: each figure opens its follow-ups; plots; evaluation."""

from pathlib import Path

import pytest

from schema.records import Followup, FollowupEvent
from schema.store import Store
from tests.tui.office import Office, at_work
from tui.screens.evaluation import EvaluationScreen, EvidencePage
from tui.screens.figure_list import FigureList
from tui.screens.report import ReportScreen
from tui.screens.report_plots import ReportPlots
from tui.widgets.figures import Figures


@pytest.fixture
def given(full: Path) -> Path:
    """The office at work, with all of its follow-ups assigned and the first of them done."""
    with Store(full) as store:
        for number, row in enumerate(store.live(Followup, "1 ORDER BY id")):
            for kind in ("assigned", "done") if number == 0 else ("assigned",):
                event = FollowupEvent(followup=row.id, kind=kind, at="2026-02-20T02:00:00Z")
                store.insert(event)
    return full


def said(office: Office) -> str:
    """What is seen, its lines as one."""
    return " ".join(office.seen().split())


async def test_each_figure_opens_as_many_follow_ups_as_it_says(given: Path) -> None:
    async with at_work(given) as office:
        await office.press("8")
        assert isinstance(office.screen, ReportScreen)
        assert "Tổng cộng" in said(office)
        table = office.screen.query_one(Figures)
        for _ in range(3):
            row = table.row_at(table.index)
            assert row is not None
            (number,) = [cell[1:-1] for cell in row.cells if cell.startswith("[")]
            await office.press("enter")
            assert isinstance(office.screen, FigureList)
            assert f"{number} nhiệm vụ" in said(office)
            await office.press("escape", "right")


async def test_the_cursor_brings_figures_into_sight_and_says_what_they_are(given: Path) -> None:
    async with at_work(given, size=(80, 24)) as office:
        await office.press("8", *["right"] * 15)
        assert "Tỷ lệ đúng hạn · Tổng cộng" in said(office)
        assert "% đ.hạn" in said(office)
        await office.press("b")
        assert "Lãnh đạo phụ trách" in said(office)


async def test_period_and_day_are_chosen_by_keys_and_mistakes_are_said(given: Path) -> None:
    async with at_work(given) as office:
        await office.press("8", "p")
        await office.type("tuan")
        await office.press("enter")
        assert "Tuần · Từ" in said(office)
        await office.press("a")
        await office.type("1/1/2199")
        await office.press("enter")
        assert "chưa đến" in said(office)
        await office.press("escape", "p")
        await office.type("tu ngay")
        await office.press("enter")
        await office.type("31/3/2026 - 1/1/2026")
        await office.press("enter")
        assert "hãy đổi hai ngày cho nhau" in said(office)
        await office.press("ctrl+u")
        await office.type("1/1/2026 - 31/3/2026")
        await office.press("enter")
        assert "Từ 01/01/2026 đến 31/03/2026" in said(office)


async def test_a_workbook_is_written_to_a_new_file_only(given: Path, tmp_path: Path) -> None:
    async with at_work(given) as office:
        path = tmp_path / "bao cao.xlsx"
        for told in ("Đã ghi", "không ghi đè lên"):
            await office.press("8", "x", "ctrl+u")
            await office.type(str(path))
            await office.press("enter")
            assert told in said(office)
        await office.press("escape")
        assert path.read_bytes().startswith(b"PK")


async def test_plots_fit_narrow_and_wide_terminals_without_colour(given: Path) -> None:
    for size in ((80, 24), (120, 40)):
        async with at_work(given, size=size) as office:
            await office.press("8", "v")
            await office.until(lambda: isinstance(office.screen, ReportPlots))
            await office.until(lambda: office.seen().count("└") == 2)
            seen = office.seen()
            assert "Số việc còn phải làm" in seen
            assert "Tỷ lệ đúng hạn theo thời hạn (%)" in seen
            assert seen.count("┌") == 2
            await office.press("v")
            await office.until(lambda: office.seen().count("┌") == 1)


async def test_a_score_opens_its_evidence(given: Path) -> None:
    async with at_work(given) as office:
        await office.press("8", "e")
        assert isinstance(office.screen, EvaluationScreen)
        assert "chưa đủ" in said(office)
        await office.press("enter")
        assert isinstance(office.screen, EvidencePage)
        await office.press("escape", "b")
        assert "cá nhân" in said(office)
