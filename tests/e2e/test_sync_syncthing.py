"""Machines whose folders are two, which Syncthing keeps alike."""

import subprocess
from pathlib import Path

from tests.e2e.exchange import exchange, status, verified
from tests.e2e.office import PROGRAM, ROOT, run
from tests.e2e.parts import need
from tests.e2e.replicator import Syncthing, replicated
from tests.e2e.running import SECONDS, Running, wait_for
from tests.e2e.terminal import environment
from tests.e2e.two import Two, add_meeting, settle, titles


def joined(two: Two, code: str) -> None:
    """What a person does at the second machine."""
    words = ["--db", str(two.b), "sync", "join", str(two.folders[1]), "--code", code, "--json"]
    done = subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(two.b.parent),
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """What both folders must come to have, without what each Syncthing keeps for itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~"))
    }


def litter(two: Two) -> None:
    """What replicators, systems and people leave beside our files."""
    folder = two.folders[0]
    (folder / ".stignore").write_text("*.tmp\n")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "Thumbs.db").write_bytes(b"x")
    for segment in list(folder.glob("devices/*/*.seg")):
        name = segment.stem
        data = segment.read_bytes()
        for copy, content in (
            (f"{name}.sync-conflict-20261124-140000-ABCDEFG.seg", data),
            (f"{name} (Máy B's conflicted copy 2026-11-24).seg", data[:-1]),
            (f"~syncthing~{name}.seg.tmp", data[:20]),
            (f".syncthing.{name}.seg.tmp", data[:20]),
            (f".{name}.seg.filepart", b""),
        ):
            (segment.parent / copy).write_bytes(content)


def test_two_syncthings_carry_everything_and_their_own_files_make_no_trouble(
    tmp_path: Path,
) -> None:
    need("syncthing")
    with replicated(tmp_path) as both:
        two = Two(tmp_path, (both[0].folder, both[1].folder))
        for db in two.both:
            db.parent.mkdir()
        wait_for(lambda: all((f / ".stfolder").is_dir() for f in two.folders), ".stfolder")
        (two.folders[0] / ".DS_Store").write_bytes(b"x")
        # As people do it, in folders that are empty for a person.
        run(two.a, "sync", "init", str(two.folders[0]))
        code = run(two.a, "sync", "invite")["code"]
        with Running(two.a) as a:
            wait_for((two.folders[1] / "thuky.workspace").exists, "the workspace")
            wait_for(lambda: list(two.folders[1].glob("invites/*")), "the offer")
            joined(two, code)
            with Running(two.b) as b:
                exchange(two)
                litter(two)
                edits_wait_for_a_syncthing_that_is_down(two, both[1])
                wait_for(lambda: contents(two.folders[0]) == contents(two.folders[1]), "all files")
                assert [status(db)["problems"] for db in two.both] == [[], []]
                assert [one.stop() for one in (a, b)] == [0, 0]
                assert (a.complained(), b.complained()) == ("", "")
        verified(two)
    # The second's folder, as it is now, is as good as the first's.
    for db in two.both:
        two.point_at(db, two.folders[1])
    settle(two)


def edits_wait_for_a_syncthing_that_is_down(two: Two, syncthing: Syncthing) -> None:
    syncthing.stop()
    for db in two.both:
        add_meeting(db, f"khi {db.parent.name} ở riêng")
    syncthing.start()
    for db in two.both:
        wait_for(
            lambda db=db: titles(db) >= {"khi a ở riêng", "khi b ở riêng"},  # type: ignore[misc]
            "what was written while they were apart",
        )
