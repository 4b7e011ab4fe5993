"""Runs an app whose terminal is pyte, and compares what the app believes with what pyte shows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import pyte
from pyte import graphics
from pyte.screens import Char
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.pilot import Pilot

from tests.e2e.emulator import Emulator, Screen
from tui import graphemes
from tui.cell_app import CellApp
from tui.cells import Grid
from tui.looks import Look

_TURNS = 5  # of the event loop: from a key over the widget and the screen to the update


class JudgeScreen(Screen):
    """pyte's screen where pyte 0.8 is right, and stricter than any terminal.

    pyte drops what follows a joiner, puts marks behind wide letters, keeps halves of them, and
    moves cells to and from beyond the edges when it inserts and deletes. Here letters are whole
    graphemes, nothing may be written behind the last column, and no edit may cut a wide letter.
    `bce`: erasing leaves the pen's background, as in xterm; else the terminal's own, as in screen.
    """

    def __init__(self, columns: int, rows: int, *, bce: bool = True) -> None:
        self._bce = bce
        self._last: tuple[int, int, int] | None = None  # a letter's row, first column and end
        self.lenient = False
        """Set while the window has a size that the app has not been told yet."""
        super().__init__(columns, rows, None)

    def draw(self, data: str) -> None:
        for char in data:
            if not self._join(char):
                self._put(self.cursor.x, char, graphemes.width(char))

    def _join(self, char: str) -> bool:
        """Adds to the letter just drawn what belongs to it."""
        if self._last is None or (self.cursor.x, self.cursor.y) != (self._last[2], self._last[0]):
            return False
        y, x, _ = self._last
        letter = self.buffer[y][x].data + char
        if graphemes.next_boundary(letter, 0) < len(letter):
            return False
        self._put(x, letter, graphemes.width(letter))
        return True

    def _put(self, x: int, letter: str, width: int) -> None:
        assert width > 0, f"{letter!r} has no letter to belong to"
        if x + width > self.columns:
            self._forbid(f"{letter!r} is written behind the last column")
            return
        line = self.buffer[self.cursor.y]
        for half in (x, x + width):
            if half < self.columns and line[half].data == "":
                self._blank_letter(half)
        line[x] = self.cursor.attrs._replace(data=letter)
        for stub in range(x + 1, x + width):
            line[stub] = self.cursor.attrs._replace(data="")
        self.cursor.x = x + width
        self._last = self.cursor.y, x, self.cursor.x

    def _blank_letter(self, x: int) -> None:
        line = self.buffer[self.cursor.y]
        while line[x].data == "":
            x -= 1
        line[x] = line[x]._replace(data=" ")
        while x + 1 < self.columns and line[x + 1].data == "":
            x += 1
            line[x] = line[x]._replace(data=" ")

    def _forbid(self, what: str) -> None:
        assert self.lenient, what

    @property
    def _blank(self) -> Char:
        return Char(" ", bg=self.cursor.attrs.bg if self._bce else "default")

    def _cells(self) -> list[Char]:
        return [self.buffer[self.cursor.y][x] for x in range(self.columns)]

    def _set_cells(self, cells: list[Char]) -> None:
        self._last = None
        for x, cell in enumerate(cells):
            self.buffer[self.cursor.y][x] = cell

    def insert_characters(self, count: int | None = None) -> None:
        x, count, cells = self.cursor.x, count or 1, self._cells()
        if not (cells[x].data and cells[-count].data):
            self._forbid("an insertion cuts a wide letter")
        self._set_cells(cells[:x] + [self._blank] * count + cells[x : self.columns - count])

    def delete_characters(self, count: int | None = None) -> None:
        x, count, cells = self.cursor.x, count or 1, self._cells()
        if not all(cell.data for cell in (cells[x], *cells[x + count : x + count + 1])):
            self._forbid("a deletion cuts a wide letter")
        self._set_cells(cells[:x] + cells[x + count :] + [self._blank] * count)

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(range(self.cursor.x, min(self.cursor.x + (count or 1), self.columns)))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        assert how == 0, "only erasing to the end of the line is expected"
        self._erase(range(self.cursor.x, self.columns))

    def _erase(self, columns: range) -> None:
        if self.cursor.x >= self.columns:
            self._forbid("the cursor is behind the last column when something is erased")
        line = self.buffer[self.cursor.y]
        for half in (columns.start, columns.stop):
            if half < self.columns and line[half].data == "":
                self._blank_letter(half)
        for x in columns:
            line[x] = self._blank

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        assert how == 2, "only erasing the whole screen is expected"
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = self._blank

    def insert_lines(self, count: int | None = None) -> None:
        self._move_lines(-(count or 1))

    def delete_lines(self, count: int | None = None) -> None:
        self._move_lines(count or 1)

    def _move_lines(self, by: int) -> None:
        bottom = self.margins.bottom if self.margins else self.lines - 1
        band = range(self.cursor.y, bottom + 1)
        old = {y: dict(self.buffer[y]) for y in band}
        for y in band:
            self.buffer[y].clear()
            blank = dict.fromkeys(range(self.columns), self._blank)
            self.buffer[y].update(old.get(y + by, blank))

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        self._last = None
        super().cursor_position(line, column)


class JudgeDriver(Driver):
    """A terminal without a keyboard: what is written goes into a `JudgeScreen` at once."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or (80, 24))
        self.bytes = 0
        self.screen = JudgeScreen(*(size or (80, 24)))
        self._emulator = Emulator(self.screen, None)

    def write(self, data: str) -> None:
        raw = data.encode()
        self.bytes += len(raw)
        self._emulator.feed(raw)

    def start_application_mode(self) -> None:
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        self.resize(*(self._size or (80, 24)))

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        self.write("\x1b[?1049l\x1b[?25h")

    def resize(self, columns: int, rows: int) -> None:
        """Drags the window to a new size; as xterm does, it keeps what still has a place."""
        self._size = columns, rows
        self.screen.resize(rows, columns)
        size = Size(columns, rows)
        self.send_message(events.Resize(size, size))


