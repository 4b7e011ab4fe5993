"""From a reading to the cells of a follow-up."""

from collections.abc import Mapping, Sequence
from typing import Any

from office.deadline import Deadline
from office.names import Kind, Mention
from office.reading.model import Reading


def cells_of(reading: Reading, successors: Mapping[str, str]) -> dict[str, Any]:
    """What a reading states, as cells of a follow-up; what it leaves open is not among them.

    `successors` has, for each unit that was merged, the id of the one that has its duties now. Only
    a unit of the table can lead or coordinate. What is merely suggested is left out.
    """
    cells: dict[str, Any] = {}
    if lead := _units(reading.lead, successors)[:1]:
        cells["lead"] = lead[0]
    if others := [u for u in _units(reading.coordinating, successors) if u not in lead]:
        cells["coordinating"] = "\n".join(others)
    if reading.work:
        cells["work"] = reading.work.text
    if reading.product:
        cells["product"] = reading.product.excerpt.text
    if reading.accountable and reading.accountable_stated:
        cells["accountable"] = reading.accountable.text
    if reading.monitor:
        cells["monitor"] = reading.monitor.name
    if reading.authority:
        cells["authority"] = reading.authority.name
    if found := reading.deadline:
        cells |= deadline_cells(found.phrase, found.deadline)
    return cells


def deadline_cells(phrase: str, deadline: Deadline) -> dict[str, Any]:
    """A deadline and its words as cells of a follow-up, all of those that belong to it."""
    return {
        "due": deadline.date.isoformat() if deadline.date else None,
        "due_time": deadline.time.strftime("%H:%M") if deadline.time else None,
        "inclusive": int(deadline.inclusive is not False),
        "due_text": phrase,
        "due_kind": deadline.kind,
        "recurrence": deadline.recurrence or "",
        "due_event": deadline.event or "",
    }


def _units(mentions: Sequence[Mention], successors: Mapping[str, str]) -> list[str]:
    ids = [m.unit for m in mentions if m.unit and m.kind in (Kind.UNIT, Kind.POST)]
    return list(dict.fromkeys(successors.get(id, id) for id in ids))
