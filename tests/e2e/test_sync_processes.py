"""Machines that sync by themselves, each as people run it: two processes, one directory."""

from contextlib import ExitStack
from pathlib import Path

from tests.e2e.exchange import exchange, status, verified
from tests.e2e.mounts import over_ssh
from tests.e2e.parts import need, no_fuse, without
from tests.e2e.running import Running
from tests.e2e.two import founded, settle


def test_edits_of_two_processes_on_one_directory_arrive_both_ways_by_events(
    tmp_path: Path,
) -> None:
    two = founded(tmp_path)
    with Running(two.a) as a, Running(two.b) as b:
        exchange(two)
        assert [status(db)["watch"] for db in two.both] == ["events", "events"]
        assert [status(db)["pending"] for db in two.both] == [0, 0]
        assert [one.stop() for one in (a, b)] == [0, 0]
        assert (a.complained(), b.complained()) == ("", "")
    verified(two)
    settle(two)


def test_edits_arrive_where_the_file_system_sends_no_events(tmp_path: Path) -> None:
    need("sshfs", "fusermount3", "sftp-server")
    if reason := no_fuse(tmp_path):
        without(f"FUSE ({reason})", "polling is forced")
        two = founded(tmp_path)
        with Running(two.a, deaf=True), Running(two.b, deaf=True):
            exchange(two)
            assert [status(db)["watch"] for db in two.both] == ["polling", "polling"]
        settle(two)
        return
    share = tmp_path / "share"
    share.mkdir()
    with ExitStack() as mounts:
        folders = tuple(mounts.enter_context(over_ssh(share, tmp_path / n)) for n in ("m1", "m2"))
        two = founded(tmp_path, (folders[0], folders[1]))
        with Running(two.a) as a, Running(two.b) as b:
            exchange(two)
            assert [status(db)["watch"] for db in two.both] == ["polling", "polling"]
            assert [one.stop() for one in (a, b)] == [0, 0]
            assert (a.complained(), b.complained()) == ("", "")
        verified(two)
    # The mounts may show what was there seconds ago; what is there now is sound.
    for db in two.both:
        two.point_at(db, share)
    settle(two)
