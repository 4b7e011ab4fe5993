"""The life of a follow-up on its page: a key for each step, a reason where a rule is set aside, all
values in the history, the last step taken back."""

from pathlib import Path

import pytest

import office.followup_details  # noqa: F401  the readers are there at once
from office import followups, lifecycle
from office.lifecycle import Product
from schema.records import Followup, Person, Unit
from schema.store import Store
from tests.tui.office import Office, at_work
from tui.screens.followup_page import FollowupPage
from tui.screens.product_form import ProductForm
from tui.widgets.form import Form
from tui.words import set_language

WORK = "Hoàn thành số hóa hồ sơ"
CHAIR = "Chủ tịch UBND tỉnh"


def clear_one(store: Store) -> Followup:
    """A follow-up all of whose points are clear, due on 01/03/2026."""
    (found,) = store.live(Followup, "work = ?", WORK)
    return store.update(Followup, found.id, product="Báo cáo", authority=CHAIR)


async def opened(office: Office) -> str:
    id = clear_one(office.store).id
    office.app.push_screen(FollowupPage(id))
    await office.settle()
    return id


def state(office: Office, id: str) -> str:
    return office.store.get(Followup, id).state


async def answer(office: Office, *texts: str) -> None:
    for text in texts:
        await office.type(text)
        await office.press("enter")


async def test_a_life_takes_a_key_for_each_step(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        assert "6/6" in office.seen()
        await office.press("a", "enter")
        assert state(office, id) == "assigned"
        await office.press("n")
        assert state(office, id) == "in_progress"
        await office.press("p")
        await answer(office, "được một nửa")
        await office.press("x")
        await answer(office, "10 ngày", "thiếu số liệu")
        assert office.store.get(Followup, id).due == "2026-03-11"
        assert "đã gia hạn 1 lần, hạn đầu: 01/03/2026" in office.seen()
        await office.press("r")
        assert isinstance(office.screen, ProductForm)
        rows = office.one(Form).rows
        assert rows["product"].value == "Báo cáo"
        rows["number"].value, rows["figure"].value = "15/BC-STC", "14 dự án"
        await office.press("f4")
        assert state(office, id) == "submitted"
        await office.press("v")
        await answer(office, "số liệu chưa khớp")
        await office.press("r", "f4", "c", "enter")
        assert state(office, id) == "done"
        await office.press("f", "enter")
        await answer(office, "giải ngân nhanh hơn")
        await office.press("end")
        seen = office.seen()
        kinds = [event.kind for event in followups.events_of(office.store, id)]
        assert (
            kinds[-10:]
            == [
                *("assigned", "taken", "progressed", "extended", "submitted", "returned"),
                *("submitted", "done", "reviewed"),
            ][-10:]
        )
        assert "cho Sở Tài chính" in seen
        await office.press("home")
        for _ in range(40):
            await office.press("down")
        assert "14 dự án" in seen + office.seen()


async def test_all_values_of_an_event_are_in_the_list(full: Path) -> None:
    async with at_work(full, size=(120, 50)) as office:
        id = clear_one(office.store).id
        lifecycle.assign(office.store, id)
        lifecycle.submit(
            office.store,
            id,
            Product("Báo cáo", "15/BC", link="http://a.vn", figure=2, measure="km"),
        )
        office.app.push_screen(FollowupPage(id))
        await office.settle()
        assert "Trình kết quả · Sở Tài chính · Báo cáo · số 15/BC · 2 km · http://a.vn" in " ".join(
            office.seen().split()
        )


async def test_a_rule_is_set_aside_by_a_reason_that_is_asked_for_next(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        office.store.update(Followup, id, product="")
        await office.press("a", "enter")
        assert "rõ sản phẩm" in office.seen()
        assert state(office, id) == "proposed"
        await office.press("escape")
        assert state(office, id) == "proposed"
        await office.press("a", "enter")
        await answer(office, "việc gấp")
        event = followups.events_of(office.store, id)[-1]
        assert (event.kind, event.waived, event.note) == ("assigned", "points", "việc gấp")
        assert "ngoại lệ: giao khi còn thiếu điểm rõ" in " ".join(office.seen().split())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("01/02/2026", "không muộn hơn hạn đang có"),
        ("32/3", "Lịch không có ngày"),
        ("chín bữa", "Không hiểu ngày"),
    ],
)
async def test_a_wrong_extension_is_told_where_it_was_typed(
    full: Path, typed: str, why: str
) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        before = office.store.get(Followup, id)
        await office.press("x")
        await answer(office, typed)
        if "muộn hơn" in why:
            await answer(office, "vì sao")
        assert why in " ".join(office.seen().split())
        assert office.store.get(Followup, id) == before


