"""What earlier meetings of a series left open, gone through at a later one."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from office import followups
from schema.records import Followup, FollowupSource, Meeting, Person, Series
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.screens.carry_over import CarryOver
from tui.screens.followup_page import FollowupPage
from tui.screens.meetings import Meetings
from tui.screens.minutes import MinutesScreen
from tui.widgets.form import Form
from tui.widgets.listing import Listing

DAY = 86_400
LATE, SOON, OPEN, DONE = "Việc quá hạn", "Việc sắp đến hạn", "Việc không hạn", "Việc đã xong"


@pytest.fixture
def weekly(db: Path) -> Path:
    """A weekly meeting with three held ones; the last but one left three follow-ups open."""
    seconds = count(-DAY)
    with Store(db, clock=lambda: clock() + next(seconds)) as store:
        series = store.insert(Series(title="Giao ban tuần", time="08:00")).id
        chair = store.insert(Person(name="Vũ Hà")).id
        for day in (-14, -7, 0):
            held = Meeting(id=f"m{day}", title="Giao ban", series=series, starts_at=at(day, 8))
            store.insert(replace(held, chair=chair))
        store.insert(Meeting(id="other", title="Khác", starts_at=at(-7, 8)))
        for work, due in ((OPEN, None), (SOON, "2026-03-02"), (LATE, "2026-02-20"), (DONE, None)):
            followups.add(store, Followup(id=work, work=work, due=due, meeting="m-7"))
        followups.record(store, DONE, "cancelled", note="trùng")
        followups.add(store, Followup(work="Việc của cuộc họp khác", meeting="other"))
    return db


async def accept(office: Office) -> None:
    """Fill in what the one under the cursor came to; it was never assigned."""
    await office.press("x")
    rows = office.one(Form).rows
    assert rows["who"].value == "Vũ Hà", "the chair accepts where nobody is named"
    rows["product"].value, rows["note"].value = "Báo cáo", "giao miệng"
    await office.press("f4")


async def at_the_list(office: Office) -> Listing:
    office.app.push_screen(CarryOver("m0"))
    await office.settle()
    return office.one(Listing)


def works(office: Office) -> list[str]:
    listing = office.one(Listing)
    rows = (listing.row_at(index) for index in range(listing.count))
    return [row.cells[1] for row in rows if row]


async def test_the_minutes_say_what_earlier_meetings_left_open(weekly: Path) -> None:
    async with at_work(weekly, open_minutes="m0") as office:
        assert "3 việc kỳ trước còn mở: Ctrl+K k" in office.seen()
        await office.press("ctrl+k", "k")
        assert isinstance(office.screen, CarryOver)
        await office.press("escape")
        assert isinstance(office.screen, MinutesScreen)


async def test_the_first_meeting_of_a_series_has_nothing_to_say(weekly: Path) -> None:
    async with at_work(weekly, open_minutes="m-14") as office:
        assert "kỳ trước" not in office.seen()


async def test_the_late_ones_stand_first_and_those_that_are_done_are_not_there(
    weekly: Path,
) -> None:
    async with at_work(weekly) as office:
        await at_the_list(office)
        assert works(office) == [LATE, SOON, OPEN]
        assert "3 việc kỳ trước, 1 quá hạn, 3 chưa ghi" in office.seen()
        assert "! trễ 7 " in office.seen()


async def test_one_key_a_row_closes_carries_over_and_escalates(weekly: Path) -> None:
    async with at_work(weekly) as office:
        await at_the_list(office)
        await accept(office)
        await office.press("c", "l")
        store = office.store
        assert store.get(Followup, LATE).state == "done"
        kinds = {
            work: (event.kind, event.meeting, event.by)
            for work in (LATE, SOON, OPEN)
            if (event := followups.last_event(store, work))
        }
        by = office.app.author
        assert kinds == {
            LATE: ("done", "m0", by),
            SOON: ("carried", "m0", by),
            OPEN: ("escalated", "m0", by),
        }
        carried = [source.meeting for source in followups.sources_of(store, SOON)]
        assert carried == ["m-7", "m0"]
        seen = office.seen()
        assert all(word in seen for word in ("đã đóng", "chuyển tiếp", "báo lên"))
        assert "0 chưa ghi" in seen


async def test_another_key_on_a_row_takes_the_place_of_the_first(weekly: Path) -> None:
    async with at_work(weekly) as office:
        listing = await at_the_list(office)
        await accept(office)
        listing.go_to(LATE)
        await office.press("c", "k", "c")
        event = followups.last_event(office.store, LATE)
        assert event is not None
        assert event.kind == "carried"
        assert office.store.get(Followup, LATE).state == "proposed"
        assert len(followups.sources_of(office.store, LATE)) == 2


async def test_what_was_noted_is_taken_back_by_u(weekly: Path) -> None:
    async with at_work(weekly) as office:
        listing = await at_the_list(office)
        await office.press("c")
        await accept(office)
        await office.press("u")
        assert listing.key == SOON
        assert office.store.get(Followup, SOON).state == "proposed"
        assert len(followups.sources_of(office.store, LATE)) == 2
        await office.press("u")
        assert len(followups.sources_of(office.store, LATE)) == 1
        assert "3 chưa ghi" in office.seen()
        assert office.store.count(FollowupSource, "meeting = 'm0'") == 0


async def test_what_was_carried_over_comes_again_at_the_next_meeting(weekly: Path) -> None:
    with Store(weekly, clock=clock) as store:
        followups.carry_over(store, SOON, meeting="other")
        series = store.get(Meeting, "m0").series
        store.update(Meeting, "other", series=series)
        store.update(Followup, SOON, meeting=None)
    async with at_work(weekly) as office:
        await at_the_list(office)
        assert SOON in works(office)


async def test_enter_opens_the_follow_up_and_comes_back(weekly: Path) -> None:
    async with at_work(weekly) as office:
        await at_the_list(office)
        await office.press("j", "enter")
        assert isinstance(office.screen, FollowupPage)
        assert office.screen.followup_id == SOON
        await office.press("escape")
        assert office.one(Listing).key == SOON


async def test_the_list_of_meetings_leads_there(weekly: Path) -> None:
    async with at_work(weekly) as office:
        await office.press("2")
        assert isinstance(office.screen, Meetings)
        office.screen.show_meeting("m0")
        await office.press("v")
        assert isinstance(office.screen, CarryOver)
