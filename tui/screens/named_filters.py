"""The filters that have a name: to choose one, save, rename, delete."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import saved_filters
from schema.errors import N_
from schema.records import SavedFilter
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _


class _Filters(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Dùng bộ lọc này"))]


class NamedFilters(Page):
    """Returns the query of the filter that was chosen. `asked` is the one in use."""

    HEADING = N_("Bộ lọc nhiệm vụ")
    HELP = N_(
        "Enter dùng bộ lọc. Những bộ lọc cơ quan đã lưu đứng trước và có trên mọi máy; r đổi tên,"
        " d xóa. Những bộ lọc sẵn có đứng sau, không đổi được."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "save", N_("Lưu bộ lọc đang dùng")),
        Binding("r", "rename", N_("Đổi tên")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, asked: str) -> None:
        super().__init__()
        self._asked = asked
        self._rows = Rows()
        self._listing: Listing | None = None

    def body(self) -> Iterable[Widget]:
        titles = [Column(_("Tên")), Column(_("Dòng lọc"), share=2)]
        self._listing = _Filters(titles, self._rows, id="filters")
        yield self._listing

    def refill(self) -> None:
        self._known = saved_filters.named_filters(self.office.store)
        self._rows.fill(
            [
                Row(str(at), (f.name if f.id else _(f.name), f.query), "*" if f.id else " ")
                for at, f in enumerate(self._known)
            ]
        )
        if self._listing:
            self._listing.reload()

    def chosen(self) -> saved_filters.NamedFilter | None:
        """The filter under the cursor."""
        key = self._listing.key if self._listing else ""
        return self._known[int(key)] if key else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("rename", "delete"):
            chosen = self.chosen()
            return bool(chosen and chosen.id)
        return True

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        if chosen := self.chosen():
            self.dismiss(chosen.query)

    def action_save(self) -> None:
        ask_to_save(self, self._asked)

    def action_rename(self) -> None:
        from tui.screens.ask_text import AskText

        chosen = self.chosen()
        if chosen is None:
            return

        def rename(answer: Suggestion | None) -> None:
            if answer:
                with telling(self.app):
                    saved_filters.rename(self.office.store, chosen.id, answer.label)
                    self.office.changed()

        self.app.push_screen(AskText(_("Tên mới:"), value=chosen.name), rename)

    def action_delete(self) -> None:
        chosen = self.chosen()
        if chosen and chosen.id:
            self.ask_to_delete(SavedFilter, chosen.id, chosen.name)

    def action_restore(self) -> None:
        self.office.restore_deleted()


def ask_to_save(page: Page, asked: str) -> None:
    """Save a filter under a name that is asked for."""
    from tui.screens.ask_text import AskText

    def save(answer: Suggestion | None) -> None:
        if answer:
            with telling(page.app):
                kept = saved_filters.save(page.office.store, answer.label, asked)
                page.office.changed()
                page.office.say(_("Đã lưu bộ lọc “{name}”.").format(name=kept.name))

    question = _("Lưu “{query}” với tên:").format(query=asked)
    page.app.push_screen(AskText(question), save)
