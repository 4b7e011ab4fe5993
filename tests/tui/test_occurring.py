"""The app makes the occurrences whose time has come, at its start."""

from pathlib import Path

from office import followups
from schema.records import Followup, Unit
from schema.store import Store
from tests.tui.office import at_work, clock
from tui.screens.today import Today
from tui.widgets.listing import Listing


async def test_what_has_become_due_is_there_soon_after_the_start(db: Path) -> None:
    with Store(db, clock=lambda: clock() - 40 * 86_400) as store:
        unit = store.insert(Unit(name="Sở Tài chính")).id
        task = Followup(
            work="Báo cáo tuần", lead=unit, due="2026-01-23", recurrence="FREQ=WEEKLY;BYDAY=FR"
        )
        id = followups.add(store, task).id
        followups.record(store, id, "assigned", note="giao")
    async with at_work(db) as office:
        made: list[Followup] = []

        def are_made() -> list[Followup]:
            made[:] = office.store.select(Followup, "WHERE recurs_from = ? ORDER BY occurs_on", id)
            return made

        await office.until(lambda: len(are_made()) == 6)
        await office.settle()
        assert [row.occurs_on for row in made] == [
            *("2026-01-30", "2026-02-06", "2026-02-13", "2026-02-20", "2026-02-27", "2026-03-06")
        ]
        assert isinstance(office.screen, Today)
        listing = office.one(Listing)
        rows = [listing.row_at(index) for index in range(listing.count)]
        assert sum(row is not None and row.cells[1] == "Báo cáo tuần" for row in rows) >= 6
