"""The list of whom to urge, among 100,000 follow-ups: beside a bare SQL query of the same rows.

One open follow-up in five was urged within the last days, so that who was urged has to be asked.
"""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bench.figure import Figure, taken
from bench.large import LAST, build, insert
from bench.report import percentile
from office.urging import urge_list
from office.urging_day import urging_day
from office.urging_tasks import tasks
from schema.records import Followup, FollowupEvent
from schema.store import Store

FOLLOWUPS, MEETINGS = 100_000, 5_000
MOST_MS = 300.0
_SHOWN = 64
_STATES = "state IN ('assigned', 'in_progress') AND deleted_at IS NULL"


def measure(*, quick: bool = False) -> list[Figure]:
    """Builds the office in a folder of its own and asks."""
    share = 10 if quick else 1
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "thuky.db"
        build(path, meetings=MEETINGS // share, followups=FOLLOWUPS // share)
        with Store(path) as store:
            _urge_some(store)
            return _ask(store, 5 if quick else 15)


def _urge_some(store: Store) -> None:
    every = store.select(Followup, f"WHERE {_STATES} AND due NOTNULL ORDER BY id")
    events = [
        FollowupEvent(
            id=store.new_id(),
            created_at=store.now(),
            followup=row.id,
            kind="reminded",
            at=f"{LAST - timedelta(days=number % 7)}T01:00:00Z",
            value="unit urge-late",
        )
        for number, row in enumerate(islice(every, 0, None, 5))
    ]
    with store.transaction():
        insert(store, FollowupEvent, events)


def _ask(store: Store, times: int) -> list[Figure]:
    found = urge_list(store, LAST)
    of = f"{len(found)} of {store.count(Followup)} follow-ups"
    bare = f"SELECT rowid, due, lead, leader, field, state FROM followup WHERE {_STATES}"
    bare += f" AND due <= '{LAST}' ORDER BY due"
    rows = store.connection.execute(bare).fetchall()

    def median(work: Callable[[], object]) -> float:
        return percentile([taken(work).alone * 1000 for _ in range(times)], 0.5)

    return [
        Figure("whom to urge today", of, median(lambda: urge_list(store, LAST)), "ms", MOST_MS),
        Figure("the same by unit, with names", of, median(lambda: urging_day(store, LAST)), "ms"),
        Figure(
            "a screenful of it in words",
            f"{_SHOWN} tasks",
            median(lambda: tasks(store, found[:_SHOWN])),
            "ms",
        ),
        Figure(
            "bare SQL: those late and open",
            f"{len(rows)} rows",
            median(lambda: store.connection.execute(bare).fetchall()),
            "ms",
        ),
    ]
