"""Working days of Vietnam: the table first, computed holidays after, weekends last."""

import subprocess
import sys
from datetime import date, timedelta

import holidays
from hypothesis import given
from hypothesis import strategies as st

from office.workdays import TET, SpecialDay, WorkCalendar, special_days
from schema.seeds import calendar_days

CALENDAR = WorkCalendar(special_days(calendar_days()))
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def test_2026_is_worked_as_announced() -> None:
    """With the days that were swapped: 02/01 against 10/01, 31/8 against 22/8."""
    off = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [day for day in off if day.weekday() < 5 and not CALENDAR.is_working(day)]
    announced = "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01"
    announced += " 08-31 09-01 09-02 11-24"
    assert [day.strftime("%m-%d") for day in off] == announced.split()
    assert CALENDAR.is_working(date(2026, 1, 10))
    assert CALENDAR.is_working(date(2026, 8, 22))
    weekends = [date(2026, 1, 3) + timedelta(days=n) for n in range(363)]
    worked = [day for day in weekends if day.weekday() > 4 and CALENDAR.is_working(day)]
    assert worked == [date(2026, 1, 10), date(2026, 8, 22)]


def test_2027_is_worked_as_the_labour_code_has_it_until_it_is_announced() -> None:
    """Articles 111 and 112 of the Labour Code 2019: Tết is on Saturday 06/02, so two of its five
    days and the 01/05, a Saturday too, are made up for; none was swapped yet."""
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [day for day in year if day.weekday() < 5 and not CALENDAR.is_working(day)]
    computed = "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24"
    assert [day.strftime("%m-%d") for day in off] == computed.split()
    assert not [day for day in year if day.weekday() > 4 and CALENDAR.is_working(day)]
    assert all(CALENDAR.is_provisional(day) for day in year)


def test_an_announced_swap_of_2027_changes_both_days() -> None:
    announced = [
        *special_days(calendar_days()),
        SpecialDay(date(2027, 2, 6), "off", TET, "Thông báo nghỉ Tết"),
        *(SpecialDay(date(2027, 2, day), "off", "Nghỉ Tết") for day in (4, 5, 8, 9, 10)),
        SpecialDay(date(2027, 5, 3), "off", "Nghỉ bù"),
        SpecialDay(date(2027, 9, 3), "off", "Nghỉ hoán đổi"),
        SpecialDay(date(2027, 9, 11), "work", "Làm bù ngày 03/9/2027"),
    ]
    calendar = WorkCalendar(announced)
    assert calendar.is_working(date(2027, 9, 11))
    assert not calendar.is_working(date(2027, 9, 3))
    assert calendar.add_working(date(2027, 9, 10), 1) == date(2027, 9, 11)
    assert not calendar.is_provisional(date(2027, 9, 3))


def test_years_not_announced_are_computed_and_provisional() -> None:
    computed = holidays.country_holidays("VN", years=2029)
    for day in (date(2029, 1, 1) + timedelta(days=n) for n in range(365)):
        assert CALENDAR.is_working(day) == (day.weekday() < 5 and day not in computed)
        assert CALENDAR.is_provisional(day)
    assert not CALENDAR.is_provisional(date(2026, 5, 5))


def test_an_announced_year_replaces_what_was_computed() -> None:
    computed_off = date(2027, 2, 10)
    assert not CALENDAR.is_working(computed_off)
    announced = WorkCalendar([SpecialDay(date(2027, 2, 6), "off", TET)])
    assert announced.is_working(computed_off)
    assert not announced.is_provisional(computed_off)


def test_the_table_comes_before_everything() -> None:
    sunday, monday = date(2029, 3, 4), date(2029, 3, 5)
    calendar = WorkCalendar(
        [SpecialDay(sunday, "work", "Làm bù"), SpecialDay(monday, "off", "Bão")]
    )
    assert calendar.is_working(sunday)
    assert not calendar.is_working(monday)


def test_holidays_are_found_by_name() -> None:
    on = date(2026, 3, 1)
    assert CALENDAR.holiday("Quốc khánh", on) == date(2026, 9, 2)
    assert CALENDAR.holiday("Giỗ Tổ Hùng Vương", on) == date(2026, 4, 26)
    assert CALENDAR.holiday(TET, on) == date(2027, 2, 6)
    assert CALENDAR.holiday(TET, on, 2026) == date(2026, 2, 17)
    assert CALENDAR.holiday(TET, on, 2030) == date(2030, 2, 2), "a day before China's"
    assert CALENDAR.holiday("Ngày Văn hóa Việt Nam", on) == date(2026, 11, 24)
    assert CALENDAR.holiday("Ngày không có", on) is None


@given(DAYS, st.integers(0, 80))
def test_counting_passes_that_many_working_days(day: date, count: int) -> None:
    end = CALENDAR.add_working(day, count)
    passed = [day + timedelta(days=n + 1) for n in range((end - day).days)]
    assert sum(map(CALENDAR.is_working, passed)) == count
    if CALENDAR.is_working(day):
        assert CALENDAR.add_working(end, -count) == day


@given(DAYS)
def test_no_working_day_lies_between_a_day_and_its_neighbours(day: date) -> None:
    after, before = CALENDAR.next_working(day), CALENDAR.previous_working(day)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert before < day < after
    assert [each for each in between if CALENDAR.is_working(each)] in ([], [day])


def test_the_announced_year_needs_no_package() -> None:
    code = (
        "import sys; from datetime import date; from office.workdays import *;"
        "from schema.seeds import calendar_days;"
        "WorkCalendar(special_days(calendar_days())).add_working(date(2026, 1, 1), 200);"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
