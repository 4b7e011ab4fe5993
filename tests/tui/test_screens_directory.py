"""Units, people and their posts; this machine's settings."""

from pathlib import Path

import pytest

from schema.records import Person, Post, Unit
from schema.store import Store
from tests.tui.office import Office, at_work
from tui.screens.directory import DirectoryScreen
from tui.screens.posts import Posts
from tui.widgets.form import Form
from tui.widgets.listing import Listing


def listed(office: Office, id: str) -> list[str]:
    listing = office.one(Listing, f"#{id}")
    return [row.cells[0] for n in range(listing.count) if (row := listing.row_at(n))]


async def test_units_are_in_vietnamese_order_and_people_by_given_name(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5")
        assert listed(office, "units") == ["Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Y tế"]
        assert [name.split()[-1] for name in listed(office, "people")] == [
            *("An", "Bình", "Châu", "Đông", "Hà")
        ]


@pytest.mark.parametrize(
    ("typed", "units", "people"),
    [
        ("tai chinh", ["Sở Tài chính"], ["Nguyễn Văn An"]),
        ("stc", ["Sở Tài chính"], []),
        ("đông", [], ["Trần Duy Đông"]),
        ("dong", [], ["Trần Duy Đông"]),
    ],
)
async def test_one_search_narrows_both_lists(
    full: Path, typed: str, units: list[str], people: list[str]
) -> None:
    async with at_work(full) as office:
        await office.press("5", "slash")
        await office.type(typed)
        assert (listed(office, "units"), listed(office, "people")) == (units, people)


async def test_a_unit_is_added_changed_deleted_and_had_back(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "n")
        await office.type("Sở Công Thương")
        await office.press("tab")
        await office.type("SCT")
        rows = office.one(Form).rows
        rows["type"].value = "so_ban_nganh"
        rows["aliases"].value = "Sở Công thương; Công Thương"
        await office.press("f4")
        unit = office.store.live(Unit, "abbr = 'SCT'")[0]
        assert unit.type == "so_ban_nganh"
        assert unit.aliases.splitlines() == ["Sở Công thương", "Công Thương"]
        assert office.one(Listing, "#units").key == unit.id
        await office.press("enter")
        await office.type(" tỉnh")
        await office.press("f4")
        assert office.store.get(Unit, unit.id).name == "Sở Công Thương tỉnh"
        await office.press("d", "d")
        assert "Sở Công Thương tỉnh" not in listed(office, "units")
        await office.press("u")
        assert "Sở Công Thương tỉnh" in listed(office, "units")


async def test_a_person_is_added_with_a_post_in_one_form(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "m")
        await office.type("Cao Thị Mới")
        await office.press("tab")
        await office.type("Phó Giám đốc")
        await office.press("tab")
        await office.type("stc")
        await office.press("enter", "f4")
        assert isinstance(office.screen, DirectoryScreen)
        person = office.store.live(Person, "name = 'Cao Thị Mới'")[0]
        assert office.one(Listing, "#people").key == person.id
        (post,) = office.store.live(Post, "person = ?", person.id)
        assert post.title == "Phó Giám đốc"
        assert office.store.get(Unit, post.unit or "").abbr == "STC"


async def test_posts_have_dates_and_the_directory_shows_the_present_one(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "tab", "p")
        assert isinstance(office.screen, Posts)
        await office.press("enter")
        form = office.one(Form)
        form.rows["ends"].value = "28/2"
        await office.settle()
        assert "Thứ Bảy, 28/02/2026" in office.seen()
        await office.press("f4", "n")
        form = office.one(Form)
        form.rows["title"].value = "Chánh Văn phòng"
        form.rows["starts"].value = "1/3/2026"
        await office.press("f4")
        assert "Chánh Văn phòng" in office.seen()
        assert "01/03/2026" in office.seen()
        await office.press("escape")
        assert "Giám đốc Sở Tài" in office.seen()
        assert "Chánh Văn phòng" not in office.seen()


@pytest.mark.parametrize(
    ("row", "text", "sentence"),
    [
        ("starts", "31/02", "Lịch không có ngày 31/02"),
        ("ends", "1/1/2020", "Ngày thôi giữ chức phải sau ngày bắt đầu."),
        ("title", "", "Hãy ghi chức vụ hoặc đơn vị."),
    ],
)
async def test_a_wrong_post_is_refused_where_it_is_wrong(
    full: Path, row: str, text: str, sentence: str
) -> None:
    async with at_work(full) as office:
        await office.press("5", "tab", "p", "n")
        rows = office.one(Form).rows
        rows["title"].value = "Trưởng phòng"
        rows[row].value = text
        await office.press("f4")
        assert sentence in rows[row].wrong
        assert rows[row].control.has_focus
        assert office.store.count(Post, "title = 'Trưởng phòng'") == 0


async def test_a_unit_with_a_parent_that_is_not_there_is_not_half_written(full: Path) -> None:
    async with at_work(full) as office:
        before = office.store.count(Unit)
        await office.press("5", "n")
        rows = office.one(Form).rows
        rows["name"].value = "Phòng Mới"
        rows["parent"].value = "Sở Nào Đó"
        await office.press("f4")
        assert "Không có đơn vị nào tên “Sở Nào Đó”" in rows["parent"].wrong
        assert office.store.count(Unit) == before


async def test_the_name_in_settings_is_kept_when_it_is_left(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("6", "end")
        await office.type(" Hương")
        await office.press("escape")
        assert office.app.author == "Lê Thị Lan Hương"
    with Store(db) as store:
        assert store.local("name") == "Lê Thị Lan Hương"


async def test_an_empty_name_is_not_taken(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("6", "end", *["backspace"] * 20, "escape")
        assert office.app.author == "Lê Thị Lan"


async def test_a_unit_is_merged_into_another_and_has_its_duties_again(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "i")
        await office.type("sxd")
        await office.press("enter")
        assert "Sở Nội vụ (nay là Sở Xây dựng)" in listed(office, "units")
        await office.press("i", "x")
        assert "Sở Nội vụ (nay là Sở Xây dựng)" in listed(office, "units")
        await office.press("i", "i")
        assert "nay là" not in "\n".join(listed(office, "units"))


async def test_a_renamed_unit_keeps_its_old_name_as_an_alias(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "enter")
        office.one(Form).rows["name"].value = "Sở Tổ chức"
        await office.press("f4")
        (unit,) = office.store.live(Unit, "abbr = 'SNV'")
        assert (unit.name, unit.aliases) == ("Sở Tổ chức", "Sở Nội vụ")
