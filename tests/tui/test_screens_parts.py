"""A task for many units, the milestones of a scheme, the times of what recurs: all by keyboard."""

from pathlib import Path

import pytest

from office import followups, milestones, parts
from office.unit_sets import units_of
from schema.earlier import left_by_earlier
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting, Series, Unit
from schema.search import Query, search
from schema.search_index import bring_up
from schema.store import Store
from tests.tui.office import TODAY, Office, at_work, clock
from tui import queries
from tui.screens.followup_page import FollowupPage
from tui.screens.milestones import MilestonesScreen
from tui.screens.occurrences import OccurrencesScreen
from tui.screens.parts import PartsScreen
from tui.widgets.listing import Listing

COMMUNES = ("UBND xã Bản Nguyên", "UBND xã Đan Thượng", "UBND xã Hạ Hòa")


@pytest.fixture
def task(db: Path) -> str:
    """It says to whom it is given, and was given to nobody yet."""
    with Store(db, clock=clock) as store:
        for name in COMMUNES:
            store.insert(Unit(name=name, type="ubnd_xa"))
        store.insert(Unit(name="Sở Tài chính", abbr="STC", type="so_ban_nganh"))
        task = Followup(
            work="Báo cáo số hộ nghèo",
            due="2026-02-25",
            product="Báo cáo",
            authority="UBND tỉnh",
            kind="scheme",
            recurrence="FREQ=MONTHLY;BYMONTHDAY=25",
        )
        source = FollowupSource(kind="phone", excerpt="UBND các xã báo cáo số hộ nghèo.")
        return followups.add(store, task, source=source).id


def lines(office: Office) -> list[tuple[str, ...]]:
    listing = office.one(Listing)
    rows = (listing.row_at(index) for index in range(listing.count))
    return [(row.mark, *row.cells) for row in rows if row]


async def test_a_task_is_given_to_the_units_of_its_sentence_and_answered(
    db: Path, task: str
) -> None:
    async with at_work(db) as office:
        followups.record(office.store, task, "assigned", note="giao các xã")
        office.app.push_screen(FollowupPage(task))
        await office.settle()
        await office.press("P")
        await office.until(lambda: "3 đơn vị. n: giao cho tất cả" in office.seen())
        await office.press("n")
        assert isinstance(office.screen, PartsScreen)
        assert [line[1] for line in lines(office)] == list(COMMUNES)
        assert "0/3 đã trả lời · 0 xong · 3 quá hạn" in office.seen()
        await office.press("x")
        await office.type("12 hộ; đã rà soát")
        await office.press("enter", "r")
        await office.type("8 hộ")
        await office.press("enter")
        first, second, third = lines(office)
        assert (first[0], first[4], first[5]) == ("✓", "đã rà soát", "12 hộ")
        assert (second[0], second[5]) == ("●", "8 hộ")
        assert third[0] == "!"
        assert "2/3 đã trả lời · 1 xong · 2 quá hạn · tổng 20 hộ (2 đơn vị)" in office.seen()
        await office.press("v")
        assert [line[1] for line in lines(office)] == [COMMUNES[2]]
        await office.press("x", "enter")
        assert "phải có gì để thấy" in office.seen()
        await office.press("u")
        assert "1/3 đã trả lời" in office.seen()
        await office.press("escape")
        assert "1/3 đã trả lời" in office.seen(), "on the page of the whole"


async def test_units_are_added_by_name_and_by_type_and_taken_away(db: Path, task: str) -> None:
    async with at_work(db) as office:
        office.app.push_screen(PartsScreen(task))
        await office.until(lambda: "n: giao cho tất cả" in office.seen())
        await office.press("escape", "n")
        await office.type("ubnd xã (")
        await office.press("enter")
        assert "Đã giao 3 đơn vị" in office.seen()
        await office.type("stc")
        await office.press("enter", "escape")
        assert len(lines(office)) == 4
        office.one(Listing).go_to(parts.parts_of(office.store, task)[0].id)
        await office.press("d", "d")
        assert len(lines(office)) == 3
        await office.press("u")
        assert len(lines(office)) == 4


async def test_milestones_are_added_put_in_order_and_ticked(db: Path, task: str) -> None:
    async with at_work(db) as office:
        office.app.push_screen(FollowupPage(task))
        await office.settle()
        await office.press("M")
        assert isinstance(office.screen, MilestonesScreen)
        for work, due in (("Đề cương", "10/3/2026"), ("Dự thảo", "20/2/2026")):
            await office.press("n")
            await office.type(work)
            await office.press("enter")
            await office.type(due)
            await office.press("f4")
        assert [line[2] for line in lines(office)] == ["Đề cương", "Dự thảo"]
        await office.press("K")
        assert [(line[0], line[2]) for line in lines(office)] == [
            ("!", "Dự thảo"),
            ("", "Đề cương"),
        ]
        await office.press("x")
        await office.type("12/STC-ĐA")
        await office.press("enter")
        assert [(line[0], line[5]) for line in lines(office)] == [("✓", "12/STC-ĐA"), ("◂", "")]
        assert milestones.milestones_of(office.store, task)[0].state == "done"
        await office.press("escape")
        assert "1/2 mốc đã xong · tới: Đề cương, hạn 10/03/2026" in office.seen()


async def test_what_recurs_shows_its_times_and_is_stopped(db: Path, task: str) -> None:
    async with at_work(db) as office:
        office.app.push_screen(FollowupPage(task))
        await office.settle()
        await office.press("L")
        assert isinstance(office.screen, OccurrencesScreen)
        assert lines(office)[0][1:3] == ("Thứ Tư 25/02/2026", "25/02/2026")
        assert len(lines(office)) == 13
        await office.press("z", *["backspace"] * 10)
        await office.type("30/4/2026")
        await office.press("enter")
        assert len(lines(office)) == 3
        kept = office.store.get(Followup, task)
        assert kept.recurrence == "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20260430"


async def test_the_next_time_is_there_when_one_is_done(db: Path, task: str) -> None:
    async with at_work(db) as office:
        store = office.store
        followups.record(store, task, "assigned", note="giao")
        followups.record(store, task, "submitted", product="Báo cáo", number="1/BC")
        office.app.push_screen(FollowupPage(task))
        await office.settle()
        followups.record(store, task, "done")
        office.app.changed()
        await office.until(lambda: store.count(Followup, "recurs_from = ?", task) == 1)
        assert TODAY.isoformat() < str(store.live(Followup, "recurs_from = ?", task)[0].occurs_on)


def test_parts_crowd_no_list_of_tasks(db: Path, task: str) -> None:
    with Store(db, clock=clock) as store:
        series = store.insert(Series(title="Giao ban")).id
        for id, day in (("m1", "01"), ("m2", "08")):
            store.insert(Meeting(id=id, series=series, starts_at=f"2026-03-{day}T01:00:00Z"))
        store.update(Followup, task, meeting="m1")
        made = parts.split(store, task, [unit.id for unit in units_of(store, ["ubnd_xa"])])
        answer = FollowupEvent(followup=made[0].id, kind="submitted", note="vướng sạt lở")
        store.insert(answer)
        assert [row.id for row in left_by_earlier(store, store.get(Meeting, "m2"))] == [task]
        assert [row.id for row in queries.followups_due(store, TODAY, 9)] == [task]
        assert queries.standing(store, TODAY).open == 1
        assert bring_up(store, 60.0) == 0
        assert [hit.id for hit in search(store, Query("số hộ nghèo"))] == [task]
        assert [hit.id for hit in search(store, Query("sạt lở"))] == [made[0].id]
