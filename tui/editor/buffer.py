"""Minutes as lines, over the mergeable text. Public entrance: `Buffer`.

Lines and text say the same at every moment; places are (line, column) in code points, counted
from 0. Every edit returns which lines it touched, so that a view redraws no others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import combining

from schema.document import Document
from schema.history import Splice
from schema.viet import nfc
from tui.graphemes import next_boundary, prev_boundary, word_left, word_right

# No character before this one is a mark.
FIRST_MARK = "\u0300"


class Place(NamedTuple):
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Touched:
    """From line `first`, `removed` lines made way for `added` ones; the first of them is as it was
    before `column`."""

    first: int
    removed: int
    added: int
    column: int


class Buffer:
    """The lines of `document`, which from now on is edited through here only."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = document.text.split("\n")
        self.edits = 0
        """Grows with each edit, here or elsewhere."""
        self.shape = 0
        """Grows with each edit that adds or removes lines."""
        # The offset of one line's start; others are found by walking from it, and typing stays
        # where it is.
        self._known = (0, 0)

    # Places

    @property
    def end(self) -> Place:
        return Place(len(self.lines) - 1, len(self.lines[-1]))

    def clamp(self, place: Place) -> Place:
        line = min(max(place.line, 0), len(self.lines) - 1)
        return Place(line, min(max(place.column, 0), len(self.lines[line])))

    def offset(self, place: Place) -> int:
        """The place's code point in the text."""
        line, offset = self._known
        lines = self.lines
        while line < place.line:
            offset += len(lines[line]) + 1
            line += 1
        while line > place.line:
            line -= 1
            offset -= len(lines[line]) + 1
        self._known = (line, offset)
        return offset + place.column

    def place(self, offset: int) -> Place:
        """The place of a code point of the text; the end for one past it."""
        line, start = self._known
        lines = self.lines
        while line > 0 and start > offset:
            line -= 1
            start -= len(lines[line]) + 1
        while line < len(lines) - 1 and offset > start + len(lines[line]):
            start += len(lines[line]) + 1
            line += 1
        self._known = (line, start)
        return Place(line, min(offset - start, len(lines[line])))

    def places(self, offsets: Iterable[int]) -> dict[int, Place]:
        """The place of each of these code points, at the cost of one walk."""
        found: dict[int, Place] = {}
        line = start = 0
        lines = self.lines
        for offset in sorted(offsets):
            while line < len(lines) - 1 and offset > start + len(lines[line]):
                start += len(lines[line]) + 1
                line += 1
            found[offset] = Place(line, min(offset - start, len(lines[line])))
        return found

    def slice(self, start: Place, end: Place) -> str:
        """The text between two places."""
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column]
        inner = self.lines[start.line + 1 : end.line]
        first, last = self.lines[start.line][start.column :], self.lines[end.line][: end.column]
        return "\n".join([first, *inner, last])

    def left(self, at: Place) -> Place:
        """The place before the letter at the left of `at`, perhaps the end of the line before."""
        if at.column:
            return Place(at.line, prev_boundary(self.lines[at.line], at.column))
        return Place(at.line - 1, len(self.lines[at.line - 1])) if at.line else at

    def right(self, at: Place) -> Place:
        if at.column < len(self.lines[at.line]):
            return Place(at.line, next_boundary(self.lines[at.line], at.column))
        return Place(at.line + 1, 0) if at.line < len(self.lines) - 1 else at

    def word_left(self, at: Place) -> Place:
        if at.column:
            return Place(at.line, word_left(self.lines[at.line], at.column))
        return self.left(at)

    def word_right(self, at: Place) -> Place:
        if at.column < len(self.lines[at.line]):
            return Place(at.line, word_right(self.lines[at.line], at.column))
        return self.right(at)

    # Editing

    def insert(self, at: Place, text: str) -> tuple[Place, Touched]:
        """Put `text` (clean, see `tui.graphemes.clean`) at a place. Returns where it ends.

        A mark that comes after its letter is composed with it, so that the text stays NFC.
        """
        self.document.insert(self.offset(at), text)
        end, touched = self._put(at, text)
        changed, end = self._compose(end)
        after = len(self.lines[end.line]) - end.column
        column = min(
            touched.column, self._compose(at)[0], changed if end.line == at.line else at.column
        )
        end = Place(end.line, len(self.lines[end.line]) - after)
        return end, replace(touched, column=column)

    def delete(self, start: Place, end: Place) -> tuple[Place, Touched]:
        """Take out what lies between two places, `start` first. Returns where that is now."""
        offset = self.offset(start)
        length = self.offset(end) - offset
        if length:
            self.document.delete(offset, length)
        self.offset(start)
        touched = self._remove(start, end)
        column, start = self._compose(start)
        return start, replace(touched, column=min(touched.column, column))

    def _compose(self, at: Place) -> tuple[int, Place]:
        """Compose a mark at a place with the letter before it.

        Returns from which column on the line changed, and the place after the letter.
        """
        line = self.lines[at.line]
        if at.column == 0 or at.column >= len(line) or line[at.column] < FIRST_MARK:
            return at.column, at
        start, end = at.column - 1, at.column + 1
        while start > 0 and combining(line[start]):
            start -= 1
        while end < len(line) and combining(line[end]):
            end += 1
        composed = nfc(line[start:end])
        if composed == line[start:end]:
            return at.column, at
        offset = self.offset(Place(at.line, start))
        self.document.delete(offset, end - start)
        self.document.insert(offset, composed)
        self.lines[at.line] = line[:start] + composed + line[end:]
        return start, Place(at.line, start + len(composed))

    def apply(self, splices: Sequence[Splice], cursor: Place) -> tuple[Place, list[Touched]]:
        """Follow what changed in the document by merge or undo. Returns where the cursor's
        character is now."""
        touched = []
        at = self.offset(cursor)
        for splice in splices:
            start = self.place(splice.at)
            if splice.removed:
                end = self.place(splice.at + splice.removed)
                self.offset(start)
                touched.append(self._remove(start, end))
                at -= min(max(at - splice.at, 0), splice.removed)
            if splice.inserted:
                touched.append(self._put(start, splice.inserted)[1])
                if splice.at < at:
                    at += len(splice.inserted)
        return self.place(at), touched

    def _put(self, at: Place, text: str) -> tuple[Place, Touched]:
        line = self.lines[at.line]
        parts = text.split("\n")
        self.edits += 1
        if len(parts) == 1:
            self.lines[at.line] = line[: at.column] + text + line[at.column :]
            return Place(at.line, at.column + len(text)), Touched(at.line, 1, 1, at.column)
        end = Place(at.line + len(parts) - 1, len(parts[-1]))
        parts[0] = line[: at.column] + parts[0]
        parts[-1] += line[at.column :]
        self.lines[at.line : at.line + 1] = parts
        self.shape += 1
        return end, Touched(at.line, 1, len(parts), at.column)

    def _remove(self, start: Place, end: Place) -> Touched:
        self.edits += 1
        self.shape += end.line > start.line
        joined = self.lines[start.line][: start.column] + self.lines[end.line][end.column :]
        self.lines[start.line : end.line + 1] = [joined]
        return Touched(start.line, end.line - start.line + 1, 1, start.column)
