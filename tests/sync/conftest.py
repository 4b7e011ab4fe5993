"""Desks to sync, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.records import Unit
from tests.sync.desks import Desks


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = Desks(tmp_path, 2)
    yield made
    made.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Desks]:
    made = Desks(tmp_path, 3)
    yield made
    made.close()


@pytest.fixture
def share(three: Desks) -> Desks:
    """Three machines that know of each other's first words."""
    for number, desk in enumerate(three.all, 1):
        desk.store.insert(Unit(name=f"đầu {number}"))
    three.sync()
    return three
