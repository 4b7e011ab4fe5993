"""The clock of the typing benchmark counts all that a key causes, and nothing else."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.session import Session

# "s": nothing. "d": two bytes, then three more after a pause. Others: one byte.
PROGRAM = """
import os, time, tty
tty.setraw(0)
os.write(1, b"ready\\x1b[?2026$p")
while key := os.read(0, 64):
    if key == b"d":
        os.write(1, b"12")
        time.sleep(0.03)
        os.write(1, b"345")
    elif key != b"s":
        os.write(1, b"%d." % len(key))
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session([sys.executable, "-c", PROGRAM], tmp_path) as session:
        session.settle(marker="ready")
        yield session


def test_a_pause_within_a_reaction_is_part_of_it(session: Session) -> None:
    reaction = session.press(b"d", quiet=0.5)
    assert reaction.bytes == 5
    assert reaction.ms is not None
    assert reaction.ms >= 30


def test_a_key_without_output_has_no_time(session: Session) -> None:
    assert session.press(b"s", quiet=0.02).ms is None


def test_the_terminal_says_that_it_knows_synchronized_output(tmp_path: Path) -> None:
    with Session([sys.executable, "-c", PROGRAM], tmp_path) as session:
        session.settle(marker="11.")  # the length of the answer, as the program read it
