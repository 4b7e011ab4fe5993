"""What the lines of open minutes are worth as follow-ups, and the ties between the two.

Public entrance: `Tasks`. The office's readers take a while to import: until `learn` was called no
line is read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from office.conclusions import Difference, compare, followup_id, matched, start_of, words_of
from office.marks import Kind, mark_of
from schema.earlier import extended_at
from schema.records import Followup
from schema.store import Store
from schema.writer import Writer
from tui.editor.buffer import Buffer, Place
from tui.editor.pending import Pending
from tui.editor.ties import Ties

if TYPE_CHECKING:
    from office.known import Known
    from office.reading import Reading

# No sentence is longer; what comes after is not read, so that no line takes long.
MOST_READ = 3_000
_REMEMBERED = 2_000
_EXTENSION = "extension"
# In these a conclusion may stand; who speaks only gives an opinion, a heading only a subject.
_OFFERED: Collection[Kind] = ("plain", "conclusion")


@dataclass(frozen=True, slots=True)
class LineState:
    """What a line is worth.

    `tied` are its follow-ups as they stand, each with how it differs from the line. `offered` are
    the words of tasks that it states and that are no follow-ups yet. `reading` is None where the
    line was not read or is not about a task; a conclusion that gives none has its `nature`.
    """

    reading: "Reading | None" = None
    tied: Sequence[tuple[Followup, Difference]] = ()
    offered: Sequence[str] = ()
    nature: str = ""

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
        self._pending = Pending(store, writer, meeting, author)
        self._meeting = meeting
        self._buffer = buffer
        self._ties = Ties(buffer)
        self._readings: dict[str, Reading] = {}
        # Words from which cells were taken over while others were written by hand.
        self._bases: dict[str, str] = {}
        self._followups: dict[str, Followup] = {}
        # The words of lines that moved the deadline of a follow-up, once they are asked for.
        self._extended: set[str] | None = None
        self.refresh()

    # What there is

    def learn(self, known: "Known") -> None:
        """Read with these names and this calendar from now on."""
        self.known = known
        self._readings.clear()

    def refresh(self) -> None:
        """Look at what the store has now."""
        self._extended = None
        before = {f.id: f.anchor for f in self._followups.values()}
        self._followups = {f.id: f for f in self._pending.all()}
        if before != {f.id: f.anchor for f in self._followups.values()}:
            self._ties.forget()

    def all(self) -> list[Followup]:
        """The meeting's follow-ups in the order of their lines, those without a line last."""
        order = [id for _, ids in sorted(self._ties.all(self._followups).items()) for id in ids]
        untied = sorted(self._followups.keys() - set(order))
        return [self._followups[id] for id in (*order, *untied)]

    def ties(self) -> dict[int, list[Followup]]:
        """The follow-ups that are tied to each line, in the order of their words in it."""
        tied = self._ties.all(self._followups)
        return {line: [self._followups[id] for id in ids] for line, ids in tied.items()}

    def tied(self, line: int) -> list[Followup]:
        """The follow-ups that are tied to one line."""
        return [self._followups[id] for id in self._ties.on(line, self._followups)]

    def orphans(self) -> list[Followup]:
        """Follow-ups whose line was deleted."""
        return [self._followups[id] for id in self._ties.lost if id in self._followups]

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

    def state(self, number: int) -> LineState:
        """What line `number` is worth now."""
        line = self._buffer.lines[number]
        kind, words = mark_of(line).kind, words_of(line)
        tied = self.tied(number)
        reading = self.reading(words) if tied or kind in _OFFERED or kind == "followup" else None
        if reading is None or not (tied or kind == "followup" or _gives_task(kind, reading)):
            nature = reading.nature if reading and kind == "conclusion" else ""
            return LineState(None, [(f, Difference()) for f in tied], nature=nature)
        if not tied and reading.nature == _EXTENSION and self.was_extended(words):
            return LineState(nature=_EXTENSION)
        parts = self.parts(line)
        found = matched(tied, parts)
        compared = [(f, self._compare(f, found[f.id])) for f in tied if f.id in found]
        compared += [(f, Difference()) for f in tied if f.id not in found]
        left = list(parts)
        for part in found.values():
            left.remove(part)
        return LineState(reading, compared, left if reading.task or kind == "followup" else ())

    def extends(self, number: int) -> "Reading | None":
        """What line `number` says where it moves the deadline of a follow-up there is, which nobody
        has named yet; None where it does not."""
        state = self.state(number)
        moves = state.reading and state.reading.nature == _EXTENSION and not state.tied
        return state.reading if moves else None

    def was_extended(self, words: str) -> bool:
        """Whether a deadline was extended at this meeting for these words."""
        if self._extended is None:
            self._extended = extended_at(self._store, self._meeting)
        return words in self._extended

    def _compare(self, followup: Followup, words: str) -> Difference:
        base = self._bases.get(followup.id, "")
        return compare(followup, words, self.cells, base)

    # Writing

    def look(self) -> None:
        """Find the lines of the follow-ups again, after edits."""
        for id, place in self._ties.look(self._followups).items():
            anchor = self._buffer.document.anchor(self._buffer.offset(place))
            self._change(self._followups[id], {"anchor": anchor})

    def follow(self, number: int) -> None:
        """Make and change follow-ups as line `number` says now: a `! ` line becomes one by itself,
        and what is tied to a line goes with it but for what was written by hand."""
        line = self._buffer.lines[number]
        words = words_of(line)
        if not words:
            return
        if tied := self.tied(number):
            for id, part in matched(tied, self.parts(line)).items():
                followup = self._followups[id]
                self._follow(followup, part, self._compare(followup, part))
        elif mark_of(line).kind == "followup" and self.extends(number) is None:
            # The whole line: more than one task is offered, not made.
            self._make(number, words, 0, asked=False)

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
        state = self.state(number)
        found = matched([f for f, _ in state.tied], self.parts(self._buffer.lines[number]))
        for followup, difference in state.tied:
            if difference:
                changes = {**difference.follows, **difference.by_hand}
                self._change(followup, changes | {"line": found[followup.id]})
        used = len(state.tied)
        made = [self._make(number, p, used + i, asked=True) for i, p in enumerate(state.offered)]
        return [followup for followup in made if followup is not None]

    def keep(self, number: int) -> None:
        """Leave the follow-ups of line `number` as they are, whatever it says now."""
        for id, part in matched(self.tied(number), self.parts(self._buffer.lines[number])).items():
            self._change(self._followups[id], {"line": part})

    def untie(self, followup: Followup) -> None:
        """Keep a follow-up whose line is gone, without one."""
        self._change(followup, {"anchor": None})
        self._ties.forget()

    def set(self, followup: Followup, cells: Mapping[str, Any]) -> None:
        """Write cells by hand."""
        self._change(followup, dict(cells))

    def current(self, id: str) -> Followup | None:
        """A follow-up of the meeting as it stands."""
        return self._followups.get(id)

    def _make(self, number: int, words: str, part: int, *, asked: bool) -> Followup | None:
        """A new follow-up; None where a person deleted it before and nobody asked for it again."""
        line = self._buffer.lines[number]
        at = Place(number, start_of(line, words))
        anchor = self._buffer.document.anchor(self._buffer.offset(at))
        while (id := followup_id(self._meeting, anchor, part)) in self._followups:
            part += 1
        cells = {"anchor": anchor, "line": words, **self.cells(words)}
        if (gone := self._pending.deleted(id)) is None:
            made = Followup(id=id, meeting=self._meeting, **cells)
            self._pending.add(made)
        elif asked:
            made = replace(gone, deleted_at=None, **cells)
            self._pending.bring_back(made, cells)
        else:
            return None
        self._followups[id] = made
        self._ties.add(number, id)
        return made

    def _change(self, followup: Followup, cells: dict[str, Any]) -> None:
        if "accountable" in cells:
            # A name is that of the person it was when it was written.
            cells = {"accountable_person": None} | cells
        self._followups[followup.id] = replace(self._followups[followup.id], **cells)
        self._pending.change(followup.id, cells)


def _gives_task(kind: Kind, reading: "Reading") -> bool:
    """Whether a line is offered: unless it is a conclusion it must say to whom it is given, since
    much that is no order starts with a verb."""
    return reading.task and (kind == "conclusion" or bool(reading.lead))
