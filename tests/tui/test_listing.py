"""A list of any length shows the right rows, loads few of them, and keeps its cursor on its row."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Region

from tests.tui.desk import Desk
from tui.graphemes import visible, width
from tui.widgets.listing import PAGE, Column, Listing, ListSource, Row

DOWN, UP, PAGE_DOWN, PAGE_UP = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~"
HOME, END, ENTER = b"\x1b[H", b"\x1b[F", b"\r"

COLUMNS = [Column("Số", 6, align="right"), Column("Việc")]
MANY = 100_000
HEIGHT = 24
SIGHT = HEIGHT - 1  # rows beneath the header


def row(number: int) -> Row:
    return Row(f"k{number}", (str(number), f"Việc thứ {number}"))


class Counted:
    """MANY rows made when asked for, which counts what it is asked."""

    def __init__(self, count: int = MANY) -> None:
        self.size = count
        self.asked: list[tuple[int, int]] = []

    def count(self) -> int:
        return self.size

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append((offset, limit))
        return [row(number) for number in range(offset, min(offset + limit, self.size))]

    def index(self, key: str) -> int | None:
        number = int(key[1:])
        return number if number < self.size else None


def listing(source: object = None, **options: str) -> Listing:
    return Listing(COLUMNS, source or Counted(), **options)  # type: ignore[arg-type]


def numbers(desk: Desk) -> list[int]:
    """The rows in sight."""
    return [int(line[3:9]) for line in desk.screen()[1:] if line[3:9].strip()]


def marked(desk: Desk) -> list[int]:
    """The rows that have the cursor's mark."""
    return [int(line[3:9]) for line in desk.screen()[1:] if line.startswith("▸")]


KEYS = {DOWN: 1, b"j": 1, UP: -1, b"k": -1, PAGE_DOWN: SIGHT - 1, PAGE_UP: 1 - SIGHT}
ENDS = {HOME: 0, b"g": 0, END: MANY - 1, b"G": MANY - 1}


def test_cursor_keys_go_where_they_say_and_the_cursor_is_always_in_sight() -> None:
    table = listing()
    with Desk(table) as desk:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(st.sampled_from([*KEYS, *ENDS]), max_size=12))
        def check(pressed: list[bytes]) -> None:
            desk.press(b"g", *pressed)
            at = 0
            for key in pressed:
                at = ENDS[key] if key in ENDS else min(max(at + KEYS[key], 0), MANY - 1)
            assert (table.index, table.key) == (at, f"k{at}")
            shown = numbers(desk)
            assert shown == list(range(shown[0], shown[0] + SIGHT))
            assert marked(desk) == [at]

        check()


def test_of_a_hundred_thousand_rows_only_pages_in_sight_are_loaded() -> None:
    source = Counted()
    with Desk(listing(source)) as desk:
        desk.press(END, *[PAGE_UP] * 3, HOME)
        assert all(limit <= PAGE for _, limit in source.asked)
        assert len(source.asked) <= 4
        assert numbers(desk)[0] == 0


def test_a_page_in_sight_is_asked_for_once() -> None:
    source = Counted()
    with Desk(listing(source)) as desk:
        asked = len(source.asked)
        desk.press(*[DOWN] * 20, *[UP] * 20)
        assert len(source.asked) == asked


def test_a_step_repaints_two_rows_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    table = listing()
    with Desk(table) as desk:
        desk.press(DOWN, DOWN)
        painted: list[Region] = []
        refresh = table.refresh

        def note(*regions: Region, **options: bool) -> Listing:
            painted.extend(regions or [Region(0, 0, 999, 999)])
            return refresh(*regions, **options)

        monkeypatch.setattr(table, "refresh", note)
        desk.press(DOWN)
        assert sorted(region.y for region in painted) == [3, 4]
        assert {region.height for region in painted} == {1}
        assert marked(desk) == [3]


def test_the_header_stays_while_rows_scroll() -> None:
    with Desk(listing()) as desk:
        header = desk.screen()[0]
        assert header.split() == ["Số", "Việc"]
        desk.press(END)
        assert desk.screen()[0].rstrip("▁▂▃▄▅▆▇█ ") == header.rstrip("▁▂▃▄▅▆▇█ ")


def test_keys_of_the_screen_reach_the_screen() -> None:
    with Desk(listing()) as desk:
        desk.press(b"n", b"\x1b[D", b"\x7f")
        assert desk.bubbled == ["n", "left", "backspace"]


def test_moving_and_choosing_are_told_by_key() -> None:
    table = listing()
    with Desk(table) as desk:
        desk.press(DOWN, DOWN, ENTER, UP, UP, UP)
        highlighted = [message.key for message in desk.said(Listing.Highlighted)]
        assert highlighted == ["k0", "k1", "k2", "k1", "k0"]
        (chosen,) = desk.said(Listing.Chosen)
        assert chosen.key == "k2"
        assert chosen.control is table


