"""One follow-up: its six points, its deadline in words and days, where it comes from, its life."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import followups
from office.labels import FOLLOWUP_EVENTS
from office.life_rules import REASON_NEEDED
from schema.errors import N_
from schema.records import Followup, FollowupSource, Meeting
from tui import queries
from tui.followup_facts import LABEL_CELLS, POINTS, Facts
from tui.graphemes import cut
from tui.readers import with_readers
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.lined import BESIDE_CELLS, Lined
from tui.widgets.listing import Column, Listing
from tui.words import _

if TYPE_CHECKING:
    from office.followup_details import Details
    from office.known import Known

_NAME = 50


class _Facts(Lined):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Sửa, mở")),
        Binding("g", "screen.minutes", N_("Đến dòng biên bản")),
    ]


class FollowupPage(Page):
    """The page of the follow-up of that id."""

    HEADING = N_("Chi tiết nhiệm vụ")
    HELP = N_(
        "Một nhiệm vụ với sáu điểm rõ: ✓ đã rõ, ✗ còn thiếu. Enter trên một điểm để sửa; thời hạn"
        " gõ ngày hay cụm từ như “trong 05 ngày làm việc”, tính từ ngày họp hoặc ngày văn bản giao;"
        " t lấy giá trị gợi ý. s ghi việc đã xảy ra (giao, bắt đầu, trình, xong, tạm dừng, hủy…),"
        " b gắn thời hạn với một cuộc họp, g đến dòng biên bản đã sinh ra nó. Điều sửa tay ở đây"
        " không bị dòng biên bản ghi đè."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Sửa"), show=False),
        Binding("t", "take", N_("Lấy gợi ý")),
        Binding("s", "event", N_("Ghi việc đã xảy ra")),
        Binding("b", "bind", N_("Gắn với cuộc họp")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, id: str) -> None:
        super().__init__()
        self.followup_id = id
        self._rows = Rows()
        self._known: Known | None = None
        self._facts: Facts | None = None

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Điểm"), LABEL_CELLS), Column(_("Nội dung"))]
        self._listing = _Facts(columns, self._rows, id="facts")
        yield self._listing

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(with_readers, self.office, self._learn)

    def on_resize(self, event: events.Resize) -> None:
        if self._built:
            self._show_facts()

    def _learn(self) -> None:
        """The readers are there."""
        from office.known import known

        if self.is_attached and self._known is None:
            self._known = known(self.office.store)
            self.refill()

    # What there is

    def refill(self) -> None:
        store = self.office.store
        self._followup = store.get(Followup, self.followup_id)
        self._name_of = queries.Names(store)
        sources = followups.sources_of(store, self.followup_id)
        happened = followups.events_of(store, self.followup_id)
        ids = [self._followup.meeting, self._followup.due_meeting]
        ids += [*(s.meeting for s in sources), *(event.meeting for event in happened)]
        meetings = (store.find(Meeting, id) for id in dict.fromkeys(filter(None, ids)))
        self._facts = Facts(
            self._followup,
            sources,
            happened,
            {meeting.id: meeting for meeting in meetings if meeting},
            self._name_of,
            self.office.today(),
            self._details(),
        )
        self._show_facts()

    def _details(self) -> "Details | None":
        if self._known is None:
            return None
        from office.followup_details import details

        on = followups.said_on(self.office.store, self._followup) or self.office.today()
        lead = self._name_of(self._followup.lead)
        return details(self.office.store, self._followup, self._known, on, lead)

    def _show_facts(self) -> None:
        if self._facts:
            self._rows.fill(self._facts.rows(self.app.size.width - LABEL_CELLS - BESIDE_CELLS))
        self._listing.reload()
        self.show_title()
        self.refresh_bindings()

    def corner(self) -> str:
        return self._facts.standing if self._facts else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self._built:
            return True
        match action:
            case "take":
                return bool(self._suggested())
            case "minutes":
                return bool(self._followup.meeting)
            case "bind":
                return bool(self._followup.due_event or self._followup.due_meeting)
            case "delete":
                return not self._followup.deleted_at
        return True

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    @property
    def _cell(self) -> str:
        """The point under the cursor; nothing on another line."""
        key = self._listing.key.split()[:1]
        return key[0] if key and key[0] in POINTS else ""

    def _suggested(self) -> str:
        """What is suggested for the point under the cursor."""
        details = self._facts.details if self._facts else None
        return details.suggested.get(self._cell, "") if details else ""

    # Points

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Edit the point under the cursor, or open what the line is about."""
        kind, _colon, id = self._listing.key.strip().partition(":")
        if self._cell:
            from tui.screens.point_editing import edit_point

            edit_point(self, self._followup, self._cell, self.write)
        elif kind == "state":
            self.action_event()
        elif kind == "source":
            self._open_source(id.split()[0])
        elif kind.startswith("line"):
            self.action_minutes()

    def action_take(self) -> None:
        """Write what is suggested for the point under the cursor."""
        if value := self._suggested():
            self.write({self._cell: value})

    def write(self, cells: Mapping[str, Any]) -> None:
        """Write cells by hand; the line in the minutes never changes them."""
        self.office.store.update(Followup, self.followup_id, **cells)
        self.office.changed()
        self.office.say(_("Đã ghi."))

    def _open_source(self, id: str) -> None:
        source = self.office.store.get(FollowupSource, id)
        if source.meeting and source.kind == "meeting":
            own = source.meeting == self._followup.meeting
            at = self._followup.anchor if own else None
            self.office.open_minutes(source.meeting, at=at)
            return
        from tui.screens.followup_form import SourceForm

        self.app.push_screen(SourceForm(source))

    def action_minutes(self) -> None:
        if self._followup.meeting:
            self.office.open_minutes(self._followup.meeting, at=self._followup.anchor)
        else:
            self.office.say(_("Nhiệm vụ này không sinh ra từ cuộc họp nào."))

    # Its life

    def action_event(self) -> None:
        from tui.screens.choose import ChooseScreen

        kinds = followups.next_kinds(self._followup)
        labels = {kind: _(FOLLOWUP_EVENTS[kind]) for kind in kinds}
        self.app.push_screen(ChooseScreen(_("Việc gì đã xảy ra?"), labels), self._ask_note)

    def _ask_note(self, kind: str | None) -> None:
        from tui.screens.ask_text import AskText
        from tui.widgets.pick import Suggestion

        if kind is None:
            return

        def answer(note: Suggestion | None) -> None:
            if note is not None:
                with telling(self.app):
                    self._record(kind, note.label)

        needed = kind in REASON_NEEDED
        question = _("{event}: vì sao?") if needed else _("{event}: ghi chú (có thể để trống)")
        words = question.format(event=_(FOLLOWUP_EVENTS[kind]))
        self.app.push_screen(AskText(words, optional=not needed), answer)

    def _record(self, kind: str, note: str) -> None:
        store, by = self.office.store, self.office.author
        event = followups.record(store, self.followup_id, kind, by=by, note=note)
        words, work = _(FOLLOWUP_EVENTS[kind]), cut(self._followup.work, _NAME)
        self.office.trash.note(
            lambda: followups.undo(store, event, by=by), self.followup_id, f"{words}: {work}"
        )
        self.office.changed()
        self.office.say(_("Đã ghi “{event}”. u: rút lại.").format(event=words))

    def action_bind(self) -> None:
        """Let the deadline follow the day of a meeting, or no longer."""
        from tui.screens.point_editing import bind_to_meeting

        if self._followup.due_event or self._followup.due_meeting:
            bind_to_meeting(self, self._followup)

    def action_delete(self) -> None:
        self.ask_to_delete(Followup, self.followup_id, cut(self._followup.work, _NAME))

    def action_restore(self) -> None:
        self.office.restore_deleted()
