"""In a real terminal a key costs the bytes of its letter, and a lost screen is painted anew."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal([sys.executable, "-m", "tests.tui.line_app"], cwd=ROOT) as terminal:
        terminal.wait_for("Ý kiến")
        terminal.wait_for(lambda terminal: not terminal.screen.cursor.hidden)
        terminal.wait_idle(200)
        yield terminal


def sent_for(terminal: Terminal, text: str) -> bytes:
    """What the program writes for keys, once it has fallen silent."""
    before = terminal.received
    terminal.type(text)
    terminal.wait_for(lambda terminal: terminal.received > before)
    terminal.wait_idle(100)
    return bytes(terminal.output[before:])


def is_stopped(terminal: Terminal) -> bool:
    status = Path(f"/proc/{terminal.process.pid}/stat").read_text()
    return status.rpartition(")")[2].split()[0] == "T"


@pytest.mark.parametrize("letter", ["x", "ế", "漢"])
def test_a_letter_at_the_end_of_a_line_is_all_that_is_sent(terminal: Terminal, letter: str) -> None:
    sent_for(terminal, "Họp")
    assert sent_for(terminal, letter) == letter.encode()
    assert sent_for(terminal, "\x7f") in (b"\b \b", b"\b\b  \b\b")
    assert sent_for(terminal, letter) == letter.encode()


def test_moving_the_cursor_sends_the_move_alone(terminal: Terminal) -> None:
    sent_for(terminal, "Họp")
    assert sent_for(terminal, "\x1b[D") == b"\b"
    assert sent_for(terminal, "\x1b[C") == b"\x1b[C"


def test_a_letter_mid_line_pushes_the_rest_aside(terminal: Terminal) -> None:
    sent_for(terminal, "Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế")
    sent_for(terminal, "\x1b[D" * 20)
    column, row = terminal.cursor
    sent = sent_for(terminal, "ế")
    assert len(sent) < 25
    assert terminal.line(row).startswith("Giao Sở Tài chính chủ trì, ếphối hợp với Sở Y tế")
    assert terminal.line(row).endswith("Ý kiến")
    assert terminal.cursor == (column + 1, row)


def test_a_program_that_comes_back_after_a_stop_paints_all(terminal: Terminal) -> None:
    sent_for(terminal, "Họp")
    terminal.kill(signal.SIGTSTP)
    terminal.wait_for(is_stopped)
    terminal.screen.reset()
    terminal.kill(signal.SIGCONT)
    terminal.wait_for("Họp")
    terminal.wait_for("Ý kiến")
    terminal.wait_for(lambda terminal: not terminal.screen.cursor.hidden)


def test_a_window_dragged_out_and_back_is_painted_whole(terminal: Terminal) -> None:
    sent_for(terminal, "Họp")
    terminal.resize(90, 30)
    terminal.resize(120, 40)
    terminal.screen.reset()
    terminal.wait_for("Họp")
    terminal.wait_for(lambda terminal: terminal.text().count("Ý kiến") == 8)


def test_the_cursor_is_gone_while_something_without_one_has_the_focus(terminal: Terminal) -> None:
    terminal.press("ctrl+p")
    terminal.wait_for(lambda terminal: terminal.screen.cursor.hidden)
    terminal.press("escape")
    terminal.wait_for(lambda terminal: not terminal.screen.cursor.hidden)
