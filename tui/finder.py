"""A thread that answers what is typed to find something, and keeps the index up meanwhile.

It has a store of its own, so that no key waits for it. Only the newest question counts: those asked
while it was busy are never answered.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from schema.errors import N_, ThukyError
from schema.store import Store

if TYPE_CHECKING:
    from office.finding import Finding
    from schema.search_hits import Hit

QUIET_SECONDS = 2.0
"""How long nothing must have happened before the index is brought up by itself."""

# A question first waits so long for the index, and is answered again so often while that grows.
_BEFORE_SECONDS = 0.03
_AGAIN_SECONDS = 0.5
# By itself the index goes so far in one go, and rests so long: each time the screens look whether
# the writing concerns them.
_STEP_SECONDS = 0.05
_REST_SECONDS = 0.45


class Answer(NamedTuple):
    """`waiting` documents may still be missing among `hits`; `problems` say what was not
    understood, or what went wrong."""

    typed: str
    hits: Sequence["Hit"] = ()
    waiting: int = 0
    problems: Sequence[ThukyError] = ()


OnAnswer = Callable[[Answer], object]


class Finder:
    """Answers questions as of `today()`. What it calls, it calls from its own thread."""

    def __init__(self, open_store: Callable[[], Store], today: Callable[[], date]) -> None:
        self._open_store = open_store
        self._today = today
        self._changed = threading.Condition()
        self._question: tuple[str, OnAnswer] | None = None
        self._busy = False
        self._closing = False
        # When somebody last wrote, until the index has come up to it.
        self._written_at: float | None = None
        self._noted = False
        self._store: Store | None = None
        self._version = -1
        self._finding: tuple[tuple[int, date], Finding] | None = None
        self._thread = threading.Thread(target=self._run, name="finder", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a question is still to be answered."""
        return self._busy

    def ask(self, typed: str, on_answer: OnAnswer) -> None:
        """Have `on_answer` called with what answers, perhaps several times as the index grows."""
        with self._changed:
            self._question = typed, on_answer
            self._busy = True
            self._changed.notify_all()

    def note_writing(self) -> None:
        """Something may have been written: it is for the index once nothing more is for a while."""
        with self._changed:
            self._noted = True
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    # In the thread

    def _run(self) -> None:
        while not self._closing:
            question = self._next()
            try:
                self._store = self._store or self._open_store()
                if question:
                    self._answer(self._store, *question)
                else:
                    self._tend(self._store)
            except Exception as error:  # a thread that ended would answer nothing more
                self._written_at = None
                if question:
                    question[1](Answer(question[0], problems=[_told(error)]))
            with self._changed:
                self._busy = self._question is not None
        if self._store is not None:
            self._store.close()

    def _next(self) -> tuple[str, OnAnswer] | None:
        """Wait for something to do: a question, or none where the index is to be brought up."""
        with self._changed:
            while not (self._closing or self._question):
                if self._noted:
                    self._noted = False
                    self._look_at_the_file()
                left = None
                if self._written_at is not None:
                    left = self._written_at + QUIET_SECONDS - time.monotonic()
                    if left <= 0:
                        break
                self._changed.wait(left)
            question, self._question = self._question, None
            return question

    def _look_at_the_file(self) -> None:
        """Whether it was somebody else who wrote, and not this thread in the index."""
        version = -1
        with suppress(ThukyError):
            version = self._store.data_version() if self._store else -1
        if version == -1 or version != self._version:
            self._version = version
            self._written_at = time.monotonic()

    def _tend(self, store: Store) -> None:
        from schema.search_index import bring_up, tidy

        more = bring_up(store, _STEP_SECONDS) > 0 or tidy(store, _STEP_SECONDS)
        rested = time.monotonic() - QUIET_SECONDS + _REST_SECONDS
        self._written_at = rested if more else None

    def _answer(self, store: Store, typed: str, on_answer: OnAnswer) -> None:
        from schema.search import search
        from schema.search_index import bring_up

        waiting = bring_up(store, _BEFORE_SECONDS)
        while True:
            asked = self._reader(store).read(typed, typing=True)
            on_answer(Answer(typed, search(store, asked.query), waiting, asked.problems))
            again = time.monotonic() + _AGAIN_SECONDS
            before = waiting
            while waiting and time.monotonic() < again:
                if self._question or self._closing:
                    return
                waiting = bring_up(store, _STEP_SECONDS)
            if before == waiting:
                return

    def _reader(self, store: Store) -> "Finding":
        """Reads what is typed, by the names as they stand now."""
        from office.finding import Finding

        state = store.data_version(), self._today()
        if self._finding is None or self._finding[0] != state:
            self._finding = state, Finding(store, state[1])
        return self._finding[1]


def _told(error: Exception) -> ThukyError:
    if isinstance(error, ThukyError):
        return error
    from tui.log import log_error

    words = N_("Chưa tìm được ({reason}). Chi tiết: {path}")
    return ThukyError(words, reason=error, path=log_error(error))
