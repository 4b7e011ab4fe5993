"""A machine whose clock is a year off: all arrives, the later edit shows, and it is told."""

import glob
from pathlib import Path

import pytest

from schema.records import Meeting
from schema.store import Store
from tests.e2e.exchange import status
from tests.e2e.office import run
from tests.e2e.parts import need
from tests.e2e.running import Running, wait_for
from tests.e2e.two import Two, founded, settle, text_at

LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"


def off_by(offset: str) -> dict[str, str]:
    """What makes a process believe in another time. (The command `faketime` leaves something in
    shared memory when it is killed.)"""
    need("faketime")
    (library, *_) = glob.glob(LIBRARIES) or [""]  # noqa: PTH207 a pattern from the root
    assert library, f"no {LIBRARIES}"
    return {"LD_PRELOAD": library, "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def place_at(db: Path, meeting: str) -> str:
    with Store(db) as store:
        found = store.find(Meeting, meeting)
        return found.place if found else ""


@pytest.mark.parametrize("offset", ["+365d", "-365d"])
def test_with_a_clock_a_year_off_the_later_edit_of_who_saw_the_other_shows(
    tmp_path: Path, offset: str
) -> None:
    two: Two = founded(tmp_path)
    clocks = dict(zip(two.both, ({}, off_by(offset)), strict=True))

    def at(db: Path, *words: str, stdin: str = "") -> dict[str, str]:
        return dict(run(db, *words, stdin=stdin, env=clocks[db]))

    with Running(two.a) as a, Running(two.b, env=clocks[two.b]) as b:
        id = at(two.a, "meeting", "add", "--title", "Giao ban", "--start", "2026-02-27T14:00")["id"]
        said = ""
        for number in range(4):
            writer, reader = two.both if number % 2 == 0 else two.both[::-1]
            wait_for(lambda w=writer, n=number: n == 0 or place_at(w, id) == f"Phòng {n - 1}", "it")  # type: ignore[misc]
            at(writer, "meeting", "edit", id, "--place", f"Phòng {number}")
            at(writer, "minutes", "append", id, stdin=f"Câu {number}.\n")
            said += f"Câu {number}.\n"
            for db in (writer, reader):
                wait_for(lambda db=db, n=number: place_at(db, id) == f"Phòng {n}", "the edit")  # type: ignore[misc]
                wait_for(lambda db=db, said=said: text_at(db, id) == said, "the words")  # type: ignore[misc]
        # Nobody wrote over what he had not seen.
        assert [status(db)["conflicts"] for db in two.both] == [0, 0]
        behind = two.a if offset.startswith("+") else two.b
        problems = run(behind, "sync", "status", env=clocks[behind])["problems"]
        assert [problem["reason"] for problem in problems] == ["clock"]
        assert "Đồng hồ" in problems[0]["words"]
        assert [one.stop() for one in (a, b)] == [0, 0]
        assert (a.complained(), b.complained()) == ("", "")
    # Seen from here and now, only stamps of the future are amiss.
    settle(two, clocks_differ=offset.startswith("+"))
    assert place_at(two.a, id) == "Phòng 3"
