"""Whether a text answers to what is typed to find it: without marks, or exactly with them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from schema.viet import fold, initials, nfc

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text made ready, so that many can be looked through at each key."""

    exact: str
    folded: str


def searchable(text: str) -> Searchable:
    exact = nfc(text).lower()
    return Searchable(exact, fold(exact))


class Query:
    """What was typed: each of its words must be in a text, in any order.

    A word with marks is meant as it is, wherever in a syllable the tone stands (hòa is hoà); one
    without finds every word of those letters.
    """

    def __init__(self, typed: str) -> None:
        words = nfc(typed).lower().split()
        self._plain = [word for word in words if fold(word) == word]
        self._marked = [word for word in words if fold(word) != word]
        self._bare = [fold(word) for word in self._marked]
        self._toned = [_tones_last(word) for word in self._marked]

    def finds(self, text: Searchable) -> bool:
        if not all(word in text.folded for word in self._plain):
            return False
        if all(word in text.exact for word in self._marked):
            return True
        # Most texts need no closer look.
        if not all(word in text.folded for word in self._bare):
            return False
        toned = _tones_last(text.exact)
        return all(word in toned for word in self._toned)


def best(typed: str, things: Iterable[tuple[str, T]]) -> list[T]:
    """The things whose title answers, best first: by its start, its initials, its words, the
    initials of later words, some of its letters in order. Nothing typed finds all."""
    query = fold(typed).split()
    ranked = [
        (rank, order, thing)
        for order, (title, thing) in enumerate(things)
        if (rank := _rank(query, title)) is not None
    ]
    return [thing for _rank_, _order, thing in sorted(ranked, key=lambda found: found[:2])]


def _rank(query: list[str], title: str) -> int | None:
    if not query:
        return 0
    folded = " ".join(fold(title).split())
    typed, letters = " ".join(query), "".join(query)
    if folded.startswith(typed):
        return 0
    short = initials(title)
    if short.startswith(letters):
        return 1
    if all(f" {word}" in f" {folded}" for word in query):
        return 2
    if letters in short:
        return 3
    rest = iter(folded)
    return 4 if all(letter in rest for letter in letters) else None


def _tones_last(text: str) -> str:
    """Each tone mark after its syllable instead of on one of its letters."""
    syllables = []
    for syllable in text.split():
        decomposed = unicodedata.normalize("NFD", syllable)
        tones = "".join(char for char in decomposed if char in _TONES)
        letters = "".join(char for char in decomposed if char not in _TONES)
        syllables.append(nfc(letters) + tones)
    return " ".join(syllables)
