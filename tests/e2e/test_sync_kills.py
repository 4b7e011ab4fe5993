"""Kill -9 at any moment of sending and receiving: nothing is lost, and all is sound afterwards."""

import random
import shutil
import signal
from pathlib import Path

import pytest

from tests.e2e.calls import ROUND, calls
from tests.e2e.forked import Command
from tests.e2e.parts import need
from tests.e2e.two import Two, copied, nothing_lost, settle

POINTS = 100  # of each side
PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("side", [0, 1])
def test_a_kill_at_any_call_of_a_round_loses_nothing(
    in_memory: Path, busy_template: Two, side: int, part: int
) -> None:
    need("strace")
    points = calls(busy_template, in_memory, side)
    chosen = random.Random(f"{side} {part}").sample(points, POINTS // PARTS)
    killed = 0
    for call in chosen:
        two = copied(busy_template, in_memory / "two")
        fault = f"inject={call.name}:signal=SIGKILL:when={call.number}"
        try:
            with Command(two.both[side], *ROUND) as command:
                ended = command.end(["-e", fault, "-o", "/dev/null"])
            assert ended.code in (0, -signal.SIGKILL)
            killed += ended.code != 0
            settle(two, nothing_lost)
        except AssertionError as failure:
            raise AssertionError(f"with {fault}, {call.line}: {failure}") from failure
        shutil.rmtree(two.where)
    # A round does not make quite the same calls each time.
    assert killed >= len(chosen) * 0.9
