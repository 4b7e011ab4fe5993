"""A database with a meeting, and the program run on it as a person runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "tui.main"]
TITLE = "Giao ban"


def run(
    db: Path,
    *words: str,
    stdin: str = "",
    home: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Any:
    """Run a command with --json; returns what it printed, read."""
    done = subprocess.run(
        [*PROGRAM, "--db", str(db), *words, "--json"],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "HOME": str(home or db.parent), **(env or {})},
    )
    return json.loads(done.stdout)


def meeting(db: Path) -> str:
    """A new meeting in `db`; its id."""
    return str(run(db, "meeting", "add", "--title", TITLE, "--start", "2026-02-27T14:00")["id"])


def text_of(db: Path, id: str) -> str:
    return str(run(db, "minutes", "show", id)["text"])


def minutes(db: Path, id: str, **options: Any) -> Terminal:
    """The minutes of a meeting, open in a terminal."""
    words: Sequence[str] = [*PROGRAM, "--db", str(db), "minutes", "edit", id]
    env = {"THUKY_DB": str(db), **options.pop("env", {})}
    terminal = Terminal(words, cwd=ROOT, env=env, home=db.parent, **options)
    try:
        terminal.wait_for(TITLE)
        terminal.wait_idle(100)
    except BaseException:
        terminal.close()
        raise
    return terminal
