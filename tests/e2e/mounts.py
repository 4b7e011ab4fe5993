"""File systems for the length of a block. Public entrance: `small`, `read_only`, `over_ssh`."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from tests.e2e.parts import found

SECONDS = 20.0


@contextmanager
def small(where: Path, size: str = "2m") -> Iterator[Path]:
    """A file system of 2 MB, in memory."""
    where.mkdir(exist_ok=True)
    with _mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", where=where):
        yield where


@contextmanager
def bound(source: Path, where: Path) -> Iterator[Path]:
    """A directory seen at a second place, which `read_only` may close for writing."""
    where.mkdir(exist_ok=True)
    with _mounted("--bind", str(source), where=where):
        yield where


@contextmanager
def read_only(where: Path) -> Iterator[None]:
    """What is mounted there cannot be written to."""
    subprocess.run(["mount", "-o", "remount,ro,bind", where], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw,bind", where], check=True)


@contextmanager
def over_ssh(source: Path, where: Path) -> Iterator[Path]:
    """A directory as sshfs shows it, with the server at the other end of a pipe."""
    where.mkdir(exist_ok=True)
    server = found("sftp-server")
    assert server
    # Its own listings are kept for 20 seconds otherwise.
    options = "passive,dcache_timeout=2"
    with (
        Popen([server], stdin=PIPE, stdout=PIPE) as serving,
        Popen(
            ["sshfs", "-f", "-o", options, f"localhost:{source}", where],
            stdin=serving.stdout,
            stdout=serving.stdin,
        ) as mounting,
    ):
        for end in (serving.stdin, serving.stdout):
            assert end
            end.close()
        try:
            until = time.monotonic() + SECONDS
            while not where.is_mount():
                assert mounting.poll() is None, "sshfs cannot mount"
                assert time.monotonic() < until, "sshfs does not mount"
                time.sleep(0.01)
            yield where
        finally:
            subprocess.run(["fusermount3", "-u", "-z", where], check=False, stderr=DEVNULL)
            try:
                mounting.wait(SECONDS)
            finally:
                mounting.kill()
                serving.kill()


@contextmanager
def _mounted(*options: str, where: Path) -> Iterator[None]:
    subprocess.run(["mount", *options, where], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", where], check=True)
