"""The filters that have a name, with their layouts: to choose one, save, rename, delete."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import saved_filters
from schema.errors import N_
from schema.records import SavedFilter
from tui.followup_view import in_words
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _


class _Filters(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Dùng bộ lọc này"))]


class NamedFilters(Page):
    """Calls `use` with the filter that was chosen. `asked` and `view` are in use now."""

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

    def __init__(
        self, use: Callable[[saved_filters.NamedFilter], None], asked: str, view: str
    ) -> None:
        super().__init__()
        self._use = use
        self._asked, self._view = asked, view
        self._rows = Rows()
        self._listing: Listing | None = None

    def body(self) -> Iterable[Widget]:
        titles = [Column(_("Tên")), Column(_("Dòng lọc"), share=2), Column(_("Cách xem"))]
        self._listing = _Filters(titles, self._rows, id="filters")
        yield self._listing

    def refill(self) -> None:
        self._known = saved_filters.named_filters(self.office.store)
        self._rows.fill(
            [
                Row(str(at), _cells(filter_), "*" if filter_.id else " ")
                for at, filter_ in enumerate(self._known)
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
            self.dismiss()
            self.app.call_later(self._use, chosen)

    def action_save(self) -> None:
        ask_to_save(self, self._asked, self._view)

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


def _cells(filter_: saved_filters.NamedFilter) -> tuple[str, ...]:
    name = filter_.name if filter_.id else _(filter_.name)
    return name, filter_.query, in_words(filter_.view)


def ask_to_save(page: Page, asked: str, view: str) -> None:
    """Save a filter and its layout under a name that is asked for."""
    from tui.screens.ask_text import AskText

    def save(answer: Suggestion | None) -> None:
        if answer:
            with telling(page.app):
                kept = saved_filters.save(page.office.store, answer.label, asked, view)
                page.office.changed()
                page.office.say(_("Đã lưu bộ lọc “{name}”.").format(name=kept.name))

    question = _("Lưu “{query}” với tên:").format(query=asked)
    page.app.push_screen(AskText(question), save)
