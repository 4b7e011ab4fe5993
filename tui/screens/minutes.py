"""Live minutes: the editor, with outline, roll call and follow-ups beside it."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from office.directory import Directory, Entry
from office.marks import Heading, outline
from office.moments import show_moment, show_time
from schema.document import Unreadable
from schema.errors import N_
from schema.records import Attendance, Meeting, Person, Post, Unit
from schema.writer import State
from tui.editor.buffer import Place
from tui.editor.company import Company
from tui.editor.completion import Completer
from tui.editor.editor import LEADER, Editor
from tui.editor.keeper import Keeper
from tui.editor.live import Live
from tui.editor.sidepanel import Beside, rows
from tui.editor.strip import ROWS as STRIP_ROWS
from tui.graphemes import cut, width
from tui.screens.minutes_earlier import Earlier
from tui.screens.minutes_finding import Finding
from tui.screens.minutes_past import PastCommands
from tui.screens.minutes_places import Places
from tui.screens.minutes_tasks import TaskCommands
from tui.secrecy import stays
from tui.widgets.line import Lines
from tui.widgets.statusbar import StatusBar
from tui.words import _, tell

if TYPE_CHECKING:
    from tui.app import ThukyApp

PANEL_CELLS = 34
# Under this width the editor has the screen to itself until asked otherwise.
PANEL_FROM = 100
# What was typed is read for follow-ups, outline and panel when the keys pause this long.
READ_AFTER_SECONDS = 0.6
# The readers are loaded when the screen is surely drawn.
LOAD_AFTER_SECONDS = 0.25
HINT_CELLS = 18
# Between two moments of reading, where there is more to read than in one.
REST_SECONDS = 0.05
FLUSH_SECONDS = 1.0


def batched(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[at : at + size] for at in range(0, len(items), size))


class MinutesScreen(TaskCommands, Places, PastCommands, Finding, Earlier):
    """The minutes of one meeting; what is typed is kept at once, there is no saving."""

    DEFAULT_CSS = f"""
    MinutesScreen #minutes-title {{ height: 1; text-style: bold; }}
    MinutesScreen #minutes-panel {{ width: {PANEL_CELLS}; padding: 0 0 0 2; display: none; }}
    MinutesScreen.-with-panel #minutes-panel {{ display: block; }}
    MinutesScreen #minutes-strip {{ height: {STRIP_ROWS}; }}
    """
    HELP = N_(
        "Biên bản: gõ đến đâu lưu đến đó, không có nút lưu. Đầu dòng: “# ” là mục chương trình,"
        " “@Tên: ” là người nói, “= ” là kết luận, “! ” là nhiệm vụ và thành nhiệm vụ của cuộc họp"
        " ngay. Gõ @ rồi vài chữ (không dấu, chữ đầu cũng được) để điền tên đơn vị, người; Tab"
        " để nhận. Câu kết luận giao việc được đọc thành 6 rõ ở hai dòng dưới: ✓ rõ, ✗ thiếu,"
        " ~ gợi ý hoặc cần xem lại; Tab nhận việc rồi hỏi từng điểm còn thiếu. Lề trái: » nhiệm vụ,"
        " ✗ còn thiếu điểm, ? câu giao việc chưa nhận, ≠ dòng đã khác nhiệm vụ, ‹ người khác"
        " đang ở dòng ấy. Các lệnh khác: nhấn Ctrl+K rồi một chữ."
    )
    # In a text every letter is text, so most commands come after the leader key.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+k q", "leave", N_("Ra ngoài")),
        Binding("f2,ctrl+k w", "panel", N_("Bảng bên")),
        Binding("f3", "find_next", N_("Tìm tiếp"), show=False),
        Binding("f4,ctrl+k t", "stamp", N_("Ghi giờ")),
        Binding("ctrl+k f", "find", N_("Tìm"), show=False),
        Binding("ctrl+k r", "replace", N_("Thay"), show=False),
        Binding("ctrl+k g", "outline", N_("Đến mục"), show=False),
        Binding("ctrl+k n", "next_item", N_("Mục sau"), show=False),
        Binding("ctrl+k b", "previous_item", N_("Mục trước"), show=False),
        Binding("ctrl+k d", "roll_call", N_("Điểm danh"), show=False),
        Binding("ctrl+k v", "followups", N_("Nhiệm vụ"), show=False),
        Binding("ctrl+k a", "take", N_("Nhận việc")),
        Binding("ctrl+k m", "fill", N_("Điểm còn thiếu"), show=False),
        Binding("ctrl+k l", "keep", N_("Giữ nhiệm vụ"), show=False),
        Binding("ctrl+k z", "drop", N_("Xóa nhiệm vụ"), show=False),
        Binding("ctrl+k k", "earlier", N_("Việc kỳ trước"), show=False),
        Binding("ctrl+k u,ctrl+z", "undo", N_("Hoàn tác"), show=False),
        Binding("ctrl+k y,ctrl+y", "redo", N_("Làm lại"), show=False),
        Binding("ctrl+k i", "authors", N_("Ai ghi"), show=False),
        Binding("ctrl+k s", "history", N_("Lịch sử"), show=False),
        Binding("ctrl+k c", "copy", N_("Chép"), show=False),
        Binding("ctrl+k x", "cut", N_("Cắt"), show=False),
        Binding("ctrl+k e", "end_meeting", N_("Kết thúc họp"), show=False),
        Binding("ctrl+k p", "app.palette", N_("Lệnh"), show=False),
        Binding("ctrl+k h", "app.help", N_("Trợ giúp"), show=False),
        Binding("ctrl+k", "leader", N_("Lệnh khác…")),
    ]

    def __init__(self, meeting: str, at: int | bytes | None = None) -> None:
        """`at` is the line to go to, or the anchor of a place in it; None for where one was."""
        super().__init__()
        self.meeting_id = meeting
        self._at = at
        self._panel: bool | None = None
        self._edited = False
        self._timer: asyncio.TimerHandle | None = None
        self._waiting_told = False

    @property
    def office(self) -> "ThukyApp":
        return cast("ThukyApp", self.app)

    def compose(self) -> ComposeResult:
        office = self.office
        self._meeting = office.store.get(Meeting, self.meeting_id)
        self.keeper = Keeper(
            office.store, office.writer, self.meeting_id, office.author, self._offset
        )
        self.editor = Editor(self.keeper.document)
        self._title, self._beside = Lines(id="minutes-title"), Lines(id="minutes-panel")
        self._strip = Lines(id="minutes-strip")
        self.live = Live(office, self._meeting, self.editor, self._strip, self._read_soon)
        self.company = Company(
            office, self.meeting_id, self.editor, self.keeper.keep, self._show_title
        )
        self._headings: Sequence[Heading] = ()
        self._directory: Directory | None = None
        self._completer = Completer(self.editor, self._search)
        self.editor.set_overlay(self._first)
        self.editor.on_typed = self._typed
        self.editor.on_moved = self._moved
        self.editor.on_stepped = self.company.note
        self.editor.on_command = self._command
        yield self._title
        with Horizontal():
            yield self.editor
            yield self._beside
        yield self._strip
        yield StatusBar()

    def on_mount(self) -> None:
        self.editor.focus()
        at = self.keeper.cursor
        self._start = self.editor.buffer.end if at is None else self.editor.buffer.place(at)
        self.editor.cursor = self._start
        if self._at is not None:
            self.call_after_refresh(self.go_to, self._at)
        self.editor.edited_lines = set(range(len(self.editor.lines)))
        self._headings = outline(self.editor.lines)
        self._show_title()
        self._read()
        self.set_timer(LOAD_AFTER_SECONDS, self.live.load)
        self.set_timer(LOAD_AFTER_SECONDS, self.company.open)
        if self.keeper.broken:
            self.office.say(tell(Unreadable(range(self.keeper.broken))), error=True)
        else:
            self.call_after_refresh(self.tell_of_earlier)

    def go_to(self, at: int | bytes) -> None:
        """Show a line, or that of an anchor, in the middle; where it has gone, nothing moves."""
        if isinstance(at, bytes):
            position = self.keeper.document.position(at)
            if position is None:
                return
            at = self.editor.buffer.place(position).line
        self.editor.reveal_in_middle(Place(min(at, len(self.editor.lines) - 1), 0))

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.keep_now()
        self.live.close()
        self.company.close()
        self.keeper.close()

    def on_resize(self, event: events.Resize) -> None:
        shown = event.size.width >= PANEL_FROM if self._panel is None else self._panel
        self.set_class(shown, "-with-panel")
        self.call_after_refresh(self._show_panel)
        self.live.note()

    # What is typed

    def _offset(self) -> int:
        return self.editor.buffer.offset(self.editor.cursor)

    def _first(self, event: events.Key) -> bool:
        """Whether a key was for the list of names, or takes what the line offers."""
        if self._completer.key(event):
            return True
        return event.key == "tab" and self.take_line()

    def _typed(self) -> None:
        self._edited = True
        self.keeper.note()
        self._completer.note()
        self.live.note()
        self._read_soon()

    def _moved(self) -> None:
        self.live.note()
        self._read_soon()

    def _read_soon(self, after: float = READ_AFTER_SECONDS) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(after, self._read)

    def _read(self) -> None:
        """Read what was typed since the last time: follow-ups, outline, panel."""
        self._timer = None
        left = self.live.follow()
        if self._edited:
            self._edited = False
            self._headings = outline(self.editor.lines)
        self.show_tasks()
        self.live.show()
        self.company.place()
        if left:
            self._read_soon(REST_SECONDS)

    def show_tasks(self) -> None:
        """Show what the follow-ups of the lines are now."""
        self._followups = self.live.tasks.all()
        self.editor.show_signs(self.live.signs())
        self.tell_orphans()
        self._show_panel()

    def keep_now(self) -> None:
        """Hand everything typed to the writer, as before the end of the program."""
        self.keeper.keep()
        self.live.keep()

    def reload(self) -> None:
        """Others wrote in the database."""
        if (meeting := self.office.store.get(Meeting, self.meeting_id)) != self._meeting:
            self._meeting = meeting
            self._show_title()
        try:
            splices = self.keeper.merge()
        except Unreadable as error:
            splices = list(error.splices)
            self.office.say(tell(error), error=True)
        if splices:
            self._edited = True
            self.editor.follow(splices)
            self.company.place()
            self.company.note()
        self._directory = None
        self.live.reload()
        self.live.note()
        self._read_soon()

    def look_around(self) -> None:
        """Others may have come, gone or moved."""
        self.company.look()

    def wrote(self, state: State) -> None:
        """How far the writer has come."""
        if state.error is not None:
            self._waiting_told = True
            words = _("{reason} Chữ vẫn giữ trong bộ nhớ, cứ gõ tiếp; sẽ tự lưu khi ghi được.")
            self.office.say(words.format(reason=tell(state.error)), error=True)
        elif self._waiting_told and not state.waiting:
            # What was typed a moment ago is not with the writer yet.
            self.keeper.keep()
            if self.office.writer.flush(FLUSH_SECONDS):
                self._waiting_told = False
                self.office.say(_("Đã lưu lại đầy đủ."))

    # What is shown

    def _show_title(self) -> None:
        meeting = self._meeting
        when = show_moment(meeting.starts_at) if meeting.starts_at else ""
        parts = [stays(meeting.secrecy), meeting.title, when]
        if chair := self.office.store.find(Person, meeting.chair):
            parts.append(_("chủ trì: {name}").format(name=chair.name))
        live = meeting.opened_at and not meeting.closed_at
        parts.append(_("● đang họp") if live else "")
        title, names = " · ".join(filter(None, parts)), ", ".join(self.company.names)
        if names:
            here = cut(_(" · cùng ghi: {names}").format(names=names), self.size.width // 2)
            title = cut(title, self.size.width - width(here)) + here
        self._title.show([(title, self.rich_style)])

    def _show_panel(self) -> None:
        panel = self._beside
        if panel.display and panel.size.height:
            attendance = self.office.store.live(Attendance, "meeting = ?", self.meeting_id)
            beside = Beside(self._headings, attendance, self._followups)
            panel.show(rows(beside, self.editor.cursor.line, panel.size.height))

    def _search(self, words: str, most: int) -> Sequence[Entry]:
        if self._directory is None:
            store = self.office.store
            self._directory = Directory(store.live(Unit), store.live(Person), store.live(Post))
        return self._directory.search(words, most)

    # Commands

    async def _command(self, key: str) -> None:
        """Do what the key after the leader stands for; say what may follow while there is none."""
        if not key:
            self.action_leader()
            return
        self.editor.show_hints(())
        # The letter counts also with Ctrl still held.
        key = f"{LEADER} {key.removeprefix('ctrl+')}"
        for binding in self._bindings.key_to_bindings.get(key, ()):
            await self.run_action(binding.action)

    def action_leader(self) -> None:
        """Say which letters may follow the leader key."""
        hints = [
            f"{key.removeprefix(LEADER).strip()}  {_(binding.description)}"
            for key, binding in self._bindings
            if key.startswith(f"{LEADER} ")
        ]
        columns = max((self.editor.size.width - 2) // HINT_CELLS, 1)
        self.editor.show_hints(
            [
                "".join(cut(hint, HINT_CELLS - 1).ljust(HINT_CELLS) for hint in row)
                for row in batched(hints, columns)
            ]
        )

    def action_leave(self) -> None:
        self.dismiss()

    def action_panel(self) -> None:
        self._panel = not self.has_class("-with-panel")
        self.set_class(self._panel, "-with-panel")
        self.call_after_refresh(self._show_panel)

    def action_stamp(self) -> None:
        """Write the time of day where the cursor is."""
        self.editor.type_text(f"[{show_time(self.office.now())}] ")

    def action_undo(self) -> None:
        if not self.editor.undo():
            self.office.say(_("Không còn gì để hoàn tác."))

    def action_redo(self) -> None:
        if not self.editor.redo():
            self.office.say(_("Không còn gì để làm lại."))

    def action_copy(self) -> None:
        start, end = self._chosen()
        self.app.copy_to_clipboard(self.editor.buffer.slice(start, end))
        self.office.say(_("Đã chép."))

    def action_cut(self) -> None:
        start, end = self._chosen()
        self.app.copy_to_clipboard(self.editor.buffer.slice(start, end))
        self.editor.replace_span(start, end, "")
        self.office.say(_("Đã cắt."))

    def _chosen(self) -> tuple[Place, Place]:
        """The selection, or else the line of the cursor."""
        line = self.editor.cursor.line
        return self.editor.selected or (Place(line, 0), Place(line, len(self.editor.lines[line])))

    def action_roll_call(self) -> None:
        from tui.screens.rollcall import RollCallScreen

        self.app.push_screen(RollCallScreen(self.meeting_id))

    def close_meeting(self) -> None:
        """Close the meeting; its minutes can still be written."""
        self._meeting = self.office.store.update(
            Meeting, self.meeting_id, closed_at=self.office.store.now()
        )
        self._show_title()
        words = _("Đã kết thúc họp: {count} nhiệm vụ. Biên bản vẫn sửa được.")
        self.office.say(words.format(count=len(self._followups)))
