"""One round of syncing: send what is new here, take in what is new there.

Public entrance: `Engine`, `Round`. A round depends on the database, the folder, the clock and the
randomness alone; what an engine keeps in memory only spares it work.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from schema.database import VERSION, explained
from schema.errors import ThukyError
from schema.store import Store
from sync import capture, readable
from sync.change import START
from sync.consolidation import consolidate
from sync.enrol import renew
from sync.folder import FolderError
from sync.log import ranges_of
from sync.merge import take_up
from sync.problem import Problem, Reason
from sync.proof import Proof
from sync.pull import Pulled, Step, pull, start_from_snapshot
from sync.push import push
from sync.readable import Readable
from sync.snapshot import newest, publish
from sync.state import Agreement, State
from sync.textfold import fold_quiet, folded
from sync.workspace import Cloned, Workspace

FAR_AHEAD_MS = 3_600_000
# The version of the tables with which all that was kept aside was last tried.
TRIED = "sync_tried_version"
# The name that was given up last, until what was sent under it is sent again.
RENEWED = "sync_renewed_from"
TIDY_SECONDS = 600.0
# A snapshot is due when all logs together have so many segments, and twice those of the last one.
SNAPSHOT_FROM = 64


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. It was whole where `failure` is nothing; what it did before counts even so.

    `pushed` and `pulled` are numbers of changes, `tables` those in which something may be new;
    `behind` says how many segments of a device's log are in the folder and cannot be applied yet.
    """

    pushed: int = 0
    pulled: int = 0
    problems: tuple[Problem, ...] = ()
    agreed: tuple[Agreement, ...] = ()
    failure: ThukyError | None = None
    tables: frozenset[str] = frozenset()
    behind: Mapping[str, int] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        return not (self.pushed or self.pulled)

    def failed(self, failure: ThukyError) -> "Round":
        return replace(self, failure=failure)


@dataclass(slots=True)
class _Done:
    """A round so far."""

    pushed: int = 0
    pulled: Pulled = field(default_factory=Pulled)
    problems: list[Problem] = field(default_factory=list)
    agreed: list[Agreement] = field(default_factory=list)
    failure: ThukyError | None = None


