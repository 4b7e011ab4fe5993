"""The minutes editor: every key applies at once, and only what changed is drawn.

Public entrance: `Editor`. It knows lines, marks and keys; keeping the text is its owner's business
(`on_typed`), and so are the commands that come after the leader key.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence, Set

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from schema.document import Document
from schema.history import Splice
from tui import graphemes
from tui.cell_app import CellApp
from tui.editor.buffer import Buffer, Place, Touched
from tui.editor.drawing import PLAIN, SELECTED, row_segments
from tui.editor.keymap import KEYS
from tui.editor.others import Other, Others
from tui.editor.window import Row, Window
from tui.widgets.ordered import typed

LEADER = "ctrl+k"
GUTTER = 2


async def _nothing(key: str) -> None:
    """What a key after the leader does while nobody has said."""


class Editor(Widget, can_focus=True):
    """One text, edited by keyboard. The terminal's own cursor shows where."""

    DEFAULT_CSS = "Editor { height: 1fr; width: 1fr; }"

    def __init__(self, document: Document, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.buffer: Buffer = Buffer(document)
        self.window: Window = Window(self.buffer)
        self.cursor: Place = Place(0, 0)
        self.mark: Place | None = None
        """Where the selection began; it reaches to the cursor."""
        self.on_typed: Callable[[], None] = lambda: None
        """Called after each edit of this person's, in the key's path: must only take note."""
        self.on_moved: Callable[[], None] = lambda: None
        """Called when the cursor went to another line."""
        self.on_stepped: Callable[[], None] = lambda: None
        """Called whenever the cursor moved, in the key's path: must only take note."""
        self.on_command: Callable[[str], Awaitable[None]] = _nothing
        """Called with "" when the leader key is pressed, and then with the key after it."""
        self.edited_lines: set[int] = set()
        """Lines that changed, here or elsewhere, since whoever reads them emptied this."""
        self.signs: dict[int, str] = {}
        """Lines with a sign in the margin, by number."""
        self.others: Others = Others()
        """Where other people's cursors are."""
        # Words over the text, by screen row, and the row of the marked one.
        self._over: dict[int, str] = {}
        self._over_marked: int | None = None
        self.leading = False
        """Whether the next key is a command, the leader key having been pressed."""
        self._goal: int | None = None
        self._overlay: Callable[[events.Key], bool] | None = None

    # Text

    @property
    def lines(self) -> Sequence[str]:
        return self.buffer.lines

    @property
    def selected(self) -> tuple[Place, Place] | None:
        if self.mark is None or self.mark == self.cursor:
            return None
        return min(self.mark, self.cursor), max(self.mark, self.cursor)

    def type_text(self, text: str) -> None:
        """Type `text` at the cursor, in place of the selection if there is one."""
        text = graphemes.clean(text)
        if not text:
            return
        self._delete_selected()
        before = self.lines[self.cursor.line]
        place, touched = self.buffer.insert(self.cursor, text)
        if text[-1] in " \n" or len(text) > 1:
            self.buffer.document.checkpoint()
        self._edited(place, touched, before)

    def delete_span(self, start: Place, end: Place) -> None:
        """Take out what lies between two places; the cursor goes there."""
        if start == end:
            return
        before = self.lines[start.line]
        place, touched = self.buffer.delete(start, end)
        self._edited(place, touched, before)

    def replace_span(self, start: Place, end: Place, text: str) -> None:
        self.buffer.document.checkpoint()
        self.mark = None
        self.delete_span(start, end)
        self.go_to(start)
        self.type_text(text)
        self.buffer.document.checkpoint()

    def undo(self) -> bool:
        """Take back this person's last edit; False when there is none."""
        return self.follow(self.buffer.document.undo(), own=True)

    def redo(self) -> bool:
        return self.follow(self.buffer.document.redo(), own=True)

    def follow(self, splices: Sequence[Splice], *, own: bool = False) -> bool:
        """Show what changed in the document from outside the keyboard."""
        if not splices:
            return False
        self.mark = None
        cursor, touched = self.buffer.apply(splices, self.cursor)
        if own:
            last = splices[-1]
            cursor = self.buffer.place(last.at + len(last.inserted))
        for change in touched:
            self._shift_notes(change)
            self.edited_lines.update(range(change.first, change.first + change.added))
        self.window.forget()
        self._set_cursor(cursor)
        self.window.reveal(cursor)
        self._redraw()
        if own:
            self.on_typed()
        return True

    # Moving

    def go_to(self, place: Place, *, select: bool = False) -> None:
        """Move the cursor, selecting on the way with `select`."""
        place = self.buffer.clamp(place)
        had = self.selected
        if select and self.mark is None:
            self.mark = self.cursor
        elif not select:
            self.mark = None
        if place != self.cursor:
            self.buffer.document.checkpoint()
        self._set_cursor(place)
        if self.window.reveal(place) or had or self.selected:
            self._redraw()
        else:
            self._show_cursor()

    def reveal_in_middle(self, place: Place) -> None:
        self.go_to(place)
        cell = self.window.cell_of(self.cursor)
        if cell is not None:
            self.window.scroll(cell[1] - self.window.height // 3)
            self._redraw()

    def select(self, start: Place, end: Place) -> None:
        """Select what lies between two places, the cursor at its end."""
        self.go_to(start)
        self.go_to(end, select=True)

    def _set_cursor(self, place: Place) -> None:
        before, self.cursor = self.cursor, place
        self._goal = None
        if self.others and (self.others.at(before) or self.others.at(place)):
            self._redraw_lines({before.line, place.line})
        if place.line != before.line:
            self.on_moved()
        self.on_stepped()

    def step(self, rows: int, *, select: bool) -> None:
        """Move so many screen rows down (up when negative), keeping the column where one can."""
        goal = self.window.column_of(self.cursor) if self._goal is None else self._goal
        self.go_to(self.window.step(self.cursor, rows, goal), select=select)
        self._goal = goal

    # Keys

    async def _on_key(self, event: events.Key) -> None:
        target = self.app.focused or self.app.screen
        if target is not self:
            # The keys of one packet that come after one which opened or focused something else.
            target._forward_event(event.copy())
        elif not await self._handle(event):
            return
        event.stop()
        event.prevent_default()

    async def _handle(self, event: events.Key) -> bool:
        if self.leading or event.key == LEADER:
            after = event.key if self.leading else ""
            self.leading = not self.leading
            await self.on_command(after)
            return True
        if self._overlay is not None and self._overlay(event):
            return True
        if char := typed(event):
            self.type_text(char)
            return True
        command = KEYS.get(event.key)
        if command is None:
            return False
        command(self)
        return True

    def set_overlay(self, overlay: Callable[[events.Key], bool] | None) -> None:
        """Offer each key to `overlay` first; it says whether it took it."""
        self._overlay = overlay

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.buffer.document.checkpoint()
        self.type_text(event.text)

    def delete_left(self) -> None:
        if not self._delete_selected():
            self.delete_span(self.buffer.left(self.cursor), self.cursor)

    def delete_right(self) -> None:
        if not self._delete_selected():
            self.delete_span(self.cursor, self.buffer.right(self.cursor))

    def delete_word_left(self) -> None:
        if not self._delete_selected():
            self.delete_span(self.buffer.word_left(self.cursor), self.cursor)

    def delete_word_right(self) -> None:
        if not self._delete_selected():
            self.delete_span(self.cursor, self.buffer.word_right(self.cursor))

    def delete_to_line_start(self) -> None:
        self.delete_span(Place(self.cursor.line, 0), self.cursor)

    def _delete_selected(self) -> bool:
        span = self.selected
        self.mark = None
        if span is None:
            return False
        self.delete_span(*span)
        return True

    # Drawing

    def _edited(self, place: Place, touched: Touched, before: str) -> None:
        """Draw what an edit changed, and take note of it."""
        in_line = touched.removed == touched.added == 1
        self.others.follow(touched, len(self.lines[touched.first]) - len(before) if in_line else 0)
        span = self.window.rewrapped(touched.first, before, touched.column) if in_line else None
        if not in_line:
            self._shift_notes(touched)
            self.window.forget()
        self.edited_lines.update(range(touched.first, touched.first + touched.added))
        self._set_cursor(place)
        if self.window.reveal(place, ahead=True):
            self._redraw()
        elif span is None:
            cell = self.window.cell_of(Place(touched.first, 0))
            top = max((cell[1] if cell else 0), 0)
            self._redraw(top)
        else:
            self._redraw(span.start, span.stop)
        self.on_typed()

    def _shift_notes(self, touched: Touched) -> None:
        """Keep what is known of lines by number with its line."""
        by = touched.added - touched.removed
        if not by:
            return
        after = touched.first + touched.removed

        def moved(line: int) -> int:
            return line + by if line >= after else min(line, touched.first + touched.added - 1)

        self.signs = {moved(line): sign for line, sign in self.signs.items()}
        self.edited_lines = {moved(line) for line in self.edited_lines}

    def show_signs(self, signs: dict[int, str]) -> None:
        """Show other signs in the margin than before."""
        if signs == self.signs:
            return
        changed = {
            line for line in {*signs, *self.signs} if signs.get(line) != self.signs.get(line)
        }
        self.signs = signs
        self._redraw_lines(changed)

    def show_others(self, others: Iterable[Other]) -> None:
        """Show other people's cursors where they are now."""
        self._redraw_lines(self.others.show(others))

    def _redraw_lines(self, lines: Set[int]) -> None:
        for y, row in enumerate(self.window.rows()):
            if row.line in lines:
                self._redraw(y, y + 1)

    def show_offers(self, offers: Sequence[str], marked: int) -> None:
        """Show a list of words beneath the cursor, one of them marked; none with no `offers`."""
        cell = self.window.cell_of(self.cursor) or (0, 0)
        below = cell[1] + 1
        fits = below + len(offers) <= self.size.height
        self._show_over(max(below if fits else cell[1] - len(offers), 0), offers, marked)

    def show_hints(self, hints: Sequence[str]) -> None:
        """Show rows of words at the foot of the window; none with no `hints`."""
        self._show_over(max(self.size.height - len(hints), 0), hints, None)

    def _show_over(self, top: int, words: Sequence[str], marked: int | None) -> None:
        before = self._over
        self._over = {
            top + y: f"{'▸' if y == marked else ' '} {text}" for y, text in enumerate(words)
        }
        self._over_marked = None if marked is None else top + marked
        if rows := [*before, *self._over]:
            self._redraw(min(rows), max(rows) + 1)

    def _redraw(self, first: int = 0, last: int | None = None) -> None:
        height = (self.size.height if last is None else last) - first
        if height > 0:
            self.refresh(Region(0, first, self.size.width, height))
        else:
            self._show_cursor()

    @property
    def terminal_cursor(self) -> Offset | None:
        """Where the terminal's cursor belongs, from the corner of this widget."""
        cell = self.window.cell_of(self.cursor)
        return Offset(GUTTER + cell[0], cell[1]) if cell else None

    def _show_cursor(self) -> None:
        if isinstance(self.app, CellApp):
            self.app.cursor_moved()

    def _on_resize(self, event: events.Resize) -> None:
        self.fit(event.size)

    def fit(self, size: Size) -> None:
        # One column is left for the cursor after a full row.
        self.window.resize(size.width - GUTTER - 1, size.height)
        self.window.reveal(self.cursor)
        self._redraw()

    def render_line(self, y: int) -> Strip:
        rows = self.window.rows()
        width = self.size.width
        if y in self._over:
            style = SELECTED if y == self._over_marked else PLAIN
            words = graphemes.cut(self._over[y], width - GUTTER).ljust(width - GUTTER)
            segments = [Segment(" " * GUTTER, PLAIN), Segment(words, style)]
            return Strip(segments).adjust_cell_length(width, PLAIN)
        if y >= len(rows):
            return Strip.blank(width, PLAIN)
        row = rows[y]
        line = self.lines[row.line]
        segments = row_segments(line, row, self.selected)
        if self.others:
            segments = self.others.draw(segments, line, row, width - GUTTER - 1, self.cursor)
        return Strip([Segment(self._margin(row), PLAIN), *segments]).adjust_cell_length(
            width, PLAIN
        )

    def _margin(self, row: Row) -> str:
        sign = self.signs.get(row.line) or self.others.sign(row.line)
        return (sign if row.start == 0 else "").ljust(GUTTER)
