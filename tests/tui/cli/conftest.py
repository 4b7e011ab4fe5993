"""`thuky` in this process, with a home of its own that goes away with the test."""

import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.main import main
from tui.words import insist


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What a program reads of it."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The one line on standard error, which is where a fault is told; nothing else is said."""
        assert self.out == ""
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        return line


class Thuky:
    """Runs commands; the database is the platform's own unless a command says another."""

    def __init__(
        self,
        home: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Answer:
        source = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", source)
        code = main(arguments)
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    def done(self, *arguments: str, stdin: bytes = b"") -> str:
        """What a command that must succeed says."""
        answer = self(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err
        return answer.out

    def json(self, *arguments: str, stdin: bytes = b"") -> Any:
        return json.loads(self.done(*arguments, "--json", stdin=stdin))

    def meeting(self, title: str = "Phiên họp", start: str = "2026-02-27T14:00") -> str:
        """Add a meeting. Returns its id."""
        return str(self.json("meeting", "add", "--title", title, "--start", start)["id"])

    @property
    def database(self) -> Path:
        return self.home / ".local/share/thuky/thuky.db"

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What another program does to the database."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            return connection.execute(statement).fetchall()


@pytest.fixture
def thuky(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Thuky]:
    for name in os.environ:
        if name.startswith(("THUKY", "XDG_", "_THUKY")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    yield Thuky(home, monkeypatch, capsys)
    insist("")
