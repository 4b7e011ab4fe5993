"""Keys one after the other: a key that follows a command reaches what the command opened.

Over a slow line several keys come in one packet. Textual gives all of them to the widget that has
the focus when the packet comes, so that of `n` and a title typed at once, the title's letters are
commands of the list that `n` left. Here, after a key that may be a command, the next ones wait.
"""

import asyncio
from collections import deque
from typing import Final

from textual import events
from textual.app import App, ReturnType
from textual.message import Message

from tui.widgets.ordered import typed

# A command may post a message, whose handler posts another, and so on: each has a round.
_ROUNDS: Final = 4
# A round ends with a mark that has followed the key through the tree of widgets. It gets lost when
# a part of the tree is removed meanwhile: another is sent.
_LOST_SECONDS: Final = 0.25

_EDITING: Final = frozenset(["backspace", "ctrl+h", "delete", "left", "right", "home", "end"])


class Turn(Message):
    """Posted after a key; when it has bubbled to the app, so has all that the key set off."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class InTurn(App[ReturnType]):
    """An app that gives out a key when the one before it has been acted on.

    What is typed into a widget that takes text, one with a `terminal_cursor`, need not wait: such
    widgets keep the order of their keys themselves (`tui.widgets.ordered`). While its attribute
    `leading` is true, they wait.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._rounds = 0
        self._number = 0
        self._look_again: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Whether every key has been acted on."""
        return not (self._rounds or self._waiting)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._waiting.append(event)
            if not self._rounds:
                await self._give()
        else:
            await super().on_event(event)

    async def on_turn(self, turn: Turn) -> None:
        if turn.number == self._number and self._rounds:
            self._rounds -= 1
            if self._rounds:
                self._mark()
            else:
                self._number += 1
                if self._look_again:
                    self._look_again.cancel()
                await self._give()

    async def _give(self) -> None:
        """Give out keys up to one that may be a command."""
        while self._waiting and not self._rounds and self.screen_stack:
            event = self._waiting.popleft()
            may_command = not self._is_text(event)
            await super().on_event(event)
            if may_command and self._running:
                self._rounds = _ROUNDS
                self._mark()

    def _mark(self) -> None:
        """Send a mark after what is under way; only the last one sent counts."""
        if self._look_again:
            self._look_again.cancel()
        if not (self._running and self.screen_stack):
            self._rounds = 0
            return
        self._number += 1
        (self.focused or self.screen).post_message(Turn(self._number))
        self._look_again = asyncio.get_running_loop().call_later(_LOST_SECONDS, self._mark)

    def _is_text(self, event: events.Event) -> bool:
        # After a leader key a letter is a command even where letters are text.
        if not hasattr(self.focused, "terminal_cursor") or getattr(self.focused, "leading", False):
            return False
        return not isinstance(event, events.Key) or bool(typed(event)) or event.key in _EDITING
