"""Kill -9 at any call of founding a workspace or joining one: the same command finishes it."""

import random
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from schema.store import Store
from sync import enrol, pairing
from tests.e2e.calls import Call, traced
from tests.e2e.forked import Command, Ended, Trouble
from tests.e2e.parts import need, no_tracing
from tests.e2e.two import Two, add_meeting, settle, titles
from tests.sync.machines import CHEAP

POINTS = 12
JOINED_ALREADY = "đã thuộc không gian làm việc"


@pytest.fixture(scope="session")
def alone(_memory: Path) -> Path:
    """Two machines that know nothing of each other, and an empty folder."""
    where = _memory / "alone"
    for name in ("a", "b"):
        (where / name).mkdir(parents=True)
        add_meeting(where / name / "thuky.db", f"của {name}")
    (where / "folder").mkdir()
    return where


class Joining:
    """B joins what A has founded, and A answers meanwhile."""

    def __init__(self, alone: Path, where: Path) -> None:
        self.two = Two(shutil.copytree(alone, where), (where / "folder",) * 2)
        self.store = Store(self.two.a)
        self.first = enrol.init(self.store, self.two.folders[0], "Máy A")
        self.code = pairing.invite(self.first, CHEAP).code

    def command(self, trouble: Trouble = None) -> Command:
        words = ("sync", "join", str(self.two.folders[1]), "--code", self.code, "--name", "Máy B")
        return Command(self.two.b, *words, trouble=trouble)

    def answer(self) -> None:
        pairing.serve(self.first)

    def close(self) -> None:
        self.store.close()
        shutil.rmtree(self.two.where)


def founding(two: Two, trouble: Trouble = None) -> Command:
    words = ("sync", "init", str(two.folders[0]), "--name", "Máy A")
    return Command(two.a, *words, trouble=trouble)


def chosen(found: Sequence[Call], points: int, seed: str) -> list[str]:
    """Random calls from among those that have to do with the disk."""
    of_ours = [call for call in found if "/thuky-" in call.line]
    return [call.killing for call in random.Random(seed).sample(of_ours, points)]


def went_on(ended: Ended) -> None:
    """It was done, or had been done before the kill."""
    assert ended.code == 0 or JOINED_ALREADY in ended.said, ended


def founded_in_spite_of(points: int, alone: Path, where: Path) -> None:
    two = Two(shutil.copytree(alone, where / "two"), (where / "two" / "folder",) * 2)
    with founding(two) as command:
        kills = chosen(traced(command, where / "log"), points, "found")
    shutil.rmtree(two.where)
    for kill in kills:
        shutil.copytree(alone, two.where)
        with founding(two, kill) as command:
            assert command.end().code in (0, -signal.SIGKILL), kill
        with founding(two) as command:
            went_on(command.end())
        with Store(two.a) as store:
            workspace = enrol.opened(store)
            assert workspace, kill
            assert workspace.refresh() == []
            assert len(workspace.vault.trust.members) == 1
        assert titles(two.a) == {"của a"}
        shutil.rmtree(two.where)


def joined_in_spite_of(points: int, alone: Path, where: Path) -> None:
    joining = Joining(alone, where / "two")
    with joining.command() as command:
        kills = chosen(traced(command, where / "log", meanwhile=joining.answer), points, "join")
    joining.close()
    for kill in kills:
        joining = Joining(alone, where / "two")
        with joining.command(kill) as command:
            assert command.end(meanwhile=joining.answer).code in (0, -signal.SIGKILL), kill
        with joining.command() as command:
            went_on(command.end(meanwhile=joining.answer))
        # A place for each of the two, and for nobody else.
        assert len(joining.first.vault.trust.members) == 2, kill
        settle(joining.two)
        assert titles(joining.two.b) == {"của a", "của b"}
        joining.close()


Test = Callable[[int, Path, Path], None]


@pytest.mark.parametrize("in_spite_of", [founded_in_spite_of, joined_in_spite_of])
def test_founding_and_joining_are_finished_by_the_same_command_after_a_kill(
    in_memory: Path, alone: Path, in_spite_of: Test
) -> None:
    need("strace")
    if reason := no_tracing():
        pytest.skip(f"no strace ({reason}); see tests/sync/test_enrol.py")
    in_spite_of(POINTS, alone, in_memory)


@pytest.mark.soak
@pytest.mark.parametrize("in_spite_of", [founded_in_spite_of, joined_in_spite_of])
def test_founding_and_joining_survive_a_kill_at_any_of_many_calls(
    in_memory: Path, alone: Path, in_spite_of: Test
) -> None:
    need("strace")
    in_spite_of(20 * POINTS, alone, in_memory)
