from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.recurrence import WEEKDAYS, parse_rule
from schema.errors import ThukyError

# The oracle; it comes with sqlite-utils.
rrule: Any = import_module("dateutil.rrule")

TODAY = date(2026, 11, 24)
START = st.dates(date(2000, 1, 1), date(2060, 12, 31))
INTERVAL = st.integers(1, 4).map(lambda n: f";INTERVAL={n}")
BYDAY = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(
    lambda days: f";BYDAY={','.join(days)}"
)
NTH = st.tuples(st.sampled_from([-2, -1, 1, 2, 4]), st.sampled_from(WEEKDAYS)).map(
    lambda nth: f";BYDAY={nth[0]}{nth[1]}"
)
MONTHDAY = st.lists(
    st.integers(1, 28) | st.integers(-28, -1), min_size=1, max_size=2, unique=True
).map(lambda days: f";BYMONTHDAY={','.join(map(str, days))}")
NONE = st.just("")
RULES = st.one_of(
    st.tuples(st.just("FREQ=DAILY"), INTERVAL, NONE | BYDAY),
    st.tuples(st.just("FREQ=WEEKLY"), INTERVAL, NONE | BYDAY),
    st.tuples(st.just("FREQ=MONTHLY"), INTERVAL, BYDAY | NTH | MONTHDAY),
    st.tuples(st.just("FREQ=YEARLY;BYMONTH=3,11"), INTERVAL, MONTHDAY),
).map("".join)


@given(RULES, START, st.integers(0, 800))
def test_a_rule_falls_on_the_days_that_dateutil_says(rule: str, start: date, later: int) -> None:
    day = start + timedelta(days=later)
    oracle = rrule.rrulestr(rule, dtstart=datetime.combine(start, time()))
    expected = oracle.after(datetime.combine(day, time()))
    found = parse_rule(rule, start).after(day)
    assert found == (expected.date() if expected else None)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=27", ["2026-11-27", "2026-12-27", "2027-01-27"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;", ["2026-11-30", "2026-12-07", "2026-12-14"]),
        ("freq=monthly;byday=-1fr", ["2026-11-27", "2026-12-25", "2027-01-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-11-30", "2026-12-31", "2027-01-31"]),
        ("FREQ=YEARLY", ["2027-11-24", "2028-11-24", "2029-11-24"]),
        ("FREQ=WEEKLY;UNTIL=20261205T000000Z", ["2026-12-01"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2028-02-29", "2032-02-29", "2036-02-29"]),
    ],
)
def test_a_rule_gives_one_date_after_the_other(rule: str, days: list[str]) -> None:
    read = parse_rule(rule, TODAY)
    found: list[str] = []
    day: date | None = TODAY
    while day and len(found) < 3:
        day = read.after(day)
        if day:
            found.append(day.isoformat())
    assert found == days


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "hằng tuần",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=WEEKLY;UNTIL=20260231",
        "FREQ",
    ],
)
def test_a_rule_that_is_not_wholly_understood_is_refused(rule: str) -> None:
    with pytest.raises(ThukyError, match="Không hiểu lịch lặp"):
        parse_rule(rule, TODAY)
