"""Machines that sync by themselves, each as people run it: two processes, one directory."""

from contextlib import ExitStack
from pathlib import Path

from tests.e2e.mounts import over_ssh
from tests.e2e.office import run
from tests.e2e.parts import need, no_fuse, without
from tests.e2e.running import Running, wait_for
from tests.e2e.two import Two, add_meeting, founded, settle, text_at, titles, type_words


def status(db: Path) -> dict[str, object]:
    return dict(run(db, "sync", "status"))


def exchange(two: Two) -> None:
    """Rows and words arrive both ways, some at once and some in one minutes."""
    common = add_meeting(two.a, "Giao ban")
    wait_for(lambda: "Giao ban" in titles(two.b), "a row from A")
    # In session, so that it is looked at more often where nothing tells.
    run(two.a, "meeting", "start", common)
    type_words(two.b, common, "Máy B nói. ")
    wait_for(lambda: text_at(two.a, common) == "Máy B nói. ", "words from B")
    said = set()
    for number in range(5):
        for db in two.both:
            add_meeting(db, f"{db.parent.name} {number}")
            type_words(db, common, f"{db.parent.name}{number}. ")
            said |= {f"{db.parent.name}{number}"}
    for db in two.both:
        wait_for(lambda db=db: len(titles(db)) == 11, f"all rows at {db}")  # type: ignore[misc]
    for db in two.both:
        wait_for(
            lambda db=db: set(text_at(db, common).split(". ")) == {*said, "Máy B nói", ""},  # type: ignore[misc]
            f"all words at {db}",
        )
    assert text_at(two.a, common) == text_at(two.b, common)


def verified(two: Two) -> None:
    """Each says that it is the same as the other, once each has told what it holds."""
    for db in (*two.both, *two.both):
        run(db, "sync", "verify")
    for db in two.both:
        (found,) = run(db, "sync", "verify")
        assert (found["agrees"], found["differs"]) == (True, None)


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
    need("sshfs", "fusermount3")
    if reason := no_fuse():
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
