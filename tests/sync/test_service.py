"""Syncing goes on by itself until it is stopped, with events and without."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from schema.carets import Caret, carets, drop, put
from schema.records import Meeting
from schema.store import Store
from sync import enrol, lock, pairing
from sync.change import START
from sync.diary import EVENTS, POLLING, diary
from sync.enrol import NotJoined
from sync.lock import AlreadySyncing, only_one
from sync.service import Pace, Service
from sync.status import status
from sync.watch import sends_events
from tests.sync.machines import CHEAP

QUICK = Pace(events=0.2, polling=0.05, live=0.05, failing=0.05)
SLOW = Pace(events=600, polling=600, live=600, failing=600)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[list[Store]]:
    """Two databases of one workspace, its folder beside them."""
    made = []
    (tmp_path / "folder").mkdir()
    for name in "ab":
        (tmp_path / name).mkdir()
        made.append(Store(tmp_path / name / "thuky.db"))
    first = enrol.init(made[0], tmp_path / "folder", "Máy 1")
    code = pairing.invite(first, CHEAP).code
    enrol.ask_to_join(made[1], tmp_path / "folder", code, "Máy 2")
    pairing.serve(first)
    assert enrol.joined(made[1], tmp_path / "folder")
    yield made
    for store in made:
        store.close()


@contextmanager
def running(*services: Service) -> Iterator[None]:
    threads = [threading.Thread(target=service.run) for service in services]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for service, thread in zip(services, threads, strict=True):
            service.stop()
            thread.join(30)
            assert not thread.is_alive()


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "this never came"
        time.sleep(0.005)


def arrives(source: Store, target: Store, title: str) -> None:
    meeting = source.insert(Meeting(title=title))
    wait_for(lambda: target.find(Meeting, meeting.id))


def services(stores: list[Store], pace: Pace, *, events: bool) -> list[Service]:
    return [Service(store.path, events=events, pace=pace) for store in stores]


def test_an_edit_arrives_by_events_alone(stores: list[Store]) -> None:
    one, two = stores
    with running(*services(stores, SLOW, events=True)):
        wait_for(lambda: status(one).running and status(two).running)
        wait_for(lambda: status(two).diary.watch == EVENTS)
        for number in range(3):
            arrives(one, two, f"lần {number}")
            arrives(two, one, f"lượt {number}")


def test_a_commit_that_no_event_tells_of_is_sent_all_the_same(
    stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy disk the event of a write may come before its commit can be read, and none after.
    monkeypatch.setattr(Service, "_watch_database", lambda self: None)
    one, two = stores
    with running(*services(stores, SLOW, events=True)):
        wait_for(lambda: status(two).diary.watch == EVENTS)
        arrives(one, two, "x")


def test_an_edit_arrives_where_no_events_come(stores: list[Store]) -> None:
    one, two = stores
    with running(*services(stores, QUICK, events=False)):
        arrives(one, two, "x")
        assert status(two).diary.watch == POLLING


def test_where_events_are_expected_and_do_not_come_it_polls(
    stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = stores
    silent = Service(two.path, events=True, pace=QUICK)
    other = Service(one.path, events=True, pace=QUICK)
    watch = Service._watch_folder

    def deaf(self: Service, root: Path | None) -> None:
        watch(self, root)
        if self is silent and (waker := self._wakers.get("folder")):
            waker._wake = lambda: None

    monkeypatch.setattr(Service, "_watch_folder", deaf)
    with running(silent, other):
        for number in range(6):
            arrives(one, two, f"lần {number}")
        wait_for(lambda: status(two).diary.watch == POLLING)


def test_a_folder_that_goes_and_comes_back_is_told_and_taken_up(stores: list[Store]) -> None:
    one, two = stores
    folder = Path(status(one).folder)
    with running(*services(stores, QUICK, events=True)):
        arrives(one, two, "trước")
        folder.rename(folder.with_name("away"))
        meeting = one.insert(Meeting(title="khi rút ổ"))
        wait_for(lambda: status(one).diary.failure)
        assert status(one).diary.since
        assert status(one).pending
        folder.with_name("away").rename(folder)
        wait_for(lambda: two.find(Meeting, meeting.id))
        wait_for(lambda: not status(one).diary.failure)
        arrives(two, one, "sau")


@pytest.mark.parametrize("events", [True, False])
def test_whose_cursor_is_where_arrives_and_is_withdrawn_at_the_end(
    stores: list[Store], events: bool
) -> None:
    one, two = stores
    folder = Path(status(one).folder)

    def seen(store: Store) -> list[tuple[bytes, str]]:
        return [(c.anchor, c.name) for c in carets(store, "m") if c.device]

    pace = replace(SLOW, live=0.05) if events else QUICK
    with running(*services(stores, pace, events=events)):
        put(one, Caret("p", "m", b"a", "Lan"))
        put(two, Caret("p", "m", b"b", ""))
        wait_for(lambda: seen(one) == [(b"b", "Máy 2")])
        wait_for(lambda: seen(two) == [(b"a", "Lan")])
        put(one, Caret("p", "m", b"c", "Lan"))
        wait_for(lambda: seen(two) == [(b"c", "Lan")])
        drop(one, "p")
        wait_for(lambda: seen(two) == [])
    assert list(folder.rglob("*.presence")) == []
    assert seen(one) == []


def test_only_one_process_syncs_a_database(stores: list[Store]) -> None:
    path = stores[0].path
    assert not lock.is_taken(path)
    with only_one(path):
        assert lock.is_taken(path)
        with pytest.raises(AlreadySyncing):
            Service(path).run()
    assert not lock.is_taken(path)


def test_a_lock_writes_nothing(stores: list[Store]) -> None:
    path = stores[0].path
    with only_one(path):
        assert path.with_name(f"{path.name}.sync-lock").stat().st_size == 0
        assert not path.with_name(f"{path.name}.sync-lock-journal").exists()


def test_a_lock_ends_with_its_process_however_that_ends(stores: list[Store]) -> None:
    path = stores[0].path
    with child(path) as process:
        wait_for(lambda: lock.is_taken(path))
        process.kill()
        process.wait()
    assert not lock.is_taken(path)


def test_a_database_of_no_workspace_is_told(tmp_path: Path) -> None:
    Store(tmp_path / "alone.db").close()
    with pytest.raises(NotJoined):
        Service(tmp_path / "alone.db").run()


@contextmanager
def child(path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-m", "sync", str(path)], cwd=ROOT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM")
def test_a_process_that_is_asked_to_end_does_so_cleanly(stores: list[Store]) -> None:
    one, two = stores
    with child(one.path) as first, child(two.path) as second:
        arrives(one, two, "x")
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(30) for process in (first, second)] == [0, 0]


def test_what_is_known_of_syncing_can_be_read_without_the_folder(stores: list[Store]) -> None:
    one, two = stores
    with running(*services(stores, QUICK, events=True)):
        arrives(one, two, "x")
        wait_for(lambda: status(one).pending == 0 and status(one).diary.last_push)
    now = status(one)
    assert (now.running, now.conflicts, now.problems) == (False, 0, ())
    assert now.device == enrol.opened(one).vault.device  # type: ignore[union-attr]
    assert dict(now.behind) == {}


MOUNTS = """\
22 1 0:21 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw - cifs //server/share rw
31 22 0:41 / /mnt/ssh rw - fuse.sshfs host:/ rw
32 22 0:42 / /mnt/unknown rw - fuse.something x rw
33 22 0:43 / /mnt/stick rw - fuseblk /dev/sdb1 rw
34 22 0:44 / /mnt/vm rw - virtiofs x rw
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *[("/home", True), ("/mnt/stick/a", True), ("/mnt/share/a", False)],
        *[("/mnt/ssh", False), ("/mnt/unknown", False), ("/mnt/vm/a", False)],
    ],
)
def test_file_systems_that_send_no_events_are_known(
    path: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    from schema import place

    monkeypatch.setattr("sync.watch.file_system", lambda where: place.file_system(where, mounts))
    assert sends_events(Path(path)) is expected


def test_a_process_that_follows_its_parent_ends_with_it(stores: list[Store]) -> None:
    one, _ = stores
    words = [sys.executable, "-m", "sync", str(one.path), "--with-parent"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE) as process:
        assert process.stdin
        wait_for(lambda: lock.is_taken(one.path))
        process.stdin.close()
        assert process.wait(30) == 0
    assert not lock.is_taken(one.path)


def test_a_machine_that_asks_is_let_in_and_syncs_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in "ab":
        (tmp_path / name).mkdir()
    with Store(tmp_path / "a/a.db") as one, Store(tmp_path / "b/b.db") as two:
        meeting = one.insert(Meeting(title="x"))
        code = pairing.invite(enrol.init(one, folder, "Máy 1"), CHEAP).code
        with running(Service(one.path, pace=QUICK)):
            enrol.ask_to_join(two, folder, code, "Máy 2")
            with running(Service(two.path, pace=QUICK)):
                wait_for(lambda: two.find(Meeting, meeting.id))
        assert status(two).folder == str(folder.resolve())


def test_a_machine_that_is_not_let_in_is_told_and_asks_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in "ab":
        (tmp_path / name).mkdir()
    with Store(tmp_path / "a/a.db") as one, Store(tmp_path / "b/b.db") as two:
        workspace = enrol.init(one, folder, "Máy 1")
        enrol.ask_to_join(two, folder, pairing.invite(workspace, CHEAP).code, "Máy 2")
        for offer in (folder / "invites").glob("*.invite"):
            offer.unlink()
        with pytest.raises(pairing.WrongCode):
            Service(two.path, pace=QUICK).run()
        assert diary(two.path).kind == "WrongCode"
        with pytest.raises(NotJoined):
            Service(two.path, pace=QUICK).run()


def test_a_machine_that_is_out_and_asks_again_is_let_in_while_it_runs(stores: list[Store]) -> None:
    one, two = stores
    first = enrol.opened(one)
    assert first
    first.refresh()
    with running(Service(two.path, pace=QUICK)):
        arrived = two.insert(Meeting(title="x"))
        device = str(two.connection.execute("SELECT device FROM clock").fetchone()[0])
        wait_for(lambda: status(two).pending == 0)
        first.membership.revoke(device, START)
        wait_for(lambda: diary(two.path).kind == "PutOut")
        enrol.ask_to_join(two, Path(status(two).folder), pairing.invite(first, CHEAP).code, "Máy 2")
        with running(Service(one.path, pace=QUICK)):
            wait_for(lambda: one.find(Meeting, arrived.id))
