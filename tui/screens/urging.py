"""Who is to be urged on a day, by unit, leader and weekly meeting."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import show_date
from schema.errors import N_, ThukyError
from tui.rows import Rows, weekday
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing
from tui.words import _, tell

if TYPE_CHECKING:
    from office.urging_day import Day
    from office.urging_groups import Group


class _Groups(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class UrgingScreen(Page):
    """The groups of one day; read beside what else goes on, since there may be many follow-ups."""

    HELP = N_(
        "Ai cần được đôn đốc hôm nay, theo quy tắc của cơ quan (F2): sắp đến hạn, đến hạn, quá hạn,"
        " im lặng sau khi giao. Cột cuối là số việc phải nhắc cả thủ trưởng. Enter mở một đơn vị để"
        " chọn việc; w ghi công văn, thư và bảng của dòng đang đứng vào một thư mục mới, x của mọi"
        " dòng; m ghi là đã gửi. Không ai bị nhắc hai lần một ngày về một việc. [ và ] sang ngày"
        " trước, ngày sau; F3 sửa đầu và cuối văn bản."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", N_("Công văn")),
        Binding("x", "write_all", N_("Tất cả")),
        Binding("m", "mark", N_("Đã gửi")),
        Binding("left_square_bracket", "day(-1)", N_("Ngày trước"), show=False),
        Binding("right_square_bracket", "day(1)", N_("Ngày sau"), show=False),
        Binding("f2", "app.go('urging_rules')", N_("Quy tắc")),
        Binding("f3", "app.go('letterhead')", N_("Đầu văn bản"), show=False),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, group: str = "") -> None:
        """`group`: the key of the row to stand on."""
        super().__init__()
        self._rows = Rows()
        self._first = group
        self._on: date | None = None
        self._day: Day | None = None

    @property
    def on(self) -> date:
        """The day that is shown."""
        return self._on or self.office.today()

    def heading(self) -> str:
        return _("Đôn đốc")

    def corner(self) -> str:
        return f"{weekday(self.on)}, {show_date(self.on)}"

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Ai")), Column(_("Quá hạn"), 8, align="right")]
        columns += [Column(_("Hôm nay"), 8, align="right"), Column(_("Sắp hạn"), 8, align="right")]
        columns += [
            Column(_("Im lặng"), 8, align="right"),
            Column(_("Nhắc trên"), 9, align="right"),
        ]
        empty = _("Không ai cần được đôn đốc vào ngày này.")
        self._listing = _Groups(columns, self._rows, empty=empty, id="groups")
        yield self._listing

    def refill(self) -> None:
        from office.urging_day import urging_day

        on = self.on
        self.show_title()
        self.office.aside(lambda store: urging_day(store, on), self._show_day)

    def _show_day(self, day: "Day | ThukyError") -> None:
        from tui.urging_words import group_row

        if isinstance(day, ThukyError):
            self.office.say(tell(day), error=True)
            return
        if not self.is_attached or day.on != self.on:
            return
        self._day = day
        self._rows.fill([group_row(day, group) for group in day.groups])
        self._listing.reload()
        if self._first:
            self._listing.go_to(self._first)
            self._first = ""
        self.refresh_bindings()

    def action_day(self, by: int) -> None:
        self._on = self.on + timedelta(days=by)
        self.refill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "write":
                return bool(self._group)
            case "write_all":
                return bool(self._day and self._day.groups)
            case "mark":
                return bool(self._group) and self.on <= self.office.today()
        return True

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    @property
    def _group(self) -> "Group | None":
        return self._day.group(self._listing.key) if self._day else None

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.urging_tasks import UrgingTasks

        if self._day and self._group:
            self.app.push_screen(UrgingTasks(self._day, self._group))

    def action_write(self) -> None:
        from tui.screens.urging_steps import ask_to_write
        from tui.urging_words import called

        if self._day and self._group:
            name = called(self._day, self._group)
            ask_to_write(self.office, [self._group], self.on, name)

    def action_write_all(self) -> None:
        from tui.screens.urging_steps import ask_to_write

        if self._day:
            ask_to_write(self.office, self._day.groups, self.on)

    def action_mark(self) -> None:
        from tui.screens.urging_steps import ask_to_mark

        if self._group:
            ask_to_mark(self.office, self._group, self.on)

    def action_restore(self) -> None:
        self.office.restore_deleted()
