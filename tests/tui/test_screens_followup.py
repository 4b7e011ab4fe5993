"""One follow-up: its points edited by hand, its deadline, its life, and new ones."""

from pathlib import Path

import office.followup_details  # noqa: F401  the readers are there at once
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.screens.followup_form import FollowupForm
from tui.screens.followup_page import FollowupPage
from tui.screens.minutes import MinutesScreen
from tui.widgets.form import Form

LATE = "Trình kế hoạch đầu tư công năm 2027"


def late_one(store: Store) -> Followup:
    (found,) = store.live(Followup, "work = ?", LATE)
    return found


async def opened(office: Office, id: str) -> FollowupPage:
    page = FollowupPage(id)
    office.app.push_screen(page)
    await office.settle()
    return page


async def edit(office: Office, cell: str, text: str) -> None:
    """Go to a point, empty it and type in it."""
    assert isinstance(office.screen, FollowupPage), office.seen()
    office.screen._listing.go_to(cell)
    await office.press("enter", "end", "ctrl+u")
    await office.type(text)
    await office.press("enter")


async def test_each_point_says_whether_it_is_clear_and_what_is_suggested(full: Path) -> None:
    async with at_work(full, size=(120, 40)) as office:
        await opened(office, late_one(office.store).id)
        print(office.seen())
        assert "x" in office.seen()
