"""Make the environment that the launchers run in: `prepare.py ROOT VENV LOCK`.

Run by tools/environment.sh, with any Python from 3.11 on and nothing installed. Several may run at
once: one makes the environment, the others wait for it. The copy of the lock file inside, which
tells that the environment is whole, is written last, so an interrupted start is begun again.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"


class InstallError(Exception):
    """The packages could not be installed; `log` is the file that says what was tried and why."""

    def __init__(self, log: Path) -> None:
        super().__init__(log)
        self.log = log


def main(root: Path, venv: Path, lock: str) -> int:
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        with locked(venv.with_name(venv.name + ".lock")):
            if not holds(venv, root / lock):
                make(root, venv, lock)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        say(
            f"Không ghi được môi trường chạy vào {venv}: {error.strerror}.",
            f"Could not write the environment into {venv}: {error.strerror}.",
        )
        return 1
    except InstallError as error:
        say(
            f"Chưa tải hoặc cài được các gói cần dùng: hãy xem lại mạng rồi chạy lại "
            f"(chi tiết: {error.log}).",
            f"Could not fetch or install the packages needed: check the network, then run this "
            f"again (details: {error.log}).",
        )
        return 1
    return 0


def say(vietnamese: str, english: str) -> None:
    print(f"thuky: {vietnamese}\nthuky: {english}", file=sys.stderr)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` against other processes until this one and its installers have ended."""
    import fcntl  # here, since Windows has none: the launchers are for POSIX shells

    with path.open("w") as file:
        # An installer that outlives a killed parent keeps the others waiting.
        os.set_inheritable(file.fileno(), True)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def holds(venv: Path, lock: Path) -> bool:
    copy, python = venv / lock.name, venv / "bin/python"
    return python.exists() and copy.exists() and copy.read_bytes() == lock.read_bytes()


def make(root: Path, venv: Path, lock: str) -> None:
    """Make `venv` anew from `root/lock`.

    Raises:
        InstallError: neither uv nor pip could install the packages.
        OSError: the folder cannot be written.
    """
    for name in (RUNTIME, DEV):
        (venv / name).unlink(missing_ok=True)
    # The versioned interpreter: when the system replaces it, the link dangles and is noticed.
    python = os.path.realpath(sys.executable)
    output = ""
    for commands in installers(python, venv, root / lock):
        failed, printed = run_all(commands)
        output += printed
        if not failed:
            break
    else:
        venv.mkdir(exist_ok=True)
        log = venv / "install.log"
        log.write_text(output, encoding="utf-8")
        raise InstallError(log)
    put_on_path(root, venv)
    # The development lock pins all that the runtime lock pins, alike.
    for name in {RUNTIME, lock}:
        shutil.copyfile(root / name, venv / name)


def installers(python: str, venv: Path, lock: Path) -> Iterator[list[list[str]]]:
    """The ways to make and fill `venv`, the quickest first, each as the commands it takes."""
    packages = ["--require-hashes", "--no-deps", "-r", str(lock)]
    inside = str(venv / "bin/python")
    if uv := shutil.which("uv"):
        yield [
            [uv, "venv", "--no-project", "--clear", "--python", python, str(venv)],
            [uv, "pip", "install", "--compile-bytecode", "--python", inside, *packages],
        ]
    yield [
        [python, "-I", "-m", "venv", "--clear", str(venv)],
        [inside, "-I", "-m", "pip", "install", "--no-user", *packages],
    ]


def run_all(commands: list[list[str]]) -> tuple[bool, str]:
    """Run until one fails; whether one did, and what they printed."""
    printed = ""
    for command in commands:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            close_fds=False,
        )
        printed += f"$ {' '.join(command)}\n{done.stdout}"
        if done.returncode:
            return True, printed
    return False, printed


def put_on_path(root: Path, venv: Path) -> None:
    """Let Python in `venv` import the rooms, also after the folder that holds both was moved."""
    (site,) = venv.glob("lib/python*/site-packages")
    line = (
        os.path.relpath(root, site)
        if venv.is_relative_to(root)
        else f"import sys; sys.path.append({str(root)!a})"
    )
    (site / "thuky.pth").write_text(line + "\n", encoding="ascii")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
