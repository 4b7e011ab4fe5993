"""Who else has the text open: says where this window's cursor is, and shows where others are.

Public entrance: `Company`. Nothing of it is in a key's path, and while nobody else is there nothing
is written for a move.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from schema.carets import RENEW_SECONDS, Caret, carets, drop, put
from schema.store import Store
from tui.editor.others import Other
from tui.graphemes import clean, cut
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp
    from tui.editor.editor import Editor

# How often at most a move is told.
SAY_EVERY_SECONDS = 1.0
NAME_CELLS = 12


class Company:
    """Between one editor and the others in its text. `keep` hands over what was typed; `on_change`
    is told when others come or go."""

    def __init__(
        self,
        office: "ThukyApp",
        text: str,
        editor: "Editor",
        keep: Callable[[], None],
        on_change: Callable[[], None],
    ) -> None:
        self._office = office
        self._text = text
        self._editor = editor
        self._keep = keep
        self._on_change = on_change
        self._id = office.store.randomness(8).hex()
        self._others: list[Caret] = []
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def names(self) -> Sequence[str]:
        """Those of the others, each once."""
        return sorted({_called(caret) for caret in self._others})

    def open(self) -> None:
        """Say that the text is open here, now and then anew."""
        self._say()
        self.look()

    def close(self) -> None:
        """Say that it is closed."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        id = self._id
        self._office.writer.submit(lambda store: drop(store, id))

    def note(self) -> None:
        """The cursor moved."""
        if self._others:
            self._say_in(SAY_EVERY_SECONDS)

    def look(self) -> None:
        """See who is there now."""
        found = [c for c in carets(self._office.store, self._text) if c.id != self._id]
        if found == self._others or self._closed:
            return
        came = {c.id for c in found} - {c.id for c in self._others}
        before, self._others = self.names, found
        if came:
            # Who was alone has not said where they went.
            self._say_in(0)
        self.place()
        if self.names != before:
            self._on_change()

    def place(self) -> None:
        """Show where the others are in the text as it is now."""
        if not (self._others or self._editor.others):
            return
        buffer, names = self._editor.buffer, _short(self._others)
        at = [(c, buffer.document.position(c.anchor)) for c in self._others]
        places = buffer.places(position for _, position in at if position is not None)
        self._editor.show_others(
            Other(places[position], names[caret.id])
            for caret, position in at
            if position is not None
        )

    def _say_in(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is None or self._timer.when() > loop.time() + seconds:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = loop.call_later(seconds, self._renew)

    def _renew(self) -> None:
        self._say()
        self.look()

    def _say(self) -> None:
        self._timer = None
        # What the cursor stands on must not come later than the cursor.
        self._keep()
        buffer = self._editor.buffer
        anchor = buffer.document.anchor(buffer.offset(self._editor.cursor))
        caret = Caret(self._id, self._text, anchor, self._office.author)

        def job(store: Store) -> None:
            put(store, caret)

        self._office.writer.submit(job)
        self._say_in(RENEW_SECONDS)


def _called(caret: Caret) -> str:
    """A name as it may be shown; who has none is another window of this machine."""
    return " ".join(clean(caret.name).split()) or _("cửa sổ khác")


def _short(others: Sequence[Caret]) -> dict[str, str]:
    """What each is called in the margin: by the given name, which comes last, where that is a word
    and only theirs."""
    whole = {_called(caret) for caret in others}
    given = Counter(name.split()[-1] for name in whole)

    def short(caret: Caret) -> str:
        name = _called(caret)
        last = name.split()[-1]
        own = caret.name and last.isalpha() and given[last] == 1
        return cut(last if own else name, NAME_CELLS)

    return {caret.id: short(caret) for caret in others}
