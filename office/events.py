"""Deadlines that hang on a meeting: which meetings the words may mean, and the day that follows.

A meeting is proposed, never guessed: the session of month M may be held in month M+1. Once a person
has bound a follow-up to a meeting, its date follows the meeting's, wherever that moves.
"""

import re
from datetime import date, timedelta
from typing import Any

from office.deadline import Deadline, resolve
from office.moments import local
from office.workdays import WorkCalendar
from schema.errors import ThukyError
from schema.records import Followup, Meeting, Series
from schema.store import Store
from schema.viet import fold

_MEETINGS = {
    "phien hop": ("regular", "thematic", "working"),
    "ky hop": (),
    "cuoc hop": (),
    "buoi hop": (),
    "giao ban": ("briefing",),
    "hoi nghi": ("conference",),
    "buoi lam viec": ("working",),
    "cuoc lam viec": ("working",),
    "dai hoi": (),
}
"""What a meeting is called, and the kinds that are called so."""
_MONTH = re.compile(r"\bthang (\d{1,2})\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_NUMBER = re.compile(r"\bthu (\d{1,3}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\b")
_PLAIN = frozenset(
    {"phien", "hop", "ky", "cuoc", "buoi", "hoi", "nghi", "giao", "ban", "lam", "viec", "dai"}
    | {"thuong", "le", "chuyen", "de", "ubnd", "tinh", "cua", "voi", "cac", "thang", "nam", "thu"}
    | {"giua", "cuoi", "dau", "lan", "nay", "toi", "sau", "tiep", "theo", "va", "ve", "tai"}
)
"""Words that many meetings share, so that they tell none apart."""
_HALF_A_YEAR = timedelta(days=183)
_MOST = 9


def candidates(
    store: Store, deadline: Deadline, on: date, *, said_in: str | None = None
) -> list[Meeting]:
    """The meetings that the event of a deadline, said `on` a day, may be: the likeliest first.

    None where the event is no meeting. Those of that day or later only, and not the one it was
    `said_in`: a deadline is to come.
    """
    words = fold(deadline.event or "")
    if not any(name in words for name in _MEETINGS):
        return []
    series = {s.id: s.title for s in store.live(Series)}
    found = []
    for meeting in store.live(Meeting, "starts_at >= ? ORDER BY starts_at, id", _iso(on)):
        if meeting.id == said_in:
            continue
        title = fold(f"{meeting.title} {series.get(meeting.series or '', '')}")
        rank = _rank(words, title, meeting, on)
        if rank is not None:
            found.append((rank, meeting.starts_at, meeting))
    return [meeting for _, _, meeting in sorted(found, key=lambda each: each[:2])[:_MOST]]


def bound(followup: Followup, meeting: Meeting, calendar: WorkCalendar) -> dict[str, Any]:
    """The cells of a follow-up whose event is a meeting: its date, and the meeting itself.

    A meeting without a readable day gives no date, but is kept as the one that is meant.
    """
    day = _day(meeting)
    cells: dict[str, Any] = {"due_meeting": meeting.id, "due": None, "due_time": None}
    if day is None or meeting.deleted_at:
        return cells
    words = followup.due_text or followup.due_event
    deadline = resolve(words, day, calendar, event_on=day)
    if deadline.kind == "unclear" or deadline.date is None:
        return {**cells, "due": day.isoformat(), "inclusive": 1}
    return {
        **cells,
        "due": deadline.date.isoformat(),
        "due_time": deadline.time.strftime("%H:%M") if deadline.time else None,
        "inclusive": int(deadline.inclusive is not False),
    }


def bind(store: Store, followup: str, meeting: str, calendar: WorkCalendar) -> Followup:
    """Let a follow-up's date follow a meeting's."""
    with store.transaction():
        cells = bound(store.get(Followup, followup), store.get(Meeting, meeting), calendar)
        return store.update(Followup, followup, **cells)


def unbind(store: Store, followup: str) -> Followup:
    """Let a follow-up wait for its event again, whichever meeting that is."""
    return store.update(Followup, followup, due_meeting=None, due=None, due_time=None)


def follow(store: Store, meeting: str, calendar: WorkCalendar) -> int:
    """Bring the dates of what hangs on a meeting up to date after it moved; how many changed.

    What is done, refused or cancelled keeps the date it had.
    """
    held = store.get(Meeting, meeting)
    changed = 0
    open_ones = "due_meeting = ? AND state NOT IN ('done', 'cancelled')"
    with store.transaction():
        for followup in store.live(Followup, open_ones, meeting):
            cells = bound(followup, held, calendar)
            if any(getattr(followup, name) != cell for name, cell in cells.items()):
                store.update(Followup, followup.id, **cells)
                changed += 1
    return changed


def _rank(words: str, title: str, meeting: Meeting, on: date) -> tuple[int, ...] | None:
    """How far a meeting is from what was said, 0 the nearest; None where it cannot be meant."""
    day = _day(meeting)
    if day is None:
        return None
    far = _far_by_month(words, title, day, on)
    named = [part for part in words.split() if part not in _PLAIN and not part.isdigit()]
    lacking = sum(part not in title.split() for part in named)
    number = _NUMBER.search(words)
    other = _NUMBER.search(title)
    called = next(name for name in _MEETINGS if name in words)
    alike = called in title or meeting.kind in _MEETINGS[called]
    regular = "thuong" in words.split() and meeting.kind != "regular" and "thuong" not in title
    if (
        far is None
        or (named and lacking * 2 > len(named))
        or (number and other and number[1] != other[1])
        or not (alike or (named and not lacking))
    ):
        return None
    return far, lacking, int(regular), int(not alike), int(bool(number) and not other)


def _far_by_month(words: str, title: str, day: date, on: date) -> int | None:
    """0 where the title names the month that was said, 1 where the day is in it, 2 in the next."""
    year = _YEAR.search(words)
    said = _MONTH.search(words)
    if said is None:
        if year and int(year[1]) != day.year:
            return None
        return 0 if year or day - on <= _HALF_A_YEAR else 1
    month = int(said[1])
    first = int(year[1]) if year else on.year + (month < on.month - 1)
    after = (day.year - first) * 12 + day.month - month
    if not 0 <= after <= 1:
        return None
    titled = _MONTH.search(title)
    if titled:
        return 0 if int(titled[1]) == month else None
    return 1 + after


def _day(meeting: Meeting) -> date | None:
    try:
        return local(meeting.starts_at).date() if meeting.starts_at else None
    except ThukyError:
        return None


def _iso(on: date) -> str:
    # The office is ahead of UTC: its day begins on the day before.
    return (on - timedelta(days=1)).isoformat() + "T17:00:00Z"
