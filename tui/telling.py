"""What a person can mend is told to them, wherever in a screen it comes up, and ends nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from schema.errors import ThukyError
from tui.words import tell


class _Says(Protocol):
    def say(self, text: str, *, error: bool = False) -> None: ...


@contextmanager
def telling(app: App[Any]) -> Iterator[None]:
    """Say a ThukyError of the block in the status bar; the rest of the block is left out."""
    try:
        yield
    except ThukyError as error:
        cast(_Says, app).say(tell(error), error=True)


class Telling(MessagePump):
    """A screen or app whose handlers may raise a ThukyError: Textual ends an app for any error."""

    async def _dispatch_message(self, message: Message) -> None:
        with telling(self.app):
            await super()._dispatch_message(message)
