"""Machines for tests with real parts."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.two import Two, busy, founded

# Where there is a disk in memory: what is killed or fails hundreds of times waits for no real one.
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def _memory() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="thuky-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield made
    finally:
        shutil.rmtree(made)


@pytest.fixture
def in_memory(_memory: Path) -> Iterator[Path]:
    """An empty folder, in memory where that is possible."""
    made = Path(tempfile.mkdtemp(dir=_memory))
    try:
        yield made
    finally:
        shutil.rmtree(made)


@pytest.fixture(scope="session")
def busy_template(_memory: Path) -> Two:
    """Two machines each of which has something to send and something to receive; to be copied."""
    where = _memory / "busy"
    where.mkdir()
    return busy(founded(where))
