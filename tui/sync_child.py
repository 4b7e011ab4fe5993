"""The process that syncs while the app is open, where no service does. Public entrance: `Child`.

It is a process and never a thread, so that merging touches no key. It holds the other end of a pipe
and ends when that closes, which the system does however the app ends.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from schema.errors import ThukyError
from sync.lock import is_taken

# How often it is seen whether whoever syncs still does.
LOOK_SECONDS = 2.0
# After its n-th end in a row it is started again in so many seconds.
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
# One that ran so long had no trouble starting.
STEADY_SECONDS = 30.0
# How long the app waits for it at its own end.
END_SECONDS = 1.0
MOST_SAID = 20_000
MODULE = "tui.sync_process"


class Died(Exception):
    """What a process that ended by itself said last; for the log file."""


class Child:
    """Syncs the database at `path` as long as nobody else does.

    `log` gets what a process that failed said. Call `tend` often, from one thread.
    """

    def __init__(
        self,
        path: Path,
        log: Callable[[Exception], object],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._log = log
        self._monotonic = monotonic
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._started = 0.0
        self._next = 0.0
        self._ends = 0

    @property
    def pid(self) -> int | None:
        """The process that runs, if one does."""
        return self._process.pid if self._process else None

    @property
    def failing(self) -> bool:
        """Whether it ended by itself again and again."""
        return self._ends > 1

    def tend(self) -> None:
        """Start one where nobody syncs and it is time to."""
        now = self._monotonic()
        if self._process:
            if self._process.poll() is None:
                if self._ends and now - self._started > STEADY_SECONDS:
                    self._ends = 0
                return
            self._bury(self._process, now)
        if now >= self._next:
            self._next = now + LOOK_SECONDS
            with suppress(ThukyError, OSError):
                if not is_taken(self._path):
                    self._start(now)

    def end(self) -> None:
        """Let it end; one that is in the middle of something does so by itself, soon after."""
        process, self._process = self._process, None
        if process:
            _let_go(process)
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
        self._hear()

    def _start(self, now: float) -> None:
        words = [sys.executable, "-I"]
        if sys.pycache_prefix:
            words += ["-X", f"pycache_prefix={sys.pycache_prefix}"]
        words += ["-m", MODULE, str(self._path), "--with-parent"]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 closed when it was heard
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            # Neither Ctrl+C nor a terminal that is closed reaches it but through its pipe.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._started = now

    def _bury(self, process: "subprocess.Popen[bytes]", now: float) -> None:
        self._process = None
        _let_go(process)
        words = self._hear()
        if process.returncode == 0:
            # Somebody else was there first.
            self._ends, self._next = 0, now + LOOK_SECONDS
            return
        self._next = now + PAUSES[min(self._ends, len(PAUSES) - 1)]
        self._ends += 1
        with suppress(OSError):
            self._log(Died(f"sync: {process.returncode}: {words}"))

    def _hear(self) -> str:
        """The end of what a process has said, which is then forgotten."""
        said, self._said = self._said, None
        if said is None:
            return ""
        with said:
            said.seek(max(0, said.seek(0, 2) - MOST_SAID))
            return said.read().decode("utf-8", "replace").strip()


def _let_go(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        if process.stdin:
            process.stdin.close()
