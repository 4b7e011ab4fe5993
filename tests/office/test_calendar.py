"""The calendar is a table of the office's own, and a list from elsewhere comes in whole or not."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.calendar import day_in, keep, plan_days, work_calendar, write_days
from office.intake import BadRows, Row
from office.known import known
from schema.errors import NotFound, ThukyError
from schema.records import CalendarDay
from schema.settings import BEFORE_INCLUSIVE, office_setting, set_office_setting
from schema.store import Store

ON = date(2026, 2, 27)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        yield store


def row(number: int, *cells: str) -> Row:
    names = ("date", "kind", "name", "source", "provisional")
    return Row(number, dict(zip(names, cells, strict=False)))


def test_what_the_table_says_comes_before_the_week_and_the_computed_days(store: Store) -> None:
    monday, computed = date(2026, 3, 2), date(2027, 2, 8)
    before = work_calendar(store)
    assert before.is_working(monday)
    assert not before.is_working(computed)
    keep(store, CalendarDay(id="2026-03-02", kind="off", name="Bão"))
    keep(store, CalendarDay(id="2027-02-08", kind="work"))
    after = work_calendar(store)
    assert not after.is_working(monday)
    assert after.is_working(computed)
    assert known(store).due("trong 01 ngày làm việc", ON).date == date(2026, 3, 3)


def test_a_day_taken_out_is_as_the_rule_has_it_and_may_come_back(store: Store) -> None:
    day = day_in(store, date(2026, 4, 27))
    store.delete(CalendarDay, day.id)
    assert work_calendar(store).is_working(date(2026, 4, 27))
    with pytest.raises(NotFound, match="27/04/2026"):
        day_in(store, date(2026, 4, 27))
    keep(store, day)
    assert store.get(CalendarDay, day.id) == day


def test_a_year_lists_what_is_kept_and_what_is_only_computed(store: Store) -> None:
    days = {day.date: day for day in work_calendar(store).days_of(2027)}
    assert days[date(2027, 2, 6)].provisional
    assert days[date(2027, 2, 8)].provisional
    keep(store, CalendarDay(id="2027-02-06", name="Tết Nguyên đán"))
    announced = work_calendar(store).days_of(2027)
    assert date(2027, 2, 8) not in {day.date for day in announced}
    assert work_calendar(store).days_of(2199) == []


@pytest.mark.parametrize("written", ["2026-03-02", "2/3/2026", "02-03-2026", "02.03.2026"])
@pytest.mark.parametrize("kind", ["off", "Nghỉ", "NGHỈ BÙ"])
def test_a_list_may_write_dates_and_kinds_as_an_office_does(
    store: Store, written: str, kind: str
) -> None:
    write_days(store, plan_days([row(2, written, kind, "Bão", "CĐ 3", "")], store))
    kept = store.get(CalendarDay, "2026-03-02")
    assert (kept.kind, kept.name, kept.source, kept.provisional) == ("off", "Bão", "CĐ 3", 0)


def test_a_list_taken_in_twice_changes_nothing_and_leaves_other_days(store: Store) -> None:
    before = {day.id: day for day in store.live(CalendarDay)}
    rows = [row(2, "06/02/2027", "nghỉ", "Tết Nguyên đán", "TB 1", ""), row(3, "2027-02-13", "làm")]
    first = plan_days(rows, store)
    assert (len(first.added), len(first.changed), first.unchanged) == (1, 1, 0)
    write_days(store, first)
    second = plan_days(rows, store)
    assert (second.added, second.changed, second.unchanged) == ([], [], 2)
    after = {day.id: day for day in store.live(CalendarDay)}
    assert {id: after[id] for id in before if id != "2027-02-06"} == {
        id: day for id, day in before.items() if id != "2027-02-06"
    }


def test_every_fault_of_a_list_is_told_with_its_line(store: Store) -> None:
    rows = [
        row(2, "2026-03-02", "off"),
        row(3, "02/03/2026", "work"),
        row(4, "30/02/2026", "off"),
        row(5, "mai", "off"),
        row(6, "2/3", "off"),
        row(7, "2026-03-03", "nửa ngày"),
        row(8, "2026-03-04", "off", "", "", "có lẽ"),
        row(9, "2026-03-05"),
        row(10, "", "off"),
    ]
    with pytest.raises(BadRows) as told:
        plan_days(rows, store)
    words = "; ".join(map(str, told.value.fields["faults"]))
    assert "dòng 3: ngày 02/03/2026 đã có ở dòng 2" in words
    assert "dòng 4: lịch không có ngày 30/02/2026" in words
    for line in range(5, 11):
        assert f"dòng {line}: " in words
    assert "dòng 2: " not in words


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=4))
def test_a_list_of_anything_is_taken_or_refused_in_words(
    store: Store, lists: list[list[str]]
) -> None:
    rows = [row(number, *cells) for number, cells in enumerate(lists, 2)]
    with suppress(ThukyError):
        plan_days(rows, store)


def test_an_office_may_take_the_day_itself_as_in_time(store: Store) -> None:
    assert known(store).due("trước ngày 15/3", ON).last_ok_date == date(2026, 3, 14)
    for value, last in (("1", 15), ("", 14)):
        set_office_setting(store, BEFORE_INCLUSIVE, value)
        assert office_setting(store, BEFORE_INCLUSIVE) == value
        ready = known(store)
        assert ready.due("trước ngày 15/3", ON).last_ok_date == date(2026, 3, last)
        found = ready.read("Giao Sở Y tế rà soát trước ngày 15/3.", ON).deadline
        assert found is not None
        assert found.deadline.inclusive is (value == "1")
        assert ready.due("trước 17h ngày 15/3", ON).inclusive is False
        assert ready.due("trước Tết Nguyên đán", ON).last_ok_date == date(2027, 2, 5)
        monthly = ready.due("trước ngày 25 hằng tháng", ON)
        assert monthly.inclusive is (value == "1")
