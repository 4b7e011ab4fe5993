"""The follow-ups that a series' earlier meetings left to a later one."""

from schema.conditions import OPEN
from schema.records import Followup, FollowupEvent, Meeting
from schema.store import Store

_EARLIER = """SELECT id FROM meeting
    WHERE series = ? AND id <> ? AND starts_at < ? AND deleted_at IS NULL"""


def left_by_earlier(store: Store, meeting: Meeting) -> list[Followup]:
    """Those of earlier meetings of its series, or carried over by them, which are open or which
    something happened to at this meeting; by deadline, those without one last. Parts and milestones
    go with their whole."""
    if not meeting.series:
        return []
    here = meeting.series, meeting.id, meeting.starts_at
    return store.live(
        Followup,
        f"""(meeting IN ({_EARLIER}) OR id IN (
            SELECT followup FROM followup_source
            WHERE kind = 'meeting' AND meeting IN ({_EARLIER}) AND deleted_at IS NULL
        )) AND role = '' AND ({OPEN.sql} OR EXISTS (
            SELECT 1 FROM followup_event e WHERE e.followup = followup.id AND e.meeting = ?
        )) AND meeting IS NOT ? ORDER BY due NULLS LAST, id""",
        *here,
        *here,
        meeting.id,
        meeting.id,
    )


def events_at(store: Store, meeting: str, followups: list[str]) -> dict[str, FollowupEvent]:
    """For each of these follow-ups, what happened to it last at a meeting and was not undone."""
    marks = ", ".join("?" * len(followups))
    found = store.select(
        FollowupEvent,
        f"""WHERE followup IN ({marks}) AND meeting = ? AND id NOT IN (
            SELECT undoes FROM followup_event WHERE followup IN ({marks}) AND undoes NOTNULL
        ) ORDER BY at, id""",
        *followups,
        meeting,
        *followups,
    )
    return {event.followup: event for event in found if event.followup}


def extended_at(store: Store, meeting: str) -> set[str]:
    """The words for which deadlines were extended at a meeting and that was not undone."""
    extended = store.select(FollowupEvent, "WHERE kind = 'extended' AND meeting = ?", meeting)
    undone = {
        event.undoes
        for each in extended
        for event in store.select(FollowupEvent, "WHERE followup = ?", each.followup)
    }
    return {event.note for event in extended if event.id not in undone}
