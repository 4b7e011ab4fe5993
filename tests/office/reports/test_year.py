"""The sample office's year: figures as SQL that knows nothing of reports has them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from office.demo import build as demo
from office.moments import ZONE
from office.reports.figures import COUNTS, FIGURES, PARTITION, Figure
from office.reports.period import Period
from office.reports.report import Grouping, Report, make
from schema.store import Store

END = demo.NOW.date()
YEAR = Period(date(2025, 3, 3), END, END)
THEN = date(2025, 12, 31)
"""A day on which a report is made while the year is being replayed."""
UNTIL_THEN = Period(date(2025, 3, 3), date(2026, 1, 31), THEN)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    """The office, and what was reported at the end of THEN."""
    path = tmp_path_factory.mktemp("year") / "thuky.db"
    reported: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        whole = demo._Year.replay

        def replay(self: Any, progress: demo.Progress) -> None:
            def freeze() -> None:
                reported.append(_told(make(self._store, UNTIL_THEN)))

            self._at(datetime.combine(THEN, time(23, 59), ZONE), freeze)
            whole(self, progress)

        patch.setattr(demo._Year, "replay", replay)
        demo.build(path, load=0.0)
    yield path, reported[0]
    path.unlink()


@pytest.fixture
def store(year: tuple[Path, Any]) -> Iterator[Store]:
    with Store(year[0], clock=demo.NOW.timestamp) as store:
        yield store


# The state, the moments of assignment and end, extensions, returns and products are found in the
# events, the last day in time in the deadline as it was written.
INDEPENDENT = """
WITH alive AS (
    SELECT * FROM followup f WHERE deleted_at IS NULL AND role <> 'milestone' AND NOT EXISTS (
        SELECT 1 FROM followup p WHERE p.parent = f.id AND p.role = 'part' AND p.deleted_at IS NULL
    )
), ev AS (
    SELECT * FROM followup_event e WHERE id NOT IN (
        SELECT undoes FROM followup_event WHERE undoes IS NOT NULL
    )
), last AS (
    SELECT followup, kind, at, row_number() OVER (PARTITION BY followup ORDER BY at DESC, id DESC) n
    FROM ev WHERE kind IN ('assigned', 'taken', 'started', 'submitted', 'returned', 'done',
        'paused', 'refused', 'cancelled', 'reopened')
), t AS (
    SELECT a.id, a.lead, a.field, coalesce(a.leader, fl.leader) AS leader,
        CASE WHEN a.meeting IS NOT NULL THEN 'meeting' ELSE coalesce((SELECT s.kind FROM
            followup_source s WHERE s.followup = a.id AND s.deleted_at IS NULL ORDER BY s.id LIMIT 1
        ), 'hand') END AS source,
        l.kind AS kind, date(l.at, '+7 hours') AS last_on,
        CASE WHEN a.inclusive = 0 AND coalesce(a.due_time, '') = '' THEN date(a.due, '-1 day')
            ELSE a.due END AS due,
        date(coalesce((SELECT min(at) FROM ev WHERE followup = a.id AND kind = 'assigned'),
            a.created_at), '+7 hours') AS given,
        (SELECT count(*) FROM ev WHERE followup = a.id AND kind = 'extended') AS extended,
        (SELECT count(*) FROM ev WHERE followup = a.id AND kind = 'returned') AS returned,
        EXISTS (SELECT 1 FROM ev WHERE followup = a.id AND kind IN ('submitted', 'done') AND
            (product <> '' OR number <> '' OR link <> '' OR figure IS NOT NULL)) AS product,
        (SELECT value FROM ev WHERE followup = a.id AND kind = 'reviewed'
            ORDER BY at DESC, id DESC LIMIT 1) AS effect,
        a.lead IS NOT NULL AND a.product <> '' AND a.authority <> '' AND a.work <> ''
            AND (a.due IS NOT NULL OR a.due_event <> '' OR a.recurrence <> '') AS clear
    FROM alive a JOIN last l ON l.followup = a.id AND l.n = 1 LEFT JOIN field fl ON fl.id = a.field
    WHERE l.kind <> 'cancelled'
), w AS (
    SELECT * FROM t WHERE given <= :last AND NOT (kind = 'done' AND last_on < :first)
)
SELECT {key}, count(*) AS assigned,
    sum(given < :first) AS carried_in, sum(given >= :first) AS given,
    sum(kind = 'done') AS done,
    sum(kind = 'done' AND due IS NOT NULL AND last_on <= due) AS done_in_time,
    sum(kind = 'done' AND due IS NOT NULL AND last_on > due) AS done_late,
    sum(kind = 'done' AND due IS NULL) AS done_without_deadline,
    sum(kind <> 'done') AS open,
    sum(kind NOT IN ('done', 'assigned', 'refused') AND due >= :day) AS running_in_time,
    sum(kind <> 'done' AND due < :day) AS running_late,
    sum(kind NOT IN ('done', 'assigned', 'refused') AND due IS NULL) AS running_without_deadline,
    sum(kind IN ('assigned', 'refused') AND (due IS NULL OR due >= :day)) AS not_started,
    sum(due IS NULL) AS without_deadline,
    sum(extended > 0) AS extended, sum(returned > 0) AS returned, sum(clear) AS six_points,
    sum(product AND kind = 'done') AS products, sum(effect IS 'strong') AS effects_strong,
    sum(effect IS 'some') AS effects_some, sum(effect IS 'none') AS effects_none
