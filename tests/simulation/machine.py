"""A machine that may be killed at any moment. Public entrance: `Machine`, `Clock`, `Mortal`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from schema.store import Store
from sync.engine import Engine, Round
from sync.keys import Kept, Vault, keys_path, load
from sync.workspace import Workspace
from tests.simulation.folder import Killed, View


class Mortal(Store):
    """A store whose process may be killed before a commit, or just after it."""

    until_killed = -1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = not self.connection.in_transaction
        with super().transaction():
            yield
            if outermost:
                self._live()
        if outermost:
            self._live()

    def _live(self) -> None:
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
class Machine:
    store: Mortal
    view: View
    kept: bytes
    skew: float
    clock: Clock
    engine: Engine = field(init=False)
    upto: int = 0
    # Whether it has synced from the beginning; one that has not only sleeps until late.
    awake: bool = True
    late: bool = False
    # Whether it has the history, as one that did not begin with a snapshot.
    whole: bool = True

    def __post_init__(self) -> None:
        self.start()

    @property
    def device(self) -> str:
        return self.engine.workspace.vault.device

    def start(self) -> None:
        """As after a kill: what is in the database and beside it is all there is."""
        self.store.until_killed = -1
        if self.store.connection.in_transaction:
            self.store.connection.execute("ROLLBACK")
        vault = load(keys_path(self.store.path))
        if vault is None:
            kept = msgspec.json.decode(self.kept, type=Kept)
            vault = Vault(kept, self._save)
        self.store.connection.execute(
            "UPDATE clock SET device = ? WHERE device <> ?", (vault.device, vault.device)
        )
        workspace = Workspace(self.view, vault, clock=self.clock, randomness=self.store.randomness)
        self.engine = Engine(self.store, workspace)

    def _save(self, kept: Kept) -> None:
        self.kept = msgspec.json.encode(kept)

    def round(self, *, prove: bool = False) -> Round | None:
        if not self.awake and not self.late:
            self.store.until_killed = -1
            self.view.trouble.rest()
            return None
        if not self.engine.state.places().keys() - {self.device}:
            self.whole = not any(path.startswith("snapshots/") for path in self.view.files)
        try:
            return self.engine.round(prove=prove)
        except Killed:
            self.start()
            return None
        finally:
            self.store.until_killed = -1
            self.view.trouble.rest()
