"""How the main screens look, at the usual sizes. `pytest --snapshot-update` takes new ones."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.office import clock
from tests.tui.places import PLACES
from tui.app import ThukyApp

SIZES = [(80, 24), (120, 40)]
SHOWN = (
    *("today", "meetings", "month", "week", "new meeting", "roll call", "units and people"),
    *("settings", "help", "palette", "minutes"),
)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", SHOWN)
def test_looks(full: Path, snap_compare: Any, place: str, size: tuple[int, int]) -> None:
    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        for key in PLACES[place]:
            await pilot.press(key)
            while not app.idle:
                await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)
