"""A form: labels, fields, and beside each what was understood or what is wrong."""

from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.graphemes import cut, visible
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.pick import PickField

Control = Field | Choice

LABEL_CELLS = 18
_NOTE_GAP = 2
_WRONG_LEFT = 2
_LABEL = Style()
_LABEL_HERE = Style(bold=True)
_NOTE = Style(dim=True)
_WRONG = Style(bold=True)


class FormRow(Widget):
    """One labelled `control`. `note` stands beside it, `wrong` in lines beneath."""

    DEFAULT_CSS = f"""
    FormRow {{
        height: auto;
        & > Field, & > PickField, & > Choice {{
            margin: 0 0 0 {LABEL_CELLS};
        }}
        & > Field, & > PickField {{ width: 32; text-style: underline; }}
        & > Choice {{ width: auto; }}
        &.-wide > Field {{ width: 1fr; max-width: 70; }}
    }}
    """

    def __init__(self, name: str, label: str, control: Control, *, wide: bool = False) -> None:
        """A `wide` control takes the room of the note."""
        super().__init__(name=name, id=f"row-{name}", classes="-wide" if wide else None)
        self.label = label
        self.control = control
        self.note = ""
        self.wrong = ""
        self._wrong_lines: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.control

    @property
    def value(self) -> str:
        """What is typed or chosen, without blanks around it."""
        return self.control.value.strip()

    @value.setter
    def value(self, text: str) -> None:
        self.control.value = text

    def tell(self, note: str) -> None:
        """Say beside the control what was understood."""
        if note != self.note or self.wrong:
            self.note = note
            self.blame("")
            self.refresh()

    def blame(self, wrong: str) -> None:
        """Say beneath the control what is wrong with it."""
        if wrong != self.wrong:
            self.wrong = wrong
            cells = max(self.size.width - _WRONG_LEFT - 1, LABEL_CELLS)
            lines = wrap(visible(wrong), cells - 2)
            self._wrong_lines = [f"{' ' if n else '!'} {line}" for n, line in enumerate(lines)]
            margin = self.control.styles.margin
            self.control.styles.margin = (0, 0, len(lines), margin.left)
            self.refresh(layout=True)

    def on_descendant_focus(self) -> None:
        self.refresh()

    def on_descendant_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        if y == 0:
            here = self.control.has_focus
            label = ("▸ " if here else "  ") + self.label
            used = LABEL_CELLS + self.control.region.width + _NOTE_GAP
            segments = [
                Segment(cut(label, LABEL_CELLS - 1), _LABEL_HERE if here else _LABEL),
            ]
            strip = Strip(segments).adjust_cell_length(used)
            note = Segment(cut(self.note, max(cells - used, 0)), _NOTE)
            strip = Strip([*strip, note])
        elif (line := y - self.size.height + len(self._wrong_lines)) >= 0 and self._wrong_lines:
            text = cut(self._wrong_lines[line], max(cells - _WRONG_LEFT, 0))
            strip = Strip([Segment(" " * _WRONG_LEFT), Segment(text, _WRONG)])
        else:
            strip = Strip([])
        return strip.adjust_cell_length(cells).apply_style(self.rich_style)


class Form(VerticalScroll, can_focus=False):
    """Rows of a form. Enter goes to the next, and from the last asks for all to be saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("enter", "next", show=False),
    ]
    DEFAULT_CSS = "Form { margin: 1 1 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }"

    class Finished(Message):
        """Enter on the last row."""

    @property
    def rows(self) -> dict[str, FormRow]:
        """The rows by name, in order."""
        return {row.name or "": row for row in self.query(FormRow)}

    def action_next(self) -> None:
        if self._at_end:
            self.post_message(self.Finished())
        else:
            self.screen.focus_next()

    @property
    def _at_end(self) -> bool:
        return [row.control.has_focus for row in self.query(FormRow)][-1:] == [True]

    def on_pick_field_picked(self, event: PickField.Picked) -> None:
        """What was picked fills the row; the next one is due."""
        event.stop()
        if not self._at_end:
            self.screen.focus_next()

    def on_input_submitted(self, event: Field.Submitted) -> None:
        event.stop()
        self.action_next()


def pick(control: Control) -> str:
    """The id that was picked in a `PickField`; nothing where the text is the person's own."""
    picked = control.picked if isinstance(control, PickField) else None
    return picked.value if picked else ""
