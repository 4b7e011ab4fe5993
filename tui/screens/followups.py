"""All follow-ups, as a table that one line of text narrows, perhaps under headings."""

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.layouts import Form
from schema.errors import N_
from schema.followup_groups import Group, Groups, grouped
from schema.followup_rows import FollowupRows, Order
from tui.followup_headings import HEADING, HeadingNames, counted
from tui.followup_table import TableSource, columns
from tui.followup_view import GROUPS, View, in_order
from tui.screens.acting import Acting
from tui.widgets.listing import Listing
from tui.words import _

# All are counted when the keys pause this long.
COUNT_AFTER_SECONDS = 0.3


class _Followups(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Xem")),
        Binding("left", "screen.fold(1)", show=False),
        Binding("right", "screen.fold(0)", show=False),
    ]


class Followups(Acting):
    """The table of follow-ups as it was left; or, where `asked` is given, one that asks for it."""

    PLACE: ClassVar[int | None] = 2
    FORM = Form.TABLE
    HELP = N_(
        "Mọi nhiệm vụ; lúc đầu là những việc đang mở, việc đến hạn sớm nhất đứng đầu. Gõ / rồi lọc"
        " ngay trên một dòng: vài chữ của việc (không cần dấu), đv:stc, người:lan, họp:giao ban,"
        " tt:quá hạn, tt:im lặng, hạn:tuần này, hạn:<15/3, thiếu:sản phẩm, nguồn:điện thoại,"
        " lv:y tế, lđ:đông, loại:đề án, đã:gia hạn, vai:phần; dấu phẩy là hoặc, dấu - đứng trước là"
        " không. Tab điền giúp. p nhóm theo đơn vị, lãnh đạo, tuần…; Enter trên tiêu đề gấp hay mở"
        " nhóm, z gấp hết. e làm một việc với mọi nhiệm vụ đã đánh dấu (giao, gia hạn, đôn đốc,"
        " hủy…); u rút lại cả lượt. Cột 6 rõ: N người, V việc, H hạn, T trách nhiệm, S sản phẩm, Q"
        " thẩm quyền; gạch là còn thiếu. Cột dấu: g2 gia hạn hai lần, t1 trả lại một lần, đ đã đôn"
        " đốc."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Đánh dấu")),
        Binding("e", "bulk", N_("Sửa hàng loạt…")),
        Binding("p", "group", N_("Nhóm theo…")),
        Binding("s", "sort", N_("Xếp theo…"), show=False),
        Binding("S", "reverse", N_("Đảo thứ tự"), show=False),
        Binding("z", "fold_all", N_("Gấp, mở mọi nhóm"), show=False),
        Binding("A", "mark_all", N_("Đánh dấu tất cả"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, asked: str | View | None = None) -> None:
        super().__init__(View(asked) if isinstance(asked, str) else asked)
        self._counting: asyncio.TimerHandle | None = None
        self._listing: Listing | None = None

    # ------------------------------------------------------------------ life

    def content(self) -> Iterable[Widget]:
        office = self.office
        self._source = TableSource(office.store, office.today)
        self._source.marked = self.view.marked
        self._back_to = self.view.key
        self._fit(self.app.size.width)
        self._listing = _Followups(
            columns(self.app.size.width),
            self._source,
            empty=_("Không có nhiệm vụ nào như thế. /: sửa dòng lọc, o: chọn bộ lọc khác."),
            id="followups",
        )
        yield self._listing

    def on_unmount(self) -> None:
        self._stop_counting()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)

    def _fit(self, cells: int) -> None:
        shown = columns(cells)
        self._source.wide = len(shown) > len(columns(0))
        if self._listing:
            self._listing.columns = shown

    def forget(self) -> None:
        self._source.refresh()

    # ----------------------------------------------------------------- shown

    def find(self, *, keep: bool) -> None:
        if self._listing is None:
            return
        view, store, before = self.view, self.office.store, self._source.found
        selection = self.asking.selection(self.parsed.filter, view.order, reverse=view.reverse)
        if view.group:
            self._source.name = HeadingNames(store, view.group)
            groups = grouped(selection, view.group, self.office.today())
            groups.fold(view.folded)
            self._source.found = groups
        else:
            self._source.found = FollowupRows(selection)
        self._listing.reload(keep=keep)
        self.see_what_works()
        self._stop_counting()
        if isinstance(self._source.found, FollowupRows) and not self._source.found.whole:
            loop = asyncio.get_running_loop()
            self._counting = loop.call_later(COUNT_AFTER_SECONDS, self._count_all)
        if before is None:
            found = self._source.found
            self._go_back(found.index_so_far if isinstance(found, FollowupRows) else found.index)

    def _count_all(self) -> None:
        """Find the places of the rows beyond the first ones."""
        found = self._source.found
        if self._listing and isinstance(found, FollowupRows) and not found.whole:
            found.complete()
            self._listing.grow()
            self._go_back(found.index)
        self._back_to = ""
        self.sum_up()

    def _go_back(self, index: Callable[[str], int | None]) -> None:
        """Put the cursor where it was when the table was left, once that row is known of."""
        if self._back_to and self._listing and index(self._back_to) is not None:
            self._listing.go_to(self._back_to)
            self._back_to = ""

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def told(self) -> Iterable[str]:
        view, found = self.view, self._source.found
        if isinstance(found, Groups):
            number = counted(found.total)
        else:
            number = counted(found.count) if found and found.whole else "…"
        yield _("{n} nhiệm vụ").format(n=number)
        if view.marked:
            yield _("{n} đã đánh dấu").format(n=len(view.marked))
        if view.group:
            yield _(GROUPS[view.group]).lower()
        yield in_order(view.layout(self.FORM))

    # --------------------------------------------------------------- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "fold_all":
            return bool(self._built and self.view.group)
        if action == "mark":
            return bool(self._listing and self._listing.key)
        return super().check_action(action, parameters)

    @property
    def key(self) -> str:
        return self._listing.key if self._listing else ""

    def show_row(self, id: str) -> None:
        if self._listing:
            self.look(keep=True)
            self._listing.go_to(id)

    @property
    def _heading(self) -> str | None:
        """The key of the heading under the cursor."""
        return self.key.removeprefix(HEADING) if self.key.startswith(HEADING) else None

    @property
    def unit(self) -> str | None:
        if self.view.group is Group.UNIT and self._heading is not None:
            return self._heading or None
        return super().unit

    @property
    def leader(self) -> str | None:
        if self.view.group is Group.LEADER and self._heading is not None:
            return self._heading or None
        return super().leader

    def on_listing_highlighted(self, event: Listing.Highlighted) -> None:
        if self._built and event.key:
            self.view.key = event.key
        self.see_what_works()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        if (heading := self._heading) is not None:
            self._fold(self.view.folded ^ {heading})
        else:
            self.open_followup(event.key)

    def action_sort(self) -> None:
        orders = list(Order)
        self.view.order = orders[(orders.index(self.view.order) + 1) % len(orders)]
        self.view.reverse = False
        self.look(keep=False)

    def action_reverse(self) -> None:
        self.view.reverse = not self.view.reverse
        self.look(keep=False)

    def action_group(self) -> None:
        """Put them under headings, or no longer."""
        from tui.screens.choose import ChooseScreen

        labels = {str(group): _(words) for group, words in GROUPS.items()}

        def choose(chosen: str | None) -> None:
            group = next((g for g in GROUPS if g == chosen), None)
            if group is not None and group is not self.view.group:
                self.view.group, self.view.folded = group, set()
                self.look(keep=False)

        self.app.push_screen(ChooseScreen(_("Nhóm các nhiệm vụ thế nào?"), labels), choose)

    def action_fold(self, folded: int) -> None:
        """Fold or unfold the group that the cursor is in."""
        found = self._source.found
        if isinstance(found, Groups) and self._listing and found.count:
            key = found.heading_at(self._listing.index).key
            if folded:
                self._fold(self.view.folded | {key}, at=key)
            else:
                self._fold(self.view.folded - {key})

    def action_fold_all(self) -> None:
        found = self._source.found
        if isinstance(found, Groups) and self._listing and found.count:
            at = found.heading_at(self._listing.index).key
            keys = {heading.key for heading in found.headings}
            self._fold(set() if keys <= self.view.folded else keys, at=at)

    def _fold(self, folded: set[str], at: str | None = None) -> None:
        found = self._source.found
        if isinstance(found, Groups) and self._listing:
            self.view.folded = folded
            found.fold(folded)
            self._listing.reload()
            if at is not None:
                self._listing.go_to(HEADING + at)

    # ----------------------------------------------------------------- marks

    def action_mark(self) -> None:
        """Mark the follow-up under the cursor, or all under the heading; or no longer."""
        found = self._source.found
        if not self._listing or not self.key:
            return
        ids = [self.key]
        if (heading := self._heading) is not None and isinstance(found, Groups):
            ids = found.ids(heading)
        if all(id in self.view.marked for id in ids):
            for id in ids:
                del self.view.marked[id]
        else:
            self.view.marked.update(dict.fromkeys(ids))
        self.marks_changed()
        self._listing.action_step(1)

    def action_mark_all(self) -> None:
        if self._source.found:
            self.view.marked.update(dict.fromkeys(self._source.found.ids()))
            self.marks_changed()

    def marks_changed(self) -> None:
        if self._listing:
            self._listing.reload()
        super().marks_changed()
