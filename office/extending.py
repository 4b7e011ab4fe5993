"""An extension that is said in a meeting: which task it may be about.

Nobody but the secretary knows for sure, so that the likeliest are offered, never one taken.
"""

from collections.abc import Sequence
from datetime import date

from office.lateness import last_day
from office.reading import Reading
from schema.conditions import OPEN
from schema.records import Followup
from schema.store import Store
from schema.viet import fold

_MOST = 9
_WORDS_SHARED = 0.34
"""What part of the words of an extension a task has to share where its unit is another."""


def candidates(store: Store, reading: Reading, units: Sequence[str]) -> list[Followup]:
    """Open follow-ups with a deadline before the one that is said, the likeliest first: those that
    one of `units` leads, and those that share words with what is said."""
    to = extended_to(reading)
    words = _words(reading.work.text if reading.work else reading.text)
    found: list[tuple[tuple[bool, float, str], Followup]] = []
    where = f"{OPEN.sql} AND due NOTNULL ORDER BY due DESC, id"
    for followup in store.live(Followup, where, *OPEN.values):
        last = last_day(followup)
        if last is None or (to and last >= to):
            continue
        shared = len(words & _words(f"{followup.work} {followup.product}")) / max(len(words), 1)
        led = followup.lead in units
        if led or shared >= _WORDS_SHARED:
            found.append(((not led, -shared, followup.due or ""), followup))
    found.sort(key=lambda each: each[0])
    return [followup for _, followup in found[:_MOST]]


def extended_to(reading: Reading) -> date | None:
    """The last day in time that is said; None where none is."""
    due = reading.deadline.deadline if reading.deadline else None
    return due.date if due else None


def _words(text: str) -> set[str]:
    return {word for word in fold(text).split() if len(word) > 1}
