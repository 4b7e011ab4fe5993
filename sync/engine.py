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
from sync.change import START, Position
from sync.consolidation import consolidate, mend
from sync.enrol import RENEWED, renew
from sync.folder import FolderError
from sync.log import ranges_of
from sync.merge import take_up
from sync.notes import Topic, withdraw
from sync.problem import Problem, Reason
from sync.proof import Proof
from sync.pull import Pulled, Step, pull, start_from_snapshot, take_in
from sync.push import push
from sync.readable import Readable
from sync.snapshot import newest, newest_of, publish
from sync.snapshot import withdraw as withdraw_snapshots
from sync.state import Agreement, State
from sync.textfold import fold_quiet, folded
from sync.workspace import Cloned, Workspace

FAR_AHEAD_MS = 3_600_000
# The version of the tables with which all that was kept aside was last tried.
TRIED = "sync_tried_version"
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


def _ahead(places: Mapping[str, Position], others: Mapping[str, Position]) -> set[str]:
    """The devices whose log is read further in the first."""
    return {d for d, place in places.items() if place.last > others.get(d, START).last}


def _reach(places: Mapping[str, Position]) -> int:
    return sum(place.last for place in places.values())


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
        # What others could not read and was looked after; whose logs a snapshot had more of.
        self._heard: frozenset[tuple[str, str, int]] = frozenset()
        self._keyed: frozenset[tuple[str, str, int]] = frozenset()
        self._lacking: set[str] = set()
        # The snapshots that were taken in since another device held something else.
        self._evened: set[tuple[str, int]] = set()
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
        former = self.store.local(RENEWED).split()
        if former or capture.foreign_devices(self.store):
            # What a clone of this device sent may be ours too: first see what is there.
            self._take_in(done.pulled, step)
            for device in former:
                self._take_over(device, done.pulled, step)
            capture.disown(self.store)
        if former:
            with self.store.transaction():
                for device in former:
                    capture.send_again(self.store, device)
                self.store.set_local({RENEWED: ""})
        try:
            done.pushed, stuck = push(self.store, self.state, self.workspace)
            done.problems += stuck
        except FolderError as error:
            # A folder that takes nothing may still give.
            done.failure = error
        self._take_in(done.pulled, step)
        if done.failure is None:
            done.agreed = self._after(done.pulled, step, prove=prove)

    def _take_over(self, former: str, pulled: Pulled, step: Step) -> None:
        """Nobody keeps the snapshots of a former name, and copies may have written several under
        one name, of which each machine sees another: take in what there is, and take it away."""
        found = newest_of(self.workspace, former)
        if found:
            take_in(self.store, self.state, found, self.workspace.vault.device, pulled, step)
        withdraw_snapshots(self.workspace, former)

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

    def _after(self, pulled: Pulled, step: Step, *, prove: bool) -> list[Agreement]:
        """What is not urgent."""
        if self.state.outgoing():
            return []
        clock = self.workspace.clock()
        if not 0 <= clock - self._tidied < TIDY_SECONDS:
            self.tidy(pulled, step)
            self._tidied = clock
        stuck = {p.device: str(p.reason) for p in pulled.problems if p.device}
        return self._proof.step(self.store, self.state, stuck, now=prove)

    def tidy(
        self, pulled: Pulled | None = None, step: Step = lambda changes, reached: None
    ) -> None:
        """Join small segments and the small updates of texts; see that what the folder lost can be
        had. Raises FolderError, and Cloned where somebody has read what was never written here."""
        own = self.workspace.vault.device
        place = self.state.place(own)
        complaints = self._proof.complaints
        if complaints - self._heard:
            mend(self.workspace)
        active = self.workspace.vault.trust.active
        keyless = {c for c in complaints if c[1] == Reason.UNKNOWN_EPOCH and c[0] in active}
        if keyless & self._heard - self._keyed:
            # What brought that key has been damaged: a new one brings along all before it.
            self.workspace.membership.start_epoch()
            self._keyed |= keyless
        self._heard |= complaints
        consolidate(self.workspace, place, fold=lambda changes: folded(self.store, changes))
        there = newest(self.workspace)
        known = there.places if there else {}
        if known.get(own, START).last > place.last:
            raise Cloned
        before, self._lacking = self._lacking, _ahead(known, self.state.places())
        if there and self._lacking & before:
            # All logs have just been read: what is still not in them will not come any more.
            take_in(self.store, self.state, there, own, pulled or Pulled(), step)
        self._even_out(pulled or Pulled(), step)
        self._readable.bring_up(self.store, readable.behind(self.store))
        fold_quiet(self.store)
        places = self.state.places()
        reach, reached = _reach(places), _reach(known)
        wanted = {device: places[device] for device in self._unheard(places)}
        due = reach >= SNAPSHOT_FROM and reach >= 2 * reached
        if due or (_ahead(wanted, known) and not _ahead(known, places)):
            self.publish_snapshot()

    def _even_out(self, pulled: Pulled, step: Step) -> None:
        """Where another device has read as much and holds something else, as after both the folder
        and a database were set back, each takes in all that the other has."""
        own = self.workspace.vault.device
        for device in sorted(self._proof.apart):
            found = newest_of(self.workspace, device)
            if found and (device, found.number) not in self._evened:
                take_in(self.store, self.state, found, own, pulled, step)
                self._evened.add((device, found.number))
                self._proof.renew()
        if self._proof.apart:
            mine = newest_of(self.workspace, own)
            if mine is None or mine.places != self.state.places():
                self.publish_snapshot()

    def _unheard(self, places: Mapping[str, Position]) -> list[str]:
        """The devices of whose logs the folder has less than this machine, or another one cannot
        follow what there is."""
        found = []
        for device in sorted(places.keys() - {self.workspace.vault.device}):
            last = self._last_there(device)
            least = min(last, self._proof.unheard.get(device, last))
            if least < places[device].last:
                found.append(device)
        return found

    def _last_there(self, device: str) -> int:
        """The number of the last segment of a device's log that is in the folder."""
        ranges = ranges_of(self.workspace.folder, device)
        return max((last for _, last in ranges), default=0)

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
                found[device] = max(0, self._last_there(device) - places.get(device, START).last)
        return {device: number for device, number in found.items() if number}

    def _renew(self, cloned: Cloned) -> ThukyError:
        """Become another device, for the one this was is somebody else's too."""
        former = self.workspace
        try:
            self.workspace = renew(self.store, former)
        except ThukyError as error:
            return error
        self._proof = Proof(self.workspace, self._readable)
        # What the former name holds is said no more.
        with suppress(ThukyError):
            withdraw(former, Topic.DIGEST)
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
