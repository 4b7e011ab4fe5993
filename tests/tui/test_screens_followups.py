"""The table of follow-ups: filtered as one types, sorted, marked; it remembers where one was."""

from pathlib import Path

import pytest

from schema.records import Followup, FollowupEvent, Meeting, SavedFilter
from schema.store import Store
from tests.tui.office import Office, at_work, clock
from tui.editor.editor import Editor
from tui.screens.followups import Followups
from tui.screens.minutes import MinutesScreen
from tui.screens.named_filters import NamedFilters
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Listing

PLAN, REPORT, SCAN = (
    "Trình kế hoạch đầu tư công năm 2027",
    "Báo cáo tiến độ giải phóng mặt bằng",
    "Hoàn thành số hóa hồ sơ",
)


def works(office: Office) -> list[str]:
    """The work of each row, from the top."""
    listing = office.one(Listing)
    rows = [listing.row_at(at) for at in range(listing.count)]
    return [row.cells[2] for row in rows if row]


def cursor(office: Office) -> str:
    row = office.one(Listing).row_at(office.one(Listing).index)
    return row.cells[2] if row else ""


def told(office: Office) -> str:
    """The line under the filter."""
    office.one(Lines, "#followups-summary")
    return office.seen().splitlines()[3]


async def counted(office: Office) -> None:
    await office.until(lambda: "…" not in told(office).split("·")[0])


async def test_opens_on_what_is_open_the_earliest_first(full: Path) -> None:
    with Store(full, clock=clock) as store:
        done = store.insert(Followup(work="Đã làm xong", due="2026-01-01"))
        store.insert(FollowupEvent(followup=done.id, kind="done", at=store.now()))
    async with at_work(full, size=(120, 40)) as office:
        await office.press("3")
        await counted(office)
        assert works(office) == [PLAN, REPORT, SCAN]
        assert told(office).strip() == "3 nhiệm vụ · xếp theo thời hạn ↑"
        rows = [line for line in office.seen().splitlines() if "STC" in line or "Sở Tài" in line]
        assert "24/02/2026  trễ 3" in rows[0]
        assert "27/02/2026  hôm nay" in rows[1]
        assert "01/03/2026  còn 2" in rows[2]
        assert "NVHT--" in rows[0]
        assert "Phiên họp thườn…" in rows[0]


async def test_the_filter_answers_as_one_types_without_marks(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "slash")
        await office.type("mat bang")
        assert works(office) == [REPORT]
        await office.press("escape")
        assert works(office) == [PLAN, REPORT, SCAN]
        await office.press("slash", *["backspace"] * 20)
        await office.type("tt:quá hạn")
        assert works(office) == [PLAN]
        await office.press("enter")
        assert isinstance(office.screen.focused, Listing)
        assert works(office) == [PLAN]


async def test_what_is_not_understood_is_said_and_the_rest_counts(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "slash")
        await office.type("ho so x:y")
        assert "! Không có điều kiện “x:”" in told(office)
        assert works(office) == [SCAN]


async def test_tab_completes_keys_and_values(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "slash", *["backspace"] * 9)
        assert "đv:" in told(office)
        await office.type("t")
        await office.press("tab")
        assert office.one(Field).value == "tt:"
        await office.type("qu")
        assert '"quá hạn"' in told(office)
        await office.press("tab")
        assert office.one(Field).value == 'tt:"quá hạn" '
        assert works(office) == [PLAN]
        await office.type("đv:tai")
        await office.press("tab")
        assert office.one(Field).value == 'tt:"quá hạn" đv:"Sở Tài chính" '
        assert works(office) == [PLAN]


async def test_sorts_by_another_thing_and_the_other_way_round(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "S")
        assert works(office) == [SCAN, REPORT, PLAN]
        await office.press("s", "s", "s", "s")
        assert "việc, theo vần" in told(office)
        assert works(office) == [REPORT, SCAN, PLAN]


async def test_filter_order_marks_and_place_are_there_when_one_comes_back(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "S", "space", "escape", "3")
        await counted(office)
        assert works(office) == [SCAN, REPORT, PLAN]
        assert cursor(office) == REPORT
        assert "1 đã đánh dấu" in told(office)
        await office.press("slash")
        await office.type("ngân")
        await office.press("enter", "escape", "3")
        assert office.one(Field).value == "tt:mở ngân"


async def test_marks_are_seen_counted_and_taken_off(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "space", "space", "up", "up")
        assert "2 đã đánh dấu" in told(office)
        assert office.seen().count("* ") == 2
        assert isinstance(office.screen, Followups)
        marked = office.screen.chosen()
        assert [office.store.get(Followup, id).work for id in marked] == [PLAN, REPORT]
        await office.press("space")
        assert "1 đã đánh dấu" in told(office)
        await office.press("A")
        assert "3 đã đánh dấu" in told(office)
        await office.press("X")
        assert "đánh dấu" not in told(office)
        assert len(office.screen.chosen()) == 1


