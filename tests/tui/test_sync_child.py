"""While the app is open somebody syncs: the service, or one process that the app starts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schema.records import Meeting
from schema.store import Store
from sync import enrol
from sync.diary import Diary
from sync.lock import is_taken, only_one
from sync.standing import Standing
from tests.tui.office import NAME, at_work
from tui import sync_child
from tui.sync_child import PAUSES, Child
from tui.sync_keeper import WAITING_SECONDS, Calm


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_child, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(sync_child, "PAUSES", (0.05,))


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that is a workspace's only device."""
    monkeypatch.setenv("THUKY_LOG", str(tmp_path / "thuky.log"))
    (tmp_path / "a").mkdir()
    (tmp_path / "chung").mkdir()
    with Store(tmp_path / "a/thuky.db") as store:
        store.set_local({"name": NAME})
        enrol.init(store, tmp_path / "chung", "Văn phòng")
    return tmp_path / "a/thuky.db"


@pytest.fixture
def child(db: Path) -> Iterator[Child]:
    made = Child(db, lambda error: None)
    yield made
    made.end()


def tended(child: Child, condition: Callable[[], object]) -> None:
    """Tend it until the condition holds."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "this never came"
        child.tend()
        time.sleep(0.005)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def segments(db: Path) -> list[Path]:
    return list((db.parents[1] / "chung/devices").rglob("*.seg"))


async def test_what_is_written_in_the_app_is_sent_and_the_process_ends_with_the_app(
    db: Path,
) -> None:
    async with at_work(db, clock=time.time) as office:
        office.store.insert(Meeting(title="Họp"))
        office.app.changed()
        await office.until(lambda: segments(db))
        keeper = office.app._keeper
        assert keeper
        await office.until(lambda: keeper.child.pid)
        pid = keeper.child.pid
        assert pid
    assert gone(pid)
    assert not is_taken(db)


def test_one_that_dies_is_started_again_later_each_time(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_child, "PAUSES", PAUSES)
    now, died, pauses = 0.0, 0.0, list[float]()
    logged: list[Exception] = []
    child = Child(db, logged.append, monotonic=lambda: now)
    for _ in range(4):
        while (pid := child.pid) is None:
            child.tend()
            now += 0.125
        pauses.append(now - died)
        os.kill(pid, signal.SIGKILL)
        while child.pid is not None:
            child.tend()
            time.sleep(0.005)
        died = now
    child.end()
    assert len(logged) == 4
    assert child.failing
    for pause, wanted in zip(pauses[1:], PAUSES, strict=False):
        assert wanted <= pause <= wanted + 0.5


def test_it_takes_over_when_whoever_syncs_ends(db: Path, child: Child) -> None:
    with only_one(db):
        for _ in range(20):
            child.tend()
            time.sleep(0.01)
        assert child.pid is None
    tended(child, lambda: child.pid and is_taken(db))


def test_of_two_apps_on_one_database_one_syncs_and_the_other_takes_over(
    db: Path, child: Child
) -> None:
    tended(child, lambda: child.pid and is_taken(db))
    other = Child(db, lambda error: None)
    try:
        for _ in range(20):
            other.tend()
            time.sleep(0.01)
        assert other.pid is None
        child.end()
        tended(other, lambda: other.pid and is_taken(db))
    finally:
        other.end()


APP = """
import sys, time
from pathlib import Path
from tui.sync_child import Child
child = Child(Path(sys.argv[1]), print)
while True:
    child.tend()
    print(child.pid or 0, flush=True)
    time.sleep(0.02)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_it_ends_when_the_app_is_killed(db: Path) -> None:
    words = [sys.executable, "-c", APP, str(db)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        pid = next(int(line) for line in app.stdout if int(line))
        deadline = time.monotonic() + 30
        while not is_taken(db):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        app.kill()
    while is_taken(db):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert pid


def test_what_it_says_goes_to_the_log_and_never_to_the_terminal(
    db: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    logged: list[Exception] = []
    child = Child(db, logged.append)
    db.with_name("thuky.db.keys").write_text("{")
    tended(child, lambda: logged)
    child.end()
    assert "không đọc được tệp khóa" in str(logged[0]).lower()
    assert capfd.readouterr() == ("", "")


async def test_a_process_that_keeps_dying_is_told(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_child, "MODULE", "no_such_module")
    async with at_work(db, clock=time.time) as office:
        await office.until(lambda: "! đồng bộ lỗi từ" in office.seen())
    assert "no_such_module" in (db.parents[1] / "thuky.log").read_text()


def test_what_is_sent_at_once_is_not_told_as_waiting() -> None:
    now = 0.0
    calm = Calm(lambda: now)
    waiting = Standing("x", "", Diary(), 3, 0, ())
    sent = replace(waiting, pending=0)
    for _ in range(3):
        assert calm(waiting, False, "") == sent
        now += WAITING_SECONDS - 0.1
        assert calm(waiting, False, "") == sent
        assert calm(sent, False, "") == sent
    assert calm(waiting, False, "") == sent
    now += WAITING_SECONDS
    assert calm(waiting, False, "") == waiting
