"""Finding minutes, follow-ups, meetings, units and people by what is said of them.

Public entrance: `search(store, Query)`. The index is kept by
`schema.search_index`; what it has not seen yet is not found.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from schema.conditions import Where
from schema.search_entries import Kept, kept
from schema.search_hits import Hit, name_hits
from schema.search_index import index_trouble, waiting
from schema.search_query import Term, expression, terms, together, whole
from schema.search_ranking import best_line, score_of
from schema.search_tables import (
    ENTRY_BITS,
    KEYS,
    KINDS,
    LAST_DAY,
    day_at,
    day_number,
    documents_between,
    number_of,
)
from schema.search_words import pairs
from schema.secrecy import withheld
from schema.store import Store

LIMIT = 100
# Of each kind so many are weighed against each other, the newest of those that answer best. More
# answer only to words that say little, where the newest are as good as any.
WEIGHED: Mapping[str, int] = {
    "minutes": 120,
    "followup": 80,
    "meeting": 60,
    "unit": 40,
    "person": 40,
}
# Of two that answer alike the later comes first; one a year earlier has half of this.
_LATER, _HALF_DAYS = 0.5, 365
# Who looks for a name wants what bears it.
_BY_NAME: Mapping[str, float] = {"unit": 0.6, "person": 0.6, "meeting": 0.3}


@dataclass(frozen=True, slots=True)
class Query:
    """What to find: `words` as they are typed; while somebody is `typing`, the last is a beginning.

    None of the words of `without` may be there. `kinds` are of `KINDS`. `first` and `last` are
    days, both included: of the meeting, or on which a follow-up came up. `followups` is a condition
    on follow-ups; `meetings` and `units` (ids) ask that minutes and meetings be among them, or held
    or attended by them, and that people have a post there. None asks for nothing.
    """

    words: str
    typing: bool = False
    without: str = ""
    kinds: AbstractSet[str] = frozenset(KINDS)
    first: date | None = None
    last: date | None = None
    followups: Where | None = None
    meetings: Sequence[str] | None = None
    units: Sequence[str] | None = None


def search(store: Store, query: Query, limit: int = LIMIT) -> list[Hit]:
    """What answers, best first; where no word is asked for, the newest that the rest of the query
    holds for. Raises ThukyError where the database cannot be read."""
    found = terms(query.words, typing=query.typing)
    if not found and query == Query(query.words, typing=query.typing):
        return []
    with index_trouble(store), store.snapshot():
        find = _answers if found else _newest
        answers = [
            answer
            for kind in KINDS
            if kind in query.kinds
            for answer in find(store, query, kind, found)
        ]
        if answers or query.typing or not found:
            answers.sort(key=lambda answer: (-answer.score, -answer.document.id, answer.key))
            held = withheld(store) if waiting(store) else {}
            return name_hits(store, [answer.hit(found) for answer in answers[:limit]], held)
    # No such word: perhaps one that begins so.
    return search(store, replace(query, typing=True), limit)


def _newest(store: Store, query: Query, kind: str, _: Sequence[Term]) -> Iterator["_Answer"]:
    """The documents of a kind, the newest of them, as if their first line answered."""
    ids = _documents(kind, query.first, query.last)
    among, values = _among(query, kind, "id")
    newest = f"id >= ? AND id < ?{among} ORDER BY id DESC LIMIT ?"
    for document in kept(store, newest, ids.start, ids.stop, *values, WEIGHED[kind]):
        day = day_at(document.id)
        yield _Answer(document, document.keys[0], float(day.toordinal()) if day else 0.0)


def _candidates(store: Store, query: Query, kind: str, found: Sequence[Term]) -> list[int]:
    """The entries of a kind that are worth a closer look: first where the words stand together,
    then where all of them are, then where the last of them is only begun; of each the newest."""
    ids = _documents(kind, query.first, query.last)
    among, values = _among(query, kind, f"rowid >> {ENTRY_BITS}")
    sql = (
        "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid >= ? AND rowid < ?"
        f"{among} ORDER BY rowid DESC LIMIT ?"
    )
    without = [one for term in terms(query.without) if (one := expression(store, [term]))]
    unless = "".join(f" NOT ({one})" for one in without)
    most = WEIGHED[kind] if len(query.kinds) > 1 else max(WEIGHED.values())
    candidates: dict[int, None] = {}
    for wanted in _rounds(found):
        if len(candidates) < most and (words := expression(store, wanted)):
            rows = store.connection.execute(
                sql,
                (
                    f"({words}){unless}",
                    ids.start << ENTRY_BITS,
                    ids.stop << ENTRY_BITS,
                    *values,
                    most,
                ),
            )
            candidates |= dict.fromkeys(rowid for (rowid,) in rows)
    return list(candidates)


def _rounds(found: Sequence[Term]) -> Iterator[Sequence[Term]]:
    complete = [whole(term) for term in found]
    if len(found) > 1:
        yield [together(complete)]
    yield complete
    if any(term[-1].beginning for term in found):
        if len(found) > 1 and not any(term[-1].beginning for term in found[:-1]):
            yield [together(found)]
        yield found


def _documents(kind: str, first: date | None, last: date | None) -> range:
    """The ids that documents of a kind and of some days may have; what has no day is of none."""
    start = day_number(first) if first else int(last is not None)
    return documents_between(number_of(kind), start, day_number(last) if last else LAST_DAY)


_HELD_OR_ATTENDED = """SELECT id FROM meeting WHERE host IN (SELECT value FROM json_each(?))
    UNION SELECT meeting FROM attendance
    WHERE deleted_at IS NULL AND unit IN (SELECT value FROM json_each(?))"""
_THESE = "SELECT value FROM json_each(?)"
_POSTED = """SELECT person FROM post
    WHERE deleted_at IS NULL AND unit IN (SELECT value FROM json_each(?))"""


def _among(query: Query, kind: str, document: str) -> tuple[str, tuple[str, ...]]:
    """What a query asks of the rows of a kind, as SQL about the id of a `document`, with values."""
    asked: list[tuple[str, tuple[str, ...]]] = []
    units = None if query.units is None else json.dumps(list(query.units))
    if kind == "followup" and query.followups:
        where = query.followups
        asked.append((f"SELECT id FROM followup WHERE {where.sql}", where.values))
    if query.meetings is not None and kind != "followup":
        asked.append((_THESE, (json.dumps(list(query.meetings)),)))
    if units is not None:
        match kind:
            case "minutes" | "meeting":
                asked.append((_HELD_OR_ATTENDED, (units, units)))
            case "person":
                asked.append((_POSTED, (units,)))
            case "unit":
                asked.append((_THESE, (units,)))
    ids = documents_between(number_of(kind))
    sql = "".join(
        f" AND {document} IN (SELECT id FROM search_document"
        f" WHERE id >= {ids.start} AND id < {ids.stop} AND row IN ({these}))"
        for these, _values in asked
    )
    return sql, tuple(value for _these, values in asked for value in values)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An entry that answers."""

    document: Kept
    key: int
    score: float

    def hit(self, found: Sequence[Term]) -> Hit:
        document = self.document
        kind = KINDS[document.kind - 1]
        first, lines = document.lines_of(self.key)
        line, spans = best_line(found, lines) if found else (0, ())
        return Hit(
            kind=kind,
            id=document.row,
            text=lines[line],
            spans=spans,
            score=round(self.score, 3) if found else 0.0,
            line=first + line if kind == "minutes" else None,
            day=day_at(document.id),
        )


def _answers(store: Store, query: Query, kind: str, found: Sequence[Term]) -> Iterator[_Answer]:
    today = date.fromisoformat(store.now()[:10])
    keys: dict[int, list[int]] = {}
    for rowid in _candidates(store, query, kind, found):
        keys.setdefault(rowid >> ENTRY_BITS, []).append(rowid % KEYS)
    ids = json.dumps(list(keys))
    for document in kept(store, "id IN (SELECT value FROM json_each(?))", ids):
        day = day_at(document.id)
        more = _BY_NAME.get(kind, 0.0)
        if day:
            more += _LATER * 0.5 ** (max((today - day).days, 0) / _HALF_DAYS)
        for key in keys[document.id]:
            _, lines = document.lines_of(key)
            if (score := score_of(found, pairs("\n".join(lines)))) is not None:
                yield _Answer(document, key, score + more)
