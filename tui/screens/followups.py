"""All follow-ups, as a table."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_
from schema.followup_rows import FollowupRows
from schema.store import Store
from tui import queries
from tui.rows import followup_row
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Followups(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class FollowupSource:
    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store, self._today = store, today
        self.refresh()

    def refresh(self) -> None:
        self._rows, self._names = FollowupRows(self._store), queries.Names(self._store)

    def count(self) -> int:
        return self._rows.count

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        page = self._rows.page(offset, limit)
        return [followup_row(followup, self._today(), self._names) for followup in page]

    def index(self, key: str) -> int | None:
        return self._rows.index(key.removeprefix("followup:"))


class Followups(Page):
    """The table of follow-ups."""

    PLACE = 2
    HELP = N_("Mọi nhiệm vụ, việc đến hạn sớm nhất đứng đầu.")
    AUTO_FOCUS = "Listing"

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Khi nào"), 16), Column(_("Việc")), Column(_("Đơn vị chủ trì"), 22)]
        self._source = FollowupSource(self.office.store, self.office.today)
        self._listing = _Followups(
            columns, self._source, empty=_("Không có nhiệm vụ nào."), id="followups"
        )
        yield self._listing

    def refill(self) -> None:
        self._source.refresh()
        self._listing.reload()
