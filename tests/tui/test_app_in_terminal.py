"""The app in a real terminal: what it sends, what it survives, how it ends."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.office import PROGRAM, ROOT
from tests.e2e.terminal import Terminal

COLOUR = re.compile(rb"\x1b\[[\d;]*?\b(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[25])\b[\d;]*m")
FAILING = """
import sys
from pathlib import Path
from tui.app import ThukyApp
app = ThukyApp(Path(sys.argv[1]))
app.action_help = lambda: 1 // 0
app.run()
sys.exit(app.return_code)
"""


@contextmanager
def opened(
    full: Path,
    *command: str,
    until: str = "Phiên họp",
    env: Mapping[str, str] | None = None,
    columns: int = 120,
    rows: int = 40,
) -> Iterator[Terminal]:
    words = [*(command or (*PROGRAM, "--db")), str(full)]
    around = {"THUKY_LOG": str(full.with_name("log")), **(env or {})}
    with Terminal(
        words, cwd=ROOT, home=full.parent, env=around, columns=columns, rows=rows
    ) as terminal:
        terminal.wait_for(until)
        terminal.wait_idle(100)
        yield terminal


def test_nothing_is_sent_while_nothing_happens(full: Path) -> None:
    with opened(full) as terminal:
        before = terminal.received
        terminal.wait_idle(1500)
        assert terminal.received == before


def test_the_mouse_is_left_to_the_terminal(full: Path) -> None:
    with opened(full) as terminal:
        assert b"\x1b[?1000h" not in terminal.output


def test_a_meeting_in_one_packet(full: Path) -> None:
    with opened(full) as terminal:
        terminal.send(b"n" + "Họp gấp".encode() + b"\x1bOS")
        terminal.wait_for("Đã lưu “Họp gấp”.")


def test_bytes_that_are_no_letters_end_nothing(full: Path) -> None:
    with opened(full) as terminal:
        terminal.type("n")
        terminal.wait_for("Cuộc họp mới")
        terminal.send(b"\xff\xc3(\x80ok")
        terminal.wait_for("(�ok")


@pytest.mark.parametrize("term", ["xterm", "linux", "screen", "tmux", "vt100"])
def test_reads_on_any_terminal(full: Path, term: str) -> None:
    with opened(full, env={"TERM": term, "COLORTERM": ""}) as terminal:
        terminal.type("2")
        terminal.wait_for("Nơi họp")
        terminal.press("escape")
        terminal.wait_for("Khi nào")


def test_no_color_is_honoured(full: Path) -> None:
    with opened(full, env={"NO_COLOR": "1"}) as terminal:
        terminal.type("2")
        terminal.wait_for("Nơi họp")
        terminal.type("6")
        terminal.wait_for("Màu sắc")
        assert not COLOUR.search(terminal.output)


def test_only_ascii_is_sent_where_the_locale_knows_no_more(full: Path) -> None:
    with opened(full, env={"LANG": "C", "LC_ALL": "C"}, until="Phien hop") as terminal:
        terminal.type("2")
        terminal.wait_for("Noi hop")
        assert terminal.output.isascii()


def test_a_mistake_of_the_program_is_one_sentence_on_a_terminal_as_it_was(full: Path) -> None:
    with opened(full, sys.executable, "-c", FAILING) as terminal:
        terminal.press("f1")
        assert terminal.wait_exit() == 1
        text = " ".join(terminal.text().split())
        assert "Thư Ký gặp lỗi và phải dừng; những gì đã gõ được lưu." in text
        assert b"Traceback" not in terminal.output
        assert terminal.output.rstrip().endswith(b"log") or b"\x1b[?1049l" in terminal.output
    assert "ZeroDivisionError" in full.with_name("log").read_text()


def test_tiny_at_the_start_and_at_any_moment(full: Path) -> None:
    with opened(full, columns=10, rows=5, until="60×15") as terminal:
        terminal.resize(80, 24)
        terminal.wait_for("Phiên họp")
        terminal.type("n")
        terminal.wait_for("Cuộc họp mới")
        terminal.resize(1, 1)
        terminal.type("Họp")
        terminal.resize(80, 24)
        terminal.wait_for("Tên cuộc họp    Họp")
