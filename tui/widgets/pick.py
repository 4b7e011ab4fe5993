"""A field that completes units, people, places."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.validation import Validator
from textual.widgets._input import InputValidationOn

from tui.graphemes import cut
from tui.widgets.field import LONGEST, Field


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be picked: `value` is what it stands for, `label` what a person reads."""

    value: str
    label: str


class PickField(Field):
    """A `Field` that offers, beneath itself, what its text may mean.

    `suggest` gets the text and returns the best first; it is called at most once a burst of keys.
    Only Enter, Tab or a click puts a label into the field; Esc closes the list, Down opens it.
    `picked` is what was taken, until the text is edited; where it is None the text is the person's
    own.
    """

    MOST = 6
    """Suggestions shown at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "next", show=False),
        Binding("up", "previous", show=False),
        Binding("enter", "take_or_submit", show=False),
        Binding("tab", "take_or_leave", show=False),
        Binding("escape", "close", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick--offered", "pick--marked"}
    DEFAULT_CSS = """
    PickField {
        &>.pick--marked { text-style: reverse; }
    }
    """

    @dataclass
    class Picked(Message):
        """A suggestion was taken."""

        field: "PickField"
        suggestion: Suggestion

        @property
        def control(self) -> "PickField":
            return self.field

    def __init__(
        self,
        suggest: Callable[[str], Sequence[Suggestion]],
        placeholder: str = "",
        *,
        picked: Suggestion | None = None,
        max_length: int = LONGEST,
        validators: Validator | Iterable[Validator] | None = None,
        validate_on: Iterable[InputValidationOn] | None = None,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
        compact: bool = False,
    ) -> None:
        self._suggest = suggest
        self._offered: Sequence[Suggestion] = ()
        self._marked = 0
        self._stale = False
        self.picked = picked
        super().__init__(
            picked.label if picked else None,
            placeholder,
            max_length=max_length,
            validators=validators,
            validate_on=validate_on,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
            compact=compact,
        )

    @property
    def offered(self) -> Sequence[Suggestion]:
        """What the text may mean, best first; empty while the list is closed."""
        self._look_up()
        return self._offered

    def put(self, suggestion: Suggestion) -> None:
        """Take `suggestion` without a message."""
        self.value = suggestion.label
        self.cursor_position = len(self.value)
        self.picked = suggestion
        self._offer(())

    def replace(self, text: str, start: int, end: int) -> None:
        before = self.value
        super().replace(text, start, end)
        if self.value != before:
            self.picked = None
            self._stale = True
            self.call_later(self._look_up)  # once for all the keys of a packet

    def action_next(self) -> None:
        if self.offered:
            self._mark(self._marked + 1)
        else:
            self._offer(self._suggest(self.value))

    def action_previous(self) -> None:
        if not self.offered:
            raise SkipAction
        self._mark(self._marked - 1)

    async def action_take_or_submit(self) -> None:
        if self.offered:
            self._take()
        else:
            await self.action_submit()

    def action_take_or_leave(self) -> None:
        if self.offered:
            self._take()
        else:
            self.screen.focus_next()

    def action_close(self) -> None:
        if not self.offered:
            raise SkipAction
        self._offer(())

    def _look_up(self) -> None:
        if self._stale:
            self._offer(self._suggest(self.value) if self.value.strip() else ())

    def _take(self) -> None:
        suggestion = self._offered[self._marked]
        self.put(suggestion)
        self.post_message(self.Picked(self, suggestion))

    def _offer(self, suggestions: Sequence[Suggestion]) -> None:
        before = len(self._offered)
        self._stale = False
        self._offered = suggestions[: self.MOST]
        self._marked = 0
        if len(self._offered) == before:
            self.refresh(Region(0, 1, self.size.width, before))
        elif self._offered:
            self.styles.height = 1 + len(self._offered) + self.styles.gutter.height
            self.call_after_refresh(self.scroll_visible, animate=False)
        else:
            self.styles.clear_rule("height")
            self.refresh(layout=True)

    def _mark(self, index: int) -> None:
        for row in (self._marked, index := index % len(self._offered)):
            self.refresh(Region(0, 1 + row, self.size.width, 1))
        self._marked = index

    def _on_blur(self, event: events.Blur) -> None:
        self._offer(())

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        row = event.get_content_offset_capture(self).y - 1
        if 0 <= row < len(self._offered):
            event.prevent_default()
            self._marked = row
            self._take()

    def render_line(self, y: int) -> Strip:
        if not 0 < y <= len(self._offered):
            return super().render_line(y)
        marked = y - 1 == self._marked
        mark = "▸ " if marked else "  "
        label = cut(self._offered[y - 1].label, self.size.width - 2)
        style = self.get_component_rich_style("pick--marked" if marked else "pick--offered")
        strip = Strip([Segment(mark + label, style)])
        return strip.extend_cell_length(self.size.width, style).apply_style(self.rich_style)
