"""Few large segments in the place of many small ones."""

from collections.abc import Iterable, Iterator

import pytest

from sync.change import Change
from sync.consolidation import GRACE_MS, consolidate, restore
from sync.folder import FolderError, MemoryFolder
from sync.problem import Reason
from tests.sync.machines import Machine, Office, randomness


def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def segments(office: Office, machine: Machine) -> list[str]:
    return [path for path in files(office) if path.startswith(machine.log)]


@pytest.fixture
def office() -> Office:
    return Office(2)


def words(count: int) -> list[str]:
    return [f"việc {number}" for number in range(count)]


def test_many_small_segments_become_few_and_nothing_is_lost(office: Office) -> None:
    first, second = office.machines
    first.write(*words(100))
    assert consolidate(first.workspace, first.end) == [f"{first.log}/1-100.seg"]
    assert len(segments(office, first)) == 101
    office.clock.seconds += GRACE_MS / 1000
    assert len(consolidate(first.workspace, first.end)) == 100
    assert segments(office, first) == [f"{first.log}/1-100.seg"]
    assert second.read() == []
    assert second.words == words(100)
    assert first.workspace.whole(first.end)
    first.write("sau đó")
    assert second.read() == []
    assert second.words[-1] == "sau đó"


def test_small_ones_stay_until_all_had_time_to_read_them(office: Office) -> None:
    first, _ = office.machines
    first.write(*words(20))
    consolidate(first.workspace, first.end)
    office.clock.seconds += GRACE_MS / 1000 - 1
    assert consolidate(first.workspace, first.end) == []


def test_who_stands_in_the_middle_of_what_was_merged_goes_on(office: Office) -> None:
    first, second = office.machines
    first.write(*words(7))
    second.read()
    first.write(*words(7))
    consolidate(first.workspace, first.end, grace_ms=0)
    consolidate(first.workspace, first.end, grace_ms=0)
    assert segments(office, first) == [f"{first.log}/1-14.seg"]
    assert second.read() == []
    # What it had is told again, which merging does not mind.
    assert second.words == [*words(7), *words(7), *words(7)]
    assert second.known[first.device] == first.end


def test_years_of_edits_stay_under_20_files_and_are_written_again_seldom(office: Office) -> None:
    first, second = office.machines
    dice = randomness("years")
    written = most = count = 0
    for year in range(40):
        for _ in range(100):
            edit = first.edit(dice(24).hex())
            first.publish([edit._replace(row=dice(16).hex())])
            count += 1
        for _ in range(2):
            for path in consolidate(first.workspace, first.end, grace_ms=0):
                written += len(files(office).get(path, b""))
        if year > 10:
            most = max(most, len(segments(office, first)))
    assert most < 20
    whole = sum(len(files(office)[path]) for path in segments(office, first))
    assert written < 8 * whole
    assert second.read() == []
    assert len(second.words) == count


def test_a_merged_segment_that_is_damaged_takes_no_small_one_with_it(office: Office) -> None:
    first, second = office.machines
    first.write(*words(20))
    (merged,) = consolidate(first.workspace, first.end)
    files(office)[merged] = files(office)[merged][:-1] + b"?"
    office.clock.seconds += GRACE_MS
    consolidate(first.workspace, first.end)
    assert len(segments(office, first)) == 21
    assert second.read() == []
    assert second.words == words(20)


def test_changes_may_be_folded_into_fewer(office: Office) -> None:
    first, second = office.machines
    first.write(*words(20))

    def last_only(changes: Iterable[Change]) -> Iterator[Change]:
        *_, last = changes
        yield last

    consolidate(first.workspace, first.end, fold=last_only, grace_ms=0)
    consolidate(first.workspace, first.end, grace_ms=0)
    assert second.read() == []
    assert second.words == ["việc 19"]


def test_a_merge_that_fails_at_any_call_loses_nothing() -> None:
    for at in range(1, 200):
        left = -1

        def fault(what: str, path: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise FolderError(path, "EIO")

        office = Office(2, MemoryFolder(fault))
        first, second = office.machines
        first.write(*words(9))
        left, failed = at, False
        try:
            consolidate(first.workspace, first.end, grace_ms=0)
            consolidate(first.workspace, first.end, grace_ms=0)
        except FolderError:
            failed = True
        left = -1
        for _ in range(3):
            consolidate(first.workspace, first.end, grace_ms=0)
        assert segments(office, first) == [f"{first.log}/1-9.seg"]
        assert second.read() == []
        assert second.words == words(9)
        if not failed:
            assert at > 20
            return
    raise AssertionError("never ends")


def test_what_an_older_copy_of_the_folder_lacks_is_written_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = office.machines
    edits = [first.edit(word) for word in words(30)]
    for edit in edits:
        first.publish([edit])
    second.read()
    for number in (3, *range(20, 31)):
        del files(office)[f"{first.log}/{number}-{number}.seg"]
    assert [problem.reason for problem in second.read()] == [Reason.ROLLED_BACK]
    assert not first.workspace.whole(first.end)
    restore(first.workspace, edits, first.end)
    assert first.workspace.whole(first.end)
    assert second.read() == []
    first.write("sau đó")
    assert second.read() == []
    assert second.words == [*words(30), "sau đó"]
    third = office.join("Máy 3")
    assert third.read() == []
    assert set(third.words) == {*words(30), "sau đó"}


def test_a_long_log_is_written_anew_in_several_files(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = office.machines
    edits = [first.edit(word) for word in words(100)]
    for edit in edits:
        first.publish([edit])
    for path in segments(office, first):
        del files(office)[path]
    monkeypatch.setattr("sync.segment.FULL_BYTES", 300)
    monkeypatch.setattr("sync.codec.FULL_CHANGES", 10)
    restore(first.workspace, edits, first.end)
    restore(first.workspace, edits, first.end)
    assert len(segments(office, first)) > 3
    assert first.workspace.whole(first.end)
    assert second.read() == []
    assert second.words == words(100)
    assert second.known[first.device] == first.end
