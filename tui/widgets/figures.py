"""A table of figures with a cursor on one of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from schema.errors import N_
from tui.widgets.listing import Column, Listing, Row, Source

_FIGURE = 10  # cells of a figure, its brackets included
_LEFT = 24  # cells that the names have at least
_BESIDE = 4  # the list's own cells, and its scrollbar


class Figures(Listing):
    """Rows of figures after a name: as many of them are shown as there is room for, and the one
    under the cursor is in brackets. `source` gives each row's cells for all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Xem danh sách")),
        Binding("left,h", "figure(-1)", show=False, id="figures.left"),
        Binding("right,l", "figure(1)", show=False, id="figures.right"),
    ]

    class Moved(Message):
        """The cursor is on another figure."""

    class Opened(Message):
        """Enter on the figure of that number (from 0) in the row of `key`."""

        def __init__(self, key: str, figure: int) -> None:
            super().__init__()
            self.key, self.figure = key, figure

    def __init__(
        self, name: str, heads: Sequence[str], source: Source, *, empty: str = "", id: str
    ) -> None:
        super().__init__([], source, empty=empty, id=id)
        self._called, self._heads = name, heads
        self._first, self.figure = 0, 0

    def rename(self, name: str) -> None:
        """What the rows are of."""
        self._called = name
        self._fit()

    def on_resize(self) -> None:
        self._fit()
        super().on_resize()

    def _fit(self) -> None:
        """Show as many figures as there is room for, the cursor's among them."""
        room = max((self.size.width - _BESIDE - _LEFT) // (_FIGURE + 2), 1)
        self._first = min(max(self._first, self.figure - room + 1), self.figure)
        self._first = max(min(self._first, len(self._heads) - room), 0)
        shown = self._heads[self._first : self._first + room]
        self.columns = [Column(self._called), *(Column(h, _FIGURE, align="right") for h in shown)]
        self.refresh()

    def row_at(self, index: int) -> Row | None:
        row = super().row_at(index)
        if row is None:
            return None
        name, *cells = row.cells
        shown = cells[self._first : self._first + len(self.columns) - 1]
        at = self.figure - self._first if index == self.index else -1
        marked = [f"[{cell}]" if n == at else f"{cell} " for n, cell in enumerate(shown)]
        return row._replace(cells=(name, *marked))

    def action_figure(self, by: int) -> None:
        self.figure = max(0, min(self.figure + by, len(self._heads) - 1))
        self._fit()
        self.post_message(self.Moved())

    def action_choose(self) -> None:
        if self.key:
            self.post_message(self.Opened(self.key, self.figure))
