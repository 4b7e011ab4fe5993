"""A page of follow-ups that one line of text asks for: what table, board and calendar share."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.asking import Asking
from office.filter_hints import completions
from office.layouts import Form, read
from schema.errors import N_
from schema.records import (
    Field,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Post,
    Unit,
)
from schema.store import Store
from tui import queries
from tui.followup_view import View
from tui.screens.filter_field import FilterField
from tui.screens.page import Page
from tui.widgets.field import Field as TextField
from tui.widgets.line import Lines
from tui.words import tell

if TYPE_CHECKING:
    from office.saved_filters import NamedFilter

# What is shown, or filtered by.
_SHOWN = (Followup, FollowupEvent, FollowupSource, Unit, Person, Post, Meeting, Field)
PREPARE_AFTER_SECONDS = 0.4


class Filtered(Page):
    """Shows `view`; where none is given, the one that all such pages share."""

    FORM: ClassVar[Form]
    """Which of the forms it is."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", N_("Lọc")),
        Binding("o", "named", N_("Bộ lọc")),
        Binding("w", "save", N_("Lưu bộ lọc")),
        Binding("T", "form('table')", N_("Xem thành bảng kê"), show=False),
        Binding("B", "form('board')", N_("Xem theo trạng thái")),
        Binding("L", "form('month')", N_("Xem lịch thời hạn")),
    ]

    def __init__(self, view: View | None = None) -> None:
        super().__init__()
        self._own_view = view
        self._preparing: asyncio.TimerHandle | None = None
        self._seen = 0, date.min

    # To be filled in by a page

    def content(self) -> Iterable[Widget]:
        """What shows the follow-ups, new at each call."""
        raise NotImplementedError

    def find(self, *, keep: bool) -> None:
        """Show what `asking` finds for `parsed`; `keep`: with the cursor where it is."""
        raise NotImplementedError

    def told(self) -> Iterable[str]:
        """What is said under the filter: how many there are, and how they are laid out."""
        return ()

    # ------------------------------------------------------------------ life

    def body(self) -> Iterable[Widget]:
        self.view = self._own_view or self.office.remembered(View)
        self._field = FilterField(self.view.asked, self._complete)
        self._summary = Lines(id="followups-summary")
        yield self._field
        yield self._summary
        yield from self.content()

    def on_mount(self) -> None:
        self.call_after_refresh(self._after_first_sight)

    def _after_first_sight(self) -> None:
        loop = asyncio.get_running_loop()
        self._preparing = loop.call_later(PREPARE_AFTER_SECONDS, self._prepare)

    def _prepare(self) -> None:
        """Have the words ready before somebody types one."""
        path, clock = self.office.store.path, self.office.clock
        self.view.words.prepare(lambda: Store(path, clock=clock, must_exist=True))

    def on_unmount(self) -> None:
        if self._preparing:
            self._preparing.cancel()
        self.view.words.close()

    async def on_screen_resume(self) -> None:
        # Another form of the same view may have asked for something else.
        if self._built and self.is_current and self._field.value != self.view.asked:
            self._field.value = self.view.asked
            self.look(keep=False)

    def refill(self) -> None:
        office = self.office
        (seen, on), now = self._seen, (queries.last_change(office.store), office.today())
        again = on == office.today()
        if again and not queries.changed_since(office.store, seen, _SHOWN):
            self._seen = now
            return
        self._seen = now
        self.forget()
        self.asking = Asking(office.store, office.today(), self.view.words)
        self.look(keep=seen > 0)

    def forget(self) -> None:
        """Names may have changed."""

    # ------------------------------------------------------------- filtering

    def look(self, *, keep: bool) -> None:
        """Find what is asked for now."""
        self.parsed = self.asking.parse(self.view.asked)
        self.find(keep=keep)
        self.sum_up()

    def on_input_changed(self, event: TextField.Changed) -> None:
        if event.value != self.view.asked:
            self.view.asked = event.value
            self.look(keep=False)

    def ask(self, asked: str) -> None:
        """Ask for something else."""
        self.view.asked = asked
        self._field.value = asked
        self.look(keep=False)

    def _complete(self, typed: str) -> tuple[int, Sequence[str]]:
        found = completions(typed, self.asking.names)
        return found.start, found.choices

    def sum_up(self) -> None:
        """Say what is shown; while one types, what may come next."""
        if problems := self.parsed.problems:
            self._summary.show([(f" ! {tell(problems[0])}", Style(bold=True))])
            return
        first, *others = self.told() or ("",)
        parts = [first, self._field.hint] if self._field.has_focus else [first, *others]
        self._summary.show([("   " + " · ".join(filter(None, parts)), Style())])

    def on_descendant_focus(self) -> None:
        if self._built:
            self.sum_up()

    # --------------------------------------------------------------- actions

    def action_filter(self) -> None:
        self._field.focus()
        if self._field.value.rstrip() == self._field.value != "":
            self._field.value += " "  # what is typed next is another condition
        self._field.action_end()

    def action_named(self) -> None:
        from tui.screens.named_filters import NamedFilters

        def use(chosen: "NamedFilter") -> None:
            layout = read(chosen.view)
            self.view.use(layout)
            self.ask(chosen.query)
            self.action_form(layout.form)

        self.app.push_screen(NamedFilters(use, self.view.asked, self.kept_as))

    @property
    def kept_as(self) -> str:
        """The layout that is saved with the filter."""
        return self.view.layout(self.FORM).text

    def action_save(self) -> None:
        from tui.screens.named_filters import ask_to_save

        ask_to_save(self, self.parsed.filter.text, self.kept_as)

    def action_form(self, form: str) -> None:
        """Show the same in another form."""
        from tui.screens.followup_forms import show_as

        show_as(self, Form(form))
