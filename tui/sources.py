"""Long lists of records: ids first, and the rows in sight only when they are seen."""

from collections.abc import Sequence

from schema.store import Store
from tui.matching import Query, Searchable, searchable
from tui.queries import Names, meeting_ids, meeting_texts, meetings
from tui.rows import meeting_row
from tui.widgets.listing import Row


class MeetingSource:
    """All meetings in order of time, or those that answer to what is typed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._typed = ""
        self._ids: list[str] = []
        self._texts: list[tuple[str, Searchable]] | None = None
        self._names = Names(store)

    def refresh(self) -> None:
        """Read anew which meetings there are."""
        self._texts = None
        self._names = Names(self._store)
        self.search(self._typed)

    def search(self, typed: str) -> None:
        """Keep to the meetings whose title, time, place, chair or host answers."""
        self._typed = typed
        if not typed.strip():
            self._ids = meeting_ids(self._store)
            return
        if self._texts is None:
            self._texts = [(id, searchable(text)) for id, text in meeting_texts(self._store)]
        query = Query(typed)
        self._ids = [id for id, text in self._texts if query.finds(text)]

    def count(self) -> int:
        return len(self._ids)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        wanted = self._ids[offset : offset + limit]
        return [meeting_row(meeting, self._names) for meeting in meetings(self._store, wanted)]

    def index(self, key: str) -> int | None:
        return self._ids.index(key) if key in self._ids else None
