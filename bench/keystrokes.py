"""What a key costs: milliseconds to the last byte of its output, and bytes of output."""

import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench import text
from bench.programs import EDITORS, OURS
from bench.report import Record, Target, percentile
from bench.session import MissingError, Reaction, Session
from tests import unikey
from tests.keystrokes import LEFT

_QUIET = 0.02
_PAUSE = 0.3  # less than the half second in which cursors blink
_ROUND = 20
_LONG = 20_000


@dataclass(frozen=True, slots=True)
class Typing(Record):
    """Figures of one editor in one place of a text; ``silent`` keys caused no output at all."""

    place: str
    program: str
    keys: int
    p50_ms: float
    p99_ms: float
    bytes_a_key: float
    silent: int


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    document: str
    keys: Sequence[bytes]
    lefts: int = 0
    """Presses of the left arrow, from the end of the document to the place."""


@dataclass(slots=True)
class _Run:
    program: str
    session: Session
    reactions: list[Reaction] = field(default_factory=list)


END, FULL, LONG, MIDDLE, UNIKEY = (
    "end of an empty text",
    "end, each line scrolls",
    "end of 20,000 lines",
    "middle of a paragraph",
    "end, through UniKey",
)


def _places(keys: int) -> list[_Place]:
    plain = [unikey.ENTER if char == "\n" else char.encode() for char in text.typed(keys)]
    composed = unikey.keys(text.typed(keys), Random(2026), slips=0.02)[:keys]
    words = [key for key in plain if key != unikey.ENTER]
    middle = len(text.PARAGRAPH) // 2
    return [
        _Place(END, "", plain),
        _Place(FULL, text.document(60), [unikey.ENTER, *plain]),
        _Place(LONG, text.document(_LONG), [unikey.ENTER, *plain]),
        _Place(MIDDLE, f"{text.document(10)}\n{text.PARAGRAPH}", words, lefts=middle),
        _Place(UNIKEY, "", composed),
    ]


def measure(*, quick: bool = False) -> list[Typing]:
    """Types the same keys into each editor, twenty at a time in turn, so that noise hits all."""
    found: list[Typing] = []
    for place in _places(100 if quick else 600):
        print(f"typing: {place.name}", file=sys.stderr)
        with _sessions(place) as runs, no_garbage_collection():
            for start in range(0, len(place.keys), _ROUND):
                for run in _rotated(runs, start // _ROUND):
                    _type(run, place.keys[start : start + _ROUND])
        found += [_figures(place.name, run) for run in runs]
    return found


def targets(found: Sequence[Typing]) -> list[Target]:
    """The promises for typing; on a slower machine the limits grow with nano's own figures."""
    ours = {typing.place: typing for typing in found if typing.program == OURS}
    if not ours:
        return []
    nano = next((typing for typing in found if typing.program == "nano"), None)
    slower_p50 = max(1.0, nano.p50_ms / 0.3) if nano else 1.0
    slower_p99 = max(1.0, nano.p99_ms / 5) if nano else 1.0
    end, middle = ours[END], ours[MIDDLE]
    return [
        Target("p50 at the end of a line, ms", end.p50_ms, 3 * slower_p50),
        Target("p99 at the end of a line, ms", end.p99_ms, 10 * slower_p99),
        Target("bytes a key at the end of a line", end.bytes_a_key, 25),
        Target("the same while lines scroll", ours[FULL].bytes_a_key, 25),
        Target("bytes a key in a paragraph", middle.bytes_a_key, 120),
        Target("p50 in 20,000 lines to p50 in none", ours[LONG].p50_ms / end.p50_ms, 1.3),
    ]


@contextmanager
def _sessions(place: _Place) -> Iterator[list[_Run]]:
    with ExitStack() as stack:
        runs: list[_Run] = []
        for editor in EDITORS:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            try:
                argv = editor.open_at_end(place.document, folder)
                session = stack.enter_context(Session(argv, folder))
                # One that still loads would slow the others down: its last word is waited for.
                last = place.document.split()[-1:] or [editor.marker]
                session.settle(quiet=_PAUSE, marker=last[0])
            except MissingError as reason:
                print(f"  {editor.name} left out: {reason}", file=sys.stderr)
                continue
            session.write(LEFT * place.lefts)
            session.drain(quiet=_PAUSE)
            runs.append(_Run(editor.name, session))
        yield runs


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Keeps the collector of the measuring process out of the figures."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _rotated(runs: list[_Run], by: int) -> list[_Run]:
    by %= max(len(runs), 1)
    return runs[by:] + runs[:by]


def _type(run: _Run, keys: Sequence[bytes]) -> None:
    run.session.drain()  # what came while others had their turn is no key's
    run.reactions += [run.session.press(key, _QUIET) for key in keys]


def _figures(place: str, run: _Run) -> Typing:
    times = [reaction.ms for reaction in run.reactions if reaction.ms is not None]
    return Typing(
        place=place,
        program=run.program,
        keys=len(run.reactions),
        p50_ms=percentile(times, 0.50),
        p99_ms=percentile(times, 0.99),
        bytes_a_key=sum(reaction.bytes for reaction in run.reactions) / len(run.reactions),
        silent=len(run.reactions) - len(times),
    )
