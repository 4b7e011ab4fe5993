"""Finding minutes, follow-ups, meetings, units and people by what is said of them.

Public entrance: `search(store, Query)`. The index is kept by `schema.search_index`; what it has not
seen yet is not found.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from schema.conditions import Where
from schema.search_candidates import Keys, candidates, newest
from schema.search_entries import Kept, kept
from schema.search_hits import Hit, name_hits
from schema.search_index import index_trouble, waiting
from schema.search_query import Term, terms
from schema.search_ranking import best_line, score_of
from schema.search_scope import Scope
from schema.search_tables import KINDS, day_at
from schema.search_words import pairs
from schema.secrecy import withheld
from schema.store import Store

LIMIT = 60
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
        scope = Scope(store, query)
        keys = candidates(store, scope, found, query.without) if found else newest(scope)
        if not keys and found and not query.typing:
            # No such word: perhaps one that begins so.
            found = terms(query.words, typing=True)
            keys = candidates(store, scope, found, query.without, begun=True)
        answers = sorted(
            _answers(store, keys, found),
            key=lambda answer: (-answer.score, -answer.document.id, answer.key),
        )
        held = withheld(store) if waiting(store) else {}
        return name_hits(store, [answer.hit(found) for answer in answers[:limit]], held)


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


def _answers(store: Store, keys: Keys, found: Sequence[Term]) -> Iterator[_Answer]:
    today = date.fromisoformat(store.now()[:10])
    ids = json.dumps(list(keys))
    for document in kept(store, "id IN (SELECT value FROM json_each(?))", ids):
        day = day_at(document.id)
        if not found:
            yield _Answer(document, document.keys[0], float(day.toordinal()) if day else 0.0)
        more = _BY_NAME.get(KINDS[document.kind - 1], 0.0)
        if day:
            more += _LATER * 0.5 ** (max((today - day).days, 0) / _HALF_DAYS)
        for key in keys[document.id]:
            _, lines = document.lines_of(key)
            if (score := score_of(found, pairs("\n".join(lines)))) is not None:
                yield _Answer(document, key, score + more)
