"""Meetings: today's, the list, the calendar, the form, series, start and end, delete and undo."""

import random
from pathlib import Path

import pytest

from office.moments import show_moment
from schema.records import Attendance, Meeting, Person, Series, Unit
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.screens.agenda import Agenda
from tui.screens.followup_page import FollowupPage
from tui.screens.meeting_form import MeetingForm
from tui.screens.meetings import Meetings
from tui.screens.minutes import MinutesScreen
from tui.screens.rollcall import RollCallScreen
from tui.screens.today import Today
from tui.widgets.calendar import Calendar
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.listing import Listing

LIVE = "Phiên họp thường kỳ tháng 2"
NEXT = "Rà soát giải ngân vốn đầu tư công"


def form(office: Office) -> MeetingForm:
    assert isinstance(office.screen, MeetingForm), office.seen()
    return office.screen


async def fill_in(office: Office, name: str, text: str) -> None:
    """Go to a row of the form on the screen and type in it, in place of what is there."""
    control = office.one(Form).rows[name].control
    control.focus()
    if isinstance(control, Field):
        control.value = ""
    await office.type(text)


# ------------------------------------------------------------------------ today


async def test_enter_goes_on_with_the_live_meeting_where_the_cursor_was(full: Path) -> None:
    async with at_work(full) as office:
        first = office.one(Listing).row_at(0)
        assert first is not None
        assert first.cells[:2] == ("ĐANG HỌP", LIVE)
        await office.press("enter")
        await office.type("Một")
        await office.press("enter")
        await office.type("Hai")
        await office.press("up", "end")
        await office.press("escape")
    async with at_work(full) as office:
        await office.press("enter")
        assert isinstance(office.screen, MinutesScreen)
        await office.type("!")
        assert "Một!" in office.seen()


async def test_today_names_what_is_late_and_what_is_due(full: Path) -> None:
    async with at_work(full) as office:
        seen = office.seen()
        assert "1 nhiệm vụ quá hạn · 3 đang mở · 3 thiếu điểm rõ" in seen
        assert "! Quá hạn 3 ngày    Trình kế hoạch đầu tư công năm 2027" in seen
        assert "· Hạn hôm nay       Báo cáo tiến độ giải phóng mặt bằng" in seen
        assert "· Hạn 01/03/2026    Hoàn thành số hóa hồ sơ" in seen


async def test_a_day_that_is_not_included_is_itself_late(db: Path) -> None:
    from schema.records import Followup

    with Store(db, clock=clock) as store:
        store.insert(Followup(work="Nộp trước ngày 27", due="2026-02-27", inclusive=0))
    async with at_work(db) as office:
        assert "1 nhiệm vụ quá hạn" in office.seen()
        assert "! Quá hạn 1 ngày" in office.seen()


async def test_enter_on_a_follow_up_opens_its_page_and_g_the_minutes_it_came_from(
    full: Path,
) -> None:
    async with at_work(full) as office:
        await office.press("end", "enter")
        assert isinstance(office.screen, FollowupPage)
        await office.press("g")
        assert isinstance(office.screen, MinutesScreen)
        assert office.screen.meeting_id == office.meeting(LIVE).id


# --------------------------------------------------------------------- the form


