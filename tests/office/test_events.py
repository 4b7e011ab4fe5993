"""A deadline that hangs on a meeting is offered the meetings it may mean, and follows the one."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from office.calendar import work_calendar
from office.deadline import resolve
from office.events import bind, bound, candidates, follow, unbind
from office.moments import ZONE, to_utc
from schema.records import Followup, FollowupEvent, Meeting, Series
from schema.store import Store

ON = date(2026, 2, 27)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        store.insert(Series(id="s", title="Phiên họp UBND tỉnh thường kỳ", kind="regular"))
        for id, day, title, kind in (
            ("feb", (2026, 3, 6), "Phiên họp UBND tỉnh thường kỳ tháng 02/2026", "regular"),
            ("mar", (2026, 4, 3), "Phiên họp UBND tỉnh thường kỳ tháng 3/2026", "regular"),
            ("apr", (2026, 5, 4), "Phiên họp UBND tỉnh thường kỳ tháng 4/2026", "regular"),
            ("mar27", (2027, 4, 2), "Phiên họp UBND tỉnh thường kỳ tháng 3/2027", "regular"),
            ("ban", (2026, 3, 2), "Giao ban Chủ tịch, các Phó Chủ tịch", "briefing"),
            ("hdnd", (2026, 7, 8), "Kỳ họp thứ 5 HĐND tỉnh", "other"),
            ("hdnd6", (2026, 12, 8), "Kỳ họp thứ 6 HĐND tỉnh", "other"),
            ("fdi", (2026, 3, 20), "Hội nghị gặp mặt các nhà đầu tư", "conference"),
            ("old", (2026, 2, 2), "Phiên họp UBND tỉnh thường kỳ tháng 3/2026 (cũ)", "regular"),
        ):
            starts = to_utc(datetime(*day, 8, tzinfo=ZONE))
            store.insert(Meeting(id=id, title=title, kind=kind, starts_at=starts))
        yield store


def proposed(store: Store, phrase: str, **said: str) -> list[str]:
    deadline = resolve(phrase, ON, work_calendar(store))
    assert deadline.kind == "event_relative"
    assert deadline.date is None
    return [meeting.id for meeting in candidates(store, deadline, ON, **said)]


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("sau phiên họp thường kỳ tháng 3", "mar"),
        ("trước phiên họp thường kỳ tháng 4", "apr"),
        ("tại phiên họp UBND tỉnh tháng 02", "feb"),
        ("tại phiên họp thường kỳ tháng 3/2027", "mar27"),
        ("trước kỳ họp thứ 5 HĐND tỉnh", "hdnd"),
        ("tại kỳ họp thứ 6 HĐND tỉnh", "hdnd6"),
        ("sau cuộc họp với các nhà đầu tư", "fdi"),
        ("tại hội nghị gặp mặt nhà đầu tư", "fdi"),
    ],
)
def test_the_meeting_that_is_meant_comes_first(store: Store, phrase: str, first: str) -> None:
    assert proposed(store, phrase)[:1] == [first]


def test_a_session_of_a_month_may_be_held_in_the_next(store: Store) -> None:
    """Without a title that names the month, the day tells: in it, or in the one after."""
    for id in ("mar", "apr", "feb", "old", "mar27"):
        store.update(Meeting, id, title="Phiên họp UBND tỉnh thường kỳ")
    assert proposed(store, "trước phiên họp thường kỳ tháng 3") == ["feb", "mar"]


@pytest.mark.parametrize(
    "phrase",
    [
        "ngay sau khi có ý kiến của Ban Thường vụ Tỉnh ủy",
        "trong 15 ngày kể từ ngày ký",
        "trước kỳ họp thứ 9 HĐND tỉnh",
        "tại phiên họp thường kỳ tháng 11",
        "trước mùa mưa bão",
    ],
)
def test_what_is_no_meeting_on_file_is_offered_none(store: Store, phrase: str) -> None:
    assert proposed(store, phrase) == []


def test_the_meeting_in_which_it_was_said_is_not_offered(store: Store) -> None:
    assert proposed(store, "sau phiên họp thường kỳ tháng 3", said_in="mar") == []


@pytest.mark.parametrize(
    ("phrase", "due", "inclusive"),
    [
        ("trước phiên họp thường kỳ tháng 3", "2026-04-03", 0),
        ("tại phiên họp thường kỳ tháng 3", "2026-04-03", 1),
        ("sau phiên họp thường kỳ tháng 3", "2026-04-03", 1),
        ("trong 03 ngày làm việc sau phiên họp thường kỳ tháng 3", "2026-04-08", 1),
        ("trong 03 ngày làm việc", "2026-04-08", 1),
        ("", "2026-04-03", 1),
    ],
)
def test_the_date_follows_the_meeting_s(
    store: Store, phrase: str, due: str, inclusive: int
) -> None:
    task = Followup(id="f", due_text=phrase, due_event="phiên họp thường kỳ tháng 3")
    store.insert(task)
    kept = bind(store, "f", "mar", work_calendar(store))
    assert (kept.due, kept.inclusive, kept.due_meeting) == (due, inclusive, "mar")
    assert kept.due_text == phrase
    waiting = unbind(store, "f")
    assert (waiting.due, waiting.due_meeting) == (None, None)
    assert waiting.due_event


def test_a_meeting_that_moves_takes_its_open_tasks_along(store: Store) -> None:
    calendar = work_calendar(store)
    for id in ("open", "done"):
        store.insert(Followup(id=id, due_text="trước phiên họp", due_event="phiên họp"))
        bind(store, id, "mar", calendar)
    store.insert(FollowupEvent(followup="done", kind="done", at="2026-03-30T01:00:00Z"))
    store.update(Meeting, "mar", starts_at=to_utc(datetime(2026, 4, 10, 8, tzinfo=ZONE)))
    assert follow(store, "mar", calendar) == 1
    assert follow(store, "mar", calendar) == 0
    assert store.get(Followup, "open").due == "2026-04-10"
    assert store.get(Followup, "done").due == "2026-04-03"


def test_a_meeting_without_a_day_gives_none_and_stays_the_one_meant(store: Store) -> None:
    store.insert(Followup(id="f", due_event="phiên họp"))
    for starts in ("", "ngày nào đó"):
        store.update(Meeting, "mar", starts_at=starts)
        cells = bound(store.get(Followup, "f"), store.get(Meeting, "mar"), work_calendar(store))
        assert (cells["due"], cells["due_meeting"]) == (None, "mar")
    store.delete(Meeting, "apr")
    cells = bound(store.get(Followup, "f"), store.get(Meeting, "apr"), work_calendar(store))
    assert cells["due"] is None
