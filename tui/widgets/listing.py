"""Lists of any length: only the rows in sight, and a page around them, are ever loaded."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, Literal, NamedTuple, Protocol

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.graphemes import cut, width

PAGE = 64
"""Rows asked of a source at a time."""

PAGES_KEPT = 16

_MARKS = 3  # cells at the left: the cursor's mark, the row's, a blank
_GAP = 2  # cells between two columns
_NARROWEST = 4  # cells of a column that takes a share


class Column(NamedTuple):
    """`width` in cells, or 0 for a `share` of what the others leave."""

    title: str
    width: int = 0
    share: int = 1
    align: Literal["left", "right"] = "left"


class Row(NamedTuple):
    """One line: a cell for each column, or one `across` all; and a `mark` of one cell at the left
    that says its kind.

    Texts are shown through `graphemes.visible`, so they may come from anyone.
    """

    key: str
    cells: tuple[str, ...]
    mark: str = ""
    dim: bool = False
    strong: bool = False
    across: bool = False


class Source(Protocol):
    """Rows in an order of their own. Called while a screen is drawn: each call within a few ms."""

    def count(self) -> int: ...

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """The rows from `offset`, `limit` at most; fewer at the end, or where some have gone."""
        ...

    def index(self, key: str) -> int | None:
        """Where the row of that key is now; None when it is not among the rows."""
        ...


class ListSource:
    """Rows that are at hand."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = rows

    def count(self) -> int:
        return len(self._rows)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        return self._rows[offset : offset + limit]

    def index(self, key: str) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.key == key), None)


