"""What a unit has to do, or what a leader is in charge of: how much, and how it stands.

Counted are tasks and parts; what was given to several units counts by its parts, and milestones
do not count (they are steps of what does).

Public entrance: `of_unit`, `of_leader`, `figures`, `standing_groups`, `Figures`, `SECTIONS`.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from schema import conditions
from schema.conditions import Where
from schema.database import explained
from schema.followup_groups import Groups, under
from schema.followup_rows import Selection
from schema.standing import Standing, standing_sql
from schema.store import Store

LATE, WAITING, SILENT, RUNNING, PROPOSED, DONE = (
    *("late", "waiting", "silent", "running", "proposed", "done"),
)
SECTIONS = (LATE, WAITING, SILENT, RUNNING, PROPOSED, DONE)
"""Where each is listed, once: open and late; waiting to be accepted; nothing heard of it; else
open; not given yet; done."""

_COUNTED = conditions.with_role("", "part") & ~conditions.WHOLE


class Figures(NamedTuple):
    """How many of each standing, how many parts, how many were extended, returned, urged; when
    somebody was urged last (UTC)."""

    standings: dict[Standing, int]
    parts: int
    extended: int
    returned: int
    urged: int
    last_urged: str | None

    @property
    def given(self) -> int:
        return sum(self.standings.values()) - sum(
            self.standings.get(one, 0) for one in (Standing.UNASSIGNED, Standing.CANCELLED)
        )

    @property
    def on_time_share(self) -> float | None:
        """đúng hạn / (hoàn thành + quá hạn chưa xong), as official reports have it, of those with a
        deadline; None where there is none."""
        in_time = self.standings.get(Standing.DONE_IN_TIME, 0)
        others = (Standing.DONE_LATE, Standing.RUNNING_LATE)
        judged = in_time + sum(self.standings.get(one, 0) for one in others)
        return in_time / judged if judged else None


def of_unit(units: Iterable[str]) -> Where:
    """What one of these units leads."""
    return _COUNTED & conditions.led_by_unit(units)


def of_leader(person: str) -> Where:
    """What a leader is in charge of."""
    return _COUNTED & conditions.led_by([person])


def figures(store: Store, where: Where, today: date, midnight: str) -> Figures:
    """`midnight` is when a day of the office starts, as an SQLite modifier of a UTC time."""
    standing = standing_sql("(SELECT day FROM asked)", "(SELECT midnight FROM asked)")
    query = (
        f"WITH asked(day, midnight) AS (VALUES (?, ?)) SELECT {standing}, count(*),"
        " sum(role = 'part'), sum(extensions > 0), sum(returns > 0), sum(urged_at IS NOT NULL),"
        f" max(urged_at) FROM followup WHERE deleted_at IS NULL AND {where.sql} GROUP BY 1"
    )
    with explained(store.path):
        rows = store.connection.execute(
            query, (today.isoformat(), midnight, *where.values)
        ).fetchall()
    parts, extended, returned, urged = (sum(row[at] for row in rows) for at in range(2, 6))
    last = max((row[6] for row in rows if row[6]), default=None)
    standings = {Standing(row[0]): row[1] for row in rows}
    return Figures(standings, parts, extended, returned, urged, last)


def standing_groups(selection: Selection, today: date, silent_since: str) -> Groups:
    """What is selected, under the headings of SECTIONS."""
    late, silent = conditions.late(today), conditions.silent(silent_since)
    sql = (
        "CASE WHEN state = 'done' THEN 'done' WHEN state = 'cancelled' THEN ''"
        f" WHEN {late.sql} THEN 'late' WHEN state = 'submitted' THEN 'waiting'"
        f" WHEN {silent.sql} THEN 'silent' WHEN state = 'proposed' THEN 'proposed'"
        " ELSE 'running' END"
    )
    return under(selection, sql, (*late.values, *silent.values), SECTIONS, today)
