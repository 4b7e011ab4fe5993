"""Two machines of one workspace on real disks. Public entrance: `Two`, `founded`, `copied`."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from schema import texts
from schema.doctor import examine
from schema.records import Meeting, Text
from schema.store import Store
from schema.tables import TABLES
from sync import enrol, pairing
from sync.check import check
from sync.conflicts import conflicts
from sync.engine import Engine
from sync.local import FOLDER
from sync.problem import Reason
from sync.push import push
from tests.sync.machines import CHEAP

# More rounds of both than it ever takes until nothing is new.
MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Two:
    """Databases `a` and `b`, each in a folder of its own, and what they share."""

    where: Path
    folders: tuple[Path, Path]

    @property
    def a(self) -> Path:
        return self.where / "a" / "thuky.db"

    @property
    def b(self) -> Path:
        return self.where / "b" / "thuky.db"

    @property
    def both(self) -> tuple[Path, Path]:
        return self.a, self.b

    def point_at(self, db: Path, folder: Path) -> None:
        """Have a database find the shared folder there."""
        with closing(sqlite3.connect(db)) as connection, connection:
            connection.execute(
                "UPDATE local_setting SET value = ? WHERE id = ?", (str(folder), FOLDER)
            )


def founded(where: Path, folders: tuple[Path, Path] | None = None) -> Two:
    """A new workspace of two machines. Two folders must be one directory seen twice."""
    shared = where / "folder"
    if folders is None:
        shared.mkdir()
    two = Two(where, folders or (shared, shared))
    for db in two.both:
        db.parent.mkdir(exist_ok=True)
    with Store(two.a) as one, Store(two.b) as other:
        first = enrol.init(one, two.folders[0], "Máy A")
        enrol.ask_to_join(other, two.folders[1], pairing.invite(first, CHEAP).code, "Máy B")
        pairing.serve(first)
        assert enrol.joined(other, two.folders[1])
    return two


def copied(template: Two, where: Path) -> Two:
    """The same two machines and their folder, at another place."""
    shutil.copytree(template.where, where)
    two = Two(where, (where / "folder", where / "folder"))
    for db in two.both:
        two.point_at(db, two.folders[0])
    return two


# Writing


def add_meeting(db: Path, title: str) -> str:
    with Store(db) as store:
        return store.insert(Meeting(title=title)).id


def type_words(db: Path, meeting: str, words: str) -> None:
    """Type words at the end of a meeting's minutes."""
    with Store(db) as store:
        document = texts.load(store, meeting).document
        document.insert(len(document), words)
        update = document.pending()
        assert update
        texts.append(store, meeting, update)
        texts.settle(store, meeting)


COMMON = "Giao ban"


def busy(two: Two) -> Two:
    """Each machine has sent something that the other has not received, and has more to send: of
    rows, of one text, and of a cell that both write."""
    common = add_meeting(two.a, COMMON)
    type_words(two.a, common, "Mở đầu. ")
    settle(two)
    for number in (1, 2):
        for db in two.both:
            add_meeting(db, f"{db.parent.name} {number}")
            type_words(db, common, f"{db.parent.name} nói lần {number}. ")
        if number == 1:
            with engines(two) as both:
                for engine in both:
                    push(engine.store, engine.state, engine.workspace)
    for db in two.both:
        with Store(db) as store:
            store.update(Meeting, common, place=f"Phòng {db.parent.name}")
    return two


def nothing_lost(store: Store) -> None:
    """All that `busy` wrote is here, and what one machine wrote over is listed."""
    assert {m.title for m in store.select(Meeting)} == {COMMON, "a 1", "a 2", "b 1", "b 2"}
    (common,) = store.select(Meeting, "WHERE title = ?", COMMON)
    said = store.get(Text, common.id).plain
    wanted = ["", "Mở đầu", *(f"{name} nói lần {n}" for name in "ab" for n in (1, 2))]
    assert sorted(said.split(". ")) == sorted(wanted)
    (lost,) = conflicts(store)
    assert {common.place, lost.lost.val} == {"Phòng a", "Phòng b"}


# Coming to rest


@contextmanager
def engines(two: Two) -> Iterator[list[Engine]]:
    with Store(two.a) as one, Store(two.b) as other:
        made = []
        for store in (one, other):
            workspace = enrol.opened(store)
            assert workspace is not None
            made.append(Engine(store, workspace))
        yield made


def settle(
    two: Two, holds: Callable[[Store], None] = lambda store: None, *, clocks_differ: bool = False
) -> None:
    """Both sync until nothing is new, hold the same, and are sound; `holds` is asked of each."""
    told = {Reason.CLOCK} if clocks_differ else set()
    # A small disk is small.
    found_too = {"space", "skew"} if clocks_differ else {"space"}
    with engines(two) as both:
        for _ in range(MOST_ROUNDS):
            last = [engine.round(prove=True) for engine in both]
            assert [r.failure for r in last] == [None, None]
            agreed = [a for r in last for a in r.agreed]
            if all(r.idle for r in last) and len(agreed) == 2:
                break
        else:
            raise AssertionError(f"never at rest: {last}")
        assert [a.differs for a in agreed] == [None, None]
        assert {p.reason for r in last for p in r.problems} == told, last
        one, other = (engine.store for engine in both)
        for table in TABLES:
            assert rows(one, table.name, table.synced) == rows(other, table.name, table.synced)
        for engine in both:
            found = check(engine.workspace)
            assert found.problems == (), found.problems
            assert {f.code for f in examine(engine.store)} <= found_too
            holds(engine.store)


def rows(store: Store, table: str, columns: Iterable[str]) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    return store.connection.execute(f'SELECT id, {names} FROM "{table}" ORDER BY id').fetchall()


def titles(db: Path) -> set[str]:
    with Store(db) as store:
        return {meeting.title for meeting in store.select(Meeting)}


def text_at(db: Path, meeting: str) -> str:
    """The text as its row shows it."""
    with Store(db) as store:
        found = store.find(Text, meeting)
        return found.plain if found else ""
