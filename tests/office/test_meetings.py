from dataclasses import replace
from datetime import date

import pytest

from office.meetings import check, clashes, is_live, next_of, phase
from schema.errors import ThukyError
from schema.records import Meeting, Series

SESSION = Meeting(
    id="1",
    title="Phiên họp tháng 2",
    starts_at="2026-02-27T07:00:00Z",
    ends_at="2026-02-27T10:00:00Z",
    place="Phòng họp số 1",
    chair="chair",
)
WEEKLY = Series(
    id="s",
    created_at="2026-11-24T00:00:00Z",
    title="Giao ban",
    kind="briefing",
    rule="FREQ=WEEKLY;BYDAY=MO",
    time="08:00",
    place="Phòng họp số 2",
    chair="chair",
    host="office",
)


def test_a_sound_meeting_passes_with_or_without_an_end() -> None:
    check(SESSION)
    check(replace(SESSION, ends_at=None))


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        (replace(SESSION, title="  "), "chưa có tên"),
        (replace(SESSION, starts_at=""), "chưa có giờ bắt đầu"),
        (replace(SESSION, starts_at="mai"), "sai dạng"),
        (
            replace(SESSION, ends_at="2026-02-27T06:00:00Z"),
            "bắt đầu 14:00 27/02/2026, kết thúc 13:00 27/02/2026",
        ),
        (replace(SESSION, ends_at=SESSION.starts_at), "kết thúc sau khi bắt đầu"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(meeting: Meeting, words: str) -> None:
    with pytest.raises(ThukyError, match=words):
        check(meeting)


def test_a_meeting_is_planned_then_live_then_ended() -> None:
    opened = replace(SESSION, opened_at="2026-02-27T07:05:00Z")
    closed = replace(opened, closed_at="2026-02-27T09:55:00Z")
    assert [phase(m) for m in (SESSION, opened, closed)] == ["planned", "live", "ended"]
    assert [is_live(m) for m in (SESSION, opened, closed)] == [False, True, False]


def test_the_next_of_a_series_has_all_that_the_series_says() -> None:
    assert next_of(WEEKLY, date(2026, 11, 24)) == Meeting(
        title="Giao ban",
        kind="briefing",
        series="s",
        host="office",
        chair="chair",
        place="Phòng họp số 2",
        starts_at="2026-11-30T01:00:00Z",
    )


def test_intervals_are_counted_from_the_week_in_which_the_series_was_made() -> None:
    fortnightly = replace(WEEKLY, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert next_of(fortnightly, date(2026, 11, 24)).starts_at == "2026-12-07T01:00:00Z"
    assert next_of(fortnightly, date(2027, 1, 1)).starts_at == "2027-01-04T01:00:00Z"


@pytest.mark.parametrize("time", ["", "8", "24:00", "sáng"])
def test_a_series_without_a_time_is_refused(time: str) -> None:
    with pytest.raises(ThukyError, match="chưa có giờ họp"):
        next_of(replace(WEEKLY, time=time), date(2026, 11, 24))


def test_a_series_that_has_come_to_its_end_is_refused() -> None:
    ended = replace(WEEKLY, rule="FREQ=WEEKLY;UNTIL=20261130;BYDAY=MO")
    with pytest.raises(ThukyError, match="không còn kỳ nào sau ngày 30/11/2026"):
        next_of(ended, date(2026, 11, 30))


def test_the_same_place_or_chair_at_overlapping_times_is_a_clash() -> None:
    both = replace(SESSION, id="2", place="phong hop  so 1")
    assert [c.same for c in clashes(SESSION, [SESSION, both])] == ["chair", "place"]
    elsewhere = replace(both, place="Phòng khác", chair="other")
    assert clashes(SESSION, [elsewhere]) == []
    nowhere = replace(both, place="", chair=None)
    assert clashes(replace(nowhere, id="3"), [nowhere]) == []


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "clashing"),
    [
        ("2026-02-27T05:00:00Z", "2026-02-27T07:00:00Z", False),
        ("2026-02-27T05:00:00Z", "2026-02-27T07:01:00Z", True),
        ("2026-02-27T08:00:00Z", "2026-02-27T09:00:00Z", True),
        ("2026-02-27T10:00:00Z", None, False),
        ("2026-02-27T09:59:00Z", None, True),
        # A meeting without an end is taken to last two hours.
        ("2026-02-27T05:00:00Z", None, False),
        ("2026-02-27T05:01:00Z", None, True),
    ],
)
def test_meetings_that_only_touch_do_not_clash(
    starts_at: str, ends_at: str | None, clashing: bool
) -> None:
    other = replace(SESSION, id="2", starts_at=starts_at, ends_at=ends_at)
    assert bool(clashes(SESSION, [other])) is clashing
    assert bool(clashes(other, [SESSION])) is clashing


def test_a_deleted_meeting_clashes_with_nothing() -> None:
    assert clashes(SESSION, [replace(SESSION, id="2", deleted_at="2026-01-01T00:00:00Z")]) == []
