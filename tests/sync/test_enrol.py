"""A database becomes a device; its secrets stay beside it and nowhere else."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from schema.errors import ThukyError
from schema.records import Meeting
from schema.store import Store
from sync import enrol, pairing
from sync.engine import Engine
from sync.enrol import NoKey, ask_to_join, init, joined, opened, renew
from sync.folder import DirectoryFolder, Folder, Full, MemoryFolder
from sync.keys import load
from sync.local import FOLDER, keys_path
from sync.pairing import WrongCode, invite, serve
from sync.recognition import NotAWorkspace
from sync.state import State
from sync.workspace import PutOut, Workspace
from tests.sync.machines import CHEAP


@pytest.fixture
def share(tmp_path: Path) -> Path:
    share = tmp_path / "share"
    share.mkdir()
    return share


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[list[Store]]:
    stores = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        stores.append(Store(tmp_path / name / "thuky.db"))
    yield stores
    for store in stores:
        store.close()


def at_hand(folder: Folder) -> enrol.Opener:
    return lambda path: folder


def device(store: Store) -> str:
    return str(store.connection.execute("SELECT device FROM clock").fetchone()[0])


def test_two_databases_become_devices_of_one_workspace(share: Path, stores: list[Store]) -> None:
    one, two = stores
    before = device(one)
    first = init(one, share, "Máy 1")
    assert device(one) == first.vault.device != before
    code = invite(first, CHEAP).code
    ask_to_join(two, share, code, "Máy 2")
    assert joined(two, share) is None
    serve(first)
    second = joined(two, share)
    assert second
    assert device(two) == second.vault.device
    assert second.vault.workspace == first.vault.workspace
    assert joined(two, share) is None
    again = opened(two)
    assert again
    assert again.vault.device == second.vault.device
    assert again.refresh() == []
    assert not enrol.joining_path(two.path).exists()


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_who_asks_again_with_the_code_goes_on_with_the_place_it_has_used_up(
    share: Path, stores: list[Store]
) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    code = invite(first, CHEAP).code
    asked = ask_to_join(two, share, code, "Máy 2")
    assert ask_to_join(two, share, code.lower(), "Máy 2") == asked
    serve(first)
    assert ask_to_join(two, share, code, "Máy 2") == asked
    assert joined(two, share)
    assert len(first.vault.trust.members) == 2


def test_a_request_is_kept_before_anybody_can_answer_it(share: Path, stores: list[Store]) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    code = invite(first, CHEAP).code

    class Killed(BaseException):
        """The process ends as the request becomes visible."""

    class Deadly(DirectoryFolder):
        def write_new(self, path: str, data: bytes) -> None:
            super().write_new(path, data)
            raise Killed

    with suppress(Killed):
        ask_to_join(two, share, code, "Máy 2", Deadly)
    serve(first)
    ask_to_join(two, share, code, "Máy 2")
    assert joined(two, share)
    assert len(first.vault.trust.members) == 2


def test_secrets_are_for_their_owner_only_and_in_no_database_or_log(
    share: Path, stores: list[Store], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one, two = stores
    first = init(one, share, "Máy 1")
    code = invite(first, CHEAP).code
    joining = ask_to_join(two, share, code, "Máy 2")
    for path in (keys_path(one.path), enrol.joining_path(two.path)):
        assert path.stat().st_mode & 0o077 == 0
    keys_path(one.path).chmod(0o644)
    vault = load(keys_path(one.path))
    assert vault
    assert keys_path(one.path).stat().st_mode & 0o077 == 0
    one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    secrets = [vault.kept.sign_seed, vault.kept.box_secret, joining.sign_seed, joining.key]
    secrets += [key.key for key in vault.trust.epochs.values()]
    for place in (one.path, two.path, *share.rglob("*")):
        data = place.read_bytes() if place.is_file() else b""
        assert not any(secret in data or secret.hex().encode() in data for secret in secrets)
    shown = caplog.text + repr(vault.identity) + str(vault)
    assert not any(secret.hex() in shown or repr(secret) in shown for secret in secrets)


def test_what_two_processes_write_down_of_invitations_is_all_kept(
    share: Path, stores: list[Store]
) -> None:
    one, two = stores
    init(one, share, "Máy 1")
    service, app = opened(one), opened(one)
    assert service
    assert app
    code = invite(app, CHEAP).code
    service.vault.save()
    late = opened(one)
    assert late
    assert len(late.vault.kept.invites) == 1
    # The one that did not make it answers it, and what it answered stays.
    ask_to_join(two, share, code, "Máy 2")
    assert [machine.name for machine in serve(service)] == ["Máy 2"]
    app.vault.save()
    late.vault.save()
    assert joined(two, share)
    serve(service)
    app.vault.save()
    last = opened(one)
    assert last
    assert last.vault.kept.invites == {}


def test_a_database_is_one_device_only(share: Path, stores: list[Store], tmp_path: Path) -> None:
    one, _ = stores
    first = init(one, share, "Máy 1")
    other = tmp_path / "other"
    other.mkdir()
    code = invite(first, CHEAP).code
    with pytest.raises(ThukyError, match="đã thuộc"):
        init(one, other, "Máy 1")
    with pytest.raises(ThukyError, match="đã thuộc"):
        ask_to_join(one, share, code, "Máy 1")
    assert list(other.iterdir()) == []
    assert device(one) == first.vault.device


def test_a_folder_of_others_is_not_taken(share: Path, stores: list[Store], tmp_path: Path) -> None:
    one, two = stores
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "1.jpg").write_bytes(b"")
    with pytest.raises(NotAWorkspace):
        init(one, tmp_path / "pictures", "x")
    init(one, share, "Máy 1")
    with pytest.raises(ThukyError, match="tham gia bằng mã mời"):
        init(two, share, "Máy 2")
    for place in (two.path.parent, tmp_path):
        with pytest.raises(ThukyError, match="nằm trong thư mục"):
            init(two, place, "Máy 2")
    assert not keys_path(two.path).exists()
    assert opened(two) is None


def test_a_machine_that_is_out_may_be_let_in_again_and_loses_nothing(
    share: Path, stores: list[Store]
) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    second = let_in(first, two, share)
    two.insert(Meeting(id="m1", title="trước"))
    for store in (two, one):
        meet(store)
    places = State(one).places()
    first = opened(one) or first
    first.refresh(places)
    first.membership.revoke(second.vault.device, places[second.vault.device])
    two.insert(Meeting(id="m2", title="khi đã bị loại"))
    assert isinstance(meet(two), PutOut)
    again = let_in(first, two, share)
    assert again.vault.device != second.vault.device
    for store in (two, one, two):
        assert meet(store) is None
    for store in stores:
        assert {meeting.id for meeting in store.live(Meeting)} == {"m1", "m2"}


def let_in(friend: Workspace, new: Store, share: Path) -> Workspace:
    ask_to_join(new, share, invite(friend, CHEAP).code, "Máy 2")
    serve(friend)
    workspace = joined(new, share)
    assert workspace
    return workspace


def meet(store: Store) -> ThukyError | None:
    workspace = opened(store)
    assert workspace
    return Engine(store, workspace).round().failure


def test_lost_keys_are_told_and_the_machine_may_join_again(
    share: Path, stores: list[Store]
) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    before = let_in(first, two, share)
    keys_path(two.path).unlink()
    with pytest.raises(NoKey):
        opened(two)
    again = let_in(first, two, share)
    assert again.vault.device != before.vault.device


def test_damaged_keys_are_told_without_a_word_of_them(share: Path, stores: list[Store]) -> None:
    one, _ = stores
    init(one, share, "Máy 1")
    keys = keys_path(one.path)
    whole = keys.read_text(encoding="utf-8")
    for text in ("", "{}", whole[: len(whole) // 2], whole.replace('"sign_seed"', '"sign"')):
        keys.write_text(text, encoding="utf-8")
        with pytest.raises(ThukyError, match="tệp khóa") as caught:
            opened(one)
        assert not any(line.strip()[-40:] in str(caught.value) for line in whole.splitlines()[1:9])


def test_a_copied_database_is_nobody_until_it_joins(
    share: Path, stores: list[Store], tmp_path: Path
) -> None:
    one, _ = stores
    first = init(one, share, "Máy 1")
    one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "copy").mkdir()
    shutil.copy(one.path, tmp_path / "copy" / "thuky.db")
    with Store(tmp_path / "copy" / "thuky.db") as copy:
        with pytest.raises(NoKey):
            opened(copy)
        ask_to_join(copy, share, invite(first, CHEAP).code, "Máy chép")
        serve(first)
        joining = joined(copy, share)
        assert joining
        assert device(copy) == joining.vault.device != first.vault.device


def test_a_new_identity_is_vouched_for_by_the_old_one(share: Path, stores: list[Store]) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    second = let_in(first, two, share)
    old = second.vault.device
    again = renew(two, second)
    assert device(two) == again.vault.device != old
    assert again.refresh() == []
    assert first.refresh() == []
    assert {old, again.vault.device} < first.vault.trust.active
    assert first.author.writing == again.author.writing
    assert load(Path(f"{keys_path(two.path)}.{old}"))


def test_a_start_that_fails_at_any_call_is_taken_up_again(stores: list[Store]) -> None:
    one, _ = stores
    for at in range(1, 50):
        left = at

        def fault(what: str, path: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Full(path, "ENOSPC")

        folder: Folder = MemoryFolder(fault)
        with suppress(Full):
            init(one, Path("share"), "Máy 1", at_hand(folder))
        failed = left <= 0
        left = -1
        workspace = opened(one, at_hand(folder)) or init(
            one, Path("share"), "Máy 1", at_hand(folder)
        )
        assert workspace.refresh() == []
        assert device(one) == workspace.vault.device
        if not failed:
            assert at > 5
            return
        one.set_local({FOLDER: ""})
        keys_path(one.path).unlink()
    raise AssertionError("never ends")


def test_a_full_or_closed_folder_leaves_the_database_as_it_was(stores: list[Store]) -> None:
    one, _ = stores
    before = device(one)
    folder = MemoryFolder()
    folder.there = False
    with pytest.raises(ThukyError, match="Không thấy thư mục chung"):
        init(one, Path("share"), "Máy 1", at_hand(folder))
    with pytest.raises(ThukyError, match="Không thấy thư mục chung"):
        ask_to_join(one, Path("share"), "chkm-npt2-3456", "Máy 1", at_hand(folder))
    assert (device(one), opened(one)) == (before, None)


def test_a_withdrawn_offer_ends_the_waiting(share: Path, stores: list[Store]) -> None:
    one, two = stores
    first = init(one, share, "Máy 1")
    ask_to_join(two, share, invite(first, CHEAP).code, "Máy 2")
    clock = first.clock
    late = Workspace(
        DirectoryFolder(share),
        first.vault,
        clock=lambda: clock() + pairing.VALID_MS,
        randomness=os.urandom,
    )
    assert serve(late) == []
    with pytest.raises(WrongCode):
        joined(two, share)
    assert opened(two) is None
