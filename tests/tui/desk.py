"""Widgets on a screen of their own, typed at with the bytes that a terminal sends."""

import asyncio
import codecs
import time
from collections.abc import Callable
from typing import Any, ClassVar, Self

from textual import events
from textual._context import active_app
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.widget import Widget

_DONE = b"\x1bOS"  # F4, bound to nothing but the end of what is typed


class _App(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "done")]

    def __init__(self, widgets: tuple[Widget, ...]) -> None:
        super().__init__()
        self._widgets = widgets
        self.ready = asyncio.Event()
        self.done = asyncio.Event()
        self.bubbled: list[str] = []
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def on_ready(self) -> None:
        self.ready.set()

    def action_done(self) -> None:
        self.done.set()

    def on_key(self, event: events.Key) -> None:
        self.bubbled.append(event.key)

    async def _dispatch_message(self, message: Message) -> None:
        self.messages.append(message)
        await super()._dispatch_message(message)


class Desk:
    """An app of some widgets in an event loop of its own, the first widget in focus.

    It is used as a context, and its methods are synchronous, so that hypothesis can drive it.
    """

    def __init__(self, *widgets: Widget, size: tuple[int, int] = (80, 24)) -> None:
        self._widgets = widgets
        self._size = size
        self._runner = asyncio.Runner()
        self._parser = XTermParser()
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def __enter__(self) -> Self:
        self._runner.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._stop())
        self._runner.close()

    def press(self, *packets: bytes) -> None:
        """Returns when the app has acted on every key."""
        self._runner.run(self._press((*packets, _DONE)))

    def paste(self, text: str) -> None:
        """As a terminal with bracketed paste does it."""
        self._runner.run(self._paste(text))

    def until(self, condition: Callable[[], object]) -> None:
        """Returns when the app, left to itself, has made `condition` true."""
        self._runner.run(self._until(condition))

    @property
    def focused(self) -> Widget | None:
        return self.app.focused

    @property
    def bubbled(self) -> list[str]:
        """The keys, without the last of `press`, that no widget took."""
        return [key for key in self.app.bubbled if key != "f4"]

    def said(self, kind: type[Message]) -> list[Any]:
        """The messages of that kind that reached the app."""
        return [message for message in self.app.messages if isinstance(message, kind)]

    def screen(self) -> list[str]:
        """The lines of the screen, as the compositor has them."""
        return self._runner.run(self._screen())

    @property
    def _driver(self) -> Driver:
        assert self.app._driver is not None
        return self.app._driver

    async def _start(self) -> None:
        self.app = _App(self._widgets)
        active_app.set(self.app)  # for all that the runner runs
        self._task = asyncio.create_task(self.app.run_async(headless=True, size=self._size))
        await self.app.ready.wait()
        self.app.set_focus(self._widgets[0])
        await self._until(lambda: self._widgets[0].has_focus)

    async def _stop(self) -> None:
        self.app.exit()
        await self._task

    async def _screen(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    async def _paste(self, text: str) -> None:
        self._driver.process_message(events.Paste(text))
        await self._press((_DONE,))

    async def _press(self, packets: tuple[bytes, ...]) -> None:
        self.app.done.clear()
        for packet in packets:
            if text := self._decode(packet):  # nothing yet of a letter that is cut
                for message in self._parser.feed(text):
                    self._driver.process_message(message)
            await asyncio.sleep(0)  # the app acts between packets, as it would
        await self.app.done.wait()

    async def _until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < give_up, "it never came about"
            await asyncio.sleep(0.005)
