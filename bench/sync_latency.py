"""Two real `thuky sync run` on one directory: how soon an edit is there, and what waiting costs."""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure
from bench.machines import ROOT, Office, Process, office, running, wait_for
from bench.report import median, percentile
from bench.session import Session
from schema import texts
from schema.document import Document
from schema.records import Meeting
from schema.store import Store
from sync.service import Pace

MEDIAN, P95, COMMIT = 100, 500, 300
MOST_CPU, MOST_MB = 0.5, 60
# What more a machine that polls may take than the time between two looks.
BEYOND_POLL = 300


def measure(*, quick: bool = False) -> list[Figure]:
    found: list[Figure] = []
    with office() as two, running(two.stores) as processes:
        cpu = [process.cpu() for process in processes]
        found += _edits(two, 20 if quick else 200)
        spent = sum(process.cpu() for process in processes) - sum(cpu)
        edits = 20 if quick else 200
        found.append(Figure("CPU for an edit", "of both processes", spent / edits * 1000, "ms"))
        found += _idle(processes, 10 if quick else 60)
        if sys.platform == "linux":
            found += _typed(two, processes, 5 if quick else 40, 10 if quick else 60)
    pace = Pace()
    found += _polled(pace.live, 5 if quick else 30, live=True)
    found += _polled(pace.polling, 2 if quick else 10, live=False)
    return found


def _edits(two: Office, times: int) -> list[Figure]:
    first, second = two.stores
    dice = random.Random(1)
    meeting = first.insert(Meeting(title=""))
    seen = _titles(second, meeting.id)
    took = []
    for number in range(-3, times):
        time.sleep(dice.uniform(0.1, 0.3))
        first.update(Meeting, meeting.id, title=f"lần {number}")
        took.append(wait_for(lambda number=number: seen() == f"lần {number}"))  # type: ignore[misc]
    words = f"{times} edits, two processes, events"
    return [
        Figure(
            "edit in the other's database, median", words, median(took[3:]) * 1000, "ms", MEDIAN
        ),
        Figure("edit in the other's database, p95", words, _p95(took[3:]), "ms", P95),
    ]


def _titles(store: Store, id: str) -> Callable[[], str | None]:
    def seen() -> str | None:
        query = "SELECT title FROM meeting WHERE id = ?"
        found = store.connection.execute(query, (id,)).fetchone()
        return str(found[0]) if found else None

    return seen


def _p95(took: list[float]) -> float:
    return percentile(took, 0.95) * 1000


def _idle(processes: Sequence[Process], seconds: int) -> list[Figure]:
    time.sleep(2)
    before = [process.cpu() for process in processes]
    time.sleep(seconds)
    shares = [
        100 * (process.cpu() - cpu) / seconds
        for process, cpu in zip(processes, before, strict=True)
    ]
    memory = [process.memory_mb() for process in processes]
    of = f"thuky sync run at rest, the larger of two, {seconds} s"
    return [
        Figure("service at rest, CPU", of, max(shares), "%", MOST_CPU),
        Figure("service at rest, RSS", of, max(rss for rss, _ in memory), "MB", MOST_MB),
        Figure("service at rest, PSS", of, max(pss for _, pss in memory), "MB"),
    ]


def _typed(two: Office, processes: Sequence[Process], times: int, seconds: int) -> list[Figure]:
    """Keys in the real editor on one machine, until their words are in the other's database."""
    first, second = two.stores
    meeting = first.insert(Meeting(title="Giao ban"))
    document = Document("Bench")
    document.insert(0, "Khai mạc")
    texts.append(first, meeting.id, document.pending() or b"")
    texts.settle(first, meeting.id)

    def plain() -> str:
        query = "SELECT plain FROM text WHERE id = ?"
        found = second.connection.execute(query, (meeting.id,)).fetchone()
        return str(found[0]) if found else ""

    wait_for(plain)
    dice = random.Random(1)
    took = []
    with _editor(two, 0, meeting.id) as one, _editor(two, 1, meeting.id) as other:
        for number in range(-2, times):
            word = f" x{number + 10}."
            _wait(dice.uniform(0.3, 0.8), one, other)
            one.write(word.encode())
            took.append(wait_for(lambda word=word: word in plain()))  # type: ignore[misc]
        idle = _idle_open(processes, seconds, one, other)
    words = f"{times} words in two open editors"
    return [
        Figure(
            "typed word in the other's database, median",
            words,
            median(took[2:]) * 1000,
            "ms",
            MEDIAN + COMMIT,
        ),
        Figure(
            "typed word in the other's database, p95", words, _p95(took[2:]), "ms", P95 + COMMIT
        ),
        *idle,
    ]


@contextmanager
def _editor(two: Office, number: int, meeting: str) -> Iterator[Session]:
    path = two.stores[number].path
    command = [str(ROOT / "thuky"), "minutes", "edit", meeting, "--db", str(path)]
    with Session(command, Path(path.parent)) as session:
        session.settle(quiet=0.3)
        yield session


def _wait(seconds: float, *sessions: Session) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for session in sessions:
            session.drain(quiet=0.01)


def _idle_open(processes: Sequence[Process], seconds: int, *sessions: Session) -> list[Figure]:
    """While both have the same minutes open and nobody types."""
    _wait(3, *sessions)
    before = [process.cpu() for process in processes]
    _wait(seconds, *sessions)
    spent = [p.cpu() - cpu for p, cpu in zip(processes, before, strict=True)]
    of = f"thuky sync run, minutes open on both, the larger, {seconds} s"
    share = 100 * max(spent) / seconds
    return [Figure("service while minutes are open, CPU", of, share, "%", MOST_CPU)]


def _polled(every: float, times: int, *, live: bool) -> list[Figure]:
    dice = random.Random(1)
    with office() as two:
        first, second = two.stores
        meeting = first.insert(Meeting(title="", opened_at=first.now() if live else None))
        with running(two.stores, events=False):
            seen = _titles(second, meeting.id)
            wait_for(lambda: seen() is not None)
            took = []
            for number in range(times):
                time.sleep(dice.uniform(0, every))
                first.update(Meeting, meeting.id, title=f"lần {number}")
                took.append(wait_for(lambda number=number: seen() == f"lần {number}"))  # type: ignore[misc]
    of = f"{times} edits, two processes that look every {every:g} s"
    name = "during a meeting" if live else "at rest"
    return [
        Figure(
            f"edit where no events come, {name}, p95",
            of,
            _p95(took),
            "ms",
            every * 1000 + BEYOND_POLL,
        )
    ]
