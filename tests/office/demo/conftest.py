"""A season of the sample office, built once for the tests of a process."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from office.demo.build import build
from schema.store import Store

WINTER = date(2025, 12, 1)
"""From here to the conference is a fifth of the year, with Tết."""


@pytest.fixture(scope="session")
def winter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("office") / "thuky.db"
    build(path, first=WINTER)
    yield path
    path.unlink()


@pytest.fixture
def office(winter: Path) -> Iterator[Store]:
    with Store(winter) as store:
        yield store
