"""One follow-up: its six points, its deadline in words and days, where it comes from, its life."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import followups
from office.moments import show_moment
from schema.errors import N_
from schema.life import ENDED
from schema.records import Field, Followup, FollowupSource, Meeting
from tui import queries
from tui.event_words import kind_words
from tui.followup_facts import LABEL_CELLS, POINTS, Facts
from tui.followup_more import more_rows, open_line
from tui.graphemes import cut
from tui.occurring import make_now
from tui.readers import with_readers
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.lined import BESIDE_CELLS, Lined
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

if TYPE_CHECKING:
    from office.followup_details import Details
    from office.known import Known

_NAME = 50


class _Facts(Lined):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Sửa, mở")),
        Binding("g", "screen.minutes", N_("Đến dòng biên bản"), show=False),
    ]


class FollowupPage(Page):
    """The page of the follow-up of that id."""

    HEADING = N_("Chi tiết nhiệm vụ")
    HELP = N_(
        "Một nhiệm vụ với sáu điểm rõ: ✓ đã rõ, ✗ còn thiếu. Enter trên một điểm để sửa; thời hạn"
        " gõ ngày hay cụm từ như “trong 05 ngày làm việc”, tính từ ngày họp hoặc ngày văn bản giao;"
        " t lấy giá trị gợi ý. Mỗi bước một phím: a giao, n nhận việc, p tiến độ, x gia hạn, r"
        " trình kết quả, c xác nhận hoàn thành, v trả lại, f tác động; s là mọi việc khác (không"
        " nhận, xin gia hạn, tạm dừng, hủy, mở lại…). Bước nào trái lệ thì hỏi lý do. b gắn thời"
        " hạn với một cuộc họp, g đến dòng biên bản đã sinh ra nó. P giao cho nhiều đơn vị và xem"
        " các phần, M các mốc, L các kỳ của việc lặp lại. Điều sửa tay ở đây không bị dòng biên bản"
        " ghi đè."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Sửa"), show=False),
        Binding("t", "take", N_("Lấy gợi ý")),
        Binding("s", "event", N_("Mọi bước")),
        Binding("a", "step('assigned')", N_("Giao")),
        Binding("n", "step('taken')", N_("Nhận việc")),
        Binding("p", "step('progressed')", N_("Tiến độ")),
        Binding("x", "step('extended')", N_("Gia hạn")),
        Binding("r", "step('submitted')", N_("Trình kết quả")),
        Binding("c", "step('done')", N_("Xác nhận")),
        Binding("v", "step('returned')", N_("Trả lại")),
        Binding("f", "step('reviewed')", N_("Tác động")),
        Binding("b", "bind", N_("Gắn với cuộc họp")),
        Binding("S", "add_source", N_("Thêm nguồn"), show=False),
        Binding("P", "more('parts')", N_("Các phần, chia cho nhiều đơn vị"), show=False),
        Binding("M", "more('milestones')", N_("Các mốc"), show=False),
        Binding("L", "more('occurrences')", N_("Các kỳ"), show=False),
        Binding("d", "delete", N_("Xóa"), show=False),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, id: str) -> None:
        super().__init__()
        self.followup_id = id
        self._rows = Rows()
        self._known: Known | None = None
        self._facts: Facts | None = None
        self._more: list[Row] = []

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
            store.find(Field, self._followup.field),
        )
        self._more = list(more_rows(store, self._followup, self.office.today()))
        if self._followup.state in ENDED and (
            self._followup.recurs_from or self._followup.recurrence
        ):
            make_now(self.office)
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
            rows = self._facts.rows(self.app.size.width - LABEL_CELLS - BESIDE_CELLS)
            history = next(at for at, row in enumerate(rows) if row.key == " events gap")
            self._rows.fill([*rows[:history], *self._more, *rows[history:]])
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
            case "more":
                return self._has(str(parameters[0]))
            case "step":
                return parameters[0] in followups.next_kinds(self._followup)
            case "delete":
                return not self._followup.deleted_at
        return True

    def _has(self, kind: str) -> bool:
        """Whether it may have parts, milestones, occurrences."""
        if kind == "occurrences":
            return bool(self._followup.recurs_from or self._followup.recurrence)
        return not self._followup.role

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
        elif kind in ("field", "leader", "kind"):
            self._place(kind)
        elif kind == "source":
            self._open_source(id.split()[0])
        elif kind.startswith("line"):
            self.action_minutes()
        else:
            open_line(self.office, self.followup_id, kind, id)

    def action_more(self, kind: str) -> None:
        open_line(self.office, self.followup_id, kind)

    def action_take(self) -> None:
        """Write what is suggested for the point under the cursor."""
        if value := self._suggested():
            self.write({self._cell: value})

    def write(self, cells: Mapping[str, Any]) -> None:
        """Write cells by hand; the line in the minutes never changes them."""
        self.office.store.update(Followup, self.followup_id, **cells)
        self.office.changed()
        self.office.say(_("Đã ghi."))

    def _place(self, cell: str) -> None:
        """Choose its field, leader in charge or kind."""
        from tui.screens.followup_bulk import ask_value

        empty = "" if cell == "kind" else None
        ask_value(self, cell, lambda value: self.write({cell: value or empty}))

    def _open_source(self, id: str) -> None:
        source = self.office.store.get(FollowupSource, id)
        if source.meeting and source.kind == "meeting":
            own = source.meeting == self._followup.meeting
            at = self._followup.anchor if own else None
            self.office.open_minutes(source.meeting, at=at)
            return
        from tui.screens.followup_form import SourceForm

        self.app.push_screen(SourceForm(source))

    def action_add_source(self) -> None:
        """Another paper that gave it, or an order."""
        from tui.screens.followup_form import SourceForm

        new = FollowupSource(followup=self.followup_id, kind="directive")
        self.app.push_screen(SourceForm(new))

    def action_minutes(self) -> None:
        if self._followup.meeting:
            self.office.open_minutes(self._followup.meeting, at=self._followup.anchor)
        else:
            self.office.say(_("Nhiệm vụ này không sinh ra từ cuộc họp nào."))

    # Its life

    def action_event(self) -> None:
        from tui.screens.life_steps import LifeSteps

        LifeSteps(self, self._followup).choose()

    def action_step(self, kind: str) -> None:
        from tui.screens.life_steps import LifeSteps

        LifeSteps(self, self._followup).take(kind)

    def action_bind(self) -> None:
        """Let the deadline follow the day of a meeting, or no longer."""
        from tui.screens.point_editing import bind_to_meeting

        if self._followup.due_event or self._followup.due_meeting:
            bind_to_meeting(self, self._followup)

    def action_delete(self) -> None:
        kind, _colon, id = self._listing.key.strip().partition(":")
        if kind == "source" and self._facts and len(self._facts.sources) > 1:
            source = self.office.store.get(FollowupSource, id.split()[0])
            words = f"{_('Nguồn')} {source.number or source.issuer}".strip()
            self.ask_to_delete(FollowupSource, source.id, words)
            return
        self.ask_to_delete(Followup, self.followup_id, cut(self._followup.work, _NAME))

    def action_restore(self) -> None:
        """Take back what was done last; in a new session, after one more key, what was written down
        of it last."""
        event = followups.last_event(self.office.store, self.followup_id)
        if not self.office.trash.empty or event is None:
            self.office.restore_deleted()
            return
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes:
                with telling(self.app):
                    followups.undo(self.office.store, event, by=self.office.author)
                    self.office.changed()
                    self.office.say(_("Đã rút lại “{event}”.").format(event=what))

        what = kind_words(event, [event])
        question = _("Rút lại “{event}” ghi {when}? u: rút lại, phím khác: thôi.")
        when = show_moment(event.at)
        self.app.push_screen(Ask(question.format(event=what, when=when), "u"), answer)
