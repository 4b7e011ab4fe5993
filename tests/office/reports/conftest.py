"""An office whose clock is put forward by hand."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from office.moments import ZONE
from schema.records import Field, Person, Unit
from schema.store import Store

MONDAY = date(2026, 3, 2)


class Clock:
    """It stands at an hour of a day in the office until it is put forward."""

    def __init__(self, day: date = MONDAY, hour: int = 9) -> None:
        self.at = datetime.combine(day, time(hour), ZONE)

    def __call__(self) -> float:
        return self.at.timestamp()

    @property
    def today(self) -> date:
        return self.at.date()

    def go(self, day: date, hour: int = 9) -> None:
        self.at = datetime.combine(day, time(hour), ZONE)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a few units, fields and leaders, which need not be made again and again."""
    path = tmp_path_factory.mktemp("template") / "thuky.db"
    with Store(path, clock=Clock()) as store:
        for number, name in enumerate(("Sở Tài chính", "Sở Y tế", "UBND xã Tam Đảo")):
            store.insert(Unit(id=f"u{number}", name=name))
        store.insert(Person(id="p0", name="Nguyễn Văn An"))
        store.insert(Person(id="p1", name="Trần Thị Bình"))
        store.insert(Field(id="f0", name="Kinh tế", leader="p0", position=1.0))
        store.insert(Field(id="f1", name="Văn hóa, xã hội", leader="p1", position=2.0))
    return path


Make = Callable[[Path, Clock], Store]


@pytest.fixture(scope="session")
def make(template: Path) -> Make:
    """Makes an office at a path; it waits for no disk, since no power is cut here."""

    def make(path: Path, clock: Clock) -> Store:
        shutil.copy(template, path)
        store = Store(path, clock=clock)
        store.connection.execute("PRAGMA synchronous = OFF")
        return store

    return make


@pytest.fixture
def store(make: Make, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with make(tmp_path / "thuky.db", clock) as store:
        yield store
