"""Who gives official numbers, and which count, on two or three machines."""

from datetime import date

import pytest

from office import registering
from office.register import Register
from schema.errors import ThukyError
from schema.records import OfficialNumber, RegisterEvent
from tests.sync.desks import Desk, Desks

TODAY = date(2040, 3, 2)


def register(desk: Desk) -> Register:
    return registering.load(desk.store, joined=True)


def ask(desk: Desk, subject: str = "Kết luận", kind: str = "TB") -> str:
    return registering.ask(desk.store, kind, subject, TODAY, joined=True).id


def attend(desk: Desk, today: date = TODAY) -> bool:
    desk.sync()
    member = desk.engine.workspace.vault.trust.members[desk.device]
    return registering.attend(desk.store, today, founder=member.issuer == desk.device)


def settle(desks: Desks, *those: Desk) -> None:
    for _ in range(6):
        for desk in those or desks.all:
            attend(desk)
        desks.clock.seconds += 1


def given(desk: Desk) -> dict[str, int]:
    """The official numbers on a machine, by the request."""
    now = register(desk)
    return {str(n.request): n.number for n in now.numbers if now.standing(n) == "official"}


def test_whoever_made_the_workspace_holds_the_register_first(desks: Desks) -> None:
    settle(desks)
    first = desks.all[0].device
    assert [register(desk).holder for desk in desks.all] == [first, first]


