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
# a part of the tree is removed meanwhile; keys must not.
_LONGEST_SECONDS: Final = 0.3

_EDITING: Final = frozenset(["backspace", "ctrl+h", "delete", "left", "right", "home", "end"])


class Turn(Message):
    """Posted after a key; when it has bubbled to the app, so has all that the key set off."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class InTurn(App[ReturnType]):
    """An app that gives out a key when the one before it has been acted on.

    What is typed into a widget that takes text, one with a `terminal_cursor`, need not wait: such
    widgets keep the order of their keys themselves (`tui.widgets.ordered`).
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._rounds = 0
        self._number = 0
        self._limit: asyncio.TimerHandle | None = None

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
        if turn.number == self._number:
            self._rounds -= 1
            await self._next_round()

    async def _give(self) -> None:
        """Give out keys up to one that may be a command."""
        while self._waiting and not self._rounds:
            event = self._waiting.popleft()
            may_command = not self._is_text(event)
            await super().on_event(event)
            if may_command:
                self._rounds = _ROUNDS
                await self._next_round()

    async def _next_round(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None
        if not self._rounds or not self._running:
            self._rounds = 0
            await self._give()
            return
        self._number += 1
        loop = asyncio.get_running_loop()
        self._limit = loop.call_later(_LONGEST_SECONDS, self._lost, self._number)
        (self.focused or self.screen).post_message(Turn(self._number))

    def _lost(self, number: int) -> None:
        if number == self._number:
            self._rounds = 1
            self.post_message(Turn(number))

    def _is_text(self, event: events.Event) -> bool:
        if not hasattr(self.focused, "terminal_cursor"):
            return False
        return not isinstance(event, events.Key) or bool(typed(event)) or event.key in _EDITING
