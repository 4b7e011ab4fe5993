"""Standard input and output, wherever they lead and whatever their encoding."""

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from schema.errors import N_, ThukyError


def prepare() -> None:
    """Let any text be printed. Files and pipes get UTF-8, whatever the locale; a terminal of
    another encoding gets the nearest ASCII for letters that it lacks."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="nearest")


def write(text: str) -> None:
    """Print a text as it is. Raises ThukyError where output cannot be written, BrokenPipeError
    where nobody reads it any more."""
    if sys.stdout is not None:
        with _explained():
            sys.stdout.write(text)


def flush() -> None:
    """Raises as `write` does."""
    if sys.stdout is not None:
        with _explained():
            sys.stdout.flush()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        silence(sys.stdout)
        raise ThukyError(
            N_("Không ghi được kết quả ra đầu ra ({reason})."), reason=error.strerror
        ) from error


def silence(*streams: TextIO | None) -> None:
    """Forget what could not be written, or Python would complain about it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def flush_or_silence() -> None:
    """After the app: its terminal may be gone, with nobody left to tell."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        silence(sys.stdout, sys.stderr)


def warn(text: str) -> None:
    """Print a line on standard error, unless that is closed."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def at_terminal() -> bool:
    """Whether a person sits at both ends, so that the app can be opened."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


@contextmanager
def progress(words: str, *, silent: bool) -> Iterator[Callable[[float], None]]:
    """Tell how far something is (0 to 1) behind `words`, on one line of a terminal.

    Nothing is told where standard error is no terminal, or where it is to be `silent`.
    """
    if silent or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done: None
        return
    error, last = sys.stderr, -1

    def tell(done: float) -> None:
        nonlocal last
        if (percent := int(done * 100)) != last:
            last = percent
            print(f"\r{words} {percent}%", end="", file=error, flush=True)

    try:
        yield tell
    finally:
        print("\r\x1b[K", end="", file=error, flush=True)


def read_input() -> bytes:
    """All of standard input. Raises ThukyError where it is closed."""
    if sys.stdin is None:
        raise ThukyError(N_("Đầu vào chuẩn đang đóng; không có gì để đọc."))
    return sys.stdin.buffer.read()


def speaks_unicode() -> bool:
    return sys.stdout is None or (sys.stdout.encoding or "").lower().startswith("utf")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from tui.ascii import in_ascii

    letters = error.object[error.start : error.end]
    return "".join(in_ascii(letter, 1) for letter in letters), error.end