def test_a_number_asked_for_elsewhere_comes_at_the_next_sync(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    asked = [ask(second)]
    for kind in ("CV", "TB"):
        desks.clock.seconds += 1
        asked.append(ask(second, kind=kind))
    assert given(second) == {}
    settle(desks)
    assert given(second) == given(first) == {asked[0]: 1, asked[1]: 1, asked[2]: 2}


def test_who_does_not_hold_the_register_gives_no_number(desks: Desks) -> None:
    settle(desks)
    second = desks.all[1]
    ask(second)
    settle(desks, second)
    assert second.store.select(OfficialNumber) == []
    assert len(register(second).waiting) == 1


def test_numbers_begin_anew_each_year(desks: Desks) -> None:
    first = desks.all[0]
    settle(desks)
    ask(first)
    settle(desks)
    ask(first)
    attend(first, date(2041, 1, 1))
    assert [(n.year, n.number) for n in register(first).numbers] == [(2040, 1), (2041, 1)]


def test_a_clock_in_a_year_that_is_over_gives_no_number(desks: Desks) -> None:
    first = desks.all[0]
    settle(desks)
    ask(first)
    settle(desks)
    waiting = ask(first)
    attend(first, date(2039, 12, 31))
    assert [request.id for request in register(first).waiting] == [waiting]


def test_a_number_is_official_only_once_a_whole_round_has_followed_it(desks: Desks) -> None:
    first = desks.all[0]
    settle(desks)
    asked = ask(first)
    attend(first)
    assert len(register(first).numbers) == 1
    assert given(first) == {}
    settle(desks, first)
    assert given(first) == {asked: 1}


def test_a_round_that_failed_gives_no_number(desks: Desks) -> None:
    first = desks.all[0]
    settle(desks)
    ask(first)
    desks.folder.there = False
    assert first.engine.round().failure is not None
    assert register(first).numbers == []


def test_after_a_hand_over_the_other_goes_on_where_this_one_stopped(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    before = ask(first)
    settle(desks)
    registering.hand_over(first.store, second.device)
    after = ask(first)
    settle(desks, first)
    assert len(register(first).waiting) == 1
    settle(desks)
    assert given(first) == given(second) == {before: 1, after: 2}
    assert register(first).holder == second.device


def test_a_new_holder_waits_for_the_numbers_that_were_given_before(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    handed = RegisterEvent(
        kind="hand_over",
        term=2,
        device=second.device,
        previous=register(first).terms[-1].event.id,
        upto="2040 TB 2",
    )
    first.store.insert(handed)
    waiting = ask(second)
    settle(desks)
    assert register(second).mine
    assert not register(second).open
    assert register(second).missing == {(2040, "TB"): [1, 2]}
    for number in (1, 2):
        term = register(first).terms[0].event.id
        first.store.insert(
            OfficialNumber(request=f"r{number}", term=term, kind="TB", year=2040, number=number)
        )
    settle(desks)
    assert given(second)[waiting] == 3


def test_who_does_not_hold_it_cannot_hand_it_over(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    with pytest.raises(ThukyError):
        registering.hand_over(second.store, first.device)


def test_a_hand_over_that_somebody_else_wrote_does_not_count(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    own = register(first).terms[-1].event.id
    forged = RegisterEvent(kind="hand_over", term=5, device=second.device, previous=own)
    second.store.insert(forged)
    settle(desks)
    assert register(first).holder == register(second).holder == first.device


def test_a_take_over_goes_on_after_the_highest_number_and_is_seen_by_all(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    before = ask(first)
    settle(desks)
    registering.take_over(second.store, TODAY, {}, by="Lan", joined=True)
    after = ask(second)
    settle(desks, second)
    assert given(second) == {before: 1, after: 2}
    settle(desks)
    last = register(first).terms[-1]
    assert (last.event.kind, last.holder, last.event.by) == ("take_over", second.device, "Lan")
    assert given(first) == {before: 1, after: 2}


def test_what_the_old_holder_gave_and_nobody_heard_is_void_and_asked_for_again(
    desks: Desks,
) -> None:
    first, second = desks.all
    settle(desks)
    lost = ask(first)
    first.sync()
    # It gives the number, and is gone before anybody hears of it.
    registering.attend(first.store, TODAY, founder=True)
    assert given(first) == {}
    registering.take_over(second.store, TODAY, {}, joined=True)
    other = ask(second)
    settle(desks, second)
    assert given(second)[other] in (1, 2)
    settle(desks)
    numbers = given(first)
    assert numbers == given(second)
    assert sorted(numbers.values()) == [1, 2]
    assert set(numbers) == {lost, other}
    assert [n.number for n in register(first).voided] == [1]


def test_a_holder_that_was_put_out_gives_no_more_numbers(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    place = second.engine.state.place(first.device)
    second.engine.workspace.membership.revoke(first.device, place)
    asked = ask(first)
    assert first.engine.round().failure is not None
    assert register(first).numbers == []
    registering.take_over(second.store, TODAY, {}, joined=True)
    mine = ask(second)
    settle(desks, second)
    assert given(second) == {mine: 1}
    assert asked not in given(second)


def test_numbers_given_while_alone_go_on_in_the_workspace(desks: Desks) -> None:
    first, second = desks.all
    alone = registering.ask(first.store, "TB", "Trước khi lập", TODAY, joined=False)
    registering.ask(second.store, "TB", "Máy kia tự cấp", TODAY, joined=False)
    settle(desks)
    asked = ask(second)
    settle(desks)
    assert given(first) == given(second) == {alone.id: 1, asked: 2}
    assert register(second).waiting == []


def test_a_machine_without_a_workspace_numbers_at_once(desks: Desks) -> None:
    store = desks.all[0].store
    registering.take_over(store, TODAY, {"TB": 217}, joined=False)
    registering.ask(store, "thông báo", "  Một   hai ", TODAY, joined=False)
    now = registering.load(store, joined=False)
    assert [(n.number, now.standing(n)) for n in now.numbers] == [(218, "official")]
    assert now.missing == {}
    assert [r.subject for r in now.requests.values()] == ["Một hai"]
    with pytest.raises(ThukyError):
        registering.take_over(store, TODAY, {"TB": 12}, joined=False)


@pytest.mark.parametrize(
    ("kind", "subject"), [("TB", " \n"), ("TB", "x" * 501), ("lạ", "x"), ("giấy", "x")]
)
def test_what_cannot_be_asked_for_is_refused_with_nothing_written(
    desks: Desks, kind: str, subject: str
) -> None:
    with pytest.raises(ThukyError):
        ask(desks.all[0], subject, kind)
    assert register(desks.all[0]).requests == {}


def test_a_number_that_another_device_wrote_does_not_count(desks: Desks) -> None:
    """As what a copy of the holder's database wrote before it became a device of its own."""
    first, second = desks.all
    settle(desks)
    term = register(first).terms[-1].event.id
    stray = OfficialNumber(request=ask(second), term=term, kind="TB", year=2040, number=1)
    second.store.insert(stray)
    mine = ask(first)
    settle(desks)
    assert sorted(given(first).values()) == [1, 2]
    assert given(first) == given(second)
    assert {str(stray.request), mine} == set(given(first))
    assert len(register(first).voided) == 1


def test_what_the_holder_wrote_counts_also_where_a_copy_of_it_sent_the_same(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    asked = ask(first)
    settle(desks)
    first.store.connection.execute(
        "INSERT INTO change (tbl, row, col, hlc, device, log)"
        " SELECT tbl, row, col, hlc, 'c0ffee', 'c0ffee' FROM change"
        " WHERE tbl IN ('official_number', 'register_event')"
    )
    assert given(first) == given(second) == {asked: 1}
    assert register(first).holder == first.device


def test_a_new_holder_begins_only_after_a_whole_round_of_its_own(desks: Desks) -> None:
    first, second = desks.all
    settle(desks)
    registering.hand_over(first.store, second.device)
    first.sync()
    attend(second)
    assert register(second).mine
    assert not register(second).open
    attend(second)
    assert register(second).open
