"""What a series' earlier meetings left open, gone through at a later one, a key for each."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import followups
from office.labels import FOLLOWUP_EVENTS
from office.lateness import days_late
from schema.earlier import events_at, left_by_earlier
from schema.errors import N_
from schema.life import ENDED
from schema.records import Followup, FollowupEvent, Meeting
from schema.store import Store
from tui import queries
from tui.followup_table import standing
from tui.graphemes import cut
from tui.rows import Rows, start_of
from tui.screens.page import Page
from tui.secrecy import titled
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

_NAME = 40
_WHAT = {
    "done": ("✓", N_("đã đóng")),
    "carried": ("→", N_("chuyển tiếp")),
    "escalated": ("↑", N_("báo lên")),
}


def left_open(store: Store, meeting: Meeting) -> int:
    """How many of them nothing happened to at this meeting yet."""
    left = left_by_earlier(store, meeting)
    return len(left) - len(events_at(store, meeting.id, [f.id for f in left])) if left else 0


def _is_late(followup: Followup, today: date) -> bool:
    return followup.state not in ENDED and (days_late(followup, today) or 0) > 0


class _Left(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class CarryOver(Page):
    """The follow-ups of earlier meetings, the late ones first; what was done about each shows."""

    HELP = N_(
        "Việc của các kỳ họp trước còn mở, việc quá hạn đứng đầu. Mỗi việc một phím rồi sang việc"
        " sau: x xác nhận hoàn thành với sản phẩm, c chuyển tiếp sang cuộc họp này, l báo lên lãnh"
        " đạo phụ trách. Nhấn phím khác trên việc đã ghi thì ghi lại; u rút lại việc vừa ghi. Enter"
        " xem nhiệm vụ."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "mark('done')", N_("Đã xong")),
        Binding("c", "mark('carried')", N_("Chuyển tiếp")),
        Binding("l", "mark('escalated')", N_("Báo lên")),
        Binding("u", "restore", N_("Rút lại việc vừa làm")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting = meeting
        self._rows = Rows()
        self._left: dict[str, Followup] = {}
        self._happened: dict[str, FollowupEvent] = {}

    def heading(self) -> str:
        title = titled(self.office.store.get(Meeting, self._meeting))
        return _("Việc kỳ trước: {title}").format(title=title)

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Còn"), 9),
            Column(_("Việc")),
            Column(_("Chủ trì"), 12),
            Column(_("Từ kỳ"), 5),
            Column(_("Kỳ này"), 11),
        ]
        yield Lines(id="summary")
        empty = _("Các kỳ trước không còn việc nào mở.")
        self._listing = _Left(columns, self._rows, empty=empty, id="left")
        yield self._listing

    def refill(self) -> None:
        store, today = self.office.store, self.office.today()
        left = left_by_earlier(store, store.get(Meeting, self._meeting))
        self._happened = events_at(store, self._meeting, [followup.id for followup in left])
        # Those with the earliest deadline come first already, so the late ones do.
        self._left = {followup.id: followup for followup in left}
        ids = list({followup.meeting for followup in left if followup.meeting})
        self._meetings = {m.id: m for m in queries.meetings(store, ids)}
        self._units = queries.unit_names(store)
        self._rows.fill([self._row(followup) for followup in left])
        self._listing.reload()
        late = sum(_is_late(followup, today) for followup in left)
        words = _("{n} việc kỳ trước, {late} quá hạn, {todo} chưa ghi").format(
            n=len(left), late=late, todo=len(left) - len(self._happened)
        )
        self.query_one("#summary", Lines).show([(f"   {words}", self.rich_style)])

    def _row(self, followup: Followup) -> Row:
        today = self.office.today()
        when = standing(followup, today) or followup.due_text
        event = self._happened.get(followup.id)
        mark, what = "!" if _is_late(followup, today) else "·", ""
        if event:
            mark, words = _WHAT.get(event.kind, ("", FOLLOWUP_EVENTS.get(event.kind, event.kind)))
            what = _(words)
        meeting = self._meetings.get(followup.meeting or "")
        start = start_of(meeting) if meeting else None
        held = f"{start:%d/%m}" if start else ""
        name, abbr = self._units.get(followup.lead or "", ("", ""))
        cells = (when, followup.work, abbr or name, held, what)
        return Row(followup.id, cells, mark, dim=bool(event))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._left) if action == "mark" else True

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(event.key))

    def action_mark(self, kind: str) -> None:
        """Note what is decided of the follow-up under the cursor, and go to the next one."""
        followup = self._left.get(self._listing.key)
        if followup is None:
            return
        before = self._happened.get(followup.id)
        if before and before.kind == kind:
            self._listing.action_step(1)
        elif kind == "done":
            from tui.screens.life_steps import LifeSteps

            # What was noted here before stays: it was carried over, and then it was done.
            next_one = partial(self._listing.action_step, 1)
            LifeSteps(self, followup, meeting=self._meeting, then=next_one).take("done")
        else:
            self._note(followup, kind, before)
            self._listing.action_step(1)

    def _note(self, followup: Followup, kind: str, before: FollowupEvent | None) -> None:
        store, by = self.office.store, self.office.author
        with store.transaction():
            if before:
                followups.undo(store, before, by=by)
            if kind == "carried":
                event = followups.carry_over(store, followup.id, meeting=self._meeting, by=by)
            else:
                event = followups.record(store, followup.id, kind, meeting=self._meeting, by=by)
        words = f"{_(FOLLOWUP_EVENTS[kind])}: {cut(followup.work, _NAME)}"
        self.office.trash.note(lambda: followups.undo(store, event, by=by), followup.id, words)
        self.office.changed()
        self.office.say(words)

    def action_restore(self) -> None:
        if id := self.office.restore_deleted():
            self._listing.go_to(id)
