"""A machine that may be killed at any moment. Public entrance: `Machine`, `Clock`, `Mortal`."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from schema.document import Document
from schema.store import Store
from sync.engine import Engine, Round
from sync.enrol import RENEWED, be
from sync.keys import Kept, Vault, load
from sync.local import keys_path
from sync.workspace import Workspace
from tests.simulation.folder import Killed, View
from tests.simulation.versions import older


class Mortal(Store):
    """A store whose process may be killed before a commit, or just after it."""

    until_killed = -1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = not self.connection.in_transaction
        with super().transaction():
            yield
            if outermost:
                self.survive()
        if outermost:
            self.survive()

    def survive(self) -> None:
        if self.until_killed >= 0:
            self.until_killed -= 1
            if self.until_killed < 0:
                raise Killed


@dataclass(frozen=True)
class Write:
    """One acknowledged write of a cell: what its writer had seen of the cell, or of the row."""

    tbl: str
    row: str
    col: str
    val: Any
    hlc: int
    device: str
    seen: frozenset[tuple[int, str]]
    # Which machine it was, and the number of the change there.
    number: int
    seq: int

    @property
    def stamp(self) -> tuple[int, str]:
        return self.hlc, self.device


@dataclass
class Clock:
    """One machine's, as far from the true time as it is."""

    true: Callable[[], float]
    skew: float

    def __call__(self) -> float:
        return self.true() + self.skew


@dataclass
class Session:
    """A text that is open on a machine, and the words that were typed or taken out in it."""

    document: Document
    upto: int = 0
    own: set[str] = field(default_factory=set)


@dataclass
class Backup:
    """A copy of a database, and what was in it."""

    path: Path
    upto: int
    kept: bytes


@dataclass
class Machine:
    store: Mortal
    view: View
    kept: bytes
    skew: float
    clock: Clock
    number: int = 0
    engine: Engine = field(init=False)
    upto: int = 0
    # Whether it has synced from the beginning; one that has not only sleeps until late.
    awake: bool = True
    late: bool = False
    # Whether it has the history, as one that did not begin with a snapshot.
    whole: bool = True
    # Whether it runs the version before.
    old: bool = False
    open: dict[str, Session] = field(default_factory=dict)
    backup: Backup | None = None

    def __post_init__(self) -> None:
        with self.version():
            self.start()

    @property
    def device(self) -> str:
        return self.engine.workspace.vault.device

    def version(self) -> Any:
        return older() if self.old else nullcontext()

    def start(self) -> None:
        """As after a kill: what is in the database and beside it is all there is."""
        self.store.until_killed = -1
        self.open.clear()
        if self.store.connection.in_transaction:
            self.store.connection.execute("ROLLBACK")
        vault = load(keys_path(self.store.path))
        if vault is None:
            vault = Vault(msgspec.json.decode(self.kept, type=Kept), self._save)
        be(self.store, vault)
        workspace = Workspace(self.view, vault, clock=self.clock, randomness=self.store.randomness)
        self.engine = Engine(self.store, workspace)

    def _save(self, kept: Kept) -> None:
        self.store.survive()
        self.kept = msgspec.json.encode(kept)
        self.store.survive()

    def secrets(self) -> bytes:
        """What is kept of them beside the database."""
        keys = keys_path(self.store.path)
        return keys.read_bytes() if keys.exists() else self.kept

    def round(self, *, prove: bool = False) -> Round | None:
        if not self.awake and not self.late:
            self.store.until_killed = -1
            self.view.trouble.rest()
            return None
        snapshots = any(path.startswith("snapshots/") for path in self.view.files)
        if not self.engine.state.places().keys() - {self.device}:
            self.whole = not snapshots
        elif snapshots and self.store.local(RENEWED):
            # Of what a snapshot brings of its former name it sends all again, as its own.
            self.whole = False
        try:
            return self.engine.round(prove=prove)
        except Killed:
            self.start()
            return None
        finally:
            self.store.until_killed = -1
            self.view.trouble.rest()

    def upgrade(self) -> None:
        if self.old:
            self.old = False
            self.start()

    # Copies of the database

    def copy(self, path: Path) -> None:
        with sqlite3.connect(path) as target:
            self.store.connection.backup(target)
        target.close()

    def keep_copy(self) -> None:
        path = self.store.path.with_suffix(".copy")
        path.unlink(missing_ok=True)
        self.copy(path)
        (upto,) = self.store.connection.execute("SELECT max(seq) FROM change").fetchone()
        self.backup = Backup(path, upto, self.secrets())

    def put_back(self, reopen: Callable[[Path], Mortal], *, keys_too: bool) -> None:
        """Somebody restores the copy of the database, and perhaps of the keys."""
        assert self.backup is not None
        path = self.store.path
        self.store.close()
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copy(self.backup.path, path)
        if keys_too:
            keys_path(path).unlink(missing_ok=True)
            self.kept = self.backup.kept
        self.store = reopen(path)
        self.start()
        self.upto = self.backup.upto
