"""Searching ten years of an office: the index's size and making, and what each question takes."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.large import LAST, YEARS, build
from bench.report import Record, Target, percentile
from office.finding import Finding
from schema.search import search
from schema.search_documents import drafts, every_id
from schema.search_index import bring_up, tidy
from schema.search_query import expression, terms
from schema.store import Store
from schema.viet import fold

MEETINGS, FOLLOWUPS, LINES = 5_000, 30_000, 80
MOST_MS, MOST_TIMES = 50.0, 2.0
_SHOWN = 100
_SEED = 1

# What somebody looks for: words that are everywhere, some that are rare, some that are nowhere.
_SAID = (
    *("giải ngân", "giải phóng mặt bằng", "Sở Tài chính", "vốn đầu tư công", "đề án", "xã Tam Đảo"),
    *("cải cách hành chính", "chuyển đổi số", "UBND tỉnh", "Quyết định", "rà soát các dự án"),
    *("trật tự xây dựng", "y tế cơ sở", "dịch bệnh", "học sinh", "trạm y tế", "khiếu nại"),
    *("nông thôn mới", "khu công nghiệp", "báo cáo kết quả", "10,5%", "37 gói thầu", "tỉnh"),
)
_NOWHERE = ("xương rồng", "tàu vũ trụ", "qwerty", "báo cáo xyz", "giải ngân vũ trụ")
_CONDITIONS = (
    *("đv:stc", "loại:nhiệm", "loại:biên", "ngày:2021", "tt:mở", 'ngày:"tháng 3/2020"'),
    *("đv:sxd tt:xong", "loại:biên ngày:>=1/1/2025"),
)


@dataclass(frozen=True, slots=True)
class Index(Record):
    """`times` is the size of the index, in sizes of the text that it is of (UTF-8)."""

    meetings: int
    entries: int
    text_mb: float
    index_mb: float
    times: float
    made_in_s: float
    entries_a_s: float


@dataclass(frozen=True, slots=True)
class Questions(Record):
    """Of one kind: ours from what is typed to named results; FTS5 asked for the row numbers of the
    newest that have the same words, and by its own rank; a scan of the texts by LIKE."""

    what: str
    count: int
    p50_ms: float
    p95_ms: float
    most_ms: float
    found: int
    fts_p95_ms: float
    fts_by_rank_p95_ms: float
    like_p95_ms: float


def measure(*, quick: bool = False) -> tuple[Index, list[Questions]]:
    """Builds the office in a folder of its own, makes its index, and asks."""
    share = 10 if quick else 1
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "thuky.db"
        build(
            path,
            meetings=MEETINGS // share,
            followups=FOLLOWUPS // share,
            years=YEARS // share,
            lines=LINES,
        )
        with Store(path) as store:
            index = _make(store)
            return index, [_ask(store, what, asked) for what, asked in _questions(quick).items()]


def targets(index: Index, found: Sequence[Questions]) -> list[Target]:
    slowest = max(found, key=lambda questions: questions.p95_ms)
    return [
        Target(f"a search over ten years, p95 ({slowest.what}), ms", slowest.p95_ms, MOST_MS),
        Target("the index's size in sizes of its text", index.times, MOST_TIMES),
    ]


def _make(store: Store) -> Index:
    start = time.perf_counter()
    while bring_up(store, 10.0) or tidy(store, 10.0):
        pass
    seconds = time.perf_counter() - start
    (size,) = store.connection.execute(
        "SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'search_*'"
    ).fetchone()
    (entries,) = store.connection.execute(
        "SELECT sum(length(entries)) / 2 FROM search_document"
    ).fetchone()
    text = sum(_sizes(store))
    return Index(
        store.connection.execute("SELECT count(*) FROM meeting").fetchone()[0],
        entries,
        text / 1e6,
        size / 1e6,
        size / text,
        seconds,
        entries / seconds,
    )


def _sizes(store: Store) -> Iterator[int]:
    """Of each thing that can be found, the bytes of what is said of it."""
    ids: dict[int, list[str]] = {}
    for id, kind in every_id(store):
        ids.setdefault(kind, []).append(id)
    held = {table: frozenset[str]() for table in ("meeting", "followup", "followup_event")}
    for kind, some in ids.items():
        for draft in drafts(store, kind, some, held).values():
            yield len(draft.content.encode())


def _questions(quick: bool) -> dict[str, list[str]]:
    rng = random.Random(_SEED)
    again = 1 if quick else 3
    bare = [fold(words) for words in _SAID]
    typed = [words[:end] for words in (*_SAID[:8], *bare[:8]) for end in range(1, len(words) + 1)]
    asked = {
        "words with marks": [*_SAID],
        "words without": bare,
        "phrases": [f'"{words}"' for words in (*_SAID, *bare) if " " in words],
        "letter by letter": typed,
        "with conditions": [f"{w} {c}" for w in (*_SAID[:6], *bare[:6]) for c in _CONDITIONS],
        "found nowhere": [*_NOWHERE],
    }
    return {what: rng.sample(some * again, len(some) * again) for what, some in asked.items()}


def _ask(store: Store, what: str, asked: Sequence[str]) -> Questions:
    finding = Finding(store, LAST)
    found = 0

    def ours(typed: str) -> None:
        nonlocal found
        bring_up(store, 0.03)
        found += len(search(store, finding.read(typed, typing=True).query))

    took = _times(ours, asked)
    newest = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY {} LIMIT ?"
    by_age, by_rank = newest.format("rowid DESC"), newest.format("rank")

    def bare(query: str) -> Callable[[str], None]:
        def ask(typed: str) -> None:
            words = terms(finding.read(typed).query.words)
            if wanted := expression(store, words):
                store.connection.execute(query, (wanted, _SHOWN)).fetchall()

        return ask

    def scan(typed: str) -> None:
        like = f"%{finding.read(typed).query.words.strip(chr(34))}%"
        store.connection.execute(
            "SELECT id FROM text WHERE plain LIKE ? UNION ALL"
            " SELECT id FROM followup WHERE work LIKE ?",
            (like, like),
        ).fetchmany(_SHOWN)

    few = asked[: max(len(asked) // 10, 10)]
    return Questions(
        what,
        len(asked),
        percentile(took, 0.5),
        percentile(took, 0.95),
        max(took),
        found // len(asked),
        percentile(_times(bare(by_age), asked), 0.95),
        percentile(_times(bare(by_rank), few), 0.95),
        percentile(_times(scan, few), 0.95),
    )


def _times(ask: Callable[[str], None], asked: Sequence[str]) -> list[float]:
    """Milliseconds of each question, in the processor's time: others may be at work here."""
    took = []
    for typed in asked:
        start = time.process_time()
        ask(typed)
        took.append((time.process_time() - start) * 1000)
    return took
