"""The fields of the office's work, by keys."""

from pathlib import Path

from office import fields
from schema.records import Field, Followup, FollowupSource, Person
from tests.tui.office import at_work
from tui.screens.fields import FieldForm, FieldsScreen
from tui.screens.followup_page import FollowupPage
from tui.screens.followups import Followups
from tui.widgets.form import Form
from tui.widgets.listing import Listing


async def test_a_field_is_added_edited_moved_deleted_and_had_back(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("5", "l", "n")
        assert isinstance(office.screen, FieldForm)
        await office.type("Tài chính")
        await office.press("enter")
        await office.type("Đông")
        await office.press("enter", "f4")
        await office.press("n")
        await office.type("Văn hóa")
        await office.press("f4")
        found = fields.all_fields(office.store)
        assert [f.name for f in found] == ["Tài chính", "Văn hóa"]
        assert office.store.get(Person, found[0].leader or "").name == "Trần Duy Đông"
        assert "Trần Duy Đông" in office.seen()
        await office.press("K")
        assert [f.name for f in fields.all_fields(office.store)] == ["Văn hóa", "Tài chính"]
        await office.press("K", "d", "d")
        assert len(fields.all_fields(office.store)) == 1
        await office.press("u")
        assert len(fields.all_fields(office.store)) == 2


async def test_a_field_of_a_name_that_there_is_says_so_in_its_row(full: Path) -> None:
    async with at_work(full) as office:
        fields.add(office.store, "Y tế")
        await office.press("5", "l", "n")
        await office.type("y te")
        await office.press("f4")
        assert "Đã có lĩnh vực “y te”; chưa ghi gì." in office.seen()
        assert len(office.store.live(Field)) == 1


async def test_the_follow_ups_of_a_field_are_one_key_away(full: Path) -> None:
    async with at_work(full) as office:
        kept = fields.add(office.store, "Đầu tư công")
        work = office.store.live(Followup)[0]
        office.store.update(Followup, work.id, field=kept.id)
        await office.press("5", "l")
        assert isinstance(office.screen, FieldsScreen)
        await office.press("o")
        assert isinstance(office.screen, Followups)
        assert "1 nhiệm vụ" in office.seen()


async def test_a_new_follow_up_has_its_field_and_the_leader_of_that_is_told(full: Path) -> None:
    async with at_work(full) as office:
        (leader,) = (p for p in office.store.live(Person) if p.name == "Trần Duy Đông")
        kept = fields.add(office.store, "Đầu tư công", leader.id)
        await office.press("N")
        await office.type("Rà soát vốn")
        office.one(Form).rows["field"].value = kept.id
        await office.settle()
        assert "theo lĩnh vực: Trần Duy" in office.seen()
        await office.press("f4")
        (made,) = office.store.live(Followup, "work = 'Rà soát vốn'")
        assert (made.field, made.leader) == (kept.id, None)
        office.app.push_screen(FollowupPage(made.id))
        await office.settle()
        assert "theo lĩnh vực: Trần Duy Đông" in office.seen()
        office.screen.query_one(Listing).go_to("leader")
        await office.press("enter")
        await office.type("binh")
        await office.press("enter")
        (other,) = (p for p in office.store.live(Person) if p.name == "Lê Thị Bình")
        assert office.store.get(Followup, made.id).leader == other.id
        office.screen.query_one(Listing).go_to("kind")
        await office.press("enter")
        await office.type("de an")
        await office.press("enter")
        assert office.store.get(Followup, made.id).kind == "scheme"


async def test_a_follow_up_may_come_from_several_papers(full: Path) -> None:
    async with at_work(full) as office:
        work = office.store.live(Followup)[0]
        office.app.push_screen(FollowupPage(work.id))
        await office.press("S")
        rows = office.one(Form).rows
        rows["number"].value, rows["issued_on"].value = "9/CĐ-TTg", "2/2/2026"
        await office.press("f4", "S")
        office.one(Form).rows["number"].value = "10/CĐ-TTg"
        await office.press("f4")
        assert "Văn bản chỉ đạo 9/CĐ-TTg · 02/02/2026" in office.seen()
        (last,) = office.store.live(FollowupSource, "number = '10/CĐ-TTg'")
        office.screen.query_one(Listing).go_to(f"source:{last.id}")
        await office.press("d", "d")
        assert office.store.get(FollowupSource, last.id).deleted_at
        assert office.store.get(Followup, work.id).deleted_at is None
