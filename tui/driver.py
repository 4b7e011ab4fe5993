"""The terminal of a Unix machine, which may be gone at any moment."""

import asyncio
import os
import selectors
import signal
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.paste import PasteSplitter

if TYPE_CHECKING:
    from textual.app import App

_LOOK_EVERY_SECONDS = 0.1  # at the parser's clock, which ends a lone Escape
_READ_BYTES = 65536
_LAST_RESORT_SECONDS = 2.0


class Leaves(Protocol):
    """An app that can be told to keep what it has and go."""

    def leave(self) -> None: ...
    def fail(self, error: Exception) -> None: ...


class UnixTerminal(LinuxDriver):
    """Textual's driver, which when the terminal is gone ends the app and prints nothing.

    SIGHUP and SIGTERM end it in the same way. Bytes that are not UTF-8 are shown as such.
    """

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        self._file: Any = _Forgiving(cast(TextIO, self._file))

    def start_application_mode(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._leave)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    @property
    def _leaving(self) -> Leaves:
        return cast(Leaves, self._app)

    def _leave(self) -> None:
        self._leaving.leave()
        # Nothing that waits for a terminal which takes no more may keep the process.
        last_resort = threading.Timer(_LAST_RESORT_SECONDS, os._exit, (0,))
        last_resort.daemon = True
        last_resort.start()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            self._app.call_later(self._leave)
        except Exception as error:
            self._app.call_later(self._leaving.fail, error)

    def run_input_thread(self) -> None:
        """Read keys until the app ends. Raises OSError when the terminal is gone."""
        parser = XTermParser(self._debug)
        pastes = PasteSplitter()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_LOOK_EVERY_SECONDS):
                    data = os.read(self.fileno, _READ_BYTES)
                    if not data:
                        raise ConnectionError("the terminal is gone")
                    for piece in pastes.feed(decode(data)):
                        events = parser.feed(piece) if isinstance(piece, str) else [piece]
                        for event in events:
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def stop_application_mode(self) -> None:
        super().stop_application_mode()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Forgiving:
    """A file that may have no reader any more: then what is written goes nowhere."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.fileno: Callable[[], int] = file.fileno

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        # What is left in the buffer would fail again as Python ends, and become its exit code.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)
