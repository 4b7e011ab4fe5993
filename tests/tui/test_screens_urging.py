"""From what is late in the morning to a letter that is marked as sent, by keyboard."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from office.papers.letterhead import letterhead
from office.urged import urgings_of
from office.urging_rules import rules_of
from schema.records import Followup, FollowupEvent, Unit
from schema.store import Store
from tests.tui.office import TODAY, Office, at, at_work, clock
from tui.screens.urging_steps import FOLDER
from tui.widgets.field import Field
from tui.widgets.listing import Listing


@pytest.fixture
def late(full: Path, tmp_path: Path) -> Path:
    """The tasks of Sở Tài chính are being done; one is late, one is due today."""
    with Store(full, clock=clock) as store:
        unit = next(u for u in store.live(Unit) if u.abbr == "STC")
        store.update(Unit, unit.id, email="a@stc.vn\nBcc: all@x.vn")
        for row in store.live(Followup):
            store.insert(FollowupEvent(followup=row.id, kind="started", at=at(-9, 9)))
        other = next(u for u in store.live(Unit) if u.abbr == "SYT")
        due = (TODAY - timedelta(days=30)).isoformat()
        made = store.insert(Followup(work="Rà soát y tế cơ sở", lead=other.id, due=due))
        store.insert(FollowupEvent(followup=made.id, kind="started", at=at(-40, 9)))
        store.set_local({FOLDER: str(tmp_path)})
    return full


async def open_unit(office: Office) -> None:
    """Today, then all who are to be urged, then Sở Tài chính."""
    await office.press("D")
    await office.until(lambda: "Sở Tài chính" in office.seen())
    await office.press("enter")
    await office.until(lambda: "Trình kế hoạch" in office.seen())


def unit_of(office: Office, abbr: str) -> str:
    return next(unit.id for unit in office.store.live(Unit) if unit.abbr == abbr)


def urged(office: Office, work: str) -> list[Any]:
    (row,) = office.store.live(Followup, "work LIKE ?", f"{work}%")
    return urgings_of(office.store, [row.id]).get(row.id, [])


async def test_today_shows_whom_to_urge_and_opens_it(late: Path) -> None:
    async with at_work(late) as office:
        await office.until(lambda: "Đôn đốc" in office.seen())
        lines = [line for line in office.seen().splitlines() if "Đôn đốc" in line]
        assert ["Sở Y tế" in line for line in lines[:2]] == [False, True]
        assert "1 quá hạn · 1 hôm nay" in lines[0]
        office.one(Listing).go_to(f"urge:unit:{unit_of(office, 'SYT')}")
        await office.press("enter")
        await office.until(lambda: "Rà soát y tế cơ sở" in office.seen())


async def test_all_late_ones_of_a_unit_go_into_a_letter_by_one_key(
    late: Path, tmp_path: Path
) -> None:
    async with at_work(late) as office:
        await open_unit(office)
        await office.press("a")
        assert "đã chọn 1" in office.seen()
        await office.press("w", "enter")
        folder = tmp_path / "don-doc-2026-02-27-so-tai-chinh"
        await office.until(folder.exists)
        await office.settle()
        assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".eml", ".xlsx"]
        assert "không dùng được" in office.seen()  # its address
        await office.press("w")
        assert office.one(Field).value == f"{folder}-2"  # no file is overwritten


async def test_what_was_sent_is_marked_and_may_be_taken_back(late: Path) -> None:
    async with at_work(late) as office:
        await open_unit(office)
        await office.press("a", "m")
        await office.type("12/UBND-TH")
        await office.press("enter")
        await office.until(lambda: "Trình kế hoạch" not in office.seen())
        (urging,) = urged(office, "Trình kế hoạch")
        assert (urging.event.number, urging.event.issued_on) == ("12/UBND-TH", "2026-02-27")
        assert urged(office, "Báo cáo tiến độ") == []
        await office.press("u")
        await office.until(lambda: "Trình kế hoạch" in office.seen())
        assert urged(office, "Trình kế hoạch") == []


async def test_an_answer_is_kept_beside_what_was_urged(late: Path) -> None:
    with Store(late, clock=clock) as store:
        (row,) = store.live(Followup, "work LIKE 'Trình kế hoạch%'")
        store.insert(FollowupEvent(followup=row.id, kind="reminded", at=at(-9, 9)))
    async with at_work(late) as office:
        await open_unit(office)
        await office.press("t")
        await office.type("Sẽ trình")
        await office.press("enter")
        await office.until(lambda: "18/02/2026 ✓" in office.seen())
        (urging,) = urged(office, "Trình kế hoạch")
        assert urging.answer.note == "Sẽ trình"


async def test_choosing_one_by_one_and_all(late: Path) -> None:
    async with at_work(late) as office:
        await open_unit(office)
        await office.press("space", "space")
        assert "đã chọn 2" in office.seen()
        await office.press("A")
        assert "đã chọn 3" in office.seen()
        await office.press("A")
        assert "đã chọn" not in office.seen()
        await office.press("enter")
        await office.until(lambda: "Chi tiết nhiệm vụ" in office.seen())


async def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_marked(
    late: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with Store(late, clock=clock) as store:
        store.set_local({FOLDER: str(tmp_path / "file")})
    async with at_work(late) as office:
        await open_unit(office)
        await office.press("w", "enter")
        await office.until(lambda: "Không ghi được vào" in office.seen())
        assert urged(office, "Trình kế hoạch") == []


async def test_another_day_is_looked_at_by_a_key(late: Path) -> None:
    async with at_work(late) as office:
        await office.press("D")
        await office.until(lambda: "Sở Tài chính" in office.seen())
        await office.press("right_square_bracket")
        await office.until(lambda: "28/02/2026" in office.seen())
        await office.press("m")  # nobody was urged on a day to come
        assert "số công văn" not in office.seen()


async def test_rules_are_changed_and_laid_to_rest_on_their_screen(late: Path) -> None:
    async with at_work(late) as office:
        await office.press("D", "f2")
        await office.until(lambda: "Quá hạn 5 ngày làm việc" in office.seen())
        await office.press("space")
        assert not rules_of(office.store)[0].active
        await office.press("n", "backspace")
        await office.type("2x")
        await office.press("f4")
        assert "không phải là số" in office.seen()
        await office.press("backspace", "f4")
        await office.until(lambda: "Trước hạn 2 ngày làm việc" in office.seen())
        assert rules_of(office.store)[-1].days == 2
        await office.press("d", "d")
        assert "Trước hạn 2 ngày làm việc" not in "\n".join(office.seen().splitlines()[:-2])


async def test_the_letterhead_is_written_on_its_form(late: Path) -> None:
    async with at_work(late) as office:
        await office.press("D", "f3")
        await office.until(lambda: "TL. Chủ tịch; Chánh Văn phòng" in office.seen())
        await office.press(*["tab"] * 5)
        await office.type("Lê Thị Lan")
        await office.press("f4")
        assert letterhead(office.store).signer == "Lê Thị Lan"
