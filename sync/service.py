"""Syncing until it is stopped. Public entrance: `Service`.

A round is run when the folder or the database changed, and now and then anyway: events are a
convenience, never relied on.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from schema.errors import ThukyError
from schema.store import Store
from sync.diary import EVENTS, POLLING, diary
from sync.engine import Engine, Round
from sync.enrol import give_up, joined, workspace_of
from sync.folder import TEMPORARY, DirectoryFolder, FolderError, Gone
from sync.local import JOINING, Stamp, keys_path, stamp
from sync.lock import only_one
from sync.notes import Topic
from sync.pairing import serve
from sync.presence import Presence
from sync.recognition import Emptied
from sync.watch import Waker, sends_events


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between rounds that nothing woke: where events come, where they do not, while a
    meeting is live, at most after failures in a row, at most while the folder is away, and while it
    waits to be let in."""

    events: float = 30.0
    polling: float = 5.0
    live: float = 1.0
    failing: float = 10.0
    away: float = 3.0
    asking: float = 1.0


# After so many changes that no event told of, events are not waited for.
SILENT_AT_MOST = 2
# How soon after an event of the database it is looked whether it says more, and how often at least:
# an event tells of a write, and some time later its commit can be read.
LOOK_SECONDS, LOOK_AT_LEAST_SECONDS = 0.005, 1.0
# How often the progress of a first sync is written down.
PROGRESS_SECONDS = 0.3


After = Callable[[Engine, Round], bool]


