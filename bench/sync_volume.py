"""Much at once: a thousand minutes, a million changes, ten years of the office."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import text
from bench.figure import Figure, taken
from bench.large import build
from bench.machines import Office, office
from bench.report import median
from schema import texts
from schema.document import Document
from schema.ids import uuid7
from schema.records import Followup, FollowupEvent, Meeting
from schema.store import Store
from schema.tables import table_of
from sync.change import Change
from sync.engine import Engine
from sync.merge import merge

MEETINGS, FOLLOWUPS, YEARS = 6_000, 40_000, 10
_BATCH = 2_048
_CELLS = ("created_at", "work", "lead", "due", "due_text", "accountable", "monitor", "product")


def measure(*, quick: bool = False) -> list[Figure]:
    return [
        *_up_and_down(1000, 1 if quick else 3),
        *_applied(50_000 if quick else 1_000_000),
        *_ten_years(10 if quick else 1),
    ]


def _up_and_down(count: int, times: int) -> list[Figure]:
    up, down, files = [], [], 0
    for _ in range(times):
        with office() as two:
            first, second = two.engines()
            for engine in (first, second, first, second):
                engine.round()
            _write_minutes(two.stores[0], count)
            before = two.files()
            up.append(taken(first.round))
            files = two.files() - before
            down.append(taken(second.round))
            assert two.stores[1].count(Meeting) == count
    of = f"{count} of ten lines, two follow-ups each"
    return [
        Figure("minutes up", of, median(t.alone for t in up), "s", 0.5),
        Figure("minutes up, CPU", of, median(t.cpu for t in up), "s"),
        Figure("minutes down", of, median(t.alone for t in down), "s", 0.5),
        Figure("minutes down, CPU", of, median(t.cpu for t in down), "s"),
        Figure("files for 1,000 records", of, files, "files"),
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


def _applied(count: int) -> list[Figure]:
    """Changes applied, and the same rows inserted by turns: into tables that note nothing, and
    into ones that note every cell, as any program's INSERT does here."""
    rows = count // len(_CELLS)
    names = ", ".join(("id", *_CELLS))
    marks = ", ".join("?" * (1 + len(_CELLS)))
    sql = f"INSERT INTO {table_of(Followup).name} ({names}) VALUES ({marks})"
    spent = {"merge": [0.0, 0.0], "bare": [0.0, 0.0], "noting": [0.0, 0.0]}
    with tempfile.TemporaryDirectory() as name:
        stores = {what: Store(Path(name) / f"{what}.db") for what in spent}
        for store in stores.values():
            _tune(store)

        def insert(what: str, batch: list[tuple[str, ...]]) -> None:
            store = stores[what]
            with store.transaction():
                store.connection.execute("UPDATE clock SET applying = ?", (what == "bare",))
                store.connection.executemany(sql, batch)
                store.connection.execute("UPDATE clock SET applying = 0")

        for batch in _rows(rows):
            changes = _changes(batch)
            for what, action in (
                ("bare", lambda: insert("bare", batch)),  # noqa: B023 called at once
                ("merge", lambda: merge(stores["merge"], [changes], "a" * 16)),  # noqa: B023
                ("noting", lambda: insert("noting", batch)),  # noqa: B023
            ):
                took = taken(action)
                spent[what][0] += took.alone
                spent[what][1] += took.cpu
        assert stores["merge"].count(Followup) == stores["bare"].count(Followup) == rows
        for store in stores.values():
            store.close()
    total = rows * len(_CELLS)
    of = f"{total:,} changes, {_BATCH * len(_CELLS):,} at a time"
    (alone, cpu), (_, bare), (_, noting) = spent.values()
    share = 100 * bare / cpu
    return [
        Figure("changes applied a second", of, total / alone, "1/s"),
        Figure("changes applied a second, CPU", of, total / cpu, "1/s"),
        Figure("applied against INSERT", "of the same rows where nothing notes them", share, "%"),
        Figure("applied against an INSERT that is noted", "", 100 * noting / cpu, "%"),
        # Either of the two will do.
        Figure(
            "applied: shortfall of 100,000/s or a third of INSERT",
            "1 is the limit",
            min(100_000 / (total / cpu), 100 / 3 / share),
            "times",
            1,
        ),
    ]


def _tune(store: Store) -> None:
    """As `sync.engine` does, for all alike."""
    for pragma in ("synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -32768"):
        store.connection.execute(f"PRAGMA {pragma}")


def _rows(count: int) -> Iterator[list[tuple[str, ...]]]:
    dice = random.Random(1)
    for start in range(0, count, _BATCH):
        yield [
            (
                uuid7(1_770_000_000_000 + number, dice.randbytes),
                *("2026-02-27T01:00:00Z", f"Rà soát, báo cáo số {number}", "u1"),
                *(f"2026-05-{1 + number % 28:02}", "trước 01/5", "Sở Tài chính", "VP", "báo cáo"),
            )
            for number in range(start, min(start + _BATCH, count))
        ]


def _changes(rows: list[tuple[str, ...]]) -> list[Change]:
    return [
        Change("followup", id, column, value, int(id[:8] + id[9:13], 16) << 16, "a" * 16, None)
        for id, *cells in rows
        for column, value in zip(_CELLS, cells, strict=True)
    ]


def _ten_years(share: int) -> list[Figure]:
    """Its first machine syncs; another joins from that log, and one from a snapshot."""
    of = f"{MEETINGS // share:,} meetings, {FOLLOWUPS // share:,} follow-ups, {YEARS // share} y"
    with tempfile.TemporaryDirectory() as name, office(1) as machines:
        path = Path(name) / "thuky.db"
        build(
            path,
            meetings=MEETINGS // share,
            followups=FOLLOWUPS // share,
            years=YEARS // share,
        )
        first = _with(machines, path)
        up = taken(first.round)
        size = machines.bytes()
        log = machines.join()
        from_log = taken(log.round)
        first.publish_snapshot()
        other = machines.join()
        from_snapshot = taken(other.round)
        whole = machines.bytes()
        database = other.store.path.stat().st_size
        assert other.store.count(Meeting) == log.store.count(Meeting) == MEETINGS // share
    limit = 60 / share
    return [
        Figure("office: first machine sends all", of, up.alone, "s"),
        Figure("office: a machine joins from the log", of, from_log.alone, "s", limit),
        Figure("office: a machine joins from the log, CPU", of, from_log.cpu, "s"),
        Figure("office: a machine joins from a snapshot", of, from_snapshot.alone, "s", limit),
        Figure("office: a machine joins from a snapshot, CPU", of, from_snapshot.cpu, "s"),
        Figure("office: the folder", "logs", size / 1e6, "MB"),
        Figure("office: the folder", "logs and a snapshot", whole / 1e6, "MB", 500 / share),
        Figure("office: a database", "of a machine that joined", database / 1e6, "MB"),
    ]


def _with(machines: Office, path: Path) -> Engine:
    """The first machine, as if the office had worked on it alone until now."""
    store = machines.stores[0]
    device = machines.workspaces[0].vault.device
    rows = store.connection.execute("SELECT id, value FROM local_setting").fetchall()
    target = store.path
    store.close()
    for old in target.parent.glob("thuky.db-*"):
        old.unlink()
    shutil.move(path, target)
    machines.stores[0] = store = Store(target)
    store.set_local(dict(rows))
    store.connection.execute("UPDATE clock SET device = ?", (device,))
    return Engine(store, machines.workspaces[0])
