"""Words of a text with their places, and the few combinators that the deadline grammar is made of.

A parser is a function that takes a `Reader`, moves it past what it understood and returns a value,
or returns None and leaves the reader where it was (`whole` sees to that).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from office.workdays import WorkCalendar

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\n|\S")
_CHARACTERS = str.maketrans({"ð": "đ", "–": "-", "—": "-", "−": "-", "\u2011": "-"})
_SPELLINGS = {"kì": "kỳ", "quí": "quý", "hàng": "hằng", "mồng": "mùng", "ngàn": "nghìn"}
_NEW_TONE = "oàoáoảoãoạoèoéoẻoẽoẹuỳuýuỷuỹuỵ"
_OLD_TONE = "òaóaỏaõaọaòeóeỏeõeọeùyúyủyũyụy"
_NEW_TO_OLD_TONE = {
    _NEW_TONE[at : at + 2]: _OLD_TONE[at : at + 2] for at in range(0, len(_NEW_TONE), 2)
}

_MOST_OF_A_KIND = 7


class Token(NamedTuple):
    """A word, a number or one other character: folded, as typed, and its place in the text."""

    text: str
    typed: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """`word` in lower case, with one spelling for words that have several."""
    word = word.lower().translate(_CHARACTERS)
    old = _NEW_TO_OLD_TONE.get(word[-2:])
    if old and not word.startswith("qu"):
        word = word[:-2] + old
    return _SPELLINGS.get(word, word)


def scan(text: str) -> list[Token]:
    """The tokens of `text`, which is NFC; a line's end is one too."""
    return [
        Token(fold(match[0]), match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a phrase is said: the day, the hour that hours count from, and the working days.

    `before_inclusive` where the office takes the day of "trước ngày 15/3" as in time. `event_on` is
    the day of the event that the phrase hangs on, once it is known.
    """

    on: date
    at: time
    calendar: WorkCalendar
    before_inclusive: bool = False
    event_on: date | None = None


class Reader:
    """A place in the tokens of `text`, read forwards."""

    __slots__ = ("place", "scene", "text", "tokens", "words")

    def __init__(self, text: str, scene: Scene) -> None:
        self.text = text
        self.tokens = scan(text)
        self.words = [*(token.text for token in self.tokens), ""]
        self.scene = scene
        self.place = 0

    def word(self, ahead: int = 0) -> str:
        """The word here, or `ahead` words on (back, if negative); empty past either end."""
        index = self.place + ahead
        return self.words[index] if 0 <= index < len(self.words) else ""

    def typed(self, ahead: int = 0) -> str:
        """As `word`, but as it was typed."""
        index = self.place + ahead
        return self.tokens[index].typed if 0 <= index < len(self.tokens) else ""

    def skip(self, *words: str) -> bool:
        """Pass the word here if it is one of `words`."""
        if self.words[self.place] in words:
            self.place += 1
            return True
        return False

    def touching(self) -> bool:
        """Whether nothing, not even a space, parts the word here from the one before."""
        tokens, here = self.tokens, self.place
        return 0 < here < len(tokens) and tokens[here - 1].end == tokens[here].start

    def digits(self, most: int) -> int | None:
        """A number in figures from 0 to `most`."""
        word = self.word()
        if not word.isdecimal() or len(word) > 4 or int(word) > most:
            return None
        self.place += 1
        return int(word)


P = ParamSpec("P")
T = TypeVar("T")


def whole(
    parser: Callable[Concatenate[Reader, P], T],
) -> Callable[Concatenate[Reader, P], T]:
    """Make `parser` take all of what it reads or nothing."""

    def read(r: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
        place = r.place
        value = parser(r, *args, **kwargs)
        if value is None:
            r.place = place
        return value

    return read


def repeated(r: Reader, parser: Callable[[Reader], T | None]) -> list[T]:
    """What `parser` reads again and again, up to the most that a phrase has of anything."""
    found: list[T] = []
    while len(found) < _MOST_OF_A_KIND and (value := parser(r)) is not None:
        found.append(value)
    return found


def listed(value: T, phrases: str) -> dict[str, T]:
    """Entries of a lexicon for "one | another", all of which stand for `value`."""
    return dict.fromkeys(phrases.split(" | "), value)


class Lexicon(Generic[T]):
    """Phrases with what each stands for; the longest that fits is read."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[list[str], T]]] = {}
        self.first_words: frozenset[str]
        """The words that a phrase of this lexicon can start with."""
        for phrase, value in entries.items():
            first, *rest = (token.text for token in scan(phrase))
            self._by_first.setdefault(first, []).append((rest, value))
        for choices in self._by_first.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self.first_words = frozenset(self._by_first)

    def read(self, r: Reader) -> T | None:
        after = r.place + 1
        for rest, value in self._by_first.get(r.words[r.place], ()):
            if r.words[after : after + len(rest)] == rest:
                r.place = after + len(rest)
                return value
        return None
