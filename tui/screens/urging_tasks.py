"""What one unit (or leader, or the weekly meeting) is urged about, to be chosen for a letter."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import show_date
from schema.errors import N_, ThukyError
from tui.screens.page import Page
from tui.screens.urging_steps import ask_for_answer, ask_to_mark, ask_to_write
from tui.urging_words import called, counted, task_row
from tui.widgets.listing import Column, Listing, Row
from tui.words import _, tell

if TYPE_CHECKING:
    from office.urging_day import Day
    from office.urging_groups import Group
    from schema.store import Store


class _Tasks(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Mở")),
        Binding("space", "screen.pick", N_("Chọn")),
    ]


class _Source:
    """Rows in the order of a group's items, of which only those in sight are read."""

    def __init__(self, store: "Store", group: "Group", picked: set[int]) -> None:
        self._store = store
        self.group = group
        self.picked = picked

    def count(self) -> int:
        return len(self.group.items)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        from office.urging_tasks import tasks

        found = tasks(self._store, self.group.items[offset : offset + limit])
        return [task_row(task, self.group, task.item.rowid in self.picked) for task in found]

    def index(self, key: str) -> int | None:
        items = self.group.items
        return next((at for at, item in enumerate(items) if str(item.rowid) == key), None)


class UrgingTasks(Page):
    """The tasks of a group of a day. What is chosen stays chosen while others are urged."""

    HELP = N_(
        "Những việc phải nhắc một đơn vị. Space chọn một việc, a chọn mọi việc quá hạn, A chọn tất"
        " cả hay bỏ chọn. w ghi công văn đôn đốc những việc đã chọn (chưa chọn thì là tất cả) vào"
        " một thư mục mới: công văn .docx, thư nháp .eml, bảng .xlsx. m ghi là đã gửi, kèm số công"
        " văn; t ghi câu trả lời. ↑ là phải nhắc cả thủ trưởng. Enter mở nhiệm vụ, ở đó có mọi lần"
        " đã nhắc và câu trả lời."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "pick_late", N_("Quá hạn")),
        Binding("A", "pick_all", N_("Chọn tất cả"), show=False),
        Binding("w", "write", N_("Công văn")),
        Binding("m", "mark", N_("Đã gửi")),
        Binding("t", "answer", N_("Trả lời")),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, day: "Day", group: "Group") -> None:
        super().__init__()
        self._day = day
        self._group = group
        self._picked: set[int] = set()

    def heading(self) -> str:
        return _("Đôn đốc {who}").format(who=called(self._day, self._group))

    def corner(self) -> str:
        chosen = len(self._picked)
        if chosen:
            return _("đã chọn {n}").format(n=chosen)
        return f"{counted(self._group)} · {show_date(self._day.on)}"

    def body(self) -> Iterable[Widget]:
        self._source = _Source(self.office.store, self._group, self._picked)
        columns = [Column(_("Vì sao"), 20), Column(_("Việc")), Column(_("Đã nhắc"), 20)]
        empty = _("Không còn việc nào phải nhắc ở đây trong ngày này.")
        self._listing = _Tasks(columns, self._source, empty=empty, id="tasks")
        yield self._listing

    def reload(self) -> None:
        """Something was written: who is still to be urged is asked again."""
        if self.is_current and self._built:
            self._ask_again()
        else:
            self._stale = True

    def refill(self) -> None:
        if self._stale:
            self._ask_again()

    async def on_screen_resume(self) -> None:
        stale, self._stale = self._stale, False
        await super().on_screen_resume()
        if stale and self.is_current:
            self._ask_again()

    def _ask_again(self) -> None:
        from office.urging_day import urging_day

        on = self._day.on
        self.office.aside(lambda store: urging_day(store, on), self._show_day)

    def _show_day(self, day: "Day | ThukyError") -> None:
        if isinstance(day, ThukyError):
            self.office.say(tell(day), error=True)
            return
        if not self.is_attached:
            return
        self._day = day
        self._group = day.group(self._group.key) or self._group._replace(items=[])
        self._source.group = self._group
        self._picked.intersection_update(item.rowid for item in self._group.items)
        self._show_rows()

    def _show_rows(self) -> None:
        self._listing.reload()
        self.show_title()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "mark":
                return bool(self._group.items) and self._day.on <= self.office.today()
            case "pick" | "pick_late" | "pick_all" | "write" | "answer":
                return bool(self._group.items)
        return True

    # Choosing

    def action_pick(self) -> None:
        if key := self._listing.key:
            self._picked ^= {int(key)}
            self._listing.reload()
            self._listing.action_step(1)
            self.show_title()

    def action_pick_late(self) -> None:
        late = [item for item in self._group.items if (item.late or 0) > 0]
        self._pick({item.rowid for item in late})

    def action_pick_all(self) -> None:
        self._pick({item.rowid for item in self._group.items})

    def _pick(self, rowids: set[int]) -> None:
        """Choose these only; where they are chosen already, none."""
        chosen = set() if self._picked == rowids else rowids
        self._picked.clear()
        self._picked.update(chosen)
        self._show_rows()

    @property
    def _chosen(self) -> "Group":
        from office.urging_day import chosen

        return chosen(self._group, self._picked)

    # Doing

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        if id := self._followup:
            self.app.push_screen(FollowupPage(id))

    @property
    def _followup(self) -> str:
        """The id of the follow-up under the cursor."""
        from schema.urging_rows import numbered

        key = self._listing.key
        found = numbered(self.office.store, [int(key)]) if key else {}
        return next((row.id for row in found.values()), "")

    def action_write(self) -> None:
        name = called(self._day, self._group)
        ask_to_write(self.office, [self._chosen], self._day.on, name)

    def action_mark(self) -> None:
        ask_to_mark(self.office, self._chosen, self._day.on)

    def action_answer(self) -> None:
        if id := self._followup:
            ask_for_answer(self.office, id)

    def action_restore(self) -> None:
        self.office.restore_deleted()
