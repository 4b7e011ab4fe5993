"""A database in a folder of its own, and a clock that stands where it is put."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from schema.seeds import seeds
from schema.store import Store

START = 1_770_000_000.0
SEEDS = len(seeds())


@dataclass
class Clock:
    """Seconds since 1970, which move by hand only."""

    now: float = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thuky.db"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database that need not be made again and again."""
    path = tmp_path_factory.mktemp("template") / "thuky.db"
    Store(path).close()
    return path


@pytest.fixture
def make(template: Path, clock: Clock) -> Callable[[Path], Store]:
    """Makes a store that waits for no disk, since no power is cut here."""

    def make(path: Path) -> Store:
        shutil.copy(template, path)
        store = Store(path, clock=clock)
        store.connection.execute("UPDATE clock SET device = hex(randomblob(8))")
        store.connection.execute("PRAGMA synchronous = OFF")
        return store

    return make


@pytest.fixture
def store(make: Callable[[Path], Store], path: Path) -> Iterator[Store]:
    with make(path) as store:
        yield store
