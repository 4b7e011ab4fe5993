"""One figure with its unit, its limit where there is one, and how busy the machine was."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.report import Record, Target


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """What was measured, of what or how; `limit` is the most that it may be, in the same unit.

    `load` is the machine's over the minute before: where that is above the number of cores, what
    depends on a wall clock says more of others' work than of ours.
    """

    what: str
    of: str
    figure: float
    unit: str
    limit: float | str = ""
    load: float = field(default_factory=_load)


def targets(found: list[Figure]) -> list[Target]:
    """The promises among the figures."""
    return [
        Target(f"{f.what}, {f.unit}", f.figure, f.limit)
        for f in found
        if isinstance(f.limit, int | float)
    ]


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds: by the wall clock, of this thread's CPU, and `alone`, the wall clock's less those in
    which other programs kept it from a core (where the system tells)."""

    wall: float
    cpu: float
    alone: float


def taken(action: Callable[[], object]) -> Taken:
    """How long `action` takes."""
    wall, cpu, kept = time.perf_counter(), time.thread_time(), _kept_waiting()
    action()
    wall, cpu, kept = time.perf_counter() - wall, time.thread_time() - cpu, _kept_waiting() - kept
    return Taken(wall, cpu, wall - kept)


def _kept_waiting() -> float:
    """Seconds that this thread was ready to run and had no core."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0
