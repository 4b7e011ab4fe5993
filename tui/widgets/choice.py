"""One of a few things, chosen on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from schema.viet import fold
from tui.graphemes import cut, width
from tui.widgets.ordered import hand_on, run_own_binding, typed


class Choice(Widget, can_focus=True):
    """`‹ Phiên họp thường kỳ ›`: Left and Right, Space, or the first letter, change it.

    `options` are (value, label) pairs, at least one. Letters and Backspace stop here, since UniKey
    sends Backspaces after letters, wherever they are typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("backspace,ctrl+h", "nothing", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    Choice {
        height: 1;
        pointer: pointer;
        &:focus { text-style: reverse; }
    }
    """

    value: reactive[str] = reactive("", init=False)
    """The value chosen."""

    terminal_cursor = Offset(0, 0)
    """Where the terminal's cursor waits, so that the focus is not told by colour alone."""

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: "Choice"
        value: str

        @property
        def control(self) -> "Choice":
            return self.choice

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Raises ValueError where `value`, by default the first, is not among the options."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._options = options
        self.set_reactive(
            Choice.value, self.validate_value(options[0][0] if value is None else value)
        )

    @property
    def label(self) -> str:
        """What a person reads of the value."""
        return dict(self._options)[self.value]

    def validate_value(self, value: str) -> str:
        if all(value != option for option, _ in self._options):
            raise ValueError(f"{value!r} is not among the options")
        return value

    def watch_value(self, value: str) -> None:
        self.post_message(self.Changed(self, value))

    async def _on_key(self, event: events.Key) -> None:
        if hand_on(self, event) or await run_own_binding(self, event):
            return
        if (letter := typed(event)).isalnum():
            event.stop()
            event.prevent_default()
            self._go_to_letter(fold(letter))

    def on_click(self) -> None:
        self.action_step(1)

    def action_step(self, by: int) -> None:
        values = [value for value, _ in self._options]
        self.value = values[(values.index(self.value) + by) % len(values)]

    def action_nothing(self) -> None:
        """For the keys that are to end here."""

    def _go_to_letter(self, letter: str) -> None:
        """To the next option that starts with it, marks aside; round again after the last."""
        at = [value for value, _ in self._options].index(self.value) + 1
        for value, label in (*self._options[at:], *self._options[:at]):
            if fold(label).startswith(letter):
                self.value = value
                return

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max(width(label) for _, label in self._options) + 4

    def render_line(self, y: int) -> Strip:
        text = f"‹ {cut(self.label, self.size.width - 4)} ›" if y == 0 else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(
            self.size.width, self.rich_style
        )
