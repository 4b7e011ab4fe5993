"""Commands of thuky in processes of their own that have imported everything already.

Public entrance: `Command`. A process is forked from one that does nothing else (multiprocessing's
fork server), which costs a tenth of starting Python anew; and it waits to be let go, so that strace
may be there from the first call.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

SECONDS = 60.0
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.e2e.imported"])


Trouble = str | Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: minus the signal's number when one ended it."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


class Command:
    """`thuky WORDS` on a database, let go by `end`; ended in any case at the block's end.

    `trouble` is what strace injects, or is called in the process first. What it prints is kept in
    `where`, by default beside the database.
    """

    def __init__(
        self,
        db: Path,
        *words: str,
        trouble: Trouble = None,
        where: Path | None = None,
    ) -> None:
        home = where or db.parent
        self._out, self._err = (home / f"{name}.txt" for name in ("out", "err"))
        self._strace = ["-e", trouble, "-o", os.devnull] if isinstance(trouble, str) else []
        before = None if isinstance(trouble, str) else trouble
        self._go, theirs = _context.Pipe()
        argv = ["--db", str(db), *words, "--json"]
        self._process = _context.Process(
            target=_run, args=(argv, home, self._out, self._err, theirs, before), daemon=True
        )
        self._process.start()
        theirs.close()
        self._go.recv_bytes()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()
        self._go.close()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def end(
        self, strace: Sequence[str] = (), meanwhile: Callable[[], object] | None = None
    ) -> Ended:
        """Let it go, under strace with these options too if any, and wait for its end; `meanwhile`
        is called again and again."""
        watcher = self._watched(options) if (options := [*self._strace, *strace]) else None
        try:
            self._go.send_bytes(b"go")
            until = time.monotonic() + SECONDS
            while meanwhile and self._process.is_alive() and time.monotonic() < until:
                meanwhile()
                self._process.join(0.01)
            self._process.join(max(0, until - time.monotonic()))
            code = self._process.exitcode
            assert code is not None, f"still running after {SECONDS} s"
        finally:
            if watcher is not None:
                if self._process.is_alive():
                    self._process.kill()
                watcher.wait(SECONDS)
                assert watcher.stderr
                watcher.stderr.close()
        return Ended(code, *(_read(path) for path in (self._out, self._err)))

    def _watched(self, options: Sequence[str]) -> "subprocess.Popen[str]":
        """strace, once it has the process: from then on no call escapes it."""
        watcher = subprocess.Popen(
            ["strace", *options, "-p", str(self.pid)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert watcher.stderr
        line = watcher.stderr.readline()
        if "attached" not in line:
            watcher.kill()
            watcher.wait()
            raise AssertionError(f"strace: {line}{watcher.stderr.read()}")
        return watcher


def thuky(db: Path, *words: str, **options: Any) -> Ended:
    """Run one command to its end; the options are those of `Command`."""
    with Command(db, *words, **options) as command:
        return command.end()


def _run(
    argv: list[str],
    home: Path,
    out: Path,
    err: Path,
    go: Connection,
    before: Callable[[], None] | None,
) -> None:
    os.environ.update(HOME=str(home), THUKY_LOG=str(home / "thuky.log"), THUKY_LANG="vi")
    for path, stream in ((out, 1), (err, 2)):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, stream)
        os.close(descriptor)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    from tui.main import main

    go.send_bytes(b"ready")
    go.recv_bytes()
    if before is not None:
        before()
    code = main(argv)
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
