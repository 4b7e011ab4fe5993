"""The programs that are measured, and how each opens a text with the cursor at its end."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.session import MissingError
from tests.e2e.terminal import environment

ROOT = Path(__file__).parent.parent
LAUNCHER = str(ROOT / "thuky")
OURS = "thuky"
PEERS = ROOT / "bench" / "peers"
TITLE = "Giao-ban-tháng-02"
"""Title of the meeting, one word so that it can be looked for among escape sequences."""


@dataclass(frozen=True, slots=True)
class Editor:
    """``open_at_end(text, folder)`` gives the command that edits ``text``, with HOME ``folder``.

    It raises MissingError. Once ``marker`` is on the screen the program has really started.
    """

    name: str
    open_at_end: Callable[[str, Path], list[str]]
    marker: str = ""


def minutes(text: str, folder: Path) -> tuple[Path, str]:
    """A database in ``folder`` with one meeting whose minutes are ``text``; its file and the id."""
    database = folder / "thuky.db"
    added = thuky(
        database,
        *("meeting", "add", "--title", TITLE, "--start", "2026-02-27T14:00", "--json"),
    )
    meeting = str(json.loads(added)["id"])
    if text:
        thuky(database, "minutes", "append", meeting, stdin=text)
    return database, meeting


def thuky(database: Path, *arguments: str, stdin: str = "") -> str:
    """What a command says. Raises MissingError where it fails."""
    if not (ROOT / "tui" / "main.py").exists():
        raise MissingError("tui/main.py is not there")
    done = subprocess.run(
        [LAUNCHER, "--db", str(database), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(database.parent),
        check=False,
    )
    if done.returncode:
        raise MissingError(
            f"thuky {' '.join(arguments[:2])}: {done.stderr.strip() or done.returncode}"
        )
    return done.stdout


def _ours(text: str, folder: Path) -> list[str]:
    database, meeting = minutes(text, folder)
    return [LAUNCHER, "minutes", "edit", meeting, "--db", str(database)]


def _file(text: str, folder: Path) -> str:
    path = folder / "minutes.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _end(text: str) -> tuple[int, int]:
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1


def installed(command: str) -> str:
    """The command itself. Raises MissingError when it is not installed."""
    if not shutil.which(command):
        raise MissingError(f"{command} is not installed")
    return command


def _nano(text: str, folder: Path) -> list[str]:
    line, column = _end(text)
    command = [installed("nano"), "--ignorercfiles", "--softwrap", f"+{line},{column}"]
    return [*command, _file(text, folder)]


def _vim(text: str, folder: Path) -> list[str]:
    command = [installed("vim"), "-u", "NONE", "-N", "-c", "normal G", "-c", "startinsert!"]
    return [*command, _file(text, folder)]


def _micro(text: str, folder: Path) -> list[str]:
    line, column = _end(text)
    command = [installed("micro"), "-softwrap", "true", f"+{line}:{column}"]
    return [*command, _file(text, folder)]


def _textarea(text: str, folder: Path) -> list[str]:
    return [sys.executable, str(PEERS / "textarea_app.py"), _file(text, folder)]


EDITORS = (
    Editor(OURS, _ours, TITLE),
    Editor("nano", _nano),
    Editor("vim -u NONE", _vim),
    Editor("micro", _micro),
    Editor("Textual TextArea", _textarea),
)
