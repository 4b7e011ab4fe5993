"""A meeting's follow-ups as they will stand once the writer has written what waits.

Public entrance: `Pending`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from office import followups
from schema.records import Followup
from schema.store import Store
from schema.writer import Writer


class Pending:
    """Between the screen, which must not wait for a disk, and the writer."""

    def __init__(self, store: Store, writer: Writer, meeting: str, author: str) -> None:
        self._store = store
        self._writer = writer
        self._meeting = meeting
        self._author = author
        self._made: dict[str, Followup] = {}
        # Of each changed cell its value, and how many writes of it wait.
        self._cells: dict[str, dict[str, tuple[Any, int]]] = {}
        # What is on disk by now, as the writer's thread tells.
        self._written: deque[Callable[[], object]] = deque()

    def all(self) -> list[Followup]:
        """The follow-ups of the meeting, those to come last."""
        while self._written:
            self._written.popleft()()
        # Parts of one, and its later times, have no line in the minutes.
        own = "meeting = ? AND role = '' AND recurs_from IS NULL ORDER BY id"
        kept = self._store.live(Followup, own, self._meeting)
        found = self._made | {f.id: f for f in kept}
        return [self._as_will_stand(f) for f in found.values()]

    def deleted(self, id: str) -> Followup | None:
        """A follow-up that was there and was deleted by a person."""
        kept = self._store.find(Followup, id)
        return kept if kept is not None and kept.deleted_at is not None else None

    def add(self, followup: Followup) -> None:
        """Write a new one; one that is there already, from another machine, stays as it is."""
        author = self._author
        self._made[followup.id] = followup
        self._submit(
            lambda store: followups.add(store, followup, by=author),
            lambda: self._made.pop(followup.id, None),
        )

    def bring_back(self, followup: Followup, cells: Mapping[str, Any]) -> None:
        """Undo the deletion of one, which from now on has these cells."""
        self._made[followup.id] = followup
        self.change(followup.id, {**cells, "deleted_at": None})
        self._submit(lambda _store: None, lambda: self._made.pop(followup.id, None))

    def change(self, id: str, cells: Mapping[str, Any]) -> None:
        """Write cells of one."""
        waiting = self._cells.setdefault(id, {})
        for name, value in cells.items():
            waiting[name] = value, waiting.get(name, (None, 0))[1] + 1
        self._submit(
            lambda store: store.update(Followup, id, **cells), lambda: self._settle(id, cells)
        )

    def _settle(self, id: str, names: Iterable[str]) -> None:
        waiting = self._cells[id]
        for name in names:
            value, count = waiting.pop(name)
            if count > 1:
                waiting[name] = value, count - 1
        if not waiting:
            del self._cells[id]

    def _submit(self, job: Callable[[Store], object], then: Callable[[], object]) -> None:
        """Have `job` done, and `then` at the next look after it is on disk."""

        def write(store: Store) -> None:
            job(store)

        def tell(_store: Store) -> None:
            self._written.append(then)

        self._writer.submit(write)
        # A job of its own, done when the one before it is committed.
        self._writer.submit(tell)

    def _as_will_stand(self, followup: Followup) -> Followup:
        waiting = self._cells.get(followup.id)
        if not waiting:
            return followup
        return replace(followup, **{name: value for name, (value, _) in waiting.items()})
