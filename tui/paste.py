"""Bracketed pastes, taken out of the terminal's stream before the keys in it are read.

Textual's parser reads a paste letter by letter, a second for a megabyte, and obeys escape
sequences in it. Here a paste is one piece of text and nothing in it is a key.
"""

from collections.abc import Iterator

from textual.events import Paste

START, END = "\x1b[200~", "\x1b[201~"
# What may be the beginning of END at the end of what has come so far.
_HELD = len(END) - 1


class PasteSplitter:
    """Splits a terminal's text into keys, as text, and pastes."""

    def __init__(self) -> None:
        self._parts: list[str] | None = None
        self._held = ""

    def feed(self, text: str) -> Iterator[str | Paste]:
        """The keys and the whole pastes in `text`, in order; a paste that has not ended waits."""
        text = self._held + text
        self._held = ""
        while text:
            if self._parts is None:
                keys, start, text = text.partition(START)
                if start:
                    self._parts = []
                else:
                    keys, self._held = _without_cut_start(keys)
                if keys:
                    yield keys
                continue
            # The end mark may have come in two pieces.
            held = self._parts.pop() if self._parts else ""
            content, end, rest = (held + text).partition(END)
            if not end:
                if len(content) > _HELD:
                    self._parts.append(content[:-_HELD])
                self._parts.append(content[-_HELD:])
                return
            yield Paste("".join([*self._parts, content]))
            self._parts, text = None, rest


def _without_cut_start(keys: str) -> tuple[str, str]:
    """The keys, and a start mark at their end that was cut; a lone Escape is a key."""
    for size in range(len(START) - 1, 1, -1):
        if keys.endswith(START[:size]):
            return keys[:-size], START[:size]
    return keys, ""
