"""What a text field must hold after any typing: a naive model, random bursts, ways of arrival."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests import unikey

LEFT, RIGHT, DELETE = b"\x1b[D", b"\x1b[C", b"\x1b[3~"

LETTERS = "abcdđeêghiklmnoôơpqrstuưvxyăâáàảãạấầẩẫậếệốộớợứựýỳĐÂÊÔƠƯẮỞ"
PUNCTUATION = " ,.;:()/%-0123456789"
WORDS = "được tiếng thủy người chắc khuyến nghị ĐƯỜNG Nguyễn Quyết toán office as xoong huỷ"

_ACTIONS = re.compile(r"\x1b\[[DC]|\x1b\[3~|.", re.DOTALL)


class Buffer:
    """A text and a cursor, changed one key after the other, each character one code point."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.cursor = len(text)

    def apply(self, data: bytes) -> None:
        """Applies whole keys: characters, Enter, Backspace (0x7f, 0x08), LEFT, RIGHT, DELETE."""
        for action in _ACTIONS.findall(data.decode()):
            if action in "\x7f\x08":
                self._replace(max(self.cursor - 1, 0), self.cursor, "")
            elif action == DELETE.decode():
                self._replace(self.cursor, self.cursor + 1, "")
            elif action == LEFT.decode():
                self.cursor = max(self.cursor - 1, 0)
            elif action == RIGHT.decode():
                self.cursor = min(self.cursor + 1, len(self.text))
            else:
                self._replace(self.cursor, self.cursor, "\n" if action == "\r" else action)

    def _replace(self, start: int, end: int, new: str) -> None:
        self.text = self.text[:start] + new + self.text[end:]
        self.cursor = start + len(new)


def burst(
    rng: Random,
    buffer: Buffer,
    count: int,
    *,
    backspace: bytes = b"\x7f",
    lines: bool = False,
    moves: bool = False,
    letters: str = LETTERS + PUNCTUATION,
) -> list[bytes]:
    """About ``count`` random packets, which are applied to ``buffer`` too.

    Letters, words as UniKey types them, Backspaces (also past the start of the text), retyped
    endings in one packet; Enter when ``lines``; LEFT, RIGHT, DELETE when ``moves``.
    """
    packets: list[bytes] = []
    while len(packets) < count:
        packets += _action(rng, backspace, letters, lines=lines, moves=moves)
    for packet in packets:
        buffer.apply(packet)
    return packets


def _action(
    rng: Random, backspace: bytes, letters: str, *, lines: bool, moves: bool
) -> list[bytes]:
    kind = rng.random()
    if kind < 0.05 and lines:
        return [unikey.ENTER]
    if kind < 0.20 and moves:
        return [rng.choice((LEFT, LEFT, RIGHT, DELETE))]
    if kind < 0.35:
        method: unikey.Method = rng.choice(("telex", "vni"))
        word = rng.choice(WORDS.split())
        return unikey.keys(word, rng, method=method, backspace=backspace, slips=0.1)
    if kind < 0.50:
        return [backspace] * rng.randint(1, 4)
    if kind < 0.65:
        retyped = "".join(rng.choices(letters, k=rng.randint(1, 4)))
        return [backspace * rng.randint(1, 4) + retyped.encode()]
    return [rng.choice(letters).encode()]


def one_write(packets: Sequence[bytes]) -> list[bytes]:
    """All in one packet, as over a slow line."""
    return [b"".join(packets)]


def key_by_key(packets: Sequence[bytes]) -> list[bytes]:
    """As they were typed."""
    return list(packets)


def byte_by_byte(packets: Sequence[bytes]) -> list[bytes]:
    """Every letter of more than one byte is cut."""
    return [bytes([byte]) for packet in packets for byte in packet]


WAYS: Mapping[str, Callable[[Sequence[bytes]], list[bytes]]] = {
    "one write": one_write,
    "key by key": key_by_key,
    "byte by byte": byte_by_byte,
}
