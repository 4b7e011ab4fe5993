"""After every update the terminal shows what the app wants, cell for cell."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip
from wcwidth import wcwidth

from tests.tui.wire import (
    STYLES,
    VT100,
    XTERM,
    Line,
    Wire,
    letters,
    lines,
    strip,
    text,
)
from tui import graphemes
from tui.cells import sure
from tui.output import Abilities


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


def put(wire: Wire, part: Strip, start: int, span: tuple[int, int]) -> str:
    """Puts the columns `span` of a strip, which begins at column `start`; the top row then."""
    end = start + part.cell_length
    chops: list[dict[int, Strip | None]] = [{0: part} if start == 0 else {0: None, start: part}]
    ends = [[end]] if start == 0 else [[start, end]]
    if end < wire.width:
        chops[0][end] = None
        ends[0].append(wire.width)
    wire.update(ChopsUpdate(chops, [(0, *span)], ends), at=(0, 0), visible=False)
    return wire.output.grid.row(0)


def test_what_covers_half_of_a_wide_letter_leaves_a_blank_of_the_other_half() -> None:
    wire = Wire(6, 1)
    wire.show(strip(text("漢漢漢"), 6))
    assert put(wire, strip(text("xx"), 2), 1, (1, 3)) == " xx 漢"


def test_a_change_within_a_wide_letter_shows_all_of_it() -> None:
    wire = Wire(6, 1)
    wire.show(strip(text("a"), 6))
    assert put(wire, strip(text("漢字"), 4), 0, (1, 3)) == "漢字  "


def test_a_wide_letter_across_the_right_edge_is_a_blank() -> None:
    wire = Wire(3, 1)
    wire.show(strip(text("ab漢"), 4))
    assert wire.output.grid.row(0) == "ab "


def test_what_was_covered_in_between_is_shown_again() -> None:
    wire = Wire(10, 1)
    beneath = strip(text("biên bản"), 10)
    wire.show(beneath)
    put(wire, strip(text("họp"), 3), 2, (2, 5))
    wire.show(beneath)
    assert wire.output.grid.row(0) == "biên bản  "


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


@given(st.lists(st.tuples(NASTY, st.sampled_from(STYLES)), max_size=4), st.booleans())
def test_nothing_that_a_terminal_obeys_or_hides_is_sent(line: Line, utf8: bool) -> None:
    wire = Wire(30, 2, Abilities(modern=True, utf8=utf8))
    shown = Strip([Segment(part, style) for part, style in line]).crop(0, 30)
    sent = wire.show(shown.extend_cell_length(30)).decode()
    assert SENT.fullmatch(sent)
    assert utf8 or sent.isascii()


def test_control_characters_are_shown_as_symbols() -> None:
    wire = Wire(20, 1)
    wire.show(Strip([Segment("a\x1b[31m\x07\x7f\u202e\x9b")]).extend_cell_length(20))
    assert wire.output.grid.row(0).startswith("a␛[31m␇␡\ufffd\ufffd")


def test_without_utf8_letters_lose_their_marks_and_frames_are_ascii() -> None:
    wire = Wire(30, 1, Abilities(modern=True, utf8=False))
    wire.show(strip(text("┌─│└█▎ Đồng chí – “Sở” 漢…"), 30))
    assert wire.output.grid.row(0).rstrip() == '+-|+#| Dong chi - "So" ??.'


def test_of_a_sure_letter_all_agree_how_wide_it_is() -> None:
    for code in range(0x20, 0x10000):
        if not 0xD800 <= code < 0xE000 and sure([(chr(code), 0)]):
            assert graphemes.width(chr(code)) == wcwidth(chr(code)), hex(code)