async def test_a_new_meeting_is_a_key_its_title_and_a_key(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await office.type("Họp gấp")
        await office.press("f4")
        assert isinstance(office.screen, Today)
        (meeting,) = office.meetings()
        assert (meeting.title, meeting.starts_at) == ("Họp gấp", at(0, 14))
        await office.press("enter")
        assert isinstance(office.screen, MinutesScreen)
        assert office.meeting("Họp gấp").opened_at, "it is time: the meeting is held"


async def test_enter_leads_through_the_form_and_saves_at_its_end(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await office.type("Họp gấp")
        await office.press(*["enter"] * len(form(office).values))
        assert [meeting.title for meeting in office.meetings()] == ["Họp gấp"]


async def test_dates_are_typed_anyhow_and_what_was_understood_is_said(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await fill_in(office, "title", "Họp")
        await fill_in(office, "start", "28/2 14h")
        assert "Thứ Bảy, 14:00 28/02/2026" in office.seen()
        await fill_in(office, "end", "16h30")
        assert "cùng ngày, dài 150 phút" in office.seen()
        await office.press("f4")
        (meeting,) = office.meetings()
        assert show_moment(meeting.starts_at) == "14:00 28/02/2026"
        assert show_moment(meeting.ends_at) == "16:30 28/02/2026"


@pytest.mark.parametrize(
    ("row", "text", "sentence"),
    [
        ("title", "", "Cuộc họp chưa có tên."),
        ("start", "31/02 14h", "Lịch không có ngày 31/02"),
        ("start", "", "Cuộc họp chưa có giờ bắt đầu."),
        ("start", "lúc nào đó", "“lúc nào đó”"),
        ("end", "25h", "Không có giờ nào là 25h"),
        ("end", "8h", "phải kết thúc sau khi bắt đầu"),
        ("host", "Sở Không Có", "Không có đơn vị nào tên “Sở Không Có”"),
        ("host", "Phòng Tổng hợp", "Có 2 đơn vị tên “Phòng Tổng hợp”"),
        ("chair", "Ai Đó", "Không có ai tên “Ai Đó”"),
    ],
)
async def test_what_is_wrong_is_said_beneath_its_field_and_nothing_typed_is_lost(
    full: Path, row: str, text: str, sentence: str
) -> None:
    with Store(full, clock=clock) as store:
        store.insert(Unit(name="Phòng Tổng hợp"))
        store.insert(Unit(name="Phòng Tổng hợp"))
        before = store.count(Meeting)
    async with at_work(full) as office:
        await office.press("n")
        await fill_in(office, "title", "Họp")
        await fill_in(office, row, text)
        await office.press("escape" if row in ("host", "chair") else "f4")
        await office.press("f4")
        assert form(office).values[row] == text
        assert form(office).values["title"] == ("" if row == "title" else "Họp")
        rows = office.one(Form).rows
        assert sentence in rows[row].wrong
        assert f"! {rows[row].wrong[:40]}" in office.seen()
        assert rows[row].control.has_focus
        assert office.store.count(Meeting) == before


async def test_units_and_people_are_completed_from_initials_and_kept_by_id(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("n")
        await fill_in(office, "title", "Họp")
        await fill_in(office, "host", "stc")
        await office.press("enter")
        await fill_in(office, "chair", "dong")
        await office.press("enter")
        assert form(office).values["host"] == "Sở Tài chính"
        await office.press("f4")
        meeting = office.meeting("Họp")
        assert office.store.get(Unit, meeting.host or "").abbr == "STC"
        assert office.store.get(Person, meeting.chair or "").name == "Trần Duy Đông"


async def test_a_name_that_is_not_on_file_can_be_put_there(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await fill_in(office, "title", "Họp")
        await fill_in(office, "chair", "Cao Thị Mới")
        await office.press("enter", "f4")
        meeting = office.meeting("Họp")
        assert office.store.get(Person, meeting.chair or "").name == "Cao Thị Mới"


async def test_a_clash_of_rooms_is_said_and_the_meeting_kept(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("n")
        await fill_in(office, "title", "Họp trùng")
        await fill_in(office, "place", "phòng họp số 1")
        await office.press("escape", "f4")
        assert f"Đã lưu, nhưng trùng nơi họp với “{LIVE}”" in office.seen()
        assert office.meeting("Họp trùng").place == "phòng họp số 1"


async def test_a_place_that_resembles_a_known_one_is_kept_as_typed(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("n")
        await office.type("Họp")
        await fill_in(office, "place", "Phòng họp")
        assert "▸ Phòng họp" in office.seen()
        assert "Phòng họp số 1" in office.seen()
        await office.press("tab")
        assert office.one(Form).rows["host"].control.has_focus
        await office.press("shift+tab")
        await office.type(" ")
        await office.press("down", "enter", "f4")
        assert office.meeting("Họp").place == "Phòng họp số 1"


async def test_a_draft_is_kept_when_the_form_is_left_by_mistake(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await office.type("Họp dở dang")
        await office.press("escape")
        assert "Đã giữ bản nháp" in office.seen()
        assert not office.meetings()
    async with at_work(db) as office:
        await office.press("n")
        assert form(office).values["title"] == "Họp dở dang"
        assert "Đây là bản nháp đang gõ dở" in office.seen()
        await office.press("f3")
        assert form(office).values["title"] == ""
        await office.press("escape", "n")
        assert form(office).values["title"] == ""
        assert "bản nháp" not in office.seen().splitlines()[-2]


async def test_a_draft_is_kept_when_the_terminal_goes(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await office.type("Họp dở dang")
        office.app.leave()
    async with at_work(db) as office:
        await office.press("n")
        assert form(office).values["title"] == "Họp dở dang"


async def test_an_edited_meeting_keeps_what_the_form_does_not_show(full: Path) -> None:
    async with at_work(full) as office:
        before = office.meeting(LIVE)
        await office.press("e")
        await fill_in(office, "title", "Tên khác")
        await office.press("f4")
        after = office.store.get(Meeting, before.id)
        assert after.title == "Tên khác"
        assert (after.opened_at, after.chair, after.place) == (
            before.opened_at,
            before.chair,
            before.place,
        )


# ------------------------------------------------------------------ start, end


async def test_a_meeting_is_started_ended_and_gone_on_with(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("2", "down", "s")
        assert office.meeting(NEXT).opened_at
        await office.press("x")
        assert office.meeting(NEXT).closed_at
        await office.press("s")
        assert office.meeting(NEXT).closed_at is None


async def test_minutes_of_another_day_do_not_start_the_meeting(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("2", "down", "enter")
        assert isinstance(office.screen, MinutesScreen)
        assert office.meeting(NEXT).opened_at is None


async def test_deleting_asks_for_one_key_and_is_undone_by_one(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("d", "n")
        assert isinstance(office.screen, Today), "any other key means no, and nothing else"
        assert office.meeting(LIVE).deleted_at is None
        await office.press("d", "d")
        assert LIVE not in [meeting.title for meeting in office.meetings()]
        await office.press("2", "u")
        assert office.one(Listing).key == office.meeting(LIVE).id
        await office.press("u")
        assert "Chưa xóa gì để lấy lại." in office.seen()


# --------------------------------------------------------------------- the list


async def test_the_list_opens_on_the_meeting_held_now_or_next(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("2")
        assert isinstance(office.screen, Meetings)
        assert office.one(Listing).key == office.meeting(LIVE).id
        office.store.update(Meeting, office.meeting(LIVE).id, closed_at=at(0, 13, 40))
        await office.press("escape", "2")
        assert office.one(Listing).key == office.meeting(NEXT).id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("giai ngan", [NEXT]),
        ("von dau", [NEXT]),
        ("họp thường", [LIVE]),
        ("hộp", []),
        ("nguyen van an", [LIVE]),
        ("28/02/2026", [NEXT]),
        ("phong hop so", [LIVE, NEXT]),
    ],
)
async def test_a_few_letters_narrow_the_list(full: Path, typed: str, found: list[str]) -> None:
    async with at_work(full) as office:
        await office.press("2", "slash")
        await office.type(typed)
        listing = office.one(Listing)
        rows = [listing.row_at(index) for index in range(listing.count)]
        assert [row.cells[1] for row in rows if row] == found
        await office.press("enter")
        assert office.screen.focused is listing
        await office.press("slash", "escape")
        assert listing.count == len(office.meetings())


async def test_a_mark_of_tone_may_stand_anywhere_in_its_syllable(db: Path) -> None:
    with Store(db, clock=clock) as store:
        store.insert(Meeting(title="Tổng kết hòa giải", starts_at=at(0, 15)))
    async with at_work(db) as office:
        await office.press("2", "slash")
        await office.type("hoà")
        assert office.one(Listing).count == 1


async def test_a_long_list_is_not_loaded_to_be_seen(db: Path) -> None:
    with Store(db, clock=clock) as store, store.transaction():
        store.connection.executemany(
            "INSERT INTO meeting (id, title, starts_at) VALUES (?, ?, ?)",
            ((f"{n:032x}", f"Họp {n}", at(-n // 8, 8)) for n in range(20_000)),
        )
    async with at_work(db) as office:
        loaded = 0
        select = Store.select

        def count(self: Store, record: type[Meeting], tail: str = "", *values: object) -> object:
            nonlocal loaded
            found = select(self, record, tail, *values)
            loaded += len(found)
            return found

        Store.select = count  # type: ignore[method-assign,assignment]
        try:
            await office.press("2", "home", "pagedown", "end")
        finally:
            Store.select = select  # type: ignore[method-assign]
        assert office.one(Listing).count == 20_000
        assert loaded < 2_000


# ----------------------------------------------------------------- the calendar


async def test_the_calendar_leads_from_month_to_week_to_minutes(full: Path) -> None:
    async with at_work(full, size=(120, 40)) as office:
        await office.press("2", "c")
        assert "Lịch tháng 2/2026" in office.seen()
        assert "▸27*" in office.seen()
        await office.press("enter")
        assert "Lịch tuần 23/2 - 1/3/2026" in office.seen()
        await office.press("down", "enter")
        assert isinstance(office.screen, MinutesScreen)
        assert office.screen.meeting_id == office.meeting(LIVE).id
        await office.press("escape", "escape")
        assert isinstance(office.screen, Meetings)


async def test_days_weeks_and_months_are_turned_by_keys(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("2", "c")
        calendar = office.one(Calendar)
        days = []
        for keys in ("right", "l", "down", "k", "h", "pagedown", "right_square_bracket", "pageup"):
            await office.press(keys)
            days.append(f"{calendar.day:%d/%m}")
        assert days == [
            *("28/02", "01/03", "08/03", "01/03", "28/02", "28/03", "28/04", "28/03"),
        ]
        await office.press("t")
        assert f"{calendar.day:%d/%m}" == "27/02"


async def test_a_new_meeting_in_the_calendar_is_on_the_day_under_the_cursor(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("2", "c", "right", "right", "right", "n")
        assert form(office).values["start"] == "08:00 02/03/2026"
        await office.type("Họp tháng ba")
        await office.press("f4", "w")
        assert "Họp" in office.seen()
        assert office.meeting("Họp tháng ba").starts_at == at(3, 8)


# ------------------------------------------------------------------------ series


async def test_the_next_of_a_series_is_made_by_a_key_with_those_invited_before(full: Path) -> None:
    with Store(full, clock=clock) as store:
        last = store.live(Meeting, "series IS NOT NULL ORDER BY starts_at DESC")[0]
        store.insert(Attendance(meeting=last.id, name="Người dự"))
    async with at_work(full) as office:
        await office.press("2", "p")
        assert "Thứ Hai 08:00 09/03/2026" in office.seen()
        await office.press("t")
        new = office.meetings()[-1]
        assert (new.title, new.starts_at, new.place) == ("Giao ban tuần", at(10, 8), "Phòng 2")
        invited = office.store.live(Attendance, "meeting = ?", new.id)
        assert [attendance.name for attendance in invited] == ["Người dự"]


async def test_a_series_is_chosen_from_lists_and_its_next_day_said(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("2", "p", "n")
        await office.type("Phiên thường kỳ")
        rows = office.one(Form).rows
        rows["repeat"].value = "monthly"
        rows["weekday"].value = "4"
        rows["nth"].value = "-1"
        await office.settle()
        assert "kỳ tới: Thứ Sáu 08:00 27/02/2026" in office.seen()
        await office.press("f4")
        (series,) = office.store.live(Series)
        assert series.rule == "FREQ=MONTHLY;BYDAY=-1FR"
        await office.press("enter")
        assert office.one(Form).rows["nth"].value == "-1"


async def test_a_rule_from_elsewhere_is_kept_as_it_is(db: Path) -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=10,20"
    with Store(db, clock=clock) as store:
        store.insert(Series(title="Lạ", rule=rule, time="08:00"))
    async with at_work(db) as office:
        await office.press("2", "p", "enter")
        await fill_in(office, "place", "Phòng 3")
        await office.press("f4")
        (series,) = office.store.live(Series)
        assert (series.rule, series.place) == (rule, "Phòng 3")


# ------------------------------------------------------------- agenda, attendance


async def test_an_agenda_is_added_to_moved_and_changed(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("a")
        assert isinstance(office.screen, Agenda)
        await office.press("n")
        await office.type("Bế mạc")
        await office.press("f4", "K", "K")

        def titles() -> list[str]:
            listing = office.one(Listing)
            return [row.cells[1] for n in range(listing.count) if (row := listing.row_at(n))]

        assert titles() == ["Bế mạc", "Khai mạc", "Tình hình kinh tế - xã hội tháng 2"]
        await office.press("J", "d", "d")
        assert titles() == ["Khai mạc", "Tình hình kinh tế - xã hội tháng 2"]
        await office.press("u")
        assert titles() == ["Khai mạc", "Bế mạc", "Tình hình kinh tế - xã hội tháng 2"]


async def test_twenty_people_are_called_by_one_key_each(db: Path) -> None:
    with Store(db, clock=clock, randomness=random.Random(2).randbytes) as store:
        meeting = store.insert(Meeting(title="Đông người", starts_at=at(0, 14)))
        for number in range(20):
            store.insert(
                Attendance(meeting=meeting.id, name=f"Người {number}", position=float(number))
            )
    async with at_work(db) as office:
        await office.press("r")
        assert isinstance(office.screen, RollCallScreen)
        await office.pilot.press(*["space"] * 17, "a", "l", "e")
        await office.settle()
        assert "18/20 có mặt (1 đến muộn) · 1 vắng · 1 vắng có phép" in office.seen()


async def test_a_substitute_is_named(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("r", "s")
        await office.type("Phó Giám đốc")
        await office.press("enter")
        assert "Cử người thay: Phó" in office.seen()
        assert "1/5 có mặt (1 cử người thay)" in office.seen()


async def test_several_are_invited_in_a_row_and_an_unknown_name_is_kept(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("r", "plus")
        await office.type("snv")
        await office.press("enter")
        await office.type("Chị Hai bán nước")
        await office.press("enter")
        await office.type("snv")
        await office.press("enter", "escape")
        invited = office.store.live(Attendance, "position > 5 ORDER BY position")
        assert len(invited) == 2, "nobody is invited twice"
        assert office.store.get(Unit, invited[0].unit or "").abbr == "SNV"
        assert invited[1].name == "Chị Hai bán nước"


async def test_those_of_the_last_meeting_are_invited_by_one_key(full: Path) -> None:
    with Store(full, clock=clock) as store:
        first, later = store.live(Meeting, "series IS NOT NULL ORDER BY starts_at")
        store.insert(Attendance(meeting=first.id, name="A", role="chair", position=1.0))
        store.insert(Attendance(meeting=first.id, name="B", position=2.0))
        store.insert(Attendance(meeting=later.id, name="A", position=1.0))
    async with at_work(full) as office:
        await office.press("2", "end", "r", "c")
        assert "Đã mời 1 người như lần họp trước." in office.seen()
        assert "0/2 có mặt" in office.seen()


async def test_the_rest_are_present_by_one_key(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("r", "a", "P")
        assert "4/5 có mặt · 1 vắng" in office.seen()
        await office.press("home", "i")
        assert "4/5 có mặt · 1 chưa điểm" in office.seen()
