"""Databases for the app to open."""

import random
from pathlib import Path

import pytest

from schema.store import Store
from tests.tui.office import NAME, clock, fill
from tui import words


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database on which somebody has said who they are; Vietnamese, whatever is set outside."""
    monkeypatch.setenv("THUKY_LOG", str(tmp_path / "thuky.log"))
    monkeypatch.delenv("THUKY_LANG", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    words.insist("")
    path = tmp_path / "thuky.db"
    with Store(path, clock=clock) as store:
        store.set_local({"name": NAME})
    return path


@pytest.fixture
def full(db: Path) -> Path:
    """The database of an office at work: see `fill`."""
    with Store(db, clock=clock, randomness=random.Random(1).randbytes) as store:
        fill(store)
    return db
