"""The table of 100,000 follow-ups: opened, filtered, paged and sorted, beside bare SQL queries.

Keys are pressed in the app at a terminal, and timed to the last byte that they bring, those that
open the table to the last byte of its first paint. Questions are asked in this process, once more
beside the SQL that a programmer would write for them.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.large import LAST, build
from bench.programs import LAUNCHER
from bench.report import Record, Target, percentile
from bench.session import Session
from office.asking import Asking
from schema.followup_rows import Order
from schema.followup_words import FollowupWords
from schema.search_index import bring_up
from schema.store import Store

FOLLOWUPS, MEETINGS = 100_000, 5_000
PAGE = 128
"""Rows that a list asks for at a time."""
MOST_MS, MOST_TIMES = 50.0, 1.5

EMPTY, OPENED, ALL = "opened, an empty office", "opened on those that are open", "opened on all"
FIRST_EMPTY, FIRST = "first opened, an empty office", "first opened"
TYPED, DOWN, LAST_ROW, SORTED = "a key of a filter", "page down", "to the last row", "sorted anew"

_QUIET = 0.02
# A first paint is over with the frame that brought the page, whose bytes are written in one go.
_FRAME_QUIET, _FRAME_BYTES = 0.004, 200
_PAUSE = 0.5  # by then all is counted
_DOWN, _END, _HOME = b"\x1b[6~", b"\x1b[F", b"\x1b[H"
_ERASE = b"\x7f" * 60
_FILTERS = ("giai ngan", "ke hoach tt:mo", "tt:late dv:stc", "xa tam dao", "khong co gi nhu the")

_SHOWN = "SELECT id, due, state, lead, work, product FROM followup WHERE deleted_at IS NULL AND "
_BY_DUE = " ORDER BY due NULLS LAST LIMIT 128"
_OPEN = "state NOT IN ('done', 'cancelled')"
_STC = "(SELECT id FROM unit WHERE abbr = 'STC')"
# A filter, and how its first rows would be asked for in SQL; words as they are written, since SQL
# knows no others.
_QUESTIONS = {
    "": "1",
    "tt:mở": _OPEN,
    "tt:quá hạn": f"{_OPEN} AND due < '{LAST}'",
    "đv:stc": f"(lead = {_STC} OR instr(coordinating, {_STC}))",
    "đv:stc tt:quá hạn": f"(lead = {_STC} OR instr(coordinating, {_STC})) AND {_OPEN}"
    f" AND due < '{LAST}'",
    "thiếu:sản phẩm": "product = ''",
    "tt:mở thiếu:hạn": f"{_OPEN} AND due IS NULL AND due_event = '' AND recurrence = ''",
    "hạn:tháng 3": "due BETWEEN '2026-03-01' AND '2026-03-31'",
    "họp:giao ban": "meeting IN (SELECT id FROM meeting WHERE title LIKE '%giao ban%')",
    "nguồn:điện thoại": "id IN (SELECT followup FROM followup_source WHERE kind = 'phone')",
    "giai ngan": "(work LIKE '%giải%ngân%' OR product LIKE '%giải%ngân%')",
    "ke hoach xa": "work LIKE '%kế hoạch%' AND work LIKE '%xã%'",
    "qwerty": "(work LIKE '%qwerty%' OR product LIKE '%qwerty%')",
    "tt:mở -bao cao": f"{_OPEN} AND work NOT LIKE '%báo cáo%'",
}


@dataclass(frozen=True, slots=True)
class Key(Record):
    """What a key costs at a terminal."""

    key: str
    times: int
    p50_ms: float
    p95_ms: float
    most_ms: float


@dataclass(frozen=True, slots=True)
class Question(Record):
    """From a filter's text to the rows of a page: `first_ms` when nobody has asked anything yet,
    then again. `all_ms`: until all are counted, which the screen does once the keys pause."""

    asked: str
    found: int
    first_ms: float
    p50_ms: float
    p95_ms: float
    all_ms: float
    sql_p50_ms: float


@dataclass(frozen=True, slots=True)
class Sorting(Record):
    """All of them sorted and the first page read."""

    by: str
    p50_ms: float


def measure(*, quick: bool = False) -> list[Record]:
    """Builds the office in a folder of its own; asks, and opens it in the app."""
    share = 10 if quick else 1
    with tempfile.TemporaryDirectory() as name:
        full, empty = Path(name) / "full" / "thuky.db", Path(name) / "empty" / "thuky.db"
        for path in (full, empty):
            path.parent.mkdir()
        build(full, meetings=MEETINGS // share, followups=FOLLOWUPS // share)
        with Store(empty) as store:
            store.set_local({"name": "Bench"})
        times = 3 if quick else 11
        with Store(full) as store:
            # The index of an office at work is up; making one meanwhile is measured elsewhere.
            bring_up(store, 0.0)
            store.connection.execute("DELETE FROM search_pending")
            words = FollowupWords()
            questions = [
                _ask(store, words, asked, where, times) for asked, where in _QUESTIONS.items()
            ]
            sorting = [_sort(store, order, 3) for order in Order]
        return [*_keys(full, empty, quick), *questions, *sorting]


def targets(found: Sequence[Record]) -> list[Target]:
    keys = {record.key: record for record in found if isinstance(record, Key)}
    questions = [record for record in found if isinstance(record, Question)]
    slowest = max(questions, key=lambda question: question.p95_ms)
    return [
        Target(
            "first opened, in times of an empty office",
            _times(keys, FIRST, FIRST_EMPTY),
            MOST_TIMES,
        ),
        Target("opened on all, in times of an empty office", _times(keys, ALL, EMPTY), MOST_TIMES),
        Target("a key of a filter, p95, ms", keys[TYPED].p95_ms, MOST_MS),
        Target(f"a filter's answer, p95 ({slowest.asked}), ms", slowest.p95_ms, MOST_MS),
        Target("page down, p95, ms", keys[DOWN].p95_ms, MOST_MS),
    ]


def _times(keys: dict[str, Key], full: str, empty: str) -> float:
    return keys[full].p50_ms / keys[empty].p50_ms


# ----------------------------------------------------------------- questions


def _ask(store: Store, words: FollowupWords, asked: str, where: str, times: int) -> Question:
    words.matching(store, ())  # the screen has them ready before somebody types
    first: list[float] = []
    again: list[float] = []
    every: list[float] = []
    bare: list[float] = []
    for _ in range(times):
        asking = Asking(store, LAST, words)

        def answer(asking: Asking = asking) -> None:
            asking.rows(asking.parse(asked).filter).page(0, PAGE)

        first.append(_ms(answer))
        again.append(_ms(answer))
        rows = asking.rows(asking.parse(asked).filter)
        every.append(_ms(rows.complete))
        bare.append(_ms(lambda: store.connection.execute(_SHOWN + where + _BY_DUE).fetchall()))
    return Question(
        asked or "(all)",
        rows.count,
        percentile(first, 0.5),
        percentile(again, 0.5),
        percentile(first + again, 0.95),
        percentile(every, 0.5),
        percentile(bare, 0.5),
    )


def _sort(store: Store, order: Order, times: int) -> Sorting:
    asking = Asking(store, LAST)
    asked = asking.parse("").filter
    taken = [_ms(lambda: asking.rows(asked, order).page(0, PAGE)) for _ in range(times)]
    return Sorting(str(order), percentile(taken, 0.5))


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


# ---------------------------------------------------------------------- keys


def _keys(full: Path, empty: Path, quick: bool) -> list[Key]:
    taken: dict[str, list[float]] = {}
    for _ in range(2 if quick else 7):
        with ExitStack() as stack:
            pair = [stack.enter_context(open_app(path)) for path in (empty, full)]
            for what, session in zip((FIRST_EMPTY, FIRST), pair, strict=True):
                _paint(session, taken.setdefault(what, []))
    with ExitStack() as stack:
        pair = [stack.enter_context(open_app(path)) for path in (empty, full)]
        _open(pair, (EMPTY, OPENED), taken, 3 if quick else 15)
        for session in pair:
            for key in (b"3", b"/", _ERASE, b"\r"):
                press(session, key)
        _open(pair, (EMPTY, ALL), taken, 3 if quick else 15)
        session = pair[1]
        press(session, b"3")
        for key, what, times in ((_DOWN, DOWN, 60), (_END, LAST_ROW, 5)):
            for _ in range(times):
                if key == _END:
                    press(session, _HOME)
                press(session, key, taken.setdefault(what, []), pause=0.05)
        press(session, _HOME)
        for _ in Order:
            press(session, b"s", taken.setdefault(SORTED, []))
        for asked in _FILTERS:
            for key in (b"/", _ERASE):
                press(session, key)
            for letter in asked:
                press(session, letter.encode(), taken.setdefault(TYPED, []), pause=0.1)
            press(session, b"\r")
    return [
        Key(what, len(times), percentile(times, 0.5), percentile(times, 0.95), max(times))
        for what, times in taken.items()
    ]


def _open(
    pair: Sequence[Session], names: Sequence[str], taken: dict[str, list[float]], times: int
) -> None:
    """Open the table in both, in turn, so that noise hits both."""
    for _ in range(times):
        for what, session in zip(names, pair, strict=True):
            press(session, b"1")
            _paint(session, taken.setdefault(what, []))


def open_app(path: Path) -> Session:
    session = Session([LAUNCHER, "--db", str(path)], path.parent)
    session.settle(marker="Nhiệm")
    session.drain(_PAUSE)
    return session


def _paint(session: Session, taken: list[float]) -> None:
    """Open the table, timed to the end of the first frame that shows it."""
    reaction = session.press(b"3", _FRAME_QUIET, _FRAME_BYTES)
    session.drain(_PAUSE)
    if reaction.ms is not None:
        taken.append(reaction.ms)


def press(
    session: Session, key: bytes, taken: list[float] | None = None, *, pause: float = _PAUSE
) -> None:
    reaction = session.press(key, _QUIET)
    session.drain(pause)
    if taken is not None and reaction.ms is not None:
        taken.append(reaction.ms)
