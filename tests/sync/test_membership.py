"""Who belongs, who does not any more, and who can read what."""

import pytest

from schema.errors import ThukyError
from sync.folder import MemoryFolder
from sync.keys import found
from sync.problem import Reason
from sync.statement import Card, Kind, Member, Revocation, state
from sync.workspace import PutOut
from tests.sync.machines import Machine, Office, randomness


def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def revoke(office: Office, by: Machine, whom: Machine) -> None:
    office.clock.seconds += 1
    by.read()
    by.workspace.membership.revoke(whom.device, by.known[whom.device])


def reasons(machine: Machine) -> set[Reason]:
    return {problem.reason for problem in machine.read()}


@pytest.fixture
def office() -> Office:
    """Three machines, each of which wrote a word that the others read."""
    office = Office(3)
    for machine, word in zip(office.machines, ("một", "hai", "ba"), strict=True):
        machine.write(word)
    for machine in office.machines:
        assert machine.read() == []
    return office


def test_every_member_knows_the_names_of_all(office: Office) -> None:
    office.join("Máy 4", friend=2)
    for machine in office.machines:
        machine.read()
        names = {member.name for member in machine.workspace.vault.trust.members.values()}
        assert names == {"Máy 1", "Máy 2", "Máy 3", "Máy 4"}


def test_a_revoked_device_reads_nothing_that_is_written_after(office: Office) -> None:
    first, second, third = office.machines
    revoke(office, first, third)
    first.write("sau khi loại")
    second.read()
    second.write("cũng sau khi loại")
    with pytest.raises(PutOut):
        third.read()
    # Nor with a program that does not care.
    vault = third.workspace.vault
    third.workspace.membership.learn()
    vault.trust.revoked.clear()
    found = list(third.workspace.new_segments(third.known))
    assert {getattr(one, "reason", None) for one in found} == {Reason.UNKNOWN_EPOCH}
    assert third.words == ["một", "hai"]
    assert sorted(map(str, second.words)) == ["ba", "một", "sau khi loại"]


def test_a_revoked_devices_later_segments_are_not_accepted(office: Office) -> None:
    first, second, third = office.machines
    revoke(office, first, third)
    third.write("lén ghi")
    for machine in (first, second):
        assert machine.read() == []
        assert "lén ghi" not in machine.words
        assert "ba" in machine.words


def test_a_revoked_devices_earlier_segments_still_count_for_a_newcomer(office: Office) -> None:
    first, _, third = office.machines
    third.write("bốn")
    revoke(office, first, third)
    third.write("lén ghi")
    fourth = office.join("Máy 4")
    assert fourth.read() == []
    assert sorted(map(str, fourth.words)) == ["ba", "bốn", "hai", "một"]


def test_a_revoked_device_cannot_rewrite_what_it_wrote(office: Office) -> None:
    first, second, third = office.machines
    third.write("bốn", "năm")
    revoke(office, first, third)
    clone = office.machine(third.workspace.vault)
    for path in [path for path in files(office) if path.startswith(third.log)]:
        del files(office)[path]
    clone.write("ba giả", "bốn giả", "năm giả")
    fourth = office.join("Máy 4")
    second.read()
    fourth.read()
    assert not any("giả" in str(word) for word in [*second.words, *fourth.words])


def test_a_revoked_device_cannot_say_that_more_of_its_log_counts(office: Office) -> None:
    first, second, third = office.machines
    revoke(office, first, third)
    before = third.end
    third.write("lén ghi")
    # It claims to have left long ago, and the second hears of both at the same time.
    said = Revocation(third.device, third.end.last, third.end.head, third.device, 1)
    third.workspace.membership._state_revocation(said)
    for machine in (first, second):
        assert machine.read() == []
        assert machine.workspace.vault.trust.end(third.device) == before
        assert "lén ghi" not in machine.words


def test_what_one_member_took_before_it_knew_all_take(office: Office) -> None:
    first, second, third = office.machines
    first.read()
    third.write("bốn")
    second.read()
    # The first does not know of "bốn" as it puts the third out.
    first.workspace.membership.revoke(third.device, first.known[third.device])
    third.write("năm")
    assert second.read() == []
    assert "bốn" in second.words
    assert first.read() == []
    assert "bốn" in first.words
    fourth = office.join("Máy 4")
    assert fourth.read() == []
    for machine in (first, second, fourth):
        assert "bốn" in machine.words
        assert "năm" not in machine.words


def test_a_revoked_device_lets_nobody_in_and_puts_nobody_out(office: Office) -> None:
    first, second, third = office.machines
    revoke(office, first, third)
    trust = third.workspace.vault.trust
    trust.revoked.clear()
    office.clock.seconds += 1
    fourth = office.join("Máy 4", friend=2)
    third.workspace.membership.revoke(first.device, third.known[first.device])
    third.workspace.membership.start_epoch()
    fourth.write("người lạ")
    for machine in (first, second):
        assert reasons(machine) == {Reason.REVOKED, Reason.UNKNOWN_DEVICE}
        assert "người lạ" not in machine.words
        assert machine.workspace.vault.trust.active == {first.device, second.device}
    first.write("vẫn đọc được")
    second.read()
    assert "vẫn đọc được" in second.words


def test_members_that_a_revoked_device_let_in_before_stay(office: Office) -> None:
    first, second, third = office.machines
    fourth = office.join("Máy 4", friend=2)
    fourth.write("bốn")
    first.read()
    revoke(office, first, third)
    fourth.read()
    fourth.write("năm")
    for machine in (first, second):
        assert machine.read() == []
        assert {"bốn", "năm"} <= set(machine.words)


