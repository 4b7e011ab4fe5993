"""What is worth a closer look: the newest of what answers best.

Public entrance: `candidates`, `newest`.
"""

from collections.abc import Iterator, Mapping, Sequence

from schema.search_query import Term, expression, terms, together, whole
from schema.search_scope import Scope
from schema.search_tables import ENTRY_BITS, KEYS
from schema.store import Store

# Of each kind so many are weighed against each other. More answer only to words that say little,
# where the newest are as good as any.
MOST: Mapping[str, int] = {
    "minutes": 100,
    "followup": 80,
    "meeting": 60,
    "unit": 40,
    "person": 40,
}

Keys = dict[int, list[int]]
"""Entries to look at: the keys of some, by the id of their document."""


def candidates(
    store: Store, scope: Scope, found: Sequence[Term], without: str = "", *, begun: bool = False
) -> Keys:
    """First where the words stand together, then where all of them are, then where the last of them
    is only begun; of each the newest. `begun`: it is known to be no whole word."""
    unwanted = [one for term in terms(without) if (one := expression(store, [term]))]
    unless = "".join(f" NOT ({one})" for one in unwanted)
    chosen: dict[str, dict[int, None]] = {kind: {} for kind in scope.kinds}
    for wanted in (*(() if begun else _whole_rounds(found)), *_begun_rounds(found)):
        hungry = [kind for kind, some in chosen.items() if len(some) < _most(scope, kind)]
        words = expression(store, wanted)
        if not hungry or not words:
            continue
        words = f"({words}){unless}"
        # To find that there is nothing takes FTS5 as long in each kind as in all of them.
        if not _matching(store, words, "TRUE", 1):
            continue
        for kind in hungry:
            if entries := scope.entries(kind):
                condition, values = entries
                some = _matching(store, words, condition, _most(scope, kind), *values)
                chosen[kind] |= dict.fromkeys(some)
    keys: Keys = {}
    for rowids in chosen.values():
        for rowid in rowids:
            keys.setdefault(rowid >> ENTRY_BITS, []).append(rowid % KEYS)
    return keys


def newest(scope: Scope) -> Keys:
    """The newest documents, where no words are asked for."""
    return {id: [] for kind in scope.kinds for id in scope.newest(kind, _most(scope, kind))}


def _most(scope: Scope, kind: str) -> int:
    return MOST[kind] if len(scope.kinds) > 1 else max(MOST.values())


def _matching(
    store: Store, words: str, condition: str, most: int, *values: str | int
) -> Sequence[int]:
    rows = store.connection.execute(
        f"SELECT rowid FROM search_index WHERE search_index MATCH ? AND {condition}"
        " ORDER BY rowid DESC LIMIT ?",
        (words, *values, most),
    )
    return [rowid for (rowid,) in rows]


def _whole_rounds(found: Sequence[Term]) -> Iterator[Sequence[Term]]:
    complete = [whole(term) for term in found]
    if len(found) > 1:
        yield [together(complete)]
    yield complete


def _begun_rounds(found: Sequence[Term]) -> Iterator[Sequence[Term]]:
    *before, last = found
    if not any(term[-1].beginning for term in found):
        return
    if not before or any(term[-1].beginning for term in before):
        yield found
        return
    # After other words, one letter is better looked for among what these have found than as the
    # hundreds of words that begin with it.
    alone = len(last) == 1 and len(last[-1].folded) == 1
    yield [together(before if alone else found)]
    yield before if alone else found
