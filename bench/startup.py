"""From the command to the settled screen, against a Textual app with nothing in it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.programs import LAUNCHER, PEERS, ROOT, TITLE, installed, minutes
from bench.report import Record, Target, median
from bench.session import MissingError, Session

EMPTY = "empty Textual app"
TODAY, EDIT = "thuky", "thuky minutes edit"
_IMPORTS = {"import tui.main": "tui.main", "import textual.app": "textual.app", "python": "sys"}


@dataclass(frozen=True, slots=True)
class Start(Record):
    """Median and least time of ``runs`` starts; the ratio is to the empty Textual app's median."""

    program: str
    runs: int
    median_ms: float
    least_ms: float
    ratio: float


@dataclass(frozen=True, slots=True)
class _Command:
    program: str
    argv: Sequence[str]
    marker: str = ""


def measure(*, quick: bool = False) -> list[Start]:
    """Starts each program in turn, many times; a first start that warms up is left out."""
    runs = 5 if quick else 20
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        commands = [command for command in _commands(home) if _warm_up(command, home)]
        times: dict[str, list[float]] = {command.program: [] for command in commands}
        imports: dict[str, list[float]] = {label: [] for label in _importable()}
        for _ in range(runs):
            for command in commands:
                times[command.program].append(_start(command, home))
            for label, taken in imports.items():
                taken.append(_import(_IMPORTS[label]))
    times |= imports
    empty = median(times[EMPTY])
    return [
        Start(program, runs, median(taken), min(taken), median(taken) / empty)
        for program, taken in times.items()
    ]


def targets(found: Sequence[Start]) -> list[Target]:
    """The promise for the start."""
    return [
        Target(f"start of {start.program} to an empty Textual app's", start.ratio, 1.3)
        for start in found
        if start.program in (TODAY, EDIT)
    ]


def _commands(home: Path) -> list[_Command]:
    commands = [_Command(EMPTY, [sys.executable, str(PEERS / "empty_app.py")])]
    try:
        database, meeting = minutes("", home)
    except MissingError as reason:
        print(f"startup: thuky left out: {reason}", file=sys.stderr)
    else:
        edit = ["minutes", "edit", meeting]
        direct = [sys.executable, "-m", "tui.main"]
        where = ["--db", str(database)]
        commands += [
            _Command(TODAY, [LAUNCHER, *where]),
            _Command(f"{TODAY}, without the launcher", [*direct, *where]),
            _Command(EDIT, [LAUNCHER, *edit, *where], TITLE),
            _Command(f"{EDIT}, without the launcher", [*direct, *edit, *where], TITLE),
        ]
    for argv in (["nano", "-I"], ["vim", "-u", "NONE"], ["micro"]):
        try:
            installed(argv[0])
        except MissingError as reason:
            print(f"startup: {reason}", file=sys.stderr)
        else:
            commands.append(_Command(" ".join(argv), argv))
    return commands


def _warm_up(command: _Command, home: Path) -> bool:
    try:
        _start(command, home)
    except MissingError as reason:
        print(f"startup: {command.program} left out: {reason}", file=sys.stderr)
        return False
    return True


def _start(command: _Command, home: Path) -> float:
    with Session(command.argv, home, cwd=ROOT) as session:
        return session.settle(marker=command.marker) * 1000


def _importable() -> list[str]:
    ours = (ROOT / "tui" / "main.py").exists()
    return [label for label, module in _IMPORTS.items() if ours or module != "tui.main"]


def _import(module: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, check=True)
    return (time.perf_counter() - start) * 1000