def test_two_put_out_two_at_the_same_time(office: Office) -> None:
    first, second, third = office.machines
    fourth = office.join("Máy 4")
    for machine in office.machines:
        machine.read()
    fourth.write("bốn")
    for machine in office.machines:
        machine.read()
    apart = dict(files(office))
    first.workspace.membership.revoke(third.device, first.known[third.device])
    mine = {path: data for path, data in files(office).items() if path not in apart}
    for path in mine:
        del files(office)[path]
    second.workspace.membership.revoke(fourth.device, second.known[fourth.device])
    files(office).update(mine)
    for machine in (first, second, first):
        machine.read()
    first.write("chỉ hai máy")
    second.read()
    assert "chỉ hai máy" in second.words
    writing = {machine.workspace.author.writing.id for machine in (first, second)}
    assert len(writing) == 1
    for machine in (third, fourth):
        assert writing.isdisjoint(machine.workspace.vault.trust.epochs)
        with pytest.raises(PutOut):
            machine.read()


def test_a_machine_that_was_away_for_several_epochs_reads_them_all(office: Office) -> None:
    first, second, third = office.machines
    first.read()
    for number in range(3):
        first.workspace.membership.start_epoch()
        first.write(f"kỳ {number}")
    for path in [path for path in files(office) if path.startswith("epochs/2-")]:
        # The newest epoch brings the older keys.
        del files(office)[path]
    assert second.read() == []
    assert [word for word in second.words if str(word).startswith("kỳ")] == ["kỳ 0", "kỳ 1", "kỳ 2"]
    third.read()


def test_a_machine_that_joined_while_an_epoch_began_elsewhere_gets_its_key(
    office: Office,
) -> None:
    first, second, third = office.machines
    before = dict(files(office))
    first.workspace.membership.start_epoch()
    mine = {path: data for path, data in files(office).items() if path not in before}
    for path in mine:
        del files(office)[path]
    fourth = office.join("Máy 4", friend=1)
    files(office).update(mine)
    first.write("một nữa")
    first.read()
    first.write("cho cả bốn máy")
    fourth.read()
    assert {"một nữa", "cho cả bốn máy"} <= set(fourth.words)
    for machine in (second, third):
        assert machine.read() == []


def test_a_stranger_with_the_folder_can_state_nothing(office: Office) -> None:
    first, second, _ = office.machines
    first.workspace.refresh()
    vault = first.workspace.vault
    stranger, _ = found("kẻ lạ", office.now_ms, randomness("stranger"))
    public = stranger.identity.public
    member = Member(public.sign, public.box, "kẻ lạ", public.device, 1)
    card = state(
        Kind.CARD, vault.workspace, Card(member, [], "", bytes(24), b""), stranger.identity
    )
    files(office)[f"cards/{public.device}-{public.device}.card"] = card
    end = Revocation(second.device, 0, bytes(32), public.device, 1)
    said = state(Kind.REVOCATION, vault.workspace, end, stranger.identity)
    files(office)[f"revocations/{second.device}-{public.device}-0.revoked"] = said
    epoch = stranger.trust.new_epoch(randomness("epoch"))
    said = state(Kind.EPOCH, vault.workspace, epoch, stranger.identity)
    files(office)[f"epochs/9-{public.device}-{epoch.id}.epoch"] = said
    members, epochs = set(vault.trust.members), set(vault.trust.epochs)
    assert reasons(first) == {Reason.UNKNOWN_DEVICE}
    assert set(vault.trust.members) == members
    assert set(vault.trust.epochs) == epochs
    assert not vault.trust.revoked


def test_a_statement_with_any_byte_changed_is_not_believed(office: Office) -> None:
    first, second, third = office.machines
    before = set(files(office))
    revoke(office, first, third)
    stated = {path: files(office)[path] for path in set(files(office)) - before}
    assert len(stated) == 2
    for path in stated:
        del files(office)[path]
    for path, whole in stated.items():
        for at in range(0, len(whole), 3):
            files(office)[path] = whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]
            assert len(reasons(second)) == 1
        for length in range(0, len(whole), 11):
            files(office)[path] = whole[:length]
            assert len(reasons(second)) == 1
        del files(office)[path]
    assert not second.workspace.vault.trust.revoked
    files(office).update(stated)
    assert second.read() == []
    assert third.device in second.workspace.vault.trust.revoked


def test_random_bytes_for_a_statement_are_refused_by_reason(office: Office) -> None:
    first = office.machines[0]
    dice = randomness("statements")
    head = files(office)[next(path for path in files(office) if path.endswith(".card"))][:20]
    for number in range(500):
        body = head[: dice(1)[0] % 21] + dice(dice(1)[0])
        path = f"cards/{number:016x}-{first.device}.card"
        files(office)[path] = body
        assert len(reasons(first)) == 1
        del files(office)[path]


def test_nobody_puts_out_himself_or_a_stranger(office: Office) -> None:
    first = office.machines[0]
    for device in (first.device, "0" * 16):
        with pytest.raises(ThukyError):
            first.workspace.membership.revoke(device, first.end)


def test_revoking_that_is_cut_short_is_finished_by_any_other(office: Office) -> None:
    first, second, third = office.machines
    first.read()
    before = set(files(office))
    first.workspace.membership.revoke(third.device, first.known[third.device])
    (epoch,) = [path for path in set(files(office)) - before if path.startswith("epochs/")]
    # Killed before the epoch was written.
    del files(office)[epoch]
    second.read()
    assert second.workspace.author.writing.id not in third.workspace.vault.trust.epochs
    second.write("không cho máy 3")
    first.read()
    assert "không cho máy 3" in first.words
