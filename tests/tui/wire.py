"""An output with a terminal at its other end, and strips to send along it."""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset, Region
from textual.strip import Strip

from tests.e2e.emulator import Emulator
from tests.tui.cell_judge import JudgeScreen, differences
from tui import graphemes
from tui.output import Abilities, CellOutput

XTERM = Abilities(modern=True, utf8=True)
VT100 = Abilities(modern=False, utf8=True)
HOME = Offset(0, 0)
CLEARED = "\x1b[2J"

PLAIN = Style()
STYLES = [
    PLAIN,
    Style(bold=True),
    Style(dim=True, bold=True),
    Style(underline=True),
    Style(reverse=True, color="red"),
    Style(color="bright_blue", strike=True),
    Style(bgcolor="blue"),
    Style(bgcolor="#102030", color="#f0e0d0", italic=True),
    Style(bgcolor="#102030"),
    Style(blink=True, blink2=True, bgcolor="color(200)"),
    Style.parse("bold link https://example.org"),
]
FAMILY = "👨\u200d👩\u200d👧"
LETTERS = ["a", "b", " ", " ", "ế", "Ợ", "│", "漢", "한", "😀", FAMILY, "❤\ufe0f", "🇻🇳", "q\u0303"]

Letter = tuple[str, Style]
Line = list[Letter]

letters = st.tuples(st.sampled_from(LETTERS), st.sampled_from(STYLES))
lines = st.lists(letters, max_size=12)


def strip(line: Line, width: int, fill: Style = PLAIN) -> Strip:
    """As many of the letters as fit, and blanks."""
    segments, used = [], 0
    for letter, style in line:
        cells = graphemes.width(letter)
        if used + cells > width:
            break
        segments.append(Segment(letter, style))
        used += cells
    if used < width:
        segments.append(Segment(" " * (width - used), fill))
    return Strip(segments, width)


def text(line: str, style: Style = PLAIN) -> Line:
    return [(letter, style) for letter in line]


@dataclass
class Wire:
    """An output, and the terminal at its other end."""

    width: int = 40
    height: int = 10
    terminal: Abilities = XTERM
    bce: bool = True
    colors: ColorSystem | None = ColorSystem.TRUECOLOR
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.screen = JudgeScreen(self.width, self.height, bce=self.bce)
        self.emulator = Emulator(self.screen, None)
        self.output = CellOutput(self._write, self.colors, self.terminal)

    def _write(self, data: str) -> None:
        self.sent.append(data)
        self.emulator.feed(data.encode())

    def show(self, *strips: Strip, at: tuple[int, int] = (0, 0), visible: bool = False) -> bytes:
        """Shows strips, the last one also in all further rows; what was sent for it."""
        rows = [*strips, *[strips[-1]] * (self.height - len(strips))]
        return self.update(
            LayoutUpdate([[row] for row in rows], Region(0, 0, self.width, self.height)),
            at=at,
            visible=visible,
        )

    def change(self, y: int, part: Strip, at: tuple[int, int]) -> bytes:
        """Puts a strip into a row, with the visible cursor at a place; what was sent for it."""
        chops: list[dict[int, Strip | None]] = [{0: None}] * self.height
        chops[y] = {0: part}
        span = (y, 0, part.cell_length)
        ends = [[self.width]] * self.height
        return self.update(ChopsUpdate(chops, [span], ends), at=at, visible=True)

    def update(
        self, update: LayoutUpdate | ChopsUpdate, *, at: tuple[int, int], visible: bool
    ) -> bytes:
        self.sent.clear()
        self.output.take(update)
        self.output.send(Offset(*at), visible=visible, sync=False)
        assert differences(self.output.grid, self.screen) == []
        assert (self.screen.cursor.x, self.screen.cursor.y) == at
        assert self.screen.cursor.hidden is not visible
        assert self.screen.margins is None
        return "".join(self.sent).encode()


def wire_with(line: str, width: int = 40, *, bce: bool = True, panel: str = "") -> Wire:
    """A text in the middle row, the cursor visible behind it; a panel at the right edge."""
    wire = Wire(width, bce=bce)
    middle = strip(text(line.ljust(width - len(panel)) + panel), width)
    blank = strip([], width)
    wire.show(*[blank] * 4, middle, blank, at=(len(line), 4), visible=True)
    return wire
