"""From lines of live minutes to follow-ups: taking them, filling them in, the end."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from office.conclusions import words_of
from office.points import missing
from schema.records import Followup
from tui import queries
from tui.editor.buffer import Place
from tui.editor.editor import Editor
from tui.editor.live import Live
from tui.editor.points_bar import PointsBar
from tui.graphemes import cut
from tui.widgets.statusbar import StatusBar
from tui.words import _

if TYPE_CHECKING:
    from office.reading import Reading
    from tui.app import ThukyApp
    from tui.screens.end_meeting import Open

_WORK = 40
_FLUSH_SECONDS = 1.0


class TaskCommands(Screen[None]):
    """The part of the minutes' screen that has to do with follow-ups."""

    editor: Editor
    live: Live
    meeting_id: str
    _orphan: Followup | None = None

    @property
    def office(self) -> "ThukyApp":
        raise NotImplementedError

    def show_tasks(self) -> None:
        raise NotImplementedError

    def close_meeting(self) -> None:
        raise NotImplementedError

    # Taking

    def take_line(self) -> bool:
        """Take what the cursor's line offers, or ask for what its follow-ups leave open. False
        where there is nothing of either."""
        tasks, line = self.live.tasks, self.editor.cursor.line
        if not words_of(self.editor.lines[line]):
            return False
        self.live.load_now()
        tasks.look()
        tasks.follow(line)
        state = tasks.state(line)
        if not (state.offered or state.differs or self._open(line)):
            return False
        if (reading := tasks.extends(line)) and self._extend(line, reading):
            return True
        self._take(line)
        return True

    def _take(self, line: int) -> None:
        tasks = self.live.tasks
        state = tasks.state(line)
        # The keys of one undo are those of the text: what is taken is not among them.
        self.editor.buffer.document.checkpoint()
        new = tasks.take(line)
        self._said(new, changed=state.differs)
        self._ask(new or self._open(line))

    def _extend(self, line: int, reading: "Reading") -> bool:
        """Ask which follow-up an extension is about. False where it can be none there is."""
        from tui.screens.minutes_extension import ask_which

        return ask_which(self, reading, words_of(self.editor.lines[line]), lambda: self._take(line))

    def _open(self, line: int) -> list[Followup]:
        """The follow-ups of a line that leave points open."""
        return [f for f in self.live.tasks.tied(line) if missing(f)]

    def _said(self, new: Sequence[Followup], *, changed: bool) -> None:
        self.show_tasks()
        self.live.show()
        if new:
            self.office.say(_("Đã nhận {n} việc.").format(n=len(new)))
        elif changed:
            self.office.say(_("Đã sửa nhiệm vụ theo dòng."))

    def action_take(self) -> None:
        if not self.take_line():
            self.office.say(_("Dòng này không giao việc nào chưa nhận."))

    def action_fill(self) -> None:
        """Ask for the points that the follow-ups of the cursor's line leave open."""
        open_ones = self._open(self.editor.cursor.line)
        if not open_ones:
            self.office.say(_("Dòng này không có nhiệm vụ nào thiếu điểm."))
        self._ask(open_ones)

    def action_keep(self) -> None:
        """Leave the follow-ups of the line, or the one that lost its line, as they are."""
        line = self.editor.cursor.line
        if self.live.tasks.state(line).differs:
            self.live.tasks.keep(line)
            self.office.say(_("Đã giữ nhiệm vụ như cũ."))
        elif self._orphan is not None:
            self.live.tasks.untie(self._orphan)
            self.office.say(_("Đã giữ nhiệm vụ, không còn gắn với dòng nào."))
            self._orphan = None
        self.show_tasks()
        self.live.show()

    # A line that was deleted

    def tell_orphans(self) -> None:
        """Ask what is to become of follow-ups whose line was deleted. Nobody has to answer."""
        orphans = {f.id: f for f in self.live.tasks.orphans()}
        if self._orphan is not None and self._orphan.id not in orphans:
            if self.live.tasks.current(self._orphan.id):
                self.office.say(_("Dòng đã trở lại; nhiệm vụ vẫn gắn với dòng."))
            self._orphan = None
        for followup in self.live.new_orphans():
            self._orphan = followup
            words = _("Ctrl+K l giữ, Ctrl+K z xóa: nhiệm vụ “{work}” đã mất dòng.")
            self.office.say(words.format(work=cut(followup.work, _WORK)))

    def action_drop(self) -> None:
        """Delete the follow-up whose line was deleted last."""
        if self._orphan is None:
            self.office.say(_("Không có nhiệm vụ nào mất dòng."))
            return
        # It is told of again where the disk does not take it in time.
        orphan = self._orphan
        if self.office.writer.flush(_FLUSH_SECONDS):
            self._orphan = None
            self.office.trash.delete(Followup, orphan.id, orphan.work)
            self.office.changed()
            self.office.say(
                _("Đã xóa nhiệm vụ “{work}”; lấy lại bằng phím u ở trang Hôm nay.").format(
                    work=cut(orphan.work, _WORK)
                )
            )

    # Missing points

    def _ask(self, followups: Sequence[Followup]) -> None:
        known = self.live.tasks.known
        if not followups or known is None or self.query(PointsBar):
            return
        from tui.editor.answers import Answers

        directory = queries.directory(self.office.store)
        questions = self.live.questions(followups, directory)
        if not questions:
            return
        bar = PointsBar(questions, Answers(directory, known, self.live.on))
        self.mount(bar, before=self.query_one(StatusBar))
        self.call_after_refresh(bar.take_focus)

    def on_points_bar_answered(self, event: PointsBar.Answered) -> None:
        from tui.editor.answers import with_new_unit

        event.stop()
        followup = self.live.tasks.current(event.question.followup.id)
        if followup is not None:
            cells = with_new_unit(self.office.store, event.cells)
            if cells is not event.cells:
                self.office.changed()
            self.live.tasks.set(followup, cells)
            self.live.show()

    def on_points_bar_closed(self, event: PointsBar.Closed) -> None:
        event.stop()
        self.query(PointsBar).remove()
        self.set_focus(self.editor)
        self.show_tasks()
        if event.done:
            self._to_next_line()

    def _to_next_line(self) -> None:
        line = self.editor.cursor.line
        self.editor.go_to(Place(line, len(self.editor.lines[line])))
        if line + 1 == len(self.editor.lines):
            self.editor.type_text("\n")
        else:
            self.editor.go_to(Place(line + 1, 0))

    # The end

    async def action_end_meeting(self) -> None:
        """Show what is still open, then close the meeting."""
        await self.live.sweep()
        self.show_tasks()
        left = self.left_open()
        if not left:
            self.close_meeting()
            return
        from tui.screens.end_meeting import EndMeeting

        self.app.push_screen(EndMeeting(self), self._ended)

    def _ended(self, answer: str | None) -> None:
        if answer == "end":
            self.close_meeting()
        elif answer is not None:
            self.editor.reveal_in_middle(Place(int(answer), 0))
            self._ask(self._open(int(answer)))

    def left_open(self) -> "Sequence[Open]":
        """What is not finished with: lines by their signs, then follow-ups that lost theirs."""
        from tui.screens.end_meeting import LOST, Open

        # Asked by another screen, which hears of a change at the same time as this one.
        self.live.refresh()
        lines = self.editor.lines
        signs = sorted(self.live.signs().items())
        found = [Open(sign, words_of(lines[n]), n) for n, sign in signs if sign != "»"]
        lost = self.live.tasks.orphans()
        return [*found, *(Open(LOST, f.work, followup=f.id) for f in lost)]

    def leave_as_is(self, open: "Open") -> None:
        """Keep a follow-up as it is: other than its line, or without one."""
        if open.line is not None:
            self.live.tasks.keep(open.line)
        elif followup := self.live.tasks.current(open.followup):
            self.live.tasks.untie(followup)
        self.show_tasks()

    def take_all(self) -> int:
        """Take every task that is offered. Returns how many that were."""
        taken = 0
        for line in self.live.offered():
            if self.live.tasks.extends(line):
                continue  # which follow-up it moves is for a person to say
            taken += len(self.live.tasks.take(line))
        self.show_tasks()
        return taken
