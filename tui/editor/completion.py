"""Completion of units and people after an `@`. It offers beneath the line and inserts nothing by
itself: UniKey's Backspaces would meet it (see docs/architecture.md)."""

import asyncio
from collections.abc import Callable, Sequence

from textual import events

from office.directory import Entry
from tui.editor.buffer import Place
from tui.editor.editor import Editor

MOST = 6
# A name is looked up when the keys pause this long: never between two keys of a burst.
AFTER_SECONDS = 0.03
LONGEST = 40


class Completer:
    """Offers `search(words, most)` for what stands after an `@` before the cursor."""

    def __init__(self, editor: Editor, search: Callable[[str, int], Sequence[Entry]]) -> None:
        self._editor = editor
        self._search = search
        self._offered: Sequence[Entry] = ()
        self._marked = 0
        self._chosen = False
        self._refused: Place | None = None
        self._timer: asyncio.TimerHandle | None = None
        editor.set_overlay(self.key)

    def note(self) -> None:
        """The text or the cursor changed."""
        if self._timer is not None:
            self._timer.cancel()
        elif not self._offered and self._at() is None:
            return
        self._timer = asyncio.get_running_loop().call_later(AFTER_SECONDS, self._look)

    def _at(self) -> Place | None:
        """The place of the `@` that the cursor stands behind."""
        line, column = self._editor.cursor
        text = self._editor.lines[line]
        at = text.rfind("@", max(column - LONGEST, 0), column)
        if at < 0 or ":" in text[at:column] or (at and text[at - 1].isalnum()):
            return None
        return Place(line, at)

    def _look(self) -> None:
        self._timer = None
        at = self._at()
        words = ""
        if at is not None and at != self._refused:
            words = self._editor.lines[at.line][at.column + 1 : self._editor.cursor.column].strip()
        if at is None:
            self._refused = None
        self._show(self._search(words, MOST) if words else ())

    def _show(self, offered: Sequence[Entry]) -> None:
        self._offered, self._marked, self._chosen = offered, 0, False
        self._draw()

    def _draw(self) -> None:
        labels = [f"{e.name}  {e.detail}".rstrip() for e in self._offered]
        self._editor.show_offers(labels, self._marked)

    def key(self, event: events.Key) -> bool:
        """Whether this key was for the list."""
        if not self._offered:
            return False
        match event.key:
            case "down" | "up":
                step = 1 if event.key == "down" else -1
                self._marked = (self._marked + step) % len(self._offered)
                self._chosen = True
                self._draw()
            case "tab":
                self._take()
            case "enter" if self._chosen:
                self._take()
            case "escape":
                self._refused = self._at()
                self._show(())
            case _:
                return False
        return True

    def _take(self) -> None:
        at, entry = self._at(), self._offered[self._marked]
        self._show(())
        if at is not None:
            # At the start of a line it is who speaks; within one it is a name like any other.
            name = f"@{entry.name}: " if at.column == 0 else entry.name
            self._editor.replace_span(at, self._editor.cursor, name)
