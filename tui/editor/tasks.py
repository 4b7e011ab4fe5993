"""What the lines of open minutes are worth as follow-ups, and the ties between the two.

Public entrance: `Tasks`. The office's readers take a while to import: until `learn` was called no
line is read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from office import followups
from office.conclusions import (
    Difference,
    compare,
    followup_id,
    is_near,
    matched,
    start_of,
    words_of,
)
from office.marks import Kind, mark_of
from schema.records import Followup
from schema.store import Store
from schema.writer import Writer
from tui.editor.buffer import Buffer, Place

if TYPE_CHECKING:
    from office.known import Known
    from office.reading import Reading

# No sentence is longer; what comes after is not read, so that no line takes long.
MOST_READ = 3_000
_REMEMBERED = 2_000
# In these a conclusion may stand; who speaks only gives an opinion, a heading only a subject.
_OFFERED: Collection[Kind] = ("plain", "conclusion")


@dataclass(frozen=True, slots=True)
class LineState:
    """What a line is worth.

    `tied` are its follow-ups as they stand, each with how it differs from the line. `offered` are
    the words of tasks that it states and that are no follow-ups yet. `reading` is None where the
    line was not read.
    """

    reading: "Reading | None" = None
    tied: Sequence[tuple[Followup, Difference]] = ()
    offered: Sequence[str] = ()

    @property
    def differs(self) -> bool:
        return any(difference for _followup, difference in self.tied)


class Tasks:
    """The follow-ups of a meeting beside its minutes, said `on` a day."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        meeting: str,
        buffer: Buffer,
        author: str,
        on: date,
    ) -> None:
        self.on = on
        self.known: Known | None = None
        self._store = store
        self._writer = writer
        self._meeting = meeting
        self._buffer = buffer
        self._author = author
        self._readings: dict[str, Reading] = {}
        # Words from which cells were taken over while others were written by hand.
        self._bases: dict[str, str] = {}
        # On their way to the disk: new follow-ups, and changed cells.
        self._made: dict[str, Followup] = {}
        self._changed: dict[str, dict[str, Any]] = {}
        # Those whose line is gone, and whose owner said to leave it so.
        self._followups: Sequence[Followup] = ()
        self.refresh()

    # What there is

    def learn(self, known: "Known") -> None:
        """Read with these names and this calendar from now on."""
        self.known = known
        self._readings.clear()

    def refresh(self) -> None:
        """Look at what the store has now."""
        kept = self._store.live(Followup, "meeting = ? ORDER BY id", self._meeting)
        for followup in kept:
            self._made.pop(followup.id, None)
        changed = {id: dict(cells) for id, cells in self._changed.items()}
        self._followups = [
            replace(f, **changed[f.id]) if f.id in changed else f
            for f in [*kept, *self._made.values()]
        ]

    def all(self) -> list[Followup]:
        """The meeting's follow-ups in the order of their lines, those without a line last."""
        line_of = {f.id: line for line, tied in self.ties().items() for f in tied}
        last = len(self._buffer.lines)
        return sorted(self._followups, key=lambda f: (line_of.get(f.id, last), f.id))

    def ties(self) -> dict[int, list[Followup]]:
        """The follow-ups that are tied to each line, in the order of their words in it."""
        found: dict[int, list[tuple[int, str, Followup]]] = {}
        for followup in self._followups:
            if (place := self._place(followup)) is not None:
                found.setdefault(place.line, []).append((place.column, followup.id, followup))
        return {
            line: [followup for *_, followup in sorted(tied, key=lambda t: t[:2])]
            for line, tied in found.items()
        }

    def orphans(self) -> list[Followup]:
        """Follow-ups whose line was deleted."""
        return [f for f in self._followups if f.anchor and self._place(f) is None]

    def _place(self, followup: Followup) -> Place | None:
        found = self._buffer.document.find(followup.anchor) if followup.anchor else None
        if found is None:
            return None
        place = self._buffer.place(found.at)
        if found.gone and not is_near(words_of(self._buffer.lines[place.line]), followup.line):
            return None
        return place

    # Reading

    def reading(self, words: str) -> "Reading | None":
        """What these words say; None where they say nothing or no reader is there yet."""
        words = words[:MOST_READ]
        if self.known is None or not words:
            return None
        if words not in self._readings:
            if len(self._readings) >= _REMEMBERED:
                self._readings.clear()
            self._readings[words] = self.known.read(words, self.on)
        return self._readings[words]

    def cells(self, words: str) -> Mapping[str, Any]:
        """The cells that the words of one task state: at least that they are the work."""
        reading = self.reading(words)
        stated = self.known.cells(reading) if self.known and reading and reading.task else {}
        return {"work": words} | stated

    def parts(self, line: str) -> Sequence[str]:
        """The words of each task that a line states."""
        words = words_of(line)
        reading = self.reading(words)
        return reading.split if reading and reading.split else (words,)

    def state(self, number: int, ties: Mapping[int, Sequence[Followup]]) -> LineState:
        """What line `number` is worth now; `ties` as `ties()` answers."""
        line = self._buffer.lines[number]
        kind, words = mark_of(line).kind, words_of(line)
        tied = ties.get(number, ())
        reading = self.reading(words) if tied or kind in _OFFERED or kind == "followup" else None
        if reading is None or not (tied or kind == "followup" or _gives_task(kind, reading)):
            return LineState(None, [(f, Difference()) for f in tied])
        parts = self.parts(line)
        found = matched(tied, parts)
        compared = [(f, self._compare(f, found[f.id])) for f in tied if f.id in found]
        compared += [(f, Difference()) for f in tied if f.id not in found]
        offers = bool(tied) or kind in _OFFERED
        left = list(parts)
        for part in found.values():
            left.remove(part)
        return LineState(reading, compared, left if offers and reading.task else ())

    def _compare(self, followup: Followup, words: str) -> Difference:
        base = self._bases.get(followup.id, "")
        return compare(followup, words, self.cells, base)

    # Writing

    def follow(self, numbers: Collection[int]) -> None:
        """Make and change follow-ups as lines `numbers` say now: a `! ` line becomes one by itself,
        and what is tied to a line goes with it but for what was written by hand."""
        self._tie_again()
        ties = self.ties()
        for number in sorted(numbers):
            if number >= len(self._buffer.lines):
                break
            line = self._buffer.lines[number]
            words = words_of(line)
            tied = ties.get(number, ())
            if tied and words:
                for id, part in matched(tied, self.parts(line)).items():
                    followup = next(f for f in tied if f.id == id)
                    self._follow(followup, part, self._compare(followup, part))
            elif words and not tied and mark_of(line).kind == "followup":
                # The whole line: more than one task is offered, not made.
                self._make(number, words, 0)

    def _follow(self, followup: Followup, words: str, difference: Difference) -> None:
        changes = dict(difference.follows)
        if difference.by_hand:
            self._bases[followup.id] = words
        elif words != followup.line:
            changes["line"] = words
        if changes:
            self._change(followup, changes)

    def take(self, number: int) -> list[Followup]:
        """Make what line `number` offers into follow-ups, and have those there say what it says.
        Returns those that are new."""
        state = self.state(number, self.ties())
        found = matched([f for f, _ in state.tied], self.parts(self._buffer.lines[number]))
        for followup, difference in state.tied:
            if difference:
                changes = {**difference.follows, **difference.by_hand}
                self._change(followup, changes | {"line": found[followup.id]})
        used = len(state.tied)
        return [self._make(number, part, used + i) for i, part in enumerate(state.offered)]

    def keep(self, number: int) -> None:
        """Leave the follow-ups of line `number` as they are, whatever it says now."""
        tied = self.ties().get(number, ())
        for id, part in matched(tied, self.parts(self._buffer.lines[number])).items():
            self._change(next(f for f in tied if f.id == id), {"line": part})

    def untie(self, followup: Followup) -> None:
        """Keep a follow-up whose line is gone, without one."""
        self._change(followup, {"anchor": None})

    def set(self, followup: Followup, cells: Mapping[str, Any]) -> None:
        """Write cells by hand."""
        self._change(followup, dict(cells))

    def current(self, id: str) -> Followup | None:
        """A follow-up of the meeting as it stands."""
        return next((f for f in self._followups if f.id == id), None)

    def _tie_again(self) -> None:
        """Bring anchors back that went with their letters: the line is still there, or is again."""
        ties: dict[str, int] | None = None
        for followup in self._followups:
            found = self._buffer.document.find(followup.anchor) if followup.anchor else None
            if found is None or not found.gone:
                continue
            if (place := self._place(followup)) is None:
                if ties is None:
                    ties = {words_of(line): n for n, line in enumerate(self._buffer.lines)}
                if (line := ties.get(followup.line)) is None:
                    continue
                place = Place(line, 0)
            column = start_of(self._buffer.lines[place.line], followup.line)
            anchor = self._buffer.document.anchor(self._buffer.offset(Place(place.line, column)))
            self._change(followup, {"anchor": anchor})

    def _make(self, number: int, words: str, part: int) -> Followup:
        line = self._buffer.lines[number]
        at = Place(number, start_of(line, words))
        anchor = self._buffer.document.anchor(self._buffer.offset(at))
        cells = dict(self.cells(words))
        made = Followup(
            id=followup_id(self._meeting, anchor, part),
            meeting=self._meeting,
            anchor=anchor,
            line=words,
            **cells,
        )
        self._made[made.id] = made
        self._followups = [*self._followups, made]
        author = self._author

        def job(store: Store) -> None:
            followups.add(store, made, by=author)

        self._writer.submit(job)
        return made

    def _change(self, followup: Followup, cells: dict[str, Any]) -> None:
        id = followup.id
        self._followups = [replace(f, **cells) if f.id == id else f for f in self._followups]
        if id in self._made:
            self._made[id] = replace(self._made[id], **cells)
        pending = self._changed.setdefault(id, {})
        pending.update(cells)
        self._writer.submit(_change(id, cells, lambda: self._written(id, cells)))

    def _written(self, id: str, cells: Mapping[str, Any]) -> None:
        """Called by the writer's thread."""
        pending = self._changed.get(id, {})
        if pending.items() <= cells.items():
            self._changed.pop(id, None)


def _gives_task(kind: Kind, reading: "Reading") -> bool:
    """Whether a line is offered: unless it is a conclusion it must say to whom it is given, since
    much that is no order starts with a verb."""
    return reading.task and (kind == "conclusion" or bool(reading.lead))


def _change(id: str, cells: dict[str, Any], done: Callable[[], None]) -> Callable[[Store], None]:
    def job(store: Store) -> None:
        store.update(Followup, id, **cells)
        done()

    return job
