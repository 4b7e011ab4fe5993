"""One thread that writes, so that no key waits for a disk. Public entrance: `Writer`."""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from schema.errors import N_, ThukyError
from schema.store import Clock, Store

Job = Callable[[Store], None]
RETRY_SECONDS = 0.5


class State(NamedTuple):
    """How far writing is: `waiting` jobs are not yet on disk; `error` says what holds them."""

    waiting: int
    error: ThukyError | None = None


class Writer:
    """Carries out jobs in order, each in one transaction, on a connection of its own.

    A job that fails is tried again until it succeeds, and those behind it wait: what was typed is
    never skipped. `on_state` is called from this thread after every change of state; an error that
    is no ThukyError is the cause of the one it gets.
    """

    def __init__(self, path: Path, clock: Clock, on_state: Callable[[State], None]) -> None:
        self._path = path
        self._clock = clock
        self._on_state = on_state
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()

    def flush(self, seconds: float) -> bool:
        """Wait until everything is on disk; False where `seconds` were not enough."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._jobs, seconds)

    def close(self, seconds: float) -> bool:
        """Write what waits and stop; False where something could not be written in `seconds`."""
        done = self.flush(seconds)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(seconds)
        return done

    def _run(self) -> None:
        store: Store | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._closing)
                if self._closing:
                    break
                job = self._jobs[0]
            try:
                store = store or Store(self._path, clock=self._clock, must_exist=True)
                with store.transaction():
                    job(store)
            except Exception as error:  # a thread that ended would write nothing more
                self._on_state(State(len(self._jobs), self._told(error)))
                with self._changed:
                    self._changed.wait_for(lambda: self._closing, RETRY_SECONDS)
                continue
            with self._changed:
                self._jobs.popleft()
                waiting = len(self._jobs)
                self._changed.notify_all()
            self._on_state(State(waiting))
        if store is not None:
            store.close()

    def _told(self, error: Exception) -> ThukyError:
        if isinstance(error, ThukyError):
            return error
        words = N_(
            "Chưa ghi được vào {path} ({reason}). Những gì đã gõ còn trong bộ nhớ và đang được "
            "thử ghi lại."
        )
        told = ThukyError(words, path=self._path, reason=error)
        told.__cause__ = error
        return told
