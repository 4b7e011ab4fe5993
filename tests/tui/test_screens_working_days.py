"""The calendar of working days, by keys."""

from pathlib import Path

from schema.records import CalendarDay
from schema.settings import BEFORE_INCLUSIVE, office_setting
from tests.tui.office import at_work
from tui.screens.settings import Settings
from tui.screens.working_days import WorkingDayForm, WorkingDays
from tui.widgets.form import Form


async def test_a_year_is_leafed_through_and_computed_days_are_told(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("W")
        assert isinstance(office.screen, WorkingDays)
        assert "2026" in office.seen()
        assert "Thứ Bảy 10/01/2026" in office.seen()
        await office.press("right_square_bracket")
        assert "06/02/2027" in office.seen()
        assert "tạm tính" in office.seen()
        await office.press("left_square_bracket")
        assert "tạm tính" not in office.seen()


async def test_a_day_is_added_edited_deleted_and_had_back(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("W", "n")
        await office.type("2/3/2026")
        await office.press("enter", "enter")
        await office.type("Bão")
        await office.press("f4")
        assert isinstance(office.screen, WorkingDays)
        assert "Bão" in office.seen()
        await office.press("enter", "tab", "right", "f4")
        assert office.store.get(CalendarDay, "2026-03-02").kind == "work"
        await office.press("d", "d")
        assert office.store.get(CalendarDay, "2026-03-02").deleted_at
        await office.press("u")
        assert office.store.get(CalendarDay, "2026-03-02").deleted_at is None
        assert "Bão" in office.seen()


async def test_a_computed_day_is_made_official_and_ends_the_year_s_computing(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("W", "right_square_bracket")
        await office.press("d")
        assert "tạm tính" in office.seen()
        screen = office.screen
        assert isinstance(screen, WorkingDays)
        screen._listing.go_to("2027-02-06")
        await office.press("enter")
        assert isinstance(office.screen, WorkingDayForm)
        office.one(Form).rows["provisional"].value = ""
        await office.press("f4")
        assert "Năm 2027 nay đã có Tết" in office.seen()


async def test_a_day_that_is_there_is_not_written_over_by_a_new_one(full: Path) -> None:
    async with at_work(full) as office:
        before = office.store.get(CalendarDay, "2026-04-30")
        await office.press("W", "n")
        await office.type("30/4/2026")
        await office.press("f4")
        assert "Lịch đã có ngày này" in office.seen()
        assert office.store.get(CalendarDay, "2026-04-30") == before


async def test_an_edit_that_moves_a_day_leaves_none_behind(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("W")
        screen = office.screen
        assert isinstance(screen, WorkingDays)
        screen._listing.go_to("2026-01-10")
        await office.press("enter")
        office.one(Form).rows["day"].value = "17/01/2026"
        await office.press("f4")
        assert office.store.get(CalendarDay, "2026-01-10").deleted_at
        moved = office.store.get(CalendarDay, "2026-01-17")
        assert (moved.kind, moved.name) == ("work", "Làm bù ngày 02/01/2026")


async def test_settings_keep_what_the_office_means_by_before_and_open_the_calendar(
    full: Path,
) -> None:
    async with at_work(full) as office:
        await office.press("6")
        assert isinstance(office.screen, Settings)
        rows = office.one(Form).rows
        rows["before"].control.focus()
        await office.press("right")
        assert office_setting(office.store, BEFORE_INCLUSIVE) == "1"
        await office.press("right")
        assert office_setting(office.store, BEFORE_INCLUSIVE) == ""
        await office.press("f2")
        assert isinstance(office.screen, WorkingDays)
