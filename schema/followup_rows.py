"""The follow-ups that a condition holds for, in an order, of which only what is seen is read.

Public entrance: `FollowupRows`.
"""

from collections.abc import Sequence

from schema.database import explained
from schema.records import Followup
from schema.store import Store


class FollowupRows:
    """Their row numbers are read at once, and the rows when a page of them is wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        query = "SELECT rowid FROM followup WHERE deleted_at IS NULL ORDER BY due NULLS LAST, rowid"
        with explained(store.path):
            self._order = [rowid for (rowid,) in store.connection.execute(query)]

    @property
    def count(self) -> int:
        return len(self._order)

    def page(self, offset: int, limit: int) -> Sequence[Followup]:
        wanted = self._order[offset : offset + limit]
        marks = ", ".join("?" * len(wanted))
        tail = f"WHERE rowid IN ({marks}) ORDER BY due NULLS LAST, rowid"
        return self._store.select(Followup, tail, *wanted)

    def index(self, id: str) -> int | None:
        """Where the follow-up of that id is; None where it is not among them."""
        with explained(self._store.path):
            found = self._store.connection.execute(
                "SELECT rowid FROM followup WHERE id = ?", (id,)
            ).fetchone()
        return self._order.index(found[0]) if found and found[0] in self._order else None
