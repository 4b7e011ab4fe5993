"""What changes reaches the terminal in few bytes, on terminals of every kind."""

import re

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tests.tui.wire import (
    FAMILY,
    PLAIN,
    Wire,
    strip,
    text,
    wire_with,
)
from tui.looks import Looks


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
def test_what_moves_in_is_written_anew_where_terminals_may_colour_it(bce: bool) -> None:
    wire = Wire(60, 3, bce=bce)
    words = text("giao Sở Tài chính chủ trì, phối hợp với Sở Y tế")
    blue, plain = strip(text("xanh", Style(bgcolor="blue")), 60), strip(words, 60)
    wire.show(plain, blue, at=(0, 0))
    assert b"P" in wire.show(strip(words[2:], 60), blue, at=(0, 0))


def test_nothing_is_moved_whose_width_terminals_may_see_differently() -> None:
    words = f"giao {FAMILY} Sở Tài chính chủ trì, phối hợp với Sở Y tế báo cáo ngay"
    wire = Wire(80, 3)
    wire.show(strip([*text(words[:5]), (FAMILY, PLAIN), *text(words[10:])], 80), at=(0, 0))
    sent = wire.show(strip([*text("x" + words[:5]), (FAMILY, PLAIN), *text(words[10:])], 80))
    assert b"@" not in sent
    behind_the_family = sent.split(FAMILY.encode())[1]
    assert re.match(rb"\x1b\[(\d*;)?\d+H", behind_the_family), "the cursor is lost there"


@pytest.mark.parametrize("bce", [True, False])
def test_scrolling_sends_the_new_line_alone(bce: bool) -> None:
    wire = Wire(80, 30, bce=bce)
    lines = [strip(text(f"{y}. Ông {y * 7} phát biểu về việc số {y * 13}"), 80) for y in range(99)]
    bar = strip(text(" ^p lệnh ", Style(bgcolor="blue")), 80, Style(bgcolor="blue"))
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
