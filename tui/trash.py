"""What was deleted here, to be had back by one key."""

from typing import Any

from schema.store import Store


class Trash:
    """The deletions of this session, last first. Rows are only marked, so nothing is lost."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._deleted: list[tuple[type[Any], str, str]] = []

    def delete(self, record: type[Any], id: str, name: str) -> None:
        """Delete a row; `name` is what a person calls it."""
        self._store.delete(record, id)
        self._deleted.append((record, id, name))

    def restore(self) -> tuple[str, str] | None:
        """Bring back what was deleted last: its id and name; None where nothing was."""
        if not self._deleted:
            return None
        record, id, name = self._deleted.pop()
        self._store.restore(record, id)
        return id, name
