"""Machines that share a directory, for the benchmarks of syncing: in this process, and real."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from schema.store import Store
from sync import enrol, pairing
from sync.diary import diary
from sync.engine import Engine
from tests.e2e.terminal import environment

ROOT = Path(__file__).parent.parent
# Argon2id at its cheapest: what is stretched is not measured here.
CHEAP = pairing.Cost(1, 8192)
# As `thuky sync run`, on a file system that is taken for one without events.
_POLLING = "import sys; from pathlib import Path; from sync.service import Service; " + (
    "Service(Path(sys.argv[1]), events=False).run()"
)


class Office:
    """Machines that share a directory, each with its database in a directory of its own."""

    def __init__(self, where: Path, count: int) -> None:
        self.folder = where / "folder"
        self.folder.mkdir()
        self.where = where
        (where / "0").mkdir()
        self.stores = [Store(where / "0" / "thuky.db")]
        self.workspaces = [enrol.init(self.stores[0], self.folder, "Máy 1")]
        for _ in range(1, count):
            self.join()

    def join(self) -> Engine:
        """One machine more, whose database is new."""
        number = len(self.stores)
        (self.where / str(number)).mkdir()
        store = Store(self.where / str(number) / "thuky.db")
        code = pairing.invite(self.workspaces[0], CHEAP).code
        enrol.ask_to_join(store, self.folder, code, f"Máy {number + 1}")
        pairing.serve(self.workspaces[0])
        workspace = enrol.joined(store, self.folder)
        assert workspace is not None
        self.stores.append(store)
        self.workspaces.append(workspace)
        return Engine(store, workspace)

    def engines(self) -> list[Engine]:
        return [Engine(s, w) for s, w in zip(self.stores, self.workspaces, strict=True)]

    def bytes(self, pattern: str = "*") -> int:
        return sum(path.stat().st_size for path in self.folder.rglob(pattern) if path.is_file())

    def files(self) -> int:
        return sum(path.is_file() for path in self.folder.rglob("*"))

    def close(self) -> None:
        for store in self.stores:
            store.close()


@contextmanager
def office(count: int = 2) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as name, closing(Office(Path(name), count)) as made:
        yield made


class Process:
    """A machine's syncing in a process of its own: `thuky sync run`."""

    def __init__(self, store: Store, *, events: bool = True) -> None:
        self._path = store.path
        command = [str(ROOT / "thuky"), "--db", str(store.path), "sync", "run", "--json"]
        if not events:
            command = [sys.executable, "-c", _POLLING, str(store.path)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment(store.path.parent), stdout=subprocess.DEVNULL
        )
        wanted = "events" if events else "polling"
        wait_for(lambda: diary(self._path).last_push and diary(self._path).watch == wanted)

    def cpu(self) -> float:
        """Seconds of CPU until now, of all its threads."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory_mb(self) -> tuple[float, float]:
        """RSS and PSS, in MB (10^6 bytes)."""
        lines = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text().splitlines()
        found = {name: rest for name, _, rest in (line.partition(":") for line in lines)}
        rss, pss = (int(found[name].split()[0]) * 1024 / 1e6 for name in ("Rss", "Pss"))
        return rss, pss

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(30)


@contextmanager
def running(stores: Sequence[Store], *, events: bool = True) -> Iterator[list[Process]]:
    """All machines' processes; each has sent something, so it is at work."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Process(store, events=events))) for store in stores]


def wait_for(condition: Callable[[], object], seconds: float = 60, look: float = 0.002) -> float:
    """Seconds until it holds. Raises TimeoutError."""
    start = time.perf_counter()
    while not condition():
        if time.perf_counter() - start > seconds:
            raise TimeoutError
        time.sleep(look)
    return time.perf_counter() - start


def measured(program: str, argument: str = "") -> dict[str, float]:
    """What a Python program prints as JSON, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, argument],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
