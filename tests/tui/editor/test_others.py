"""Other people's cursors and names are shown, and never in the way of who types."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import Document
from tests.tui.desk import Desk
from tests.tui.editor.test_editor import CTRL_HOME, DELETE, LEFT, UP, shown
from tui.editor.buffer import Place
from tui.editor.drawing import row_segments
from tui.editor.editor import GUTTER, Editor
from tui.editor.others import CARET, NAME, SIGN, Other, Others
from tui.editor.window import Row
from tui.graphemes import cut, width

WORDS = st.text(st.sampled_from("aơ Đ漢👩\u0323"), max_size=40)


def at(*places: tuple[int, int, str]) -> list[Other]:
    return [Other(Place(line, column), name) for line, column, name in places]


def editor_with(text: str) -> Editor:
    document = Document()
    document.insert(0, text)
    return Editor(document)


def test_a_name_stands_at_the_end_of_the_line_where_somebody_is() -> None:
    editor = editor_with("một\nhai ba\n")
    with Desk(editor, size=(40, 6)) as desk:
        desk.app.call_later(editor.show_others, at((1, 4, "Lan"), (1, 6, "An"), (1, 4, "Lan")))
        desk.until(lambda: editor.others)
        screen = desk.screen()
        assert screen[0] == "  một"
        assert screen[1].startswith(f"{SIGN} hai ba")
        assert screen[1].endswith(f"{SIGN} Lan, An")
        assert screen[2:] == [""] * 4
        desk.app.call_later(editor.show_others, ())
        desk.until(lambda: not editor.others)
        assert desk.screen()[1] == "  hai ba"


def test_names_leave_room_for_the_typist_and_come_back() -> None:
    editor = editor_with("\nx")
    with Desk(editor, size=(24, 6)) as desk:
        desk.app.call_later(editor.show_others, at((0, 0, "Lan")))
        desk.until(lambda: editor.others)
        desk.press(CTRL_HOME)
        for number in range(1, 18):
            desk.press(b"a")
            row = desk.screen()[0]
            text = row[GUTTER:].partition(SIGN)[0].rstrip()
            assert text == "a" * number
            assert ("Lan" in row) is (GUTTER + number + 2 + len("‹ Lan") <= 23)
        desk.press(b"\x7f" * 10)
        assert desk.screen()[0].endswith("‹ Lan")


def test_where_the_typist_is_nobody_else_is_shown() -> None:
    editor = editor_with("abc")
    with Desk(editor, size=(40, 4)) as desk:
        desk.app.call_later(editor.show_others, at((0, 1, "Lan")))
        desk.until(lambda: editor.others)

        def marked() -> bool:
            strip = editor.render_line(0)
            return any(segment.style and segment.style.reverse for segment in strip)

        desk.press(CTRL_HOME)
        assert marked()
        desk.press(b"\x1b[C")
        assert not marked()
        desk.press(LEFT)
        assert marked()


def test_a_cursor_stays_with_its_word_while_one_types_before_it() -> None:
    editor = editor_with("một\nhai ba\nbốn")
    with Desk(editor, size=(40, 8)) as desk:
        desk.app.call_later(editor.show_others, at((1, 4, "Lan"), (2, 1, "An")))
        desk.until(lambda: editor.others)
        desk.press(CTRL_HOME, b"\r", b"x\r", b"\x1b[B", b"\x1b[H", b"12")
        placed = [other.place for others in editor.others._at.values() for other in others]
        assert placed == [Place(3, 6), Place(4, 1)]
        desk.press(UP, DELETE)
        assert "Lan" in desk.screen()[3]


@settings(max_examples=200, deadline=None)
@given(
    line=WORDS,
    others=st.lists(st.tuples(st.integers(0, 45), WORDS), max_size=4),
    own=st.none() | st.integers(0, 45),
)
def test_the_text_never_moves_and_never_overflows_whoever_is_in_it(
    line: str, others: list[tuple[int, str]], own: int | None
) -> None:
    held = Others()
    held.show(Other(Place(0, min(column, len(line))), name) for column, name in others)
    row = Row(0, 0, len(line))
    plain = row_segments(line, row, None)
    cells = max(width("".join(s.text for s in plain)) + 1, 20)
    drawn = held.draw(plain, line, row, cells, Place(0, own or 0))
    text, before = "".join(s.text for s in drawn), "".join(s.text for s in plain)
    assert text.startswith(before)
    assert width(text) <= cells
    rest = text[len(before) :]
    assert rest.strip() == "" or SIGN in rest
    assert {s.style for s in drawn} <= {s.style for s in plain} | {CARET, NAME, None} | {
        (s.style or CARET) + CARET for s in plain
    }
    # Whatever the name, no more of it than there is room for.
    assert cut(text, cells) == text


def test_who_is_in_a_wrapped_line_is_named_at_its_end() -> None:
    words = "Giao Sở Tài chính chủ trì, phối hợp với các sở"
    editor = editor_with(words)
    with Desk(editor, size=(30, 6)) as desk:
        desk.app.call_later(editor.show_others, at((0, 2, "Lan")))
        desk.until(lambda: editor.others)
        first, second, *_ = desk.screen()
        assert first == shown(editor)[0].replace(" ", SIGN, 1)
        assert second.startswith(shown(editor)[1])
        assert second.endswith("‹ Lan")


def test_what_is_drawn_while_others_move_is_what_a_fresh_drawing_shows() -> None:
    editor = editor_with("một\nhai ba bốn năm\nsáu\n" * 3)
    dice = Random(4)
    with Desk(editor, size=(30, 9)) as desk:
        for _ in range(60):
            others = [
                Other(Place(dice.randrange(9), dice.randrange(4)), dice.choice(["Lan", "An"]))
                for _ in range(dice.randrange(3))
            ]
            desk.app.call_later(editor.show_others, others)
            desk.press(dice.choice([b"x", b"\r", UP, LEFT, b"\x7f", b"\x1b[B"]))
            screen = desk.screen()
            desk.app.call_later(editor.refresh)
            desk.press()
            assert desk.screen() == screen
