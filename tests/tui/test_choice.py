"""A choice is made by arrows, Space or a first letter, and tells what is chosen."""

import pytest

from tests.tui.desk import Desk
from tui.widgets.choice import Choice
from tui.widgets.field import Field

LEFT, RIGHT = b"\x1b[D", b"\x1b[C"
KINDS = [
    ("regular", "Phiên họp thường kỳ"),
    ("urgent", "Đột xuất"),
    ("work", "Làm việc"),
    ("special", "Phiên chuyên đề"),
]


@pytest.mark.parametrize(
    ("pressed", "value"),
    [
        (RIGHT, "urgent"),
        (b" ", "urgent"),
        (RIGHT * 4, "regular"),
        (LEFT, "special"),
        (b"l", "work"),
        (b"d", "urgent"),
        ("Đ".encode(), "urgent"),
        (b"p", "special"),
        (b"pp", "regular"),
        (b"x", "regular"),
        (b"l" + RIGHT + b"d" + LEFT, "regular"),
    ],
)
def test_keys_choose(pressed: bytes, value: str) -> None:
    choice = Choice(KINDS)
    with Desk(choice) as desk:
        desk.press(pressed)
        assert choice.value == value
        assert desk.bubbled == []


def test_each_change_is_told_and_shown() -> None:
    choice = Choice(KINDS, "work")
    with Desk(choice) as desk:
        assert desk.screen()[0] == "‹ Làm việc ›"
        desk.press(RIGHT, RIGHT)
        assert [message.value for message in desk.said(Choice.Changed)] == ["special", "regular"]
        assert desk.screen()[0] == "‹ Phiên họp thường kỳ ›"
        assert choice.label == "Phiên họp thường kỳ"


def test_what_unikey_sends_after_a_letter_is_nobody_elses() -> None:
    choice = Choice(KINDS)
    with Desk(choice) as desk:
        desk.press(b"d", b"\x7f" + "đ".encode(), b"\x08", b"?", b"\x1b[A")
        assert desk.bubbled == ["question_mark", "up"]


def test_letters_after_a_tab_of_the_same_packet_go_to_the_next_field() -> None:
    choice, field = Choice(KINDS), Field()
    with Desk(choice, field) as desk:
        desk.press(b"l\tla")
        assert (choice.value, field.value) == ("work", "la")


def test_only_an_option_can_be_chosen() -> None:
    with pytest.raises(ValueError, match="lễ hội"):
        Choice(KINDS, "lễ hội")
