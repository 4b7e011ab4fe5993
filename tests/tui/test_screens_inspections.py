"""An inspection is planned, paid and written down by keyboard; its findings show on follow-ups."""

from pathlib import Path

import pytest

from office.inspections import all_inspections, findings_of
from schema.records import Finding, Followup, Inspection, Unit
from schema.store import Store
from tests.tui.office import at_work, clock


@pytest.fixture
def planned(full: Path) -> Path:
    with Store(full, clock=clock) as store:
        unit = next(u for u in store.live(Unit) if u.abbr == "STC")
        store.insert(Inspection(title="Kiểm tra giải ngân", unit=unit.id, planned_on="2026-02-25"))
    return full


async def test_an_inspection_is_planned_by_keyboard(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("K")
        await office.until(lambda: "Chưa có cuộc kiểm tra nào" in office.seen())
        await office.press("n")
        await office.type("Kiểm tra giải ngân")
        await office.press("enter")
        await office.type("stc")
        await office.press("enter", "f4")
        await office.until(lambda: "Sắp kiểm tra" in office.seen())
        (row,) = all_inspections(office.store)
        assert office.store.get(Unit, row.unit or "").name == "Sở Tài chính"


async def test_a_finding_is_tied_to_a_follow_up_and_shows_on_its_page(planned: Path) -> None:
    async with at_work(planned) as office:
        await office.press("K", "enter", "v", "enter")
        await office.until(lambda: "Đã kiểm tra" in office.seen())
        await office.press("n")
        await office.type("Mới đạt 40 %")
        await office.press("enter", "right", "right", "enter")
        await office.type("so hoa")
        await office.press("enter")
        await office.type("BC 12/BC-STC")
        await office.press("f4")
        await office.until(lambda: "bằng chứng: BC 12/BC-STC" in office.seen())
        (row,) = all_inspections(office.store)
        (finding,) = findings_of(office.store, row.id)
        assert finding.result == "short"
        assert finding.seen_on == "2026-02-27"
        assert office.store.get(Followup, finding.followup or "").work == "Hoàn thành số hóa hồ sơ"
        await office.press("o")
        await office.until(lambda: "Kiểm tra giải ngân" in office.seen())
        assert "Chi tiết nhiệm vụ" in office.seen()
        assert "Còn thiếu · Mới đạt 40 %" in office.seen()


async def test_a_follow_up_that_is_not_in_the_list_is_asked_for_again(planned: Path) -> None:
    async with at_work(planned) as office:
        await office.press("K", "enter", "n")
        await office.type("Mới đạt 40 %")
        await office.press("enter", "enter")
        await office.type("không có việc này")
        await office.press("f4")
        assert "chọn một nhiệm vụ trong danh sách" in " ".join(office.seen().split())
        assert office.store.live(Finding) == []
        await office.press("escape")  # what was typed is kept
        await office.press("n")
        await office.until(lambda: "Mới đạt 40 %" in office.seen())


async def test_a_visit_to_come_is_refused_and_nothing_lost(planned: Path) -> None:
    async with at_work(planned) as office:
        await office.press("K", "enter", "v")
        await office.press(*["backspace"] * 10)
        await office.type("28/2/2026")
        await office.press("enter")
        await office.until(lambda: "chưa đến" in office.seen())
        assert all_inspections(office.store)[0].visited_on is None


async def test_what_was_seen_may_be_removed_and_taken_back(planned: Path) -> None:
    with Store(planned, clock=clock) as store:
        (row,) = all_inspections(store)
        store.insert(Finding(inspection=row.id, text="Nhầm"))
    async with at_work(planned) as office:
        await office.press("K", "enter", "G", "d", "d")
        await office.until(lambda: "Chưa ghi gì" in office.seen())
        await office.press("u")
        await office.until(lambda: "Nhầm" in office.seen())
