"""What can be said of one follow-up beyond its cells: what the rules suggest for it, what its
deadline comes to in days, and its line in the minutes as that stands now.

Importing it takes a while (the readers): never at a start.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from office.conclusions import is_near, words_of
from office.known import Known
from office.language.lexicon import LEXICON
from office.language.tokens import tokens
from office.lateness import last_day
from office.reading.suggest import head_of
from schema import texts
from schema.records import Followup
from schema.store import Store

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDays:
    """A deadline in days. `last_ok` is the last day in time and `last_working` the last working
    day up to it; `provisional` where that year's days off are not announced yet. `next` is the one
    after, of a deadline that recurs."""

    last_ok: date
    last_working: date
    provisional: bool
    next: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """`suggested` has values by the names of cells. `doubt` says (msgid) why the words of the
    deadline should be looked at again. `line` is None where there is no such line."""

    suggested: dict[str, str]
    due: DueDays | None
    doubt: str
    line: str | None


def details(store: Store, followup: Followup, known: Known, on: date, lead: str) -> Details:
    """Of a follow-up whose words were said `on` a day and whose lead unit is called `lead`."""
    return Details(
        suggested(followup, known, on, lead),
        due_days(followup, known),
        _doubt(followup, known, on),
        line_now(store, followup),
    )


def suggested(followup: Followup, known: Known, on: date, lead: str) -> dict[str, str]:
    """What the office's usual ways would fill in, by the names of cells; none that is filled in."""
    work = followup.work[:1].lower() + followup.work[1:]
    words = followup.line or f"Giao {lead or 'Văn phòng'} {work}"
    reading = known.read(words, on)
    found = {"authority": known.rules.signer, "monitor": known.rules.monitor, **reading.suggested}
    if reading.product:
        found["product"] = reading.product.excerpt.text
    if lead:
        found["accountable"] = head_of(lead)
    if hit := LEXICON.longest(tokens(followup.product), 0):
        found["authority"] = known.rules.signers.get(hit[1].paper, known.rules.signer)
    return {name: value for name, value in found.items() if not getattr(followup, name, "-")}


def due_days(followup: Followup, known: Known) -> DueDays | None:
    """None where the deadline is no day, or none that can be read."""
    last_ok = last_day(followup)
    if last_ok is None:
        return None
    again = known.due(followup.due_text, last_ok + _DAY) if followup.recurrence else None
    return DueDays(
        last_ok,
        known.calendar.on_or_before(last_ok),
        known.calendar.is_provisional(last_ok),
        again.date if again and again.date and again.date > last_ok + _DAY else None,
    )


def _doubt(followup: Followup, known: Known, on: date) -> str:
    """Only of words that still say the day that is kept: another was written by hand."""
    if not followup.due_text or followup.due_meeting:
        return ""
    read = known.due(followup.due_text, on)
    same = (read.date.isoformat() if read.date else None) == followup.due
    return read.problem or "" if same and read.ask else ""


def line_now(store: Store, followup: Followup) -> str | None:
    """The words of the line in the minutes that a follow-up is tied to, as they stand now."""
    if not followup.meeting or not followup.anchor:
        return None
    document = texts.load(store, followup.meeting).document
    found = document.find(followup.anchor)
    if found is None:
        return None
    text = document.text
    start = text.rfind("\n", 0, found.at) + 1
    words = words_of(text[start:].partition("\n")[0])
    return None if found.gone and not is_near(words, followup.line) else words
