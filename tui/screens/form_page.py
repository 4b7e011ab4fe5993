"""A page with a form: what is typed is never lost, and what is wrong is said where it is."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_, ThukyError
from tui.screens.page import Page
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form, FormRow
from tui.words import _, tell


class Saved(NamedTuple):
    """The record's id, and what to say of it; a `warning` is said as an error is."""

    id: str
    words: str
    warning: bool = False


class WrongError(Exception):
    """The row `name` of a form cannot be taken as it is."""

    def __init__(self, name: str, error: ThukyError) -> None:
        super().__init__(name)
        self.name = name
        self.error = error


class FormPage(Page):
    """A page whose form is saved by a key, or kept as a draft when it is left.

    Drafts are this machine's own settings, under `draft`; with none, nothing is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s", "save", N_("Lưu")),
        Binding("f3", "afresh", N_("Bỏ chữ đã gõ")),
        Binding("escape", "back", N_("Quay lại")),
    ]
    AUTO_FOCUS = "Field"

    def __init__(self, draft: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._at_first: dict[str, str] = {}

    # To be filled in by a form

    def rows(self) -> Iterable[FormRow]:
        raise NotImplementedError

    def save(self, values: dict[str, str]) -> Saved:
        """Write what is in the form. Raises WrongError, ThukyError; then nothing is written."""
        raise NotImplementedError

    def understood(self, name: str, value: str) -> str:
        """What to say beside a row; nothing while it cannot be understood. Raises ThukyError."""
        return ""

    # The rest

    def body(self) -> Iterable[Widget]:
        yield Form(*self.rows(), id="form")

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def values(self) -> dict[str, str]:
        return {name: row.value for name, row in self.form.rows.items()}

    def on_mount(self) -> None:
        super().on_mount()
        self._at_first = self.values
        kept = self.office.store.local(self._draft) if self._draft else ""
        if kept:
            self._fill(json.loads(kept))
            self.office.say(_("Đây là bản nháp đang gõ dở. F3: bỏ nháp, làm lại từ đầu."))
        self._tell_all()

    async def recompose(self) -> None:
        values = self.values
        await super().recompose()
        self._fill(values)
        self._tell_all()

    def keep_now(self) -> None:
        """Keep what is typed but not saved."""
        if self._draft:
            changed = self.values != self._at_first
            kept = json.dumps(self.values, ensure_ascii=False) if changed else ""
            if kept != self.office.store.local(self._draft):
                self.office.store.set_local({self._draft: kept})

    def action_back(self) -> None:
        self.keep_now()
        kept = bool(self._draft and self.values != self._at_first)
        self.dismiss()
        if kept:
            self.office.say(_("Đã giữ bản nháp; mở lại biểu mẫu này để gõ tiếp."))

    def action_afresh(self) -> None:
        self._fill(self._at_first)
        self._tell_all()
        self.office.say("")

    def action_save(self) -> None:
        for row in self.form.rows.values():
            row.blame("")
        try:
            saved = self.save(self.values)
        except WrongError as wrong:
            row = self.form.rows[wrong.name]
            row.blame(tell(wrong.error))
            row.control.focus()
            return
        except ThukyError as error:
            self.office.say(tell(error), error=True)
            return
        if self._draft:
            self.office.store.set_local({self._draft: ""})
        self.office.changed()
        self.dismiss(saved.id)
        self.office.say(saved.words, error=saved.warning)

    def on_form_finished(self) -> None:
        self.action_save()

    def on_input_changed(self, event: Field.Changed) -> None:
        self._tell(event.input.parent)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._tell(event.choice.parent)

    def _fill(self, values: dict[str, str]) -> None:
        for name, row in self.form.rows.items():
            # A draft may name what is there no more.
            with suppress(ValueError):
                row.value = values.get(name, row.value)

    def _tell_all(self) -> None:
        for row in self.form.rows.values():
            self._tell(row)

    def _tell(self, row: object) -> None:
        if isinstance(row, FormRow) and row.is_attached:
            try:
                row.tell(self.understood(row.name or "", row.value))
            except ThukyError:
                row.tell("")
