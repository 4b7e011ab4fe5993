"""What was done here last, to be taken back by one key."""

from collections.abc import Callable
from typing import Any

from schema.store import Store


class Trash:
    """What can be taken back of this session, the last first. Nothing of it is lost: rows are only
    marked as deleted, events only as undone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done: list[tuple[Callable[[], object], str, str]] = []

    def delete(self, record: type[Any], id: str, name: str) -> None:
        """Delete a row; `name` is what a person calls it."""
        self._store.delete(record, id)
        self.note(lambda: self._store.restore(record, id), id, name)

    def note(self, take_back: Callable[[], object], id: str, name: str) -> None:
        """Something was done to the row `id` that `take_back` takes back."""
        self._done.append((take_back, id, name))

    @property
    def empty(self) -> bool:
        return not self._done

    def restore(self) -> tuple[str, str] | None:
        """Take back what was done last: the id of its row and its name; None where nothing was."""
        if not self._done:
            return None
        take_back, id, name = self._done.pop()
        take_back()
        return id, name
