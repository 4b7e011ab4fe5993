"""Trouble made inside a process, where nothing from outside may make it.

Public entrance: `Fails`, `KilledAtLine`. Both are called in a process of `tests.e2e.forked` before
its command; they are lesser things than what strace and mounts do, for SQLite does not see them.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any


@dataclass
class Fails:
    """A function of `os` raises OSError from its `number`th call on, or at that alone."""

    name: str
    error: int
    number: int = 1
    once: bool = False

    def __call__(self) -> None:
        really: Callable[..., Any] = getattr(os, self.name)
        calls = 0

        def call(*given: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == self.number or (calls > self.number and not self.once):
                raise OSError(self.error, os.strerror(self.error))
            return really(*given, **named)

        setattr(os, self.name, call)


@dataclass
class KilledAtLine:
    """The process is killed at the `number`th line that it runs of sync or schema."""

    number: int

    def __call__(self) -> None:
        left = self.number

        def line(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal left
            if event == "line":
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
            return line

        def enter(frame: FrameType, event: str, _: Any) -> Any:
            return line if frame.f_globals.get("__package__") in ("sync", "schema") else None

        sys.settrace(enter)
