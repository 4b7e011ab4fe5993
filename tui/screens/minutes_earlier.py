"""From live minutes to what earlier meetings of the series left open."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from schema.records import Meeting
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp


class Earlier(Screen[None]):
    """The part of the minutes' screen that has to do with earlier meetings."""

    meeting_id: str

    @property
    def office(self) -> "ThukyApp":
        raise NotImplementedError

    def tell_of_earlier(self) -> None:
        """Say how much is still open of what earlier meetings left to one that is not over."""
        meeting = self.office.store.get(Meeting, self.meeting_id)
        if not meeting.series or meeting.closed_at or not self.is_current:
            return
        from tui.screens.carry_over import left_open

        if count := left_open(self.office.store, meeting):
            self.office.say(_("{n} việc kỳ trước còn mở: Ctrl+K k").format(n=count))

    def action_earlier(self) -> None:
        """Go through what earlier meetings left open."""
        from tui.screens.carry_over import CarryOver

        if self.office.store.get(Meeting, self.meeting_id).series:
            self.app.push_screen(CarryOver(self.meeting_id))
        else:
            self.office.say(_("Cuộc họp này không thuộc loạt họp nào."))
