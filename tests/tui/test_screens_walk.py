"""What holds on every screen: fields that UniKey can type into, actions that can be found."""

from pathlib import Path
from random import Random

import pytest
from textual.binding import Binding
from textual.widgets import Input, TextArea

from tests.keystrokes import WAYS
from tests.tui.office import Office, at_work
from tests.tui.places import PLACES
from tests.unikey import keys
from tui.actions import actions
from tui.screens.palette import Palette
from tui.widgets.field import Field
from tui.widgets.listing import Listing

SENTENCE = "Nguyễn Trãi được khuyến nghị, ĐƯỜNG thủy lợi ngoằn ngoèo"

BACKSPACES = (b"\x7f", b"\x08")

# Flow control, tmux, screen, signals, and what a terminal cannot tell from Backspace, Tab, Enter.
TAKEN = {*(f"ctrl+{key}" for key in "sqbazchimj"), "ctrl+backslash", "ctrl+@"}
UNKNOWN_TO_PUTTY = {f"f{number}" for number in range(5, 25)}

TEXTUALS_OWN = {
    binding.description for binding in Binding.make_bindings(Input.BINDINGS) if binding.description
}

WITH_FIELDS = [
    *("parts", "units of parts", "new milestone"),
    *("meetings, searching", "new meeting", "agenda item", "invite", "substitute", "new series"),
    *("units and people", "unit", "person", "post", "settings", "palette", "search"),
    *("point", "what happened", "new follow-up", "relief meeting", "follow-ups, filtering"),
    *("saving a filter", "new shared folder", "joining", "kind of paper"),
    *("new field", "import"),
    *("rule of urging", "letterhead", "new inspection"),
]
WITH_FIELDS_TOO = [
    *("meetings", "people", "edit meeting", "follow-ups", "found", "follow-ups, grouped", "board"),
    *("deadlines", "deadlines of a week", "unit page", "leader page", "what to do with many"),
]


def is_sure(key: str) -> bool:
    """Whether a key reaches the program from every terminal."""
    return all(
        part not in TAKEN | UNKNOWN_TO_PUTTY and not part.startswith(("alt+", "shift+f"))
        for part in key.split()
    )


async def go(office: Office, place: str) -> None:
    await office.press(*PLACES[place])


@pytest.mark.parametrize("place", PLACES)
async def test_every_field_keeps_the_order_of_keys(full: Path, place: str) -> None:
    async with at_work(full) as office:
        await go(office, place)
        assert not office.screen.query(TextArea)
        assert all(isinstance(field, Field) for field in office.screen.query(Input))
        assert bool(office.screen.query(Field)) == (place in [*WITH_FIELDS, *WITH_FIELDS_TOO])


@pytest.mark.parametrize("place", WITH_FIELDS)
async def test_every_field_holds_what_unikey_types(full: Path, place: str) -> None:
    async with at_work(full, size=(100, 40)) as office:
        await go(office, place)
        for number, field in enumerate(office.screen.query(Field), WITH_FIELDS.index(place)):
            field.focus()
            await office.settle()
            # Each field one way with one of the two Backspaces, its neighbours the others.
            packets = keys(SENTENCE, Random(number), backspace=BACKSPACES[number % 2], slips=0.2)
            field.value = ""
            await office.feed(*list(WAYS.values())[number % 3](packets))
            assert field.value == SENTENCE, (place, field.id or field.parent)


@pytest.mark.parametrize("place", [p for p in PLACES if p not in ("help", "palette")])
async def test_every_action_has_a_key_and_is_in_palette_and_help(full: Path, place: str) -> None:
    async with at_work(full, size=(100, 90)) as office:
        await go(office, place)
        here = list(actions(office.screen))
        typing = hasattr(office.screen.focused, "terminal_cursor")
        # Where letters are text the app's own keys are one Esc away.
        must = [action for action in here if not (typing and action.of_app)]
        assert all(any(map(is_sure, action.keys)) for action in must)
        assert not {action.words for action in here} & TEXTUALS_OWN
        if office.screen.is_modal:
            return
        everywhere = {"f1", "ctrl+p", "ctrl+q"} | (set() if typing else set("123456q"))
        assert everywhere <= {key for action in here for key in action.keys}
        await office.press("f1")
        told = office.seen()
        for action in here:
            assert f"{action.all_keys:<17} {action.title}" in told, action
        await office.press("escape", "ctrl+p")
        assert isinstance(office.screen, Palette)
        listed = list_of(office)
        assert listed == [(a.title, a.all_keys) for a in here if a.action != "palette"]


def list_of(office: Office) -> list[tuple[str, ...]]:
    listing = office.one(Listing)
    found = [listing.row_at(index) for index in range(listing.count)]
    return [row.cells for row in found if row]


async def test_the_palette_finds_an_action_without_marks_and_by_initials(full: Path) -> None:
    async with at_work(full) as office:
        for typed in ("diem danh", "điểm", "dd"):
            await office.press("ctrl+p")
            await office.type(typed)
            assert list_of(office)[0] == ("Điểm danh", "r")
            await office.press("enter")
            assert "Điểm danh: Phiên họp thường kỳ tháng 2" in office.seen()
            await office.press("escape")


async def test_the_footer_names_what_works_here_and_now(full: Path) -> None:
    async with at_work(full, size=(140, 30)) as office:

        def footer() -> str:
            return office.seen().splitlines()[-1]

        assert "x Kết thúc họp" in footer()
        await office.press("down", "down")
        assert "s Bắt đầu họp" in footer()
        assert "x Kết thúc họp" not in footer()
        await office.press("end")
        assert "Sửa họp" not in footer()
        assert "F1 Trợ giúp" in footer()
        await office.press("3")
        assert "/ Lọc  o Bộ lọc" in footer()
        await office.press("slash")  # in a text it is a slash, and + a plus
        assert "Điền tiếp" in footer()
        assert "/ Lọc" not in footer()
        assert "o Bộ lọc" not in footer()
