"""The programs and rights that tests of real parts need. Public entrance: `need`, `without`.

Where one is missing a test is skipped, and says what to install; a test of which nothing else
holds the same promise fails on the machine that decides (CI=true), so that nobody takes its
silence for a pass. What a machine cannot give at all, such as the right to mount, is another
matter: there a stand-in is tested, and `without` says so.
"""

import os
import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path

import pytest

PACKAGES = {"fusermount3": "fuse3", "sftp-server": "openssh-sftp-server"}
"""Debian packages that are not called like the command."""
PLACES = ("/usr/sbin", "/sbin", "/usr/lib/openssh", "/usr/libexec/openssh")


def found(command: str) -> str | None:
    """Where a program is, also one that is not meant for people."""
    return shutil.which(command, path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))


def need(*commands: str) -> None:
    """Skip the test where one of these programs is missing; fail it in CI."""
    missing = [PACKAGES.get(one, one) for one in commands if not found(one)]
    if not missing:
        return
    reason = f"needs {', '.join(missing)} (apt-get install {' '.join(missing)})"
    print(reason)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}: .ci/run installs what tests need", pytrace=False)
    pytest.skip(reason)


def without(what: str, stand_in: str) -> None:
    """Say that this machine cannot do what a test would like best, and what it does instead."""
    warnings.warn(f"no {what}: {stand_in}", stacklevel=2)


@cache
def no_mounting(where: Path) -> str:
    """Why no file system can be mounted on this machine; empty where one can."""
    return _refused(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(where)], where)


@cache
def no_fuse(where: Path) -> str:
    """Why no FUSE file system can be mounted on this machine; empty where one can be tried."""
    if not Path("/dev/fuse").exists():
        return "no /dev/fuse"
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC))
    except OSError as error:
        return f"/dev/fuse: {error.strerror}"
    # Others have fusermount3 do it for them.
    return no_mounting(where) if os.geteuid() == 0 else ""


@cache
def no_tracing() -> str:
    """Why strace cannot follow a process of ours; empty where it can."""
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else ""


def _refused(command: list[str], where: Path) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        return str(error)
    if done.returncode:
        return done.stderr.strip() or f"exit code {done.returncode}"
    subprocess.run(["umount", "-l", where], check=True)
    return ""
