"""What was found, and by what a person knows it.

Public entrance: `Hit`, `excerpt`, `name_hits`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schema.search_tables import KINDS
from schema.store import Store

# Characters of an excerpt that stand before what was found.
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `text` is what answered, a line of it, and `spans` are its characters that
    were looked for.

    `kind` is of `KINDS`, `id` that of the row: of the meeting whose minutes it is, too. `line` is
    the number of the line in minutes, from 0. `day` is that of the meeting, or on which a follow-up
    came up; `due` and `state` are a follow-up's, `unit` is the id of its lead.
    """

    kind: str
    id: str
    text: str
    spans: Sequence[tuple[int, int]]
    score: float
    line: int | None = None
    day: date | None = None
    title: str = ""
    meeting: str | None = None
    unit: str | None = None
    state: str = ""
    due: str | None = None


def excerpt(
    text: str, spans: Sequence[tuple[int, int]], length: int
) -> tuple[str, list[tuple[int, int]]]:
    """At most `length` characters of a text with the first that was found in them, and where in
    them what was found is."""
    start = 0
    if spans and spans[0][1] > length - 1:
        first, end = spans[0]
        # With signs of what was left out at both ends.
        start = max(first - min(_BEFORE, length // 4, max(length - (end - first) - 2, 0)), 0)
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    head = "…" if start else ""
    room = length - len(head)
    body = text[start : start + room]
    if start + room < len(text):
        body = body[:-1] + "…"
    shift = len(head) - start
    end = len(head) + len(body)
    inside = [(one + shift, min(other + shift, end)) for one, other in spans if one + shift < end]
    return head + body, inside


def name_hits(
    store: Store, found: Sequence[Hit], held: Mapping[str, AbstractSet[str]]
) -> list[Hit]:
    """The same with their titles and what else a person knows them by, without those that are gone
    or withheld by now."""
    rows: dict[str, dict[str, Sequence[Any]]] = {}
    for kind in KINDS:
        if ids := [hit.id for hit in found if hit.kind == kind]:
            gone = held.get("meeting" if kind == "minutes" else kind, frozenset())
            query = f"{_QUERIES[kind]} IN (SELECT value FROM json_each(?))"
            rows[kind] = {
                id: cells
                for id, *cells in store.connection.execute(query, (json.dumps(ids),))
                if id not in gone
            }
    return [
        _NAMED[hit.kind](hit, rows[hit.kind][hit.id]) for hit in found if hit.id in rows[hit.kind]
    ]


_LIVE = "deleted_at IS NULL AND id"
_QUERIES: Mapping[str, str] = {
    "minutes": f"SELECT id, title FROM meeting WHERE {_LIVE}",
    "meeting": f"SELECT id, title FROM meeting WHERE {_LIVE}",
    "followup": f"SELECT id, work, meeting, lead, state, due FROM followup WHERE {_LIVE}",
    "unit": f"SELECT id, name FROM unit WHERE {_LIVE}",
    "person": f"SELECT id, name FROM person WHERE {_LIVE}",
}


def _meeting(hit: Hit, cells: Sequence[Any]) -> Hit:
    return replace(hit, title=cells[0], meeting=hit.id)


def _followup(hit: Hit, cells: Sequence[Any]) -> Hit:
    work, meeting, lead, state, due = cells
    return replace(hit, title=work, meeting=meeting, unit=lead, state=state, due=due)


def _unit(hit: Hit, cells: Sequence[Any]) -> Hit:
    return replace(hit, title=cells[0], unit=hit.id)


def _person(hit: Hit, cells: Sequence[Any]) -> Hit:
    return replace(hit, title=cells[0])


_NAMED: Mapping[str, Callable[[Hit, Sequence[Any]], Hit]] = {
    "minutes": _meeting,
    "meeting": _meeting,
    "followup": _followup,
    "unit": _unit,
    "person": _person,
}
