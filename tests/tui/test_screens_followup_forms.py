"""Follow-ups under headings, on a board, in a calendar, of one unit and one leader; a step with
many."""

from pathlib import Path

import pytest

from schema.records import Field, Followup, FollowupEvent, Person, SavedFilter, Unit
from schema.store import Store
from tests.tui.office import Office, at_work, clock
from tui.screens.followup_board import FollowupBoard
from tui.screens.followup_bulk import NotDone
from tui.screens.followup_calendar import FollowupCalendar
from tui.screens.followup_page import FollowupPage
from tui.screens.followups import Followups
from tui.screens.unit_page import LeaderPage, UnitPage
from tui.widgets.board import Board
from tui.widgets.field import Field as TextField
from tui.widgets.listing import Listing

PLAN, REPORT, SCAN = (
    "Trình kế hoạch đầu tư công năm 2027",
    "Báo cáo tiến độ giải phóng mặt bằng",
    "Hoàn thành số hóa hồ sơ",
)


@pytest.fixture
def busy(full: Path) -> Path:
    """Two more units' follow-ups, one given, one submitted; a field with a leader."""
    with Store(full, clock=clock) as store:
        (leader,) = store.live(Person, "name = ?", "Trần Duy Đông")
        (health,) = store.live(Unit, "abbr = 'SYT'")
        (home,) = store.live(Unit, "abbr = 'SNV'")
        field = store.insert(Field(name="Y tế", leader=leader.id))
        for work, lead, kinds in (
            ("Tiêm chủng", health, ["assigned"]),
            ("Mua máy thở", health, ["assigned", "submitted", "extended"]),
            ("Tuyển dụng", home, ["assigned", "taken"]),
        ):
            kept = store.insert(
                Followup(
                    work=work, lead=lead.id, due="2026-03-10", product="Báo cáo",
                    authority="Chủ tịch", field=field.id if lead is health else None,
                )
            )  # fmt: skip
            for kind in kinds:
                store.insert(
                    FollowupEvent(followup=kept.id, kind=kind, at=store.now(), product="x")
                )
    return full


def lines(office: Office) -> list[str]:
    """The lines of the list: a heading as it is, a follow-up by its work."""
    listing = office.one(Listing)
    rows = [listing.row_at(at) for at in range(listing.count)]
    return [row.cells[0] if row.across else row.cells[2] for row in rows if row]


def work(office: Office, name: str) -> Followup:
    (found,) = office.store.live(Followup, "work = ?", name)
    return found


async def group_by(office: Office, typed: str) -> None:
    await office.press("p")
    await office.type(typed)
    await office.press("enter")


async def test_headings_count_fold_and_mark_all_under_them(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3")
        await group_by(office, "don vi")
        assert lines(office) == [
            "Sở Nội vụ · 1 việc", "Tuyển dụng",
            "Sở Tài chính · 3 việc · 1 quá hạn", PLAN, REPORT, SCAN,
            "Sở Y tế · 2 việc", "Tiêm chủng", "Mua máy thở",
        ]  # fmt: skip
        assert "6 nhiệm vụ · theo đơn vị chủ trì" in office.seen()
        await office.press("down", "down", "enter")
        assert lines(office)[2:4] == ["Sở Tài chính · 3 việc · 1 quá hạn", "Sở Y tế · 2 việc"]
        await office.press("space")
        assert isinstance(office.screen, Followups)
        chosen = [office.store.get(Followup, id).work for id in office.screen.chosen()]
        assert chosen == [PLAN, REPORT, SCAN]
        await office.press("z")
        assert lines(office) == [
            "Sở Nội vụ · 1 việc", "Sở Tài chính · 3 việc · 1 quá hạn", "Sở Y tế · 2 việc",
        ]  # fmt: skip
        await office.press("escape", "3")
        assert len(lines(office)) == 3
        await office.press("z", "end", "left")
        assert lines(office)[-1] == "Sở Y tế · 2 việc"
        await office.press("right")
        assert lines(office)[-1] == "Mua máy thở"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lanh dao", "Trần Duy Đông · 2 việc"),
        ("linh vuc", "Y tế · 2 việc"),
        ("trang thai", "Chưa giao · 3 việc · 1 quá hạn"),
        ("tuan", "Tuần 9 (23/02 - 01/03/2026) · 3 việc · 1 quá hạn"),
        ("cuoc hop", "Phiên họp thường kỳ tháng 2 · 27/02/2026 · 3 việc · 1 quá hạn"),
    ],
)
async def test_headings_are_named(busy: Path, typed: str, first: str) -> None:
    async with at_work(busy, size=(120, 40)) as office:
        await office.press("3")
        await group_by(office, typed)
        assert lines(office)[0] == first


