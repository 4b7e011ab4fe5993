"""A line that extends a deadline moves that of a follow-up there is, once it is said which one."""

from pathlib import Path

import pytest

from office import followups as life
from schema.records import Followup
from tests.tui.office import Office
from tests.tui.test_minutes_tasks import followups, minutes, screen, strip_says
from tui.screens.choose import ChooseScreen

WORK = "Trình kế hoạch đầu tư công năm 2027"
LINE = "Đồng ý gia hạn cho Sở Tài chính trình kế hoạch đầu tư công năm 2027 đến ngày 15/4/2026."


def old_one(office: Office) -> Followup:
    (found,) = office.store.live(Followup, "work = ?", WORK)
    return found


@pytest.mark.parametrize("mark", ["= ", "! "])
async def test_the_line_moves_the_old_deadline_and_becomes_no_follow_up(
    full: Path, mark: str
) -> None:
    async with minutes(full, mark + LINE) as office:
        await strip_says(office, "Gia hạn")
        before = old_one(office)
        await office.press("tab")
        assert isinstance(office.screen, ChooseScreen)
        assert f"{WORK} · Sở Tài chính" in office.seen()
        await office.type("trinh ke hoach")
        await office.press("enter")
        event = life.events_of(office.store, before.id)[-1]
        told = (event.kind, event.due_from, event.due_to)
        assert told == ("extended", before.due, "2026-04-15")
        assert (event.note, event.meeting) == (LINE, screen(office).meeting_id)
        assert old_one(office).due == "2026-04-15"
        assert followups(office) == []
        assert screen(office).left_open() == []
        await strip_says(office, "Gia hạn một nhiệm vụ")
        office.app.restore_deleted()
        assert old_one(office).due == before.due
        await strip_says(office, "Tab")


async def test_what_is_about_none_of_them_is_a_task_of_its_own(full: Path) -> None:
    async with minutes(full, f"= {LINE}") as office:
        await strip_says(office, "Gia hạn")
        await office.press("tab")
        await office.type("khong phai")
        await office.press("enter")
        await office.until(lambda: followups(office))
        (made,) = followups(office)
        assert made.line == LINE
        assert old_one(office).due != "2026-04-15"


async def test_nothing_is_extended_by_itself_when_the_meeting_ends(full: Path) -> None:
    async with minutes(full, f"! {LINE}\n") as office:
        await office.until(lambda: screen(office)._timer is None)
        await screen(office).live.sweep()
        (left,) = screen(office).left_open()
        assert left.line == 0
        assert screen(office).take_all() == 0
        assert followups(office) == []
