"""What is on the screen after each step is what a fresh look at the text would show."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import Document
from tui.editor.buffer import Buffer, Place
from tui.editor.window import Row, Window
from tui.editor.wrap import row_of, row_starts
from tui.graphemes import width

TEXT = st.text(alphabet="abcđế  \u200d漢😀\u0301", max_size=120)


@given(TEXT, st.integers(4, 30))
@settings(max_examples=400, deadline=None)
def test_rows_hold_the_whole_line_and_fit_but_for_spaces_that_hang(line: str, cells: int) -> None:
    starts = row_starts(line, cells)
    ends = (*starts[1:], len(line))
    assert starts[0] == 0
    assert "".join(line[a:b] for a, b in zip(starts, ends, strict=True)) == line
    for start, end in zip(starts, ends, strict=True):
        assert width(line[start:end].rstrip(" ")) <= cells


@given(
    st.lists(st.text(alphabet="abcđế", min_size=1, max_size=12), max_size=20), st.integers(12, 30)
)
@settings(max_examples=200, deadline=None)
def test_words_that_fit_a_row_are_not_cut(words: list[str], cells: int) -> None:
    line = " ".join(words)
    for start in row_starts(line, cells)[1:]:
        assert line[start - 1] == " "


@given(TEXT, st.integers(4, 30))
@settings(max_examples=200, deadline=None)
def test_every_column_is_in_one_row(line: str, cells: int) -> None:
    starts = row_starts(line, cells)
    for column in range(len(line) + 1):
        row = row_of(starts, column)
        assert starts[row] <= column
        assert row == len(starts) - 1 or column < starts[row + 1]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"), st.sampled_from(["a", "b", " ", "đường ", "\n", "漢", "xx\nyy "])
        ),
        st.tuples(st.just("erase"), st.integers(1, 4)),
        st.tuples(st.just("jump"), st.floats(0, 1)),
        st.tuples(st.just("scroll"), st.integers(-5, 5)),
    ),
    max_size=80,
)


@given(STEPS, st.integers(4, 20), st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_rows_kept_from_edit_to_edit_are_those_of_a_fresh_look(
    steps: list[tuple[str, object]], cells: int, height: int
) -> None:
    buffer = Buffer(Document())
    window, cursor = Window(buffer), Place(0, 0)
    window.resize(cells, height)
    for step in steps:
        match step:
            case ("type", str() as text):
                before = buffer.lines[cursor.line]
                shown = list(window.rows())
                lines = list(buffer.lines)
                cursor, touched = buffer.insert(cursor, text)
                if touched.removed == touched.added == 1:
                    span = window.rewrapped(touched.first, before, touched.column)
                    drawn_anew(window, shown, lines, span)
                else:
                    window.forget()
            case ("erase", int() as count):
                end = buffer.place(min(buffer.offset(cursor) + count, len(buffer.document)))
                before = buffer.lines[cursor.line]
                shown = list(window.rows())
                lines = list(buffer.lines)
                cursor, touched = buffer.delete(cursor, end)
                if touched.removed == touched.added == 1:
                    span = window.rewrapped(touched.first, before, touched.column)
                    drawn_anew(window, shown, lines, span)
                else:
                    window.forget()
            case ("jump", float() as where):
                cursor = buffer.place(int(where * len(buffer.document)))
            case ("scroll", int() as rows):
                window.scroll(rows)
        kept = window.rows()
        fresh = window._walk()
        assert kept == fresh
        window.reveal(cursor, ahead=step[0] == "type")
        cell = window.cell_of(cursor)
        assert cell is not None
        assert 0 <= cell[1] < height
        assert 0 <= cell[0] <= window.cells


def drawn_anew(window: Window, shown: list[Row], lines: list[str], span: range | None) -> None:
    """Every row whose words differ from those shown before is in `span`."""
    if span is None:
        return
    for y, row in enumerate(window.rows()):
        old = shown[y]
        if (
            window.buffer.lines[row.line][row.start : row.end]
            != lines[old.line][old.start : old.end]
        ):
            assert y in span


@given(st.lists(st.text(alphabet="ab ", max_size=30), min_size=1, max_size=8), st.integers(4, 12))
@settings(max_examples=150, deadline=None)
def test_going_down_and_up_again_by_rows_comes_back(lines: list[str], cells: int) -> None:
    buffer = Buffer(Document())
    buffer.insert(Place(0, 0), "\n".join(lines))
    window = Window(buffer)
    window.resize(cells, 5)
    place, seen = Place(0, 0), [Place(0, 0)]
    while (after := window.step(place, 1, 0)) != place:
        place = after
        seen.append(place)
    total = sum(len(row_starts(line, window.cells)) for line in buffer.lines)
    assert len(seen) == total
    for expected in reversed(seen[:-1]):
        place = window.step(place, -1, 0)
        assert place == expected