async def test_marks_tell_what_happened(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "end")
        (row,) = [line for line in office.seen().splitlines() if "Mua máy" in line]
        assert row.split()[-1] == "g1"


async def test_a_layout_is_kept_with_a_filter(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3")
        await group_by(office, "linh vuc")
        await office.press("s", "w")
        await office.type("Theo ngành")
        await office.press("enter")
        (kept,) = office.store.live(SavedFilter)
        assert (kept.query, kept.view) == ("tt:mở", "group:field order:lead")
        await group_by(office, "khong nhom")
        await office.press("o", "enter")
        assert lines(office)[0] == "Y tế · 2 việc"
        assert "đơn vị chủ trì" in office.seen()


# ------------------------------------------------------------------- many at once


async def bulk(office: Office, *typed: str) -> None:
    await office.press("e")
    for text in typed:
        await office.type(text)
        await office.press("enter")


async def test_a_step_with_many_is_taken_back_by_one_key(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "A")
        await bulk(office, "huy", "Trùng nhau")
        assert {f.state for f in office.store.live(Followup)} == {"cancelled"}
        assert "Hủy: đã ghi 6 nhiệm vụ · u: rút lại cả lượt" in office.seen()
        assert office.one(Listing).count == 0
        await office.press("u")
        assert office.one(Listing).count == 6
        assert work(office, PLAN).state == "proposed"
        assert work(office, "Mua máy thở").state == "submitted"


async def test_what_cannot_be_done_is_named_with_its_reason(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "A")
        await bulk(office, "gia han", "5 ngay lam viec", "Mưa lũ")
        extended = [f for f in office.store.live(Followup) if f.extensions]
        assert "Gia hạn: đã ghi" in office.seen()
        await office.press("escape") if isinstance(office.screen, NotDone) else None
        await bulk(office, "xac nhan", "")
        assert isinstance(office.screen, NotDone)
        assert "5 nhiệm vụ không ghi được" in office.seen()
        assert "sản phẩm" in office.seen()
        assert work(office, "Mua máy thở").state == "done"
        await office.press("enter")
        assert isinstance(office.screen, FollowupPage)
        await office.press("escape", "escape", "u")
        assert work(office, "Mua máy thở").state == "submitted"
        await office.press("u")
        assert work(office, "Tiêm chủng").due == "2026-03-10"
        assert extended


async def test_cells_are_set_in_all_of_them(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "A")
        await bulk(office, "linh vuc", "y te")
        assert len({f.field for f in office.store.live(Followup)}) == 1
        assert "đã ghi 4 nhiệm vụ · 2 vốn đã thế" in office.seen()
        await bulk(office, "lanh dao", "binh")
        assert len({f.leader for f in office.store.live(Followup)} - {None}) == 1
        await office.press("u", "u")
        assert sum(f.field is not None for f in office.store.live(Followup)) == 2
        assert {f.leader for f in office.store.live(Followup)} == {None}


# ------------------------------------------------------------------------- board


async def test_cards_are_moved_by_their_rules(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "slash")
        await office.type("tiem")
        await office.press("enter", "B")
        assert isinstance(office.screen, FollowupBoard)
        assert office.one(Board).pile is not None
        assert "Chưa thực hiện 1" in office.seen()
        await office.press("greater_than_sign")
        assert work(office, "Tiêm chủng").state == "in_progress"
        assert office.screen.key == work(office, "Tiêm chủng").id
        await office.press("greater_than_sign")
        await office.type("Báo cáo 12/BC-SYT")
        await office.press("enter")
        assert work(office, "Tiêm chủng").state == "submitted"
        await office.press("less_than_sign")
        await office.type("thiếu phụ lục")
        await office.press("enter")
        assert work(office, "Tiêm chủng").state == "in_progress"
        await office.press("m")
        await office.type("tam")
        await office.press("enter")
        await office.type("chờ vắc xin")
        await office.press("enter")
        assert work(office, "Tiêm chủng").state == "paused"
        await office.press("u", "u")
        assert work(office, "Tiêm chủng").state == "submitted"
        await office.press("T")
        assert isinstance(office.screen, Followups)
        assert office.one(TextField).value == "tt:mở tiem"


async def test_a_card_that_may_not_move_says_why(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "B", "greater_than_sign", "enter")
        assert work(office, PLAN).state == "proposed"
        assert "Còn thiếu" in office.seen()
        await office.press("less_than_sign")
        assert "không có bước ấy" in office.seen()


async def test_a_board_scrolls_its_columns_and_its_cards(busy: Path) -> None:
    with Store(busy, clock=clock) as store:
        for n in range(300):
            store.insert(Followup(work=f"Việc {n:03}", due=f"2026-05-{n % 28 + 1:02}"))
    async with at_work(busy) as office:
        await office.press("3", "B")
        assert "Chưa giao 303" in office.seen()
        assert "Chờ xác nhận" not in office.seen()
        await office.press("right", "right", "right")
        assert "Mua máy thở" in office.seen()
        await office.press("left", "left", "left", "end")
        card = office.one(Board).card
        assert card is not None
        assert "28/05" in card.lines[0]
        await office.press("enter")
        assert isinstance(office.screen, FollowupPage)
        await office.press("escape", "slash")
        await office.type("mua may")
        await office.press("enter")
        assert "Chờ xác nhận 1" in office.seen()


# ---------------------------------------------------------------------- calendar


async def test_a_calendar_counts_each_day_and_lists_one(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "L")
        assert isinstance(office.screen, FollowupCalendar)
        assert "Thời hạn tháng 2/2026" in office.seen()
        assert "Thứ Sáu 27/02/2026 · 1 việc" in office.seen()
        assert lines(office) == [REPORT]
        await office.press("left", "left", "left")
        assert lines(office) == [PLAN]
        assert "1 !1" in office.seen()
        await office.press("pagedown")
        assert "Thời hạn tháng 3/2026" in office.seen()
        await office.press("v", "left", "left")
        await office.press(*["right"] * 16)
        await office.press("t", "pagedown", "pagedown", "left", "left", "left")
        assert "Thời hạn tuần 09/03 - 15/03/2026" in office.seen()
        assert set(lines(office)) == {"Tiêm chủng", "Mua máy thở", "Tuyển dụng"}
        await office.press("enter", "enter")
        assert isinstance(office.screen, FollowupPage)
        await office.press("escape", "escape")
        assert isinstance(office.screen, FollowupCalendar)
        await office.press("slash")
        await office.type("tuyen")
        await office.press("enter")
        assert lines(office) == ["Tuyển dụng"]
        await office.press("w")
        await office.type("Lịch tuyển")
        await office.press("enter", "T")
        (kept,) = office.store.live(SavedFilter)
        assert (kept.query, kept.view) == ("tt:mở tuyen", "form:week")
        await office.press("o", "enter")
        assert isinstance(office.screen, FollowupCalendar)


# ------------------------------------------------------------------ unit and leader


async def test_a_unit_s_page_tells_how_it_stands(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "U")
        assert isinstance(office.screen, UnitPage)
        await office.until(lambda: "gia hạn 0" in office.seen())
        seen = office.seen()
        assert "Sở Tài chính" in seen
        assert "Giám đốc Nguyễn Văn An" in seen
        assert "chưa đôn đốc" in seen
        assert lines(office)[0] == "Quá hạn · 1 việc · 1 quá hạn"
        await office.press("escape", "end", "U")
        await office.until(lambda: "giao 2" in office.seen())
        assert "gia hạn 1" in office.seen()
        assert lines(office) == [
            "Chờ xác nhận · 1 việc", "Mua máy thở", "Đang mở, trong hạn · 1 việc", "Tiêm chủng",
        ]  # fmt: skip
        await office.press("a")
        assert office.one(TextField).value == 'đv:"Sở Y tế" tt:mở'


async def test_a_leader_s_page_tells_what_is_in_his_charge(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3", "end", "P")
        assert isinstance(office.screen, LeaderPage)
        await office.until(lambda: "giao 2" in office.seen())
        assert "Lĩnh vực: Y tế" in office.seen()
        await office.press("escape", "5", "tab", "U")
        assert isinstance(office.screen, LeaderPage)
        await office.press("escape", "tab", "tab", "U")
        assert isinstance(office.screen, UnitPage)


async def test_headings_of_units_and_leaders_lead_to_their_pages(busy: Path) -> None:
    async with at_work(busy) as office:
        await office.press("3")
        await group_by(office, "don vi")
        await office.press("U")
        assert isinstance(office.screen, UnitPage)
        await office.press("escape")
        await group_by(office, "lanh dao")
        await office.press("P")
        assert isinstance(office.screen, LeaderPage)
        await office.press("escape", "end", "P")
        assert "chưa rõ lãnh đạo phụ trách" in office.seen()


async def test_parts_count_for_their_units_and_not_the_whole(busy: Path) -> None:
    with Store(busy, clock=clock) as store:
        (home,) = store.live(Unit, "abbr = 'SNV'")
        whole = store.insert(Followup(work="Cả tỉnh", lead=home.id))
        store.insert(Followup(work="Phần của ta", lead=home.id, role="part", parent=whole.id))
        store.insert(Followup(work="Mốc", lead=home.id, role="milestone", parent=whole.id))
    async with at_work(busy) as office:
        await office.press("3", "slash")
        await office.type("tuyen")
        await office.press("enter", "U")
        await office.until(lambda: "1 phần việc" in office.seen())
        found = [line for line in lines(office) if "·" not in line]
        assert sorted(found) == ["Phần của ta", "Tuyển dụng"]
