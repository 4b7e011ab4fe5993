"""After every update the terminal shows what the app wants, cell for cell, in few bytes."""

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset, Region
from textual.strip import Strip
from wcwidth import wcwidth

from tests.e2e.emulator import Emulator
from tests.tui.cell_judge import JudgeScreen, differences
from tui import graphemes
from tui.cells import sure
from tui.looks import Looks
from tui.output import Abilities, CellOutput, abilities

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


def partial(before: list[Strip], after: list[Strip], cuts: list[int]) -> ChopsUpdate | None:
    """What the compositor makes of `after`: cut into chops, and only the spans that changed."""
    chops, spans, ends = [], [], []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        cells = spread(new)
        changed = [a != b for a, b in zip(spread(old), cells, strict=True)]
        if any(changed):
            spans.append((y, changed.index(True), len(changed) - changed[::-1].index(True)))
        inner = {cut for cut in cuts if cut < len(cells) and cells[cut][0]}
        ends.append([*sorted(inner), len(cells)])
        chops.append(dict(zip([0, *ends[-1]], new.divide(ends[-1]), strict=False)))
    return ChopsUpdate(chops, spans, ends) if spans else None


def spread(line: Strip) -> list[tuple[str, Style | None]]:
    """Each cell's letter or blank ("" behind a wide one) and style."""
    cells: list[tuple[str, Style | None]] = []
    for segment, style, _ in line:
        letters = list(segment) if segment.isspace() else [segment]
        for letter in letters:
            cells += [(letter, style), *[("", style)] * (graphemes.width(letter) - 1)]
    return cells


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
    strips: list[Strip] = []
    for _ in range(data.draw(st.integers(1, 5), "steps")):
        fill = data.draw(st.sampled_from(STYLES[:8]), "fill")
        at = data.draw(st.integers(0, wire.width - 1)), data.draw(st.integers(0, height - 1))
        cuts = data.draw(st.lists(st.integers(1, wire.width), max_size=3), "cuts")
        before, strips = strips, [strip(line, wire.width, fill) for line in shown]
        visible = data.draw(st.booleans(), "visible")
        if before and (update := partial(before, strips, cuts)):
            wire.update(update, at=at, visible=visible)
        else:
            wire.show(*strips, at=at, visible=visible)
        for line, row in zip(strips, range(height), strict=True):
            assert wire.output.grid.row(row) == line.text
        shown = data.draw(changed(shown), "change")


def wire_with(line: str, width: int = 40, *, bce: bool = True, panel: str = "") -> Wire:
    """A text in the middle row, the cursor visible behind it; a panel at the right edge."""
    wire = Wire(width, bce=bce)
    middle = strip(text(line.ljust(width - len(panel)) + panel), width)
    blank = strip([], width)
    wire.show(*[blank] * 4, middle, blank, at=(len(line), 4), visible=True)
    return wire


@pytest.mark.parametrize("letter", ["x", "ế", " "])
def test_a_letter_typed_at_the_end_of_a_line_is_all_that_is_sent(letter: str) -> None:
    wire = wire_with("Họp")
    assert wire.change(4, strip(text("Họp" + letter), 40), (4, 4)) in (
        letter.encode(),
        b"\x1b[C",  # a blank is there already
    )


def test_a_letter_taken_back_is_three_bytes() -> None:
    assert wire_with("Họp").change(4, strip(text("Họ"), 40), (2, 4)) == b"\b \b"


@pytest.mark.parametrize("bce", [True, False])
@pytest.mark.parametrize("fill", [PLAIN, Style(bgcolor="blue")])
def test_a_letter_typed_or_deleted_mid_line_moves_the_rest_without_sending_it(
    bce: bool, fill: Style
) -> None:
    words = "giao Sở Tài chính chủ trì, phối hợp với Sở Y tế báo cáo trước ngày 15/3"
    panel = text("│ 6 rõ: đủ ", Style(bold=True))
    wire = Wire(120, bce=bce)

    def line(words: str) -> Strip:
        return strip(text(words.ljust(109), fill) + panel, 120)

    wire.show(line(""), line(words), line(""), at=(10, 1), visible=True)
    longer = words[:10] + "x" + words[10:]
    typed = wire.change(1, line(longer), (11, 1))
    deleted = wire.change(1, line(words), (10, 1))
    assert len(typed) < 30
    assert len(deleted) < 30


def test_a_shift_that_pushes_a_panel_aside_brings_it_back() -> None:
    wire = wire_with("một hai ba bốn năm sáu", panel="│漢字")
    wire.change(4, strip(text("mmột hai ba bốn năm sáu".ljust(35) + "│漢字"), 40), (1, 4))


