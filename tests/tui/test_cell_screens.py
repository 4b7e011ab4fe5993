"""Whatever happens on screens of every kind, the cells believed in are those on the terminal."""

import random

import pytest

from tests.tui.cell_judge import CellJudge
from tests.tui.gallery import Gallery

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
