"""Which line of the minutes each follow-up hangs on. Public entrance: `Ties`.

A tie is an anchor: a letter of the line. Where that letter is gone, the line that stands in its
place is the one if it says nearly the same: where lines came or went meanwhile, if it ends as that
one did, since the next line may be much like a deleted one. Else the follow-up is lost until its
line comes back.
"""

from collections.abc import Mapping, Sequence

from office.conclusions import ends_alike, is_near, start_of, words_of
from schema.document import Found
from schema.records import Followup
from tui.editor.buffer import Buffer, Place


class Ties:
    """The ties of follow-ups to the lines of `buffer`, found again when the text changed."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._at: dict[int, list[str]] = {}
        self._shape = -1
        self._edits = -1
        self._moved: dict[str, Place] = {}
        self.lost: Sequence[str] = ()
        """Follow-ups whose line is gone."""

    def forget(self) -> None:
        """Other follow-ups, or anchors, than those that were looked for."""
        self._shape = self._edits = -1

    def on(self, line: int, followups: Mapping[str, Followup]) -> Sequence[str]:
        """The follow-ups of a line, in the order of their words in it."""
        if self._shape != self._buffer.shape:
            self._look(followups)
        return self._at.get(line, ())

    def all(self, followups: Mapping[str, Followup]) -> Mapping[int, Sequence[str]]:
        """Those of every line that has any."""
        if self._shape != self._buffer.shape:
            self._look(followups)
        return self._at

    def add(self, line: int, followup: str) -> None:
        """A follow-up that was tied to a line just now, after those there."""
        self._at.setdefault(line, []).append(followup)

    def look(self, followups: Mapping[str, Followup]) -> Mapping[str, Place]:
        """Find every follow-up's line, as the text is now. Returns the places where those are to be
        anchored anew whose letter is gone, but whose line is there, or is there again."""
        if self._edits != self._buffer.edits:
            self._look(followups)
        moved, self._moved = self._moved, {}
        return moved

    def _look(self, followups: Mapping[str, Followup]) -> None:
        before = self._at if self._shape == self._buffer.shape else {}
        self._edits, self._shape = self._buffer.edits, self._buffer.shape
        document, lines = self._buffer.document, self._buffer.lines
        found: dict[str, Found] = {}
        for id, followup in followups.items():
            if followup.anchor and (at := document.find(followup.anchor)):
                found[id] = at
        places = self._buffer.places(f.at for f in found.values())
        tied = {id: places[f.at] for id, f in found.items() if not f.gone}
        moved: dict[str, Place] = {}
        for id, f in found.items():
            line = places[f.at].line
            same = is_near if id in before.get(line, ()) else ends_alike
            if f.gone and same(words_of(lines[line]), followups[id].line):
                moved[id] = self._start(line, followups[id])
        away = [f for f in followups.values() if f.id not in tied and f.id not in moved and f.line]
        if away:
            taken = {place.line for place in (*tied.values(), *moved.values())}
            free = {words_of(text): n for n, text in enumerate(lines) if n not in taken}
            for followup in away:
                if (line := free.pop(followup.line, -1)) >= 0:
                    moved[followup.id] = self._start(line, followup)
        self.lost = [id for id in found if id not in tied and id not in moved]
        self._at = {}
        for id, place in sorted({**tied, **moved}.items(), key=lambda pair: (pair[1], pair[0])):
            self._at.setdefault(place.line, []).append(id)
        self._moved = moved

    def _start(self, line: int, followup: Followup) -> Place:
        return Place(line, start_of(self._buffer.lines[line], followup.line))