@pytest.mark.parametrize("bce", [True, False])
def test_scrolling_sends_the_new_line_alone(bce: bool) -> None:
    wire = Wire(80, 30, bce=bce)
    lines = [strip(text(f"{y}. Ông {y * 7} phát biểu về việc số {y * 13}"), 80) for y in range(99)]
    bar = strip(text(" ^p lệnh ", Style(reverse=True)), 80, Style(reverse=True))
    wire.show(*lines[:29], bar)
    assert len(wire.show(*lines[1:30], bar)) < 100
    assert len(wire.show(*lines[:29], bar)) < 100
    assert len(wire.show(*lines[5:34], bar)) < 400


def test_scrolling_beside_a_panel_that_stays_pays_too() -> None:
    wire = Wire(100, 30)
    panel = [text(f"│ {y} nhiệm vụ") if y % 5 == 0 else text("│") for y in range(30)]

    def rows(first: int) -> list[Strip]:
        return [
            strip(text(f"{y * 991} phát biểu về việc {y * 13}".ljust(70)) + beside, 100)
            for y, beside in enumerate(panel, first)
        ]

    wire.show(*rows(0))
    assert len(wire.show(*rows(1))) < 500


def test_what_is_shown_already_is_not_sent() -> None:
    wire = wire_with("Họp")
    assert wire.change(4, strip(text("Họp"), 40), (3, 4)) == b""


def test_a_line_emptied_is_erased_and_not_overwritten() -> None:
    wire = wire_with("một dòng dài ba mươi chữ hơn")
    assert wire.change(4, strip([], 40), (0, 4)) == b"\x1b[G\x1b[K"


def test_blanks_keep_the_pen_where_nothing_of_it_is_seen() -> None:
    wire = Wire(20)
    shown = strip(text("đỏ và đậm", Style(color="red", bold=True)) + text(" "), 20)
    assert wire.show(strip([], 20)) != b""
    sent = wire.show(shown, strip([], 20))
    assert sent.count(b"m") - "đỏ và đậm".count("m") == 1


def test_only_what_changes_of_a_look_is_sent() -> None:
    looks = Looks(ColorSystem.TRUECOLOR)
    red = looks.of_style(Style(color="#ff0000", bgcolor="#000011"))
    bold_red = looks.of_style(Style(color="#ff0000", bgcolor="#000011", bold=True))
    assert looks.change(red, bold_red) == "\x1b[1m"
    assert looks.change(bold_red, red) == "\x1b[22m"
    assert looks.change(red, looks.of_style(None)) == "\x1b[m"
    assert (
        looks.change(red, looks.of_style(Style(color="#ff0000", link="x", bgcolor="#000011"))) == ""
    )


@pytest.mark.parametrize(
    ("colors", "codes"),
    [
        (ColorSystem.TRUECOLOR, "\x1b[38;2;240;224;208m"),
        (ColorSystem.EIGHT_BIT, "\x1b[38;5;224m"),
        (ColorSystem.STANDARD, "\x1b[97m"),
        (None, ""),
    ],
)
def test_colours_are_those_that_the_terminal_has(colors: ColorSystem | None, codes: str) -> None:
    looks = Looks(colors)
    style = Style(color="#f0e0d0")
    assert looks.change(looks.of_style(None), looks.of_style(style)) == codes


def test_the_cursor_is_shown_and_hidden_only_when_that_changes() -> None:
    wire = Wire()
    blank = strip([], 40)
    assert b"\x1b[?25h" in wire.show(blank, visible=True)
    assert wire.show(blank, visible=True) == b""
    assert wire.show(blank, at=(1, 0), visible=True) == b"\x1b[C"
    assert wire.show(blank, at=(1, 0)) == b"\x1b[?25l"
    assert wire.show(blank, at=(1, 0)) == b""


def test_only_large_updates_are_marked_as_one() -> None:
    wire = Wire()
    wire.show(strip([], 40))
    for rows, marked in ((1, False), (9, True)):
        line = strip(text("Uỷ ban nhân dân tỉnh " * 2), 40)
        wire.output.take(LayoutUpdate([[line]] * rows, Region(0, 0, 40, 10)))
        wire.sent.clear()
        wire.output.send(HOME, visible=False, sync=True)
        sent = "".join(wire.sent)
        assert sent.startswith("\x1b[?2026h") is sent.endswith("\x1b[?2026l") is marked


def test_a_window_of_another_size_is_painted_whole() -> None:
    wire = wire_with("Họp")
    wire.screen.resize(5, 20)
    wire.width, wire.height = 20, 5
    assert "Họp".encode() in wire.show(strip(text("Họp"), 20))


