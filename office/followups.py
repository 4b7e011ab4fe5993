"""Keeping follow-ups: each comes with its source and its first event."""

from schema.records import Followup, FollowupEvent, FollowupSource
from schema.store import Store


def add(store: Store, followup: Followup, *, by: str = "", source: str = "") -> Followup:
    """Write a new follow-up, proposed by `by`; one that is there already stays as it is.

    `source` is the kind of its source (see `FollowupSource`): by default the meeting, if it has
    one, else a directive paper.
    """
    with store.transaction():
        if followup.id and (known := store.find(Followup, followup.id)):
            return known
        kept = store.insert(followup)
        kind = source or ("meeting" if followup.meeting else "directive")
        store.insert(FollowupSource(followup=kept.id, kind=kind, meeting=followup.meeting))
        store.insert(FollowupEvent(followup=kept.id, kind="proposed", at=store.now(), by=by))
        return store.get(Followup, kept.id)
