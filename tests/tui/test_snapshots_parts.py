"""How the parts of a task, milestones and times that recur look; `--snapshot-update` renews it."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import office.followup_details  # noqa: F401  the readers are there at once
from office import followups, milestones, parts
from office.answers import read_answer
from schema.records import Followup, Unit
from schema.store import Store
from tests.tui.office import TODAY, clock
from tui.app import ThukyApp
from tui.screens.milestones import MilestonesScreen
from tui.screens.occurrences import OccurrencesScreen
from tui.screens.parts import PartsScreen

SIZES = [(80, 24), (120, 40)]
NAMES = ("Bản Nguyên", "Đan Thượng", "Hạ Hòa", "Ấm Thượng", "Tu Vũ", "Yên Lập", "Thanh Thủy")
SAID = ("12/BC-UBND ngày 20/2; 45 hộ", "30 hộ; đã rà soát từng nhà", "7/BC-UBND; 1.204 hộ")


@pytest.fixture
def task(db: Path) -> str:
    with Store(db, clock=clock) as store:
        units = [store.insert(Unit(name=f"UBND xã {n}", type="ubnd_xa")).id for n in NAMES]
        id = followups.add(
            store,
            Followup(
                id="019c9000-0000-7000-8000-000000000000",
                work="Thống kê số hộ nghèo, cận nghèo",
                due="2026-02-25",
                product="Báo cáo",
                authority="UBND tỉnh",
                recurrence="FREQ=WEEKLY;BYDAY=WE",
            ),
        ).id
        followups.record(store, id, "assigned", note="giao các xã")
        parts.split(store, id, units)
        for number, said in enumerate(SAID):
            part = parts.part_for(store, id, units[number])
            parts.answer(store, part.id, read_answer(said, TODAY), done=number != 1, by="Lan")
        for work, due in (("Biểu mẫu", "2026-02-10"), ("Tổng hợp", "2026-03-10")):
            milestones.add(store, id, work, {"due": due, "product": work})
        first = milestones.milestones_of(store, id)[0]
        milestones.reach(store, first.id, read_answer("Kèm công văn 7/STC", TODAY))
    return id


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", [PartsScreen, MilestonesScreen, OccurrencesScreen])
def test_looks(db: Path, task: str, snap_compare: Any, screen: Any, size: tuple[int, int]) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await pilot.pause()
        pilot.app.push_screen(screen(task))
        await pilot.pause()

    app = ThukyApp(db, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)
