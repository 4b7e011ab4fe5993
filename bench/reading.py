"""Reading conclusions and deadlines: how much is right and how fast, beside `dateparser`.

The labelled texts are those of the tests: shared ones, our own, and those that were written before
the grammar could read them.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import cycle, islice
from typing import Any

from bench.report import Record, Target
from office.deadline import resolve
from office.reading import read
from office.workdays import WorkCalendar, special_days
from schema.seeds import calendar_days
from tests.office.deadline.conftest import EXAMPLES, Example
from tests.office.reading import score

ON = date(2026, 2, 27)
CHARACTERS = 10_000
_CALENDAR = WorkCalendar(special_days(calendar_days()))
_SENTENCES = {
    "shared": score.SHARED,
    "our own": score.OWN,
    "held out": score.HELD_OUT,
    "of notices": score.NOTICES,
    "late": score.LATE,
}


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """What one reader makes of some texts: ``right`` is the share of answers, in per cent.

    ``ms_for_10000`` is the time of the processor for a text of 10,000 characters at once, 0 where
    the reader takes phrases alone.
    """

    reader: str
    texts: str
    answers: int
    right: float
    a_second: float
    ms_for_10000: float


def measure(*, quick: bool = False) -> list[Reading]:
    """Phrases by `due` and by `dateparser`, then sentences by `read`."""
    rounds = 1 if quick else 5
    found = [_due(rounds), _due(rounds, date_alone=True)]
    other = _dateparser(rounds)
    return [*found, *([other] if other else []), *_read(rounds)]


def targets(found: Sequence[Reading]) -> list[Target]:
    """The promises for what is read, as misses, and for the time of a long text."""
    promises = [
        Target(f"{each.reader}, {each.texts} texts, misses in %", 100 - each.right, 5.0)
        for each in found
        if each.reader in ("thuky read", "thuky due")
    ]
    slowest = max(each.ms_for_10000 for each in found)
    return [*promises, Target("10,000 characters read, ms", slowest, 50.0)]


def _due(rounds: int, *, date_alone: bool = False) -> Reading:
    right = sum(
        _answer(example)["date"] == example.deadline["date"]
        if date_alone
        else _answer(example) == example.deadline
        for example in EXAMPLES
    )
    taken = _seconds(lambda: [_answer(example) for example in EXAMPLES], rounds)
    name = "thuky due, the date alone" if date_alone else "thuky due"
    count = len(EXAMPLES)
    return Reading(name, "phrases", count, 100 * right / count, count / taken, 0.0)


def _answer(example: Example) -> dict[str, Any]:
    return dict(resolve(example.phrase, example.on, _CALENDAR).to_json())


def _dateparser(rounds: int) -> Reading | None:
    """The same phrases by a general reader of dates, of which only the day is asked."""
    try:
        import dateparser  # type: ignore[import-untyped]
    except ImportError as reason:
        print(f"reading: dateparser left out: {reason}", file=sys.stderr)
        return None

    def day(example: Example) -> str | None:
        found = dateparser.parse(
            example.phrase,
            languages=["vi"],
            settings={
                "RELATIVE_BASE": datetime.combine(example.on, datetime.min.time()),
                "PREFER_DATES_FROM": "future",
                "DATE_ORDER": "DMY",
            },
        )
        return found.date().isoformat() if found else None

    right = sum(day(example) == example.deadline["date"] for example in EXAMPLES)
    taken = _seconds(lambda: [day(example) for example in EXAMPLES], rounds)
    count = len(EXAMPLES)
    return Reading("dateparser, the date", "phrases", count, 100 * right / count, count / taken, 0)


def _read(rounds: int) -> list[Reading]:
    found = []
    for name, path in _SENTENCES.items():
        result = score.score(path)
        texts = [row["text"] for row in json.loads(path.read_text("utf-8"))["sentences"]]
        long = " ".join(islice(cycle(texts), CHARACTERS // 50))[:CHARACTERS]
        taken = _seconds(partial(_each, texts), rounds)
        at_once = _seconds(partial(_one, long), 3 * rounds)
        found.append(
            Reading(
                "thuky read",
                name,
                result.asked.total(),
                100 * result.share,
                len(texts) / taken,
                1000 * at_once,
            )
        )
    return found


def _each(texts: Sequence[str]) -> None:
    for text in texts:
        _one(text)


def _one(text: str) -> object:
    return read(text, ON, score.units(), _CALENDAR)


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """The least time of the processor, after one round that warms up."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)