async def test_what_was_asked_for_is_granted_by_enter(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        await office.press("a", "enter", "s")
        await answer(office, "xin gia han", "15/3", "chờ số liệu")
        await office.press("x")
        assert "đã xin đến 15/03/2026: chờ số liệu" in " ".join(office.seen().split())
        await office.press("enter")
        await answer(office, "đồng ý")
        now = office.store.get(Followup, id)
        assert (now.due, now.extensions) == ("2026-03-15", 1)
        await office.press("u")
        now = office.store.get(Followup, id)
        assert (now.due, now.extensions) == ("2026-03-01", 0)


async def test_it_is_given_to_a_unit_then_to_a_person(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        units = {unit.abbr: unit.id for unit in office.store.live(Unit)}
        person = office.store.insert(Person(name="Đặng Thị Mơ")).id
        await office.press("a")
        await answer(office, "sxd")
        if not office.store.get(Followup, id).given_at:
            await office.press("enter")
        assert office.store.get(Followup, id).lead == units["SXD"]
        await office.press("a")
        await answer(office, "dang thi mo")
        now = office.store.get(Followup, id)
        assert (now.lead, now.accountable_person) == (units["SXD"], person)


async def test_nothing_is_done_without_its_product(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        await office.press("a", "enter", "c")
        assert isinstance(office.screen, ProductForm)
        rows = office.one(Form).rows
        rows["product"].value = ""
        await office.press("f4")
        assert "sản phẩm là gì" in " ".join(office.seen().split())
        rows["product"].value, rows["who"].value = "Báo cáo", "Giám đốc Sở Tài chính"
        await office.press("f4")
        assert "Thẩm quyền xác nhận là của" in " ".join(office.seen().split())
        assert state(office, id) == "assigned"
        rows["note"].value = "được ủy quyền"
        await office.press("f4")
        assert state(office, id) == "done"
        await office.press("u")
        assert state(office, id) == "assigned"


async def test_what_was_typed_of_a_product_is_there_again(full: Path) -> None:
    async with at_work(full) as office:
        await opened(office)
        await office.press("a", "enter", "r")
        office.one(Form).rows["number"].value = "15/BC"
        await office.press("escape", "r")
        assert office.one(Form).rows["number"].value == "15/BC"


async def test_the_last_step_of_another_session_is_taken_back_after_one_more_key(
    full: Path,
) -> None:
    async with at_work(full) as office:
        id = clear_one(office.store).id
        lifecycle.assign(office.store, id)
        office.app.push_screen(FollowupPage(id))
        await office.settle()
        await office.press("u", "x")
        assert state(office, id) == "assigned"
        await office.press("u", "u")
        assert state(office, id) == "proposed"
        await office.press("u", "u")
        assert state(office, id) == "proposed"


async def test_only_steps_that_may_be_taken_are_offered(full: Path) -> None:
    async with at_work(full) as office:
        id = await opened(office)
        page = office.screen
        assert isinstance(page, FollowupPage)

        def offered() -> set[str]:
            kinds = ("assigned", "taken", "extended", "submitted", "done", "returned", "reviewed")
            return {kind for kind in kinds if page.check_action("step", (kind,))}

        assert offered() == {"assigned", "extended", "submitted", "done"}
        await office.press("v", "n")
        assert state(office, id) == "proposed"
        await office.press("a", "enter")
        assert "taken" in offered()
        await office.press("s")
        await answer(office, "huy", "trùng")
        assert offered() == set()


async def test_the_steps_speak_english(full: Path) -> None:
    async with at_work(full) as office:
        await opened(office)
        try:
            office.app.speak("en")
            await office.press("a")
            assert "To which unit or person" in office.seen()
            await office.press("enter")
            assert "Assigned" in office.seen()
        finally:
            set_language("vi")
