"""Letting a machine in with a code."""

from contextlib import suppress
from itertools import pairwise

import pytest

from sync import pairing
from sync.folder import FolderError, Gone, MemoryFolder
from sync.keys import Kept, Vault
from sync.pairing import LETTERS, VALID_MS, NoWorkspace, WrongCode, ask, invite, serve
from sync.recognition import NotAWorkspace
from sync.statement import Kind, state
from tests.sync.machines import CHEAP, Office, randomness


@pytest.fixture
def office() -> Office:
    return Office(1)


def files(office: Office) -> dict[str, bytes]:
    assert isinstance(office.folder, MemoryFolder)
    return office.folder.files


def asked(office: Office, code: str, name: str = "Máy mới") -> pairing.Joining:
    return ask(office.folder, code, name, office.now_ms, office.random)


def test_a_code_lets_one_machine_in_with_all_that_was_written_before(office: Office) -> None:
    (first,) = office.machines
    first.write("một", "hai")
    second = office.join("Máy của Lan")
    assert second.read() == []
    assert second.words == ["một", "hai"]
    second.write("ba")
    assert first.read() == []
    assert first.words == ["ba"]
    member = first.workspace.vault.trust.members[second.device]
    assert (member.name, member.issuer) == ("Máy của Lan", first.device)
    # Only the card stays, once the first has seen that all went well.
    serve(first.workspace)
    assert [path for path in files(office) if path.startswith("invites/")] == []


def test_a_new_machine_may_let_in_the_next() -> None:
    office = Office(3)
    fourth = office.join("Máy 4", friend=2)
    fourth.write("một")
    for machine in office.machines[:3]:
        assert machine.read() == []
        assert machine.words == ["một"]


