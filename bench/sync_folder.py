"""What syncing leaves in the folder, what a round costs, and what reading costs at its worst.

Where hours pass, the clock is a simulated one; engines, databases and folder are real ones.
"""

import pickle
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench import text
from bench.figure import Figure, taken
from bench.machines import measured, office
from bench.report import median, percentile
from schema import texts
from schema.document import Document
from schema.records import Meeting, TextUpdate
from schema.store import Store
from sync.codec import VERSION, ZSTD
from sync.consolidation import GRACE_MS
from sync.engine import TIDY_SECONDS, Engine
from sync.folder import DirectoryFolder
from tests.sync import machines
from tests.sync.desks import START, Desk

DEVICES = 20
HOURS = 2
COMMIT_SECONDS = 0.3
# Of a two-hour meeting somebody who takes minutes types a third: so many commits in a row, then a
# pause of so many commits' time.
_BURST, _PAUSE = (5, 40), (10, 80)
_KEYS = (1, 2, 2, 3)


def measure(*, quick: bool = False) -> list[Figure]:
    return [
        *_rest_and_edit(),
        *_many_edits(1_000 if quick else 10_000),
        *_live_typing(600 if quick else HOURS * 3600),
        *_memory(),
    ]


def _rest_and_edit() -> list[Figure]:
    with office(DEVICES) as many:
        engines = many.engines()
        for engine in engines * 2:
            engine.round()
        first, store = engines[0], many.stores[0]
        rest = median(taken(first.round).cpu for _ in range(21))
        meeting = store.insert(Meeting(title="Giao ban"))
        first.round()
        before = many.bytes("*.seg")
        store.update(Meeting, meeting.id, place="Phòng họp số 2")
        first.round()
        edit = many.bytes("*.seg") - before
    return [
        Figure(f"nothing new, {DEVICES} devices", "CPU of a round", rest * 1000, "ms", 20),
        Figure("one edit", "in the folder", edit, "B", 300),
    ]


class _Desks:
    """Machines under one simulated clock, on a directory in memory where the system has that."""

    def __init__(self, where: Path, folder: Path) -> None:
        office = machines.Office(2, DirectoryFolder(folder))
        self.clock, self.folder = office.clock, folder
        self.clock.seconds = START
        self.all: list[Desk] = []
        for number, machine in enumerate(office.machines):
            store = Store(where / f"{number}.db", clock=self.clock)
            store.connection.execute("UPDATE clock SET device = ?", (machine.device,))
            self.all.append(Desk(store, Engine(store, machine.workspace)))

    def sync(self) -> None:
        for _ in range(3):
            for desk in self.all:
                desk.sync()
            self.clock.seconds += 1

    def segments(self, device: str = "*") -> list[int]:
        """Their sizes."""
        return [path.stat().st_size for path in self.folder.glob(f"devices/{device}/*.seg")]

    def close(self) -> None:
        for desk in self.all:
            desk.store.close()


@contextmanager
def _desks() -> Iterator[_Desks]:
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with (
        tempfile.TemporaryDirectory(dir=memory) as folder,
        tempfile.TemporaryDirectory(dir=memory) as where,
        closing(_Desks(Path(where), Path(folder))) as made,
    ):
        made.sync()
        yield made


def _come_to_rest(desks: _Desks) -> None:
    """Let an hour pass in which nobody writes."""
    for _ in range(int((3600 + GRACE_MS / 1000) / TIDY_SECONDS)):
        desks.clock.seconds += TIDY_SECONDS
        desks.sync()


def _many_edits(count: int) -> list[Figure]:
    """Each sent by itself, half a minute apart."""
    with _desks() as two:
        first, second = two.all
        meeting = first.store.insert(Meeting(title=""))
        most = 0
        for number in range(count):
            two.clock.seconds += 30
            first.store.update(Meeting, meeting.id, title=f"lần {number}")
            first.sync()
            if number % 100 == 0:
                second.sync()
                most = max(most, len(two.segments(first.device)))
        _come_to_rest(two)
        files = len(two.segments(first.device))
        size = sum(two.segments())
        assert second.cells("meeting") == first.cells("meeting")
    of = f"after {count:,} edits of one field"
    return [
        Figure("segments of a device", of, files, "files", 20),
        Figure("segments of a device, at most meanwhile", of, most, "files"),
        Figure("segments in all", of, size / 1000, "kB"),
    ]


