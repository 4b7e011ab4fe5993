"""What is done with the follow-up under the cursor, or the marked ones, in whatever form they are
shown."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from office.moments import day_of, show_date
from schema.errors import N_
from schema.records import Followup
from tui import queries
from tui.followup_table import standing
from tui.followup_view import View
from tui.screens.filtered import Filtered
from tui.words import _

_OF_ONE = ("copy", "delete", "meeting", "bulk")


class Acting(Filtered):
    """A page of follow-ups, one of which is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Nhiệm vụ mới")),
        Binding("e", "bulk", N_("Sửa hàng loạt…")),
        Binding("space", "mark", N_("Đánh dấu")),
        Binding("X", "unmark", N_("Bỏ đánh dấu"), show=False),
        Binding("U", "unit", N_("Trang đơn vị")),
        Binding("P", "leader", N_("Trang lãnh đạo phụ trách"), show=False),
        Binding("b", "source", N_("Biên bản")),
        Binding("h", "meeting", N_("Họp tháo gỡ"), show=False),
        Binding("c", "copy", N_("Chép"), show=False),
        Binding("d", "delete", N_("Xóa"), show=False),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]

    def __init__(self, view: View | None = None) -> None:
        super().__init__(view)
        # What can be done with what is under the cursor: taken to be all until it is seen.
        self._works: tuple[bool, ...] = (True, True, True)

    # To be filled in by a page

    @property
    def key(self) -> str:
        """The id of the follow-up under the cursor; something else, or nothing, where it is not on
        one."""
        raise NotImplementedError

    def show_row(self, id: str) -> None:
        """Put the cursor on a follow-up that was just written, as far as it is among them."""

    def marks_changed(self) -> None:
        """Show what is marked now."""
        self.sum_up()
        self.refresh_bindings()

    # ------------------------------------------------------------------------

    def followup(self) -> Followup | None:
        """The follow-up under the cursor."""
        return self.office.store.find(Followup, self.key)

    def chosen(self) -> list[str]:
        """The ids of the marked follow-ups; where none is, of the one under the cursor."""
        if self.view.marked:
            return list(self.view.marked)
        followup = self.followup()
        return [followup.id] if followup else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_ONE:
            return self._works[0] or bool(self._built and self.view.marked)
        if action == "source":
            return self._works[1]
        if action == "unit":
            return self._works[2]
        if action == "unmark":
            return bool(self._built and self.view.marked)
        return True

    @property
    def unit(self) -> str | None:
        """The unit of what is under the cursor."""
        followup = self.followup()
        return followup.lead if followup else None

    @property
    def leader(self) -> str | None:
        """The leader in charge of what is under the cursor."""
        from office.fields import leader_of

        followup = self.followup()
        return leader_of(self.office.store, followup) if followup else None

    def see_what_works(self) -> None:
        """The cursor is on something else."""
        followup = self.followup()
        works = (
            bool(followup),
            bool(followup and followup.meeting),
            bool(self.unit),
        )
        if works != self._works:
            self._works = works
            self.refresh_bindings()

    def open_followup(self, id: str) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(id))

    def action_new(self) -> None:
        from tui.screens.followup_form import FollowupForm

        def saved(id: str | None) -> None:
            if id:
                self.show_row(id)

        self.app.push_screen(FollowupForm(), saved)

    def action_bulk(self) -> None:
        from tui.screens.followup_bulk import ask_for_step

        ask_for_step(self, self.chosen())

    def action_unmark(self) -> None:
        self.view.marked.clear()
        self.marks_changed()

    def action_unit(self) -> None:
        from tui.screens.unit_page import UnitPage

        if unit := self.unit:
            self.app.push_screen(UnitPage(unit))

    def action_leader(self) -> None:
        from tui.screens.unit_page import LeaderPage

        if leader := self.leader:
            self.app.push_screen(LeaderPage(leader))
        else:
            self.office.say(_("Nhiệm vụ này chưa rõ lãnh đạo phụ trách."))

    def action_meeting(self) -> None:
        """Propose a meeting on the marked follow-ups."""
        from tui.screens.relief_meeting import call_meeting

        def called(id: str | None) -> None:
            if id:
                self.action_unmark()

        call_meeting(self, self.chosen(), called)

    def action_source(self) -> None:
        followup = self.followup()
        if followup and followup.meeting:
            self.office.open_minutes(followup.meeting, at=followup.anchor)
        elif followup:
            self.office.say(_("Nhiệm vụ này không sinh ra từ cuộc họp nào."))

    def action_copy(self) -> None:
        store, today = self.office.store, self.office.today()
        units = queries.unit_names(store)
        lines = []
        for followup in (store.get(Followup, id) for id in self.chosen()):
            unit, _abbr = units.get(followup.lead or "", ("", ""))
            due = day_of(followup.due)
            when = show_date(due) if due else followup.due_text
            cells = (followup.work, unit, when, standing(followup, today), followup.product)
            lines.append("\t".join(cells))
        self.app.copy_to_clipboard("\n".join(lines))
        self.office.say(_("Đã chép {n} nhiệm vụ.").format(n=len(lines)))

    def action_delete(self) -> None:
        if followup := self.followup():
            self.ask_to_delete(Followup, followup.id, followup.work)

    def action_restore(self) -> None:
        if id := self.office.restore_deleted():
            self.show_row(id)
