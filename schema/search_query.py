"""What a person types to find something, as words to look for, and as FTS5 reads them.

Nothing typed is an operator of FTS5: only the words of a text come through, each in quotes. In
quotes of one's own, words stand together; so do those of one blank-free piece, as in 247/UBND-KGVX.
A word with marks is meant as it is, one without finds every word of those letters. `*` after a word
makes it a beginning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schema.search_words import TONES, begins, pairs
from schema.store import Store
from schema.viet import nfc

MOST_TERMS = 24
"""Terms that are looked for; what follows them is not."""

# A beginning of more words than that stands for the shortest, the nearest to what is typed.
MOST_WORDS = 100
_PIECE = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?(\*?)|([^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is looked for, perhaps only as the beginning of others."""

    exact: str
    folded: str
    beginning: bool = False

    @property
    def marked(self) -> bool:
        return self.exact != self.folded


Term = tuple[Wanted, ...]
"""Words that stand side by side."""


def terms(typed: str, *, typing: bool = False) -> list[Term]:
    """What to look for. While somebody is `typing`, the last word is a beginning unless a blank
    or a quote follows it."""
    found: list[Term] = []
    for piece in _PIECE.finditer(nfc(typed)):
        quoted, starred, bare = piece.groups()
        text = bare if quoted is None else quoted
        term = tuple(Wanted(exact, folded) for exact, folded in pairs(text))
        open_end = typing and bare is not None and piece.end() == len(piece.string)
        if term and (starred or text.endswith("*") or open_end):
            term = (*term[:-1], replace(term[-1], beginning=True))
        if term:
            found.append(term)
    return list(dict.fromkeys(found))[:MOST_TERMS]


def whole(term: Term) -> Term:
    """A term with its last word meant as a whole."""
    return (*term[:-1], replace(term[-1], beginning=False))


def together(found: Sequence[Term]) -> Term:
    """All terms as one, side by side."""
    return tuple(word for term in found for word in term)


def expression(store: Store, found: Sequence[Term]) -> str | None:
    """Terms as FTS5 reads them; None where no word begins as one of them does."""
    parts: list[str] = []
    for term in found:
        *before, last = term
        plain = list(term) if not last.beginning else before
        if len(plain) > 1:
            parts.append(_phrase([word.folded for word in plain]))
            plain = [word for word in plain if word.marked]
        parts += [_phrase([word.exact]) for word in plain]
        if last.beginning:
            if not (grown := _grown(store, last)):
                return None
            parts.append(grown)
    return " AND ".join(dict.fromkeys(parts))


def _phrase(words: Sequence[str]) -> str:
    # A word is letters, digits and marks only.
    return f'"{" ".join(words)}"'


def _grown(store: Store, word: Wanted) -> str:
    """A beginning as the words that it may become."""
    folded = word.folded
    rows = store.connection.execute(
        "SELECT word, folded FROM search_word WHERE folded >= ? AND folded < ?",
        (folded, folded + "\U0010ffff"),
    ).fetchall()
    if word.marked:
        words = {exact for exact, _ in rows if begins(exact, word.exact)}
    else:
        words = {folded for _, folded in rows}
    nearest = sorted(words, key=lambda word: (len(word.rstrip(TONES)), word))[:MOST_WORDS]
    return f"({' OR '.join(_phrase([word]) for word in nearest)})" if nearest else ""
