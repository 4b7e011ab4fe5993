"""A terminal for tests: runs a program, types to it, and shows what a person would see."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.emulator import Emulator, Screen
from tests.e2e.process import Memory, PtyProcess

TIMEOUT = 20.0
"""Seconds that a wait lasts at most, unless told otherwise: far more than any wait needs."""

_LOOK_AGAIN = 0.05

_LETTERS = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
_TILDES = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6}
_FUNCTION_KEYS = (
    *(b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS"),
    *(b"\x1b[%d~" % code for code in (15, 17, 18, 19, 20, 21, 23, 24)),
)
_PLAIN = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "backspace8": b"\x08",
    "ctrl+space": b"\x00",
    **{f"f{number}": code for number, code in enumerate(_FUNCTION_KEYS, start=1)},
}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(name: str) -> bytes:
    """What xterm sends for a key: "enter", "f1", "ctrl+k", "ctrl+shift+left", "alt+x", "ệ".

    "backspace" is 0x7f, "backspace8" 0x08. Raises KeyError for a name that is no key.
    """
    if name in _PLAIN:
        return _PLAIN[name]
    *held, key = name.split("+") if len(name) > 1 else [name]
    modifier = 1 + sum(_MODIFIERS[word] for word in held)
    if key in _LETTERS:
        parameters = f"1;{modifier}" if held else ""
        return f"\x1b[{parameters}{_LETTERS[key]}".encode()
    if key in _TILDES:
        parameters = f"{_TILDES[key]};{modifier}" if held else f"{_TILDES[key]}"
        return f"\x1b[{parameters}~".encode()
    if held == ["ctrl"] and len(key) == 1 and "@" <= key.upper() <= "_":
        return bytes([ord(key.upper()) & 0x1F])
    if held == ["alt"]:
        return b"\x1b" + key_bytes(key)
    if not held and len(key) == 1:
        return key.encode()
    raise KeyError(name)


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a program finds around it: a small fixed set, PATH from the caller, then ``extra``.

    COLUMNS and LINES stay unset, as in a real terminal: they would freeze the size.
    """
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "THUKY_DB": str(home / "thuky.db"),
        **(extra or {}),
    }


class Terminal:
    """An xterm of ``columns`` by ``rows`` with one program in it.

    The screen is brought up to date only while a method waits. Every wait ends as soon as its
    condition holds, and raises AssertionError with the screen's text when it never does. ``env``
    is laid over ``environment(home)``; ``home`` is an empty folder, removed at the end, unless
    given. Real terminals answer questions about themselves: this one only when ``answers`` is set.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        home: Path | None = None,
        cwd: Path | None = None,
        answers: bool = False,
    ) -> None:
        self._own_home = tempfile.TemporaryDirectory() if home is None else None
        self.home = Path(self._own_home.name) if self._own_home else home or Path()
        answer = self.send if answers else None
        self.screen = Screen(columns, rows, answer)
        self._emulator = Emulator(self.screen, answer)
        self.output = bytearray()
        """Every byte the program has written."""
        self.sent = 0
        """Count of the bytes typed."""
        self._ended = False
        try:
            self.process = PtyProcess(
                argv, columns=columns, rows=rows, env=environment(self.home, env), cwd=cwd
            )
        except BaseException:
            self._remove_home()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- typing ----------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Types raw bytes in one write. Typing into a program that has ended does nothing."""
        self.sent += len(data)
        with suppress(EOFError):
            self.process.write(data)

    def type(self, text: str) -> None:
        """Types text in one write, a line end as Enter."""
        self.send(text.replace("\n", "\r").encode())

    def press(self, *names: str) -> None:
        """Presses named keys one after the other (see ``key_bytes``)."""
        for name in names:
            self.send(key_bytes(name))

    def paste(self, text: str) -> None:
        """Pastes text as a terminal with bracketed paste does."""
        self.send(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")

    # -- waiting ---------------------------------------------------------------------------------

    def pump(self, timeout: float = 0.0) -> bool:
        """Takes in what comes within ``timeout`` seconds; True when something came."""
        if self._ended:
            return False
        try:
            data = self.process.read(timeout)
        except EOFError:
            self._ended = True
            return False
        self.output += data
        self._emulator.feed(data)
        return bool(data)

    def wait_for(self, what: str | Callable[["Terminal"], bool], timeout: float = TIMEOUT) -> None:
        """Waits until the screen shows a text, or until ``what(terminal)`` is true."""
        deadline = time.monotonic() + timeout
        while not (what in self.text() if isinstance(what, str) else what(self)):
            left = deadline - time.monotonic()
            if left <= 0 or self._ended:
                raise AssertionError(self._complaint(f"never came: {what!r}"))
            self.pump(min(left, _LOOK_AGAIN))

    def wait_idle(self, quiet_ms: float = 50, timeout: float = TIMEOUT) -> None:
        """Waits until the program has written nothing for ``quiet_ms`` milliseconds."""
        deadline = time.monotonic() + timeout
        while self.pump(quiet_ms / 1000):
            if time.monotonic() > deadline:
                raise AssertionError(self._complaint(f"never quiet for {quiet_ms} ms"))

    def wait_exit(self, timeout: float = TIMEOUT) -> int:
        """Waits for the program's end, then for its last output; the exit code."""
        self.wait_for(lambda terminal: terminal.exit_code is not None or terminal._ended, timeout)
        while self.pump(0):
            pass
        return self.process.wait(timeout)

    # -- seeing ----------------------------------------------------------------------------------

    def line(self, row: int) -> str:
        """The text of a row (0 is the top), without the blanks at its end."""
        return self.screen.display[row].rstrip()

    def text(self) -> str:
        """The text of all rows, without the blanks at their ends."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return min(self.screen.cursor.x, self.screen.columns - 1), self.screen.cursor.y

    @property
    def received(self) -> int:
        """Count of the bytes the program has written."""
        return len(self.output)

    def memory(self) -> Memory:
        """The memory of the program and its children."""
        return self.process.memory()

    # -- ending ----------------------------------------------------------------------------------

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self.process.exit_code

    def resize(self, columns: int, rows: int) -> None:
        """Drags the window to a new size."""
        self.screen.resize(rows, columns)
        self.process.resize(columns, rows)

    def kill(self, number: int) -> None:
        """Sends a signal to the program's process group."""
        self.process.kill(number)

    def close(self) -> int:
        """Drops the line (SIGHUP), makes sure that nothing is left running; the exit code."""
        try:
            return self.process.close()
        finally:
            self._remove_home()

    def _remove_home(self) -> None:
        if self._own_home:
            self._own_home.cleanup()

    def _complaint(self, what: str) -> str:
        state = "running" if self.exit_code is None else f"ended with {self.exit_code}"
        return f"{what}\nprogram {state}; screen:\n{self.text()}"
