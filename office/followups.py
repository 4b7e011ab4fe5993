"""Keeping follow-ups: each comes with its source and its first event, and lives by events alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from office.labels import FOLLOWUP_EVENTS
from office.moments import local
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting
from schema.store import Store

REASON_NEEDED = ("cancelled", "refused", "paused")
"""What is never written down without saying why."""
OF_THE_APP = ("proposed", "undone")
"""What nobody writes down by name."""
_NEXT = {
    "proposed": "assigned started progressed done",
    "assigned": "started progressed submitted done",
    "in_progress": "submitted progressed done",
    "submitted": "done returned",
    "paused": "reopened started done",
}
_SOURCED = ("carried", "raised")
_SAME = "followup = ? AND meeting = ?"
_ANY_TIME = ("reminded", "escalated", "paused", "refused", "cancelled", "noted")


def add(
    store: Store, followup: Followup, *, by: str = "", source: FollowupSource | None = None
) -> Followup:
    """Write a new follow-up, proposed by `by`; one that is there already stays as it is.

    `source` is where it comes from: by default its meeting if it has one, else somebody's hand.
    """
    with store.transaction():
        if followup.id and (known := store.find(Followup, followup.id)):
            return known
        kept = store.insert(followup)
        if source is None:
            kind = "meeting" if followup.meeting else "hand"
            source = FollowupSource(kind=kind, meeting=followup.meeting)
        store.insert(replace(source, followup=kept.id))
        store.insert(FollowupEvent(followup=kept.id, kind="proposed", at=store.now(), by=by))
        return store.get(Followup, kept.id)


def record(
    store: Store,
    followup: str,
    kind: str,
    *,
    by: str = "",
    note: str = "",
    meeting: str | None = None,
) -> FollowupEvent:
    """Write down what happened to a follow-up (a kind of FOLLOWUP_EVENTS), at `meeting` if at one.

    Returns the event. Raises ThukyError, with nothing written, where that cannot happen to it now,
    or a reason is missing.
    """
    if kind not in FOLLOWUP_EVENTS or kind in OF_THE_APP:
        raise ThukyError(N_("Không có loại sự kiện “{kind}”; chưa ghi gì."), kind=kind)
    with store.transaction():
        now = store.get(Followup, followup)
        if now.state in ENDED and kind not in ("reopened", "noted"):
            raise ThukyError(
                N_(
                    "Nhiệm vụ này đã kết thúc, chưa ghi gì thêm; muốn làm tiếp thì mở lại trước"
                    " (reopened)."
                )
            )
        if kind == "reopened" and now.state not in (*ENDED, "paused"):
            raise ThukyError(N_("Nhiệm vụ này đang mở sẵn; chưa ghi gì."))
        if kind in REASON_NEEDED and not note.strip():
            raise ThukyError(N_("Cần ghi lý do; chưa ghi gì."))
        return store.insert(
            FollowupEvent(
                followup=followup,
                kind=kind,
                at=store.now(),
                by=by,
                note=note.strip(),
                meeting=meeting,
            )
        )


def undo(store: Store, event: FollowupEvent, *, by: str = "") -> FollowupEvent:
    """Take back an event that was a mistake, and the source that came with it. It stays on file."""
    with store.transaction():
        if event.kind in _SOURCED and event.meeting:
            came_with = f"{_SAME} AND created_at >= ?"
            here = (event.followup, event.meeting, event.at)
            for source in store.live(FollowupSource, came_with, *here):
                store.delete(FollowupSource, source.id)
        return store.insert(
            FollowupEvent(
                followup=event.followup, kind="undone", at=store.now(), by=by, undoes=event.id
            )
        )


def last_event(store: Store, followup: str) -> FollowupEvent | None:
    """What happened to a follow-up last, of what can be taken back."""
    happened = events_of(store, followup)
    undone = {event.undoes for event in happened}
    counting = [e for e in happened if e.kind not in OF_THE_APP and e.id not in undone]
    return counting[-1] if counting else None


def next_kinds(followup: Followup) -> list[str]:
    """The kinds of events that may happen to a follow-up as it stands, the likeliest first."""
    if followup.state in ENDED:
        return ["reopened", "noted"]
    likely = _NEXT.get(followup.state, "").split()
    return [*likely, *(k for k in _ANY_TIME if followup.state != k)]


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


def sources_of(store: Store, followup: str) -> list[FollowupSource]:
    """Where a follow-up comes from, the first first."""
    return store.live(FollowupSource, "followup = ? ORDER BY id", followup)
