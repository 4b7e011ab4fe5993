"""After every update the terminal shows what the app wants, cell for cell, in few bytes."""

from dataclasses import dataclass, field

from hypothesis import given, settings
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


def strip(line: Line, width: int, fill: Style = PLAIN) -> Strip:
    """As many of the letters as fit, and blanks."""
    segments, used = [], 0
    for letter, style in line:
        cells = graphemes.width(letter)
        if used + cells > width:
            break
        segments.append(Segment(letter, style))
        used += cells
    return Strip([*segments, Segment(" " * (width - used), fill)], width)


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

    def change(self, x: int, y: int, part: Strip, at: tuple[int, int]) -> bytes:
        """Puts a strip into a row, with the visible cursor at a place; what was sent for it."""
        end = x + part.cell_length
        chops: list[dict[int, Strip | None]] = [{0: None, self.width: None}] * self.height
        chops[y] = {0: None, x: part, end: None}
        ends = [[self.width, self.width]] * self.height
        ends[y] = [x, end, self.width]
        return self.update(ChopsUpdate(chops, [(y, x, end)], ends), at=at, visible=True)

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


letters = st.tuples(st.sampled_from(LETTERS), st.sampled_from(STYLES))
lines = st.lists(letters, max_size=12)


@st.composite
def changed(draw: st.DrawFn, lines_before: list[Line]) -> list[Line]:
    """The lines after something that people and programs do to them."""
    after = [line.copy() for line in lines_before]
    places = st.integers(0, len(after) - 1)
    for _ in range(draw(st.integers(0, 3))):
        line = after[draw(places)]
        start = draw(st.integers(0, 12))
        match draw(st.sampled_from(["type", "delete", "overwrite", "scroll", "restyle", "new"])):
            case "type":
                line[start:start] = draw(st.lists(letters, min_size=1, max_size=3))
            case "delete":
                del line[start : start + draw(st.integers(1, 3))]
            case "overwrite":
                line[start : start + 2] = draw(st.lists(letters, min_size=1, max_size=3))
            case "restyle":
                style = draw(st.sampled_from(STYLES))
                line[start:] = [(letter, style) for letter, _ in line[start:]]
            case "new":
                line[:] = draw(lines)
            case "scroll":
                top, bottom = sorted((draw(places), draw(places)))
                by = draw(st.integers(-3, 3))
                band = after[top : bottom + 1]
                for y in range(top, bottom + 1):
                    inside = top <= y + by <= bottom
                    after[y] = band[y + by - top].copy() if inside else draw(lines)
    return after


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_terminal_shows_what_is_wanted_after_every_change(data: st.DataObject) -> None:
    height = data.draw(st.integers(1, 8), "height")
    wire = Wire(
        data.draw(st.integers(1, 24), "width"),
        height,
        data.draw(st.sampled_from([XTERM, VT100]), "terminal"),
        bce=data.draw(st.booleans(), "bce"),
    )
    shown = data.draw(st.lists(lines, min_size=height, max_size=height), "lines")
    for _ in range(data.draw(st.integers(1, 5), "steps")):
        fill = data.draw(st.sampled_from(STYLES[:8]), "fill")
        at = data.draw(st.integers(0, wire.width - 1)), data.draw(st.integers(0, height - 1))
        strips = [strip(line, wire.width, fill) for line in shown]
        wire.show(*strips, at=at, visible=data.draw(st.booleans()))
        for line, row in zip(strips, range(height), strict=True):
            assert wire.output.grid.row(row) == line.text
        shown = data.draw(changed(shown), "change")
