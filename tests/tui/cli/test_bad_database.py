"""A database that cannot be opened: a sentence says why, and nothing is touched."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from schema.database import VERSION
from tests.house.launching import ROOT
from tests.tui.cli.conftest import Thuky


def listing(path: Path) -> tuple[str, ...]:
    return ("meeting", "list", "--db", str(path))


def test_a_folder_that_is_not_there_is_not_made(thuky: Thuky, tmp_path: Path) -> None:
    answer = thuky(*listing(tmp_path / "không có/x.db"))
    assert answer.code == 1
    assert "Không có thư mục" in answer.error
    assert not (tmp_path / "không có").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        ("Biên bản cuộc họp\n".encode(), "không phải là cơ sở dữ liệu"),
        (b"SQLite format 3\0", "không phải là cơ sở dữ liệu"),
        (b"SQLite format 3\0" + b"\0" * 200, "không phải là cơ sở dữ liệu"),
    ],
    ids=["empty", "text", "cut short", "zeros"],
)
def test_a_file_that_is_no_database_is_left_as_it_was(
    thuky: Thuky, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    answer = thuky(*listing(path))
    assert answer.code == 1
    assert words in answer.error
    assert str(path) in answer.error
    assert path.read_bytes() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "x.db"]


def test_a_folder_in_place_of_the_file_is_refused(thuky: Thuky, tmp_path: Path) -> None:
    answer = thuky(*listing(tmp_path))
    assert answer.code == 1
    assert "không phải là cơ sở dữ liệu" in answer.error


def test_a_database_of_a_newer_version_is_left_as_it_was(thuky: Thuky) -> None:
    thuky.meeting()
    thuky.sql(f"PRAGMA user_version = {VERSION + 1}")
    thuky.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    before = thuky.database.read_bytes()
    answer = thuky("meeting", "list")
    assert answer.code == 1
    assert "phiên bản Thư Ký mới hơn" in answer.error
    assert thuky.database.read_bytes() == before


def test_a_damaged_database_is_told_so_by_every_command_and_by_the_doctor(thuky: Thuky) -> None:
    thuky.meeting()
    thuky.sql("PRAGMA journal_mode = DELETE")
    whole = thuky.database.read_bytes()
    thuky.database.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for command in (("meeting", "list"), ("unit", "add", "--name", "X")):
        answer = thuky(*command)
        assert answer.code == 1
        assert str(thuky.database) in answer.error
    assert thuky("doctor").code == 1


def test_a_database_that_another_program_holds_is_told_so(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    thuky.meeting()
    connect = sqlite3.connect
    monkeypatch.setattr(
        "schema.database.sqlite3.connect",
        lambda *arguments, **options: connect(*arguments, **options | {"timeout": 0.0}),
    )
    with closing(connect(thuky.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = thuky("meeting", "list")
    assert answer.code == 1
    assert "Chương trình khác đang ghi" in answer.error


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_folder_where_nothing_can_be_made_is_told_so(thuky: Thuky) -> None:
    answer = thuky(*listing(Path("/proc/x.db")))
    assert answer.code == 1
    assert "/proc/x.db" in answer.error


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_home_where_nothing_can_be_made_is_told_so(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/proc")
    answer = thuky("meeting", "list")
    assert answer.code == 1
    assert "--db" in answer.error


@pytest.mark.parametrize("existing", [True, False], ids=["file", "folder"])
def test_a_read_only_folder_is_told_so(thuky: Thuky, tmp_path: Path, *, existing: bool) -> None:
    folder = tmp_path / "chỉ đọc"
    folder.mkdir()
    path = folder / "x.db"
    if existing:
        thuky.done(*listing(path))
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    program = [sys.executable, "-m", "tui.main", *listing(path)]
    if os.geteuid() == 0:
        # Root writes anywhere but on a read-only mount.
        mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" || exit 77; exec "$@"'
        program = ["unshare", "--mount", "sh", "-c", mount, str(folder), *program]
    else:
        folder.chmod(0o500)
        path.chmod(0o400) if existing else None
    try:
        run = subprocess.run(program, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)
    finally:
        folder.chmod(0o700)
    if run.returncode == 77 or "unshare" in run.stderr:
        pytest.skip("no right to mount a folder read-only")
    assert (run.returncode, run.stdout) == (1, "")
    (line,) = run.stderr.splitlines()
    assert str(path) in line
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
