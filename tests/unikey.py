"""The bytes that UniKey, on the secretary's own machine, types for a Vietnamese text.

UniKey knows what it has put on the screen of the current word. A key that only adds its own letter
passes through; a key that changes the word (a mark, a tone, an undo) is swallowed, and k Backspaces
and the corrected letters are typed in its place, in one packet. Rules: Telex and VNI as in any
Vietnamese keyboard: aa aw ee oo ow uw dd, tones s f r x j; or digits 1-9; a key twice undoes.

A stream is a list of packets, one for each key that a person presses.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Method = Literal["telex", "vni"]

ENTER = b"\r"

_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng: VNI 1-5
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_STROKE = "-"  # of đ, which Unicode does not decompose
_VOWELS = "aeiouy"
_TONE_KEYS: dict[Method, str] = {"telex": "sfrxj", "vni": "12345"}
_SHAPE_KEYS: dict[Method, dict[str, str]] = {
    "telex": {
        "aa": _CIRCUMFLEX,
        "ee": _CIRCUMFLEX,
        "oo": _CIRCUMFLEX,
        "aw": _BREVE,
        "ow": _HORN,
        "uw": _HORN,
        "dd": _STROKE,
    },
    "vni": {
        "a6": _CIRCUMFLEX,
        "e6": _CIRCUMFLEX,
        "o6": _CIRCUMFLEX,
        "a8": _BREVE,
        "o7": _HORN,
        "u7": _HORN,
        "d9": _STROKE,
    },
}


def keys(
    text: str,
    rng: Random,
    *,
    method: Method = "telex",
    backspace: bytes = b"\x7f",
    slips: float = 0.05,
) -> list[bytes]:
    """The packets that type ``text`` (made NFC) at a cursor, a line end as Enter.

    ``backspace`` is 0x7f or 0x08. ``slips`` is the chance, at each letter and each word, of a wrong
    letter, a wrong tone, or a whole word deleted and typed again.
    """
    typist = _Typist(rng, method, backspace, slips)
    packets: list[bytes] = []
    for run in _runs(unicodedata.normalize("NFC", text)):
        if isinstance(run, str):
            packets.append(ENTER if run == "\n" else run.encode())
            continue
        if rng.random() < slips:
            packets += typist.word(run)
            packets += [backspace] * len(run)
        packets += typist.word(run)
    return [packet for packet in packets if packet]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter taken apart: ``base`` is ASCII with its case; the marks are combining, or empty."""

    base: str
    shape: str = ""
    tone: str = ""

    @property
    def key(self) -> str:
        return self.base.lower()

    def __str__(self) -> str:
        if self.shape == _STROKE:
            return "đ" if self.base == "d" else "Đ"
        return unicodedata.normalize("NFC", self.base + self.shape + self.tone)


def _take_apart(char: str) -> _Letter | None:
    """None for what UniKey does not compose."""
    if char in "đĐ":
        return _Letter("d" if char == "đ" else "D", _STROKE)
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    shape = "".join(mark for mark in marks if mark in (_CIRCUMFLEX, _BREVE, _HORN))
    tone = "".join(mark for mark in marks if mark in _TONES)
    plain = base.isascii() and base.isalnum() and len(shape) < 2 and len(tone) < 2
    vowel = base.lower() in _VOWELS
    letter = _Letter(base, shape, tone)
    return letter if plain and (vowel or not marks) and str(letter) == char else None


def _runs(text: str) -> Iterator[str | list[_Letter]]:
    """Single characters that UniKey leaves alone, and words: letters of which one has a tone."""
    word: list[_Letter] = []
    for char in text:
        letter = _take_apart(char)
        if word and (not letter or (letter.tone and any(before.tone for before in word))):
            yield word
            word = []
        if letter:
            word.append(letter)
        else:
            yield char
    if word:
        yield word


