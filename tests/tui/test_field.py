"""A field holds exactly what was typed, however the keys arrive, and shows what it holds."""

import unicodedata
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.events import Key
from textual.validation import Length
from textual.widgets import Input

from tests.keystrokes import WAYS, Buffer, burst
from tests.tui.desk import Desk
from tests.unikey import Method, keys
from tui.graphemes import next_boundary, width
from tui.widgets.field import Field
from tui.widgets.ordered import typed
from tui.widgets.pick import PickField, Suggestion

SENTENCE = (
    "Phường Nguyễn Trãi: được, chắc, tiếng Việt, thủy lợi, khuyến nghị, quyết định, "
    "ĐƯỜNG Hùng Vương, nghiêm túc, rượu, giường, thuở ấy, ngoằn ngoèo."
)

HOME, END, LEFT, RIGHT, DELETE = b"\x1b[H", b"\x1b[F", b"\x1b[D", b"\x1b[C", b"\x1b[3~"
WORD_LEFT, WORD_RIGHT = b"\x1b[1;5D", b"\x1b[1;5C"
SHIFT_LEFT = b"\x1b[1;2D"
UP, DOWN, TAB, ENTER, ESCAPE = b"\x1b[A", b"\x1b[B", b"\t", b"\r", b"\x1b"
CLEAR = b"\x05\x15"  # Ctrl-E, Ctrl-U


@pytest.fixture(scope="module")
def typed_at() -> Iterator[tuple[Desk, Field]]:
    field = Field()
    with Desk(field) as desk:
        yield desk, field


