"""Starting, ending and moving a meeting."""

from datetime import datetime, timedelta

from office.meetings import phase
from schema.records import Followup, Meeting
from schema.store import Store
from tui.rows import start_of

# Minutes opened so long before a meeting, or after it should have started, are those of the
# meeting itself and no longer its preparation.
_EARLY = timedelta(minutes=30)
_LATE = timedelta(hours=12)


def start(store: Store, meeting: str) -> Meeting:
    """Hold the meeting from now on; one that has ended goes on."""
    held = store.get(Meeting, meeting)
    opened_at = held.opened_at or store.now()
    return store.update(Meeting, meeting, opened_at=opened_at, closed_at=None)


def start_if_due(store: Store, meeting: str, now: datetime) -> Meeting:
    """Hold the meeting from now on if it is about to start or should have started today."""
    planned = store.get(Meeting, meeting)
    begins = start_of(planned)
    if begins and phase(planned) == "planned" and -_EARLY <= now - begins <= _LATE:
        return start(store, meeting)
    return planned


def moved(store: Store, meeting: str) -> int:
    """Bring the tasks that hang on a meeting to its new day; how many that changed."""
    if not store.count(Followup, "due_meeting = ?", meeting):
        return 0
    # The grammar of deadlines takes longer to import than a meeting to save.
    from office.calendar import work_calendar
    from office.events import follow

    return follow(store, meeting, work_calendar(store))


def end(store: Store, meeting: str) -> Meeting:
    held = store.get(Meeting, meeting)
    opened_at = held.opened_at or held.starts_at
    return store.update(Meeting, meeting, opened_at=opened_at, closed_at=store.now())
