"""Opening minutes of 20,000 lines, to the settled screen."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import text
from bench.programs import EDITORS
from bench.report import Record, median
from bench.session import MissingError, Session

LINES = 20_000
_LAST = "KẾT-THÚC"


@dataclass(frozen=True, slots=True)
class Opening(Record):
    """Median and greatest time of ``runs`` openings."""

    program: str
    lines: int
    runs: int
    median_ms: float
    greatest_ms: float


def measure(*, quick: bool = False) -> list[Opening]:
    """Opens the same text in each editor, in turn, until its last line is on the screen."""
    runs = 2 if quick else 7
    content = f"{text.document(LINES - 1)}\n{_LAST}"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        commands: dict[str, list[str]] = {}
        for editor in EDITORS:
            try:
                argv = editor.open_at_end(content, home)
                _open(argv, home)
                commands[editor.name] = argv
            except MissingError as reason:
                print(f"open: {editor.name} left out: {reason}", file=sys.stderr)
        times: dict[str, list[float]] = {program: [] for program in commands}
        for _ in range(runs):
            for program, argv in commands.items():
                times[program].append(_open(argv, home))
    return [
        Opening(program, LINES, runs, median(taken), max(taken)) for program, taken in times.items()
    ]


def _open(argv: Sequence[str], home: Path) -> float:
    with Session(argv, home) as session:
        return session.settle(marker=_LAST) * 1000
