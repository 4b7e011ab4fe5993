"""A value that was overwritten by somebody who had not seen it is listed, everywhere, until it is
restored or left on purpose."""

from typing import Any

import pytest

from schema.errors import NotFound
from schema.records import CalendarDay, Followup, Meeting, Text
from sync import conflicts
from sync.conflicts import Conflict
from tests.sync.desks import Desk, Desks


def listed(desk: Desk) -> list[tuple[str, str, Any, bool]]:
    return [(c.tbl, c.lost.col, c.lost.val, c.deleted) for c in conflicts.conflicts(desk.store)]


def only(desk: Desk) -> Conflict:
    (found,) = conflicts.conflicts(desk.store)
    return found


@pytest.fixture
def due(three: Desks) -> Desks:
    """The first and the second have changed one deadline, unseen by each other."""
    first, second, _ = three.all
    first.store.insert(Followup(id="f", work="x"))
    three.sync()
    first.store.update(Followup, "f", due="2026-05-01")
    second.store.update(Followup, "f", due="2026-06-01")
    three.sync()
    return three


def test_the_later_shows_and_the_other_is_listed_alike_on_all_machines(due: Desks) -> None:
    assert {desk.store.get(Followup, "f").due for desk in due.all} == {"2026-06-01"}
    for desk in due.all:
        assert listed(desk) == [("followup", "due", "2026-05-01", False)]
        assert only(desk).id == only(due.all[0]).id


def test_a_restored_value_shows_everywhere_and_nothing_is_listed_any_more(due: Desks) -> None:
    third = due.all[2]
    conflicts.restore(third.store, conflicts.find(third.store, only(third).id[:6]))
    due.sync()
    assert {desk.store.get(Followup, "f").due for desk in due.all} == {"2026-05-01"}
    assert [listed(desk) for desk in due.all] == [[], [], []]
    third.store.update(Followup, "f", due="2026-07-01")
    due.sync()
    assert [listed(desk) for desk in due.all] == [[], [], []]


def test_what_is_left_on_purpose_is_listed_no_more_and_what_shows_stays(due: Desks) -> None:
    first = due.all[0]
    conflicts.keep(first.store, only(first))
    due.sync()
    assert {desk.store.get(Followup, "f").due for desk in due.all} == {"2026-06-01"}
    assert [listed(desk) for desk in due.all] == [[], [], []]
    due.all[1].store.update(Followup, "f", due="2026-07-01")
    due.sync()
    assert [listed(desk) for desk in due.all] == [[], [], []]


def test_a_later_write_by_one_who_saw_only_what_shows_does_not_settle_it(due: Desks) -> None:
    due.all[2].store.update(Followup, "f", due="2026-07-01")
    due.sync()
    assert listed(due.all[0]) == [("followup", "due", "2026-05-01", False)]


def test_one_after_the_other_is_no_conflict(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Followup(id="f", work="x"))
    for desk, day in ((first, "1"), (first, "2"), (second, "3"), (third, "4")):
        three.sync()
        desk.store.update(Followup, "f", due=day)
    three.sync()
    assert [listed(desk) for desk in three.all] == [[], [], []]
    assert {desk.store.get(Followup, "f").due for desk in three.all} == {"4"}


def test_many_edits_of_one_machine_meanwhile_lose_only_the_last(three: Desks) -> None:
    first, second, _ = three.all
    first.store.insert(Followup(id="f", work="x"))
    three.sync()
    for day in "123":
        first.store.update(Followup, "f", due=day)
    # Later, also where all is within a millisecond.
    (hlc,) = first.store.connection.execute("SELECT hlc FROM clock").fetchone()
    second.store.connection.execute("UPDATE clock SET hlc = ?", (hlc,))
    second.store.update(Followup, "f", due="4")
    second.store.update(Followup, "f", due="5")
    three.sync()
    assert listed(first) == [("followup", "due", "3", False)]


def test_different_cells_of_one_row_do_not_conflict(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Followup(id="f", work="x"))
    three.sync()
    first.store.update(Followup, "f", due="2026-05-01")
    second.store.update(Followup, "f", product="Báo cáo")
    three.sync()
    kept = third.store.get(Followup, "f")
    assert (kept.due, kept.product, listed(third)) == ("2026-05-01", "Báo cáo", [])


def test_the_same_value_twice_is_no_conflict(three: Desks) -> None:
    first, second, _ = three.all
    first.store.insert(Followup(id="f", work="x"))
    three.sync()
    for desk in (first, second):
        desk.store.update(Followup, "f", due="2026-05-01")
    three.sync()
    assert [listed(desk) for desk in three.all] == [[], [], []]


@pytest.mark.parametrize("earlier", ["the edit", "the deletion"])
def test_an_edit_of_a_row_that_was_deleted_unseen_is_listed_and_brings_it_back(
    three: Desks, earlier: str
) -> None:
    first, second, third = three.all
    first.store.insert(Meeting(id="m", title="x", place="1"))
    three.sync()
    if earlier == "the edit":
        first.store.update(Meeting, "m", place="2")
    second.store.delete(Meeting, "m")
    if earlier == "the deletion":
        first.store.update(Meeting, "m", place="2")
    three.sync()
    assert [listed(desk) for desk in three.all] == 3 * [[("meeting", "place", "2", True)]]
    conflicts.restore(third.store, only(third))
    three.sync()
    for desk in three.all:
        meeting = desk.store.get(Meeting, "m")
        assert (meeting.deleted_at, meeting.place, listed(desk)) == (None, "2", [])


def test_to_leave_one_edit_of_a_deleted_row_leaves_the_others_listed(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Meeting(id="m", title="x", place="1"))
    three.sync()
    second.store.delete(Meeting, "m")
    for place in ("2", "3"):
        first.store.update(Meeting, "m", place=place)
        if place == "2":
            first.store.update(Meeting, "m", title="y")
    three.sync()
    # The latest of what that device wrote, then what it wrote before.
    for keeper, left in ((first, "title"), (third, None)):
        conflicts.keep(keeper.store, conflicts.conflicts(keeper.store)[0])
        three.sync()
        wanted = [] if left is None else [("meeting", left, "y", True)]
        assert [listed(desk) for desk in three.all] == 3 * [wanted]


def test_to_delete_what_one_has_seen_is_no_conflict(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Meeting(id="m", title="x"))
    three.sync()
    second.store.update(Meeting, "m", place="2")
    three.sync()
    first.store.delete(Meeting, "m")
    three.sync()
    assert [listed(desk) for desk in three.all] == [[], [], []]
    assert third.store.get(Meeting, "m").deleted_at


def test_a_seeded_day_that_two_change_is_a_conflict_of_these_two_only(three: Desks) -> None:
    first, second, _ = three.all
    day = first.store.select(CalendarDay, "ORDER BY id")[0].id
    first.store.update(CalendarDay, day, name="một")
    second.store.update(CalendarDay, day, name="hai")
    three.sync()
    assert listed(first) == [("calendar_day", "name", "một", False)]


def test_two_who_open_the_same_minutes_first_do_not_conflict(three: Desks) -> None:
    first, second, _ = three.all
    first.store.insert(Meeting(id="m", title="x"))
    three.sync()
    for desk in (first, second):
        desk.store.insert(Text(id="m"))
        three.clock.seconds += 5
    three.sync()
    assert [listed(desk) for desk in three.all] == [[], [], []]


def test_an_id_of_none_is_told(three: Desks) -> None:
    with pytest.raises(NotFound):
        conflicts.find(three.all[0].store, "abc")
