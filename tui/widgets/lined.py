"""A list of things that may go on over several lines."""

from tui.widgets.listing import Listing


class Lined(Listing):
    """Steps from one thing to the next, over the lines that go on from it: their keys begin with a
    blank."""

    def action_step(self, rows: int) -> None:
        at = self.index + rows
        while (row := self.row_at(at)) and row.key.startswith(" "):
            at += 1 if rows > 0 else -1
        if row:
            super().action_step(at - self.index)
