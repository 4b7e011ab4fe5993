"""The test terminal itself: what it shows, sends, measures, and that it leaves nothing running."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import TIMEOUT, Terminal, key_bytes


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def shows(data: bytes, *, answers: bool = False) -> Terminal:
    """A terminal that got ``data``, byte by byte, from a program that then waits."""
    code = (
        "import os, sys, tty; tty.setraw(0)\n"
        f"for byte in {data!r}: os.write(1, bytes([byte]))\n"
        "while True: os.write(1, os.read(0, 100).replace(b'\\x1b', b'<esc>'))"
    )
    return Terminal(python(code), columns=20, rows=5, answers=answers)


def test_text_is_shown_and_typed_as_utf_8() -> None:
    with Terminal(["cat"], columns=40, rows=5) as terminal:
        terminal.type("tiếng Việt\n")
        terminal.wait_for(lambda seen: seen.line(1) == "tiếng Việt")
        assert terminal.line(0) == "tiếng Việt"
        assert terminal.cursor == (0, 2)
        assert terminal.sent == len("tiếng Việt\n".encode())
        assert terminal.received == len(terminal.output) > terminal.sent


def test_the_program_leads_the_terminal_of_the_size_asked_for() -> None:
    code = (
        "import os; os.open('/dev/tty', 0)\n"
        "print(os.get_terminal_size(), os.getsid(0) == os.getpid())"
    )
    with Terminal(python(code), columns=70, rows=17) as terminal:
        assert terminal.wait_exit() == 0
        assert "columns=70, lines=17) True" in terminal.text()


def test_a_resize_reaches_program_and_screen() -> None:
    code = (
        "import os, signal\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})\n"
        "print('ready', flush=True)\n"
        "signal.sigwait({signal.SIGWINCH})\n"
        "print(os.get_terminal_size().columns)"
    )
    with Terminal(python(code), columns=80, rows=5) as terminal:
        terminal.wait_for("ready")
        terminal.resize(93, 7)
        terminal.wait_for("93")
        assert terminal.screen.columns == 93


def test_nothing_of_the_callers_environment_leaks_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET", "1")
    with Terminal(["env"], home=tmp_path, env={"TERM": "vt100"}, rows=20) as terminal:
        assert terminal.wait_exit() == 0
        lines = terminal.text().splitlines()
    assert "SECRET=1" not in lines
    assert f"HOME={tmp_path}" in lines
    assert "TERM=vt100" in lines
    assert f"THUKY_DB={tmp_path / 'thuky.db'}" in lines


def test_its_own_home_is_empty_and_removed() -> None:
    with Terminal(["sh", "-c", "ls -A ~"]) as terminal:
        terminal.wait_exit()
        assert terminal.text().strip() == ""
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[?2026$p\x1b[>1u\x1b[<u\x1b[>4;2m\x1bPq#0\x1b\\\x1b_x\x1b\\\x1b[2 qone",
        b"\x1b[?4m\x1b[?6n\x1b[?u\x1b[!p\x1b[?25;1049h\x1b[?1lone",
        b"junk\x1b[2J\x1b[H\x1b]52;c;eA==\x07one",
    ],
)
def test_sequences_without_a_picture_leave_none(data: bytes) -> None:
    with shows(data) as terminal:
        terminal.wait_for("one")
        assert terminal.text().strip() == "one"


def test_scrolling_moves_the_lines_within_the_margins_only() -> None:
    with shows(b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[3;3H\x1b[S\x1b[2T.") as terminal:
        terminal.wait_for(".")
        assert terminal.text().splitlines() == ["1", "", "  .", "3", "5"]


@pytest.mark.parametrize(("answers", "replies"), [(True, "<esc>[?2026;2$y<esc>[1;3R"), (False, "")])
def test_questions_are_answered_only_when_asked_to(answers: bool, replies: str) -> None:
    with shows(b"\x1b[?2026$pab\x1b[6n", answers=answers) as terminal:
        terminal.wait_for("ab" + replies[:18])
        terminal.type("x")
        terminal.wait_for("x")
        assert terminal.text().replace("\n", "") == f"ab{replies}x"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("enter", b"\r"),
        ("ctrl+k", b"\x0b"),
        ("ctrl+]", b"\x1d"),
        ("f1", b"\x1bOP"),
        ("up", b"\x1b[A"),
        ("ctrl+left", b"\x1b[1;5D"),
        ("ctrl+shift+end", b"\x1b[1;6F"),
        ("pageup", b"\x1b[5~"),
        ("shift+tab", b"\x1b[Z"),
        ("alt+x", b"\x1bx"),
        ("backspace", b"\x7f"),
        ("ệ", "ệ".encode()),
        ("+", b"+"),
    ],
)
def test_keys_are_those_of_xterm(name: str, data: bytes) -> None:
    assert key_bytes(name) == data


def test_a_large_paste_does_not_block_against_a_large_output() -> None:
    with Terminal(
        python("import tty,os; tty.setraw(0)\nwhile 1: os.write(1, os.read(0, 9))")
    ) as cat:
        cat.wait_idle()
        cat.paste("á" * 100_000)
        cat.wait_for(lambda seen: seen.output.count(b"\x1b[201~") == 1)
        assert cat.output.count("á".encode()) == 100_000


def test_a_wait_in_vain_says_what_was_on_the_screen() -> None:
    complaint = r"(?s)never came: 'nothing'.*ended with 0.*hello"
    with Terminal(["echo", "hello"]) as terminal, pytest.raises(AssertionError, match=complaint):
        terminal.wait_for("nothing")


def test_a_dropped_line_is_a_hangup() -> None:
    with Terminal(["cat"]) as terminal:
        assert terminal.close() == -signal.SIGHUP


def test_a_signal_ends_the_program_and_its_children() -> None:
    with Terminal(["sh", "-c", "sleep 100 & echo up; wait"]) as terminal:
        terminal.wait_for("up")
        assert len(terminal.process.processes()) == 2
        assert terminal.memory().rss > terminal.memory().pss > 0
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
        give_up = time.monotonic() + TIMEOUT
        while terminal.process.processes():
            assert time.monotonic() < give_up


def test_nothing_is_left_of_a_session_that_ignores_the_hangup() -> None:
    program = "trap '' HUP; (trap '' HUP; while :; do sleep 100; done) & echo up; wait"
    with Terminal(["sh", "-c", program]) as terminal:
        terminal.wait_for("up")
        terminal.process.close(grace=0.05)
        assert terminal.exit_code == -signal.SIGKILL
        assert terminal.process.processes() == []
        with pytest.raises(ProcessLookupError):
            os.kill(terminal.process.pid, 0)