def _live_typing(seconds: int) -> list[Figure]:
    """Two people in one text; each commit is sent at once, as where events come."""
    with _desks() as two:
        meeting = two.all[0].store.insert(Meeting(title="Giao ban"))
        two.sync()
        writers = [_Writer(desk, meeting.id, seed) for seed, desk in enumerate(two.all)]
        ways: list[float] = []
        most = 0
        for step in range(int(seconds / COMMIT_SECONDS)):
            two.clock.seconds += COMMIT_SECONDS
            for writer, other in zip(writers, reversed(writers), strict=True):
                if writer.write():
                    start = time.thread_time()
                    writer.desk.sync()
                    other.desk.sync()
                    ways.append(time.thread_time() - start)
            if step % 100 == 0:
                most = max(most, len(two.segments()))
        sent = sum(two.segments())
        _come_to_rest(two)
        folded = sum(two.segments())
        said = [texts.plain_text(desk.store, meeting.id) for desk in two.all]
        assert said[0] == said[1]
        assert len(said[0]) == sum(writer.keys for writer in writers)
        rows = two.all[1].store.select(TextUpdate, "WHERE text = ?", meeting.id)
        run = two.all[1].store.connection.execute
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        file = two.all[1].store.path.stat().st_size
        free = run("PRAGMA freelist_count").fetchone()[0] * run("PRAGMA page_size").fetchone()[0]
    keys, commits = len(said[0]), len(ways)
    of = f"{seconds // 60} min, two people, {keys:,} keys in {commits:,} commits"
    return [
        Figure("live typing, at its end", of, sent / 1000, "kB"),
        Figure("live typing, files at most meanwhile", of, most, "files"),
        Figure("live typing, folded", of, folded / 1000, "kB", 200),
        Figure("live typing, a database at most", "the file, never shrunk", file / 1000, "kB"),
        Figure(
            "live typing, a database", f"{len(rows)} updates left in it", (file - free) / 1000, "kB"
        ),
        Figure("a commit from A to B, median", "CPU of both rounds", median(ways) * 1000, "ms"),
        Figure(
            "a commit from A to B, p95", "CPU of both rounds", percentile(ways, 0.95) * 1000, "ms"
        ),
        Figure("both services while people type", "CPU", 100 * sum(ways) / seconds, "%"),
    ]


class _Writer:
    """Somebody who types at the end of the text, in bursts."""

    def __init__(self, desk: Desk, text_id: str, seed: int) -> None:
        self.desk = desk
        self.keys = 0
        self._text = text_id
        self._dice = random.Random(seed)
        self._document = Document(f"Người {seed}")
        self._upto = 0
        self._words = text.typed(100_000)
        self._left = 0

    def write(self) -> bool:
        """A commit's time passes. Returns whether there was a commit."""
        dice = self._dice
        if self._left == 0:
            self._left = -dice.randint(*_PAUSE)
        if self._left < 0:
            self._left += 1
            if self._left == 0:
                self._left = dice.randint(*_BURST)
            return False
        self._left -= 1
        rows = texts.updates_since(self.desk.store, self._text, self._upto)
        texts.take_in(self._document, rows)
        count = dice.choice(_KEYS)
        words = self._words[self.keys : self.keys + count]
        self._document.insert(len(self._document.text), words)
        self.keys += count
        self._upto = texts.append(self.desk.store, self._text, self._document.pending() or b"")
        return True


# One whole round, as `thuky sync run --once`; and reading what is made to fill the memory.
_PEAK = """
import json
from pathlib import Path
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0])
print(json.dumps({"mb": peak * 1024 / 1e6}))
"""
_ROUND = f"""
import sys
from pathlib import Path
from schema.store import Store
from sync.engine import Engine
from sync.enrol import opened
with Store(Path(sys.argv[1])) as store:
    done = Engine(store, opened(store)).round()
    assert done.failure is None and done.pulled > 0
{_PEAK}"""
_HOSTILE = f"""
import pickle, sys
from pathlib import Path
from sync import codec
for bomb in pickle.loads(Path(sys.argv[1]).read_bytes()):
    try:
        codec.decode(bomb, "a" * 16)
    except codec.Malformed:
        continue
    raise AssertionError
{_PEAK}"""


def _memory() -> list[Figure]:
    """Peaks of whole processes, so that what Python itself takes is in them."""
    from tests.sync.test_codec import bombs

    dice = random.Random(1)
    with office() as two:
        first, second = two.engines()
        for engine in (first, second, first):
            engine.round()
        store = two.stores[0]
        with store.transaction():
            for number in range(800):
                # What cannot be packed, since a file is full by its packed bytes.
                store.insert(Meeting(title=f"{number}", place=dice.randbytes(40_000).hex()))
        first.round()
        largest = max(path.stat().st_size for path in two.folder.rglob("*.seg"))
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        taken_in = measured(_ROUND, str(two.stores[1].path))["mb"]
        path = Path(two.where) / "bombs"
        path.write_bytes(pickle.dumps([bytes((VERSION, ZSTD)) + b for b in bombs().values()]))
        refused = measured(_HOSTILE, str(path))["mb"]
    return [
        Figure(
            "memory, taking in a large file", f"{largest / 1e6:.0f} MB of it", taken_in, "MB", 256
        ),
        Figure("memory, refusing hostile frames", "zip bombs and such", refused, "MB", 256),
    ]
