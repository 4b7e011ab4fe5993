"""A program in a pseudo-terminal of its own: bytes in, bytes out, memory, an end. Linux only."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_READ_SIZE = 65536


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory; ``pss`` shares out the pages that several processes map."""

    rss: int
    pss: int


class PtyProcess:
    """A child that leads its own session and has the pseudo-terminal as controlling terminal.

    Nothing is interpreted: the reader sees the bytes as the kernel hands them over.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int,
        rows: int,
        env: Mapping[str, str],
        cwd: Path | None = None,
    ) -> None:
        self._master, slave = os.openpty()
        self._open = True
        self._unread = bytearray()
        try:
            self.resize(columns, rows)
            os.set_blocking(self._master, False)
            self._child = subprocess.Popen(
                argv,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_take_controlling_terminal,
            )
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The first process; also the number of its session and of its process group."""
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self._child.poll()

    def read(self, timeout: float) -> bytes:
        """What the program wrote, waiting up to ``timeout`` seconds for it; ``b""`` when nothing.

        Raises EOFError when no process holds the terminal any more.
        """
        if self._unread:
            data = bytes(self._unread)
            self._unread.clear()
            return data
        ready, _, _ = select.select([self._master], [], [], max(timeout, 0.0))
        return self._read_now() if ready else b""

    def write(self, data: bytes) -> None:
        """Types ``data``. Output is taken in meanwhile, so that neither side blocks the other.

        Raises EOFError when no process holds the terminal any more.
        """
        rest = memoryview(data)
        while rest:
            with suppress(BlockingIOError):
                rest = rest[os.write(self._master, rest) :]
                continue
            readable, _, _ = select.select([self._master], [self._master], [])
            if readable:
                self._unread += self._read_now()

    def _read_now(self) -> bytes:
        try:
            data = os.read(self._master, _READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError as error:  # Linux says EIO once the last process has closed the slave side
            raise EOFError("the program has let go of the terminal") from error
        if not data:
            raise EOFError("the program has let go of the terminal")
        return data

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal a new size; the kernel tells the program by SIGWINCH."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal to the first process and its group; nothing when they are gone."""
        if self.exit_code is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def hang_up(self) -> None:
        """Closes the terminal, as a dropped line does: the kernel sends SIGHUP."""
        if self._open:
            self._open = False
            os.close(self._master)

    def close(self, grace: float = 5.0) -> int:
        """Hangs up, waits ``grace`` seconds, kills what is left of the session; the exit code."""
        self.hang_up()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(grace)
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return self._child.wait()

    def wait(self, timeout: float) -> int:
        """Waits for the end, throwing output away. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while (code := self.exit_code) is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"still running after {timeout} s")
            try:
                self.read(0.02)
            except EOFError:
                with suppress(subprocess.TimeoutExpired):
                    return self._child.wait(max(deadline - time.monotonic(), 0.0))
        return code

    def processes(self) -> list[int]:
        """The processes of this session that still live, in the order of their numbers."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    # The name, in brackets, may hold anything: what follows it is
                    # state, parent, group, session.
                    fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
                    if int(fields[3]) == self.pid and fields[0] != "Z":
                        found.append(int(entry.name))
        return sorted(found)

    def memory(self) -> Memory:
        """The memory of all processes of this session."""
        rss = pss = 0
        for pid in self.processes():
            with suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    name, _, value = line.partition(":")
                    if name == "Rss":
                        rss += int(value.split()[0]) * 1024
                    elif name == "Pss":
                        pss += int(value.split()[0]) * 1024
        return Memory(rss, pss)


def _take_controlling_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
