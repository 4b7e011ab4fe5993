"""Syncing two machines through one directory: up, down, nothing new, one edit, live typing."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import text
from bench.report import Record, Target, median, percentile
from schema import texts
from schema.document import Document
from schema.records import Followup, FollowupEvent, Meeting, TextUpdate
from schema.store import Store
from schema.tables import table_of
from sync import capture, enrol, pairing
from sync.consolidation import consolidate
from sync.engine import Engine
from sync.merge import merge
from sync.service import Service
from sync.textfold import folded
from sync.workspace import Workspace

CHEAP = pairing.Cost(1, 8192)
DEVICES = 20


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """What was measured, in its unit; `of` says of how much."""

    what: str
    of: str
    figure: float
    unit: str


class Office:
    """Machines that share a directory, each with its database in a directory of its own."""

    def __init__(self, where: Path, count: int) -> None:
        self.folder = where / "folder"
        self.folder.mkdir()
        self.stores = [self._store(where, 0)]
        self.workspaces = [enrol.init(self.stores[0], self.folder, "Máy 1")]
        for number in range(1, count):
            self.stores.append(self._store(where, number))
            self.workspaces.append(self._join(self.stores[number], f"Máy {number + 1}"))

    @staticmethod
    def _store(where: Path, number: int) -> Store:
        (where / str(number)).mkdir()
        return Store(where / str(number) / "thuky.db")

    def _join(self, store: Store, name: str) -> Workspace:
        code = pairing.invite(self.workspaces[0], CHEAP).code
        enrol.ask_to_join(store, self.folder, code, name)
        pairing.serve(self.workspaces[0])
        workspace = enrol.joined(store, self.folder)
        assert workspace is not None
        return workspace

    def engines(self) -> list[Engine]:
        return [Engine(s, w) for s, w in zip(self.stores, self.workspaces, strict=True)]

    def bytes(self, pattern: str = "*") -> int:
        return sum(path.stat().st_size for path in self.folder.rglob(pattern) if path.is_file())

    def close(self) -> None:
        for store in self.stores:
            store.close()


@contextmanager
def office(count: int = 2) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as name, closing(Office(Path(name), count)) as made:
        yield made


def measure(*, quick: bool = False) -> list[Figure]:
    return [
        *_up_and_down(100 if quick else 1000),
        *_rest_and_edit(),
        *_applied(5_000 if quick else 50_000),
        *_typing(2_000 if quick else 24_000),
        *_latency(20 if quick else 200),
    ]


def targets(found: list[Figure]) -> list[Target]:
    limits = {
        "minutes up": 0.5,
        "minutes down": 0.5,
        "nothing new, 20 devices": 20.0,
        "one edit": 300.0,
        "live typing, folded": 200.0,
        "edit to other machine, median": 100.0,
        "edit to other machine, p95": 500.0,
    }
    kept = [Target(f.what, f.figure, limits[f.what]) for f in found if f.what in limits]
    share = next(f.figure for f in found if f.what == "applied, share of a plain INSERT")
    rate = next(f.figure for f in found if f.what == "applied")
    # Either of the two will do.
    kept.append(Target("applied at 100,000/s, or a third", min(1e5 / rate, 33.3 / share), 1.0))
    return kept


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _up_and_down(count: int) -> list[Figure]:
    with office() as two:
        first, second = two.engines()
        first.round()
        second.round()
        _write_minutes(two.stores[0], count)
        up = _timed(first.round)
        down = _timed(second.round)
        words = f"{count} of ten lines, two follow-ups each"
        assert two.stores[1].count(Meeting) == count
    return [
        Figure("minutes up", words, up, "s"),
        Figure("minutes down", words, down, "s"),
    ]


def _write_minutes(store: Store, count: int) -> None:
    words = text.document(10)
    with store.transaction():
        for number in range(count):
            meeting = store.insert(Meeting(title=f"Giao ban {number}", place="Phòng họp số 1"))
            document = Document("An")
            document.insert(0, words)
            texts.append(store, meeting.id, document.pending() or b"")
            texts.settle(store, meeting.id)
            for _ in range(2):
                followup = store.insert(
                    Followup(meeting=meeting.id, work="Rà soát, báo cáo", due="2026-03-15")
                )
                store.insert(FollowupEvent(followup=followup.id, kind="assigned", at="2026"))


def _rest_and_edit() -> list[Figure]:
    with office(DEVICES) as many:
        engines = many.engines()
        for engine in engines * 2:
            engine.round()
        first, store = engines[0], many.stores[0]
        rounds = 20
        start = time.process_time()
        for _ in range(rounds):
            first.round()
        rest = (time.process_time() - start) / rounds
        meeting = store.insert(Meeting(title="Giao ban"))
        first.round()
        before = many.bytes("*.seg")
        store.update(Meeting, meeting.id, place="Phòng họp số 2")
        first.round()
        edit = many.bytes("*.seg") - before
    return [
        Figure("nothing new, 20 devices", "CPU of a round", rest * 1000, "ms"),
        Figure("one edit", "in the folder", float(edit), "B"),
    ]


def _applied(rows: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        cells = [
            (
                str(n),
                "2026",
                f"Rà soát, báo cáo số {n}",
                "u1",
                "2026-05-01",
                "trước 01/5",
                "Sở",
                "VP",
            )
            for n in range(rows)
        ]
        names = "id, created_at, work, lead, due, due_text, accountable, monitor"
        sql = f"INSERT INTO {table_of(Followup).name} ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

        def insert(store: Store, *, noted: bool) -> float:
            with store.transaction():
                store.connection.execute("UPDATE clock SET applying = ?", (not noted,))
                taken = _timed(lambda: store.connection.executemany(sql, cells))
                store.connection.execute("UPDATE clock SET applying = 0")
                start = time.perf_counter()
            return taken + time.perf_counter() - start

        with Store(where / "a.db") as store, Store(where / "p.db") as plain:
            noted = insert(store, noted=True)
            bare = insert(plain, noted=False)
            capture.mark_sent(store, [seq for seq, _ in capture.unsent(store)], "a" * 16)
            changes = list(capture.everything(store))
        batches = [changes[at : at + 16_384] for at in range(0, len(changes), 16_384)]
        with Store(where / "b.db") as other:

            def apply() -> None:
                for batch in batches:
                    merge(other, [batch], "a" * 16)

            taken = _timed(apply)
        count = len(changes)
        return [
            Figure("applied", f"{count:,} changes", count / taken, "1/s"),
            Figure(
                "applied, share of a plain INSERT", "of the same rows", 100 * noted / taken, "%"
            ),
            Figure("applied, share of one that notes nothing", "", 100 * bare / taken, "%"),
        ]


def _typing(commits: int) -> list[Figure]:
    """Two hours of it: a commit each 300 ms, of about two keys, sent every six seconds."""
    dice = random.Random(1)
    typed = text.typed(commits * 3)
    with office() as two:
        first, second = two.engines()
        store = two.stores[0]
        store.connection.execute("PRAGMA synchronous = OFF")
        meeting = store.insert(Meeting(title="Giao ban"))
        document, at = Document("An"), 0
        for number in range(commits):
            count = dice.choice((1, 2, 2, 3))
            document.insert(len(document), typed[at : at + count])
            at += count
            texts.append(store, meeting.id, document.pending() or b"")
            if number % 20 == 0:
                first.round()
        first.round()
        before = two.bytes("*.seg")
        place = first.state.place(first.workspace.vault.device)
        fold = lambda changes: folded(store, changes)  # noqa: E731
        while consolidate(first.workspace, place, fold=fold, grace_ms=0):
            pass
        after = two.bytes("*.seg")
        second.round()
        assert texts.plain_text(two.stores[1], meeting.id) == document.text
        rows = two.stores[1].select(TextUpdate, "WHERE text = ?", meeting.id)
        assert len(rows) < commits
    words = f"{at:,} keys in {commits:,} commits"
    return [
        Figure("live typing, as sent", words, before / 1000, "kB"),
        Figure("live typing, folded", words, after / 1000, "kB"),
    ]


def _latency(times: int) -> list[Figure]:
    with office() as two:
        services = [Service(store.path) for store in two.stores]
        threads = [threading.Thread(target=service.run) for service in services]
        for thread in threads:
            thread.start()
        try:
            first, second = two.stores
            meeting = first.insert(Meeting(title=""))
            taken = [_seen(first, second, meeting.id, f"lần {n}") for n in range(-3, times)][3:]
        finally:
            for service, thread in zip(services, threads, strict=True):
                service.stop()
                thread.join()
    words = f"{times} edits, two services in one process"
    return [
        Figure("edit to other machine, median", words, median(taken) * 1000, "ms"),
        Figure("edit to other machine, p95", words, percentile(taken, 0.95) * 1000, "ms"),
    ]


def _seen(first: Store, second: Store, id: str, title: str) -> float:
    """Seconds until an edit on one machine is in the other's database."""
    time.sleep(0.1)
    start = time.perf_counter()
    first.update(Meeting, id, title=title)
    while time.perf_counter() - start < 60:
        found = second.connection.execute(
            "SELECT title FROM meeting WHERE id = ?", (id,)
        ).fetchone()
        if found == (title,):
            return time.perf_counter() - start
        time.sleep(0.002)
    raise TimeoutError(title)
