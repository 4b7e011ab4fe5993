"""How things stood on a day is how they stood in a copy that was made on that day."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import followups, lifecycle, parts
from office.lifecycle import Product
from office.moments import office_date
from office.reports.figures import FIGURES
from office.reports.period import Period, midnight, start_of
from office.reports.report import Grouping, Report
from office.reports.report import make as report
from schema.errors import ThukyError
from schema.records import Followup
from schema.report_rows import stood
from schema.store import Store
from tests.office.reports.conftest import MONDAY, Clock, Make

DAY = timedelta(days=1)
UNITS = ("u0", "u1", "u2")
WHATS = (
    *("add", "add", "split", "assign", "assign", "take", "extend", "submit", "done"),
    *("return", "cancel", "reopen", "refuse", "review", "undo", "delete"),
)
Step = tuple[str, int, str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHATS),
        st.integers(0, 3),
        st.sampled_from(UNITS),
        st.integers(1, 6),
        st.integers(0, 2),
    ),
    min_size=6,
    max_size=24,
)


def step(store: Store, what: str, which: int, unit: str, days: int) -> None:
    """Let one thing happen that may happen; what may not, does not."""
    today = office_date(store.clock())
    known = store.live(Followup, "1 ORDER BY id")
    if what == "add" or not known:
        due = None if days == 6 else (today + days * DAY).isoformat()
        new = Followup(
            work="w",
            lead=unit,
            due=due,
            inclusive=days % 2,
            product="Báo cáo",
            authority="UBND tỉnh",
            field=f"f{which % 2}",
        )
        followups.add(store, new)
        return
    row = known[which % len(known)]
    product = Product("Báo cáo", number=f"{days}/BC") if days > 2 else Product("Báo cáo")
    match what:
        case "split":
            # What was given before is told of its parts' past as well.
            if not row.given_at:
                parts.split(store, row.id, [unit])
        case "assign":
            # That a first assignment is taken back does not tell whom it was meant for before.
            lifecycle.assign(store, row.id, unit=unit if row.given_at else None, reason="r")
            parts.give(store, row.id, store.now())
        case "take":
            lifecycle.take(store, row.id, note="r")
        case "extend":
            last = date.fromisoformat(row.due or "2026-01-01")
            to = max(last, today) + days * DAY
            lifecycle.extend(store, row.id, to, reason="r")
        case "submit":
            lifecycle.submit(store, row.id, product, note="r")
        case "done":
            lifecycle.close(store, row.id, reason="r", product=product)
        case "return":
            lifecycle.send_back(store, row.id, reason="r")
        case "cancel":
            lifecycle.cancel(store, row.id, reason="r")
        case "reopen":
            lifecycle.reopen(store, row.id, reason="r")
        case "refuse":
            lifecycle.contest(store, row.id, reason="r")
        case "review":
            lifecycle.review(store, row.id, "strong" if days % 2 else "none", note="r")
        case "undo":
            if last_one := followups.last_event(store, row.id):
                followups.undo(store, last_one)
        case "delete":
            store.delete(Followup, row.id)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, frozen=st.integers(1, 20))
def test_as_of_a_day_is_what_a_copy_frozen_on_that_day_says(
    make: Make, steps: list[Step], frozen: int
) -> None:
    clock = Clock()
    frozen = min(frozen, len(steps) - 1)
    with TemporaryDirectory() as name, make(Path(name) / "thuky.db", clock) as store:
        for number, (what, which, unit, days, pause) in enumerate(steps):
            if number == frozen:
                day = clock.today
                copy(store, Path(name) / "copy.db")
                clock.go(day + DAY)
            clock.at += timedelta(days=pause, seconds=1)
            try:
                step(store, what, which, unit, days)
            except ThukyError:
                continue
        period = Period(MONDAY, MONDAY + 90 * DAY, day)
        with Store(Path(name) / "copy.db", clock=Clock(day, 23)) as then:
            expected, found = report(then, period), report(store, period)
        assert set(found.rows) == set(expected.rows)
        assert figures(found) == figures(expected)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_as_of_today_is_how_things_stand(make: Make, steps: list[Step]) -> None:
    """By the events alone, as by what is kept of them in the rows."""
    clock = Clock()
    with TemporaryDirectory() as name, make(Path(name) / "thuky.db", clock) as store:
        for what, which, unit, days, _pause in steps:
            clock.at += timedelta(hours=7)
            try:
                step(store, what, which, unit, days)
            except ThukyError:
                continue
        today = clock.today
        now = stood(store, today, midnight(today))
        assert sorted(stood(store, today, midnight(today), end=start_of(today + DAY))) == sorted(
            now
        )


def figures(report: Report) -> list[object]:
    groups = [report.by(grouping) for grouping in Grouping]
    counts = [report.total, *(group.count for some in groups for group in some)]
    names = [(group.key, group.name, group.words) for some in groups for group in some]
    return [*names, *(count[figure] for count in counts for figure in FIGURES)]


def copy(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as target:
        store.connection.backup(target)