def test_a_click_moves_and_another_chooses() -> None:
    table = listing()
    with Desk(table) as desk:
        desk.press(b"\x1b[<0;9;5M\x1b[<0;9;5m")
        assert table.key == "k3"
        assert desk.said(Listing.Chosen) == []
        desk.press(b"\x1b[<0;9;5M\x1b[<0;9;5m")
        assert [message.key for message in desk.said(Listing.Chosen)] == ["k3"]
        desk.press(b"\x1b[<0;9;1M\x1b[<0;9;1m")  # the header
        assert table.key == "k3"


def test_the_cursor_stays_on_its_row_and_its_line_when_rows_come_above_it() -> None:
    rows = [row(number) for number in range(200)]
    table = listing(ListSource(rows))
    with Desk(table) as desk:
        desk.press(*[DOWN] * 100, *[UP] * 5)
        line = desk.screen().index(next(x for x in desk.screen() if x.startswith("▸")))
        rows[:0] = [row(number) for number in range(1000, 1030)]
        table.reload()
        desk.press()
        assert (table.key, table.index) == ("k95", 125)
        assert marked(desk) == [95]
        assert desk.screen()[line].startswith("▸")


def test_when_its_row_has_gone_the_cursor_stays_at_its_place() -> None:
    rows = [row(number) for number in range(50)]
    table = listing(ListSource(rows))
    with Desk(table) as desk:
        desk.press(*[DOWN] * 10)
        del rows[10]
        table.reload()
        desk.press()
        assert (table.key, marked(desk)) == ("k11", [11])
        del rows[5:]
        table.reload()
        desk.press()
        assert (table.key, marked(desk)) == ("k4", [4])
        assert numbers(desk) == [0, 1, 2, 3, 4]
        rows.clear()
        table.reload()
        desk.press(DOWN, ENTER)
        assert table.key == ""
        assert desk.said(Listing.Chosen) == []


def test_go_to_finds_a_row_far_away() -> None:
    table = listing()
    with Desk(table) as desk:
        assert table.go_to("k77777")
        desk.press()
        assert marked(desk) == [77777]
        assert not table.go_to(f"k{MANY}")
        assert table.key == "k77777"


def test_another_source_is_shown_from_its_top() -> None:
    table = listing()
    with Desk(table) as desk:
        desk.press(END)
        table.source = ListSource([row(5), row(6)])
        desk.press()
        assert numbers(desk) == [5, 6]
        assert marked(desk) == [5]


def test_a_source_that_has_lost_rows_since_it_was_counted_shows_blanks() -> None:
    class Shrinking(Counted):
        def rows(self, offset: int, limit: int) -> Sequence[Row]:
            return super().rows(offset, limit)[:3]

    with Desk(listing(Shrinking(10))) as desk:
        desk.press(END)
        assert numbers(desk) == [0, 1, 2]


def test_an_empty_list_says_so() -> None:
    with Desk(listing(ListSource(), empty="Chưa có cuộc họp nào.")) as desk:
        assert desk.screen()[2] == "  Chưa có cuộc họp nào."


def test_the_list_follows_the_size_of_the_screen() -> None:
    table = listing()
    with Desk(table) as desk:
        desk.press(*[DOWN] * 20)
        table.styles.height = 6
        desk.until(lambda: table.size.height == 6)
        desk.press()
        assert marked(desk) == [20]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=3),
    st.text(max_size=3),
    st.integers(5, 60),
)
def test_any_text_keeps_to_its_line_and_commands_nothing(
    cells: list[str], mark: str, screen_width: int
) -> None:
    columns = [Column("a", 8), Column("b", share=2), Column("c", align="right")]
    table = Listing(columns, ListSource([Row("k", tuple(cells), mark)]))
    with Desk(table, size=(screen_width, 4)) as desk:
        del desk
        line = table.render_line(1).text
        assert width(line) == screen_width
        assert line == visible(line)


def test_long_cells_are_cut_and_numbers_are_flush_right() -> None:
    columns = [Column("Việc", 9), Column("%", 6, align="right")]
    table = Listing(columns, ListSource([Row("k", ("Giao Sở Tài chính", "10,52"), "!")]))
    with Desk(table) as desk:
        assert desk.screen()[1] == "▸! Giao Sở …   10,52"


def test_dim_strong_and_cursor_rows_have_their_styles() -> None:
    rows = [Row("a", ("1",)), Row("b", ("2",), dim=True), Row("c", ("3",), strong=True)]
    table = Listing([Column("x")], ListSource(rows))
    with Desk(table):
        styles = [table.render_line(y)._segments[0].style for y in (1, 2, 3)]
        cursor, dim, strong = (style for style in styles if style is not None)
        assert (dim.dim, strong.bold) == (True, True)
        assert cursor.bgcolor != dim.bgcolor
