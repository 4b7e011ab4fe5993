"""A task that was given to many units: who answered what, in one table."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import followups, parts
from office.answers import read_answer
from office.figures import show_figure
from office.labels import FOLLOWUP_STATES
from office.moments import day_of
from schema.errors import N_
from schema.records import Followup, FollowupEvent
from tui.graphemes import cut
from tui.matching import Query, searchable
from tui.part_words import answer_words, totals_words
from tui.rows import Rows
from tui.screens.page import Page
from tui.screens.search import SearchField
from tui.telling import telling
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _

_NAME = 40
_ALL, _WAITING, _LATE = "all", "waiting", "late"
_KINDS = {_ALL: N_("tất cả"), _WAITING: N_("chưa trả lời"), _LATE: N_("quá hạn")}
_MARKS = {"done": "✓", "submitted": "●", "refused": "×", "cancelled": "×"}


class _Parts(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class PartsScreen(Page):
    """The parts of the follow-up of that id."""

    HELP = N_(
        "Một nhiệm vụ giao cho nhiều đơn vị, mỗi đơn vị một phần. r ghi trả lời của đơn vị đang"
        " đứng, x ghi là đã xong: gõ số văn bản (12/BC-UBND ngày 5/3), số liệu (12,5 tỷ đồng), vài"
        " chữ, cách nhau dấu chấm phẩy; xong thì con trỏ sang đơn vị sau. v chỉ xem đơn vị chưa trả"
        " lời, rồi quá hạn; / tìm đơn vị. n giao thêm đơn vị, d bỏ phần của một đơn vị, u rút lại."
        " ✓ xong, ● đã trả lời, ! quá hạn, × không nhận hoặc hủy. Dòng cuối cộng các số liệu. Mọi"
        " phần đóng thì nhiệm vụ chung xong."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "answer(False)", N_("Trả lời")),
        Binding("x", "answer(True)", N_("Xong")),
        Binding("v", "next_kind", N_("Chưa trả lời")),
        Binding("n,plus", "add", N_("Giao thêm")),
        Binding("slash", "search", N_("Tìm")),
        Binding("d", "take_away", N_("Bỏ phần")),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, whole: str) -> None:
        super().__init__()
        self.whole = whole
        self._rows = Rows()
        self._typed = ""
        self._kind = _ALL
        self._every: list[parts.Part] = []

    def heading(self) -> str:
        work = self.office.store.get(Followup, self.whole).work
        return _("Các phần: {work}").format(work=cut(work, _NAME))

    def corner(self) -> str:
        state = self.office.store.get(Followup, self.whole).state
        words = _(FOLLOWUP_STATES.get(state, state))
        return words if self._kind == _ALL else f"{_(_KINDS[self._kind])} · {words}"

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Đơn vị"), share=3),
            Column(_("Trạng thái"), 14),
            Column(_("Hạn"), 5),
            Column(_("Trả lời"), share=3),
            Column(_("Số liệu"), 13, align="right"),
        ]
        empty = _("Chưa có phần nào ở đây. n: giao cho các đơn vị, v: xem tất cả.")
        self._listing = _Parts(columns, self._rows, empty=empty, id="parts")
        yield SearchField(self._typed)
        yield self._listing
        yield Lines(id="totals")

    def on_mount(self) -> None:
        super().on_mount()
        if not self._every:
            from tui.readers import with_readers

            self.call_after_refresh(with_readers, self.office, self._offer)

    def refill(self) -> None:
        self._every = parts.table(self.office.store, self.whole, self.office.today())
        self._fill()

    def _fill(self) -> None:
        query = Query(self._typed)
        shown = [p for p in self._every if self._is_shown(p) and query.finds(searchable(p.unit))]
        self._rows.fill([_row(part) for part in shown])
        self._listing.reload()
        words = totals_words(parts.totals(self._every))
        self.query_one("#totals", Lines).show([(f"   {words}", Style(bold=True))])
        self.show_title()
        self.refresh_bindings()

    def _is_shown(self, part: parts.Part) -> bool:
        if self._kind == _LATE:
            return part.late_days > 0
        return self._kind == _ALL or not (part.answered or part.followup.state == "cancelled")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("answer", "take_away") and self._built:
            return bool(self._listing.key)
        return True

    # Looking

    def on_input_changed(self, event: Field.Changed) -> None:
        self._typed = event.value
        self._fill()

    def action_search(self) -> None:
        self.query_one(SearchField).focus()

    def action_next_kind(self) -> None:
        """Show all, those who have not answered, those who are late."""
        kinds = list(_KINDS)
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._fill()
        self.office.say(_("Đang xem: {kind}.").format(kind=_(_KINDS[self._kind])))

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(event.key))

    @property
    def _part(self) -> parts.Part:
        return next(part for part in self._every if part.followup.id == self._listing.key)

    # Answers

    def action_answer(self, done: bool) -> None:
        """Ask for one line that says what the unit under the cursor answered."""
        from tui.screens.ask_text import AskText

        if not self._listing.key:
            return
        part = self._part
        words = _("{unit} xong: số văn bản, số liệu, vài chữ:") if done else None
        words = words or _("{unit} trả lời: số văn bản, số liệu, vài chữ (có thể để trống):")

        def take(said: Suggestion | None) -> None:
            if said is not None:
                with telling(self.app):
                    self._take(part, said.label, done)

        self.app.push_screen(AskText(words.format(unit=part.unit), optional=True), take)

    def _take(self, part: parts.Part, said: str, done: bool) -> None:
        office = self.office
        given = read_answer(said, office.today())
        events = parts.answer(office.store, part.followup.id, given, done=done, by=office.author)
        office.trash.note(lambda: self._undo(events), part.followup.id, part.unit)
        self._listing.action_step(1)
        office.changed()
        office.say(_("Đã ghi trả lời của {unit}. u: rút lại.").format(unit=part.unit))

    def _undo(self, events: Sequence[FollowupEvent]) -> None:
        store, by = self.office.store, self.office.author
        with store.transaction():
            for event in reversed(events):
                followups.undo(store, event, by=by)

    # Units

    def action_add(self) -> None:
        from tui.screens.part_units import ask_for_units

        ask_for_units(self.office, self.whole)

    def _offer(self) -> None:
        """Offer the units that the task's sentence names together."""
        from tui.screens.part_units import offer_said

        if self.is_current and not self._every:
            offer_said(self.office, self.whole)

    def action_take_away(self) -> None:
        from tui.screens.ask import Ask
        from tui.screens.ask_text import AskText

        part = self._part
        if part.followup.state in ("proposed", "assigned") and not part.followup.heard_at:
            question = _("Bỏ phần của {unit}? d: bỏ, phím khác: thôi.").format(unit=part.unit)
            self.app.push_screen(
                Ask(question, "d"), lambda yes: self._take_away(part) if yes else None
            )
            return
        question = _("{unit} đã có trả lời; hủy phần ấy vì sao?").format(unit=part.unit)

        def cancel(reason: Suggestion | None) -> None:
            if reason is not None:
                self._take_away(part, reason.label)

        self.app.push_screen(AskText(question), cancel)

    def _take_away(self, part: parts.Part, reason: str = "") -> None:
        office, unit = self.office, part.followup.lead or ""
        with telling(self.app):
            parts.take_away(office.store, self.whole, [unit], reason=reason, by=office.author)
            if not reason:
                back = lambda: parts.split(office.store, self.whole, [unit])  # noqa: E731
                office.trash.note(back, part.followup.id, part.unit)
            office.changed()
            office.say(_("Đã bỏ phần của {unit}.").format(unit=part.unit))

    def action_restore(self) -> None:
        self.office.restore_deleted()


def _row(part: parts.Part) -> Row:
    row, answer = part.followup, part.answer
    due = day_of(row.due)
    mark = _MARKS.get(row.state) or ("!" if part.late_days else "·")
    figure = show_figure(*answer.figure) if answer and answer.figure else ""
    cells = (
        part.unit,
        _(FOLLOWUP_STATES.get(row.state, row.state)),
        f"{due:%d/%m}" if due else "",
        answer_words(answer),
        figure,
    )
    return Row(row.id, cells, mark, dim=row.state in ("done", "cancelled"))
