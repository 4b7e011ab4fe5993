"""The register of official numbers, by keys."""

from pathlib import Path

from office import registering
from schema.records import RegisterEvent
from tests.tui.office import TODAY, at_work
from tui.screens.register import RegisterScreen
from tui.screens.settings import Settings


async def test_a_number_is_asked_for_by_keys_and_stands_in_the_list(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("R", "n")
        await office.type("tb")
        await office.press("enter")
        await office.type("Kết luận phiên họp tháng 2")
        await office.press("enter")
        assert isinstance(office.screen, RegisterScreen)
        assert "01/TB" in office.seen()
        assert "Kết luận phiên họp tháng 2" in office.seen()
        assert "máy này, làm việc một mình" in office.seen()
        await office.press("left_square_bracket")
        assert "Năm này chưa có số nào" in office.seen()
        await office.press("right_square_bracket")
        assert "01/TB" in office.seen()


async def test_the_register_is_opened_from_the_settings_and_the_palette(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("6")
        assert isinstance(office.screen, Settings)
        await office.press("f3")
        assert isinstance(office.screen, RegisterScreen)
        await office.press("escape", "escape", "ctrl+p")
        await office.type("so so van ban")
        await office.press("enter")
        assert isinstance(office.screen, RegisterScreen)


async def test_what_waits_stands_first_and_taking_over_asks(full: Path) -> None:
    async with at_work(full) as office:
        # As a machine of a workspace that somebody else's machine numbers for.
        office.store.set_local({"sync_folder": str(full.parent / "nowhere")})
        registering.ask(office.store, "TB", "Chờ cấp", TODAY, joined=True)
        await office.press("R")
        assert "…/TB" in office.seen()
        assert "chờ số" in office.seen()
        assert "chưa có máy nào giữ" in office.seen()
        await office.press("T", "k")
        assert office.store.select(RegisterEvent) == []
        await office.press("T", "t")
        (event,) = office.store.select(RegisterEvent)
        assert event.kind == "take_over"
        assert "đang nhận sổ" in office.seen()
        assert "Bàn giao" not in office.seen()


async def test_a_take_over_is_told_to_everybody_on_the_first_screen(full: Path) -> None:
    async with at_work(full) as office:
        assert "đổi máy giữ" not in office.seen()
        office.store.insert(
            RegisterEvent(kind="take_over", term=2, device="d", created_at=office.store.now())
        )
        office.app.changed()
        await office.settle()
        assert "sổ số văn bản đổi máy giữ (R)" in office.seen()
