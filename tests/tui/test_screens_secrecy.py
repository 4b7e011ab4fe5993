"""A meeting with a state-secret mark says so wherever it is shown, and what the mark means."""

from pathlib import Path

from schema.records import Followup, FollowupSource, Meeting
from tests.tui.office import Office, at_work
from tui.screens.ask import Ask
from tui.screens.followup_page import FollowupPage
from tui.screens.meeting_form import MeetingForm
from tui.widgets.form import Form

LIVE = "Phiên họp thường kỳ tháng 2"
STAYS = "MẬT, chỉ ở máy này"


async def mark(office: Office, grade: str = "mat") -> Meeting:
    held = office.meeting(LIVE)
    office.store.update(Meeting, held.id, secrecy=grade)
    office.app.changed()
    await office.settle()
    return held


async def test_the_grade_is_set_by_keys_and_said_beside_the_field(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("e")
        office.one(Form).rows["secrecy"].control.focus()
        await office.press("right")
        assert "không đồng bộ, không xuất" in office.seen()
        await office.press("f4")
        assert office.meeting(LIVE).secrecy == "mat"
        assert f"[MẬT] {LIVE}" in office.seen()


async def test_lists_headings_minutes_and_follow_ups_say_that_it_stays(full: Path) -> None:
    async with at_work(full) as office:
        held = await mark(office, "toi_mat")
        for place in ("1", "2"):
            await office.press(place)
            assert "[TỐI MẬT] Phiên họp" in office.seen()
        await office.press("1", "r")
        assert "[TỐI MẬT]" in office.seen()
        await office.press("escape", "a")
        assert "[TỐI MẬT]" in office.seen()
        await office.press("escape")
        office.app.open_minutes(held.id)
        await office.settle()
        assert f"TỐI {STAYS}" in office.seen()


async def test_a_mark_set_while_the_minutes_are_open_is_seen_in_them(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("enter")
        assert STAYS not in office.seen()
        await mark(office)
        assert STAYS in office.seen()


async def test_a_follow_up_of_a_marked_meeting_or_source_says_that_it_stays(full: Path) -> None:
    async with at_work(full) as office:
        held = await mark(office)
        followup = office.store.live(Followup, "state <> 'done' AND due NOTNULL ORDER BY due")[0]
        office.store.insert(FollowupSource(followup=followup.id, meeting=held.id))
        office.app.changed()
        await office.press("3")
        assert f"[MẬT] {followup.work[:12]}" in office.seen()
        office.app.push_screen(FollowupPage(followup.id))
        await office.settle()
        assert STAYS in office.seen()


async def test_a_mark_that_comes_late_tells_what_has_left(full: Path) -> None:
    async with at_work(full) as office:
        held = office.meeting(LIVE)
        office.store.connection.execute(
            "UPDATE change SET log = 'd' WHERE row = ? AND col = 'title'", (held.id,)
        )
        await office.press("e")
        office.one(Form).rows["secrecy"].control.focus()
        await office.press("right")
        assert "1 thay đổi đã ở máy khác" in office.seen()
        await office.press("f4")
        assert office.meeting(LIVE).secrecy == "mat"
        assert "dấu mật không lấy lại được" in office.seen()


async def test_a_mark_is_taken_away_only_after_a_question(full: Path) -> None:
    async with at_work(full) as office:
        await mark(office)
        await office.press("e")
        office.one(Form).rows["secrecy"].value = ""
        await office.press("f4")
        assert isinstance(office.screen, Ask)
        assert "Bỏ dấu MẬT, gửi cả cuộc họp đến mọi máy? b: bỏ" in office.seen()
        await office.press("k")
        assert isinstance(office.screen, MeetingForm)
        assert office.meeting(LIVE).secrecy == "mat"
        await office.press("f4", "b")
        assert office.meeting(LIVE).secrecy == ""
