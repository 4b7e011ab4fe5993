"""Two machines that have read other files as one machine's log come to hold the same."""

from schema.records import Unit
from sync import capture, conflicts
from sync.change import SNAPSHOT, Change
from sync.digest import Digests
from sync.merge import merge
from sync.pull import Pulled, take_in
from sync.push import withdraw
from sync.segment import changes_of, open_segment
from sync.snapshot import newest_of
from sync.workspace import Cloned
from tests.sync.desks import Desk, Desks, agree, segment

X = "c" * 16


def cell(val: str, hlc: int, base: int | None) -> Change:
    return Change("unit", "u", "name", val, hlc, X, f"{base}.{X}" if base else None)


def unsend(desk: Desk, desks: Desks) -> None:
    """Its last segment is lost to the folder, and to the machine, which will seal it anew."""
    path = segment(desks, desk)
    data = desks.folder.files.pop(path)
    vault = desk.engine.workspace.vault
    found = open_segment(data, path, vault.workspace, vault.trust)
    withdraw(desk.store, desk.engine.state, changes_of([found]), desk.device)
    before = found.position._replace(last=found.first - 1, head=found.previous)
    desk.engine.state.move(desk.device, before)


def test_who_read_other_files_of_a_log_hold_the_same_in_the_end_without_an_alarm(
    share: Desks,
) -> None:
    first, second, third = share.all
    second.store.insert(Unit(name="đã gửi"))
    second.sync()
    first.sync()
    unsend(second, share)
    second.store.insert(Unit(name="gửi lại cùng"))
    second.sync()
    third.sync()
    # It comes back no more.
    share.all.remove(second)
    first.sync(prove=True)
    third.sync(prove=True)
    first.sync(prove=True)
    assert first.engine.state.places().keys() == third.engine.state.places().keys()
    assert first.engine._proof.apart == {third.device}
    assert first.last.problems == third.last.problems == ()
    agree(share, "đã gửi", "gửi lại cùng")
    assert {desk.last.problems for desk in share.all} == {()}


def test_what_only_the_list_of_overwritten_values_lacks_is_brought_too(share: Desks) -> None:
    first, second, third = share.all
    hlc = int(share.clock() * 1000) << 16
    old, unseen, shown = cell("cũ", hlc, None), cell("mất", hlc + 1, hlc), cell("mới", hlc + 2, hlc)
    made = Change("unit", "u", "created_at", "2040-01-01T00:00:00Z", hlc, X, None)
    for desk in (first, second):
        merge(desk.store, [[made, old, unseen, shown]], X)
    merge(third.store, [[made, old, shown]], X)
    assert third.cells("unit") == first.cells("unit")
    assert conflicts.conflicts(third.store) == []
    for desk in share.all:
        # It came in no segment.
        desk.engine._proof.renew()
    agree(share)
    for desk in share.all:
        assert [c.lost.val for c in conflicts.conflicts(desk.store)] == ["mất"]


def test_what_is_not_sent_changes_nothing_of_what_is_listed_for_all(desks: Desks) -> None:
    first, second = desks.all
    first.store.insert(Unit(id="u", name="một"))
    desks.sync()
    first.store.update(Unit, "u", name="của máy một")
    second.store.update(Unit, "u", name="của máy hai")
    desks.sync()
    places = first.engine.state.places()
    known = Digests().of(first.store, places)
    (conflict,) = conflicts.conflicts(first.store)
    conflicts.restore(first.store, conflict)
    assert conflicts.conflicts(first.store) == []
    assert Digests().of(first.store, places).tables == known.tables
    assert [c.id for c in conflicts.conflicts(first.store, sent=True)] == [conflict.id]


def test_what_a_snapshot_brought_back_of_a_former_name_is_sent_again(desks: Desks) -> None:
    second = desks.all[1]
    second.store.insert(Unit(id="u", name="của máy hai"))
    second.sync()
    second.engine.publish_snapshot()
    own = second.device
    capture.unsend_all(second.store, own)
    found = newest_of(second.engine.workspace, own)
    assert found is not None
    take_in(second.store, second.engine.state, found, own, Pulled(), lambda changes, reached: None)
    logs = "SELECT DISTINCT log FROM change WHERE row = 'u'"
    assert second.store.connection.execute(logs).fetchall() == [(SNAPSHOT,)]
    capture.send_again(second.store, own)
    assert second.store.connection.execute(logs).fetchall() == [(None,)]


def test_who_deletes_as_a_copy_has_not_seen_what_its_twin_wrote_under_their_name(
    desks: Desks,
) -> None:
    store, former = desks.all[0].store, "0" * 16
    run = store.connection.execute
    run("UPDATE clock SET device = ?", (former,))
    store.insert(Unit(id="u", name="trước khi chép"))
    seen = [change for _, change in capture.unsent(store)]
    merge(store, [seen], former)
    made = max(change.hlc for change in seen if change.row == "u")
    run("UPDATE clock SET hlc = hlc + (1 << 32)")
    store.update(Unit, "u", name="của bản sao")
    store.delete(Unit, "u")
    # Later than all that was copied, earlier than what the copy wrote.
    unseen = Change("unit", "u", "abbr", "của bản gốc", made + 1, former, None)
    merge(store, [[unseen]], former)
    run("UPDATE clock SET device = ?", (desks.all[0].device,))
    capture.disown(store)
    capture.mark_sent(store, [seq for seq, _ in capture.unsent(store)], desks.all[0].device)
    assert {c.lost.val for c in conflicts.conflicts(store) if c.deleted} == {"của bản gốc"}


def test_a_copy_that_takes_another_name_lists_what_its_twin_wrote_over(desks: Desks) -> None:
    store, former = desks.all[0].store, "0" * 16
    run = store.connection.execute
    run("UPDATE clock SET device = ?", (former,))
    store.insert(Unit(id="u", name="của cả hai"))
    (mine,) = (c for _, c in capture.unsent(store) if c.row == "u" and c.col == "name")
    over = f"{mine.hlc}.{former}"
    merge(store, [[Change("unit", "u", "name", "mới", mine.hlc + 1, former, over)]], X)
    assert conflicts.conflicts(store) == []
    run("UPDATE clock SET device = ?", (desks.all[0].device,))
    capture.disown(store)
    assert {c.lost.val for c in conflicts.conflicts(store)} == {"của cả hai"}


def test_a_former_names_snapshot_is_taken_in_and_taken_away(share: Desks) -> None:
    """A copy and its original may have made two of one name, each in its replica of the folder."""
    _, second, third = share.all
    second.store.insert(Unit(name="trong bản chụp"))
    second.sync()
    second.engine.publish_snapshot()
    former, files = second.device, share.folder.files
    assert [path for path in files if path.startswith(f"snapshots/{former}/")]
    # Nothing but the snapshot is left of it, and nobody has read that.
    for path in [path for path in files if path.startswith(f"devices/{former}/")]:
        del files[path]
    second.store.connection.execute("DELETE FROM change WHERE log = ?", (former,))
    second.engine._renew(Cloned())
    second.sync()
    assert second.device != former
    assert not [path for path in files if path.startswith(f"snapshots/{former}/")]
    agree(share, "trong bản chụp")
    assert "trong bản chụp" in {unit.name for unit in third.store.live(Unit)}
