"""The milestones of a scheme, or of any task: added, put in order, ticked, extended."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import followups, milestones
from office.answers import Answer, last_answer, read_answer
from office.labels import FOLLOWUP_STATES
from office.lateness import days_late
from office.moments import day_of, parse_date, show_date
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup
from tui.graphemes import cut
from tui.part_words import answer_words
from tui.rows import Rows, weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _

_NAME = 40


class _Milestones(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class MilestonesScreen(Page):
    """The milestones of the follow-up of that id."""

    HELP = N_(
        "Các mốc của một đề án: mỗi mốc có thời hạn và sản phẩm. n thêm mốc, e sửa, J và K đưa"
        " xuống hay lên, x ghi đã xong (gõ số văn bản, số liệu, vài chữ), g gia hạn, d xóa, u rút"
        " lại; Enter mở trang của mốc. ◂ là mốc phải tới tiếp theo, ✓ đã xong, ! quá hạn. Mốc"
        " được đôn đốc như nhiệm vụ nhưng không tính là một nhiệm vụ trong báo cáo."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Thêm mốc")),
        Binding("e", "edit", N_("Sửa")),
        Binding("x", "reach", N_("Xong")),
        Binding("g", "extend", N_("Gia hạn")),
        Binding("J", "move(1)", N_("Đưa xuống")),
        Binding("K", "move(-1)", N_("Đưa lên"), show=False),
        Binding("d", "delete", N_("Xóa"), show=False),
        Binding("u", "restore", N_("Rút lại việc vừa làm"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self.scheme = scheme
        self._rows = Rows()
        self._every: list[Followup] = []

    def heading(self) -> str:
        work = self.office.store.get(Followup, self.scheme).work
        return _("Các mốc: {work}").format(work=cut(work, _NAME))

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("STT"), 3, align="right"),
            Column(_("Mốc"), share=3),
            Column(_("Thời hạn"), 10),
            Column(_("Trạng thái"), 14),
            Column(_("Sản phẩm"), share=2),
        ]
        empty = _("Chưa có mốc nào. Nhấn n để thêm.")
        self._listing = _Milestones(columns, self._rows, empty=empty, id="milestones")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        self._every = milestones.milestones_of(store, self.scheme)
        following = milestones.next_of(self._every)
        rows = []
        for number, row in enumerate(self._every, start=1):
            answer = last_answer(followups.events_of(store, row.id))
            rows.append(self._row(number, row, answer, is_next=row is following))
        self._rows.fill(rows)
        self._listing.reload()
        self.refresh_bindings()

    def _row(self, number: int, row: Followup, answer: Answer | None, *, is_next: bool) -> Row:
        due = day_of(row.due)
        late = row.state not in ENDED and (days_late(row, self.office.today()) or 0) > 0
        mark = "✓" if row.state == "done" else "!" if late else "◂" if is_next else ""
        product = " · ".join(filter(None, (row.product, answer_words(answer))))
        state = _(FOLLOWUP_STATES.get(row.state, row.state))
        cells = (str(number), row.work, show_date(due) if due else "", state, product)
        return Row(row.id, cells, mark, dim=row.state in ENDED, strong=is_next)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._built and action in ("edit", "reach", "extend", "move", "delete"):
            return self._here() is not None
        return True

    def _here(self) -> Followup | None:
        return next((row for row in self._every if row.id == self._listing.key), None)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(event.key))

    def action_new(self) -> None:
        self.app.push_screen(MilestoneForm(self.scheme), self._saved)

    def action_edit(self) -> None:
        self.app.push_screen(MilestoneForm(self.scheme, self._here()), self._saved)

    def action_move(self, by: int) -> None:
        if row := self._here():
            milestones.move(self.office.store, row.id, by)
            self.office.changed()

    def action_reach(self) -> None:
        """Ask for one line that shows that the milestone is reached."""
        from tui.screens.ask_text import AskText

        if (row := self._here()) is None:
            return

        def take(said: Suggestion | None) -> None:
            if said is not None:
                with telling(self.app):
                    self._reach(row, said.label)

        words = _("Mốc “{work}” xong: số văn bản, số liệu, vài chữ:")
        question = words.format(work=cut(row.work, _NAME))
        self.app.push_screen(AskText(question, optional=True), take)

    def _reach(self, row: Followup, said: str) -> None:
        office = self.office
        given = read_answer(said, office.today())
        event = milestones.reach(office.store, row.id, given, by=office.author)
        office.trash.note(
            lambda: followups.undo(office.store, event, by=office.author), row.id, row.work
        )
        office.changed()
        office.say(_("Đã xong mốc “{work}”. u: rút lại.").format(work=cut(row.work, _NAME)))

    def action_extend(self) -> None:
        from tui.screens.life_steps import LifeSteps

        if row := self._here():
            LifeSteps(self, row).take("extended")

    def action_delete(self) -> None:
        if row := self._here():
            self.ask_to_delete(Followup, row.id, cut(row.work, _NAME))

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


class MilestoneForm(FormPage):
    """One milestone; returns its id."""

    HELP = N_(
        "Một mốc của đề án: việc gì, hạn ngày nào, sản phẩm gì. Mốc đã giao thì đổi hạn bằng gia"
        " hạn (g), có lý do."
    )

    def __init__(self, scheme: str, row: Followup | None = None) -> None:
        super().__init__(f"draft:milestone:{row.id if row else scheme}")
        self._scheme = scheme
        self._row = row

    def heading(self) -> str:
        return _("Sửa mốc") if self._row else _("Mốc mới")

    def rows(self) -> Iterable[FormRow]:
        row = self._row or Followup()
        due = day_of(row.due)
        yield FormRow("work", _("Mốc"), Field(row.work, compact=True), wide=True)
        yield FormRow("due", _("Thời hạn"), Field(show_date(due) if due else "", compact=True))
        yield FormRow("product", _("Sản phẩm"), Field(row.product, compact=True), wide=True)

    def understood(self, name: str, value: str) -> str:
        if name != "due" or not value:
            return ""
        day = parse_date(value, self.office.today())
        return f"{weekday(day)} {show_date(day)}"

    def save(self, values: dict[str, str]) -> Saved:
        if not values["work"]:
            raise WrongError("work", ThukyError(N_("Mốc chưa có tên.")))
        try:
            text = values["due"]
            due = parse_date(text, self.office.today()).isoformat() if text else None
        except ThukyError as error:
            raise WrongError("due", error) from error
        cells = {"due": due, "due_kind": "fixed" if due else "", "product": values["product"]}
        store = self.office.store
        if self._row is None:
            kept = milestones.add(store, self._scheme, values["work"], cells)
        else:
            if due != self._row.due and self._row.due and self._row.given_at:
                raise WrongError(
                    "due", ThukyError(N_("Mốc đã giao: đổi thời hạn là gia hạn (g), cần lý do."))
                )
            kept = store.update(Followup, self._row.id, work=values["work"], **cells)
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.work))
