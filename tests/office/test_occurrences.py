"""Tasks that recur: each time comes once, on its day, whenever and wherever it is made."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import followups, occurrences, parts
from office.answers import Answer
from office.calendar import work_calendar
from office.moments import ZONE
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent, FollowupSource, Unit
from schema.store import Store

# The oracle; it comes with sqlite-utils.
rrule: Any = import_module("dateutil.rrule")

START = date(2026, 1, 5)
YEARS = 10


class Desk:
    """A store whose clock stands at noon of `today`."""

    def __init__(self, path: Path) -> None:
        self.today = START
        self.store = Store(path, clock=self.clock)

    def clock(self) -> float:
        return datetime.combine(self.today, time(12), ZONE).timestamp()

    def task(self, rule: str, due: str | None, **cells: Any) -> str:
        """A task that recurs, assigned today."""
        task = Followup(work="Báo cáo", recurrence=rule, due=due, due_kind="recurring", **cells)
        source = FollowupSource(kind="directive", number="5/CT-UBND", digest="once")
        id = followups.add(self.store, task, source=source).id
        self.store.insert(FollowupEvent(followup=id, kind="assigned", at=self.store.now()))
        return id

    def end(self, followup: str, kind: str = "done") -> None:
        """The unit was done with it, or it was cancelled."""
        self.store.insert(FollowupEvent(followup=followup, kind=kind, at=self.store.now()))

    def make(self, today: date | str) -> list[str | None]:
        """The days of what is made on a day."""
        self.today = date.fromisoformat(today) if isinstance(today, str) else today
        return [row.occurs_on for row in occurrences.make_due(self.store, self.today)]

    def go_on(self, until: str) -> None:
        """What is made from month to month, up to a day."""
        while (before := self.today) < date.fromisoformat(until):
            self.make(min(before + timedelta(days=30), date.fromisoformat(until)))

    def rows(self) -> list[Followup]:
        return self.store.select(Followup, "WHERE recurs_from NOTNULL ORDER BY occurs_on")

    def dues(self) -> list[str | None]:
        return [row.due for row in self.rows()]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written in the block is not kept."""
        self.store.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.store.connection.execute("ROLLBACK")
            self.today = START


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "thuky.db")


def oracle(rule: str, first: date, until: date) -> list[str]:
    """The days that dateutil gives. A day that some months lack is there the last of those that
    may stand for it."""
    parts_of = dict(part.split("=") for part in rule.split(";"))
    day = parts_of.get("BYMONTHDAY", "") or (
        str(first.day) if parts_of["FREQ"] == "MONTHLY" and "BYDAY" not in parts_of else ""
    )
    if day.isdecimal() and int(day) > 28:
        parts_of["BYMONTHDAY"] = ",".join(str(n) for n in range(28, int(day) + 1))
        parts_of["BYSETPOS"] = "-1"
        if parts_of["FREQ"] == "YEARLY":  # the last of each month, not of the year
            parts_of["FREQ"] = "MONTHLY"
    text = ";".join(f"{name}={value}" for name, value in parts_of.items())
    found = rrule.rrulestr(text, dtstart=datetime.combine(first, time()))
    days = found.between(datetime.combine(first, time()), datetime.combine(until, time()), inc=True)
    return [day.date().isoformat() for day in days]


MONTHLY = st.integers(1, 31).map("FREQ=MONTHLY;BYMONTHDAY={}".format) | st.sampled_from(
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=2"]
)
QUARTERLY = st.integers(1, 31).map("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={}".format) | (
    st.integers(1, 31).map("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={}".format)
)
RULES = (
    MONTHLY
    | QUARTERLY
    | st.sampled_from(["FREQ=WEEKLY;INTERVAL=4;BYDAY=FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"])
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rule=RULES,
    first=st.dates(START, START + timedelta(days=60)),
    steps=st.lists(st.integers(5, 62), min_size=5, max_size=20),
    ends=st.lists(st.sampled_from(["done", "done", "cancelled", "", "deleted"]), min_size=1),
)
def test_in_ten_years_no_day_is_skipped_and_none_comes_twice(
    desk: Desk, rule: str, first: date, steps: list[int], ends: list[str]
) -> None:
    last = first.replace(year=first.year + YEARS, day=min(first.day, 28))
    with desk.undone():
        root = desk.task(rule, oracle(rule, first, last)[0])
        begun = date.fromisoformat(oracle(rule, first, last)[0])
        turn = 0
        while desk.today < last:
            desk.make(min(desk.today + timedelta(days=steps[turn % len(steps)]), last))
            how = ends[turn % len(ends)]
            near = str(desk.today + timedelta(days=45))
            open_ones = [
                row
                for row in desk.rows()
                if row.state == "assigned" and not row.deleted_at and str(row.occurs_on) < near
            ]
            if open_ones and how == "deleted":
                desk.store.delete(Followup, open_ones[0].id)
            elif open_ones and how:
                desk.end(open_ones[0].id, how)
            turn += 1
        desk.make(last)
        made = [str(begun), *(str(row.occurs_on) for row in desk.rows())]
        upto = max(date.fromisoformat(made[-1]), last)
        assert made == oracle(rule, begun, upto)
        assert all(row.recurs_from == root for row in desk.rows())