class CellJudge:
    """An app in a terminal that is pyte's."""

    def __init__(self, app: CellApp[Any], size: tuple[int, int] = (80, 24)) -> None:
        self.app = app
        app.driver_class = JudgeDriver
        self._first_size = size

    @asynccontextmanager
    async def run(self) -> AsyncIterator[Pilot[Any]]:
        """Runs the app, as `App.run_test` does, but not headless."""
        async with self.app.run_test(
            headless=False, size=self._first_size, notifications=True
        ) as pilot:
            yield pilot
            await pilot.pause()  # Textual fails on a key that comes while it ends

    @property
    def driver(self) -> JudgeDriver:
        driver = self.app._driver
        assert isinstance(driver, JudgeDriver)
        return driver

    def differences(self) -> list[str]:
        """Where the cells that the app believes are on the terminal are not those it shows."""
        assert self.app.cells is not None
        return differences(self.app.cells, self.driver.screen)

    async def draw(self) -> None:
        """Lets the app take in what it has been told, and draw without waiting for its clock."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self.app.screen._on_timer_update()

    async def resize(self, columns: int, rows: int) -> None:
        """Drags the window to a new size, and waits until the app has it."""
        self.driver.screen.lenient = True
        self.driver.resize(columns, rows)
        async with asyncio.timeout(30):
            while not self.app.cells or self.app.cells.size != (columns, rows):
                await asyncio.sleep(0.001)
        self.driver.screen.lenient = False


def differences(grid: Grid, screen: pyte.Screen) -> list[str]:
    """The cells that differ: place, what is believed, what the terminal shows."""
    if grid.size != (screen.columns, screen.lines):
        return [f"{grid.width}x{grid.height} on a terminal of {screen.columns}x{screen.lines}"]
    found = []
    for x, y, letter, look in grid:
        shown = screen.buffer[y][x]
        if _seen(shown) != _seen(_in_pyte(letter, look)):
            found.append(f"column {x}, row {y}: {letter!r} {look}, shown {shown}")
    return found


@cache
def _seen(char: Char) -> Char:
    """What a person sees of a character: of a blank only its background and lines."""
    if char.data != " " or char.reverse or char.underscore or char.strikethrough:
        return char
    return Char(" ", bg=char.bg)


@cache
def _in_pyte(letter: str, look: Look) -> Char:
    has = look.attributes.__contains__
    return Char(
        letter,
        fg=_color(look.color, graphics.FG_ANSI | graphics.FG_AIXTERM),
        bg=_color(look.background, graphics.BG_ANSI | graphics.BG_AIXTERM),
        bold=has("bold"),
        italics=has("italic"),
        underscore=has("underline"),
        strikethrough=has("strike"),
        reverse=has("reverse"),
        blink=has("blink"),
    )


def _color(parameters: str, names: dict[int, str]) -> str:
    match parameters.split(";"):
        case [""]:
            return "default"
        case [code]:
            return names[int(code)]
        case [_, "5", number]:
            return graphics.FG_BG_256[int(number)]
        case [_, "2", *channels]:
            return "".join(f"{int(channel):02x}" for channel in channels)
    raise ValueError(parameters)