class Service:
    """Syncs the database at `path`. `report` gets each round that did something or failed; `after`
    is called when one did not fail, and says whether another should follow at once."""

    def __init__(
        self,
        path: Path,
        report: Callable[[Round], None] = lambda done: None,
        after: After = lambda engine, done: False,
        *,
        events: bool | None = None,
        pace: Pace = Pace(),
    ) -> None:
        self._path = path
        self._report = report
        self._after = after
        self._events = events
        self._pace = pace
        self._woken = threading.Event()
        self._stopped = False
        self._wakers: dict[str, Waker] = {}
        self._arrived = False
        self._device = ""
        self._silent = 0
        self._presence: Presence | None = None
        self._failures = 0
        # When something went last, and since when it fails, outlast the process.
        self._diary, self._written = diary(path), diary(path)
        self._noted = 0.0

    def stop(self) -> None:
        """Let `run` return after the round that is under way. May be called from anywhere."""
        self._stopped = True
        self._woken.set()

    def run(self) -> None:
        """Where this machine has asked to be let in, wait for that first.

        Raises AlreadySyncing, NotJoined, and ThukyError where it cannot begin; the diary says why.
        """
        with only_one(self._path), Store(self._path, must_exist=True) as store:
            try:
                self._watch_database()
                self._be_let_in(store)
                if self._stopped:
                    return
                # Looked at before they are read: what is written meanwhile is seen as new.
                keys, engine = self._keys(), self._engine(store)
                self._presence = Presence(store)
                told = False
                while not self._stopped:
                    seen = _version(store)
                    self._be_let_in(store)
                    if keys != self._keys():
                        # Another process invited, or was let in.
                        keys, engine = self._keys(), self._engine(store)
                    done = self._round(engine, told=told)
                    saved = engine.workspace.vault.saved
                    keys = saved if isinstance(saved, tuple) else keys
                    until = self._be_present(engine, done)
                    told = self._wait(store, seen, keys, min(self._pause(store, done), until))
            except ThukyError as error:
                self._note_failure(store, error)
                raise
            finally:
                for waker in self._wakers.values():
                    waker.close()
                if self._presence:
                    with suppress(ThukyError):
                        self._presence.close()

    def _be_let_in(self, store: Store) -> None:
        """Wait for the answer to a request. Raises WrongCode where the offer was taken back."""
        while not self._stopped and (path := store.local(JOINING)):
            try:
                if joined(store, Path(path)):
                    self._note_progress(0, 0.0)
                else:
                    self._note_failure(store, None)
            except FolderError as error:
                self._note_failure(store, error)
            except ThukyError:
                give_up(store)
                raise
            self._woken.wait(self._pace.asking if store.local(JOINING) else 0)
            self._woken.clear()

    def _note_failure(self, store: Store, error: ThukyError | None) -> None:
        self._diary.fail(error, store.now())
        self._write()

    def _note_progress(self, changes: int, reached: float | None) -> None:
        """Write down, now and then, how far a first sync has come."""
        if reached is not None and time.monotonic() - self._noted > PROGRESS_SECONDS:
            self._noted = time.monotonic()
            self._diary.changes, self._diary.reached = changes, reached
            self._write()

    def _engine(self, store: Store) -> Engine:
        return Engine(store, workspace_of(store))

    def _keys(self) -> Stamp:
        return stamp(keys_path(self._path))

    def _round(self, engine: Engine, *, told: bool) -> Round:
        folder, self._device = engine.workspace.folder, engine.workspace.vault.device
        self._watch_folder(folder.root if isinstance(folder, DirectoryFolder) else None)
        done = engine.round(self._note_progress)
        try:
            if done.failure is None and engine.workspace.vault.kept.invites:
                serve(engine.workspace)
            if done.failure is None and self._after(engine, done):
                self._arrive()
        except ThukyError as error:
            done = done.failed(error)
        if done.failure is not None:
            self._failures += 1
            # A folder that went away is not the one that is watched when it is back.
            self._forget("folder")
        else:
            self._failures = 0
        if done.pulled and not told:
            self._silent += 1
        self._write_down(engine.store.now(), done)
        if not done.idle or done.failure:
            self._report(done)
        return done

    def _be_present(self, engine: Engine, done: Round) -> float:
        """Say and hear whose cursor is where; it is no failure where that does not go. Returns in
        how many seconds there may be more to say."""
        if self._presence and done.failure is None:
            with suppress(ThukyError):
                return self._presence.step(engine.workspace)
        return float("inf")

    def _pause(self, store: Store, done: Round) -> float:
        if self._failures:
            # That a folder is back costs little to see.
            away = isinstance(done.failure, Gone | Emptied)
            most = self._pace.away if away else self._pace.failing
            return float(min(most, 2.0**self._failures))
        if self._diary.watch == EVENTS:
            return self._pace.events
        if self._presence and self._presence.together:
            return self._pace.live
        live = store.connection.execute(
            "SELECT 1 FROM meeting WHERE opened_at IS NOT NULL AND closed_at IS NULL"
            " AND deleted_at IS NULL LIMIT 1"
        )
        return self._pace.live if live.fetchone() else self._pace.polling

    # Watching

    def _wait(self, store: Store, seen: int, keys: Stamp, seconds: float) -> bool:
        """Until there may be something new, or for so long. Returns whether there may be."""
        until, look = time.monotonic() + seconds, LOOK_AT_LEAST_SECONDS
        while True:
            if self._arrived or self._stopped or _version(store) != seen or self._keys() != keys:
                self._arrived = False
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            if self._woken.wait(min(look, left)):
                self._woken.clear()
                look = LOOK_SECONDS
            else:
                look = min(2 * look, LOOK_AT_LEAST_SECONDS)

    def _arrive(self) -> None:
        self._arrived = True
        self._woken.set()

    def _watch_database(self) -> None:
        name = self._path.name
        own = {name, f"{name}-wal", keys_path(self._path).name}
        self._wakers["database"] = Waker(
            self._path.resolve().parent,
            self._woken.set,
            recursive=False,
            wanted=lambda changed: changed.name in own,
        )

    def _watch_folder(self, root: Path | None) -> None:
        events = self._silent < SILENT_AT_MOST and root is not None
        if events and root is not None:
            events = sends_events(root) if self._events is None else self._events
        if not events or ("folder" in self._wakers and self._wakers["folder"].broken.is_set()):
            self._forget("folder")
        if events and root is not None and "folder" not in self._wakers:
            waker = Waker(root, self._arrive, recursive=True, wanted=self._is_news)
            if waker.broken.is_set():
                waker.close()
            else:
                self._wakers["folder"] = waker
        self._diary.watch = EVENTS if "folder" in self._wakers else POLLING

    def _is_news(self, changed: Path) -> bool:
        """Drafts are none, nor what this device wrote, nor is whose cursor is where while nobody
        here has a text open."""
        if changed.name.startswith(TEMPORARY) or changed.parent.name == self._device:
            return False
        open_here = self._presence is not None and self._presence.open
        return open_here or not Topic.PRESENCE.form.fullmatch(changed.name)

    def _forget(self, name: str) -> None:
        if waker := self._wakers.pop(name, None):
            waker.close()

    def _write_down(self, now: str, done: Round) -> None:
        if done.pushed:
            self._diary.last_push = now
        if done.pulled:
            self._diary.last_pull = now
        self._diary.fail(done.failure, now)
        self._diary.behind = dict(done.behind)
        self._diary.reached = None
        self._write()

    def _write(self) -> None:
        if self._diary != self._written:
            self._written = replace(self._diary)
            self._diary.write(self._path)


def _version(store: Store) -> int:
    """What is another once another connection has written. A file in trouble is looked at again."""
    with suppress(ThukyError):
        return store.data_version()
    return 0