def test_a_task_that_is_known_to_recur_after_a_year_brings_no_year_of_late_ones(desk: Desk) -> None:
    desk.task("FREQ=MONTHLY;BYMONTHDAY=10", "2026-01-10")
    assert desk.make("2027-01-20") == ["2026-12-10", "2027-01-10"]
    assert desk.make("2027-03-05") == ["2027-02-10", "2027-03-10"]


def test_the_thirty_first_of_a_short_month_is_its_last_day(desk: Desk) -> None:
    desk.task("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31")
    desk.go_on("2028-03-31")
    days = [date.fromisoformat(str(row.occurs_on)) for row in desk.rows()]
    assert [day.day for day in days] == [monthrange(day.year, day.month)[1] for day in days]
    assert len(days) == 26
    told = occurrences.check("FREQ=MONTHLY;BYMONTHDAY=31", None)
    assert "lấy ngày cuối tháng" in str(told)
    assert occurrences.check("FREQ=MONTHLY;BYMONTHDAY=28", "2026-01-31") is None
    assert occurrences.check("FREQ=MONTHLY", "2026-01-30") is not None
    with pytest.raises(ThukyError, match="Không hiểu lịch lặp"):
        occurrences.check("hằng tháng", None)


def test_the_next_one_comes_when_the_one_before_has_ended_or_its_day_is_near(desk: Desk) -> None:
    root = desk.task("FREQ=MONTHLY;BYMONTHDAY=25", "2026-01-25")
    assert desk.make("2026-02-14") == []
    assert desk.make("2026-02-15") == ["2026-02-25"]
    assert desk.make("2026-02-15") == [], "made once"
    february = desk.rows()[0]
    desk.today = date(2026, 2, 16)
    desk.end(root)
    assert desk.make("2026-02-16") == []
    desk.end(february.id)
    assert desk.make("2026-02-17") == ["2026-03-25"]
    march = desk.rows()[1]
    assert march.given_at == desk.store.get(Followup, february.id).done_at
    assert (march.state, march.work, march.due_kind) == ("assigned", "Báo cáo", "recurring")
    assert [s.number for s in followups.sources_of(desk.store, march.id)] == ["5/CT-UBND"]


def test_what_is_daily_is_made_a_day_before(desk: Desk) -> None:
    desk.task("FREQ=DAILY", "2026-01-06")
    assert desk.make("2026-01-06") == ["2026-01-07"]


@pytest.mark.parametrize("kind", ["cancelled", "paused", "refused"])
def test_what_was_called_off_recurs_no_more(desk: Desk, kind: str) -> None:
    root = desk.task("FREQ=MONTHLY;BYMONTHDAY=25", "2026-01-25")
    desk.end(root, kind)
    assert desk.make("2027-01-01") == []
    proposed = followups.add(desk.store, Followup(work="B", recurrence="FREQ=DAILY")).id
    assert desk.store.get(Followup, proposed).state == "proposed"
    assert desk.make("2027-01-02") == [], "nor what nobody was given"


def test_a_task_that_is_stopped_recurs_until_its_last_day(desk: Desk) -> None:
    root = desk.task("FREQ=MONTHLY;BYMONTHDAY=25", "2026-01-25")
    desk.make("2026-04-20")
    assert len(desk.rows()) == 3
    occurrences.stop(desk.store, desk.store.get(Followup, root), date(2026, 3, 31))
    kept = desk.store.get(Followup, root)
    assert kept.recurrence == "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20260331"
    assert [row.occurs_on for row in desk.rows() if not row.deleted_at] == [
        *("2026-02-25", "2026-03-25")
    ]
    assert desk.make("2027-01-01") == []


