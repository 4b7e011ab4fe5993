"""Kill -9 at any moment of sending and receiving: nothing is lost, and all is sound afterwards."""

import random
import shutil
import signal
from pathlib import Path

import pytest

from tests.e2e.calls import ROUND, calls
from tests.e2e.forked import Command, Trouble
from tests.e2e.parts import need, no_tracing, without
from tests.e2e.standins import KilledAtLine
from tests.e2e.two import Two, add_meeting, copied, nothing_lost, settle, titles

POINTS = 100  # of each side
PARTS = 5
LINES = 20_000  # fewer than a round runs through


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("side", [0, 1])
def test_a_kill_at_any_call_of_a_round_loses_nothing(
    in_memory: Path, busy_template: Two, side: int, part: int
) -> None:
    need("strace")
    dice, count = random.Random(f"{side} {part}"), POINTS // PARTS
    if reason := no_tracing():
        without(f"strace ({reason})", "killed at a line of ours instead of a call")
        for _ in range(count):
            killed_at(in_memory, busy_template, side, KilledAtLine(dice.randrange(1, LINES)))
        return
    killed = 0
    for call in dice.sample(calls(busy_template, in_memory, side), count):
        killed += killed_at(in_memory, busy_template, side, call.killing)
    # A round does not make quite the same calls each time.
    assert killed >= count * 0.9


def killed_at(where: Path, template: Two, side: int, point: Trouble) -> bool:
    """Whether it was killed there; whatever happened, nothing is lost."""
    two = copied(template, where / "two")
    try:
        with Command(two.both[side], *ROUND, trouble=point) as command:
            ended = command.end()
        assert ended.code in (0, -signal.SIGKILL)
        settle(two, nothing_lost)
    except AssertionError as failure:
        raise AssertionError(f"{point}: {failure}") from failure
    shutil.rmtree(two.where)
    return ended.code != 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(300))
def test_kills_one_after_another_on_either_side_lose_nothing(
    in_memory: Path, busy_template: Two, seed: int
) -> None:
    need("strace")
    dice = random.Random(seed)
    points = [calls(busy_template, in_memory, side) for side in (0, 1)]
    two = copied(busy_template, in_memory / "two")
    added: list[str] = []
    for _ in range(dice.randrange(2, 7)):
        side = dice.randrange(2)
        if dice.random() < 0.3:
            added.append(f"thêm {len(added)}")
            add_meeting(two.both[side], added[-1])
        with Command(two.both[side], *ROUND, trouble=dice.choice(points[side]).killing) as command:
            ended = command.end()
        assert ended.code in (0, -signal.SIGKILL), ended
    settle(two)
    assert titles(two.a) >= {*added, "a 1", "a 2", "b 1", "b 2"}
