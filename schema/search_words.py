"""Words as search knows them: where they are in a text, as they are written, and without marks.

`exact` is lower case with its tone mark after the letters, so that hoà and hòa are one word and hoa
another; `folded` has no marks at all. Both sides of a search, what is kept and what is typed, come
through here, so FTS5 itself only has to part words at blanks.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from schema.viet import fold, nfc

LONGEST = 100
"""Letters of a word that count."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, from `start` to `end` in its NFC form."""

    exact: str
    folded: str
    start: int
    end: int

    @property
    def marked(self) -> bool:
        return self.exact != self.folded


def words(text: str) -> Iterator[Word]:
    """The words of `nfc(text)`: letters and digits; all else stands between words."""
    for found in _WORD.finditer(nfc(text)):
        exact, folded = forms(found[0])
        yield Word(exact, folded, found.start(), found.end())


def pairs(text: str) -> list[tuple[str, str]]:
    """The words of a text, each as (exact, folded)."""
    return [forms(word) for word in _WORD.findall(nfc(text))]


@lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, str]:
    """One word as (exact, folded)."""
    word = word.lower()
    if word.isascii():
        return word[:LONGEST], word[:LONGEST]
    letters, tones = apart(nfc(word).replace("ð", "đ"))
    exact = letters[:LONGEST] + tones[:LONGEST]
    # Folding takes some letters of other scripts apart.
    return exact, (nfc(fold(letters)) or letters)[:LONGEST]


def apart(word: str) -> tuple[str, str]:
    """A word's letters and its tone marks."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in decomposed if char in TONES)
    return nfc("".join(char for char in decomposed if char not in TONES)), tones


def begins(word: str, typed: str) -> bool:
    """Whether an exact word may become of the exact beginning `typed`, whose tone may be missing
    still."""
    letters, tones = word.rstrip(TONES), typed.rstrip(TONES)
    tone = typed[len(tones) :]
    return letters.startswith(tones) and (not tone or word[len(letters) :] == tone)
