"""A folder or a disk that takes nothing more: that is told, nothing is lost, and it goes on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.e2e.calls import ROUND
from tests.e2e.forked import thuky
from tests.e2e.mounts import bound, read_only, small
from tests.e2e.office import run
from tests.e2e.parts import no_mounting, without
from tests.e2e.running import Running, all_run, wait_for
from tests.e2e.standins import Fails
from tests.e2e.two import Two, add_meeting, founded, settle, titles


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """The disk has no room for another byte."""
    filler = disk / ".filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


def failure(db: Path) -> str:
    return str(run(db, "sync", "status")["failure"] or "")


def both_ways(two: Two) -> None:
    for source, target in (two.both, two.both[::-1]):
        add_meeting(source, f"đầu {source.parent.name}")
        wait_for(lambda s=source, t=target: f"đầu {s.parent.name}" in titles(t), "the first edit")  # type: ignore[misc]


def test_a_full_folder_is_told_and_sent_to_when_there_is_room_again(tmp_path: Path) -> None:
    if reason := no_mounting(tmp_path):
        without(f"mounting ({reason})", "writing fails as on a full disk")
        _stands_in(tmp_path, Fails("write", errno.ENOSPC), "đã đầy")
        return
    with small(tmp_path / "folder") as folder:
        two = founded(tmp_path, (folder, folder))
        with Running(two.a) as a, Running(two.b) as b:
            both_ways(two)
            with filled(folder):
                add_meeting(two.a, "khi đầy")
                wait_for(lambda: "đã đầy" in failure(two.a), "that it is full")
                assert all_run(a, b)
                assert run(two.a, "sync", "status")["pending"]
            wait_for(lambda: "khi đầy" in titles(two.b), "what was written meanwhile")
            wait_for(lambda: not failure(two.a), "that all is well")
            assert [one.stop() for one in (a, b)] == [0, 0]
        settle(two)


def test_a_full_disk_under_the_database_is_told_and_it_receives_when_there_is_room_again(
    tmp_path: Path,
) -> None:
    if reason := no_mounting(tmp_path):
        pytest.skip(f"no mounting ({reason}); see test_sync_faults, ENOSPC")
    with small(tmp_path / "a", "4m") as disk:
        two = founded(tmp_path)
        with Running(two.a, where=tmp_path) as a, Running(two.b) as b:
            both_ways(two)
            with filled(disk):
                for number in range(20):
                    add_meeting(two.b, f"khi đầy {number} {'x' * 2000}")
                wait_for(
                    lambda: any("Đĩa đã đầy" in (line["failure"] or "") for line in a.said()),
                    "that it is full",
                )
                assert all_run(a, b)
            wait_for(lambda: len(titles(two.a)) == 22, "what was written meanwhile")
            assert [one.stop() for one in (a, b)] == [0, 0]
        settle(two)


def test_what_starts_on_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    if reason := no_mounting(tmp_path):
        pytest.skip(f"no mounting ({reason}); see test_sync_faults, ENOSPC")
    with small(tmp_path / "a", "4m") as disk:
        two = founded(tmp_path)
        add_meeting(two.a, "trước khi đầy")
        add_meeting(two.b, "trước khi đầy, ở B")
        assert thuky(two.b, *ROUND).code == 0
        with filled(disk):
            ended = thuky(two.a, *ROUND, where=tmp_path)
        assert ended.code == 1
        assert "đầy" in ended.said
        assert "Traceback" not in ended.said
        assert thuky(two.a, *ROUND).code == 0
        settle(two)
        assert titles(two.a) == {"trước khi đầy", "trước khi đầy, ở B"}


def test_from_a_read_only_folder_it_receives_and_says_that_it_cannot_send(tmp_path: Path) -> None:
    if reason := no_mounting(tmp_path):
        without(f"mounting ({reason})", "writing fails as where that is not allowed")
        _stands_in(tmp_path, Fails("link", errno.EROFS), "quyền")
        return
    share = tmp_path / "folder"
    share.mkdir()
    with bound(share, tmp_path / "seen") as seen:
        two = founded(tmp_path, (seen, share))
        with Running(two.a) as a, Running(two.b) as b:
            both_ways(two)
            with read_only(seen):
                add_meeting(two.a, "chưa gửi được")
                wait_for(lambda: "quyền" in failure(two.a), "that it may not write")
                add_meeting(two.b, "vẫn nhận được")
                wait_for(lambda: "vẫn nhận được" in titles(two.a), "what B sent")
                assert run(two.a, "sync", "status")["pending"]
                assert all_run(a, b)
            wait_for(lambda: "chưa gửi được" in titles(two.b), "what A could not send")
            wait_for(lambda: not failure(two.a), "that all is well")
            assert [one.stop() for one in (a, b)] == [0, 0]
        settle(two)


# Where nothing can be mounted


def _stands_in(where: Path, trouble: Fails, words: str) -> None:
    two = founded(where)
    add_meeting(two.a, "từ A")
    add_meeting(two.b, "từ B")
    assert thuky(two.b, *ROUND).code == 0
    ended = thuky(two.a, *ROUND, trouble=trouble)
    assert (ended.code, words in ended.said) == (1, True)
    assert titles(two.a) == {"từ A", "từ B"}
    settle(two)
    assert titles(two.b) == {"từ A", "từ B"}
