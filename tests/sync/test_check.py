"""Looking through the whole folder."""

from sync.change import Change
from sync.check import check
from sync.consolidation import consolidate
from sync.folder import MemoryFolder
from sync.problem import Reason
from tests.sync.machines import Office


def test_a_sound_folder_has_no_problem_and_all_is_counted() -> None:
    office = Office(3)
    first, second, third = office.machines
    first.write("một", "hai")
    second.write("ba")
    found = check(third.workspace)
    assert (found.segments, found.changes, found.problems) == (3, 3, ())
    first.write(*map(str, range(10)))
    consolidate(first.workspace, first.end)
    found = check(first.workspace)
    assert (found.segments, found.changes, found.problems) == (14, 25, ())


def test_every_kind_of_damage_is_found_with_its_path() -> None:
    office = Office(3)
    first, second, third = office.machines
    first.write(*map(str, range(10)))
    consolidate(first.workspace, first.end)
    second.write("một", "hai", "ba")
    third.write("bốn")
    first.read()
    office.clock.seconds += 1
    first.workspace.membership.revoke(third.device, first.known[third.device])
    third.write("năm")
    assert isinstance(office.folder, MemoryFolder)
    files = office.folder.files
    spoiled = f"{first.log}/3-3.seg"
    files[spoiled] = files[spoiled][:-1] + b"?"
    short = f"{first.log}/1-10.seg"
    files[short] = files[short][:200]
    del files[f"{second.log}/2-2.seg"]
    files["cards/0000000000000000-1111111111111111.card"] = b"junk"
    found = {(problem.reason, problem.path) for problem in check(first.workspace).problems}
    assert found == {
        (Reason.BAD_SIGNATURE, spoiled),
        (Reason.TRUNCATED, short),
        (Reason.WAITING, f"{second.log}/3-3.seg"),
        (Reason.REVOKED, f"{third.log}/2-2.seg"),
        (Reason.NOT_OURS, "cards/0000000000000000-1111111111111111.card"),
    }


def test_content_that_no_version_wrote_is_found() -> None:
    office = Office(1)
    (first,) = office.machines
    first.publish([Change("t", "r", "c", "x", 1, first.device, None)])
    first.workspace.vault.trust.epochs = {
        id: type(key)(key.number, bytes(32), key.holders)
        for id, key in first.workspace.vault.trust.epochs.items()
    }
    problem = check(first.workspace).problems[-1]
    assert (problem.reason, problem.path) == (Reason.MALFORMED, f"{first.log}/1-1.seg")
