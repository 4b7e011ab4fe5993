"""Long lists of records: ids first, and the rows in sight only when they are seen."""

from collections.abc import Sequence

from office.labels import MEETING_KINDS
from office.moments import show_moment
from schema.records import Meeting
from schema.store import Store
from tui.matching import Query, Searchable, searchable
from tui.queries import Names, meeting_ids, meetings
from tui.rows import meeting_row
from tui.widgets.listing import Row
from tui.words import _


class MeetingSource:
    """All meetings in order of time, or those that answer to what is typed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._typed = ""
        self._texts: list[tuple[str, Searchable]] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read anew which meetings there are."""
        self._texts = None
        self._names = Names(self._store)
        self.search(self._typed)

    def search(self, typed: str) -> None:
        """Keep to the meetings whose title, time, place, kind, chair or host answers."""
        self._typed = typed
        if typed.strip():
            query = Query(typed)
            self._ids = [id for id, text in self._known() if query.finds(text)]
        else:
            self._ids = meeting_ids(self._store)

    def count(self) -> int:
        return len(self._ids)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        wanted = self._ids[offset : offset + limit]
        return [meeting_row(meeting, self._names) for meeting in meetings(self._store, wanted)]

    def index(self, key: str) -> int | None:
        return self._ids.index(key) if key in self._ids else None

    def _known(self) -> list[tuple[str, Searchable]]:
        if self._texts is None:
            self._texts = [
                (m.id, searchable(_told(m, self._names)))
                for m in self._store.live(Meeting, "1 ORDER BY starts_at, id")
            ]
        return self._texts


def _told(meeting: Meeting, names: Names) -> str:
    kind = _(MEETING_KINDS.get(meeting.kind, ""))
    when = show_moment(meeting.starts_at)
    who = names(meeting.chair), names(meeting.host)
    return " ".join([meeting.title, when, meeting.place, kind, *who])