def test_a_code_is_easy_to_type_and_hard_to_guess(office: Office) -> None:
    codes = {invite(office.machines[0].workspace, CHEAP).code for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        letters = code.replace("-", "")
        assert len(letters) == 12
        assert set(letters) <= set(LETTERS)
        assert all(a != b for a, b in pairwise(letters))
    # Of the ten secret letters the first may be any but one of 16, and so each that follows.
    assert 15**10 > 2**39


def test_a_vietnamese_keyboard_types_a_code_as_it_is() -> None:
    # Telex and VIQR act on vowels, d, w, tone letters and z; VNI's digits only after those.
    assert not set(LETTERS) & set("aeiouydwsfrxjz01lqgb")
    assert len(set(LETTERS)) == 16


def test_a_code_may_be_typed_with_spaces_and_capitals(office: Office) -> None:
    code = invite(office.machines[0].workspace, CHEAP).code
    joining = asked(office, f" {code.upper().replace('-', ' ')} ")
    serve(office.machines[0].workspace)
    assert isinstance(joining.answer(office.folder), Kept)


def test_a_wrong_code_is_told_at_once_and_changes_nothing(office: Office) -> None:
    code = invite(office.machines[0].workspace, CHEAP).code
    before = dict(files(office))
    last = next(letter for letter in LETTERS if letter != code[-1])
    for wrong in (code[:-1] + last, code[:-1], code + "c", "", "trời ơi", code[::-1]):
        with pytest.raises(WrongCode):
            asked(office, wrong)
    assert files(office) == before


def test_a_thousand_guesses_find_nothing(office: Office) -> None:
    code = invite(office.machines[0].workspace, CHEAP).code
    dice = randomness("guesses")
    before = dict(files(office))
    for _ in range(1000):
        guess = code[:2] + "".join(LETTERS[byte % 16] for byte in dice(10))
        with pytest.raises(WrongCode):
            asked(office, guess)
    assert files(office) == before


def test_a_code_is_used_once(office: Office) -> None:
    workspace = office.machines[0].workspace
    code = invite(workspace, CHEAP).code
    one, two = asked(office, code, "Máy 2"), asked(office, code, "Máy 3")
    (joined,) = serve(workspace)
    assert serve(workspace) == []
    answers = []
    for joining in (one, two):
        with suppress(WrongCode):
            answers.append(joining.answer(office.folder))
    assert [kept.name for kept in answers if kept] == [joined.name]
    with pytest.raises(WrongCode):
        asked(office, code)


def test_an_answer_that_a_replicator_brings_late_is_waited_for(office: Office) -> None:
    workspace = office.machines[0].workspace
    joining = asked(office, invite(workspace, CHEAP).code)
    serve(workspace)
    serve(workspace)
    (path,) = (path for path in files(office) if path.endswith(".answer"))
    late = files(office).pop(path)
    assert joining.answer(office.folder) is None
    files(office)[path] = late
    assert joining.answer(office.folder)
    joining.tidy(office.folder)
    serve(workspace)
    assert workspace.vault.kept.invites == {}


def test_a_code_is_over_after_15_minutes_of_the_offering_machines_clock(office: Office) -> None:
    workspace = office.machines[0].workspace
    invitation = invite(workspace, CHEAP)
    assert invitation.expires_at == office.now_ms + VALID_MS
    joining = asked(office, invitation.code)
    office.clock.seconds += VALID_MS / 1000 + 1
    assert serve(workspace) == []
    with pytest.raises(WrongCode):
        joining.answer(office.folder)
    with pytest.raises(WrongCode):
        asked(office, invitation.code)
    assert len(workspace.vault.trust.members) == 1


def test_an_old_offer_is_refused_though_its_maker_is_away(office: Office) -> None:
    code = invite(office.machines[0].workspace, CHEAP).code
    office.clock.seconds += 2 * 3600
    with pytest.raises(WrongCode):
        asked(office, code)


def test_an_answer_may_take_a_week(office: Office) -> None:
    workspace = office.machines[0].workspace
    joining = asked(office, invite(workspace, CHEAP).code)
    assert joining.answer(office.folder) is None
    serve(workspace)
    office.clock.seconds += 7 * 86400
    serve(workspace)
    assert isinstance(joining.answer(office.folder), Kept)


def test_a_request_replayed_lets_nobody_in(office: Office) -> None:
    workspace = office.machines[0].workspace
    code = invite(workspace, CHEAP).code
    asked(office, code)
    (path,) = (path for path in files(office) if path.endswith(".request"))
    replayed = files(office)[path]
    serve(workspace)
    members = set(workspace.vault.trust.members)
    later = invite(workspace, CHEAP).code
    files(office)[f"invites/{later[:2]}-{path[-24:]}"] = replayed
    assert serve(workspace) == []
    assert set(workspace.vault.trust.members) == members


def test_requests_without_the_code_withdraw_the_offer_in_the_end(office: Office) -> None:
    workspace = office.machines[0].workspace
    code = invite(workspace, CHEAP).code
    elsewhere = Office(1, seed="elsewhere")
    for number in range(pairing.MOST_WRONG + 1):
        theirs = asked(elsewhere, invite(elsewhere.machines[0].workspace, CHEAP).code)
        path = f"invites/{theirs.place}-{theirs.identity.public.device}.request"
        name = f"invites/{code[:2]}-{number:016x}.request"
        files(office)[name] = files(elsewhere)[path]
        assert serve(workspace) == []
    with pytest.raises(WrongCode):
        asked(office, code)
    assert len(workspace.vault.trust.members) == 1


def test_a_forged_answer_is_not_believed(office: Office) -> None:
    workspace = office.machines[0].workspace
    joining = asked(office, invite(workspace, CHEAP).code)
    request = next(path for path in files(office) if path.endswith(".request"))
    answer = f"{request[:-8]}.answer"
    for forged in (b"", b"TKa\x01" + bytes(300), files(office)[request]):
        files(office)[answer] = forged
        assert joining.answer(office.folder) is None
    del files(office)[answer]
    serve(workspace)
    whole = files(office)[answer]
    for at in range(20, len(whole) - 64, 7):
        files(office)[answer] = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert joining.answer(office.folder) is None
    files(office)[answer] = whole
    assert isinstance(joining.answer(office.folder), Kept)


def test_the_folder_shows_neither_a_name_nor_the_code_nor_a_key(office: Office) -> None:
    first = office.machines[0]
    code = invite(first.workspace, CHEAP).code
    asked(office, code, "Máy mới")
    serve(first.workspace)
    first.write("mật khẩu")
    first.workspace.membership.start_epoch()
    vault = first.workspace.vault
    secrets = [code.encode(), code.replace("-", "").encode()[2:], vault.kept.sign_seed]
    secrets += [vault.kept.box_secret, *(key.key for key in vault.trust.epochs.values())]
    secrets += [pending.key for pending in vault.kept.invites.values()]
    secrets += [word.encode() for word in ("Máy", "mật khẩu", "followup")]
    for data in files(office).values():
        assert not any(secret in data for secret in secrets)


def test_a_wrong_folder_is_told_before_the_code(office: Office) -> None:
    code = invite(office.machines[0].workspace, CHEAP).code
    with pytest.raises(NoWorkspace):
        ask(MemoryFolder(), code, "x", office.now_ms, office.random)
    folder = MemoryFolder()
    folder.files["ảnh.jpg"] = b""
    with pytest.raises(NotAWorkspace):
        ask(folder, code, "x", office.now_ms, office.random)
    folder.there = False
    with pytest.raises(Gone):
        ask(folder, code, "x", office.now_ms, office.random)


def test_an_offer_that_asks_for_too_much_work_is_refused(office: Office) -> None:
    workspace = office.machines[0].workspace
    code = invite(workspace, CHEAP).code
    offer = pairing.Offer(bytes(16), bytes(32), office.now_ms + VALID_MS, 8, 1 << 40)
    vault = workspace.vault
    said = state(Kind.INVITE, vault.workspace, offer, vault.identity)
    files(office)[f"invites/{code[:2]}.invite"] = said
    with pytest.raises(WrongCode):
        asked(office, code)


def test_pairing_that_fails_at_any_call_goes_on_afterwards() -> None:
    for at in range(1, 100):
        left = at

        def fault(what: str, path: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise FolderError(path, "EIO")

        left = -1
        office = Office(1, MemoryFolder(fault))
        workspace = office.machines[0].workspace
        code = invite(workspace, CHEAP).code
        joining = asked(office, code)
        left = at
        with suppress(FolderError):
            serve(workspace)
        done = left > 0
        left = -1
        # As after a kill: what was kept is what goes on.
        serve(workspace)
        kept = joining.answer(office.folder)
        assert kept is not None
        machine = office.machine(Vault(kept))
        assert machine.read() == []
        assert len(workspace.vault.trust.members) == 2
        if done:
            assert at > 5
            return
    raise AssertionError("never ends")