class Engine:
    """Syncs one database with one folder. One process per database does so (`sync.lock`)."""

    def __init__(self, store: Store, workspace: Workspace) -> None:
        self.store = store
        self.workspace = workspace
        self.state = State(store)
        self._readable = Readable()
        self._proof = Proof(workspace, self._readable)
        self._started = False
        self._tidied = workspace.clock()
        # `sync.push` waits for the disk where that matters.
        store.connection.execute("PRAGMA synchronous = NORMAL")
        store.connection.execute("PRAGMA temp_store = MEMORY")
        store.connection.execute("PRAGMA cache_size = -32768")

    def round(self, step: Step = lambda changes, reached: None, *, prove: bool = False) -> Round:
        """Never raises a ThukyError: what failed is in the round. `step` is told of each portion
        that was applied; with `prove`, this device says at once what it holds."""
        done = _Done()
        failure: ThukyError | None = None
        try:
            with explained(self.store.path):
                self._round(done, step, prove=prove)
                failure = done.failure
        except Cloned as error:
            failure = self._renew(error)
        except ThukyError as error:
            failure = error
        pulled = done.pulled
        problems = done.problems + pulled.problems + self._proof.problems
        try:
            with explained(self.store.path):
                problems += self._own_problems()
                self.state.tell(problems)
        except ThukyError as error:
            failure = failure or error
        return Round(
            pushed=done.pushed,
            pulled=pulled.changes,
            problems=tuple(problems),
            agreed=tuple(done.agreed),
            failure=failure,
            tables=frozenset(pulled.tables),
            behind=self._behind(pulled) if pulled.problems else {},
        )

    def _round(self, done: "_Done", step: Step, *, prove: bool) -> None:
        self._start()
        done.problems += self.workspace.refresh(self.state.places())
        start_from_snapshot(self.store, self.state, self.workspace, done.pulled, step)
        former = self.store.local(RENEWED)
        if former or capture.foreign_devices(self.store):
            # What a clone of this device sent may be ours too: first see what is there.
            self._take_in(done.pulled, step)
            capture.disown(self.store)
        if former:
            with self.store.transaction():
                capture.send_again(self.store, former)
                self.store.set_local({RENEWED: ""})
        try:
            done.pushed, stuck = push(self.store, self.state, self.workspace)
            done.problems += stuck
        except FolderError as error:
            # A folder that takes nothing may still give.
            done.failure = error
        self._take_in(done.pulled, step)
        if done.failure is None:
            done.agreed = self._after(prove=prove)

    def _start(self) -> None:
        """Once: take up what a newer version may understand, and what a kill left behind."""
        if self._started:
            return
        if self.store.local(TRIED) != str(VERSION):
            take_up(self.store)
            self.store.set_local({TRIED: str(VERSION)})
        self._readable.bring_up(self.store, readable.behind(self.store))
        self._started = True

    def _take_in(self, pulled: Pulled, step: Step) -> None:
        try:
            pull(self.store, self.state, self.workspace, pulled, step)
        finally:
            self._readable.bring_up(self.store, pulled.texts)
            pulled.texts.clear()

    def _after(self, *, prove: bool) -> list[Agreement]:
        """What is not urgent."""
        if self.state.outgoing():
            return []
        clock = self.workspace.clock()
        if not 0 <= clock - self._tidied < TIDY_SECONDS:
            self.tidy()
            self._tidied = clock
        return self._proof.step(self.store, self.state, now=prove)

    def tidy(self) -> None:
        """Join small segments and the small updates of texts. Raises FolderError."""
        place = self.state.place(self.workspace.vault.device)
        consolidate(self.workspace, place, fold=lambda changes: folded(self.store, changes))
        self._readable.bring_up(self.store, readable.behind(self.store))
        fold_quiet(self.store)
        there = newest(self.workspace)
        reach = sum(place.last for place in self.state.places().values())
        known = sum(place.last for place in there.places.values()) if there else 0
        if reach >= SNAPSHOT_FROM and reach >= 2 * known:
            self.publish_snapshot()

    def publish_snapshot(self) -> None:
        """Put together, for machines that start empty, all that is sent or received here. Raises
        FolderError; does nothing where something is still on its way out."""
        if not self.state.outgoing():
            with self.store.snapshot():
                publish(self.workspace, capture.snapshot(self.store), self.state.places())

    def _behind(self, pulled: Pulled) -> dict[str, int]:
        """For each device whose log has a problem, how many of its segments are not applied."""
        found = {}
        with suppress(ThukyError):
            places = self.state.places()
            for device in sorted({p.device for p in pulled.problems if p.device}):
                ranges = ranges_of(self.workspace.folder, device)
                last = max((last for _, last in ranges), default=0)
                found[device] = max(0, last - places.get(device, START).last)
        return {device: number for device, number in found.items() if number}

    def _renew(self, cloned: Cloned) -> ThukyError:
        """Become another device, for the one this was is somebody else's too."""
        old = self.workspace.vault.device
        try:
            workspace = renew(self.store, self.workspace)
            with self.store.transaction():
                capture.unsend_all(self.store, old)
                self.state.drop_outgoing()
                self.state.leave(old)
                self.store.set_local({RENEWED: old})
        except ThukyError as error:
            return error
        self.workspace, self._proof = workspace, Proof(workspace, self._readable)
        return cloned

    def _own_problems(self) -> list[Problem]:
        query = self.store.connection.execute
        found = []
        (aside,) = query("SELECT count(*) FROM pending_cell").fetchone()
        if aside:
            found.append(Problem(Reason.KEPT_ASIDE, "", "", str(aside)))
        (newest,) = query("SELECT hlc FROM clock").fetchone()
        ahead = (newest >> 16) - self.workspace.now_ms
        if ahead > FAR_AHEAD_MS:
            found.append(Problem(Reason.CLOCK, "", "", str(ahead // 60_000)))
        return found
