"""Reading logs from a folder that does what folders do."""

import random
from contextlib import suppress

import pytest

from sync.change import START, Position
from sync.folder import Denied, FolderError, Gone, MemoryFolder, TooLarge
from sync.problem import WORDS, Reason
from sync.recognition import FOUNDING, Emptied, NotAWorkspace, OtherWorkspace, recognise
from sync.workspace import Cloned
from tests.sync.machines import Machine, Office


def reasons(machine: Machine) -> list[Reason]:
    return [problem.reason for problem in machine.read()]


@pytest.fixture
def office() -> Office:
    return Office(2)


@pytest.fixture
def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def test_what_one_writes_the_others_read_in_order() -> None:
    office = Office(3)
    first, second, third = office.machines
    first.write("một", "hai")
    second.write("ba")
    assert second.read() == third.read() == first.read() == []
    assert second.words == ["một", "hai"]
    assert sorted(map(str, third.words)) == ["ba", "hai", "một"]
    assert first.words == ["ba"]


def test_a_file_seen_twice_is_taken_once(office: Office) -> None:
    first, second = office.machines
    first.write("một")
    assert second.read() == second.read() == []
    assert second.words == ["một"]


def test_files_out_of_order_wait_for_the_one_before(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    first.write("một", "hai", "ba")
    late = files.pop(f"{first.log}/2-2.seg")
    assert reasons(second) == [Reason.WAITING]
    assert second.words == ["một"]
    files[f"{first.log}/2-2.seg"] = late
    assert second.read() == []
    assert second.words == ["một", "hai", "ba"]


@pytest.mark.parametrize("length", [0, 1, 50, 200])
def test_a_half_written_file_is_read_once_it_is_whole(
    office: Office, files: dict[str, bytes], length: int
) -> None:
    first, second = office.machines
    first.write("một", "hai")
    path = f"{first.log}/2-2.seg"
    whole = files[path]
    files[path] = whole[:length]
    (problem,) = second.read()
    assert problem.passing or length > 150
    assert second.words == ["một"]
    files[path] = whole
    assert second.read() == []
    assert second.words == ["một", "hai"]


def test_a_bit_flipped_segment_stops_its_log_and_no_other() -> None:
    office = Office(3)
    first, second, third = office.machines
    first.write("một", "hai", "ba")
    second.write("bốn")
    assert isinstance(office.folder, MemoryFolder)
    path = f"{first.log}/2-2.seg"
    whole = office.folder.files[path]
    office.folder.files[path] = whole[:150] + bytes([whole[150] ^ 1]) + whole[151:]
    assert reasons(third) == [Reason.BAD_SIGNATURE]
    assert sorted(map(str, third.words)) == ["bốn", "một"]
    office.folder.files[path] = whole
    assert third.read() == []
    assert len(third.words) == 4


def test_conflict_copies_and_what_systems_leave_are_not_looked_at(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    first.write("một")
    junk = ["1-1 (conflicted copy).seg", "2-2.sync-conflict-20261101-120000-ABC.seg", ".DS_Store",
            "~syncthing~2-2.seg.tmp", "Thumbs.db", ".thuky-00.tmp"]  # fmt: skip
    for where in ("", "cards/", "epochs/", "revocations/", "devices/", f"{first.log}/"):
        for name in junk:
            files[where + name] = files[f"{first.log}/1-1.seg"]
    files["devices/not-a-device/1-1.seg"] = b""
    assert second.read() == []
    assert second.words == ["một"]


def test_a_log_of_a_device_without_a_card_waits_for_the_card(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    third = office.join("Máy 3")
    third.write("một")
    card = f"cards/{third.device}-{first.device}.card"
    kept = files.pop(card)
    assert reasons(second) == [Reason.UNKNOWN_DEVICE]
    files[card] = kept
    assert second.read() == []
    assert second.words == ["một"]


def test_a_segment_told_twice_or_swapped_breaks_no_chain(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    first.write("một", "hai")
    one, two = f"{first.log}/1-1.seg", f"{first.log}/2-2.seg"
    files[one], files[two] = files[two], files[one]
    assert reasons(second) == [Reason.WRONG_NAME]
    files[one], files[two] = files[two], files[one]
    files[f"{first.log}/3-3.seg"] = files[one]
    assert reasons(second) == [Reason.WRONG_NAME]
    assert second.words == ["một", "hai"]


def test_the_next_name_is_asked_for_where_the_listing_is_old(office: Office) -> None:
    first, second = office.machines
    first.write("một")
    second.read()
    stale = office.folder.names(first.log)

    class Stale(MemoryFolder):
        def names(self, path: str) -> list[str]:
            return stale if path == first.log else super().names(path)

    folder = Stale()
    assert isinstance(office.folder, MemoryFolder)
    folder.files = office.folder.files
    first.write("hai", "ba")
    second.workspace.folder = folder
    assert second.read() == []
    assert second.words == ["một", "hai", "ba"]
    # Nor is it taken for an older copy of the folder afterwards.
    assert second.read() == []


# The wrong folder


def test_another_workspaces_folder_is_neither_read_nor_written(office: Office) -> None:
    first, second = office.machines
    first.write("một")
    other = Office(1, seed="another office")
    other.machines[0].write("lạ")
    second.workspace = type(second.workspace)(
        other.folder, second.workspace.vault, clock=office.clock, randomness=office.random
    )
    before = dict(other.folder.files) if isinstance(other.folder, MemoryFolder) else {}
    with pytest.raises(OtherWorkspace):
        second.read()
    assert isinstance(other.folder, MemoryFolder)
    assert other.folder.files == before
    assert second.words == []


def test_an_empty_folder_where_a_full_one_was_is_not_taken_for_empty_nor_filled(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    first.write("một")
    second.read()
    kept = dict(files)
    files.clear()
    for machine in (first, second):
        with pytest.raises(Emptied):
            machine.read()
    assert files == {}
    files.update(kept)
    del files[FOUNDING]
    with pytest.raises(Emptied):
        second.read()
    files.update(kept)
    assert second.read() == []
    assert second.words == ["một"]


def test_a_folder_that_is_not_ours_is_told_from_an_empty_one() -> None:
    folder = MemoryFolder()
    assert recognise(folder) is None
    folder.files[".DS_Store"] = folder.files[".stfolder/x"] = b""
    assert recognise(folder) is None
    folder.files["Ảnh/1.jpg"] = b""
    with pytest.raises(NotAWorkspace):
        recognise(folder)
    folder.files[FOUNDING] = b"%PDF" + bytes(300)
    with pytest.raises(NotAWorkspace):
        recognise(folder)


def test_an_unplugged_folder_says_so_and_goes_on_where_it_was(office: Office) -> None:
    first, second = office.machines
    assert isinstance(office.folder, MemoryFolder)
    first.write("một")
    office.folder.there = False
    with pytest.raises(Gone):
        second.read()
    with pytest.raises(Gone):
        first.write("hai")
    office.folder.there = True
    first.flush()
    assert second.read() == []
    assert second.words == ["một", "hai"]


def test_an_older_copy_of_a_folder_is_told_and_loses_nothing(
    office: Office, files: dict[str, bytes]
) -> None:
    first, second = office.machines
    first.write("một", "hai")
    second.read()
    del files[f"{first.log}/2-2.seg"]
    assert reasons(second) == [Reason.ROLLED_BACK]
    assert second.words == ["một", "hai"]
    assert not first.workspace.whole(first.end)


def test_a_second_machine_of_one_identity_is_found_out(office: Office) -> None:
    first, second = office.machines
    first.write("một")
    clone = office.machine(first.workspace.vault)
    clone.end, clone.stamp = first.end, first.stamp
    assert first.workspace.whole(first.end)
    clone.write("của bản sao")
    with pytest.raises(Cloned):
        first.workspace.whole(first.end)
    with pytest.raises(Cloned):
        first.write("của bản chính")
    assert second.read() == []
    assert second.words == ["một", "của bản sao"]


def test_a_fork_that_a_replicator_brought_together_is_told() -> None:
    office, apart = Office(2), Office(2)
    first, second = office.machines
    clone = apart.machines[0]
    first.write("một")
    clone.write("khác")
    second.read()
    first.write("hai")
    clone.write("hai khác")
    assert isinstance(office.folder, MemoryFolder)
    assert isinstance(apart.folder, MemoryFolder)
    path = f"{first.log}/2-2.seg"
    office.folder.files[path] = apart.folder.files[path]
    assert reasons(second) == [Reason.CHAIN_BROKEN]
    with pytest.raises(Cloned):
        first.workspace.whole(first.end)


def test_damage_under_our_own_name_is_written_over(office: Office, files: dict[str, bytes]) -> None:
    first, second = office.machines
    files[f"{first.log}/1-1.seg"] = b"junk"
    first.write("một")
    assert second.read() == []
    assert second.words == ["một"]


def test_writing_the_same_file_again_does_nothing(office: Office) -> None:
    first, second = office.machines
    (outgoing,) = first.workspace.seal([first.edit("một")], START)
    first.workspace.put(outgoing)
    first.workspace.put(outgoing)
    assert second.read() == []
    assert second.words == ["một"]


# Faults at every call


class Faults:
    """Raises at the Nth call."""

    def __init__(self, error: FolderError) -> None:
        self.error = error
        self.left = 0

    def __call__(self, what: str, path: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error


@pytest.mark.parametrize(
    "error",
    [Gone("x"), Denied("x"), TooLarge("x"), FolderError("x", "EIO")],
    ids=lambda e: type(e).__name__,
)
def test_a_round_that_fails_at_any_call_loses_nothing(error: FolderError) -> None:
    for at in range(1, 200):
        faults = Faults(error)
        office = Office(2, MemoryFolder(faults))
        first, second = office.machines
        first.write("một", "hai")
        second.write("ba")
        faults.left = at
        for act in (second.read, lambda m=first: m.write("bốn"), first.read):
            with suppress(FolderError):
                act()
        if faults.left > 0:
            assert at > 20
            return
        faults.left = 0
        first.flush()
        if first.end.last == 2:
            first.write("bốn")
        for machine in (first, second):
            assert machine.read() == []
        assert second.words[:2] == ["một", "hai"]
        assert "bốn" in second.words
        assert first.words == ["ba"]
    raise AssertionError("never ends")


def test_random_weather_never_reorders_or_doubles_a_log() -> None:
    for seed in range(30):
        dice = random.Random(seed)
        office = Office(3, seed=f"weather {seed}")
        assert isinstance(office.folder, MemoryFolder)
        away: dict[str, bytes] = {}
        for step in range(60):
            machine = dice.choice(office.machines)
            what = dice.randrange(5)
            files = office.folder.files
            segments = [path for path in files if path.endswith(".seg")]
            if what == 0:
                machine.write(f"{machine.device} {step}")
            elif what == 1:
                machine.read()
            elif what == 2 and segments:
                path = dice.choice(segments)
                if path not in away:
                    away[path] = files.pop(path)
            elif what == 3 and segments:
                path = dice.choice(segments)
                if path not in away:
                    away[path] = files[path]
                    files[path] = files[path][: dice.randrange(len(files[path]))]
            elif away:
                path = dice.choice(list(away))
                files[path] = away.pop(path)
        office.folder.files.update(away)
        for machine in office.machines:
            assert machine.read() == [], seed
            for other in office.machines:
                wrote = [word for word in machine.words if str(word).startswith(other.device)]
                steps = [int(str(word).split()[1]) for word in wrote]
                assert steps == sorted(set(steps)), seed
                assert machine is other or len(steps) == other.end.last, seed


def test_every_reason_has_a_sentence() -> None:
    assert set(WORDS) == set(Reason)
    assert Position(0, bytes(32)) == START
