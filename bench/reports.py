"""The yearly report of an office with 100,000 follow-ups, in all its groupings, beside a bare SQL
query of the same rows: as things stand, and as they stood on past days."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from bench.figure import Figure, taken
from bench.large import LAST, build
from bench.report import percentile
from office.evaluation import evaluate
from office.evaluation_formula import formula
from office.moments import ZONE
from office.reports.curves import burn_down, on_time
from office.reports.figures import FIGURES
from office.reports.period import Period, year_of
from office.reports.report import Grouping, Report, make
from schema.records import Followup
from schema.store import Store

FOLLOWUPS, MEETINGS = 100_000, 5_000
MOST_MS = 1000.0
_BARE = """SELECT lead, state, count(*), sum(due < :day), sum(extensions), sum(returns)
    FROM followup WHERE deleted_at IS NULL AND state NOT IN ('proposed', 'cancelled')
    AND coalesce(given_at, created_at) < :until AND (state <> 'done' OR done_at >= :since)
    GROUP BY lead, state"""


def measure(*, quick: bool = False) -> list[Figure]:
    """Builds the office in a folder of its own and reports on it."""
    share = 10 if quick else 1
    now = datetime.combine(LAST, time(12), ZONE).timestamp()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "thuky.db"
        build(path, meetings=MEETINGS // share, followups=FOLLOWUPS // share)
        with Store(path, clock=lambda: now) as store:
            return _report(store, 3 if quick else 9)


def whole(store: Store, period: Period) -> Report:
    """A report with every figure of every grouping."""
    report = make(store, period)
    for grouping in Grouping:
        for group in report.by(grouping):
            for figure in FIGURES:
                group.count[figure]
    return report


def _report(store: Store, times: int) -> list[Figure]:
    last_year = Period(date(LAST.year - 1, 1, 1), date(LAST.year - 1, 12, 31), LAST)
    ten_years = Period(date(LAST.year - 10, 1, 1), LAST, LAST)
    in_march = Period(last_year.first, last_year.last, date(LAST.year - 1, 3, 31))
    long_ago = year_of(date(LAST.year - 8, 3, 31))
    values = {"day": LAST.isoformat(), "since": last_year.since, "until": last_year.until}
    every = store.count(Followup)

    def median(work: Callable[[], object]) -> float:
        return percentile([taken(work).alone * 1000 for _ in range(times)], 0.5)

    def of(period: Period) -> str:
        return f"{len(make(store, period).rows)} of {every} follow-ups"

    report = make(store, last_year)
    how = formula(store)
    return [
        Figure(
            "last year's report, all groupings",
            of(last_year),
            median(lambda: whole(store, last_year)),
            "ms",
            MOST_MS,
        ),
        Figure(
            "the same as of 31 March of that year",
            of(in_march),
            median(lambda: whole(store, in_march)),
            "ms",
            MOST_MS,
        ),
        Figure(
            "a year's as of 31 March, eight years ago",
            of(long_ago),
            median(lambda: whole(store, long_ago)),
            "ms",
            MOST_MS,
        ),
        Figure("ten years' report", of(ten_years), median(lambda: whole(store, ten_years)), "ms"),
        Figure(
            "the curves of last year's",
            of(last_year),
            median(lambda: (burn_down(report), on_time(report))),
            "ms",
        ),
        Figure(
            "the scores of all units",
            of(last_year),
            median(lambda: evaluate(report, how, "unit")),
            "ms",
        ),
        Figure(
            "bare SQL: last year's rows by unit and state",
            f"{every} follow-ups",
            median(lambda: store.connection.execute(_BARE, values).fetchall()),
            "ms",
        ),
    ]
