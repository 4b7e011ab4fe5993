"""What is known of the terminal, and what of it is forgotten when others write to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region

from tests.tui.wire import CLEARED, HOME, VT100, Line, Wire, lines, strip, text, wire_with
from tui.output import abilities


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


SENT_TO_VT100 = re.compile(
    r"(?:\x1b\[(?:[\d;]*[ABCDHrJ]|K|[\d;]*m)|\x1b\[\?25[hl]|\x1b\(B|[\x08\x0f]|[^\x00-\x1f\x7f-\x9f])*"
)


@given(st.lists(lines, min_size=1, max_size=4))
def test_a_vt100_is_sent_only_what_it_knows(shown: list[Line]) -> None:
    wire = Wire(30, 3, VT100)
    for line in shown:
        assert SENT_TO_VT100.fullmatch(wire.show(strip(line, 30)).decode())


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
