"""All follow-ups, as a table that one line of text narrows."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.asking import Asking
from office.filter_hints import completions
from office.saved_filters import OPEN
from schema.errors import N_
from schema.followup_rows import Order
from schema.followup_words import FollowupWords
from schema.records import (
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
from tui.followup_table import TableSource, columns, standing
from tui.rows import day_of
from tui.screens.filter_field import FilterField
from tui.screens.page import Page
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Listing
from tui.words import _, tell

ORDERS = {
    Order.DUE: N_("thời hạn"),
    Order.LEAD: N_("đơn vị chủ trì"),
    Order.STATE: N_("trạng thái"),
    Order.MEETING: N_("cuộc họp, mới trước"),
    Order.WORK: N_("việc, theo vần"),
    Order.CREATED: N_("lúc ghi, mới trước"),
}

# What the table shows, or filters by.
_SHOWN = (Followup, FollowupEvent, FollowupSource, Unit, Person, Post, Meeting)
# All are counted when the keys pause this long.
COUNT_AFTER_SECONDS = 0.3
PREPARE_AFTER_SECONDS = 0.4


@dataclass
class View:
    """What the table remembers while one is elsewhere."""

    asked: str = OPEN
    order: Order = Order.DUE
    reverse: bool = False
    key: str = ""
    marked: dict[str, None] = field(default_factory=dict)
    words: FollowupWords = field(default_factory=FollowupWords)


class _Followups(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class Followups(Page):
    """The table of follow-ups as it was left; or, where `asked` is given, one that asks for it."""

    PLACE = 2
    HELP = N_(
        "Mọi nhiệm vụ; lúc đầu là những việc đang mở, việc đến hạn sớm nhất đứng đầu. Gõ / rồi lọc"
        " ngay trên một dòng: vài chữ của việc (không cần dấu), đv:stc, người:lan, họp:giao ban,"
        " tt:quá hạn, hạn:tuần này, hạn:<15/3, thiếu:sản phẩm, nguồn:điện thoại; dấu phẩy là hoặc,"
        " dấu - đứng trước là không. Tab điền giúp. Cột 6 rõ: N người, V việc, H hạn, T trách"
        " nhiệm, S sản phẩm, Q thẩm quyền; gạch là còn thiếu."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", N_("Lọc")),
        Binding("n,plus", "new", N_("Nhiệm vụ mới")),
        Binding("s", "sort", N_("Xếp theo…")),
        Binding("S", "reverse", N_("Đảo thứ tự"), show=False),
        Binding("o", "named", N_("Bộ lọc")),
        Binding("w", "save", N_("Lưu bộ lọc")),
        Binding("space", "mark", N_("Đánh dấu")),
        Binding("A", "mark_all", N_("Đánh dấu tất cả"), show=False),
        Binding("X", "unmark", N_("Bỏ đánh dấu"), show=False),
        Binding("b", "source", N_("Biên bản")),
        Binding("h", "meeting", N_("Họp tháo gỡ")),
        Binding("c", "copy", N_("Chép")),
        Binding("d", "delete", N_("Xóa"), show=False),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, asked: str | None = None) -> None:
        super().__init__()
        self._own_view = None if asked is None else View(asked)
        self._counting: asyncio.TimerHandle | None = None
        self._preparing: asyncio.TimerHandle | None = None
        self._listing: Listing | None = None
        # Something to act on is under the cursor, and has minutes: taken to be so until it is seen.
        self._works = True, True
        self._seen = 0, date.min

    # ------------------------------------------------------------------ life

    def body(self) -> Iterable[Widget]:
        office = self.office
        self._view = self._own_view or office.remembered(View)
        self._source = TableSource(office.store, office.today)
        self._source.marked = self._view.marked
        self._back_to = self._view.key
        self._fit(self.app.size.width)
        self._field = FilterField(self._view.asked, self._complete)
        self._summary = Lines(id="followups-summary")
        self._listing = _Followups(
            columns(self.app.size.width),
            self._source,
            empty=_("Không có nhiệm vụ nào như thế. /: sửa dòng lọc, o: chọn bộ lọc khác."),
            id="followups",
        )
        yield self._field
        yield self._summary
        yield self._listing

    def on_mount(self) -> None:
        self.call_after_refresh(self._after_first_sight)

    def _after_first_sight(self) -> None:
        loop = asyncio.get_running_loop()
        self._preparing = loop.call_later(PREPARE_AFTER_SECONDS, self._prepare)

    def _prepare(self) -> None:
        """Have the words ready before somebody types one."""
        path, clock = self.office.store.path, self.office.clock
        self._view.words.prepare(lambda: Store(path, clock=clock, must_exist=True))

    def on_unmount(self) -> None:
        self._stop_counting()
        if self._preparing:
            self._preparing.cancel()
        self._view.words.close()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)

    def _fit(self, cells: int) -> None:
        shown = columns(cells)
        self._source.wide = len(shown) > len(columns(0))
        if self._listing:
            self._listing.columns = shown

    def refill(self) -> None:
        office = self.office
        (seen, on), now = self._seen, (queries.last_change(office.store), office.today())
        self._seen = now
        same = self._source.found and on == office.today()
        if same and not queries.changed_since(office.store, seen, _SHOWN):
            return
        self._source.refresh()
        self._asking = Asking(office.store, office.today(), self._view.words)
        self._find(keep=self._source.found is not None)
        if self._source.found:
            self._go_back(self._source.found.index_so_far)

    # ------------------------------------------------------------- filtering

    def _find(self, *, keep: bool) -> None:
        """Show what is asked for; `keep`: with the cursor on the row where it is."""
        if self._listing is None:
            return
        view = self._view
        self._parsed = self._asking.parse(view.asked)
        self._source.found = self._asking.rows(
            self._parsed.filter, view.order, reverse=view.reverse
        )
        self._listing.reload(keep=keep)
        self._see_what_works()
        self._sum_up()
        self._stop_counting()
        if not self._source.found.whole:
            loop = asyncio.get_running_loop()
            self._counting = loop.call_later(COUNT_AFTER_SECONDS, self._count_all)

    def _count_all(self) -> None:
        """Find the places of the rows beyond the first ones."""
        if self._listing and self._source.found and not self._source.found.whole:
            self._source.found.complete()
            self._listing.grow()
            self._go_back(self._source.found.index)
        self._back_to = ""
        self._sum_up()

    def _go_back(self, index: Callable[[str], int | None]) -> None:
        """Put the cursor where it was when the table was left, once that row is known of."""
        if self._back_to and self._listing and index(self._back_to) is not None:
            self._listing.go_to(self._back_to)
            self._back_to = ""

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def on_input_changed(self, event: Field.Changed) -> None:
        if event.value != self._view.asked:
            self._view.asked = event.value
            self._find(keep=False)

    def ask(self, asked: str) -> None:
        """Ask for something else."""
        self._view.asked = asked
        self._field.value = asked
        self._find(keep=False)

    def _complete(self, typed: str) -> tuple[int, Sequence[str]]:
        found = completions(typed, self._asking.names)
        return found.start, found.choices

    def _sum_up(self) -> None:
        """Say how many there are and in what order; while one types, what may come next."""
        view, found = self._view, self._source.found
        if problems := self._parsed.problems:
            self._summary.show([(f" ! {tell(problems[0])}", Style(bold=True))])
            return
        number = f"{found.count:,}".replace(",", ".") if found and found.whole else "…"
        parts = [_("{n} nhiệm vụ").format(n=number)]
        if self._field.has_focus:
            parts.append(self._field.hint)
        else:
            if view.marked:
                parts.append(_("{n} đã đánh dấu").format(n=len(view.marked)))
            way = "↓" if view.reverse else "↑"
            parts.append(_("xếp theo {order} {way}").format(order=_(ORDERS[view.order]), way=way))
        self._summary.show([("   " + " · ".join(filter(None, parts)), Style())])

    def on_descendant_focus(self) -> None:
        if self._built:
            self._sum_up()

    # --------------------------------------------------------------- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("mark", "copy", "delete", "meeting"):
            return self._works[0]
        if action == "source":
            return self._works[1]
        if action == "unmark":
            return bool(self._built and self._view.marked)
        return True

    def followup(self) -> Followup | None:
        """The follow-up under the cursor."""
        key = self._listing.key if self._listing else ""
        return self.office.store.find(Followup, key)

    def chosen(self) -> list[str]:
        """The ids of the marked follow-ups; where none is, of the one under the cursor."""
        if self._view.marked:
            return list(self._view.marked)
        return [self._listing.key] if self._listing and self._listing.key else []

    def on_listing_highlighted(self, event: Listing.Highlighted) -> None:
        if self._built and event.key:
            self._view.key = event.key
        self._see_what_works()

    def _see_what_works(self) -> None:
        followup = self.followup()
        works = bool(followup), bool(followup and followup.meeting)
        if works != self._works:
            self._works = works
            self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(event.key))

    def action_new(self) -> None:
        from tui.screens.followup_form import FollowupForm

        self.app.push_screen(FollowupForm(), self._saved)

    def action_meeting(self) -> None:
        """Propose a meeting on the marked follow-ups."""
        from tui.screens.relief_meeting import call_meeting

        def called(id: str | None) -> None:
            if id:
                self.action_unmark()

        call_meeting(self, self.chosen(), called)

    def _saved(self, id: str | None) -> None:
        if id and self._listing:
            self._find(keep=True)
            self._listing.go_to(id)

    def action_filter(self) -> None:
        self._field.focus()
        if self._field.value.rstrip() == self._field.value != "":
            self._field.value += " "  # what is typed next is another condition
        self._field.action_end()

    def action_sort(self) -> None:
        orders = list(Order)
        self._view.order = orders[(orders.index(self._view.order) + 1) % len(orders)]
        self._view.reverse = False
        self._find(keep=False)

    def action_reverse(self) -> None:
        self._view.reverse = not self._view.reverse
        self._find(keep=False)

    def action_mark(self) -> None:
        if self._listing and (key := self._listing.key):
            if key in self._view.marked:
                del self._view.marked[key]
            else:
                self._view.marked[key] = None
            self._marks_changed()
            self._listing.action_step(1)

    def action_mark_all(self) -> None:
        if self._source.found:
            self._view.marked.update(dict.fromkeys(self._source.found.ids()))
            self._marks_changed()

    def action_unmark(self) -> None:
        self._view.marked.clear()
        self._marks_changed()

    def _marks_changed(self) -> None:
        if self._listing:
            self._listing.reload()
        self._sum_up()
        self.refresh_bindings()

    def action_source(self) -> None:
        followup = self.followup()
        if followup and followup.meeting:
            self.office.open_minutes(followup.meeting, at=followup.anchor)
        elif followup:
            self.office.say(_("Nhiệm vụ này không sinh ra từ cuộc họp nào."))

    def action_copy(self) -> None:
        store, today = self.office.store, self.office.today()
        units = queries.unit_names(store)
        found = [store.get(Followup, id) for id in self.chosen()]
        lines = []
        for followup in found:
            unit, _abbr = units.get(followup.lead or "", ("", ""))
            due = day_of(followup.due)
            when = f"{due:%d/%m/%Y}" if due else followup.due_text
            cells = (followup.work, unit, when, standing(followup, today), followup.product)
            lines.append("\t".join(cells))
        self.app.copy_to_clipboard("\n".join(lines))
        self.office.say(_("Đã chép {n} nhiệm vụ.").format(n=len(lines)))

    def action_delete(self) -> None:
        if followup := self.followup():
            self.ask_to_delete(Followup, followup.id, followup.work)

    def action_restore(self) -> None:
        if (id := self.office.restore_deleted()) and self._listing:
            self._listing.go_to(id)

    def action_named(self) -> None:
        from tui.screens.named_filters import NamedFilters

        def choose(query: str | None) -> None:
            if query is not None:
                self.ask(query)

        self.app.push_screen(NamedFilters(self._view.asked), choose)

    def action_save(self) -> None:
        from tui.screens.named_filters import ask_to_save

        ask_to_save(self, self._parsed.filter.text)