async def test_what_is_chosen_is_copied_as_rows_of_a_spreadsheet(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(full) as office:
        copied: list[str] = []
        monkeypatch.setattr(office.app, "copy_to_clipboard", copied.append)
        await office.press("3", "space", "space", "c")
        first, second = copied[0].split("\n")
        assert first == f"{PLAN}\tSở Tài chính\t24/02/2026\ttrễ 3\t"
        assert second.startswith(REPORT)
        assert "Đã chép 2 nhiệm vụ." in office.seen()


async def test_what_others_write_comes_in_and_the_cursor_stays_on_its_row(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "down")
        assert cursor(office) == REPORT
        with Store(full, clock=clock) as other:
            other.insert(Followup(work="Việc mới của người khác", due="2026-02-01"))
        await office.until(lambda: "Việc mới của người khác" in office.seen())
        assert cursor(office) == REPORT
        await office.press("slash")
        await office.type("nguoi khac")
        assert works(office) == ["Việc mới của người khác"]


async def test_goes_to_the_line_in_the_minutes(full: Path) -> None:
    lines = [f"Dòng {number}" for number in range(100)]
    lines[60] = f"! {PLAN}"
    async with at_work(full) as office:
        meeting = office.meeting("Phiên họp thường kỳ tháng 2")
        office.app.open_minutes(meeting.id)
        await office.settle()
        editor = office.one(Editor)
        editor.type_text("\n".join(lines))
        await office.settle()
        plan = office.store.live(Followup, "work = ?", PLAN)[0]
        anchor = editor.buffer.document.anchor("\n".join(editor.lines).index(PLAN))
        office.store.update(Followup, plan.id, anchor=anchor)
        await office.press("escape", "3", "b")
        assert isinstance(office.screen, MinutesScreen)
        assert office.one(Editor).cursor.line == 60
        assert PLAN in office.seen()
        await office.press("escape")
        assert isinstance(office.screen, Followups)


async def test_a_filter_is_saved_chosen_renamed_deleted_and_had_back(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "slash", *["backspace"] * 9)
        await office.type("dv:stc tt:late")
        await office.press("enter", "w")
        await office.type("Tài chính muộn")
        await office.press("enter")
        (kept,) = office.store.live(SavedFilter)
        assert (kept.name, kept.query) == ("Tài chính muộn", 'đv:stc tt:"quá hạn"')
        await office.press("o")
        assert isinstance(office.screen, NamedFilters)
        await office.press("r", *["backspace"] * 4)
        await office.type("trễ")
        await office.press("enter")
        assert "Tài chính trễ" in office.seen()
        await office.press("d", "d")
        assert "Tài chính trễ " not in office.seen()
        await office.press("u")
        assert "Tài chính trễ" in office.seen()
        await office.press("end", "enter")
        assert office.one(Field).value == ""
        await office.press("o", "enter")
        assert office.one(Field).value == 'đv:stc tt:"quá hạn"'
        assert works(office) == [PLAN]


async def test_a_wider_screen_tells_more(full: Path) -> None:
    async with at_work(full, size=(80, 24)) as office:
        await office.press("3")
        assert "STC" in office.seen()
        assert "Trạng thái" not in office.seen()
        await office.pilot.resize_terminal(120, 40)
        await office.settle()
        assert "Sở Tài chính" in office.seen()
        assert "Chưa giao" in office.seen()


async def test_what_another_tool_wrote_amiss_is_shown_as_it_is(full: Path) -> None:
    with Store(full, clock=clock) as store:
        store.insert(Followup(work="Việc\x1b[31m lạ", due="xưa", lead=None))
        store.insert(Meeting(title="Không giờ", starts_at="bậy"))
    async with at_work(full) as office:
        await office.press("3", "end")
        assert "xưa" in office.seen()
        assert "\x1b" not in office.seen()


async def test_those_of_a_meeting_a_unit_a_person_are_one_key_away(full: Path) -> None:
    with Store(full, clock=clock) as store:
        store.insert(Followup(work="Việc của Bình", accountable="Lê Thị Bình"))
    async with at_work(full) as office:
        await office.press("o")
        assert office.one(Field).value == 'họp:"Phiên họp thường kỳ tháng 2 27/02/2026"'
        assert works(office) == [PLAN, REPORT, SCAN]
        await office.press("escape", "5", "slash")
        await office.type("tài chính")
        await office.press("enter", "o")
        assert office.one(Field).value == 'đv:"Sở Tài chính" tt:mở'
        assert works(office) == [PLAN, REPORT, SCAN]
        await office.press("escape", "slash", *["backspace"] * 9)
        await office.type("bình")
        await office.press("enter", "tab", "o")
        assert office.one(Field).value == 'người:"Lê Thị Bình" tt:mở'
        assert works(office) == ["Việc của Bình"]
        await office.press("escape", "3")
        assert office.one(Field).value == "tt:mở"
