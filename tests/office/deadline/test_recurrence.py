"""RRULE text means to a calendar program what the phrase means to the office."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.deadline import resolve
from office.workdays import WorkCalendar, special_days
from schema.seeds import calendar_days

rrule = pytest.importorskip("dateutil.rrule", reason="dateutil reads the RRULE text independently")

CALENDAR = WorkCalendar(special_days(calendar_days()))
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
RECURRING = st.one_of(
    st.integers(1, 31).map("trước ngày {} hằng tháng".format),
    st.integers(1, 28).map("ngày {} và ngày 28 hằng tháng".format),
    st.integers(1, 30).map("hằng quý, trước ngày {} của tháng cuối quý".format),
    st.integers(1, 30).map("hằng quý, chậm nhất ngày {} của tháng đầu quý sau".format),
    st.builds("hằng năm, trước ngày {}/{}".format, st.integers(1, 28), st.integers(1, 12)),
    st.sampled_from(WEEKDAYS).map("{} hằng tuần".format),
    st.builds("{} và {} hằng tuần".format, st.sampled_from(WEEKDAYS), st.sampled_from(WEEKDAYS)),
    st.sampled_from(["hằng ngày", "hằng tuần", "hằng tháng", "định kỳ hằng quý", "hằng năm"]),
    st.sampled_from(["định kỳ 6 tháng", "cuối mỗi tháng", "cuối mỗi tuần", "đầu mỗi quý"]),
    st.just("cuối tháng hằng tháng"),
)


@given(RECURRING, DAYS)
def test_the_first_date_is_the_rules_first_after_the_meeting(phrase: str, on: date) -> None:
    deadline = resolve(phrase, on, CALENDAR)
    assert deadline.kind == "recurring"
    rule = rrule.rrulestr(deadline.recurrence, dtstart=datetime.combine(on, time(0)))
    first = rule.after(datetime.combine(on, time(0)))
    assert deadline.date == first.date()


@given(st.integers(2, 11), st.sampled_from(("ngày", "tuần", "tháng", "quý", "năm")), DAYS)
def test_an_interval_counts_from_the_meeting_and_asks(count: int, unit: str, on: date) -> None:
    on = on.replace(day=min(on.day, 28))
    deadline = resolve(f"{count} {unit}/lần", on, CALENDAR)
    rule = rrule.rrulestr(deadline.recurrence, dtstart=datetime.combine(on, time(0)))
    assert deadline.date == rule[1].date()
    assert deadline.ask


def test_a_recurrence_without_a_day_asks() -> None:
    on = date(2026, 2, 27)
    assert resolve("định kỳ hằng quý", on, CALENDAR).ask
    assert not resolve("hằng quý, trước ngày 20 của tháng cuối quý", on, CALENDAR).ask


def test_an_hour_is_kept_with_the_recurrence() -> None:
    deadline = resolve("trước 16h thứ Năm hằng tuần", date(2026, 2, 27), CALENDAR)
    assert (deadline.recurrence, deadline.time) == ("FREQ=WEEKLY;BYDAY=TH", time(16))
