"""What can be done with the meeting under the cursor, on every page that lists meetings."""

from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from office.meetings import is_live, phase
from schema.errors import N_
from schema.records import Meeting
from tui import holding
from tui.screens.page import Page
from tui.words import _

_OF_A_MEETING = (
    *("edit", "roll_call", "agenda", "start", "end", "delete", "earlier", "followups"),
)


class MeetingPage(Page):
    """A page with a meeting under its cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", N_("Họp mới")),
        Binding("e", "edit", N_("Sửa họp")),
        Binding("r", "roll_call", N_("Điểm danh")),
        Binding("a", "agenda", N_("Chương trình")),
        Binding("s", "start", N_("Bắt đầu họp")),
        Binding("x", "end", N_("Kết thúc họp")),
        Binding("v", "earlier", N_("Việc kỳ trước"), show=False),
        Binding("o", "followups", N_("Nhiệm vụ của cuộc họp"), show=False),
        Binding("d", "delete", N_("Xóa họp")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]

    def meeting(self) -> Meeting | None:
        """The meeting under the cursor."""
        raise NotImplementedError

    def show_meeting(self, id: str) -> None:
        """Put the cursor on a meeting."""
        raise NotImplementedError

    def new_meeting_day(self) -> date | None:
        """The day on which a new meeting is to be; None for today."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_A_MEETING:
            meeting = self.meeting()
            if meeting is None:
                return False
            if action == "start":
                return not is_live(meeting)
            if action == "end":
                return is_live(meeting)
            if action == "earlier":
                return bool(meeting.series)
        return True

    def action_new(self) -> None:
        from tui.screens.meeting_form import MeetingForm

        self.app.push_screen(MeetingForm(day=self.new_meeting_day()), self._saved)

    def action_edit(self) -> None:
        from tui.screens.meeting_form import MeetingForm

        if meeting := self.meeting():
            self.app.push_screen(MeetingForm(meeting), self._saved)

    def action_roll_call(self) -> None:
        from tui.screens.rollcall import RollCallScreen

        if meeting := self.meeting():
            self.app.push_screen(RollCallScreen(meeting.id))

    def action_agenda(self) -> None:
        from tui.screens.agenda import Agenda

        if meeting := self.meeting():
            self.app.push_screen(Agenda(meeting.id))

    def action_earlier(self) -> None:
        """Go through what earlier meetings of the series left open."""
        from tui.screens.carry_over import CarryOver

        if meeting := self.meeting():
            self.app.push_screen(CarryOver(meeting.id))

    def action_start(self) -> None:
        if meeting := self.meeting():
            again = phase(meeting) == "ended"
            holding.start(self.office.store, meeting.id)
            self.office.changed()
            words = _("Họp tiếp: {title}") if again else _("Bắt đầu họp: {title}")
            self.office.say(words.format(title=meeting.title))

    def action_end(self) -> None:
        if meeting := self.meeting():
            holding.end(self.office.store, meeting.id)
            self.office.changed()
            self.office.say(_("Đã kết thúc họp: {title}").format(title=meeting.title))

    def action_followups(self) -> None:
        from tui.followup_asking import of_meeting
        from tui.screens.followups import Followups

        if meeting := self.meeting():
            self.app.push_screen(Followups(of_meeting(meeting)))

    def action_delete(self) -> None:
        if meeting := self.meeting():
            self.ask_to_delete(Meeting, meeting.id, meeting.title)

    def action_restore(self) -> None:
        if id := self.office.restore_deleted():
            self.show_meeting(id)

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self.show_meeting(id)
