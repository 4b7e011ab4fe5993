"""Whatever happens on screens of every kind, the cells believed in are those on the terminal."""

import random
from pathlib import Path

import pytest
from textual import events

from tests.tui.cell_judge import CellJudge
from tests.tui.gallery import KEYS, LETTERS, Gallery
from tui.app import ThukyApp

OPERATIONS = 25_000  # for each seed
BATCH = 100  # operations between two looks at the terminal
SIZES = [(80, 24), (120, 40), (60, 15), (97, 31)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_cells_believed_in_are_those_shown_on_screens_of_every_kind(seed: int) -> None:
    dice = random.Random(seed)
    app = Gallery()
    judge = CellJudge(app, dice.choice(SIZES))
    async with judge.run():
        for done in range(0, OPERATIONS, BATCH):
            for _ in range(BATCH):
                app.operate(dice)
            if dice.random() < 0.05:
                await judge.resize(*dice.choice(SIZES))
            await judge.draw()
            assert judge.differences() == [], f"after {done + BATCH} operations"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
async def test_cells_believed_in_are_those_shown_on_the_apps_own_screens(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ThukyApp, "action_quit", lambda self: None)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    dice = random.Random(seed)
    app = ThukyApp(tmp_path / "thuky.db")
    judge = CellJudge(app, dice.choice(SIZES))
    letters = [*LETTERS, *"123456nrtm@#!=:?/"]
    keys = [*KEYS, "escape", "f1", "ctrl+p"]
    async with judge.run():
        for done in range(0, OPERATIONS // 10, 5):
            for _ in range(5):
                letter = dice.choice([None, *letters])
                app.post_message(events.Key(letter or dice.choice(keys), letter))
            if dice.random() < 0.02:
                await judge.resize(*dice.choice(SIZES))
            await judge.draw()
            assert judge.differences() == [], f"after {done + 5} keys"