class Listing(ScrollView, can_focus=True, inherit_bindings=False):
    """A table with a cursor row, which is told apart by a mark as well as by its style.

    The cursor stays on its row, by key, whatever `reload` brings.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", show=False, id="listing.down"),
        Binding("up,k", "step(-1)", show=False, id="listing.up"),
        Binding("pagedown", "page(1)", show=False, id="listing.page_down"),
        Binding("pageup", "page(-1)", show=False, id="listing.page_up"),
        Binding("home,g", "first", show=False, id="listing.first"),
        Binding("end,G", "last", show=False, id="listing.last"),
        Binding("enter", "choose", show=False, id="listing.choose"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "listing--header",
        "listing--row",
        "listing--cursor",
        "listing--dim",
        "listing--strong",
        "listing--empty",
    }
    DEFAULT_CSS = """
    Listing {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        &>.listing--header { text-style: bold underline; }
        &>.listing--dim { text-style: dim; }
        &>.listing--strong { text-style: bold; }
        &>.listing--empty { text-style: italic; }
        &>.listing--cursor { text-style: bold; }
        &:focus>.listing--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    class Highlighted(Message):
        """The cursor is on another row: `key`, or "" when there is none."""

        def __init__(self, listing: "Listing", key: str) -> None:
            super().__init__()
            self.listing, self.key = listing, key

        @property
        def control(self) -> "Listing":
            return self.listing

    class Chosen(Message):
        """Enter, or a click on the row of the cursor."""

        def __init__(self, listing: "Listing", key: str) -> None:
            super().__init__()
            self.listing, self.key = listing, key

        @property
        def control(self) -> "Listing":
            return self.listing

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        *,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`empty` is said where there are no rows."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._columns = tuple(columns)
        self._source: Source = source or ListSource()
        self._empty = empty
        self._count = 0
        self._pages: dict[int, Sequence[Row]] = {}
        self._index = 0
        self._key = ""
        self._cells = 0

    # ------------------------------------------------------------------ rows

    @property
    def source(self) -> Source:
        """Where the rows come from; a new one is shown from its first row."""
        return self._source

    @source.setter
    def source(self, source: Source) -> None:
        self._source = source
        if self.is_mounted:
            self.reload(keep=False)

    @property
    def columns(self) -> Sequence[Column]:
        """Other ones may be put in their place; the source's rows are asked for again."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._pages.clear()
            self.refresh()

    @property
    def count(self) -> int:
        """Rows, when last loaded."""
        return self._count

    @property
    def index(self) -> int:
        """The row of the cursor, from 0."""
        return self._index

    @property
    def key(self) -> str:
        """The key of the cursor's row; "" when there are no rows."""
        return self._key

    def reload(self, keep: bool = True) -> None:
        """Forget all rows and load those in sight, with the cursor on the row it was on.

        Where that row has gone the cursor stays at its place in the list. `keep=False`: at the top.
        """
        self._pages.clear()
        self._count = self._source.count()
        # One line more than the rows: the header's, which stays where it is.
        self.virtual_size = Size(0, self._count + 1 if self._count else 0)
        # At once, or the whole screen is laid out again once it is drawn.
        self._refresh_scrollbars()
        index = self._index if keep else 0
        if keep and self._key and (found := self._source.index(self._key)) is not None:
            self._scroll_to_row(self._top + found - index)  # its line on the screen stays the same
            index = found
        self._put_cursor(index)
        self.refresh()

    def grow(self) -> None:
        """Take note of more rows after those that there were."""
        if (count := self._source.count()) != self._count:
            self._pages.pop(self._count // PAGE, None)
            self._count = count
            self.virtual_size = Size(0, count + 1)

    def go_to(self, key: str) -> bool:
        """Put the cursor on the row of that key; False when there is none."""
        index = self._source.index(key)
        if index is None:
            return False
        self._move_to(index)
        return True

    def row_at(self, index: int) -> Row | None:
        """The row, loaded if need be; None outside the list, or when the source has it no more."""
        if not 0 <= index < self._count:
            return None
        number, place = divmod(index, PAGE)
        page = self._pages.pop(number, None)
        if page is None:
            page = self._source.rows(number * PAGE, PAGE)
            if len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
        self._pages[number] = page  # last among the pages: the first is the one longest unused
        return page[place] if place < len(page) else None

    # ---------------------------------------------------------------- cursor

    def action_step(self, rows: int) -> None:
        self._move_to(self._index + rows)

    def action_page(self, pages: int) -> None:
        self._move_to(self._index + pages * max(self._rows_in_sight - 1, 1))

    def action_first(self) -> None:
        self._move_to(0)

    def action_last(self) -> None:
        self._move_to(self._count - 1)

    def action_choose(self) -> None:
        if self._key:
            self.post_message(self.Chosen(self, self._key))

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.get_content_offset_capture(self).y - 1
        if not self._top <= index < self._count:
            return
        if index == self._index:
            self.action_choose()
        else:
            self._move_to(index)

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _rows_in_sight(self) -> int:
        return max(self.size.height - 1, 0)

    def _move_to(self, index: int) -> None:
        """Put the cursor on a row, and repaint the two rows concerned unless the list scrolls."""
        before = self._index
        self._put_cursor(index)
        for row in {before, self._index} if before != self._index else ():
            self.refresh(Region(0, 1 + row - self._top, self.size.width, 1))

    def _put_cursor(self, index: int) -> None:
        self._index = max(0, min(index, self._count - 1))
        row = self.row_at(self._index)
        key = row.key if row else ""
        self._keep_cursor_in_sight()
        if key != self._key:
            self._key = key
            self.post_message(self.Highlighted(self, key))

    def _keep_cursor_in_sight(self) -> None:
        lowest = self._index - self._rows_in_sight + 1
        self._scroll_to_row(min(max(self._top, lowest), self._index))

    def _scroll_to_row(self, top: int) -> None:
        if top != self._top and self._rows_in_sight:
            self.scroll_to(y=top, animate=False, force=True)

    # ---------------------------------------------------------------- screen

    def on_mount(self) -> None:
        self.reload(keep=False)

    def on_resize(self) -> None:
        self._keep_cursor_in_sight()

    def render_lines(self, crop: Region) -> list[Strip]:
        # What a scrollbar leaves of a line takes a while to find out.
        self._cells = self.scrollable_content_region.width
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if y == 0:
            titles = tuple(column.title for column in self._columns)
            return self._line(" " * _MARKS, titles, "listing--header")
        index = self._top + y - 1
        row = self.row_at(index)
        if row is None:
            text = self._empty if not self._count and y == 2 else ""
            return self._strip("  " + cut(text, self._cells - 2), "listing--empty")
        at_cursor = index == self._index
        marks = f"{'▸' if at_cursor else ' '}{_fit(row.mark, 1, 'left')} "
        kinds = ["listing--row"]
        kinds += ["listing--strong"] if row.strong else []
        kinds += ["listing--dim"] if row.dim else []
        kinds += ["listing--cursor"] if at_cursor else []
        if row.across:
            return self._strip(marks + row.cells[0], *kinds)
        return self._line(marks, row.cells, *kinds)

    def _line(self, marks: str, cells: Sequence[str], *kinds: str) -> Strip:
        widths = _widths(self._columns, self._cells - _MARKS)
        fitted = [
            _fit(cell, cells_wide, column.align)
            for cell, cells_wide, column in zip(cells, widths, self._columns, strict=False)
        ]
        return self._strip(marks + (" " * _GAP).join(fitted), *kinds)

    def _strip(self, text: str, *kinds: str) -> Strip:
        cells = self._cells
        segment = Segment(_fit(text, cells, "left", ""), self.get_component_rich_style(*kinds))
        return Strip([segment], cells)


def _fit(text: str, cells: int, align: Literal["left", "right"], ellipsis: str = "…") -> str:
    """`text` in exactly that many cells."""
    text = cut(text, cells, ellipsis)
    blanks = " " * (cells - width(text))
    return blanks + text if align == "right" else text + blanks


@lru_cache(maxsize=64)
def _widths(columns: tuple[Column, ...], cells: int) -> tuple[int, ...]:
    """The cells of each column in a line of `cells` cells; more than fit where it is too short."""
    left = cells - _GAP * (len(columns) - 1) - sum(column.width for column in columns)
    shares = sum(column.share for column in columns if not column.width)
    widths = []
    for column in columns:
        if column.width:
            widths.append(column.width)
        else:
            wide = left * column.share // shares
            widths.append(max(wide, _NARROWEST))
            left, shares = left - wide, shares - column.share
    return tuple(widths)
