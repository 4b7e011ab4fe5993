"""Each step of a follow-up's life: what it writes, what keeps it from being taken, what a reason
sets aside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from office import followups, lifecycle
from office.calendar import work_calendar
from office.life_rules import ReasonNeeded
from office.lifecycle import Product
from office.moments import ZONE
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent, Meeting, Person, Post, Unit
from schema.store import Store

CHAIR = "Chủ tịch UBND tỉnh"
DUE = "2026-03-20"
REPORT = Product("Báo cáo", number="15/BC-STC", issued_on=date(2026, 3, 9))


@dataclass
class Clock:
    at: datetime = datetime(2026, 3, 10, 9, tzinfo=ZONE)

    def __call__(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db", clock=clock) as store:
        yield store


@pytest.fixture
def id(store: Store) -> str:
    """A follow-up all of whose points are clear, given at a meeting of 02/03."""
    store.insert(Meeting(id="m", title="Giao ban", starts_at="2026-03-02T01:00:00Z"))
    unit = store.insert(Unit(name="Sở Tài chính")).id
    clear = Followup(
        meeting="m", work="báo cáo", lead=unit, due=DUE, product="Báo cáo", authority=CHAIR
    )
    return followups.add(store, clear).id


def on(day: int, hour: int = 9) -> str:
    moment = datetime(2026, 3, day, hour, tzinfo=ZONE)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def given(store: Store, id: str, day: int = 3) -> None:
    lifecycle.assign(store, id, at=on(day))


def begun(store: Store, id: str) -> None:
    given(store, id)
    lifecycle.take(store, id, at=on(4))


def state(store: Store, id: str) -> str:
    return store.get(Followup, id).state


def refused(write: Callable[[], object], match: str, store: Store, id: str) -> ThukyError:
    """It is not written, and the sentence says why."""
    before = store.get(Followup, id), followups.events_of(store, id)
    with pytest.raises(ThukyError, match=match) as caught:
        write()
    assert (store.get(Followup, id), followups.events_of(store, id)) == before
    return caught.value


# ------------------------------------------------------------------- the whole of it


def test_a_life_from_assignment_to_review_is_told_by_its_events(store: Store, id: str) -> None:
    person = store.insert(Person(name="Lê Thị Lan")).id
    lifecycle.assign(store, id)
    lifecycle.assign(store, id, person=person)
    lifecycle.take(store, id)
    lifecycle.progress(store, id, note="được một nửa")
    lifecycle.ask_extension(store, id, date(2026, 3, 30), reason="thiếu số liệu")
    lifecycle.extend(store, id, date(2026, 3, 25), reason="được 5 ngày")
    lifecycle.submit(store, id, REPORT)
    lifecycle.send_back(store, id, reason="số liệu chưa khớp")
    lifecycle.submit(store, id, REPORT)
    lifecycle.close(store, id, effect_due=date(2026, 6, 30))
    lifecycle.review(store, id, "some", note="giải ngân nhanh hơn")
    now = store.get(Followup, id)
    assert (now.state, now.due, now.extensions, now.returns) == ("done", "2026-03-25", 1, 1)
    assert (now.accountable, now.accountable_person) == ("Lê Thị Lan", person)
    assert now.effect_due == "2026-06-30"
    events = {event.kind: event for event in followups.events_of(store, id)}
    assert (events["assigned"].unit, events["assigned"].person) == (now.lead, person)
    asked = events["extension_asked"]
    assert (asked.due_from, asked.due_to, asked.unit) == (DUE, "2026-03-30", now.lead)
    granted = events["extended"]
    assert (granted.due_from, granted.due_to, granted.note) == (DUE, "2026-03-25", "được 5 ngày")
    handed = events["submitted"]
    assert (handed.product, handed.number, handed.issued_on) == (
        "Báo cáo",
        "15/BC-STC",
        "2026-03-09",
    )
    assert events["done"].value == CHAIR
    assert events["reviewed"].value == "some"
    assert not any(event.waived for event in events.values())


def test_events_of_one_moment_are_kept_in_the_order_in_which_they_were_written(
    store: Store, id: str
) -> None:
    for _ in range(20):
        given(store, id, 10)
        lifecycle.take(store, id)
        lifecycle.submit(store, id, REPORT)
        lifecycle.send_back(store, id, reason="thiếu")
    kinds = [event.kind for event in followups.events_of(store, id)]
    assert kinds[1:] == ["assigned", "taken", "submitted", "returned"] * 20
    assert state(store, id) == "in_progress"


def test_what_is_written_after_something_seen_comes_after_it_whatever_the_clocks_say(
    store: Store, id: str, clock: Clock
) -> None:
    ahead = "2026-03-10T05:00:00Z"
    store.insert(FollowupEvent(followup=id, kind="assigned", at=ahead))
    lifecycle.take(store, id)
    assert state(store, id) == "in_progress"
    clock.at = datetime(2026, 3, 10, 8, tzinfo=ZONE)
    lifecycle.submit(store, id, REPORT)
    assert state(store, id) == "submitted"


# ------------------------------------------------------------------------ assignment


def test_assignment_with_a_point_missing_needs_a_reason_which_is_kept(
    store: Store, id: str
) -> None:
    store.update(Followup, id, product="", authority="")
    error = refused(lambda: lifecycle.assign(store, id), "thiếu 2 trong 6", store, id)
    assert isinstance(error, ReasonNeeded)
    assert error.rules == ("points",)
    assert "rõ sản phẩm, rõ thẩm quyền" in str(error)
    event = lifecycle.assign(store, id, reason="việc gấp")
    assert (event.waived, event.note) == ("points", "việc gấp")


def test_another_unit_leads_once_it_is_given_to_it_and_no_more_when_that_is_undone(
    store: Store, id: str
) -> None:
    first = store.get(Followup, id).lead
    other = store.insert(Unit(name="Sở Xây dựng")).id
    lifecycle.assign(store, id)
    lifecycle.contest(store, id, reason="không thuộc chức năng")
    assert state(store, id) == "refused"
    event = lifecycle.assign(store, id, unit=other)
    assert (store.get(Followup, id).lead, state(store, id)) == (other, "assigned")
    followups.undo(store, event)
    assert (store.get(Followup, id).lead, state(store, id)) == (first, "refused")


# --------------------------------------------------------------------------- extension


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (date(2026, 3, 19), "không muộn hơn hạn đang có"),
        (date(2026, 3, 20), "không muộn hơn hạn đang có"),
    ],
)
def test_time_is_not_granted_until_before_the_deadline(
    store: Store, id: str, to: date, why: str
) -> None:
    begun(store, id)
    for write in (lifecycle.extend, lifecycle.ask_extension):
        refused(lambda w=write: w(store, id, to, reason="chậm"), why, store, id)  # type: ignore[misc]


def test_time_is_not_granted_until_a_day_that_is_over(store: Store, id: str) -> None:
    store.update(Followup, id, due="2026-03-05")
    begun(store, id)
    write = lambda: lifecycle.extend(store, id, date(2026, 3, 9), reason="chậm")  # noqa: E731
    refused(write, "ngày đã qua", store, id)
    lifecycle.extend(store, id, date(2026, 3, 10), reason="chậm")


def test_what_has_no_deadline_is_not_extended(store: Store, id: str) -> None:
    store.update(Followup, id, due=None)
    write = lambda: lifecycle.extend(store, id, date(2026, 4, 1), reason="chậm")  # noqa: E731
    refused(write, "chưa có ngày hạn", store, id)


def test_an_extension_needs_a_reason_and_one_that_nobody_asked_for_is_not_refused(
    store: Store, id: str
) -> None:
    begun(store, id)
    refused(lambda: lifecycle.extend(store, id, date(2026, 4, 1), reason=" "), "lý do", store, id)
    refused(
        lambda: lifecycle.refuse_extension(store, id, reason="đủ rồi"), "Chưa ai xin", store, id
    )
    lifecycle.ask_extension(store, id, date(2026, 4, 1), reason="chậm")
    event = lifecycle.refuse_extension(store, id, reason="đủ rồi")
    assert (event.due_from, event.due_to) == (DUE, "2026-04-01")
    assert store.get(Followup, id).due == DUE
    refused(lambda: lifecycle.refuse_extension(store, id, reason="nữa"), "Chưa ai xin", store, id)


def test_a_day_that_was_not_included_is_counted_right_and_comes_back_when_undone(
    store: Store, id: str
) -> None:
    store.update(Followup, id, inclusive=0)
    begun(store, id)
    event = lifecycle.extend(store, id, date(2026, 3, 25), reason="chậm")
    assert event.due_from == "2026-03-19"
    now = store.get(Followup, id)
    assert (now.due, now.inclusive) == ("2026-03-25", 1)
    followups.undo(store, event)
    now = store.get(Followup, id)
    assert (now.due, now.inclusive, now.extensions) == ("2026-03-19", 1, 0)


def test_a_deadline_that_was_changed_by_hand_since_is_left_when_an_extension_is_undone(
    store: Store, id: str
) -> None:
    begun(store, id)
    event = lifecycle.extend(store, id, date(2026, 3, 25), reason="chậm")
    store.update(Followup, id, due="2026-04-02")
    followups.undo(store, event)
    assert store.get(Followup, id).due == "2026-04-02"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10 ngày", date(2026, 3, 30)),
        ("thêm 10 ngày", date(2026, 3, 30)),
        ("1 ngày", date(2026, 3, 23)),  # Saturday
        ("5 ngày làm việc", date(2026, 3, 27)),
        ("2 tuần", date(2026, 4, 3)),
        ("31/3", date(2026, 3, 31)),
    ],
)
def test_more_time_is_a_day_or_a_number_of_days(
    store: Store, id: str, typed: str, day: date
) -> None:
    now, today = store.get(Followup, id), date(2026, 3, 10)
    assert lifecycle.later_deadline(now, typed, today, work_calendar(store)) == day


@pytest.mark.parametrize("typed", ["0 ngày", "mười ngày", "-3 ngày", "31/02", ""])
def test_what_is_no_time_is_said(store: Store, id: str, typed: str) -> None:
    now, today = store.get(Followup, id), date(2026, 3, 10)
    with pytest.raises(ThukyError):
        lifecycle.later_deadline(now, typed, today, work_calendar(store))


# ----------------------------------------------------------------------------- product


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x00", "a\nb", "\u202e"])
@pytest.mark.parametrize("cell", ["link", "number"])
def test_a_link_or_number_with_control_characters_is_told(
    store: Store, id: str, cell: str, bad: str
) -> None:
    begun(store, id)
    text = f"https://x.vn/{bad}b"
    product = Product("Báo cáo", link=text) if cell == "link" else Product("A", number=text)
    error = refused(lambda: lifecycle.submit(store, id, product), "ký tự điều khiển", store, id)
    assert error.fields["field"] == cell


@pytest.mark.parametrize(
    ("product", "why"),
    [
        (Product(), "sản phẩm là gì"),
        (Product("Báo cáo", issued_on=date(2026, 3, 11)), "chưa đến"),
        (Product("Báo cáo", figure=12.0), "đơn vị tính"),
        (Product("Báo cáo", figure=float("nan"), measure="km"), "đơn vị tính"),
    ],
)
def test_a_product_that_is_none_is_told(store: Store, id: str, product: Product, why: str) -> None:
    begun(store, id)
    refused(lambda: lifecycle.submit(store, id, product), why, store, id)


def test_done_without_a_product_is_refused_whatever_the_reason(store: Store, id: str) -> None:
    begun(store, id)
    refused(lambda: lifecycle.close(store, id, reason="đã xong"), "Chưa có sản phẩm", store, id)
    refused(lambda: followups.record(store, id, "done"), "Chưa có sản phẩm", store, id)


def test_what_was_returned_or_done_before_is_no_product(store: Store, id: str) -> None:
    begun(store, id)
    lifecycle.submit(store, id, REPORT)
    lifecycle.send_back(store, id, reason="thiếu")
    refused(lambda: lifecycle.close(store, id), "Chưa có sản phẩm", store, id)
    lifecycle.submit(store, id, REPORT)
    lifecycle.close(store, id)
    lifecycle.reopen(store, id)
    refused(lambda: lifecycle.close(store, id), "Chưa có sản phẩm", store, id)


@pytest.mark.parametrize("kind", ["duty", "party"])
def test_kinds_without_a_product_end_without_one_for_a_reason(
    store: Store, id: str, kind: str
) -> None:
    store.update(Followup, id, kind=kind)
    begun(store, id)
    error = refused(lambda: lifecycle.close(store, id), "Chưa có sản phẩm", store, id)
    assert isinstance(error, ReasonNeeded)
    assert lifecycle.close(store, id, reason="đã sinh hoạt chi bộ").waived == "product"


def test_a_product_may_come_with_its_acceptance(store: Store, id: str) -> None:
    begun(store, id)
    event = lifecycle.close(store, id, product=REPORT)
    assert (event.product, event.number, event.waived) == ("Báo cáo", "15/BC-STC", "")


# ----------------------------------------------------------------------------- authority


def test_somebody_without_the_authority_accepts_only_with_a_reason(store: Store, id: str) -> None:
    begun(store, id)
    lifecycle.submit(store, id, REPORT)
    who = "Phó Chánh Văn phòng"
    error = refused(lambda: lifecycle.close(store, id, who=who), "là của Chủ tịch", store, id)
    assert isinstance(error, ReasonNeeded)
    event = lifecycle.close(store, id, who=who, reason="được ủy quyền")
    assert (event.waived, event.value, event.note) == ("authority", who, "được ủy quyền")


def test_the_holder_of_the_post_has_the_authority(store: Store, id: str) -> None:
    person = store.insert(Person(name="Trần Duy Đông")).id
    unit = store.insert(Unit(name="UBND tỉnh")).id
    store.insert(Post(person=person, unit=unit, title="Chủ tịch", starts_on="2026-01-01"))
    begun(store, id)
    lifecycle.submit(store, id, REPORT)
    event = lifecycle.close(store, id, who="Trần Duy Đông", person=person)
    assert (event.waived, event.person) == ("", person)


def test_where_no_authority_is_named_it_must_be_said_who_accepts(store: Store, id: str) -> None:
    store.update(Followup, id, authority="")
    lifecycle.assign(store, id, reason="gấp")
    lifecycle.submit(store, id, REPORT)
    refused(lambda: lifecycle.close(store, id), "Chưa rõ ai", store, id)
    assert lifecycle.close(store, id, who="Chánh Văn phòng").waived == ""


# --------------------------------------------------------------------------------- order


def test_a_submission_before_the_assignment_needs_a_reason_and_is_marked(
    store: Store, id: str
) -> None:
    refused(lambda: lifecycle.submit(store, id, REPORT), "chưa giao cho ai", store, id)
    given(store, id, 9)
    early = on(8)
    refused(lambda: lifecycle.submit(store, id, REPORT, at=early), "trước lúc giao", store, id)
    event = lifecycle.submit(store, id, REPORT, note="giao miệng từ trước", at=early)
    assert (event.waived, event.at) == ("order", early)
    assert state(store, id) == "assigned", "the assignment came after it"


def test_what_was_assigned_before_it_was_written_down_is_assigned(store: Store) -> None:
    id = followups.add(store, Followup(work="A")).id
    lifecycle.assign(store, id, reason="ghi sau", at=on(3))
    assert state(store, id) == "assigned"


def test_nothing_happens_before_the_task_was_spoken_nor_after_today(store: Store, id: str) -> None:
    error = refused(lambda: given(store, id, 1), "trước ngày nêu ra", store, id)
    assert isinstance(error, ReasonNeeded)
    refused(lambda: given(store, id, 11), "chưa đến", store, id)


def test_a_later_record_of_an_earlier_fact_is_kept_and_changes_nothing_later(
    store: Store, id: str
) -> None:
    begun(store, id)
    lifecycle.submit(store, id, REPORT, at=on(9))
    lifecycle.progress(store, id, note="được một nửa", at=on(6))
    assert state(store, id) == "submitted"
    lifecycle.close(store, id)
    progress = lifecycle.progress(store, id, note="gần xong", at=on(8))
    assert progress.waived == "order"
    assert state(store, id) == "done"
    kinds = [event.kind for event in followups.events_of(store, id)]
    assert kinds == [
        *("assigned", "taken", "progressed", "progressed", "submitted"),
        *("proposed", "done"),
    ]


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (lambda s, i: lifecycle.send_back(s, i, reason="thiếu"), "Chưa có kết quả nào"),
        (lambda s, i: lifecycle.review(s, i, "some"), "chưa được xác nhận"),
        (lambda s, i: lifecycle.reopen(s, i), "đang mở sẵn"),
        (lambda s, i: lifecycle.cancel(s, i, reason=""), "lý do"),
        (lambda s, i: lifecycle.contest(s, i, reason=""), "lý do"),
        (lambda s, i: lifecycle.progress(s, i, note=" "), "đến đâu"),
    ],
)
def test_what_cannot_be_done_now_is_told(
    store: Store, id: str, write: Callable[[Store, str], object], why: str
) -> None:
    begun(store, id)
    refused(lambda: write(store, id), why, store, id)


def test_what_has_ended_takes_a_review_a_note_and_a_reopening_only(store: Store, id: str) -> None:
    begun(store, id)
    lifecycle.cancel(store, id, reason="trùng")
    refused(lambda: lifecycle.take(store, id), "mở lại", store, id)
    refused(lambda: lifecycle.review(store, id, "some"), "chưa được xác nhận", store, id)
    followups.record(store, id, "noted", note="đã báo đơn vị")
    lifecycle.reopen(store, id)
    assert state(store, id) == "in_progress"


def test_an_effect_is_one_of_the_grades(store: Store, id: str) -> None:
    begun(store, id)
    lifecycle.close(store, id, product=REPORT)
    for grade in ("", "tốt"):
        refused(lambda g=grade: lifecycle.review(store, id, g), "là một trong", store, id)  # type: ignore[misc]


def test_a_whole_is_closed_over_open_parts_only_with_a_reason(store: Store, id: str) -> None:
    begun(store, id)
    store.insert(Followup(parent=id, role="part", work="A", lead="x"))
    error = refused(lambda: lifecycle.close(store, id), "Còn 1 phần", store, id)
    assert isinstance(error, ReasonNeeded)
    assert lifecycle.close(store, id, reason="đủ số liệu").waived == "parts"


# ------------------------------------------------------------------------------- moments


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9/3", "2026-03-09T10:00:00Z"),
        ("hôm nay", "2026-03-10T02:00:00Z"),
        ("9h30 9/3", "2026-03-09T02:30:00Z"),
        ("11/3", "2026-03-10T17:00:00Z"),
    ],
)
def test_a_day_on_which_something_happened_is_a_moment(clock: Clock, typed: str, kept: str) -> None:
    assert lifecycle.moment_of(typed, clock.at) == kept
