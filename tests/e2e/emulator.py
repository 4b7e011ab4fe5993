"""pyte, taught the few sequences that modern programs send and pyte 0.8 misreads."""

import re
from collections.abc import Callable

import pyte

_SYNCHRONIZED_OUTPUT = b"2026"

# pyte prints the tail of these sequences, takes them for colours, or fails on them, so they never
# reach it: mode questions, private sequences beside modes, erasing and DA, strings (DCS to APC).
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\[\?[\d;]*[@-IL-Z\[-bd-gi-km-~]"
    rb"|\x1b\[[<=>!][\d;]*[@-~]"
    rb"|\x1b[PX^_].*?\x1b\\",
    re.DOTALL,
)
_UNFINISHED = re.compile(
    rb"\x1b(?:\[(?:\?[\d;]*\$?|[<=>!][\d;]*)?|[PX^_](?:[^\x1b]|\x1b(?!\\))*)?\Z", re.DOTALL
)


class Screen(pyte.Screen):
    """A screen that also scrolls by SU and SD, and can answer the cursor position and DA."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], None] | None) -> None:
        self._answer = answer
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        """Called by pyte with the answer to a question of the program."""
        if self._answer:
            self._answer(data.encode())

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """DECSTBM: the cursor goes home, also when margins end, where pyte leaves it."""
        super().set_margins(top, bottom)
        self.cursor_position()

    def scroll_up(self, count: int | None = None) -> None:
        """SU: the lines within the margins move up by ``count`` (at least 1)."""
        self._scroll(pyte.Screen.delete_lines, count)

    def scroll_down(self, count: int | None = None) -> None:
        """SD: the lines within the margins move down by ``count`` (at least 1)."""
        self._scroll(pyte.Screen.insert_lines, count)

    def _scroll(self, move: Callable[[pyte.Screen, int | None], None], count: int | None) -> None:
        x, y = self.cursor.x, self.cursor.y
        self.cursor.y = self.margins.top if self.margins else 0
        move(self, count)
        self.cursor.x, self.cursor.y = x, y


class _Stream(pyte.ByteStream):
    def __init__(self, screen: Screen) -> None:
        self.csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down"}
        super().__init__(screen)


class Emulator:
    """Brings a ``Screen`` up to date from bytes cut anywhere."""

    def __init__(self, screen: Screen, answer: Callable[[bytes], None] | None) -> None:
        self._stream = _Stream(screen)
        self._answer = answer
        self._tail = b""

    def feed(self, data: bytes) -> None:
        """Applies ``data``; an escape sequence that is not whole yet waits for its rest."""
        data = self._tail + data
        cut = _UNFINISHED.search(data)
        end = cut.start() if cut else len(data)
        self._tail = data[end:]
        self._stream.feed(_NOT_FOR_PYTE.sub(self._leave_out, data[:end]))

    def _leave_out(self, found: re.Match[bytes]) -> bytes:
        if self._answer and found["mode"] == _SYNCHRONIZED_OUTPUT:
            self._answer(b"\x1b[?2026;2$y")
        return b""
