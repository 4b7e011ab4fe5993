"""What another process of this machine writes is noticed soon, and one's own reading is not."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.errors import ThukyError
from schema.records import Unit
from schema.store import Store
from sync import local
from sync.local import Watcher

PATIENCE = 30.0
ROOT = Path(__file__).parents[2]

OTHER = """
import sys
from pathlib import Path
from schema.records import Unit
from schema.store import Store
with Store(Path(sys.argv[1])) as store:
    store.insert(Unit(name="x"))
"""


class Bell:
    """Rings at a change, and counts."""

    def __init__(self) -> None:
        self.count = 0
        self.rung = threading.Event()

    def __call__(self) -> None:
        self.count += 1
        self.rung.set()

    def heard(self) -> bool:
        heard = self.rung.wait(PATIENCE)
        self.rung.clear()
        return heard


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thuky.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as store:
        yield store


@pytest.fixture
def watcher(store: Store, path: Path, bell: Bell) -> Iterator[Watcher]:
    ready = threading.Event()

    class Watched(Store):
        def data_version(self) -> int:
            version = super().data_version()
            ready.set()
            return version

    watcher = Watcher(lambda: Watched(path), bell)
    assert ready.wait(PATIENCE)
    yield watcher
    watcher.close()


def test_another_process_that_writes_is_noticed(watcher: Watcher, path: Path, bell: Bell) -> None:
    subprocess.run([sys.executable, "-c", OTHER, str(path)], cwd=ROOT, check=True)
    assert bell.heard()


def test_another_connection_that_writes_is_noticed_each_time(
    watcher: Watcher, store: Store, bell: Bell
) -> None:
    for n in range(3):
        store.insert(Unit(name=str(n)))
        assert bell.heard()


def test_reading_and_a_transaction_taken_back_are_no_change(
    watcher: Watcher, store: Store, bell: Bell
) -> None:
    store.select(Unit)

    def fail() -> None:
        with store.transaction():
            store.insert(Unit(name="x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    before = bell.count
    # Something to wait for, after which the watcher has looked again.
    store.insert(Unit(name="y"))
    assert bell.heard()
    assert bell.count == before + 1


def test_it_stops_when_closed(path: Path, store: Store, bell: Bell) -> None:
    watcher = Watcher(lambda: Store(path), bell)
    watcher.close()
    assert "watcher" not in {thread.name for thread in threading.enumerate()}
    store.insert(Unit(name="x"))
    assert bell.count == 0


def test_it_looks_often_enough_to_be_seen_within_a_second() -> None:
    assert local.LOOK_EVERY_SECONDS <= 0.5


def test_an_error_of_the_file_does_not_end_the_watch(
    store: Store, path: Path, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "LOOK_EVERY_SECONDS", 0.001)
    failed = threading.Event()

    class Troubled(Store):
        tries = 0

        def data_version(self) -> int:
            self.tries += 1
            if 1 < self.tries < 5:
                failed.set()
                raise ThukyError("Lỗi đọc ghi đĩa.")
            return super().data_version()

    watcher = Watcher(lambda: Troubled(path), bell)
    assert failed.wait(PATIENCE)
    store.insert(Unit(name="x"))
    assert bell.heard()
    watcher.close()
