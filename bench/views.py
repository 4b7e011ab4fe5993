"""The views of 100,000 follow-ups: headings, a board, a calendar, a unit's page, a leader's.

Each is opened in the app at a terminal, timed to the last byte of its first paint, and walked in;
what it reads is read once more in this process, beside the SQL of the same rows that a programmer
would write.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.large import LAST, build
from bench.report import Record, Target, percentile
from bench.table import FOLLOWUPS, MEETINGS, open_app, press
from office.asking import Asking
from office.silence import silent_since
from schema import subject_rows
from schema.conditions import OPEN, Where, due_between, state_in
from schema.followup_groups import Group, by_day, grouped
from schema.followup_rows import FollowupRows, Selection
from schema.search_index import bring_up
from schema.store import Store

FIRST_MS, KEY_MS = 100.0, 50.0
PAGE = 64
"""Rows that a list asks for at a time."""
_MONTH = (LAST.replace(day=1), LAST.replace(day=28))
_OPEN = "deleted_at IS NULL AND role = '' AND state NOT IN ('done', 'cancelled')"
_CELLS = "id, due, state, lead, work, product"
_FRAME_QUIET, _FRAME_BYTES = 0.004, 200

# How each is opened from Today, what it is left by, and keys that are pressed in it.
_VIEWS: dict[str, tuple[tuple[bytes, ...], bytes, tuple[bytes, ...]]] = {
    "table under headings": ((b"3",), b"\x1b", (b"\x1b[6~", b"\x1b[B")),
    "board": ((b"3", b"B"), b"\x1b", (b"\x1b[C", b"\x1b[B", b"\x1b[6~")),
    "calendar": ((b"3", b"L"), b"\x1b", (b"\x1b[C", b"\x1b[B", b"\x1b[6~")),
    "a unit's page": ((b"3", b"U"), b"\x1b", (b"\x1b[6~", b"\x1b[B")),
    "a leader's page": ((b"3", b"P"), b"\x1b", (b"\x1b[6~", b"\x1b[B")),
}


@dataclass(frozen=True, slots=True)
class Opened(Record):
    """A view at a terminal: its first paint, and the keys in it."""

    view: str
    times: int
    first_p50_ms: float
    first_most_ms: float
    keys: int
    key_p50_ms: float
    key_p95_ms: float


@dataclass(frozen=True, slots=True)
class Read(Record):
    """What a view's first paint reads, beside bare SQL for the same rows."""

    view: str
    rows: int
    p50_ms: float
    sql_p50_ms: float