@pytest.mark.parametrize("harmless", ["\a", "\x1b]52;c;YQ==\a", "\x1b]0;Họp\x1b\\", "\x1b[?1003h"])
def test_bell_clipboard_and_title_leave_the_screen_known(harmless: str) -> None:
    wire = wire_with("Họp")
    wire.output.pass_on(harmless)
    assert b"Hop" in wire.change(0, strip(text("Hop"), 40), (3, 4))
    assert CLEARED not in "".join(wire.sent)


@pytest.mark.parametrize("foreign", ["x", "\x1b[2J", "\x1b[?1049h", "\x1b[5;9r", "\x1b[4h\x1b[4l"])
def test_whatever_else_is_written_makes_all_be_painted_anew(foreign: str) -> None:
    wire = wire_with("Họp")
    wire.change(4, strip(text("Họp", Style(bold=True)), 40), (0, 4))
    wire.output.pass_on(foreign)
    assert wire.screen.cursor.attrs.bold is False, "others write with a pen of their own"
    assert "Họp".encode() in wire.change(0, strip([], 40), (0, 0))
    assert CLEARED in "".join(wire.sent)


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aế \u0301\u0323\u200d\ufe0f🇻🇳👍🏽❤漢\x1b\x9b\u202e\u200b\r\n\t\x7f[31m]0;"
        ),
    ),
    max_size=30,
)
# What may be sent: text, and the sequences of tui.tape, tui.encode and tui.output.
SENT = re.compile(
    r"(?:\x1b\[[\d;]*[ABCDGHKLMPXm@rJ]|\x1b\[\?25[hl]|\x1b\(B|[\x08\x0f]"
    r"|[^\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff])*"
)
SENT_TO_VT100 = re.compile(
    r"(?:\x1b\[(?:[\d;]*[ABCDHrJ]|K|[\d;]*m)|\x1b\[\?25[hl]|\x1b\(B|[\x08\x0f]|[^\x00-\x1f\x7f-\x9f])*"
)


@given(st.lists(st.tuples(NASTY, st.sampled_from(STYLES)), max_size=4), st.booleans())
def test_nothing_that_a_terminal_obeys_or_hides_is_sent(line: Line, utf8: bool) -> None:
    wire = Wire(30, 2, Abilities(modern=True, utf8=utf8))
    shown = Strip([Segment(part, style) for part, style in line]).crop(0, 30)
    sent = wire.show(shown.extend_cell_length(30)).decode()
    assert SENT.fullmatch(sent)
    assert utf8 or sent.isascii()


@given(st.lists(lines, min_size=1, max_size=4))
def test_a_vt100_is_sent_only_what_it_knows(shown: list[Line]) -> None:
    wire = Wire(30, 3, VT100)
    for line in shown:
        assert SENT_TO_VT100.fullmatch(wire.show(strip(line, 30)).decode())


def test_control_characters_are_shown_as_symbols() -> None:
    wire = Wire(20, 1)
    wire.show(Strip([Segment("a\x1b[31m\x07\x7f\u202e\x9b")]).extend_cell_length(20))
    assert wire.output.grid.row(0).startswith("a␛[31m␇␡\ufffd\ufffd")


def test_without_utf8_letters_lose_their_marks_and_frames_are_ascii() -> None:
    wire = Wire(30, 1, Abilities(modern=True, utf8=False))
    wire.show(strip(text("┌─│└█▎ Đồng chí – “Sở” 漢…"), 30))
    assert wire.output.grid.row(0).rstrip() == '+-|+#| Dong chi - "So" ??.'


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color", "LANG": "vi_VN.UTF-8"}, (True, True)),
        ({"TERM": "screen.xterm-256color", "LANG": "C.utf8"}, (True, True)),
        ({"TERM": "tmux-256color"}, (True, True)),
        ({"TERM": "linux", "LANG": "en_US.ISO-8859-1"}, (True, False)),
        ({"TERM": "vt100", "LC_ALL": "C", "LANG": "C.UTF-8"}, (False, False)),
        ({"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, (True, False)),
        ({"TERM": "dumb", "LANG": "C.UTF-8"}, (False, True)),
        ({}, (False, True)),
    ],
)
def test_what_a_terminal_knows_is_told_by_its_name_and_the_locale(
    environ: dict[str, str], expected: tuple[bool, bool]
) -> None:
    assert abilities(environ, "linux") == expected


def test_of_a_sure_letter_all_agree_how_wide_it_is() -> None:
    for code in range(0x20, 0x10000):
        if not 0xD800 <= code < 0xE000 and sure([(chr(code), 0)]):
            assert graphemes.width(chr(code)) == wcwidth(chr(code)), hex(code)
