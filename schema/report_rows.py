"""Follow-ups as reports count them: how each stood on a day, from its events where that is past.

What is counted are tasks that were given to somebody: the parts in place of a whole that has some,
no steps (milestones), none that was cancelled. As things stand now, all of it comes from the index
of follow-ups (`schema.tables`) and what their events made of their rows. On an earlier day those to
which something happened later are looked at anew, by their events until that day's end; the others
stood then as they do now. Cells that no event tells of are those of today.

Public entrance: `Stood`, `stood`, `ids_of`.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from schema.conditions import any_of, lacks
from schema.database import explained
from schema.life import HEARD, life_before_sql
from schema.standing import DONE, last_day_sql, standing_sql
from schema.store import Store


class Stood(NamedTuple):
    """How a follow-up stood on a day. Days are the office's (`2026-03-31`).

    `row` is its number in the table; `given` the day on which it was first assigned (or written
    down, where nobody assigned it), `due` the last day in time. `minutes` is how long it took from
    being written down to being assigned, None where that is not known. `clear` says whether all
    six points are, `wants_product` that its kind does not end without a product; `source` where it
    comes from, as `FollowupSource.kind`; `delivered` whether it is done with a product on file,
    `effect` what its effect was found to be, if it was looked at.
    """

    row: int
    lead: str | None
    field: str | None
    leader: str | None
    person: str | None
    accountable: str
    standing: str
    given: str
    done: str | None
    due: str | None
    minutes: int | None
    extensions: int
    returns: int
    clear: int
    wants_product: int
    source: str
    delivered: int
    effect: str


_CELLS = (
    "field, leader, accountable_person, accountable, product, authority, due_event,"
    " recurrence, created_at, meeting, role, kind"
)
_LIFE = "state, done_at, given_at, extensions, returns"
_HERE = "deleted_at IS NULL"
_NOW = f"""SELECT rowid AS row, lead, {_CELLS}, due, inclusive, due_time, {_LIFE}
    FROM followup WHERE {_HERE}"""

_COUNTING = """e.at < :end AND NOT EXISTS (
        SELECT 1 FROM followup_event u
        WHERE u.followup = e.followup AND u.undoes = e.id AND u.at < :end
    )"""
_HERE_THEN = "(f.deleted_at IS NULL OR f.deleted_at >= :end)"
# All to which something happened later, and when the first thing did.
_MOVED = """moved AS MATERIALIZED (
    SELECT f.rowid AS row, e.born FROM (
        SELECT followup, min(at) AS born FROM followup_event
        GROUP BY followup HAVING max(at) >= :end
    ) e JOIN followup f ON f.id = e.followup
)"""
# The deadline in force was what the next change of it began from: an extension, or that one was
# taken back.
_NEXT = """FROM followup_event e LEFT JOIN followup_event u ON u.id = e.undoes
    WHERE e.followup = f.id AND e.at >= :end AND (
        e.kind = 'extended' AND coalesce(e.due_from, e.due_to) NOTNULL
        OR u.kind = 'extended' AND coalesce(u.due_from, u.due_to) NOTNULL
    ) ORDER BY e.at, e.id LIMIT 1"""
# Given to others since, it was of whom it had been given to, or whose word was last heard; before
# all that, of whom it was first given to.
_BY_LEAD = ", ".join(f"'{kind}'" for kind in ("assigned", *HEARD))
_GIVEN_LATER = """FROM followup_event e LEFT JOIN followup_event u ON u.id = e.undoes
    WHERE e.followup = f.id AND e.at >= :end
    AND (e.kind = 'assigned' AND e.unit NOTNULL OR u.kind = 'assigned')"""
_THEN = f"""SELECT rowid AS row, lead, {_CELLS}, due, inclusive, due_time, {_LIFE}
    FROM followup f WHERE {_HERE_THEN} AND rowid NOT IN (SELECT row FROM moved)
    UNION ALL SELECT row, coalesce(lead_then, lead), {_CELLS}, iif(moved_due, due_then, due),
        moved_due OR inclusive, iif(moved_due, '', due_time), {_LIFE} FROM (
        SELECT f.rowid AS row, lead, {_CELLS}, due, inclusive, due_time,
            iif(EXISTS (SELECT 1 {_GIVEN_LATER}), coalesce((
                SELECT e.unit FROM followup_event e WHERE e.followup = f.id
                AND e.kind IN ({_BY_LEAD}) AND e.unit NOTNULL AND {_COUNTING}
                ORDER BY e.at DESC, e.id DESC LIMIT 1
            ), (SELECT e.unit {_GIVEN_LATER} AND e.unit NOTNULL ORDER BY e.at, e.id LIMIT 1)), NULL)
                AS lead_then,
            EXISTS (SELECT 1 {_NEXT}) AS moved_due,
            (SELECT iif(e.kind = 'extended', e.due_from, u.due_to) {_NEXT}) AS due_then,
            {life_before_sql("f.id", ":end")}
        FROM moved JOIN followup f ON f.rowid = moved.row WHERE born < :end AND {_HERE_THEN}
    )"""

# A whole that has parts is counted by them.
_WHOLES = f"""SELECT w.rowid FROM followup f JOIN followup w ON w.id = f.parent
    WHERE f.parent NOTNULL AND f.role = 'part' AND w.role <> 'part' AND {_HERE_THEN}
    AND EXISTS (SELECT 1 FROM followup_event e WHERE e.followup = f.id AND e.at < :end)"""
_DELIVERED = f"""SELECT f.rowid FROM followup_event e JOIN followup f ON f.id = e.followup
    WHERE e.kind IN ('submitted', 'done') AND {_COUNTING}
    AND (e.product <> '' OR e.number <> '' OR e.link <> '' OR e.figure NOTNULL)"""
_EFFECTS = f"""SELECT f.rowid, e.value FROM followup_event e JOIN followup f ON f.id = e.followup
    WHERE e.kind = 'reviewed' AND {_COUNTING} ORDER BY e.at, e.id"""
_SOURCES = """SELECT f.rowid, s.kind FROM followup f JOIN followup_source s ON s.followup = f.id
    WHERE f.meeting IS NULL AND s.deleted_at IS NULL ORDER BY s.id DESC"""
# Kinds of follow-ups that may end without a product (`office.labels.WITHOUT_PRODUCT`).
_FREE = "'duty', 'party'"
_UNCLEAR = any_of(map(lacks, ("lead", "deadline", "product", "authority"))).sql


def _select(base: str, moved: str = "") -> str:
    return f"""WITH {moved} base AS ({base})
    SELECT row, lead, field, coalesce(leader, (SELECT d.leader FROM field d WHERE d.id = field
            AND d.deleted_at IS NULL)), accountable_person, accountable,
        {standing_sql(":day", ":midnight")},
        coalesce(date(coalesce(given_at, created_at), :midnight), ''),
        iif(state = 'done', date(done_at, :midnight), NULL), {last_day_sql()},
        iif(given_at >= created_at,
            (strftime('%s', given_at) - strftime('%s', created_at)) / 60, NULL),
        extensions, returns, NOT ({_UNCLEAR}), kind NOT IN ({_FREE}),
        iif(meeting IS NULL, '', 'meeting')
    FROM base WHERE state NOT IN ('proposed', 'cancelled') AND role <> 'milestone'
        AND coalesce(given_at, created_at) < :until AND (state <> 'done' OR done_at >= :since)
        AND row NOT IN ({_WHOLES})"""


_SELECT_NOW, _SELECT_THEN = _select(_NOW), _select(_THEN, f"{_MOVED},")
_END_OF_TIME = "9999"


def stood(
    store: Store,
    day: date,
    midnight: str,
    *,
    end: str | None = None,
    since: str = "",
    until: str = _END_OF_TIME,
) -> list[Stood]:
    """All that was to be done in a period, as it stood at the `end` of a day: a moment (UTC), right
    before which all that had happened counts; None for how things stand now, on that `day`.

    What is left out was done before `since`, or first given at `until` or later (UTC). `midnight`
    is when a day of the office starts, as an SQLite modifier of a UTC time ("+7 hours").
    """
    values = {"day": day.isoformat(), "midnight": midnight, "end": end or _END_OF_TIME}
    values |= {"since": since, "until": until}
    with explained(store.path), store.snapshot():
        ask = store.connection.execute
        rows = ask(_SELECT_THEN if end else _SELECT_NOW, values).fetchall()
        sources = dict(ask(_SOURCES))
        delivered = {row for (row,) in ask(_DELIVERED, values)}
        effects = dict(ask(_EFFECTS, values))
    done = frozenset(DONE)
    return [
        Stood._make(
            (
                *row[:-1],
                row[-1] or sources.get(row[0], "hand"),
                int(row[0] in delivered and row[_STANDING] in done),
                effects.get(row[0], ""),
            )
        )
        for row in rows
    ]


_STANDING = Stood._fields.index("standing")


def ids_of(store: Store, rows: Sequence[int]) -> list[str]:
    """The ids of follow-ups by the numbers of their rows, in that order."""
    with explained(store.path):
        found = dict(
            store.connection.execute(
                "SELECT rowid, id FROM followup WHERE rowid IN (SELECT value FROM json_each(?))",
                (json.dumps(rows),),
            )
        )
    return [found[row] for row in rows if row in found]
