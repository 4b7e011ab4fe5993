"""What makes a meeting sound, where in its life it is, the next of a series, and who is wanted in
two places at once."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from office.moments import ZONE, local, show_moment, to_utc
from schema.errors import N_, ThukyError
from schema.records import Meeting, Series
from schema.viet import fold

Phase = Literal["planned", "live", "ended"]
# How long a meeting is taken to last whose end nobody wrote down.
USUAL_LENGTH = timedelta(hours=2)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


class Clash(NamedTuple):
    """Two meetings at overlapping times that want the same place, or the same chair."""

    meeting: Meeting
    other: Meeting
    same: Literal["place", "chair"]


def check(meeting: Meeting) -> None:
    """Raises ThukyError where the meeting cannot be kept as it is."""
    if not meeting.title.strip():
        raise ThukyError(N_("Cuộc họp chưa có tên."))
    if not meeting.starts_at:
        raise ThukyError(N_("Cuộc họp chưa có giờ bắt đầu."))
    start = local(meeting.starts_at)
    if meeting.ends_at and local(meeting.ends_at) <= start:
        raise ThukyError(
            N_("Cuộc họp phải kết thúc sau khi bắt đầu: bắt đầu {start}, kết thúc {end}."),
            start=show_moment(meeting.starts_at),
            end=show_moment(meeting.ends_at),
        )


def phase(meeting: Meeting) -> Phase:
    if meeting.closed_at:
        return "ended"
    return "live" if meeting.opened_at else "planned"


def is_live(meeting: Meeting) -> bool:
    return phase(meeting) == "live"


def next_of(series: Series, after: date) -> Meeting:
    """The series' next meeting after a day, ready to be written: it has no id yet.

    A rule's intervals are counted from the day the series was made. Raises ThukyError where the
    rule or the time cannot be read, or the series has come to its end.
    """
    from office.recurrence import parse_rule

    clock = _TIME.fullmatch(series.time.strip())
    if clock is None:
        raise ThukyError(
            N_("Loạt họp “{title}” chưa có giờ họp; hãy ghi giờ như 08:00."), title=series.title
        )
    made = local(series.created_at).date() if series.created_at else after
    day = parse_rule(series.rule, made).after(after)
    if day is None:
        raise ThukyError(
            N_("Loạt họp “{title}” không còn kỳ nào sau ngày {day}."),
            title=series.title,
            day=after.strftime("%d/%m/%Y"),
        )
    start = datetime.combine(day, time(int(clock[1]), int(clock[2])), ZONE)
    return Meeting(
        title=series.title,
        kind=series.kind,
        series=series.id,
        host=series.host,
        chair=series.chair,
        place=series.place,
        starts_at=to_utc(start),
    )


def clashes(meeting: Meeting, others: Iterable[Meeting]) -> list[Clash]:
    """Where `meeting` cannot be held beside `others`, which may include itself."""
    found: list[Clash] = []
    start, end = _span(meeting)
    for other in others:
        if other.id == meeting.id or other.deleted_at:
            continue
        other_start, other_end = _span(other)
        if other_start >= end or start >= other_end:
            continue
        if meeting.chair and meeting.chair == other.chair:
            found.append(Clash(meeting, other, "chair"))
        if _place(meeting) and _place(meeting) == _place(other):
            found.append(Clash(meeting, other, "place"))
    return found


def _span(meeting: Meeting) -> tuple[datetime, datetime]:
    start = local(meeting.starts_at)
    return start, local(meeting.ends_at) if meeting.ends_at else start + USUAL_LENGTH


def _place(meeting: Meeting) -> str:
    return " ".join(fold(meeting.place).split())