def measure(*, quick: bool = False) -> list[Record]:
    """Builds the office in a folder of its own."""
    share = 10 if quick else 1
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "thuky.db"
        build(path, meetings=MEETINGS // share, followups=FOLLOWUPS // share)
        with Store(path) as store:
            bring_up(store, 0.0)
            store.connection.execute("DELETE FROM search_pending")
            found: list[Record] = [*_reads(store, 3 if quick else 11)]
        return [*found, *_opened(path, 3 if quick else 9)]


def targets(found: Sequence[Record]) -> list[Target]:
    opened = [record for record in found if isinstance(record, Opened)]
    promises = [
        Target(f"{one.view}, first paint, p50, ms", one.first_p50_ms, FIRST_MS) for one in opened
    ]
    return promises + [
        Target(f"{one.view}, a key, p95, ms", one.key_p95_ms, KEY_MS) for one in opened
    ]


def _reads(store: Store, times: int) -> list[Read]:
    unit, leader = (
        store.connection.execute(
            f"SELECT {column} FROM followup WHERE {_OPEN} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        for column in ("lead", "coalesce(leader, (SELECT leader FROM field f WHERE f.id = field))")
    )
    asking = Asking(store, LAST)
    open_ = asking.parse("tt:mở").filter
    since = silent_since(store, LAST)
    first, last = _MONTH

    def headings(group: Group) -> int:
        groups = grouped(asking.selection(open_), group, LAST)
        groups.page(0, PAGE)
        return groups.total

    def board() -> int:
        counts = asking.selection(open_).count_by("state")
        for state in counts:
            FollowupRows(asking.selection(open_, also=state_in(state))).page(0, 10)
        return sum(counts.values())

    def calendar() -> int:
        tallies = by_day(asking.selection(open_, also=due_between(first, last)), LAST)
        FollowupRows(asking.selection(open_, also=due_between(LAST, LAST))).page(0, PAGE)
        return sum(tally.number for tally in tallies.values())

    def standing(where: Where) -> int:
        groups = subject_rows.standing_groups(Selection(store, where & OPEN), LAST, since)
        groups.page(0, PAGE)
        return groups.total

    of = f"SELECT {_CELLS} FROM followup WHERE {_OPEN}"
    page = f" LIMIT {PAGE}"
    led = (
        "(leader = '{id}' OR (leader IS NULL AND field IN"
        " (SELECT id FROM field WHERE leader = '{id}')))"
    )
    counted = (
        "SELECT {by}, count(*), sum(due < '" + LAST.isoformat() + f"') FROM followup WHERE {_OPEN}"
    )
    week = counted.format(by="strftime('%Y%W', due)") + " GROUP BY 1"
    views: dict[str, tuple[Callable[[], int], Sequence[str]]] = {
        "headings by unit": (
            lambda: headings(Group.UNIT),
            (counted.format(by="lead") + " GROUP BY 1", f"{of} ORDER BY lead, due{page}"),
        ),
        "headings by week": (lambda: headings(Group.WEEK), (week, f"{of} ORDER BY due{page}")),
        "board": (
            board,
            (
                counted.format(by="state") + " GROUP BY 1",
                *(
                    f"{of} AND state = '{state}' ORDER BY due LIMIT 10"
                    for state in ("proposed", "assigned", "in_progress", "submitted")
                ),
            ),
        ),
        "calendar": (
            calendar,
            (
                counted.format(by="due") + f" AND due BETWEEN '{first}' AND '{last}' GROUP BY 1",
                f"{of} AND due = '{LAST}'{page}",
            ),
        ),
        "a unit's page": (
            lambda: standing(subject_rows.of_unit([unit])),
            (
                counted.format(by="state") + f" AND lead = '{unit}' GROUP BY 1",
                f"{of} AND lead = '{unit}' ORDER BY due{page}",
            ),
        ),
        "a leader's page": (
            lambda: standing(subject_rows.of_leader(leader)),
            (
                counted.format(by="state") + " AND " + led.format(id=leader) + " GROUP BY 1",
                f"{of} AND {led.format(id=leader)} ORDER BY due{page}",
            ),
        ),
    }
    return [_read(store, view, *asked, times) for view, asked in views.items()]


def _read(
    store: Store, view: str, ours: Callable[[], int], bare: Sequence[str], times: int
) -> Read:
    def in_sql() -> None:
        for query in bare:
            store.connection.execute(query).fetchall()

    rows = ours()
    taken, sql = [], []
    for _ in range(times):
        taken.append(_ms(ours))
        sql.append(_ms(in_sql))
    return Read(view, rows, percentile(taken, 0.5), percentile(sql, 0.5))


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _opened(path: Path, times: int) -> list[Opened]:
    found = []
    for view, (way, back, keys) in _VIEWS.items():
        first: list[float] = []
        in_it: list[float] = []
        with open_app(path) as session:
            if view == "table under headings":
                for key in (b"3", b"p", b"don vi", b"\r", b"\x1b"):
                    press(session, key)
            for _ in range(times):
                for key in way[:-1]:
                    press(session, key)
                reaction = session.press(way[-1], _FRAME_QUIET, _FRAME_BYTES)
                session.drain(0.5)
                if reaction.ms is not None:
                    first.append(reaction.ms)
                for key in keys * 3:
                    press(session, key, in_it, pause=0.1)
                for key in (back, b"1"):
                    press(session, key)
        found.append(
            Opened(
                view,
                len(first),
                percentile(first, 0.5),
                max(first),
                len(in_it),
                percentile(in_it, 0.5),
                percentile(in_it, 0.95),
            )
        )
    return found
