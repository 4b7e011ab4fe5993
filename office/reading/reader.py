"""Reading one conclusion sentence: from text to the six points."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from office.deadline import Found, find
from office.language.lexicon import Role
from office.names import Mention, UnitNames
from office.reading.clauses import body
from office.reading.frame import Frame, frames, opens
from office.reading.items import Item, items
from office.reading.model import Excerpt, Nature, Reading
from office.reading.nature import extension, heading, nature
from office.reading.points import monitor, points
from office.reading.splitting import split
from office.reading.suggest import Rules, suggestions
from office.workdays import WorkCalendar
from schema.viet import nfc


def read(
    sentence: str,
    on: date,
    units: UnitNames,
    calendar: WorkCalendar,
    rules: Rules | None = None,
) -> Reading:
    """The six points of a sentence said `on` a day. Any text is read; no text raises.

    A sentence that gives no task says what it is instead. `rules` are the office's usual ways.
    """
    text = nfc(sentence)
    rules = rules or Rules()
    found = find(text, on, calendar, before_inclusive=rules.before_inclusive)
    pieces = items(text, units, found)
    told = [] if heading(text, pieces) else frames(pieces)
    reading = extension(text, pieces, told[0].begin if told else len(pieces))
    if reading is None:
        reading = _tasks(text, pieces, told) if told else Reading(text, nature(pieces))
    reports = any(piece.does(Role.REPORT) for piece in pieces)
    return replace(reading, suggested=suggestions(reading, rules, reports=reports))


def _tasks(text: str, pieces: Sequence[Item], told: Sequence[Frame]) -> Reading:
    first = told[0]
    stated = points(text, pieces, first)
    followed = (monitor(pieces, frame, body(pieces, frame).clauses) for frame in told[1:])
    named: dict[str, Mention] = {}
    for mention in (mention for frame in told for mention in frame.lead):
        named.setdefault(mention.text, mention)
    lead = tuple(named.values())
    deadline = stated.deadline or _elsewhere(pieces, first)
    reading = Reading(
        text,
        Nature.TASK,
        lead=lead,
        coordinating=stated.coordinating,
        work=stated.work,
        product=stated.product,
        deadline=deadline,
        accountable=stated.accountable or _head(lead),
        accountable_stated=stated.accountable is not None,
        monitor=stated.monitor or next((name for name in followed if name), None),
        authority=stated.authority,
        split=split(text, pieces, told),
    )
    if _ongoing(pieces, reading, first):
        # A call to nobody is no task, and has no points.
        return replace(reading, nature=Nature.ONGOING) if lead else Reading(text, Nature.ONGOING)
    return reading


def _head(lead: Sequence[Mention]) -> Excerpt | None:
    return Excerpt(lead[0].start, lead[0].end, lead[0].text) if lead else None


def _elsewhere(pieces: Sequence[Item], frame: Frame) -> Found | None:
    """A deadline said before the task, or shared with the last one."""
    before = next(
        (
            piece.due
            for i, piece in enumerate(pieces[: frame.begin])
            if piece.due is not None and (opens(pieces, i) or pieces[i - 1].does(Role.FINISH))
        ),
        None,
    )
    return before or next((p.due for p in pieces[frame.end :] if p.due is not None), None)


def _ongoing(pieces: Sequence[Item], reading: Reading, frame: Frame) -> bool:
    """Whether a task has no end: nothing to hand over, and said to go on."""
    if reading.deadline or reading.product or reading.authority or reading.work is None:
        return False
    return any(
        piece.does(Role.ONGOING) and piece.start <= reading.work.start
        for piece in pieces[frame.begin : frame.end]
    )
