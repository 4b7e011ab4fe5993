"""Machines that were copied, set back or put out, and folders that lost something, come together
again: nothing that anybody still has is lost to anybody.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from schema.records import Unit
from schema.store import Store
from sync import capture, conflicts, enrol
from sync.change import ROW, Change
from sync.consolidation import consolidate, restore
from sync.engine import Engine
from sync.folder import MemoryFolder
from sync.keys import Kept, Vault
from sync.merge import merge
from sync.problem import Reason
from sync.workspace import Cloned, PutOut, Workspace
from tests.sync.desks import START, Desk, Desks, agree, reasons, write
from tests.sync.machines import Office

A, B, C = "a" * 16, "b" * 16, "c" * 16


def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def cell(val: str | None, hlc: int, device: str, col: str = "name") -> Change:
    return Change("unit", "u", col, val, hlc, device, None)


def go_on(desks: Desks, *machines: Desk) -> None:
    """For an hour."""
    for _ in range(12):
        for machine in machines or desks.all:
            machine.last = machine.engine.round(prove=True)
        desks.clock.seconds += 300


def names(desk: Desk) -> set[str]:
    return {unit.name for unit in desk.store.live(Unit)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        yield store


# Copies and older databases


def test_a_kill_while_taking_another_name_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a").mkdir()

    def engine(store: Store) -> Engine:
        workspace = enrol.opened(store)
        assert workspace is not None
        return Engine(store, workspace)

    def killed(store: Store, vault: Vault) -> None:
        raise KeyboardInterrupt

    with Store(tmp_path / "a" / "thuky.db") as one:
        enrol.init(one, tmp_path / "folder", "Máy 1")
        first = engine(one)
        first.round()
        one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(tmp_path / "a", tmp_path / "b")
        with Store(tmp_path / "b" / "thuky.db") as two:
            second = engine(two)
            one.insert(Unit(name="của bản gốc"))
            two.insert(Unit(name="của bản sao"))
            # Its segment is finished, and the name in the folder is taken.
            with monkeypatch.context() as patch:
                patch.setattr("sync.enrol.be", killed)
                first.round()
                with pytest.raises(KeyboardInterrupt):
                    second.round()
            second = engine(two)
            for _ in range(3):
                assert [first.round().failure, second.round().failure] == [None, None]
            wanted = {"của bản gốc", "của bản sao"}
            for store in (one, two):
                assert {unit.name for unit in store.live(Unit)} >= wanted


def test_two_values_of_two_machines_under_one_stamp_are_both_kept(
    store: Store, tmp_path: Path
) -> None:
    values = [cell("x", 5, A), cell("y", 5, A), cell(None, 5, A), cell("x", 5, A)]
    with Store(tmp_path / "other.db") as other:
        for change in values:
            merge(store, [[change]], A)
        merge(other, [values[::-1]], A)
        for one in (store, other):
            assert one.get(Unit, "u").name == "y"
            assert {c.lost.val for c in conflicts.conflicts(one)} == {"x"}
        noted = "SELECT col, val, hlc, device FROM change WHERE row = 'u' ORDER BY hlc, device"
        assert (
            store.connection.execute(noted).fetchall() == other.connection.execute(noted).fetchall()
        )


def test_a_deletion_that_came_back_from_a_copy_still_tells_of_edits_that_it_did_not_see(
    store: Store,
) -> None:
    store.insert(Unit(id="u", name="cũ"))
    store.delete(Unit, "u")
    own = [change for _, change in capture.unsent(store) if change.row == "u"]
    merge(store, [own], B)
    merge(store, [[cell("mới", max(c.hlc for c in own) + 1, C)]], C)
    assert [c.lost.val for c in conflicts.conflicts(store) if c.deleted] == ["mới"]


@pytest.mark.parametrize("now", ["0" * 16, C])
def test_what_bears_another_name_now_shows_as_on_all_machines(store: Store, now: str) -> None:
    run = store.connection.execute
    run("UPDATE clock SET device = ?, hlc = ?", (A, int(START * 1000) << 16))
    store.insert(Unit(id="u", name="của máy này"))
    (hlc,) = run("SELECT hlc FROM change WHERE row = 'u' AND col = 'name'").fetchone()
    merge(store, [[cell("của máy khác", hlc, B)]], B)
    run("UPDATE clock SET device = ?", (now,))
    capture.disown(store)
    newest = run(
        "SELECT val FROM change WHERE row = 'u' AND col = 'name' ORDER BY hlc DESC, device DESC"
    ).fetchone()
    assert store.get(Unit, "u").name == newest[0]
    assert newest[0] == ("của máy này" if now == C else "của máy khác")


def test_a_machine_whose_database_and_folder_were_both_set_back_is_told_and_gets_all_back(
    three: Desks, tmp_path: Path
) -> None:
    first, second, third = three.all
    second.store.insert(Unit(name="trước"))
    three.sync()
    folder = dict(three.folder.files)
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        second.store.connection.backup(copy)
    copy.close()
    second.store.insert(Unit(name="sau bản sao"))
    three.sync(prove=True)
    three.folder.files.clear()
    three.folder.files.update(folder)
    with Store(tmp_path / "copy.db", clock=three.clock) as back:
        again = Desk(back, Engine(back, second.engine.workspace))
        back.insert(Unit(name="sau khi phục hồi"))
        machines = (first, again, third)
        failures = []
        for _ in range(16):
            failures += [type(machine.engine.round(prove=True).failure) for machine in machines]
            three.clock.seconds += 300
        assert Cloned in failures
        for machine in machines:
            assert names(machine) >= {"trước", "sau bản sao", "sau khi phục hồi"}
            assert machine.engine.round(prove=True).problems == ()


def test_a_copy_that_begins_with_a_snapshot_claims_nothing_of_others(
    desks: Desks, tmp_path: Path
) -> None:
    first, second = desks.all
    second.store.insert(Unit(id="u", name="của máy hai"))
    desks.sync()
    first.engine.publish_snapshot()
    kept = first.engine.workspace.vault.kept
    with Store(tmp_path / "empty.db", clock=desks.clock) as store:
        workspace = Workspace(
            desks.folder, Vault(kept), clock=desks.clock, randomness=desks.office.random
        )
        copy = Desk(store, Engine(store, workspace))
        for _ in range(4):
            copy.engine.round()
        assert copy.device != first.device
        desks.sync()
        for desk in (copy, first):
            writers = desk.store.connection.execute("SELECT device FROM change WHERE row = 'u'")
            assert {row[0] for row in writers} == {second.device}


# Folders that lost something


def test_a_damaged_segment_is_written_anew_by_its_owner(desks: Desks) -> None:
    first, second = desks.all
    first.store.insert(Unit(name="một"))
    first.sync()
    (path,) = (path for path in desks.segments() if first.device in path)
    desks.folder.files[path] = desks.folder.files[path][:-1] + b"\0"
    second.sync(prove=True)
    assert Reason.BAD_SIGNATURE in {problem.reason for problem in second.last.problems}
    go_on(desks)
    assert "một" in names(second)
    assert second.last.problems == ()


def test_what_a_machine_wrote_that_is_gone_with_its_files_comes_from_who_has_it(
    three: Desks,
) -> None:
    first, second, third = three.all
    second.store.insert(Unit(name="của máy đã hỏng"))
    second.sync()
    first.sync()
    for path in [path for path in three.segments() if second.device in path]:
        del three.folder.files[path]
    go_on(three, first, third)
    assert "của máy đã hỏng" in names(third)
    assert first.engine.state.places() == third.engine.state.places()


def test_what_was_taken_of_a_device_before_it_was_put_out_reaches_all(three: Desks) -> None:
    """Also where that device has merged it with what does not count any more."""
    first, second, third = three.all
    second.store.insert(Unit(name="được nhận"))
    second.sync()
    first.sync()
    for _ in range(3):
        second.store.insert(Unit(name="sau khi bị loại"))
        second.sync()
    place = second.engine.state.place(second.device)
    consolidate(second.engine.workspace, place, grace_ms=0, run=2)
    consolidate(second.engine.workspace, place, grace_ms=0, run=2)
    assert len([path for path in three.segments() if second.device in path]) == 1
    known = first.engine.state.place(second.device)
    first.engine.workspace.membership.revoke(second.device, known)
    go_on(three, first, third)
    for desk in (first, third):
        assert "được nhận" in names(desk)
        assert "sau khi bị loại" not in names(desk)


def test_members_that_an_older_copy_of_the_folder_does_not_name_are_named_again() -> None:
    office = Office(3)
    first, _, third = office.machines
    third.read()
    before = dict(files(office))
    fourth = office.join("Máy 4")
    fourth.write("của máy mới")
    first.read()
    for path in files(office).keys() - before.keys():
        if not path.startswith("devices/"):
            del files(office)[path]
    assert Reason.UNKNOWN_DEVICE in {problem.reason for problem in third.read()}
    first.read()
    third.read()
    assert third.words == ["của máy mới"]
    # Once is enough.
    count = len(files(office))
    for machine in office.machines * 2:
        office.clock.seconds += 3600
        machine.read()
    assert len(files(office)) == count


def test_who_is_put_out_is_named_again_where_the_folder_forgot_it() -> None:
    office = Office(3)
    first, second, third = office.machines
    second.write("trước")
    third.read()
    first.read()
    before = dict(files(office))
    first.workspace.membership.revoke(second.device, first.known[second.device])
    files(office).clear()
    files(office).update(before)
    first.read()
    third.read()
    assert second.device in third.workspace.vault.trust.revoked


def test_who_was_put_out_by_one_that_others_had_put_out_already_is_out_for_all() -> None:
    office = Office(4)
    first, second, third, _ = machines = office.machines
    for machine in machines:
        machine.write("trước đó")
    for machine in machines:
        machine.read()
    third.workspace.membership.revoke(second.device, second.end)
    before = dict(files(office))
    # The first does not hear of that before it puts the third out.
    for path in [path for path in before if path.startswith(f"revocations/{second.device}")]:
        del files(office)[path]
    office.clock.seconds += 1
    first.workspace.membership.revoke(third.device, third.end)
    first.read()
    files(office).update(before)
    for _ in range(2):
        with pytest.raises(PutOut):
            second.read()
    for machine in (first, machines[3], first):
        machine.read()
    for machine in (first, machines[3]):
        trust = machine.workspace.vault.trust
        assert trust.active == {first.device, machines[3].device}
        assert trust.end(second.device) == second.end
    assert len([path for path in files(office) if path.startswith("revocations/")]) == 3


def test_who_alone_knows_that_it_was_put_out_says_so() -> None:
    office = Office(3)
    first, second, third = office.machines
    third.write("ba")
    for machine in office.machines:
        machine.read()
    kept = msgspec.json.encode(first.workspace.vault.kept)
    before = dict(files(office))
    first.workspace.membership.revoke(third.device, third.end)
    with pytest.raises(PutOut):
        third.read()
    # Folder and revoker are set back before anybody else hears of it.
    files(office).clear()
    files(office).update(before)
    first = office.machine(Vault(msgspec.json.decode(kept, type=Kept)))
    assert first.read() == []
    with pytest.raises(PutOut):
        third.read()
    for machine in (first, second, first):
        assert machine.read() == []
    for machine in (first, second):
        assert machine.workspace.vault.trust.active == {first.device, second.device}
        assert "ba" in machine.words


def test_a_key_of_a_device_that_was_put_out_since_reaches_those_who_refused_it() -> None:
    office = Office(3)
    first, second, third = office.machines
    second.write("trước")
    for machine in office.machines:
        machine.read()
    second.workspace.membership.start_epoch()
    first.read()
    first.write("dưới khóa của máy bị loại")
    third.workspace.membership.revoke(second.device, third.known[second.device])
    assert Reason.UNKNOWN_EPOCH in {problem.reason for problem in third.read()}
    first.read()
    third.read()
    assert "dưới khóa của máy bị loại" in third.words


def test_who_cannot_read_what_brought_a_key_is_given_another_that_brings_it(three: Desks) -> None:
    first, second, third = three.all
    first.engine.workspace.membership.start_epoch()
    first.sync()
    second.sync()
    (path,) = (path for path in three.folder.files if path.startswith("epochs/2-"))
    three.folder.files[path] = three.folder.files[path][:40]
    write(first, "từ máy 1")
    first.sync()
    second.sync()
    assert Reason.UNKNOWN_EPOCH in reasons(third)
    agree(three, "từ máy 1")
    assert {p.path for p in third.last.problems} == {path}


def test_a_log_written_anew_replaces_files_of_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(2)
    first, second = office.machines
    words = [f"việc {number}" for number in range(100)]
    edits = [first.edit(word) for word in words]
    for edit in edits:
        first.publish([edit])
    left = {f"{first.log}/{number}-{number}.seg" for number in (2, 3, 50)}
    for path in [p for p in files(office) if p.startswith(first.log) and p not in left]:
        del files(office)[path]
    monkeypatch.setattr("sync.segment.FULL_BYTES", 300)
    monkeypatch.setattr("sync.codec.FULL_CHANGES", 10)
    restore(first.workspace, edits, first.end)
    assert second.read() == []
    assert set(second.words) == set(words)


# What a newer version wrote


def test_an_older_versions_snapshot_and_log_bring_what_it_does_not_know(
    store: Store, tmp_path: Path
) -> None:
    row: dict[str, str | int | float | bytes | None] = {
        "created_at": "c",
        "kind": "done",
        "weight": 3,
    }
    changes = [
        cell("đỏ", 6, A, col="colour"),
        Change("room", "r", "name", "Phòng 1", 8, A, None),
        Change("followup_event", "e", ROW, row, 7, A, None),
    ]
    merge(store, [changes], A)
    for bring in (capture.snapshot, lambda store: capture.everything(store, A)):
        check_brought(list(bring(store)), changes, tmp_path)


def check_brought(found: list[Change], changes: list[Change], tmp_path: Path) -> None:
    key: Callable[[Change], str] = lambda change: change.tbl  # noqa: E731
    brought = [change for change in found if change.device == A]
    assert sorted(brought, key=key) == sorted(changes, key=key)
