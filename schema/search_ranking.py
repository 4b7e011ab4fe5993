"""How well a text answers, and where in it the words are.

All words that are looked for are in each text, so what FTS5's bm25 tells texts apart by, how rare a
word is, is the same for all; what is left of it is that a short text says more by a word than a
long one. In Vietnamese, where a word is of several syllables, more is said by their standing
together. So: near each other first, then as they were typed, marks and all, then the shorter.
"""

from bisect import bisect_left
from collections.abc import Sequence

from schema.search_query import Term, Wanted
from schema.search_words import begins, words

NEAR, EXACT, WHOLE, SHORT = 4.0, 3.0, 2.0, 1.0
# In another order than typed, words are so near.
_ELSEWISE = 0.8
# A text of so many words counts half as short as one of none.
_USUAL_WORDS = 25

Pair = tuple[str, str]
Spans = Sequence[tuple[int, int]]


def score_of(terms: Sequence[Term], there: Sequence[Pair]) -> float | None:
    """From 0 to 10 for a text of these words (exact, folded); None where some term is not in it."""
    places = _places(terms, there)
    if places is None:
        return None
    chosen = _nearest(places) if len(places) > 1 else [places[0][0]]
    exact = complete = count = last = 0
    for at, term in zip(chosen, terms, strict=True):
        count += len(term)
        last = max(last, at + len(term))
        for wanted, (written, folded) in zip(term, there[at : at + len(term)], strict=True):
            exact += wanted.exact == written
            complete += wanted.folded == folded
    near = min(1.0, count / (last - min(chosen)))
    return (
        NEAR * (near if chosen == sorted(chosen) else near * _ELSEWISE)
        + EXACT * exact / count
        + WHOLE * complete / count
        + SHORT * _USUAL_WORDS / (_USUAL_WORDS + len(there))
    )


def best_line(terms: Sequence[Term], lines: Sequence[str]) -> tuple[int, Spans]:
    """Of lines of NFC text that answer, the first that says most of what was looked for, and the
    characters in it that do."""
    text = "\n".join(lines)
    there = list(words(text))
    places = _places(terms, [(word.exact, word.folded) for word in there]) or []
    marked = sorted(
        {
            at + n
            for term, found in zip(terms, places, strict=True)
            for at in found
            for n in range(len(term))
        }
    )
    spans: list[tuple[int, int]] = []
    for place in marked:
        word = there[place]
        if spans and text[spans[-1][1] : word.start] == " ":
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    found, start = [], 0
    for line in lines:
        end = start + len(line)
        found.append([(one - start, other - start) for one, other in spans if start <= one < end])
        start = end + 1
    best = max(range(len(lines)), key=lambda at: sum(other - one for one, other in found[at]))
    return best, found[best]


def _places(terms: Sequence[Term], there: Sequence[Pair]) -> list[list[int]] | None:
    """For each term where it stands; None where one does not."""
    places = []
    for first, *rest in terms:
        found = _word_places(first, there)
        for after, word in enumerate(rest, start=1):
            follow = {at - after for at in _word_places(word, there)}
            found = [at for at in found if at in follow]
        if not found:
            return None
        places.append(found)
    return places


def _word_places(wanted: Wanted, there: Sequence[Pair]) -> list[int]:
    # This runs for every word of every text that is weighed.
    column, word = (0, wanted.exact) if wanted.marked else (1, wanted.folded)
    if not wanted.beginning:
        return [at for at, pair in enumerate(there) if pair[column] == word]
    if not wanted.marked:
        return [at for at, (_, folded) in enumerate(there) if folded.startswith(word)]
    bare = wanted.folded
    return [
        at
        for at, (exact, folded) in enumerate(there)
        if folded.startswith(bare) and begins(exact, word)
    ]


def _nearest(places: Sequence[Sequence[int]]) -> list[int]:
    """One place for each term, near those of the others: around each place of the rarest term."""
    rarest = min(places, key=len)
    return min(
        ([_closest(found, start) for found in places] for start in rarest),
        key=lambda chosen: max(chosen) - min(chosen),
    )


def _closest(found: Sequence[int], start: int) -> int:
    at = bisect_left(found, start)
    return min(found[max(at - 1, 0) : at + 1], key=lambda place: abs(place - start))
