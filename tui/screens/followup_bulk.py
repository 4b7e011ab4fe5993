"""One step with all chosen follow-ups: which, what more it needs, and what could not be done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.labels import FOLLOWUP_KINDS
from schema.errors import N_, ThukyError
from schema.records import CalendarDay, Field, Followup
from schema.store import Store
from tui import queries
from tui.graphemes import visible
from tui.rows import Rows
from tui.screens.page import Page
from tui.widgets.lined import Lined
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _, tell

if TYPE_CHECKING:
    from office.bulk import Failed, Outcome, Step
    from tui.screens.acting import Acting

STEPS = {
    "assign": N_("Giao cho đơn vị…"),
    "extend": N_("Gia hạn…"),
    "remind": N_("Đôn đốc"),
    "taken": N_("Ghi đơn vị đã nhận việc"),
    "accept": N_("Xác nhận hoàn thành việc đã trình"),
    "returned": N_("Trả lại việc đã trình…"),
    "field": N_("Đặt lĩnh vực…"),
    "leader": N_("Đặt lãnh đạo phụ trách…"),
    "kind": N_("Đặt loại việc…"),
    "deadline": N_("Đặt thời hạn cho việc chưa có hạn…"),
    "noted": N_("Ghi chú thêm…"),
    "refused": N_("Ghi đơn vị không nhận…"),
    "paused": N_("Tạm dừng…"),
    "cancelled": N_("Hủy…"),
    "reopened": N_("Mở lại"),
}
SUBMIT = "submit"
_REASONS = {
    SUBMIT: N_("Trình kết quả: sản phẩm gì (tên, số văn bản, số liệu)?"),
    "assign": N_("Lý do giao khi còn thiếu điểm rõ (có thể để trống):"),
    "remind": N_("Đôn đốc: nhắc điều gì (có thể để trống):"),
    "accept": N_("Lý do xác nhận khi không đủ điều kiện (có thể để trống):"),
    "returned": N_("Trả lại: vì sao?"),
    "noted": N_("Ghi chú:"),
    "refused": N_("Không nhận: vì sao?"),
    "paused": N_("Tạm dừng: vì sao?"),
    "cancelled": N_("Hủy: vì sao?"),
    "extend": N_("Gia hạn: vì sao?"),
}
_OPTIONAL = ("assign", "remind", "accept")
_NONE = N_("(không có)")

Answer = Callable[[str], None]


def ask_for_step(page: "Acting", ids: Sequence[str]) -> None:
    """Ask what is to be done with these follow-ups, and do it."""
    from tui.screens.choose import ChooseScreen

    if not ids:
        return
    labels = {step: _(words) for step, words in STEPS.items()}

    def chosen(step: str | None) -> None:
        if step:
            ask_value(page, step, lambda value: ask_reason(page, ids, step, value))

    question = _("Làm gì với {n} nhiệm vụ?").format(n=len(ids))
    page.app.push_screen(ChooseScreen(question, labels), chosen)


def ask_value(page: Page, step: str, then: Answer) -> None:
    store = page.office.store
    match step:
        case "assign":
            units = {unit.id: unit.name for unit in queries.directory(store).units}
            _choose(page, _("Giao cho đơn vị nào?"), units, then)
        case "leader":
            people = {p.id: p.name for p in queries.directory(store).persons}
            _choose(page, _("Lãnh đạo nào phụ trách?"), {"": _(_NONE), **people}, then)
        case "field":
            fields = {f.id: f.name for f in store.live(Field, "1 ORDER BY position, name, id")}
            _choose(page, _("Lĩnh vực nào?"), {"": _(_NONE), **fields}, then)
        case "kind":
            kinds = {kind: _(words) for kind, words in FOLLOWUP_KINDS.items()}
            _choose(page, _("Loại việc nào?"), kinds, then)
        case "extend":
            words = _("Gia hạn đến ngày nào, hay thêm bao lâu (5 ngày làm việc, 2 tuần)?")
            _ask(page, words, then)
        case "deadline":
            _ask(page, _("Thời hạn là ngày nào?"), then)
        case _:
            then("")


def _choose(page: Page, question: str, labels: Mapping[str, str], then: Answer) -> None:
    from tui.screens.choose import ChooseScreen

    def chosen(key: str | None) -> None:
        if key is not None:
            then(key)

    page.app.push_screen(ChooseScreen(question, labels), chosen)


def _ask(page: Page, question: str, then: Answer, *, optional: bool = False) -> None:
    from tui.screens.ask_text import AskText

    def answered(answer: Suggestion | None) -> None:
        if answer is not None:
            then(answer.label)

    page.app.push_screen(AskText(question, optional=optional), answered)


def ask_reason(page: "Acting", ids: Sequence[str], step: str, value: str) -> None:
    def take(reason: str) -> None:
        _take(page, ids, step, value, reason)

    if question := _REASONS.get(step):
        _ask(page, _(question), take, optional=step in _OPTIONAL)
    else:
        take("")


def _take(page: "Acting", ids: Sequence[str], step: str, value: str, reason: str) -> None:
    """Do it aside, since it may be with thousands of them."""
    office = page.office
    today, by = office.today(), office.author
    words = (_(STEPS[step]) if step in STEPS else _("Trình kết quả")).removesuffix("…")

    def work(store: Store) -> "Outcome":
        from office import bulk_steps as steps
        from office.bulk import take
        from office.moments import parse_date
        from office.workdays import WorkCalendar, special_days

        done: Step
        match step:
            case "assign":
                done = steps.assign(value, reason)
            case "remind":
                done = steps.remind(today, reason)
            case "submit":
                done = steps.submit(reason)
            case "accept":
                done = steps.accept(reason)
            case "extend":
                calendar = WorkCalendar(special_days(store.live(CalendarDay)))
                done = steps.extend(value, reason, today, calendar)
            case "deadline":
                done = steps.deadline(parse_date(value, today))
            case "field" | "leader" | "kind":
                done = steps.cells(**{step: value if value or step == "kind" else None})
            case _:
                done = steps.event(step, reason)
        return take(store, ids, done, by=by)

    def then(outcome: "Outcome | ThukyError") -> None:
        if isinstance(outcome, ThukyError):
            office.say(tell(outcome), error=True)
        else:
            _tell(page, words, outcome)

    office.say(_("{step}: đang ghi {n} nhiệm vụ…").format(step=words, n=len(ids)))
    office.aside(work, then)


def _tell(page: "Acting", words: str, outcome: "Outcome") -> None:
    from office.bulk import take_back

    office, done = page.office, len(outcome.done)
    if done:
        name = _("{step}: {n} nhiệm vụ").format(step=words, n=done)
        by = office.author
        first = outcome.done[0][0].id
        office.trash.note(lambda: take_back(office.store, outcome, by=by), first, name)
        office.changed()
    said = [_("{step}: đã ghi {n} nhiệm vụ").format(step=words, n=done)]
    said += [_("{n} vốn đã thế").format(n=outcome.same)] if outcome.same else []
    said += [_("{n} không ghi được").format(n=len(outcome.failed))] if outcome.failed else []
    said += [_("u: rút lại cả lượt")] if done else []
    if len(outcome.failed) == 1 and not done:
        office.say(tell(outcome.failed[0].why), error=True)
        return
    if outcome.failed and page.is_current:
        office.push_screen(NotDone(words, outcome.failed))
    office.call_after_refresh(office.say, " · ".join(said))


class _NotDone(Lined):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class NotDone(Page):
    """What could not be done, with which follow-ups and why. Nothing was written of it."""

    HELP = N_(
        "Những nhiệm vụ mà việc vừa làm không ghi được, mỗi việc một lý do; các việc khác đã ghi."
        " Enter mở nhiệm vụ, Esc quay lại; ở bảng kê, u rút lại cả lượt."
    )
    AUTO_FOCUS = "Listing"

    def __init__(self, step: str, failed: "Sequence[Failed]") -> None:
        super().__init__()
        self._step = step
        self._failed = failed
        self._rows = Rows()

    def heading(self) -> str:
        words = _("{step}: {n} nhiệm vụ không ghi được")
        return words.format(step=self._step, n=len(self._failed))

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Nhiệm vụ"), share=2), Column(_("Vì sao"), share=3)]
        self._listing = _NotDone(columns, self._rows, id="not-done")
        yield self._listing

    def refill(self) -> None:
        self._rows.fill(list(self._lines()))
        self._listing.reload()

    def on_resize(self) -> None:
        if self._built:
            self.refill()

    def _lines(self) -> Iterable[Row]:
        room = max((self.app.size.width - 6) * 3 // 5 - 2, 20)
        for failed in self._failed:
            first, *others = wrap(visible(tell(failed.why)), room)
            yield Row(failed.followup.id, (failed.followup.work, first))
            for number, line in enumerate(others):
                yield Row(f" {failed.followup.id} {number}", ("", line))

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        if self.office.store.find(Followup, event.key):
            self.app.push_screen(FollowupPage(event.key))
