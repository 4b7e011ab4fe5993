"""Notes of which the newest counts, and snapshots."""

import pytest

from sync import notes, snapshot
from sync.change import START, Position
from sync.folder import FolderError, MemoryFolder
from sync.notes import Notes, Topic
from sync.problem import Refused
from sync.segment import Segment
from tests.sync.machines import Machine, Office


@pytest.fixture
def office() -> Office:
    return Office(2)


def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def test_the_newest_note_of_each_device_is_read_and_the_older_is_gone(office: Office) -> None:
    first, second = office.machines
    digests = Notes(second.workspace, Topic.DIGEST)
    assert digests.read() == {}
    for content in (b"one", b"two", b"three"):
        notes.publish(first.workspace, Topic.DIGEST, content)
        notes.publish(first.workspace, Topic.PRESENCE, b"elsewhere")
        assert digests.read() == {first.device: content}
    assert [path for path in files(office) if path.endswith(".digest")] == [f"{first.log}/3.digest"]
    assert Notes(first.workspace, Topic.DIGEST).read() == {}


def test_a_note_that_is_damaged_or_of_another_topic_leaves_the_one_before(office: Office) -> None:
    first, second = office.machines
    digests = Notes(second.workspace, Topic.DIGEST)
    notes.publish(first.workspace, Topic.DIGEST, b"one")
    notes.publish(first.workspace, Topic.PRESENCE, b"here")
    assert digests.read() == {first.device: b"one"}
    whole = files(office)[f"{first.log}/1.digest"]
    for at in range(len(whole)):
        files(office)[f"{first.log}/2.digest"] = whole[:at] + bytes([whole[at] ^ 1]) + whole[at:]
        assert digests.read() == {first.device: b"one"}
    for content in (whole, files(office)[f"{first.log}/1.presence"], b""):
        files(office)[f"{first.log}/2.digest"] = content
        assert digests.read() == {first.device: b"one"}


def test_a_note_of_a_device_that_is_out_does_not_count(office: Office) -> None:
    third = office.join("Máy 3")
    first, second, _ = office.machines
    notes.publish(third.workspace, Topic.DIGEST, b"one")
    digests = Notes(second.workspace, Topic.DIGEST)
    second.read()
    assert digests.read() == {third.device: b"one"}
    first.read()
    first.workspace.membership.revoke(third.device, START)
    second.read()
    assert digests.read() == {}


# Snapshots


def places(machine: Machine) -> dict[str, Position]:
    return {**machine.known, machine.device: machine.end}


def loaded(machine: Machine) -> list[object]:
    """What a machine that starts with the newest snapshot gets, and then from the logs."""
    found = snapshot.newest(machine.workspace)
    assert found
    machine.got = [change for batch, _ in found.batches() for change in batch]
    machine.known = {d: p for d, p in found.places.items() if d != machine.device}
    for one in machine.workspace.new_segments(machine.known):
        assert isinstance(one, Segment)
        machine.got += [change for batch in one.batches() for change in batch]
    return machine.words


def test_a_new_machine_starts_from_a_snapshot_and_goes_on_with_the_logs(office: Office) -> None:
    first, second = office.machines
    edits = [first.edit(f"việc {number}") for number in range(50)]
    first.publish(edits)
    second.write("ba")
    first.read()
    assert snapshot.publish(first.workspace, [*edits, *first.got], places(first)) == 1
    first.write("sau đó")
    third = office.join("Máy 3")
    assert loaded(third) == [*(c.val for c in edits), "ba", "sau đó"]


def test_a_snapshot_of_many_parts_is_used_when_all_are_there(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.segment.FULL_BYTES", 300)
    monkeypatch.setattr("sync.codec.FULL_CHANGES", 10)
    first, second = office.machines
    edits = [first.edit(f"việc {number}") for number in range(100)]
    snapshot.publish(first.workspace, edits[:10], {first.device: START})
    count = snapshot.publish(first.workspace, edits, {first.device: START})
    assert count > 3
    assert len([path for path in files(office) if path.startswith("snapshots/")]) == count
    assert loaded(second) == [c.val for c in edits]
    for part in range(1, count + 1):
        path = f"snapshots/{first.device}/2-{part}.snap"
        whole = files(office).pop(path)
        assert snapshot.newest(second.workspace) is None
        files(office)[path] = whole[:-9] + b"x" + whole[-8:]
        found = snapshot.newest(second.workspace)
        if found:
            with pytest.raises(Refused):
                list(found.batches())
        files(office)[path] = whole


def test_a_part_of_another_snapshot_is_not_taken(office: Office) -> None:
    first, second = office.machines
    edits = [first.edit("một"), first.edit("hai")]
    snapshot.publish(first.workspace, edits[:1], {})
    old = files(office)[f"snapshots/{first.device}/1-1.snap"]
    snapshot.publish(first.workspace, edits, {})
    files(office)[f"snapshots/{first.device}/2-1.snap"] = old
    assert snapshot.newest(second.workspace) is None


def test_a_snapshot_that_fails_at_any_call_leaves_the_one_before() -> None:
    for at in range(1, 50):
        left = -1

        def fault(what: str, path: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise FolderError(path, "EIO")

        office = Office(2, MemoryFolder(fault))
        first, second = office.machines
        old, new = first.edit("cũ"), first.edit("mới")
        snapshot.publish(first.workspace, [old], {})
        left, failed = at, False
        try:
            snapshot.publish(first.workspace, [old, new], {})
        except FolderError:
            failed = True
        left = -1
        assert loaded(second) in (["cũ"], ["cũ", "mới"])
        snapshot.publish(first.workspace, [old, new], {})
        assert loaded(second) == ["cũ", "mới"]
        assert len([path for path in files(office) if path.startswith("snapshots/")]) == 1
        if not failed:
            assert at > 3
            return
    raise AssertionError("never ends")


def test_a_note_is_found_that_a_listing_kept_by_the_network_does_not_show(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = office.machines
    listing: list[int] = []
    monkeypatch.setattr(Topic, "numbers", lambda *_: listing)
    notes.publish(first.workspace, Topic.DIGEST, b"one")
    assert Notes(second.workspace, Topic.DIGEST).read() == {first.device: b"one"}
    listing = [1]
    notes.publish(first.workspace, Topic.DIGEST, b"two")
    assert list(files(office)).count(f"{first.log}/1.digest") == 0
    assert Notes(second.workspace, Topic.DIGEST).read() == {first.device: b"two"}
