"""What is said of each thing that can be found, line by line.

Nothing of a meeting with a state-secret grade is among it (law 117/2025/QH15), and nothing deleted.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from schema import texts
from schema.search_tables import KINDS, number_of
from schema.store import Store
from schema.viet import initials, nfc

# Days are those of the office's zone, as in the files of `schema.exchange`.
ZONE = "+7 hours"

Held = Mapping[str, AbstractSet[str]]
"""For each table the ids of the rows that must not be found."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it should be found: its day, if it has one, and its lines."""

    day: date | None
    lines: Sequence[str]

    @property
    def content(self) -> str:
        return nfc("\n".join(self.lines))


def drafts(store: Store, kind: int, ids: Iterable[str], held: Held) -> dict[str, Draft]:
    """The documents of a kind with these ids; those that must not be found are not there."""
    return _READERS[kind](store, list(ids), held)


def every_id(store: Store) -> Iterable[tuple[str, int]]:
    """The id and kind of all that might be found."""
    for kind in KINDS:
        table = "text" if kind == "minutes" else kind
        for (id,) in store.connection.execute(f'SELECT id FROM "{table}"'):
            yield id, number_of(kind)


def _rows(store: Store, query: str, ids: Sequence[str]) -> list[Any]:
    return store.connection.execute(query, (json.dumps(ids),)).fetchall()


def _grouped(store: Store, query: str, ids: Sequence[str]) -> dict[str, list[str]]:
    """The texts that belong to each id; a query gives the id, then texts."""
    found: dict[str, list[str]] = {}
    for id, *cells in _rows(store, query, ids):
        if text := ", ".join(cell for cell in cells if cell):
            found.setdefault(id, []).append(text)
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_WITHIN = "IN (SELECT value FROM json_each(?))"


def _minutes(store: Store, ids: Sequence[str], held: Held) -> dict[str, Draft]:
    rows = _rows(
        store,
        "SELECT t.id, t.plain, date(m.starts_at, '" + ZONE + "'), t.plain_upto <"
        " (SELECT coalesce(max(u.seq), 0) FROM text_update u WHERE u.text = t.id)"
        " FROM text t JOIN meeting m ON m.id = t.id WHERE t.deleted_at IS NULL"
        f" AND m.deleted_at IS NULL AND t.id {_WITHIN}",
        ids,
    )
    found = {}
    for id, plain, day, behind in rows:
        if id not in held["meeting"]:
            text = texts.plain_text(store, id) if behind else plain
            found[id] = Draft(_day(day), text.split("\n"))
    return found


def _meetings(store: Store, ids: Sequence[str], held: Held) -> dict[str, Draft]:
    agenda = _grouped(
        store,
        "SELECT meeting, title, presenter FROM agenda_item WHERE deleted_at IS NULL"
        f" AND meeting {_WITHIN} ORDER BY position, id",
        ids,
    )
    rows = _rows(
        store,
        "SELECT m.id, date(m.starts_at, '" + ZONE + "'), m.title, m.place, p.name, u.name, m.note"
        " FROM meeting m LEFT JOIN person p ON p.id = m.chair LEFT JOIN unit u ON u.id = m.host"
        f" WHERE m.deleted_at IS NULL AND m.id {_WITHIN}",
        ids,
    )
    return {
        id: Draft(_day(day), _said([*cells, *agenda.get(id, ())]))
        for id, day, *cells in rows
        if id not in held["meeting"]
    }


def _followups(store: Store, ids: Sequence[str], held: Held) -> dict[str, Draft]:
    names = dict(store.connection.execute("SELECT id, name FROM unit").fetchall())
    sources = _grouped(
        store,
        "SELECT followup, number, issuer, excerpt FROM followup_source WHERE deleted_at IS NULL"
        f" AND followup {_WITHIN} ORDER BY id",
        ids,
    )
    notes: dict[str, list[str]] = {}
    for followup, id, note in _rows(
        store,
        f"SELECT followup, id, note FROM followup_event WHERE note <> '' AND followup {_WITHIN}"
        " ORDER BY at, id",
        ids,
    ):
        if id not in held["followup_event"]:
            notes.setdefault(followup, []).append(note)
    rows = _rows(
        store,
        "SELECT f.id, coalesce(date(m.starts_at, '"
        + ZONE
        + "'), date(f.created_at, '"
        + ZONE
        + "')),"
        " f.lead, f.coordinating, f.work, f.product, f.accountable, f.monitor, f.authority,"
        " f.due_text, f.due_event, f.line, f.role FROM followup f"
        " LEFT JOIN meeting m ON m.id = f.meeting"
        f" WHERE f.deleted_at IS NULL AND f.id {_WITHIN}",
        ids,
    )
    found = {}
    for id, day, lead, coordinating, work, *cells, role in rows:
        if id not in held["followup"]:
            units = [names.get(unit, "") for unit in (lead, *coordinating.split("\n"))]
            said = [work, *units, *cells, *sources.get(id, ()), *notes.get(id, ())]
            if role == "part":  # the rest is said of the whole, and found there
                said = [*units, *notes.get(id, ())]
            found[id] = Draft(_day(day), _said(said))
    return found


def _units(store: Store, ids: Sequence[str], _: Held) -> dict[str, Draft]:
    rows = _rows(
        store,
        f"SELECT id, name, abbr, aliases FROM unit WHERE deleted_at IS NULL AND id {_WITHIN}",
        ids,
    )
    found = {}
    for id, name, abbr, aliases in rows:
        names = _said([name, abbr, *aliases.split("\n")])
        found[id] = Draft(None, _said([*names, *map(initials, names)]))
    return found


def _persons(store: Store, ids: Sequence[str], _: Held) -> dict[str, Draft]:
    posts = _grouped(
        store,
        "SELECT p.person, p.title, u.name FROM post p LEFT JOIN unit u ON u.id = p.unit"
        f" WHERE p.deleted_at IS NULL AND p.person {_WITHIN}"
        " ORDER BY p.starts_on DESC, p.id",
        ids,
    )
    rows = _rows(
        store,
        "SELECT id, name, phone, email, note FROM person WHERE deleted_at IS NULL"
        f" AND id {_WITHIN}",
        ids,
    )
    return {id: Draft(None, _said([name, *posts.get(id, ()), *cells])) for id, name, *cells in rows}


def _said(cells: Iterable[str | None]) -> list[str]:
    """The texts that say something, each once, on a line of its own."""
    return list(dict.fromkeys(line for cell in cells if cell for line in cell.split("\n") if line))


_READERS: dict[int, Callable[[Store, Sequence[str], Held], dict[str, Draft]]] = {
    number_of("minutes"): _minutes,
    number_of("followup"): _followups,
    number_of("meeting"): _meetings,
    number_of("unit"): _units,
    number_of("person"): _persons,
}
