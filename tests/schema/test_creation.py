"""A new database is there whole or not at all, whatever happens while it is made."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from schema.creation import create
from schema.database import open_database
from schema.errors import ThukyError
from schema.shape import differences
from tests.schema.mounts import ROOT, run_in_mount

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and modes are POSIX")


def whole(path: Path) -> bool:
    with closing(open_database(path, must_exist=True)) as connection:
        devices = connection.execute("SELECT count(*) FROM clock").fetchone()[0]
        return not list(differences(connection)) and devices == 1


class Faults:
    """Fails the call number `at` of those that come by, and counts them."""

    def __init__(self, at: int, error: Exception) -> None:
        self.at = at
        self.error = error
        self.count = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            raise self.error


def broken_connect(faults: Faults) -> Any:
    class Broken(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            faults.step()
            return super().execute(sql, *rest)

    return partial(sqlite3.connect, factory=Broken)


def failure(path: Path) -> ThukyError | None:
    try:
        create(path)
    except ThukyError as error:
        return error
    return None


def full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


def test_a_failure_of_any_statement_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    at = 0
    while True:
        at += 1
        faults = Faults(at, full())
        monkeypatch.setattr(sqlite3, "connect", broken_connect(faults))
        error = failure(path)
        monkeypatch.setattr(sqlite3, "connect", connect)
        if error is None:
            break
        assert "Đĩa đã đầy" in str(error)
        assert list(path.parent.iterdir()) == []
    assert at > 50
    assert whole(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["close", "link", "urandom"])
def test_a_failure_of_the_system_leaves_nothing_or_a_whole_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    call = getattr(os, name)
    faults = Faults(1, OSError(errno.EIO, "I/O error"))

    def broken(*args: Any, **options: Any) -> Any:
        faults.step()
        return call(*args, **options)

    monkeypatch.setattr(os, name, broken)
    error = failure(path)
    assert faults.count
    if error is None:
        assert whole(path)
    else:
        assert "I/O error" in str(error)
    assert list(path.parent.iterdir()) == ([] if error else [path])


def test_a_place_that_takes_no_new_file_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(ThukyError, match="Không tạo được"):
        create(path)


def test_where_there_are_no_hard_links_the_file_is_made_still(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    create(path)
    assert whole(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_another_process_made_meanwhile_stays(path: Path) -> None:
    create(path)
    before = path.read_bytes()
    create(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


FULL_DISK = """
import json, os, sys
from contextlib import suppress
from pathlib import Path
from schema.errors import ThukyError
from schema.creation import create
from schema.store import Store
folder = Path(sys.argv[1])
path = folder / "thuky.db"
said = []
# From no room at all to enough of it.
for free in range(0, 1000, 20):
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    os.truncate(filler, max(0, filler.stat().st_size - free * 1024))
    try:
        create(path)
        break
    except ThukyError as error:
        said.append(error.words)
        assert [p.name for p in folder.iterdir()] == ["filler"], list(folder.iterdir())
    filler.unlink()
filler.unlink()
Store(path).close()
print(json.dumps([free, sorted(set(said))]))
"""


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=1m tmpfs "$1"'
    free, said = run_in_mount(tmp_path, mount, FULL_DISK)
    assert 100 < free < 900
    assert said
    assert all("Đĩa đã đầy" in words or "{reason}" in words for words in said)


KILLED = """
import json, os, signal, sys
from pathlib import Path
from schema import creation, migrations
from schema.database import open_database
from schema.shape import differences

path = Path(sys.argv[1]) / "thuky.db"
STEPS = {"execute", "connect", "open", "close", "link", "unlink"}
seen = {"absent": 0, "whole": 0}
at = 0
while True:
    at += 1
    child = os.fork()
    if child == 0:
        left = at
        def count(frame, event, what):
            global left
            if event == "c_call" and what.__name__ in STEPS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.setprofile(count)
        open_database(path).close()
        sys.setprofile(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        break
    if path.exists():
        seen["whole"] += 1
    else:
        seen["absent"] += 1
        assert not Path(f"{path}-wal").exists()
    if path.exists() or at % 10 == 0:
        connection = open_database(path)
        assert not list(differences(connection))
        connection.close()
    for left in path.parent.iterdir():
        left.unlink()
print(json.dumps(seen))
"""


def test_a_kill_at_any_moment_leaves_nothing_or_a_whole_file(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["absent"] > 30
    assert seen["whole"] > 3


AT_ONCE = """
import sys
from pathlib import Path
from schema.records import Unit
from schema.store import Store
print("ready", flush=True)
sys.stdin.readline()
with Store(Path(sys.argv[1])) as store:
    store.insert(Unit(name="x"))
    print(store.connection.execute("SELECT device FROM clock").fetchone()[0])
"""


def test_processes_that_make_one_at_once_share_the_first(path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate() for process in processes]
    assert [error for _, error in said] == [""] * 4
    assert len({device for device, _ in said}) == 1
    with closing(open_database(path)) as connection:
        assert connection.execute("SELECT count(*) FROM unit").fetchone() == (4,)
    assert list(path.parent.iterdir()) == [path]
