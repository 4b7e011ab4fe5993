"""Vietnamese text: one form for storing, one for searching, one for sorting.

Sources: Unicode NFC (TCVN 6909:2001); the order of letters and tones is that of ICU's `vi` locale.
"""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: index for index, letter in enumerate(_LETTERS, start=100)}
# ngang, huyền, hỏi, ngã, sắc, nặng
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LINE_BREAK = "\r\n|[\r\x85\u2028\u2029]"
_UNSTORED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
_STROKED = str.maketrans("đĐðÐ", "dDdD")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """`text` from a keyboard, a paste or a file as it may be stored: NFC, lines ended by `\\n`.

    Tabs stay. Every other control character becomes its symbol: nothing is dropped, and nothing is
    left that a terminal would obey or that UTF-8 cannot hold.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return re.sub(_UNSTORED, symbol, re.sub(_LINE_BREAK, "\n", text))


def symbol(match: re.Match[str]) -> str:
    """What stands in for a character that cannot be shown: its control picture, or U+FFFD."""
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return {0x7F: "\u2421", 0x2028: "\u2424", 0x2029: "\u2424"}.get(code, "\ufffd")


def fold(text: str) -> str:
    """Lower case, without any mark, đ as d: what a person types when in a hurry."""
    return text.translate(_FOLDED).lower()


def initials(text: str) -> str:
    """The folded first letters of the words: `stc` for Sở Tài chính."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return "".join(word[0] for word in words)


SortKey = tuple[str, str, str]


def sort_key(text: str) -> SortKey:
    """Orders as ICU's vi does: letters first, tones only between words of the same letters."""
    text = nfc(text)
    lower = text.lower()
    if _COMBINING.search(lower):
        return *_weights(lower), text
    return lower.translate(_LETTER_OF), lower.translate(_TONE_OF), text


def person_key(name: str) -> tuple[SortKey, SortKey]:
    """People are sorted by their given name, which is the last word, then by the rest."""
    rest, _, given = name.strip().rpartition(" ")
    return sort_key(given), sort_key(rest)


def _weights(text: str) -> tuple[str, str]:
    """The places of the letters of a text in lower case, and of their tones, as characters."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text.replace("ð", "đ")):
        if char in _TONES:
            if tones:
                tones[-1] = _TONES[char]
        elif unicodedata.combining(char):
            # The circumflex, breve and horn make letters of their own.
            if letters:
                letters[-1] = _ORDER.get(_composed(letters[-1], char), letters[-1])
        else:
            letters.append(_ORDER.get(char, _other(char)))
            tones.append(0)
    return "".join(map(chr, letters)), "".join(map(chr, tones))


class _Folded(dict[int, str]):
    """For `str.translate`: each character without marks, worked out when it first comes up."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_STROKED))
        self[code] = plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        return plain


_FOLDED = _Folded()


class _Weight(dict[int, str]):
    """For `str.translate`: the weight of each character, worked out when it first comes up."""

    def __init__(self, which: int) -> None:
        self._which = which

    def __missing__(self, code: int) -> str:
        self[code] = weight = _weights(chr(code))[self._which]
        return weight


_LETTER_OF, _TONE_OF = _Weight(0), _Weight(1)
_COMBINING = re.compile("[\u0300-\u036f]")


def _composed(letter: int, mark: str) -> str:
    index = letter - 100
    return nfc(_LETTERS[index] + mark) if 0 <= index < len(_LETTERS) else ""


def _other(char: str) -> int:
    """Spaces and punctuation before digits, digits before letters, other scripts after them."""
    if char.isdigit():
        return 60 + int(unicodedata.digit(char, 0))
    return ord(char) + 1000 if char.isalpha() else min(ord(char), 59)
