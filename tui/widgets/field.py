"""One-line text fields that keep what UniKey types."""

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.keys import REPLACED_KEYS, key_to_character
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.validation import Validator
from textual.widgets import Input
from textual.widgets._input import InputType, InputValidationOn, Selection

from tui import graphemes
from tui.cell_app import CellApp
from tui.widgets.ordered import hand_on, run_own_binding, typed

_TO_ONE_LINE = {ord("\n"): " ", ord("\t"): " "}

LONGEST = 10_000
"""Characters that a field holds unless told otherwise; a longer paste is refused as a whole."""


class Field(Input):
    """Textual's `Input` with every editing key in order, NFC text and grapheme-wise editing.

    Messages, validators, `restrict`, `type`, `password` and `placeholder` are the `Input`'s. There
    is no suggester: a text inserted between two keys would meet UniKey's Backspaces.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+h", "delete_left", show=False),
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", show=False),
        Binding("ctrl+delete", "delete_right_word", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    # The place of a field does not depend on its text: a key lays nothing out, and what it repaints
    # is the line alone.
    value: Reactive[str] = reactive("", init=False, repaint=False)
    selection: Reactive[Selection] = reactive(Selection.cursor(0), repaint=False)
    virtual_size: Reactive[Size] = reactive(Size(0, 0), repaint=False)

    def __init__(
        self,
        value: str | None = None,
        placeholder: str = "",
        *,
        password: bool = False,
        restrict: str | None = None,
        type: InputType = "text",
        max_length: int = LONGEST,
        validators: Validator | Iterable[Validator] | None = None,
        validate_on: Iterable[InputValidationOn] | None = None,
        valid_empty: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
        compact: bool = False,
    ) -> None:
        self._first_cell = 0
        self._selected = False
        super().__init__(
            value,
            placeholder,
            password=password,
            restrict=restrict,
            type=type,
            max_length=max_length,
            validators=validators,
            validate_on=validate_on,
            valid_empty=valid_empty,
            select_on_focus=False,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
            compact=compact,
        )
        self.cursor_blink = False  # each blink is output

    # ------------------------------------------------------------------ keys

    async def _on_key(self, event: events.Key) -> None:
        event.prevent_default()  # Input's own handler types the letter of Alt+letter
        if hand_on(self, event):
            return
        if char := typed(event):
            event.stop()
            self.replace(char, *self.selection)
        else:
            await run_own_binding(self, event)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        # Textual has names of its own for some signs, and does not know them here (slash, plus).
        named = key_to_character(REPLACED_KEYS.get(key, key))
        return super().check_consume_key(key, character or named)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(event.text.strip("\r\n"), *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in place of `value[start:end]`, composed with the letters at its sides."""
        value = self.value
        start, end = sorted((max(0, start), min(len(value), end)))
        before = graphemes.prev_boundary(value, start)
        left = value[before:start] + text
        joined = left + value[end:]
        stop = 0
        if left:
            stop = graphemes.next_boundary(joined, graphemes.prev_boundary(joined, len(left)))
        after = end + stop - len(left)
        super().replace(graphemes.clean(joined[:stop]).translate(_TO_ONE_LINE), before, after)

    def action_cursor_left(self, select: bool = False) -> None:
        if select or self.selection.is_empty:
            self._go_to(graphemes.prev_boundary(self.value, self.cursor_position), select)
        else:
            self._go_to(min(self.selection), select)

    def action_cursor_right(self, select: bool = False) -> None:
        if select or self.selection.is_empty:
            self._go_to(graphemes.next_boundary(self.value, self.cursor_position), select)
        else:
            self._go_to(max(self.selection), select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        self._go_to(self._word_left(), select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        self._go_to(self._word_right(), select)

    def action_home(self, select: bool = False) -> None:
        self._go_to(0, select)

    def action_end(self, select: bool = False) -> None:
        self._go_to(len(self.value), select)

    def action_delete_left(self) -> None:
        self._delete_to(graphemes.prev_boundary(self.value, self.cursor_position))

    def action_delete_right(self) -> None:
        self._delete_to(graphemes.next_boundary(self.value, self.cursor_position))

    def action_delete_left_word(self) -> None:
        self._delete_to(self._word_left())

    def action_delete_right_word(self) -> None:
        self._delete_to(self._word_right())

    def _go_to(self, index: int, select: bool) -> None:
        self.selection = Selection(self.selection.start if select else index, index)

    def _delete_to(self, index: int) -> None:
        if not self.selection.is_empty:
            self.delete_selection()
        elif index != self.cursor_position:
            self.delete(index, self.cursor_position)

    def _word_left(self) -> int:
        # Where words end in a password is nobody's business.
        return 0 if self.password else graphemes.word_left(self.value, self.cursor_position)

    def _word_right(self) -> int:
        if self.password:
            return len(self.value)
        return graphemes.word_right(self.value, self.cursor_position)

    # ---------------------------------------------------------------- screen

    @property
    def terminal_cursor(self) -> Offset:
        """The cell of this field where the next letter goes: the place of the terminal's cursor."""
        return Offset(self._cell_of(self.cursor_position) - self._first_cell, 0)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The same, from the corner of the screen."""
        return self.content_region.offset + self.terminal_cursor

    @property
    def content_width(self) -> int:
        """Cells of the text (or of the placeholder) and of a cursor after it."""
        return graphemes.width(self._shown or self.placeholder) + 1

    @property
    def _shown(self) -> str:
        """What stands for the value on the screen, character for character."""
        return "*" * len(self.value) if self.password else graphemes.visible(self.value)

    def _cell_of(self, index: int) -> int:
        return graphemes.width(self._shown[:index])

    def _cell_offset_to_index(self, offset: int) -> int:
        shown = self._shown
        cells, index = self._first_cell + offset, 0
        while index < len(shown):
            after = graphemes.next_boundary(shown, index)
            cells -= graphemes.width(shown[index:after])
            if cells < 0:
                break
            index = after
        return index

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        self._refresh_line()

    def _watch_selection(self, selection: Selection) -> None:
        if not self.is_mounted:
            return  # a field with a value may be made before there is an app
        self.app.clear_selection()
        was_selected, self._selected = self._selected, not selection.is_empty
        if self._keep_cursor_in_sight() or was_selected or self._selected or self._paints_cursor:
            self._refresh_line()
        self._tell_cursor()

    def _on_resize(self, event: events.Resize) -> None:
        self._keep_cursor_in_sight()
        if self.has_focus:
            self._tell_cursor()

    def _keep_cursor_in_sight(self) -> bool:
        """Whether the text was scrolled: by a third of the field at once, to repaint it seldom."""
        window, cell = self.size.width, self._cell_of(self.cursor_position)
        if not window or 0 <= cell - self._first_cell < window:
            return False
        shift = window // 3 if cell < self._first_cell else window - 1 - window // 3
        self._first_cell = max(0, cell - shift)
        return True

    def _tell_cursor(self) -> None:
        app = self.app
        app.cursor_position = self.cursor_screen_offset
        if isinstance(app, CellApp):
            app.cursor_moved()

    def _refresh_line(self) -> None:
        self.refresh(Region(0, 0, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        first = self._first_cell
        strip = Strip(self._segments()).crop(first, first + self.size.width)
        return strip.extend_cell_length(self.size.width).apply_style(self.rich_style)

    def _segments(self) -> list[Segment]:
        text = self._shown
        plain: Style | None = None
        if not text:
            text, plain = self.placeholder, self.get_component_rich_style("input--placeholder")
        if not self.has_focus:
            return [Segment(text, plain)]
        text += " "  # the cell of a cursor at the end
        start, end = sorted(self.selection)
        at, after = self._painted_cursor(text)
        segments, done = [], 0
        for edge in sorted({start, end, at, after, len(text)}):
            style = plain
            if start <= done < end:
                style = self.get_component_rich_style("input--selection")
            if at <= done < after:
                style = self.get_component_rich_style("input--cursor")
            segments.append(Segment(text[done:edge], style))
            done = edge
        return segments

    @property
    def _paints_cursor(self) -> bool:
        """Whether the terminal does not show a cursor of its own: a picture, a test."""
        return not (isinstance(self.app, CellApp) and self.app.cells)

    def _painted_cursor(self, text: str) -> tuple[int, int]:
        """The span of `text` that is painted as the cursor."""
        if not self._paints_cursor:
            return 0, 0
        return self.cursor_position, graphemes.next_boundary(text, self.cursor_position)
