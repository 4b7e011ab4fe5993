"""A database in a folder of its own, and a clock that stands where it is put."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from schema.store import Store

START = 1_770_000_000.0


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


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    with Store(path, clock=clock) as store:
        yield store
