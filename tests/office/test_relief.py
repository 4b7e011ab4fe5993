"""A meeting on chosen follow-ups: its title, its agenda, its invitations, and their tie to it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from office import followups
from office.relief import MOST_ITEMS, Plan, carry_out, plan
from schema.errors import ThukyError
from schema.records import AgendaItem, Attendance, Followup, Meeting, Person, Post, Unit
from schema.store import Store

TODAY = date(2026, 3, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "thuky.db")
    for id, name in (("stc", "Sở Tài chính"), ("syt", "Sở Y tế"), ("xa", "UBND xã Tam Đảo")):
        store.insert(Unit(id=id, name=name))
    store.insert(Unit(id="skhdt", name="Sở Kế hoạch và Đầu tư", successor="stc"))
    for id, unit, title, ends in (
        ("old", "stc", "Giám đốc", "2026-01-31"),
        ("deputy", "stc", "Phó Giám đốc", None),
        ("head", "stc", "Giám đốc", None),
        ("mayor", "xa", "Chủ tịch UBND xã", None),
    ):
        store.insert(Person(id=id, name=id))
        store.insert(Post(person=id, unit=unit, title=title, ends_on=ends))
    return store


def add(store: Store, work: str, **cells: Any) -> str:
    return followups.add(store, Followup(id=work, work=work, **cells)).id


def test_each_item_says_who_does_what_and_how_late_the_latest_first(store: Store) -> None:
    add(store, "rà soát", lead="stc", due="2026-02-20", coordinating="xa\nsyt")
    add(store, "báo cáo", lead="syt", due="2026-01-30", inclusive=0)
    add(store, "chờ", due_text="khi có kinh phí")
    planned = plan(store, ["rà soát", "báo cáo", "chờ", "rà soát"], TODAY)
    assert [item.title for item in planned.agenda] == [
        "Sở Y tế: báo cáo (hạn 30/01/2026, quá hạn 31 ngày)",
        "Sở Tài chính: rà soát (hạn 20/02/2026, quá hạn 9 ngày)",
        "chờ (khi có kinh phí)",
    ]
    assert planned.title == "Họp tháo gỡ việc chậm: Sở Y tế, Sở Tài chính"


def test_the_heads_of_lead_and_coordinating_units_are_invited(store: Store) -> None:
    add(store, "rà soát", lead="stc", coordinating="xa\nsyt")
    planned = plan(store, ["rà soát"], TODAY)
    assert planned.invited == [("head", "stc"), ("mayor", "xa"), (None, "syt")]


def test_a_unit_that_was_merged_is_asked_under_its_present_name(store: Store) -> None:
    add(store, "rà soát", lead="skhdt")
    planned = plan(store, ["rà soát"], TODAY)
    assert planned.title.endswith("Sở Tài chính")
    assert planned.agenda[0].title == "Sở Tài chính: rà soát"
    assert planned.invited == [("head", "stc")]


def test_many_items_are_gathered_by_unit(store: Store) -> None:
    ids = [add(store, f"việc {n}", lead="stc") for n in range(MOST_ITEMS)] + [
        add(store, "việc khác", lead="syt")
    ]
    planned = plan(store, ids, TODAY)
    assert len(planned.agenda) == 2
    assert planned.agenda[0].title.startswith(f"Sở Tài chính: {MOST_ITEMS} việc: việc 0; việc 1")


def test_what_is_over_is_not_met_about(store: Store) -> None:
    add(store, "xong")
    followups.record(store, "xong", "cancelled", note="trùng")
    with pytest.raises(ThukyError, match="đã kết thúc"):
        plan(store, ["xong"], TODAY)
    with pytest.raises(ThukyError, match="Chưa chọn"):
        plan(store, [], TODAY)


def test_nothing_is_written_before_the_meeting_is_kept_and_then_all_is(store: Store) -> None:
    id = add(store, "rà soát", lead="stc")
    planned: Plan = plan(store, [id], TODAY)
    assert not store.live(AgendaItem)
    meeting = store.insert(Meeting(title=planned.title))
    carry_out(store, meeting, planned, by="Lan")
    (item,) = store.live(AgendaItem)
    assert (item.meeting, item.presenter) == (meeting.id, "Sở Tài chính")
    (there,) = store.live(Attendance)
    assert (there.person, there.unit) == ("head", "stc")
    assert [source.meeting for source in followups.sources_of(store, id)] == [None, meeting.id]
    event = followups.last_event(store, id)
    assert event is not None
    assert (event.kind, event.meeting, event.by) == ("raised", meeting.id, "Lan")