class Model:
    """What a field should hold: one item for each letter."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.at = 0

    @property
    def text(self) -> str:
        return "".join(self.letters)

    def press(self, key: str) -> bytes | None:
        """The bytes of the key, or None where it is left out."""
        match key:
            case "backspace":
                del self.letters[max(self.at - 1, 0) : self.at]
                self.at = max(self.at - 1, 0)
            case "delete":
                del self.letters[self.at : self.at + 1]
            case "left" | "right":
                self.at = min(max(self.at + (-1 if key == "left" else 1), 0), len(self.letters))
            case "home" | "end":
                self.at = 0 if key == "home" else len(self.letters)
            case "ctrl+u":
                del self.letters[: self.at]
                self.at = 0
            case "ctrl+k":
                del self.letters[self.at :]
            case "ctrl+w":
                stop = self.at
                self._skip_left()
                del self.letters[self.at : stop]
            case "word left":
                self._skip_left()
            case "word right":
                self._skip_right()
            case _ if unicodedata.combining(key):
                if not self.at:
                    return None
                before = self.letters[self.at - 1]
                self.letters[self.at - 1] = unicodedata.normalize("NFC", before + key)
            case _:
                self.letters.insert(self.at, key)
                self.at += 1
        return KEYS.get(key) or key.encode()

    def _skip_left(self) -> None:
        for in_word in (False, True):
            while self.at and self.letters[self.at - 1][0].isalnum() == in_word:
                self.at -= 1

    def _skip_right(self) -> None:
        for in_word in (True, False):
            while self.at < len(self.letters) and self.letters[self.at][0].isalnum() == in_word:
                self.at += 1


KEYS = {
    "backspace": b"\x7f",
    "delete": DELETE,
    "left": LEFT,
    "right": RIGHT,
    "home": HOME,
    "end": END,
    "ctrl+u": b"\x15",
    "ctrl+k": b"\x0b",
    "ctrl+w": b"\x17",
    "word left": WORD_LEFT,
    "word right": WORD_RIGHT,
}
LETTERS = [*"ab ,1đếợỄ", "漢", "👍", "\xa0", "\u0301", "\u0323", "\u0302"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*KEYS, "backspace", *LETTERS, *LETTERS]), max_size=60), st.data())
def test_any_keys_in_any_packets_leave_what_a_simple_model_says(
    typed_at: tuple[Desk, Field], pressed: list[str], data: st.DataObject
) -> None:
    desk, field = typed_at
    model = Model()
    packets = [sent for key in pressed if (sent := model.press(key)) is not None]
    way = WAYS[data.draw(st.sampled_from(sorted(WAYS)))]
    desk.press(CLEAR, *way(packets))
    assert field.value == unicodedata.normalize("NFC", model.text) == model.text
    assert field.cursor_position == len("".join(model.letters[: model.at]))


@pytest.mark.parametrize("backspace", [b"\x7f", b"\x08"])
@pytest.mark.parametrize("way", WAYS)
def test_unikey_types_the_words_it_means(
    typed_at: tuple[Desk, Field], way: str, backspace: bytes
) -> None:
    desk, field = typed_at
    for seed in range(8):
        method: Method = "telex" if seed % 2 else "vni"
        packets = keys(SENTENCE, Random(seed), method=method, backspace=backspace, slips=0.2)
        desk.press(CLEAR, *WAYS[way](packets))
        assert field.value == SENTENCE


@pytest.mark.parametrize("way", WAYS)
def test_bursts_of_typing_correcting_and_moving_arrive_exactly(
    typed_at: tuple[Desk, Field], way: str
) -> None:
    desk, field = typed_at
    for seed in range(20):
        buffer = Buffer()
        packets = burst(Random(seed), buffer, 60, moves=True)
        desk.press(CLEAR, *WAYS[way](packets))
        assert (field.value, field.cursor_position) == (buffer.text, buffer.cursor)


def test_the_screen_shows_the_field_and_the_cursor_where_they_are() -> None:
    field = Field(compact=True)
    rng = Random(7)
    with Desk(field, size=(30, 5)) as desk:
        for _ in range(60):
            buffer = Buffer(field.value)
            buffer.cursor = field.cursor_position
            desk.press(*burst(rng, buffer, 5, moves=True))
            shown = desk.screen()[0]
            cell = field.cursor_screen_offset.x
            assert 0 <= cell < 30
            before = field.value[: field.cursor_position]
            assert shown.ljust(30)[:cell] == before[len(before) - cell :]
            assert shown.ljust(30)[cell:].startswith(field.value[len(before) :][: 30 - cell])
            assert desk.app.cursor_position == field.cursor_screen_offset


def test_letters_after_a_tab_of_the_same_packet_go_to_the_next_field() -> None:
    first, second, third = Field(), Field(), Field()
    with Desk(first, second, third) as desk:
        desk.press(b"abc\tde\x7ff\tgh\x1b[Zij")
        assert [field.value for field in (first, second, third)] == ["abc", "dfij", "gh"]
        assert desk.focused is second


def test_backspace_in_an_empty_field_is_nobody_elses() -> None:
    with Desk(Field()) as desk:
        desk.press(b"a" + b"\x7f" * 5, b"\x08")
        assert desk.bubbled == []


def test_letters_never_reach_the_screen_and_its_commands_do() -> None:
    with Desk(Field()) as desk:
        desk.press(b"q? \xc2\xa0", b"\x1b[15~", UP)
        assert desk.bubbled == ["f5", "up"]


def test_a_letter_with_alt_is_a_command() -> None:
    assert typed(Key("alt+x", "x")) == ""


def test_a_letter_and_all_its_marks_are_deleted_as_one(typed_at: tuple[Desk, Field]) -> None:
    desk, field = typed_at
    desk.press(CLEAR, "q\u0303👨\u200d👩\u200d👧🇻🇳".encode())
    assert field.value == "q\u0303👨\u200d👩\u200d👧🇻🇳"
    for left in ("q\u0303👨\u200d👩\u200d👧", "q\u0303", ""):
        desk.press(b"\x7f")
        assert field.value == left


def test_marks_typed_at_the_very_start_compose_with_a_letter_put_before_them(
    typed_at: tuple[Desk, Field],
) -> None:
    desk, field = typed_at
    desk.press(CLEAR, "\u0301x".encode(), HOME, b"e")
    assert (field.value, field.cursor_position) == ("éx", 1)


def test_a_selection_is_replaced_by_what_is_typed(typed_at: tuple[Desk, Field]) -> None:
    desk, field = typed_at
    desk.press(CLEAR, "Sở Y tế".encode(), SHIFT_LEFT * 4, "Tư pháp".encode())
    assert field.value == "Sở Tư pháp"
    desk.press(SHIFT_LEFT * 4, b"\x7f")
    assert field.value == "Sở Tư "


@pytest.mark.parametrize(
    ("pasted", "held"),
    [
        ("một\r\nhai\tba\r\n", "một hai ba"),
        ("tie\u0302\u0301ng", "tiếng"),
        ("a\x1b]0;x\x07\x9bb", "a␛]0;x␇\ufffdb"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_a_paste_is_one_clean_line(typed_at: tuple[Desk, Field], pasted: str, held: str) -> None:
    desk, field = typed_at
    field.value = ""
    desk.paste(pasted)
    assert field.value == held


def test_a_paste_that_does_not_fit_is_refused_as_a_whole() -> None:
    field = Field("đã có", max_length=10)
    with Desk(field) as desk:
        desk.paste("123456")
        assert field.value == "đã có"
        desk.paste("12345")
        assert field.value == "đã có12345"


def test_a_value_from_others_is_shown_as_symbols_and_kept_as_it_is() -> None:
    field = Field("x\x1b[2J\u202ey", compact=True)
    with Desk(field) as desk:
        assert desk.screen()[0] == "x␛[2J\ufffdy"
        desk.press(b"!")
        assert field.value == "x\x1b[2J\u202ey!"


def test_a_password_shows_neither_its_letters_nor_its_words() -> None:
    field = Field(password=True, compact=True)
    with Desk(field) as desk:
        desk.press("mật khẩu".encode(), WORD_LEFT, b"x")
        assert field.value == "xmật khẩu"
        assert desk.screen()[0] == "*" * 9


def test_changes_submission_and_validity_are_told_as_by_textuals_input() -> None:
    field = Field(validators=[Length(minimum=2)])
    with Desk(field) as desk:
        desk.press(b"a")
        assert not field.is_valid
        desk.press(b"b\r")
        assert [message.value for message in desk.said(Input.Changed)] == ["a", "ab"]
        (submitted,) = desk.said(Input.Submitted)
        assert submitted.value == "ab"
        assert submitted.validation_result.is_valid


def test_a_click_puts_the_cursor_on_the_letter_under_it() -> None:
    field = Field("q\u0303ế漢x", compact=True)
    with Desk(field) as desk:
        for cell in range(7):
            desk.press(f"\x1b[<0;{cell + 1};1M\x1b[<0;{cell + 1};1m".encode())
            at = field.cursor_position
            start = width(field.value[:at])
            after = width(field.value[: next_boundary(field.value, at)])
            assert start <= cell < after or (at == len(field.value) and cell >= start)


UNITS = [
    Suggestion("u1", "Sở Tài chính"),
    Suggestion("u2", "Sở Tư pháp"),
    *(Suggestion(f"x{n}", f"Sở thứ {n}") for n in range(10)),
]


def suggest(text: str) -> list[Suggestion]:
    return [unit for unit in UNITS if unit.label.lower().startswith(text.lower())]


def picking() -> PickField:
    return PickField(suggest, compact=True)


def test_nothing_is_put_into_a_field_between_two_keys() -> None:
    field = picking()
    with Desk(field) as desk:
        for prefix in ("S", "Sở", "Sở T", "Sở Tài"):
            desk.press(CLEAR, prefix.encode())
            assert field.value == prefix
        assert field.picked is None


@pytest.mark.parametrize("key", [ENTER, TAB])
def test_one_key_takes_the_marked_suggestion(key: bytes) -> None:
    field = picking()
    with Desk(field, Field()) as desk:
        desk.press("Sở T".encode() + DOWN + key)  # in one packet: the list was never drawn
        assert field.value == "Sở Tư pháp"
        assert field.picked == UNITS[1]
        assert [message.suggestion for message in desk.said(PickField.Picked)] == [UNITS[1]]
        assert desk.focused is field
        assert field.offered == ()


def test_what_was_picked_is_forgotten_when_the_text_is_edited() -> None:
    field = PickField(suggest, picked=UNITS[0])
    with Desk(field) as desk:
        assert field.value == "Sở Tài chính"
        desk.press(LEFT)
        assert field.picked == UNITS[0]
        desk.press(b"\x7f")
        assert field.picked is None


def test_suggestions_are_listed_beneath_six_at_most_with_a_mark() -> None:
    field = picking()
    with Desk(field) as desk:
        desk.press("Sở".encode())
        desk.until(lambda: field.size.height == 7)
        desk.press(UP)
        lines = desk.screen()
        assert lines[0] == "Sở"
        assert lines[1:3] == ["  Sở Tài chính", "  Sở Tư pháp"]
        assert lines[6] == "▸ Sở thứ 3"
        desk.press(ESCAPE)
        desk.until(lambda: field.size.height == 1)
        assert field.value == "Sở"
        desk.press(ENTER)
        assert len(desk.said(Input.Submitted)) == 1


def test_an_arrow_opens_the_list_of_everything() -> None:
    field = picking()
    with Desk(field) as desk:
        desk.press(DOWN, DOWN, ENTER)
        assert field.picked == UNITS[1]


def test_a_closed_list_leaves_escape_and_up_to_the_screen_and_tab_moves_on() -> None:
    field, other = picking(), Field()
    with Desk(field, other) as desk:
        desk.press(UP, ESCAPE)
        desk.press(TAB)
        assert desk.bubbled == ["up", "escape"]
        assert desk.focused is other


def test_a_click_takes_a_suggestion() -> None:
    field = picking()
    with Desk(field) as desk:
        desk.press("Sở".encode())
        desk.until(lambda: field.size.height == 7)
        desk.press(b"\x1b[<0;5;3M\x1b[<0;5;3m")
        assert field.picked == UNITS[1]
