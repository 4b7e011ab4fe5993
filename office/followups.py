"""Keeping follow-ups: each comes with its source and its first event, and lives by events alone."""

from dataclasses import replace
from datetime import date

from office.labels import FOLLOWUP_EVENTS
from office.moments import local
from schema.errors import N_, ThukyError
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting
from schema.store import Store
from schema.tables import STATE_AFTER

ENDED = ("done", "refused", "cancelled")
"""States in which nothing more is to be done."""
REASON_NEEDED = ("cancelled", "refused", "paused")
"""What is never written down without saying why."""
_NEXT = {
    "proposed": "assigned started progressed done",
    "assigned": "started progressed submitted done",
    "in_progress": "submitted progressed done",
    "submitted": "done returned",
    "paused": "reopened started done",
}
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
) -> Followup:
    """Write down what happened to a follow-up (a kind of FOLLOWUP_EVENTS), at `meeting` if at one.

    Returns it as it now stands. Raises ThukyError, with nothing written, where that cannot happen
    to it now, or a reason is missing.
    """
    if kind not in FOLLOWUP_EVENTS or kind == "proposed":
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
        store.insert(
            FollowupEvent(
                followup=followup,
                kind=kind,
                at=store.now(),
                by=by,
                note=note.strip(),
                meeting=meeting,
            )
        )
        return store.get(Followup, followup)


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
    issued = (source.issued_on for source in sources_of(store, followup.id))
    for text in (meeting.starts_at if meeting else None, *issued, followup.created_at):
        try:
            if text:
                return date.fromisoformat(text) if len(text) == 10 else local(text).date()
        except (ValueError, ThukyError):
            continue
    return None


def close(
    store: Store, followup: str, *, by: str = "", note: str = "", meeting: str | None = None
) -> Followup:
    """Done, as said at `meeting`. Raises ThukyError as `record` does."""
    return record(store, followup, "done", by=by, note=note, meeting=meeting)


def carry_over(
    store: Store, followup: str, *, meeting: str, by: str = "", note: str = ""
) -> Followup:
    """Go on with it after `meeting`, which becomes one of its sources. Raises ThukyError as
    `record` does."""
    with store.transaction():
        kept = record(store, followup, "carried", by=by, note=note, meeting=meeting)
        same = "followup = ? AND meeting = ?"
        if not store.count(FollowupSource, same, followup, meeting):
            store.insert(FollowupSource(followup=followup, kind="meeting", meeting=meeting))
        return kept


def escalate(
    store: Store, followup: str, *, meeting: str | None = None, by: str = "", note: str = ""
) -> Followup:
    """Bring it before the leader in charge. Raises ThukyError as `record` does."""
    return record(store, followup, "escalated", by=by, note=note, meeting=meeting)


def events_of(store: Store, followup: str) -> list[FollowupEvent]:
    """What happened to a follow-up, the first first."""
    return store.select(FollowupEvent, "WHERE followup = ? ORDER BY at, id", followup)


def sources_of(store: Store, followup: str) -> list[FollowupSource]:
    """Where a follow-up comes from, the first first."""
    return store.live(FollowupSource, "followup = ? ORDER BY id", followup)


def leaves(kind: str) -> str | None:
    """The state in which an event of this kind leaves a follow-up; None where as it was."""
    return STATE_AFTER.get(kind)
