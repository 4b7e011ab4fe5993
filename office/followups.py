"""Keeping follow-ups: each comes with its source and its first event, and lives by events alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from office.authority import names_of
from office.labels import FOLLOWUP_EVENTS
from office.lateness import last_day
from office.life_rules import Case, check
from office.moments import local, office_date, office_day, to_utc
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting, Person
from schema.store import Store

OF_THE_APP = ("proposed", "undone")
"""What nobody writes down by name."""
_NEXT = {
    "proposed": "assigned submitted done",
    "assigned": "taken refused progressed submitted done assigned",
    "in_progress": "progressed submitted done assigned",
    "submitted": "done returned",
    "paused": "reopened started",
    "refused": "assigned taken",
}
_EXTENSIONS = ("extension_asked", "extended")
_SOURCED = ("carried", "raised")
_SAME = "followup = ? AND meeting = ?"
_ANY_TIME = ("reminded", "escalated", "paused", "cancelled", "noted")


def add(
    store: Store, followup: Followup, *, by: str = "", source: FollowupSource | None = None
) -> Followup:
    """Write a new follow-up, proposed by `by`; one that is there already stays as it is.

    `source` is where it comes from: by default its meeting if it has one, else somebody's hand.
    """
    with store.transaction():
        if followup.id and (known := store.find(Followup, followup.id)):
            return known
        id = store.put(followup)
        if source is None:
            kind = "meeting" if followup.meeting else "hand"
            source = FollowupSource(kind=kind, meeting=followup.meeting)
        store.put(replace(source, followup=id))
        store.put(FollowupEvent(followup=id, kind="proposed", at=store.now(), by=by))
        return store.get(Followup, id)


def record(
    store: Store,
    followup: str,
    kind: str,
    *,
    by: str = "",
    note: str = "",
    meeting: str | None = None,
    at: str | None = None,
    **told: Any,
) -> FollowupEvent:
    """Write down what happened to a follow-up (a kind of FOLLOWUP_EVENTS), at `meeting` if at one.

    `at` is when it happened where that was not now; `told` are the cells of the event that its kind
    tells (`office.lifecycle` has a function for each kind). An assignment also sets who leads and
    answers, an extension the deadline. Returns the event. Raises ThukyError, with nothing written,
    where that cannot happen to it, and ReasonNeeded where it may with a reason in `note`.
    """
    if kind not in FOLLOWUP_EVENTS or kind in OF_THE_APP:
        raise ThukyError(N_("Không có loại sự kiện “{kind}”; chưa ghi gì."), kind=kind)
    with store.transaction():
        now = store.get(Followup, followup)
        happened = counting(store, followup)
        id = store.new_id()
        event = FollowupEvent(
            id=id,
            followup=followup,
            kind=kind,
            at=at or _after(happened, id, store.now()),
            by=by,
            note=note.strip(),
            meeting=meeting,
            **_told(now, kind, told),
        )
        cells = _effects(store, event, now)
        waived = check(event, _case(store, event, now, cells, happened, bool(at)))
        kept = store.insert(replace(event, waived=" ".join(waived)))
        if cells:
            store.update(Followup, followup, **cells)
        if kind == "assigned" and not now.role:
            from office.parts import give  # which writes events itself

            give(store, followup, kept.at)
        return kept


def _after(happened: Sequence[FollowupEvent], id: str, now: str) -> str:
    """The present; later than that where another machine's clock, or this one's, was ahead: what is
    written down after something was seen comes after it."""
    last = max(((event.at, event.id) for event in happened), default=("", ""))
    if (now, id) > last:
        return now
    try:
        return to_utc(local(last[0]) + timedelta(seconds=1))
    except ThukyError:
        return now


def _told(followup: Followup, kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What an event tells, with what is clear by itself."""
    cells = dict(told)
    if kind == "assigned":
        cells.setdefault("unit", followup.lead)
        if cells["unit"] == followup.lead:
            cells.setdefault("person", followup.accountable_person)
    if kind in _EXTENSIONS:
        day = last_day(followup)
        cells.setdefault("due_from", day.isoformat() if day else None)
    return cells


def _effects(store: Store, event: FollowupEvent, now: Followup) -> dict[str, Any]:
    """The cells of a follow-up that an event changes."""
    cells: dict[str, Any] = {}
    if event.kind == "extended":
        # Days in time are counted in as they were, and it follows no meeting any more.
        cells = {"due": event.due_to, "due_meeting": None}
        if not now.due_time:
            cells["inclusive"] = 1
    elif event.kind == "assigned":
        cells["lead"] = event.unit
        if event.person:
            cells["accountable_person"] = event.person
            person = store.find(Person, event.person)
            cells["accountable"] = person.name if person else now.accountable
        elif event.unit != now.lead:
            cells |= {"accountable": "", "accountable_person": None}
    return {name: cell for name, cell in cells.items() if getattr(now, name) != cell}


