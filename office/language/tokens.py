"""A text as words, and a book of phrases looked up in it.

Words are compared by their key, which minds neither case nor where the tone mark stands: hòa and
hoà, Ủy ban and Uỷ ban are one. Marks and tones themselves count: má, mà and mả stay apart.
"""

import re
from collections.abc import KeysView, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

_WORD = re.compile(r"\w+|[^\w\s]")
# New style hoà, khoẻ, thuỷ; old style hòa, khỏe, thủy. Only open syllables differ.
_OLD_STYLE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip

# Long forms that papers use beside their abbreviation, word by word the same.
_SHORT_FORMS = {
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "mặt trận tổ quốc": "mttq",
    "ban thường vụ": "btv",
    "chỉ huy quân sự": "chqs",
    "quản lý dự án": "qlda",
    "khu công nghiệp": "kcn",
    "ban quản lý": "bql",
}


class Token(NamedTuple):
    """A word or a mark of the text, at code points `start` to `end`."""

    start: int
    end: int
    key: str
    capital: bool
    word: bool


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """What a word is compared by: lower case, the tone mark where the old style has it."""
    lower = word.lower().replace("ð", "đ")
    moved = _OLD_STYLE.get(lower[-2:])
    if moved is None or lower[-3:-2] == "q":
        return lower
    return lower[:-2] + moved


def tokens(text: str) -> list[Token]:
    """The words and marks of an NFC text; a long form such as Ủy ban nhân dân is one token."""
    plain = _plain(text)
    joined: list[Token] = []
    i = 0
    while i < len(plain):
        long = plain[i].key in _LONG_FORMS.first_words
        hit = _LONG_FORMS.longest(plain, i) if long else None
        if hit is None:
            joined.append(plain[i])
            i += 1
        else:
            end, short = hit
            first = plain[i]
            joined.append(Token(first.start, plain[end - 1].end, short, first.capital, True))
            i = end
    return joined


class PhraseBook(Generic[Value]):
    """Phrases with a value each, found in a list of tokens by the longest that fits."""

    def __init__(self) -> None:
        self._root: dict[str, _Node[Value]] = {}

    @property
    def first_words(self) -> KeysView[str]:
        """The keys that a phrase of the book may begin with."""
        return self._root.keys()

    def add(self, phrase: Sequence[str], value: Value) -> None:
        """Keep `value` under the keys of a phrase; the first value given to a phrase stays."""
        if not phrase:
            return
        level = self._root
        for word in phrase[:-1]:
            level = level.setdefault(word, _Node()).next
        last = level.setdefault(phrase[-1], _Node())
        if last.value is None:
            last.value = value

    def longest(
        self,
        words: Sequence[Token],
        at: int,
        *,
        prefix: Sequence[str] = (),
        stop: int | None = None,
    ) -> tuple[int, Value] | None:
        """The end and the value of the longest phrase at `at` that ends by `stop`.

        The phrase is looked up as if the words of `prefix` stood before it.
        """
        level = self._root
        for word in prefix:
            node = level.get(word)
            if node is None:
                return None
            level = node.next
        best: tuple[int, Value] | None = None
        for i in range(at, len(words) if stop is None else stop):
            node = level.get(words[i].key)
            if node is None:
                break
            if node.value is not None:
                best = (i + 1, node.value)
            level = node.next
        return best


class _Node(Generic[Value]):
    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.value: Value | None = None


def phrase(words: str) -> list[str]:
    """The keys of a phrase, as `tokens` cuts a text."""
    return [token.key for token in tokens(words)]


def _plain(text: str) -> list[Token]:
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        found.append(
            Token(match.start(), match.end(), key(word), word[0].isupper(), word[0].isalnum())
        )
    return found


_LONG_FORMS: PhraseBook[str] = PhraseBook()
for _long, _short in _SHORT_FORMS.items():
    _LONG_FORMS.add([token.key for token in _plain(_long)], _short)
