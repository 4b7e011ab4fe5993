"""What a folder that fails, clocks and versions can do to us, case by case: nothing is lost."""

import os
from pathlib import Path

import pytest

from schema.records import Meeting, SavedFilter, Unit
from schema.store import Store
from sync.consolidation import consolidate
from sync.engine import Engine
from sync.enrol import init, opened
from sync.folder import Denied, DirectoryFolder, FolderError, Full, Gone, NotThere
from sync.problem import Reason
from sync.segment import path_of
from tests.simulation.versions import older
from tests.sync.desks import Desk, Desks, agree, names, reasons, sound, write

YEAR = 365 * 86400


# A folder that fails


FAILURES = {
    "no space": Full,
    "permission denied": Denied,
    "I/O error": FolderError,
    "vanishing": Gone,
}


@pytest.mark.parametrize("error", FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_at_the_nth_call(
    tmp_path: Path, error: type[FolderError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No space, permission denied, an I/O error, the folder vanishing mid-write: at every call of
    a round that sends, receives, merges segments and proves."""
    desks = Desks(tmp_path, 2)
    first, second = desks.all
    left = [-1]

    def fault(what: str, path: str) -> None:
        left[0] -= 1
        if left[0] == 0 and not (error is Full and what in ("list", "read", "delete")):
            raise error(path, "thử")

    monkeypatch.setattr(desks.folder, "_fault", fault)
    words = []
    for call in range(1, 200):
        words.append(f"việc {call}")
        write(first, words[-1])
        write(second, f"của máy hai {call}")
        second.sync()
        left[0] = call
        done = first.engine.round(prove=True)
        reached = left[0] > 0
        left[0] = -1
        assert done.failure is None or isinstance(done.failure, FolderError)
        if reached:
            break
        place = first.engine.state.place(first.device)
        if not first.engine.state.outgoing():
            consolidate(first.engine.workspace, place, grace_ms=0)
    else:
        raise AssertionError("a round has no end")
    agree(desks, *words)
    assert sound(desks)
    desks.close()


def test_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is read all the same, and what is to be sent waits."""
    desks = Desks(tmp_path, 2)
    first, second = desks.all
    write(second, "đến được")
    second.sync()
    write(first, "chờ")

    def refuse(path: str, data: bytes) -> None:
        raise Denied(path, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(desks.folder, "write_new", refuse)
        done = first.engine.round()
    assert isinstance(done.failure, Denied)
    assert "đến được" in names(first)
    agree(desks, "đến được", "chờ")
    desks.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_permission_denied(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Store(tmp_path / "a.db") as store:
        init(store, folder, "Máy 1")
        workspace = opened(store)
        assert workspace is not None
        write(Desk(store, Engine(store, workspace)), "chờ")
        (folder / "devices").chmod(0)
        try:
            assert isinstance(Engine(store, workspace).round().failure, Denied)
        finally:
            (folder / "devices").chmod(0o755)
        assert Engine(store, workspace).round().failure is None


def test_folder_vanishing_mid_write(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Store(tmp_path / "a.db") as store:
        init(store, folder, "Máy 1")
        workspace = opened(store)
        assert workspace is not None
        engine = Engine(store, workspace)
        assert engine.round().failure is None
        write(Desk(store, engine), "mới")
        inner = workspace.folder
        assert isinstance(inner, DirectoryFolder)
        wrote = inner.write_new

        def vanish(path: str, data: bytes) -> None:
            folder.rename(tmp_path / "away")
            wrote(path, data)

        inner.write_new = vanish  # type: ignore[method-assign]
        assert isinstance(engine.round().failure, Gone)
        assert not folder.exists()
        inner.write_new = wrote  # type: ignore[method-assign]
        (tmp_path / "away").rename(folder)
        assert engine.round().failure is None
        with pytest.raises(NotThere):
            inner.read(path_of(engine.workspace.vault.device, 9, 9), 1 << 20)
        assert engine.state.outgoing() == []


# Clocks and versions


@pytest.mark.parametrize("skews", [(YEAR, -YEAR, 0), (-20 * YEAR, 20 * YEAR, 3)])
def test_clocks_years_apart(share: Desks, skews: tuple[int, ...]) -> None:
    """A later edit by somebody who had seen the earlier one counts, whatever the clocks say."""
    (unit, *_) = share.all[0].store.live(Unit, "name = ?", "đầu 1")
    for turn in range(2):
        for number, (desk, skew) in enumerate(zip(share.all, skews, strict=True)):
            at = int((share.clock() + skew) * 1000) << 16
            desk.store.connection.execute("UPDATE clock SET hlc = max(hlc, ?)", (at,))
            desk.store.update(Unit, unit.id, abbr=f"{turn} {number}")
            share.sync()
            assert {d.store.get(Unit, unit.id).abbr for d in share.all} == {f"{turn} {number}"}
    agree(share)


def test_a_clock_stepping_back(share: Desks) -> None:
    first, *_ = share.all
    (unit, *_) = first.store.live(Unit, "name = ?", "đầu 1")
    for number in range(5):
        first.store.update(Unit, unit.id, abbr=str(number))
        share.sync()
        share.clock.seconds -= 3 * YEAR
        assert {d.store.get(Unit, unit.id).abbr for d in share.all} == {str(number)}
    share.clock.seconds += 15 * YEAR
    agree(share)


def test_two_versions_of_the_program(share: Desks) -> None:
    """What the older one does not know it keeps, passes on, and shows once it is upgraded."""
    first, second, _ = share.all
    first.store.insert(SavedFilter(id="f", name="quá hạn", query="qua han"))
    first.store.insert(Meeting(id="m", title="Họp", urgency="khẩn"))
    first.sync()
    with older():
        second.engine = Engine(second.store, second.engine.workspace)
        assert Reason.KEPT_ASIDE in reasons(second)
        assert second.store.get(Meeting, "m").title == "Họp"
        second.store.update(Meeting, "m", place="Phòng 1")
        second.sync()
    second.engine = Engine(second.store, second.engine.workspace)
    share.sync()
    assert second.store.get(SavedFilter, "f").query == "qua han"
    assert {d.store.get(Meeting, "m").urgency for d in share.all} == {"khẩn"}
    assert {d.store.get(Meeting, "m").place for d in share.all} == {"Phòng 1"}
    agree(share)
