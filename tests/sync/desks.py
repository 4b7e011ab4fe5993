"""Machines with databases, on a folder in memory and under one clock."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from schema.records import Unit
from schema.store import Store
from sync.check import check
from sync.engine import Engine, Round
from sync.folder import MemoryFolder
from sync.problem import Reason
from sync.segment import path_of
from tests.sync.machines import Office

# Later than any clock that runs these tests, since the triggers of SQLite read that one too.
START = 2_208_988_800.0


class Desk:
    """One machine: its store, its engine, and what the last round was."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self.store = store
        self.engine = engine
        self.last = Round()

    @property
    def device(self) -> str:
        return self.engine.workspace.vault.device

    def sync(self, *, prove: bool = False) -> Round:
        """A round that must not fail."""
        self.last = self.engine.round(prove=prove)
        assert self.last.failure is None
        return self.last

    def cells(self, table: str) -> list[tuple[object, ...]]:
        return self.store.connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()


class Desks:
    """Machines that belong to one workspace; `sync` brings all of them to where nothing is new."""

    def __init__(self, where: Path, count: int = 2) -> None:
        self.folder = MemoryFolder()
        self.office = Office(count, self.folder)
        self.clock = self.office.clock
        self.clock.seconds = START
        template = where / "template.db"
        Store(template).close()
        self.all: list[Desk] = []
        for number, machine in enumerate(self.office.machines):
            path = where / f"{number}.db"
            shutil.copy(template, path)
            store = Store(path, clock=self.clock)
            store.connection.execute("UPDATE clock SET device = ?", (machine.device,))
            engine = Engine(store, machine.workspace)
            store.connection.execute("PRAGMA synchronous = OFF")
            self.all.append(Desk(store, engine))

    def sync(self, *, prove: bool = False) -> None:
        for _ in range(3):
            for desk in self.all:
                desk.sync(prove=prove)
            self.clock.seconds += 1

    def close(self) -> None:
        for desk in self.all:
            desk.store.close()

    def segments(self) -> dict[str, bytes]:
        return {path: data for path, data in self.folder.files.items() if path.endswith(".seg")}


Make = Callable[[int], Desks]


def alike(desks: Iterable[Desk], *tables: str) -> bool:
    first, *others = desks
    return all(desk.cells(t) == first.cells(t) for desk in others for t in tables)


def names(desk: Desk) -> set[str]:
    return {unit.name for unit in desk.store.live(Unit)}


def write(desk: Desk, name: str) -> None:
    desk.store.insert(Unit(name=name))


def segment(desks: Desks, desk: Desk) -> str:
    """The path of its last segment."""
    place = desk.engine.state.place(desk.device)
    return path_of(desk.device, place.last, place.last)


def reasons(desk: Desk) -> set[Reason]:
    desk.sync()
    return {problem.reason for problem in desk.last.problems}


def agree(desks: Desks, *words: str) -> None:
    """In an hour everybody has everything, knows it, and the folder is sound."""
    for _ in range(12):
        for desk in desks.all:
            desk.last = desk.engine.round(prove=True)
        desks.clock.seconds += 300
    devices = {desk.device for desk in desks.all}
    for desk in desks.all:
        assert desk.last.failure is None
        assert names(desk) == names(desks.all[0]) >= set(words)
        agreed = {a.device: a.differs for a in desk.engine.state.agreements()}
        assert {device: agreed.get(device, "?") for device in devices - {desk.device}} == (
            dict.fromkeys(devices - {desk.device})
        )


def sound(desks: Desks) -> bool:
    return not [p for p in check(desks.all[0].engine.workspace).problems if p.device]
