"""One inspection: what it is about, who goes, and what was seen."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import inspections
from office.inspections import PHASES, findings_of, phase
from office.labels import FINDINGS
from office.moments import parse_date, show_date, show_day
from schema.errors import N_
from schema.records import Finding, Followup, Inspection
from tui import queries
from tui.graphemes import cut, visible
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.lined import BESIDE_CELLS
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _

_LABEL_CELLS = 15
_NAME = 50
_MARKS = {"good": "✓", "short": "!", "wrong": "✗"}


class _Lines(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa, mở"))]


class InspectionPage(Page):
    """The page of the inspection of that id; its findings are lines that can be opened."""

    HEADING = N_("Cuộc kiểm tra")
    HELP = N_(
        "Một cuộc kiểm tra: kế hoạch, đoàn, kết luận, và những điều đã thấy (✓ tốt, ! còn thiếu, ✗"
        " sai). n ghi một điều thấy được, gắn với một nhiệm vụ; v ghi ngày đã đi; Enter trên một"
        " điều để sửa, o mở nhiệm vụ của điều ấy."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Ghi điều thấy")),
        Binding("v", "visit", N_("Đã đi")),
        Binding("e", "edit", N_("Sửa")),
        Binding("o", "open", N_("Mở nhiệm vụ")),
        Binding("d", "delete", N_("Bỏ điều này")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, id: str) -> None:
        super().__init__()
        self.inspection_id = id
        self._rows = Rows()
        self._findings: dict[str, Finding] = {}
        self._inspection = Inspection()

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Về"), _LABEL_CELLS), Column(_("Nội dung"))]
        self._listing = _Lines(columns, self._rows, id="inspection")
        yield self._listing

    def corner(self) -> str:
        return _(PHASES[phase(self._inspection)])

    def on_resize(self, event: events.Resize) -> None:
        if self._built:
            self._show_rows()

    def refill(self) -> None:
        store = self.office.store
        self._inspection = store.get(Inspection, self.inspection_id)
        self._findings = {finding.id: finding for finding in findings_of(store, self.inspection_id)}
        self._name_of = queries.Names(store)
        self._show_rows()
        self.show_title()

    def _show_rows(self) -> None:
        cells = max(self.app.size.width - _LABEL_CELLS - BESIDE_CELLS, 20)
        self._rows.fill([*self._facts(cells), *self._seen(cells)])
        self._listing.reload()
        self.refresh_bindings()

    def _facts(self, cells: int) -> Iterator[Row]:
        row = self._inspection
        paper = " ".join(filter(None, (row.number, show_day(row.issued_on))))
        for label, value in (
            (_("Tên"), row.title),
            (_("Đơn vị"), self._name_of(row.unit)),
            (_("Trưởng đoàn"), self._name_of(row.head)),
            (_("Thành viên"), "; ".join(row.members.splitlines())),
            (_("Quyết định"), paper),
            (_("Dự kiến ngày"), show_day(row.planned_on)),
            (_("Đã đi ngày"), show_day(row.visited_on)),
            (_("Nội dung"), row.plan),
            (_("Kết luận"), row.conclusion),
        ):
            yield from _wrapped(f"fact:{label}", label, value or "–", cells)

    def _seen(self, cells: int) -> Iterator[Row]:
        yield Row(" gap", ("", ""))
        for finding in self._findings.values():
            label = _(FINDINGS.get(finding.result, finding.result))
            task = self.office.store.find(Followup, finding.followup)
            said = " · ".join(filter(None, (show_day(finding.seen_on), finding.text)))
            mark = _MARKS.get(finding.result, "·")
            yield from _wrapped(finding.id, label, said, cells, mark)
            if finding.evidence:
                evidence = _("bằng chứng: {text}").format(text=finding.evidence)
                yield from _wrapped(f" {finding.id} evidence", "", evidence, cells)
            if task:
                about = _("về: {work}").format(work=task.work)
                yield from _wrapped(f" {finding.id} task", "", about, cells)
        if not self._findings:
            yield Row(" none", (_("Điều thấy"), _("Chưa ghi gì. n: ghi điều thấy được.")), dim=True)

    @property
    def _finding(self) -> Finding | None:
        """That of the line under the cursor."""
        return self._findings.get((self._listing.key.split() or [""])[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "open":
                return bool(self._finding and self._finding.followup)
            case "delete":
                return bool(self._finding)
        return True

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        from tui.screens.inspection_forms import FindingForm, InspectionForm

        if finding := self._finding:
            self.app.push_screen(FindingForm(self._inspection, finding), self._saved)
        else:
            self.app.push_screen(InspectionForm(self._inspection), self._saved)

    def action_new(self) -> None:
        from tui.screens.inspection_forms import FindingForm

        self.app.push_screen(FindingForm(self._inspection), self._saved)

    def action_open(self) -> None:
        from tui.screens.followup_page import FollowupPage

        if self._finding and self._finding.followup:
            self.app.push_screen(FollowupPage(self._finding.followup))

    def action_visit(self) -> None:
        from tui.screens.ask_text import AskText

        today = self.office.today()

        def answer(day: Suggestion | None) -> None:
            if day is not None:
                with telling(self.app):
                    on = parse_date(day.label, today)
                    inspections.visit(self.office.store, self.inspection_id, on, today)
                    self.office.changed()
                    self.office.say(_("Đã ghi ngày kiểm tra."))

        self.app.push_screen(AskText(_("Đã đi kiểm tra ngày nào?"), value=show_date(today)), answer)

    def action_delete(self) -> None:
        if finding := self._finding:
            self.ask_to_delete(Finding, finding.id, cut(finding.text, _NAME))

    def action_restore(self) -> None:
        self._saved(self.office.restore_deleted())

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


def _wrapped(key: str, label: str, text: str, cells: int, mark: str = "") -> Iterator[Row]:
    lines = [line for part in text.split("\n") for line in wrap(visible(part), cells)] or [""]
    yield Row(key, (label, lines[0]), mark)
    for number, line in enumerate(lines[1:], start=1):
        yield Row(f" {key.strip()} {number}", ("", line))
