"""thuky demo makes a sample office, says what it made, and opens it."""

import os
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from office.moments import ZONE, local
from schema.records import Followup, Meeting
from schema.store import Store
from tests.house.launching import ROOT
from tests.tui.cli.conftest import Thuky
from tui.arguments import Common


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two weeks in place of a year."""
    monkeypatch.setattr("office.demo.build.FIRST", date(2026, 2, 9))
    monkeypatch.setattr("tui.cli.demo.YEAR", timedelta(days=14))


def test_it_says_what_it_made(thuky: Thuky, tmp_path: Path) -> None:
    told = thuky.json("demo", "--dir", str(tmp_path / "mẫu"), "--no-open")
    assert told["path"] == str(tmp_path / "mẫu" / "thuky.db")
    with Store(Path(told["path"]), must_exist=True) as store:
        assert told["meetings"] == store.count(Meeting) > 10
        assert told["followups"] == store.count(Followup) > 23
    assert told["units"] == 191


def test_without_a_folder_it_lies_beside_ones_own_database(thuky: Thuky) -> None:
    said = thuky.done("demo", "--no-open")
    path = thuky.database.parent / "demo" / "thuky.db"
    assert str(path) in said
    assert path.exists()
    assert not thuky.database.exists()


def test_a_database_that_is_there_is_kept(thuky: Thuky, tmp_path: Path) -> None:
    mine = tmp_path / "thuky.db"
    mine.write_bytes(b"mine")
    answer = thuky("demo", "--dir", str(tmp_path), "--no-open")
    assert answer.code == 1
    assert f"thuky --db {mine}" in answer.error
    assert mine.read_bytes() == b"mine"


def test_a_file_cannot_be_named_by_db(thuky: Thuky, tmp_path: Path) -> None:
    answer = thuky("--db", str(tmp_path / "x.db"), "demo")
    assert answer.code == 2
    assert "--dir" in answer.error
    assert not (tmp_path / "x.db").exists()


def test_where_there_is_no_terminal_it_says_how_to_open(thuky: Thuky, tmp_path: Path) -> None:
    answer = thuky("demo", "--dir", str(tmp_path))
    assert answer.code == 0
    assert f"thuky --db {tmp_path / 'thuky.db'}" in answer.err


def test_in_a_terminal_the_app_opens_on_it(
    thuky: Thuky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Common] = []

    def open_app(common: Common) -> int:
        opened.append(common)
        return 0

    monkeypatch.setattr("tui.cli.streams.at_terminal", lambda: True)
    monkeypatch.setattr("tui.launch.open_app", open_app)
    assert thuky("--lang", "en", "demo", "--dir", str(tmp_path)).code == 0
    assert opened == [Common(db=str(tmp_path / "thuky.db"), lang="en")]


def test_today_ends_the_year_at_the_present(thuky: Thuky, tmp_path: Path) -> None:
    before = datetime.now(ZONE)
    path = thuky.json("demo", "--dir", str(tmp_path), "--today")["path"]
    with Store(Path(path), must_exist=True) as store:
        starts = [local(meeting.starts_at) for meeting in store.live(Meeting)]
    assert min(starts) < before < max(starts)
    assert max(starts) - min(starts) < timedelta(days=40)


def test_a_kill_leaves_nothing_half(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui.main", "demo", "--dir", str(tmp_path / "demo")]
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*command, "--no-open"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and not list(tmp_path.glob("demo/.thuky-demo-*/thuky.db-wal")):
        pass
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (tmp_path / "demo" / "thuky.db").exists()