FROM w GROUP BY 1
"""
KEYS = {
    Grouping.UNIT: "lead",
    Grouping.LEADER: "leader",
    Grouping.FIELD: "field",
    Grouping.SOURCE: "source",
}


@pytest.mark.parametrize("grouping", Grouping)
def test_the_figures_of_the_year_are_those_of_independent_sql(
    year: tuple[Path, Any], store: Store, grouping: Grouping
) -> None:
    with closing(sqlite3.connect(year[0])) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(
            INDEPENDENT.format(key=KEYS[grouping]),
            {"first": "2025-03-03", "last": END.isoformat(), "day": END.isoformat()},
        ).fetchall()
    expected = {row[0]: {f: row[f.value] or 0 for f in COUNTS} for row in rows}
    report = make(store, YEAR)
    found = {g.key: {f: g.count[f] for f in COUNTS} for g in report.by(grouping)}
    assert found == expected
    assert report.total[Figure.ASSIGNED] == sum(row["assigned"] for row in rows) > 500


def test_the_shares_and_medians_are_of_the_lists_they_open(store: Store) -> None:
    report = make(store, YEAR)
    rows = {row.row: row for row in report.rows}
    in_time = len(report.rows_of(Figure.DONE_IN_TIME))
    decided = report.rows_of(Figure.ON_TIME_SHARE)
    assert report.total[Figure.ON_TIME_SHARE] == in_time / len(decided)
    late = sorted(
        (date.fromisoformat(r.done or END.isoformat()) - date.fromisoformat(r.due or "")).days
        for r in map(rows.__getitem__, report.rows_of(Figure.MEDIAN_DAYS_LATE))
    )
    middle = (late[(len(late) - 1) // 2] + late[len(late) // 2]) / 2
    assert report.total[Figure.MEDIAN_DAYS_LATE] == middle > 0


@pytest.mark.parametrize("grouping", Grouping)
def test_parts_sum_to_totals_and_each_figure_opens_as_many(
    store: Store, grouping: Grouping
) -> None:
    report = make(store, YEAR)
    groups = report.by(grouping)
    for figure in COUNTS:
        total = report.total[figure]
        assert sum(group.count[figure] or 0 for group in groups) == total
        assert len(report.rows_of(figure)) == total
        for group in groups:
            opened = report.rows_of(figure, grouping, group.key)
            assert len(opened) == group.count[figure]
    for count in (report.total, *(group.count for group in groups)):
        assert sum(count[figure] or 0 for figure in PARTITION) == count[Figure.ASSIGNED]
        assert sum(
            len(report.rows_of(figure)) for figure in (Figure.CARRIED_IN, Figure.GIVEN)
        ) == len(report.rows)


def test_as_of_a_day_is_what_was_reported_on_that_day(year: tuple[Path, Any], store: Store) -> None:
    assert _told(make(store, UNTIL_THEN)) == year[1]


def _told(report: Report) -> Any:
    groups = [group for grouping in Grouping for group in report.by(grouping)]
    return [
        [report.total[figure] for figure in FIGURES],
        *([group.key, *(group.count[figure] for figure in FIGURES)] for group in groups),
    ]
