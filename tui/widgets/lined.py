"""A list of things that may go on over several lines."""

from tui.widgets.listing import Listing

BESIDE_CELLS = 3 + 2 + 1
"""A list's own cells beside a label and a text: marks, the gap between them, the scrollbar."""


class Lined(Listing):
    """The cursor is always on the first line of a thing; the lines that go on from it have keys
    that begin with a blank."""

    def action_step(self, rows: int) -> None:
        at = self.index + rows
        while self._goes_on(at):
            at += 1 if rows > 0 else -1
        if self.row_at(at):
            super().action_step(at - self.index)

    def _goes_on(self, index: int) -> bool:
        row = self.row_at(index)
        return bool(row and row.key.startswith(" "))

    def _put_cursor(self, index: int) -> None:
        index = max(0, min(index, self.count - 1))
        while index and self._goes_on(index):
            index -= 1
        super()._put_cursor(index)

    def _keep_cursor_in_sight(self) -> None:
        """All of the thing's lines, where there is room for them."""
        last = self.index
        while self._goes_on(last + 1):
            last += 1
        self._scroll_to_row(min(max(self._top, last - self._rows_in_sight + 1), self.index))
