"""Whatever happens to machines and folder, everybody ends up with the same, and nothing is lost."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schema.store import Store
from tests.simulation.promises import check
from tests.simulation.world import Action, World, script

SEEDS = 300
STEPS = 100
LONG_STEPS = 220
# How often a failing script is run again to find a shorter one.
TRIES = 120


@contextmanager
def world_of(seed: int, template: Path) -> Iterator[World]:
    # Memory is quicker where there is a file system of it.
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix=f"thuky-seed-{seed}-", dir=place) as where:
        world = World(seed, 3 + seed % 4, Path(where), template)
        try:
            yield world
        finally:
            world.close()


def failure(seed: int, actions: list[Action], template: Path) -> Exception | None:
    with world_of(seed, template) as world:
        try:
            world.run(actions)
            check(world)
        except Exception as error:
            return error
    return None


def shortest(actions: list[Action], fails: Callable[[list[Action]], bool]) -> list[Action]:
    """A part of the actions that still fails, found by leaving out ever smaller pieces."""
    tries, size = TRIES, len(actions) // 2
    while size and tries:
        at = 0
        while at < len(actions) and tries:
            rest = actions[:at] + actions[at + size :]
            tries -= 1
            if fails(rest):
                actions = rest
            else:
                at += size
        size //= 2
    return actions


def hold(seed: int, steps: int, template: Path) -> None:
    actions = script(seed, 6, steps)
    error = failure(seed, actions, template)
    if error is None:
        return
    actions = shortest(actions, lambda rest: failure(seed, rest, template) is not None)
    last = failure(seed, actions, template) or error
    raise AssertionError(f"seed {seed}, {len(actions)} actions: {last!r}\n{actions}") from last


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "thuky.db"
    Store(path).close()
    return path


@pytest.mark.parametrize("part", range(20))
def test_the_promises_hold(part: int, template: Path) -> None:
    for seed in range(part, SEEDS, 20):
        hold(seed, STEPS, template)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(int(os.environ.get("SOAK", "2000")) // 20))
def test_the_promises_hold_for_long(part: int, template: Path) -> None:
    for seed in range(10_000 + 20 * part, 10_020 + 20 * part):
        hold(seed, LONG_STEPS, template)
