"""The editor holds exactly what was typed, however the keys arrive, and shows what it holds."""

from random import Random

import pytest

from schema.document import Document
from tests.keystrokes import WAYS, Buffer, burst
from tests.tui.desk import Desk
from tests.unikey import keys
from tui.editor.buffer import Place
from tui.editor.editor import GUTTER, Editor
from tui.graphemes import visible

UP, DOWN, HOME, END = b"\x1b[A", b"\x1b[B", b"\x1b[H", b"\x1b[F"
SHIFT_LEFT, SHIFT_UP, CTRL_HOME, CTRL_END = b"\x1b[1;2D", b"\x1b[1;2A", b"\x1b[1;5H", b"\x1b[1;5F"
LEFT, RIGHT, DELETE, UNDO, REDO = b"\x1b[D", b"\x1b[C", b"\x1b[3~", b"\x1a", b"\x19"


def text_of(editor: Editor) -> str:
    text = editor.buffer.document.text
    assert "\n".join(editor.lines) == text
    return text


def shown(editor: Editor) -> list[str]:
    """What a fresh drawing of the window would show."""
    lines = editor.lines
    return [
        (" " * GUTTER + visible(lines[row.line][row.start : row.end])).rstrip()
        for row in editor.window.rows()
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(6))
def test_bursts_of_typing_correcting_and_moving_arrive_exactly(seed: int, way: str) -> None:
    editor = Editor(Document())
    rng = Random(seed)
    model = Buffer()
    with Desk(editor, size=(40, 12)) as desk:
        for _ in range(12):
            packets = burst(rng, model, 25, lines=True, moves=True)
            desk.press(*WAYS[way](packets))
            assert text_of(editor) == model.text
            assert editor.buffer.offset(editor.cursor) == model.cursor
            assert [line.rstrip() for line in desk.screen()[: len(shown(editor))]] == shown(editor)


def test_what_is_drawn_key_by_key_is_what_a_fresh_drawing_shows() -> None:
    editor = Editor(Document())
    rng = Random(5)
    others = [UP, DOWN, HOME, END, CTRL_HOME, CTRL_END, SHIFT_LEFT, SHIFT_UP, UNDO, REDO]
    with Desk(editor, size=(30, 9)) as desk:
        for _ in range(250):
            model = Buffer()
            packets = burst(rng, model, 4, lines=True, moves=True)
            desk.press(*packets, rng.choice(others))
            text_of(editor)
            screen = [line.rstrip() for line in desk.screen()]
            expected = shown(editor)
            assert screen[: len(expected)] == expected
            assert not any(screen[len(expected) : 9])
            cell = editor.terminal_cursor
            assert cell is not None
            assert 0 <= cell.y < 9


def test_undo_takes_back_a_word_and_redo_brings_it_again() -> None:
    editor = Editor(Document())
    with Desk(editor) as desk:
        desk.press(*keys("Giao Sở Tài chính", Random(1)))
        desk.press(UNDO)
        assert text_of(editor) == "Giao Sở Tài "
        desk.press(UNDO)
        assert text_of(editor) == "Giao Sở "
        desk.press(REDO)
        assert text_of(editor) == "Giao Sở Tài "


def test_typing_replaces_what_is_selected() -> None:
    editor = Editor(Document())
    with Desk(editor) as desk:
        desk.press(b"mot hai ba", SHIFT_LEFT * 2, b"bon")
        assert text_of(editor) == "mot hai bon"
        desk.press(SHIFT_LEFT * 3, b"\x7f")
        assert text_of(editor) == "mot hai "


def test_a_letter_of_several_code_points_is_passed_and_deleted_whole() -> None:
    editor = Editor(Document())
    with Desk(editor) as desk:
        desk.paste("a\U0001f469\u200d\U0001f469\u200d\U0001f466b")
        desk.press(LEFT, LEFT)
        assert editor.cursor == Place(0, 1)
        desk.press(DELETE)
        assert text_of(editor) == "ab"


def test_what_is_pasted_is_kept_composed_and_harmless() -> None:
    editor = Editor(Document())
    with Desk(editor) as desk:
        desk.paste("tie\u0302\u0301ng\r\nmo\u0323t\x00\x1b[31m")
        assert text_of(editor) == "tiếng\nmọt\u2400\u241b[31m"
        assert "\x1b" not in "".join(desk.screen())


def test_a_paste_of_a_megabyte_is_held_whole() -> None:
    editor = Editor(Document())
    text = "Dòng biên bản về giải ngân vốn đầu tư công\n" * 22_000
    with Desk(editor) as desk:
        desk.paste(text)
        desk.press(b"x")
        assert text_of(editor) == text + "x"


def test_typing_past_the_foot_of_the_window_clears_a_third_of_it() -> None:
    editor = Editor(Document())
    with Desk(editor, size=(40, 12)) as desk:
        desk.press(*[b"dong\r"] * 12)
        cell = editor.terminal_cursor
        assert cell is not None
        assert cell.y == 12 - 1 - 12 // 3


def test_letters_after_the_leader_key_are_commands_and_not_text() -> None:
    editor = Editor(Document())
    heard: list[str] = []

    async def hear(key: str) -> None:
        heard.append(key)

    editor.on_command = hear
    with Desk(editor) as desk:
        desk.press(b"a\x0bfb\x0b\x0bc")
        assert text_of(editor) == "abc"
        assert heard == ["", "f", "", "ctrl+k"]


def test_another_persons_edit_appears_without_moving_what_is_typed_here() -> None:
    mine = Document("An")
    editor, theirs = Editor(mine), Document("Bình")
    with Desk(editor, size=(40, 8)) as desk:
        desk.press(b"dau\rcuoi")
        update = mine.pending()
        assert update
        theirs.merge([update])
        theirs.insert(0, "TRƯỚC\n")
        other = theirs.pending()
        assert other
        splices = mine.merge([other])
        desk.app.call_later(editor.follow, splices)
        desk.press(b"!")
        assert text_of(editor) == "TRƯỚC\ndau\ncuoi!"
        assert [line.rstrip() for line in desk.screen()[:3]] == shown(editor)