def test_an_extension_moves_no_later_day(desk: Desk) -> None:
    root = desk.task("FREQ=MONTHLY;BYMONTHDAY=25", "2026-01-25", inclusive=0)
    desk.store.insert(
        FollowupEvent(
            followup=root,
            kind="extended",
            at=desk.store.now(),
            due_from="2026-01-24",
            due_to="2026-03-02",
        )
    )
    desk.store.update(Followup, root, due="2026-03-02", inclusive=1)
    assert desk.make("2026-04-01") == ["2026-02-25", "2026-03-25"]


def test_a_day_of_the_week_that_is_off_moves_to_the_next_working_day(desk: Desk) -> None:
    """Tết of three years: Friday 20/02/2026, 05/02/2027 and 28/01/2028 are days off."""
    desk.task("FREQ=WEEKLY;BYDAY=FR", "2026-01-09")
    desk.go_on("2028-02-20")
    calendar = work_calendar(desk.store)
    moved = {row.occurs_on: row.due for row in desk.rows() if row.occurs_on != row.due}
    assert moved["2026-02-20"] == "2026-02-23"
    assert {"2026-02-20", "2026-05-01", "2027-02-05", "2028-01-28"} <= moved.keys()
    for row in desk.rows():
        on, due = date.fromisoformat(str(row.occurs_on)), date.fromisoformat(str(row.due))
        assert due == calendar.on_or_after(on)
    assert len(set(desk.dues())) == len(desk.rows()), "one falls on no other"


def test_before_a_friday_that_is_after_a_holiday_leaves_a_working_day(desk: Desk) -> None:
    """02/9/2026, a Wednesday, is off, as are the two days before."""
    desk.task("FREQ=WEEKLY;BYDAY=TH", "2026-08-20", inclusive=0)
    desk.make("2026-09-04")
    assert [(row.occurs_on, row.due) for row in desk.rows()][:2] == [
        ("2026-08-27", "2026-08-27"),
        ("2026-09-03", "2026-09-04"),
    ]


def test_a_date_that_is_named_stays_where_it_is(desk: Desk) -> None:
    desk.task("FREQ=MONTHLY;BYMONTHDAY=17", "2026-01-17")
    desk.make("2026-02-17")
    assert desk.dues() == ["2026-02-17"], "Tết itself"
    task = desk.store.live(Followup, "recurrence <> ''")[0]
    _january, february = occurrences.listed(desk.store, task, date(2026, 2, 28))
    assert february.last_working == date(2026, 2, 13)


def test_what_is_to_come_is_listed_with_what_was_made(desk: Desk) -> None:
    root = desk.task("FREQ=WEEKLY;BYDAY=FR", "2026-02-06")
    desk.make("2026-02-06")
    found = occurrences.listed(desk.store, desk.store.get(Followup, root), date(2026, 2, 27))
    assert [(str(each.on), str(each.due), each.followup is not None) for each in found] == [
        ("2026-02-06", "2026-02-06", True),
        ("2026-02-13", "2026-02-13", True),
        ("2026-02-20", "2026-02-23", False),
        ("2026-02-27", "2026-02-27", False),
    ]
    with pytest.raises(ThukyError, match="không lặp lại"):
        occurrences.root_of(desk.store, Followup(work="A"))


def test_what_many_units_do_each_month_is_split_among_them_each_month(desk: Desk) -> None:
    for id in ("a", "b"):
        desk.store.insert(Unit(id=id, name=f"Xã {id}", type="ubnd_xa"))
    root = desk.task("FREQ=MONTHLY;BYMONTHDAY=25", "2026-01-25", product="Báo cáo")
    parts.split(desk.store, root, ["a", "b"])
    for part in parts.parts_of(desk.store, root):
        parts.answer(desk.store, part.id, Answer(note="xong"), done=True)
    assert desk.store.get(Followup, root).state == "done"
    assert desk.make("2026-01-06") == ["2026-02-25"]
    february = parts.table(desk.store, desk.rows()[0].id, desk.today)
    assert [(p.unit, p.followup.state, p.followup.due) for p in february] == [
        ("Xã a", "assigned", "2026-02-25"),
        ("Xã b", "assigned", "2026-02-25"),
    ]
