"""Whoever was let in shows by what, where the folder forgot it before anybody read it."""

from pathlib import Path

import msgspec
import pytest

from schema.records import Unit
from sync import enrol, statement
from sync.engine import Engine
from sync.keys import Kept, Vault, load, write_secret
from sync.membership import Membership
from sync.statement import Card, Kind, Member
from sync.workspace import PutOut
from tests.sync.desks import Desk, Desks, agree
from tests.sync.machines import Office, randomness
from tests.sync.test_healing import files


def renamed(desks: Desks, desk: Desk) -> Desk:
    """The machine under its next name, of which the folder has forgotten all."""
    before = dict(desks.folder.files)
    workspace = enrol.renew(desk.store, desk.engine.workspace)
    desks.folder.files.clear()
    desks.folder.files.update(before)
    return Desk(desk.store, Engine(desk.store, workspace))


def test_a_new_name_that_the_folder_forgot_at_once_is_made_known_again(share: Desks) -> None:
    share.all[1] = renamed(share, share.all[1])
    share.all[1].store.insert(Unit(name="dưới tên mới"))
    agree(share, "dưới tên mới")


def test_a_name_is_vouched_for_by_names_that_were_forgotten_too(share: Desks) -> None:
    share.all[1] = renamed(share, renamed(share, renamed(share, share.all[1])))
    share.all[1].store.insert(Unit(name="dưới tên thứ tư"))
    agree(share, "dưới tên thứ tư")


def test_who_takes_another_name_after_being_put_out_stays_out(share: Desks) -> None:
    first, second, third = share.all
    former = second.device
    again = renamed(share, second)
    first.engine.workspace.membership.revoke(former, first.engine.state.place(former))
    again.store.insert(Unit(name="sau khi bị loại"))
    for _ in range(4):
        for desk in (again, first, third):
            desk.engine.round()
        share.clock.seconds += 700
    for desk in (first, third):
        assert again.device not in desk.engine.workspace.vault.trust.members
        assert "sau khi bị loại" not in {unit.name for unit in desk.store.live(Unit)}


def test_who_was_let_in_by_one_that_has_forgotten_it_belongs_all_the_same() -> None:
    office = Office(2)
    first, second = office.machines
    before, kept = dict(files(office)), msgspec.json.encode(second.workspace.vault.kept)
    third = office.join("Máy 3", friend=1)
    files(office).clear()
    files(office).update(before)
    # So is the machine that let it in set back, keys and all.
    second = office.machine(Vault(msgspec.json.decode(kept, type=Kept)))
    for _ in range(2):
        for machine in (third, first, second):
            machine.read()
    for machine in (first, second):
        assert third.device in machine.workspace.vault.trust.active


def test_a_card_that_somebody_takes_away_each_time_is_not_shown_each_time(share: Desks) -> None:
    desk = renamed(share, share.all[1])
    shown = 0
    for _ in range(20):
        desk.engine.workspace.membership.learn()
        cards = [path for path in share.folder.files if path.startswith(f"cards/{desk.device}")]
        shown += len(cards)
        for path in cards:
            del share.folder.files[path]
    assert shown == 1
    share.clock.seconds += 700
    desk.engine.workspace.membership.learn()
    assert [path for path in share.folder.files if path.startswith(f"cards/{desk.device}")]


def test_damage_in_the_place_of_a_card_is_replaced(share: Desks) -> None:
    desk = renamed(share, share.all[1])
    (*_, data) = desk.engine.workspace.vault.kept.cards
    issuer = statement.look(data, Kind.CARD, desk.engine.workspace.vault.workspace).issuer
    path = f"cards/{desk.device}-{issuer}.card"
    share.folder.files[path] = data[:-1] + bytes((data[-1] ^ 1,))
    desk.engine.workspace.membership.learn()
    assert share.folder.files[path] == data


def test_a_card_that_a_stranger_wrote_itself_lets_it_in_nowhere() -> None:
    office = Office(2)
    first = office.machines[0]
    other = Office(2, seed="other").machines[1].workspace.vault
    kept = msgspec.structs.replace(
        other.kept, workspace=first.workspace.vault.workspace, trust=first.workspace.vault.trust
    )
    public = other.identity.public
    own = Member(public.sign, public.box, "", first.device, 0)
    card = Card(own, [], next(iter(kept.trust.epochs)), bytes(24), b"")
    forged = statement.state(Kind.CARD, kept.workspace, card, other.identity)
    # As if the first had signed it.
    named = forged[:12] + bytes.fromhex(first.device) + forged[20:]
    for number, data in enumerate((forged, named)):
        path = f"cards/{other.device}-{(other.device, first.device)[number]}.card"
        files(office)[path] = data
    for machine in office.machines:
        assert len(machine.read()) == 2
        assert other.device not in machine.workspace.vault.trust.members


def test_a_kill_before_the_new_name_is_kept_leaves_the_old_one(
    share: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = share.all[1]

    def killed(self: Membership, member: Member) -> bytes:
        welcome(self, member)
        raise KeyboardInterrupt

    welcome = Membership.welcome
    with monkeypatch.context() as patch:
        patch.setattr(Membership, "welcome", killed)
        with pytest.raises(KeyboardInterrupt):
            enrol.renew(second.store, second.engine.workspace)
    second.store.insert(Unit(name="dưới tên cũ"))
    agree(share, "dưới tên cũ")


def test_keys_of_before_there_were_cards_are_taken_and_get_theirs_from_the_folder(
    share: Desks, tmp_path: Path
) -> None:
    path = tmp_path / "thuky.db.keys"
    vault = share.all[1].engine.workspace.vault
    write_secret(path, vault.kept)
    kept = msgspec.json.decode(path.read_bytes())
    del kept["cards"]
    path.write_bytes(msgspec.json.encode(kept))
    loaded = load(path)
    assert loaded is not None
    assert loaded.kept.cards == []
    Membership(share.folder, loaded, lambda: 0, randomness("")).learn()
    (card,) = loaded.kept.cards
    assert card in share.folder.files.values()
    assert load(path).kept.cards == [card]  # type: ignore[union-attr]


def test_two_that_put_each_other_out_both_learn_what_the_rest_believes() -> None:
    office = Office(4)
    founder, second, third, fourth = office.machines
    for machine in office.machines:
        machine.read()
    before = dict(files(office))
    founder.workspace.membership.revoke(second.device, second.end)
    said = {path: data for path, data in files(office).items() if path not in before}
    for path in said:
        del files(office)[path]
    second.workspace.membership.revoke(founder.device, founder.end)
    third.read()
    files(office).update(said)
    third.read()
    with pytest.raises(PutOut):
        founder.read()
    for machine in (third, fourth, third):
        machine.read()
    for machine in (third, fourth):
        assert founder.device in machine.workspace.vault.trust.revoked
    count = len(files(office))
    for machine in (third, fourth) * 2:
        office.clock.seconds += 3600
        machine.read()
    assert len(files(office)) == count