class _Word:
    """A word on its way to ``letters``: what is shown of it, and the packets that change that."""

    def __init__(self, letters: Sequence[_Letter], backspace: bytes) -> None:
        self._letters = letters
        self._backspace = backspace
        self._shaped: set[int] = set()
        self._toned: int | None = None
        self.bearer = next((at for at, letter in enumerate(letters) if letter.tone), None)
        self.typed = 0
        self.shown = ""

    def letter(self) -> bytes:
        """One letter more; an early tone moves on to its own letter when that is reached."""
        if self._toned is not None and self.typed == self.bearer:
            self._toned = self.bearer
        self.typed += 1
        return self._update()

    def shape(self, at: int) -> bytes:
        """The letter gets its shape; with a horn on u, an o that follows too (one key makes ươ)."""
        self._shaped.add(at)
        after = self._letters[at + 1 : self.typed]
        if self._letters[at].shape == _HORN and after and after[0].shape == _HORN:
            self._shaped.add(at + 1)
        return self._update()

    def tone(self, at: int) -> bytes:
        """The tone appears at a letter, perhaps not yet its own."""
        self._toned = at
        return self._update()

    def show(self, text: str) -> bytes:
        """The packet that turns what is shown into ``text``; empty when it is the same."""
        kept = 0
        while kept < min(len(self.shown), len(text)) and self.shown[kept] == text[kept]:
            kept += 1
        packet = self._backspace * (len(self.shown) - kept) + text[kept:].encode()
        self.shown = text
        return packet

    def waiting(self) -> list[int | None]:
        """What is still plain: letters without their shape, and None for the tone."""
        letters = enumerate(self._letters[: self.typed])
        missing: list[int | None] = [at for at, letter in letters if letter.shape]
        missing = [at for at in missing if at not in self._shaped]
        if self._toned is None and self.bearer is not None:
            missing.append(None)
        return missing

    def _update(self) -> bytes:
        tone = "" if self.bearer is None else self._letters[self.bearer].tone
        return self.show(
            "".join(
                str(
                    _Letter(
                        letter.base,
                        letter.shape if at in self._shaped else "",
                        tone if at == self._toned else "",
                    )
                )
                for at, letter in enumerate(self._letters[: self.typed])
            )
        )


class _Typist:
    """A person who presses keys: marks at once or late, slips now and then."""

    def __init__(self, rng: Random, method: Method, backspace: bytes, slips: float) -> None:
        self._rng = rng
        self._method: Method = method
        self._backspace = backspace
        self._slips = slips

    def word(self, letters: Sequence[_Letter]) -> Iterator[bytes]:
        """Packets, some perhaps empty, that end with the word on the screen."""
        word = _Word(letters, self._backspace)
        at_once = self._rng.choice((0.0, 0.5, 1.0))
        for at, letter in enumerate(letters):
            shape_now = bool(letter.shape) and self._chance(at_once)
            yield from self._wrong_letter(word)
            yield from self._undone(word, letter.key)
            if shape_now and letter.key == "u" and self._method == "telex":
                word.shape(at)  # w alone types ư: no Backspace at all
            yield word.letter()
            if shape_now:
                yield word.shape(at)
            if None in word.waiting():
                own = at == word.bearer
                early = letter.key in _VOWELS and at < (word.bearer or 0) and self._chance(0.2)
                if early or (own and self._chance(at_once)):
                    yield from self._tone(word, at)
        late = word.waiting()
        self._rng.shuffle(late)
        for waiting in late:
            if waiting is not None:
                yield word.shape(waiting)
            elif word.bearer is not None:
                yield from self._tone(word, word.bearer)

    def _chance(self, probability: float) -> bool:
        return self._rng.random() < probability

    def _wrong_letter(self, word: _Word) -> Iterator[bytes]:
        if self._chance(self._slips):
            before = word.shown
            yield word.show(before + self._rng.choice("bcghklmnpqtv"))
            yield word.show(before)

    def _tone(self, word: _Word, at: int) -> Iterator[bytes]:
        letter = _take_apart(word.shown[at])
        if letter and self._chance(self._slips):
            wrong = _Letter(letter.base, letter.shape, self._rng.choice(_TONES))
            yield word.show(word.shown[:at] + str(wrong) + word.shown[at + 1 :])
        yield word.tone(at)

    def _undone(self, word: _Word, key: str) -> Iterator[bytes]:
        """A letter that UniKey takes for a mark: it marks the last letter that it fits.

        The person presses it again, which takes the mark back and types the letter: that packet
        is the next letter's own.
        """
        for at, char in reversed(list(enumerate(word.shown))):
            letter = _take_apart(char)
            marked = self._marked(letter, key) if letter else None
            if marked:
                yield word.show(word.shown[:at] + str(marked) + word.shown[at + 1 :])
                return

    def _marked(self, letter: _Letter, key: str) -> _Letter | None:
        tone = _TONE_KEYS[self._method].find(key)
        if tone >= 0 and letter.key in _VOWELS and not letter.tone:
            return _Letter(letter.base, letter.shape, _TONES[tone])
        shape = _SHAPE_KEYS[self._method].get(letter.key + key)
        return _Letter(letter.base, shape, letter.tone) if shape and not letter.shape else None
