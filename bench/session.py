"""A program under measurement: as little as possible between its bytes and the clock."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.process import PtyProcess
from tests.e2e.terminal import environment

COLUMNS, ROWS = 120, 40

_ANSWER_LIMIT = 0.5
_START_LIMIT = 120.0
_MODE_QUESTION = b"\x1b[?2026$p"
_MODE_ANSWER = b"\x1b[?2026;2$y"


class MissingError(Exception):
    """A program cannot be measured; the reason is the text."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """From a key to the last byte of what it caused; ``ms`` is None when nothing came."""

    ms: float | None
    bytes: int


class Session(PtyProcess):
    """A program at 120x40 that is timed.

    The terminal says, as most do today, that it knows synchronized output, so that its marks are
    counted. Nothing draws the output: a terminal emulator's own time is no part of the figures.
    """

    def __init__(self, argv: Sequence[str], home: Path, cwd: Path | None = None) -> None:
        self._started = time.perf_counter()
        super().__init__(argv, columns=COLUMNS, rows=ROWS, env=environment(home), cwd=cwd)

    def settle(self, quiet: float = 0.15, marker: str = "") -> float:
        """Seconds from the start to the last byte before ``quiet`` seconds without any.

        With a ``marker`` (a word without blanks) only quiet after that word has come counts.
        Raises MissingError when the program ends, or never comes to that.
        """
        seen = bytearray()
        last = time.perf_counter()
        wanted = marker.encode()
        while True:
            try:
                data = self.read(quiet)
            except EOFError as error:
                lines = seen.decode(errors="replace").split("\n")
                raise MissingError(f"ended while it started: {lines[-2:]}") from error
            now = time.perf_counter()
            if data:
                last = now
                seen += data
                if _MODE_QUESTION in data:
                    self.write(_MODE_ANSWER)
            elif seen and wanted in seen:
                return last - self._started
            elif now - self._started > _START_LIMIT:
                raise MissingError(f"not settled with {marker!r} within {_START_LIMIT:.0f} s")

    def drain(self, quiet: float = 0.0) -> int:
        """Takes in what is written until there is a pause of ``quiet`` seconds; count of bytes."""
        count = 0
        while data := self.read(quiet):
            count += len(data)
        return count

    def press(self, key: bytes, quiet: float, least: int = 1) -> Reaction:
        """Types a key and times its last byte: the one before ``quiet`` seconds without any, which
        count once ``least`` bytes have come.

        What a program writes later (a commit, a clock) is counted to the key typed then.
        """
        start = time.perf_counter()
        self.write(key)
        data = self.read(_ANSWER_LIMIT)
        if not data:
            return Reaction(None, 0)
        last, count = time.perf_counter(), len(data)
        while data := self.read(quiet if count >= least else _ANSWER_LIMIT):
            last, count = time.perf_counter(), count + len(data)
        return Reaction((last - start) * 1000, count)
