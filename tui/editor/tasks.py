"""Follow-up lines of open minutes, tied to their follow-ups. Public entrance: `Tasks`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from office import followups
from office.conclusions import Change, New, Ties, followup_id, tied_lines
from schema.records import Followup
from schema.store import Store
from schema.writer import Writer
from tui.editor.buffer import Buffer, Place


class Tasks:
    """What the `! ` lines of a meeting's minutes are worth as follow-ups."""

    def __init__(
        self, store: Store, writer: Writer, meeting: str, buffer: Buffer, author: str
    ) -> None:
        self._store = store
        self._writer = writer
        self._meeting = meeting
        self._buffer = buffer
        self._author = author
        self._ties = Ties()
        # Made here and on their way to the disk.
        self._made: dict[str, Followup] = {}

    def all(self) -> list[Followup]:
        """The meeting's follow-ups, oldest first."""
        kept = self._store.live(Followup, "meeting = ? ORDER BY id", self._meeting)
        for followup in kept:
            self._made.pop(followup.id, None)
        return [*kept, *self._made.values()]

    def lines(self, known: Sequence[Followup]) -> dict[int, str]:
        """Which line each of `known` is tied to."""
        at = ((f.id, self._buffer.document.position(f.anchor)) for f in known if f.anchor)
        return tied_lines((id, self._buffer.place(p).line) for id, p in at if p is not None)

    def read(self, numbers: set[int]) -> list[Followup]:
        """Make and change follow-ups as lines `numbers` say now. Returns all of the meeting's,
        in the order of their lines."""
        known = self.all()
        at = self.lines(known)
        by_id = {followup.id: followup for followup in known}
        lines = self._buffer.lines
        for number, followup in at.items():
            if followup not in self._ties.read:
                self._ties.opened(followup, _cells(by_id[followup]), lines[number])
        edited = {number: lines[number] for number in numbers if number < len(lines)}
        for step in self._ties.plan(edited, at, {id: _cells(f) for id, f in by_id.items()}):
            match step:
                case New(line, column, cells):
                    by_id |= self._make(Place(line, column), cells)
                case Change(followup, cells):
                    self._writer.submit(_change(followup, dict(cells)))
        return self._in_order(list(by_id.values()))

    def _in_order(self, known: Sequence[Followup]) -> list[Followup]:
        """As their lines are in the text, those without a line last."""
        line_of = {followup: line for line, followup in self.lines(known).items()}
        last = len(self._buffer.lines)
        return sorted(known, key=lambda f: (line_of.get(f.id, last), f.id))

    def _make(self, place: Place, cells: Mapping[str, object]) -> dict[str, Followup]:
        anchor = self._buffer.document.anchor(self._buffer.offset(place))
        made = Followup(
            id=followup_id(self._meeting, anchor),
            meeting=self._meeting,
            anchor=anchor,
            work=str(cells["work"]),
        )
        self._ties.made(made.id, cells)
        self._made[made.id] = made
        author = self._author

        def job(store: Store) -> None:
            followups.add(store, made, by=author)

        self._writer.submit(job)
        return {made.id: made}


def _cells(followup: Followup) -> dict[str, object]:
    return asdict(followup)


def _change(followup: str, cells: dict[str, object]) -> Callable[[Store], None]:
    def job(store: Store) -> None:
        store.update(Followup, followup, **cells)

    return job
