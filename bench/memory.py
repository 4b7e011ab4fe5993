"""The memory of a running editor."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import text
from bench.opening import LINES
from bench.programs import EDITORS, OURS, Editor
from bench.report import Record, Target
from bench.session import MissingError, Session

_KEYS = 1_000
_AT_ONCE = 20
_MEGABYTE = 1_000_000
TYPED = f"after {_KEYS:,} keys"


@dataclass(frozen=True, slots=True)
class Use(Record):
    """Memory of all processes of the program, in MB (10^6 bytes); PSS shares out shared pages."""

    program: str
    moment: str
    rss_mb: float
    pss_mb: float


def measure(*, quick: bool = False) -> list[Use]:
    """An empty text, the same after typing, and a long text."""
    found: list[Use] = []
    for editor in EDITORS:
        try:
            found += _measure_one(editor, long=not quick)
        except MissingError as reason:
            print(f"memory: {editor.name} left out: {reason}", file=sys.stderr)
    return found


def targets(found: Sequence[Use]) -> list[Target]:
    """The promise for memory."""
    return [
        Target(f"memory {use.moment}, MB", use.rss_mb, 60)
        for use in found
        if use.program == OURS and use.moment == TYPED
    ]


def _measure_one(editor: Editor, *, long: bool) -> list[Use]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Session(editor.open_at_end("", folder), folder) as session:
            session.settle(quiet=0.3)
            found = [_use(editor.name, "empty text", session)]
            keys = text.typed(_KEYS).replace("\n", "\r")
            for start in range(0, _KEYS, _AT_ONCE):
                session.write(keys[start : start + _AT_ONCE].encode())
                session.drain(quiet=0.05)
            found.append(_use(editor.name, TYPED, session))
    if long:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with Session(editor.open_at_end(text.document(LINES), folder), folder) as session:
                session.settle(quiet=0.3)
                found.append(_use(editor.name, f"{LINES:,} lines", session))
    return found


def _use(program: str, moment: str, session: Session) -> Use:
    memory = session.memory()
    return Use(program, moment, memory.rss / _MEGABYTE, memory.pss / _MEGABYTE)