def _case(
    store: Store,
    event: FollowupEvent,
    now: Followup,
    cells: Mapping[str, Any],
    happened: Sequence[FollowupEvent],
    dated: bool,
) -> Case:
    meeting = store.find(Meeting, now.meeting)
    parts = store.live(Followup, "parent = ? AND role = 'part'", now.id)
    today = office_date(store.clock())
    if not dated:  # after another machine's event, which may be of tomorrow
        today = max(today, office_day(event.at) or today)
    return Case(
        now,
        replace(now, **cells),
        happened,
        today,
        day_given(meeting, sources_of(store, now.id)),
        sum(part.state not in ENDED for part in parts),
        len(parts),
        names_of(store, event.person, today) if event.kind == "done" else (),
    )


def undo(store: Store, event: FollowupEvent, *, by: str = "") -> FollowupEvent:
    """Take back an event that was a mistake, with the source that came with it and what it changed.
    It stays on file."""
    with store.transaction():
        if event.kind in _SOURCED and event.meeting:
            came_with = f"{_SAME} AND created_at >= ?"
            here = (event.followup, event.meeting, event.at)
            for source in store.live(FollowupSource, came_with, *here):
                store.delete(FollowupSource, source.id)
        if cells := _undone(store, event):
            store.update(Followup, event.followup or "", **cells)
        return store.insert(
            FollowupEvent(
                followup=event.followup, kind="undone", at=store.now(), by=by, undoes=event.id
            )
        )


def _undone(store: Store, event: FollowupEvent) -> dict[str, Any]:
    """The cells as they were before an event, where they still are as it left them."""
    now = store.get(Followup, event.followup or "")
    if event.kind == "extended" and now.due == event.due_to:
        return {"due": event.due_from}
    if event.kind == "assigned" and now.lead == event.unit:
        given = [e for e in counting(store, now.id) if e.kind == "assigned" and e.id != event.id]
        if given and (given[-1].unit, given[-1].person) != (event.unit, event.person):
            person = store.find(Person, given[-1].person)
            return {
                "lead": given[-1].unit,
                "accountable_person": person.id if person else None,
                "accountable": person.name if person else "",
            }
    return {}


def last_event(store: Store, followup: str) -> FollowupEvent | None:
    """What was written down last of a follow-up, of what can be taken back."""
    counted = [e for e in counting(store, followup) if e.kind not in OF_THE_APP]
    return max(counted, key=lambda event: (event.created_at, event.id), default=None)


def next_kinds(followup: Followup) -> list[str]:
    """The kinds of events that may happen to a follow-up as it stands, the likeliest first."""
    if followup.state == "done":
        return ["reviewed", "reopened", "noted"]
    if followup.state in ENDED:
        return ["reopened", "noted"]
    likely = _NEXT.get(followup.state, "").split()
    more = (*(_EXTENSIONS if last_day(followup) else ()), "extension_refused", *_ANY_TIME)
    return [*likely, *(k for k in more if followup.state != k)]


def said_on(store: Store, followup: Followup) -> date | None:
    """The day from which the words of its deadline count: that of its meeting, else of the paper
    that gave it, else the one it was written down on; None where none of them can be read."""
    meeting = store.find(Meeting, followup.meeting)
    given = day_given(meeting, sources_of(store, followup.id))
    return given or _day(followup.created_at)


def day_given(meeting: Meeting | None, sources: Iterable[FollowupSource]) -> date | None:
    """The day on which a meeting or a paper gave a task; None where neither has one."""
    days = (_day(meeting.starts_at if meeting else ""), *(_day(s.issued_on) for s in sources))
    return next(filter(None, days), None)


def _day(text: str | None) -> date | None:
    try:
        if text:
            return date.fromisoformat(text) if len(text) == 10 else local(text).date()
    except (ValueError, ThukyError):
        pass
    return None


def carry_over(
    store: Store, followup: str, *, meeting: str, by: str = "", note: str = ""
) -> FollowupEvent:
    """Go on with it after `meeting`, which becomes one of its sources. Raises ThukyError as
    `record` does."""
    return _at_meeting(store, followup, "carried", meeting, by, note)


def bring_up(
    store: Store, followup: str, *, meeting: str, by: str = "", note: str = ""
) -> FollowupEvent:
    """Put it before `meeting`, which is called for it and becomes one of its sources. Raises
    ThukyError as `record` does."""
    return _at_meeting(store, followup, "raised", meeting, by, note)


def _at_meeting(
    store: Store, followup: str, kind: str, meeting: str, by: str, note: str
) -> FollowupEvent:
    with store.transaction():
        event = record(store, followup, kind, by=by, note=note, meeting=meeting)
        if not store.count(FollowupSource, _SAME, followup, meeting):
            store.insert(FollowupSource(followup=followup, kind="meeting", meeting=meeting))
        return event


def events_of(store: Store, followup: str) -> list[FollowupEvent]:
    """What happened to a follow-up, the first first."""
    return store.select(FollowupEvent, "WHERE followup = ? ORDER BY at, id", followup)


def counting(store: Store, followup: str) -> list[FollowupEvent]:
    """The same without what was taken back."""
    return counted(events_of(store, followup))


def counted(happened: Iterable[FollowupEvent]) -> list[FollowupEvent]:
    """Those of a follow-up's events that were not taken back."""
    events = list(happened)
    undone = {event.undoes for event in events}
    return [event for event in events if event.id not in undone]


def sources_of(store: Store, followup: str) -> list[FollowupSource]:
    """Where a follow-up comes from, the first first."""
    return store.live(FollowupSource, "followup = ? ORDER BY id", followup)
