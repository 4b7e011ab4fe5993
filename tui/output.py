"""The terminal as the app knows it: every cell it has been sent, its cursor and its pen."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset, Size
from textual.strip import Strip

from tui.cells import ERASED, Grid, Typesetter, whole
from tui.encode import encode
from tui.looks import PLAIN, Looks
from tui.tape import Tape

# Margins, pen, character set and screen as after switching on, for whatever was there before.
_START_AFRESH: Final = "\x1b[r\x1b[m\x1b(B\x0f\x1b[H\x1b[2J"
_PEN_DOWN: Final = "\x1b[m"
_SYNC: Final = "\x1b[?2026h", "\x1b[?2026l"
_WORTH_SYNC: Final = 256  # bytes
_CHUNK: Final = 8192  # characters; Python on Windows loses some of more (Textual issue 2548)

# What others write that changes neither cells nor cursor: the bell, OSC strings (title, clipboard,
# pointer), the keyboard protocol, mode questions, and the modes of mouse, focus, paste and size.
_HARMLESS: Final = re.compile(
    r"(?:\a|\x1b\][^\a\x1b]*(?:\a|\x1b\\)|\x1b\[[<=>][\d;]*u|\x1b\[\?\d+\$p"
    r"|\x1b\[\?(?:100[0-6]|101[56]|2004|2026|2048)[hl])*"
)

_MODERN: Final = re.compile(
    r"(?:alacritty|contour|foot|ghostty|gnome|iterm2?|kitty|konsole|linux|mintty|mlterm"
    r"|ms-terminal|putty|rxvt|screen|st|tmux|vte|wezterm|xterm)\b"
)


class Abilities(NamedTuple):
    """What a terminal understands beyond the VT100's moving, erasing to line end and ASCII."""

    modern: bool
    """ICH, DCH, ECH, IL, DL, CHA, and ending single attributes."""
    utf8: bool


def abilities(environ: Mapping[str, str], platform: str) -> Abilities:
    """What the environment says of the terminal; `platform` is `sys.platform`."""
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "UTF-8")
    if locale == "C.UTF-8" and environ.get("LANG") in ("C", "POSIX"):
        locale = "C"  # Python itself has put C.UTF-8 in the place of C (PEP 538)
    windows = platform == "win32"
    return Abilities(
        modern=windows or _MODERN.match(environ.get("TERM", "")) is not None,
        utf8=windows or "utf" in locale.lower(),
    )


def size_of(update: LayoutUpdate | ChopsUpdate) -> Size:
    """The size of the screen that an update was made for."""
    if isinstance(update, LayoutUpdate):
        return update.region.size
    return Size(update.chop_ends[0][-1], len(update.chops))


class CellOutput:
    """Sends to the terminal, through `write`, the cells that an update changes, and no others."""

    def __init__(
        self,
        write: Callable[[str], None],
        color_system: ColorSystem | None,
        terminal: Abilities,
    ) -> None:
        self._write = write
        self._modern = terminal.modern
        self._looks = Looks(color_system, modern=terminal.modern)
        self._typesetter = Typesetter(self._looks, utf8=terminal.utf8)
        self.grid = Grid(0, 0, self._looks)
        """What the app wants to be seen; after `send` also what the terminal shows."""
        self._strips: list[dict[int, Strip]] = []  # by row and column: what the grid is made of
        self.forget()

    def forget(self) -> None:
        """From now on nothing is known of the terminal: the next `send` paints all of it."""
        self._known = False
        self._cursor_shown: bool | None = None
        self._tape = Tape(self._looks, modern=self._modern)

    def pass_on(self, text: str) -> bool:
        """Writes what does not come from here; True when it may have changed the screen."""
        if _HARMLESS.fullmatch(text):
            self._write(text)
            return False
        if self._tape.pen > PLAIN:
            self._write(_PEN_DOWN)
        self._write(text)
        self.forget()
        return True

    def take(self, update: LayoutUpdate | ChopsUpdate) -> None:
        """Takes over into the grid what an update of the compositor changes."""
        self._resize(size_of(update))
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in line:
                    self._put(x, y, strip, x, x + strip.cell_length)
                    x += strip.cell_length
        else:
            for y, first, last in update.spans:
                ends = update.chop_ends[y]
                for end, (x, chop) in zip(ends, update.chops[y].items(), strict=True):
                    if chop is not None:
                        self._put(x, y, chop, max(x, first), min(end, last, x + chop.cell_length))

    def send(self, cursor: Offset, *, visible: bool, sync: bool) -> None:
        """Makes the terminal show the grid, and its cursor at a place.

        `sync`: the terminal knows synchronized output.
        """
        grid = self.grid
        if not grid.height:
            return
        if not self._known:
            self._start_afresh()
        tape = self._tape
        if not visible and self._cursor_shown is not False:
            tape.add("\x1b[?25l")
        encode(tape, grid.before, grid.rows)
        grid.before.clear()
        tape.move(*grid.size.clamp_offset(cursor))
        if visible and self._cursor_shown is not True:
            tape.add("\x1b[?25h")
        self._cursor_shown = visible
        large = tape.size > _WORTH_SYNC
        text = tape.cut()
        if sync and large:
            text = text.join(_SYNC)
        for start in range(0, len(text), _CHUNK):
            self._write(text[start : start + _CHUNK])

    def _start_afresh(self) -> None:
        self._known = True
        self._tape.add(_START_AFRESH)
        self._tape.at, self._tape.pen = (0, 0), PLAIN
        blank = [ERASED] * self.grid.width
        self.grid.before = dict.fromkeys(range(self.grid.height), blank)

    def _resize(self, size: Size) -> None:
        if size != self.grid.size:
            self.grid = Grid(*size, self._looks)
            self._strips = [{} for _ in range(size.height)]
            self.forget()

    def _put(self, x: int, y: int, strip: Strip, start: int, end: int) -> None:
        """Puts the columns `start` to `end` of a strip that begins at column `x`."""
        strips = self._strips[y]
        if strips.get(x) is strip or start >= end:
            return
        covered = [
            left
            for left, other in strips.items()
            if left < end and start < left + other.cell_length
        ]
        for left in covered:
            del strips[left]
        cells = self._typesetter.cells(strip)
        if end - start == len(cells):
            strips[x] = strip
        else:
            start, end = whole(cells, start - x, end - x)
            cells = cells[start:end]
            x += start
        self.grid.write(x, y, cells)
