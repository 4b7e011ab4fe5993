"""Reads the minutes as they are typed: the strip, the signs in the margin, the follow-ups.

Public entrance: `Live`. Nothing of it is in a key's path: the cursor's line is read when the keys
pause for a moment, the others when they pause for longer, and the readers are loaded by a thread.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from office import followups
from office.conclusions import words_of
from office.marks import mark_of
from office.points import Point, missing
from schema.errors import ThukyError
from schema.records import CalendarDay, Followup, Meeting, Setting, Unit
from schema.store import Store
from tui import queries
from tui.editor.points_bar import Question
from tui.editor.strip import Strip
from tui.editor.tasks import Tasks
from tui.widgets.line import Lines

if TYPE_CHECKING:
    from office.directory import Directory
    from office.known import Known
    from tui.app import ThukyApp
    from tui.editor.editor import Editor

# The reading of the cursor's line stands beside it this long after a key, and the reading itself.
STRIP_AFTER_SECONDS = 0.03
# How long the other lines may be read at one go.
AT_ONCE_SECONDS = 0.008
# A `! ` line that is still being typed becomes a follow-up from so many characters on: what UniKey
# takes back of the first letters would take the tie with it.
LEAST_TYPED = 12
_KNOWN_FROM = (Unit, CalendarDay, Setting)


class Live:
    """Between one open text and what it is worth. `strip` is where the cursor's line is told."""

    def __init__(
        self,
        office: "ThukyApp",
        meeting: Meeting,
        editor: "Editor",
        strip: Lines,
        on_known: Callable[[], None],
    ) -> None:
        self._office = office
        self._editor = editor
        self._strip = strip
        self._on_known = on_known
        self.on = followups.day_given(meeting, ()) or office.today()
        """The day on which what stands in the minutes was said."""
        self.tasks = Tasks(
            office.store, office.writer, meeting.id, editor.buffer, office.author, self.on
        )
        self._names = queries.Names(office.store)
        self._timer: asyncio.TimerHandle | None = None
        self._stale = False
        self._closed = False
        # Lines, as they stand, that state tasks that are no follow-ups yet.
        self._offers: set[str] = set()
        # Those of them that extend a deadline, until it is said whose.
        self._moves: set[str] = set()
        self._told: set[str] = set()
        self._seen = queries.last_change(office.store)

    # The readers

    def load(self) -> None:
        """Have the readers loaded by a thread; they read from when they are there."""
        threading.Thread(target=self._load, name="readers", daemon=True).start()

    def _load(self) -> None:
        office = self._office
        with suppress(ThukyError):  # the app says itself what is wrong with the file
            from office.known import known

            with Store(office.store.path, clock=office.clock, must_exist=True) as store:
                found = known(store)
            if not self._closed:
                office.call_later(self._learn, found)

    def _learn(self, known: "Known") -> None:
        if not self._closed:
            self.tasks.learn(known)
            self._names = queries.Names(self._office.store)
            self._on_known()
            self.note()

    def load_now(self) -> None:
        """Have the readers at once; nothing where they are there."""
        if self.tasks.known is None:
            from office.known import known

            self.tasks.learn(known(self._office.store))

    def reload(self) -> None:
        """Somebody wrote in the database, perhaps what is read with."""
        self._stale = True
        upto = queries.last_change(self._office.store)
        if queries.changed_since(self._office.store, self._seen, _KNOWN_FROM):
            self.load()
        self._seen = upto

    def close(self) -> None:
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()

    # The cursor's line

    def note(self) -> None:
        """Something was typed, or the cursor moved."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(STRIP_AFTER_SECONDS, self.show)

    def show(self) -> None:
        """Say what the cursor's line is worth."""
        self._timer = None
        if self._closed or self.tasks.known is None:
            return
        self.refresh()
        line = self._editor.cursor.line
        state = self.tasks.state(line)
        words = state.tied[0][0].line if state.tied else words_of(self._editor.lines[line])
        reading = self.tasks.reading(words) if state.reading else None
        strip = Strip(self._names, self.on, dict(reading.suggested) if reading else {})
        self._strip.show(strip.rows(state, self._strip.size.width))

    def refresh(self) -> None:
        """Look at what the store has now, if somebody wrote in it."""
        if self._stale:
            self._stale = False
            self.tasks.refresh()

    # The other lines

    def follow(self) -> bool:
        """Read lines that were edited since they were read last, those near the cursor first, for a
        moment. Returns whether some are left."""
        self.refresh()
        edited = self._editor.edited_lines
        if not edited or self.tasks.known is None:
            return False
        self.tasks.look()
        until = time.monotonic() + AT_ONCE_SECONDS
        at, lines = self._editor.cursor.line, self._editor.lines
        started = at < len(lines) and len(words_of(lines[at])) < LEAST_TYPED
        waiting = edited & {at} if started else set()
        edited -= waiting
        for number in sorted(edited, key=lambda n: (abs(n - at), n)):
            edited.discard(number)
            if number < len(lines):
                self.tasks.follow(number)
                self._note_offer(number)
            if time.monotonic() > until:
                break
        left = bool(edited)
        edited |= waiting
        return left

    def keep(self) -> None:
        """Have every edited line that is, or is to be, a follow-up read now."""
        self.refresh()
        self.tasks.look()
        lines, ties = self._editor.lines, self.tasks.ties()
        due = [
            number
            for number in sorted(self._editor.edited_lines)
            if number < len(lines) and (number in ties or mark_of(lines[number]).kind == "followup")
        ]
        if due:
            self.load_now()
        for number in due:
            self.tasks.follow(number)

    async def sweep(self) -> None:
        """Read every line that was not read yet, a moment at a time."""
        self.load_now()
        while self.follow():
            await asyncio.sleep(0)
        self.keep()

    def _note_offer(self, number: int) -> None:
        line = self._editor.lines[number]
        state = self.tasks.state(number)
        # A `! ` line without a follow-up is one whose follow-up somebody deleted.
        moves = self.tasks.extends(number) is not None
        typed = mark_of(line).kind == "followup" and not moves
        (self._moves.add if moves else self._moves.discard)(line)
        offers = state.offered and not state.tied and not typed
        (self._offers.add if offers else self._offers.discard)(line)

    def signs(self) -> dict[int, str]:
        """The sign of each line in the margin: » a follow-up, ✗ one with open points, ≠ one that
        differs from its line, ? a task that is no follow-up yet."""
        found = {}
        if self._offers:
            offers = self._offers - {m for m in self._moves if self.tasks.was_extended(words_of(m))}
            found = {n: "?" for n, line in enumerate(self._editor.lines) if line in offers}
        for line, tied in self.tasks.ties().items():
            changed = any(f.line != words_of(self._editor.lines[line]) for f in tied)
            if changed and self.tasks.state(line).differs:
                found[line] = "≠"
            else:
                found[line] = "✗" if any(missing(f) for f in tied) else "»"
        return found

    def offered(self) -> list[int]:
        """The lines that state tasks that are no follow-ups yet."""
        return [n for n, sign in self.signs().items() if sign == "?"]

    def new_orphans(self) -> list[Followup]:
        """Follow-ups whose line was deleted, that were not told of yet."""
        orphans = self.tasks.orphans()
        found = [f for f in orphans if f.id not in self._told]
        self._told = {f.id for f in orphans}
        return found

    # Missing points

    def questions(self, asked: Sequence[Followup], directory: "Directory") -> list[Question]:
        """A question for each point that these follow-ups leave open, with what is suggested; and
        who is meant where several persons have the name of the one who answers."""
        found = []
        for followup in asked:
            reading = self.tasks.reading(followup.line or followup.work)
            suggested = dict(reading.suggested) if reading else {}
            named = reading.lead[0].name if reading and reading.lead else ""
            about = (self._names(followup.lead) or followup.work) if len(asked) > 1 else ""
            if name := self._person(followup, directory):
                found.append(Question(followup, Point.RESPONSIBILITY, name, about))
            for point in missing(followup):
                guess = named if point is Point.LEAD else suggested.get(point.value, "")
                found.append(Question(followup, point, guess, about))
        return found

    def _person(self, followup: Followup, directory: "Directory") -> str:
        """The name in `accountable` that several persons have. One that is only one person's is
        noted as that person."""
        if not followup.accountable or followup.accountable_person:
            return ""
        named = [p for p in directory.persons if p.name and p.name in followup.accountable]
        longest = max((p.name for p in named), key=len, default="")
        same = [p for p in named if p.name == longest]
        if len(same) == 1:
            self.tasks.set(followup, {"accountable_person": same[0].id})
        return longest if len(same) > 1 else ""
