"""The first screen: what is going on, what comes next, what is late."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import show_date, to_utc
from schema.errors import N_, ThukyError
from schema.records import Meeting
from schema.secrecy import grades
from tui import queries
from tui.rows import Rows, agenda_row, followup_row, weekday
from tui.screens.meeting_page import MeetingPage
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

if TYPE_CHECKING:
    from office.urging_day import Day

_MOST_FOLLOWUPS = 100
_MOST_URGED = 5
"""Units to be urged that are shown; the rest is one line."""
_SOON = timedelta(days=3)
# So long it is told that the register changed hands without a hand-over.
_NEWS = timedelta(days=7)
_SYNC = "sync"


class _Work(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class Today(MeetingPage):
    """The meetings of today and tomorrow and the follow-ups that are due, in one list."""

    PLACE = 0
    HELP = N_(
        "Việc của hôm nay. Cuộc họp đang diễn ra đứng đầu: nhấn Enter để ghi tiếp đúng chỗ đang dở."
        " Sau đó là các cuộc họp hôm nay và ngày mai, những nơi cần đôn đốc (Enter: chọn việc; D:"
        " mọi nơi), rồi nhiệm vụ quá hạn hoặc đến hạn trong ba ngày; Enter trên một nhiệm vụ mở"
        " trang của nó. N ghi nhiệm vụ mới, / tìm mọi thứ."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "app.go('search')", N_("Tìm mọi thứ"))
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, *, later: bool = False) -> None:
        super().__init__(later=later)
        self._rows = Rows()
        self._agenda: list[Row] = []
        self._urged: list[Row] = []
        self._due: list[Row] = []
        self._day: Day | None = None
        self._listing: Listing | None = None
        self._meetings: dict[str, Meeting] = {}

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Khi nào"), 16), Column(_("Việc")), Column(_("Ở đâu, ai làm"), 22)]
        yield Lines(id="summary")
        empty = _("Hôm nay và ngày mai chưa có cuộc họp nào. Nhấn n để tạo cuộc họp mới.")
        self._listing = _Work(columns, self._rows, empty=empty, id="work")
        yield self._listing

    def corner(self) -> str:
        today = self.office.today()
        return f"{weekday(today)}, {show_date(today)}"

    def refill(self) -> None:
        store, today = self.office.store, self.office.today()
        live = queries.live_meetings(store)
        held = {meeting.id for meeting in live}
        near = queries.meetings_between(store, today, today + timedelta(days=1))
        self._meetings = {m.id: m for m in [*live, *(m for m in near if m.id not in held)]}
        due = queries.followups_due(store, today + _SOON, _MOST_FOLLOWUPS)
        name_of = queries.Names(store)
        self._agenda = [agenda_row(meeting, today) for meeting in self._meetings.values()]
        marks = grades(store, [followup.id for followup in due])
        self._due = [followup_row(f, today, name_of, marks.get(f.id, "")) for f in due]
        self._fill()
        self._sum_up(len(live))
        self.call_after_refresh(self._ask_whom_to_urge)

    def _ask_whom_to_urge(self) -> None:
        """Beside what else goes on: there may be many follow-ups."""
        from office.urging_day import urging_day

        today = self.office.today()
        self.office.aside(lambda store: urging_day(store, today), self._show_urged)

    def _show_urged(self, day: "Day | ThukyError") -> None:
        from tui.urging_words import today_rows

        # What cannot be read is said where it is asked for: D.
        if self.is_attached and not isinstance(day, ThukyError):
            self._day = day
            rows = today_rows(day, _MOST_URGED)
            if rows != self._urged:
                self._urged = rows
                self._fill()

    def sync_stands(self) -> None:
        """Syncing stands otherwise than before."""
        if self.is_current and self._built:
            self._fill()
        else:
            self._stale = True

    def _fill(self) -> None:
        """The day's work, then how syncing stands; that first where somebody should look at it."""
        told = self.office.sync_told
        row = None
        if told:
            words = told.words if told.sign != "✓" else _("không còn gì chờ gửi")
            row = Row(_SYNC, (_("Đồng bộ"), words, ""), told.sign)
        first, last = ([row], []) if told and told.trouble else ([], [row])
        rows = (*first, *self._agenda, *self._urged, *self._due, *last)
        self._rows.fill([row for row in rows if row])
        if self._listing:
            self._listing.reload()

    def _sum_up(self, live: int) -> None:
        now = queries.standing(self.office.store, self.office.today())
        parts = [_("{n} cuộc họp đang diễn ra").format(n=live)] if live else []
        parts.append(_("{n} nhiệm vụ quá hạn").format(n=now.late))
        parts.append(_("{n} đang mở").format(n=now.open))
        if now.unclear:
            parts.append(_("{n} thiếu điểm rõ").format(n=now.unclear))
        if queries.register_taken(self.office.store, to_utc(self.office.now() - _NEWS)):
            parts.insert(0, _("sổ số văn bản đổi máy giữ (R)"))
        text = " · ".join(parts)
        look = Style(bold=bool(now.late or live))
        self.query_one("#summary", Lines).show([(f"   {text}", look)])

    def meeting(self) -> Meeting | None:
        key = self._listing.key if self._listing else ""
        return self._meetings.get(key.removeprefix("meeting:"))

    def show_meeting(self, id: str) -> None:
        if self._listing:
            self._listing.go_to(f"meeting:{id}")

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        if event.key == _SYNC:
            self.office.open("sync")
            return
        kind, _colon, id = event.key.partition(":")
        if kind == "meeting":
            self.office.open_minutes(id)
            return
        if kind == "urge":
            self._urge(id)
            return
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(id))

    def _urge(self, key: str) -> None:
        """Show what a group is urged about; all groups where no key is given."""
        from tui.screens.urging import UrgingScreen
        from tui.screens.urging_tasks import UrgingTasks

        group = self._day.group(key) if self._day else None
        if self._day and group:
            self.app.push_screen(UrgingTasks(self._day, group))
        else:
            self.app.push_screen(UrgingScreen(key))
