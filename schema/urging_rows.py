"""What is open and given to somebody, of which somebody may be urged: one pass over the index.

Public entrance: `Open`, `open_rows`, `urged_days`; which of them to urge, `office.urging` says.
`numbered`, `sources`, `urging_events` read the rest of a few of them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schema.database import explained
from schema.life import HEARD
from schema.records import Followup, FollowupEvent, FollowupSource
from schema.store import Store

URGED_STATES = ("assigned", "in_progress")
"""Whoever has handed in, declined or paused a task waits for somebody else."""


class Open(NamedTuple):
    """A follow-up as its index has it. `given` is the day on which it was given, of one of which
    nothing was heard since; `urged` the day on which somebody was urged about it last."""

    rowid: int
    due: str | None
    exact: int
    """Whether the day of the deadline is itself in time."""
    lead: str | None
    leader: str | None
    field: str | None
    person: str | None
    state: str
    role: str
    given: str | None
    urged: str | None


_STATES = ", ".join(f"'{state}'" for state in URGED_STATES)
_SILENT = "heard_at IS NULL AND given_at NOTNULL"
# What has parts is urged by its parts.
_WHOLES = (
    "SELECT rowid FROM followup WHERE id IN (SELECT parent FROM followup"
    " WHERE parent > '' AND role = 'part' AND deleted_at IS NULL)"
)
_OPEN = f"""SELECT rowid, due, inclusive OR coalesce(due_time, '') <> '', lead, leader, field,
    accountable_person, state, role,
    CASE WHEN {_SILENT} THEN date(given_at, :midnight) END, date(urged_at, :midnight)
FROM followup
WHERE deleted_at IS NULL AND state IN ({_STATES}) AND (due <= :until OR {_SILENT})
    AND rowid NOT IN ({_WHOLES})
ORDER BY due"""


def open_rows(store: Store, until: str, midnight: str) -> Iterator[Open]:
    """Those that are due by the day `until` or of which nothing was heard, by deadline.

    `midnight` is when a day of the office starts, as an SQLite modifier of a UTC time, such as
    "+7 hours".
    """
    with explained(store.path):
        rows = store.connection.execute(_OPEN, {"until": until, "midnight": midnight})
        yield from map(Open._make, rows)


# Who was urged stands first in an event's value, then the rule; where nobody does, it is the unit.
_WHOM = "substr(e.value, 1, instr(e.value || ' ', ' ') - 1)"
_URGED = f"""SELECT f.rowid,
    CASE WHEN {_WHOM} IN ('head', 'leader', 'meeting') THEN {_WHOM} ELSE 'unit' END,
    max(date(e.at, :midnight))
FROM json_each(:rowids) r JOIN followup f ON f.rowid = r.value
JOIN followup_event e ON e.followup = f.id
WHERE e.kind = 'reminded' AND e.id NOT IN
    (SELECT undoes FROM followup_event WHERE followup = f.id AND undoes NOTNULL)
GROUP BY 1, 2"""


def urged_days(store: Store, rowids: Iterable[int], midnight: str) -> dict[tuple[int, str], str]:
    """By follow-up (its row number) and whom: the day on which they were urged last."""
    values = {"rowids": json.dumps(list(rowids)), "midnight": midnight}
    with explained(store.path):
        rows = store.connection.execute(_URGED, values)
        return {(rowid, whom): day for rowid, whom, day in rows if day}


def urging_events(store: Store, followups: Iterable[str]) -> list[FollowupEvent]:
    """Of these follow-ups every urging that counts, and every word from whoever does it: by
    follow-up, the first first."""
    kinds = ", ".join(f"'{kind}'" for kind in ("reminded", *HEARD))
    return store.select(
        FollowupEvent,
        f"WHERE followup IN (SELECT value FROM json_each(?)) AND kind IN ({kinds})"
        " AND id NOT IN (SELECT u.undoes FROM followup_event u"
        " WHERE u.followup = followup_event.followup AND u.undoes NOTNULL)"
        " ORDER BY followup, at, seq",
        json.dumps(list(followups)),
    )


def numbered(store: Store, rowids: Iterable[int]) -> dict[int, Followup]:
    """The follow-ups with these row numbers."""
    among = "WHERE rowid IN (SELECT value FROM json_each(?))"
    return dict(store.numbered(Followup, among, json.dumps(list(rowids))))


def sources(store: Store, followups: Iterable[str]) -> dict[str, FollowupSource]:
    """Where each of these follow-ups comes from first."""
    among = "followup IN (SELECT value FROM json_each(?)) ORDER BY id DESC"
    rows = store.live(FollowupSource, among, json.dumps(list(followups)))
    return {row.followup: row for row in rows if row.followup}
