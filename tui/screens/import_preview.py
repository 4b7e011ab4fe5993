"""What an import would do, row by row or sentence by sentence, before anything is written."""

from collections.abc import Callable, Iterable
from pathlib import Path
from textwrap import wrap
from threading import Event
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.importing.batch import STATES, Batch, Proposal, Written, take_back, write
from office.importing.notices import NoticeBatch
from office.importing.sheets import SheetBatch
from office.moments import day_of
from office.points import CELLS, missing
from schema.errors import N_, ThukyError
from schema.store import Store
from tui import queries
from tui.followup_facts import POINTS
from tui.graphemes import visible
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _, tell

DETAILS = 7
"""Lines that tell of the row under the cursor."""
_FILTERS = ("", "bad", "new", "wanted", "rest")
_FILTER_WORDS = {
    "": N_("tất cả"),
    "bad": N_("có lỗi"),
    "new": N_("sẽ nhập, mới"),
    "wanted": N_("sẽ nhập"),
    "rest": N_("không nhập"),
}
_POINT_WORDS = {point: POINTS[cell] for point, cell in CELLS.items()}


class _Preview(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class ImportPreview(Page):
    """Returns the id of the first follow-up that was imported; nothing where none was."""

    HEADING = N_("Xem trước khi nhập")
    HELP = N_(
        "Dấu + là sẽ nhập, ! là có lỗi. Dấu cách cho vào hay bỏ ra, Enter sửa từng ô của dòng ấy,"
        " B lấy cả những dòng lỗi (chữ gốc giữ trong đoạn trích), f lọc theo tình trạng. c chỉ lại"
        " các cột, t chọn trang khác, n ghi nguồn chung: số, ngày, nơi ban hành. x ghi những dòng"
        " không nhập ra một bảng. F4 nhập tất cả những dòng có dấu +, một lần; nhập rồi nhấn u là"
        " rút lại cả. Dòng đã nhập trước đây không bao giờ nhập lại."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "import", N_("Nhập")),
        Binding("space", "mark", N_("Cho vào, bỏ ra")),
        Binding("B", "want_bad", N_("Cả dòng lỗi")),
        Binding("f", "filter", N_("Lọc")),
        Binding("c", "columns", N_("Các cột")),
        Binding("t", "sheet", N_("Trang khác")),
        Binding("n", "source", N_("Nguồn")),
        Binding("x", "leftovers", N_("Ghi dòng còn lại ra tệp"), show=False),
        Binding("escape", "back", N_("Quay lại")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self.incoming = batch
        self._rows = Rows()
        self._shown = ""
        self._stop: Event | None = None

    # ------------------------------------------------------------------ what is seen

    def body(self) -> Iterable[Widget]:
        wide = self.app.size.width >= 110
        columns = [
            Column(_("Dòng"), 6, align="right"),
            Column(_("Tình trạng"), 17 if wide else 14),
            Column(_("Việc"), share=3),
            Column(_("Chủ trì"), share=1),
            Column(_("Hạn"), 10),
        ]
        self._summary = Lines(id="import-summary")
        self._listing = _Preview(
            columns, self._rows, empty=_("Không có dòng nào như thế. f: lọc khác."), id="rows"
        )
        self._details = Lines(id="import-details")
        yield self._summary
        yield self._listing
        yield self._details

    def heading(self) -> str:
        return _("Xem trước khi nhập: {name}").format(name=self._of_what())

    def _of_what(self) -> str:
        if isinstance(self.incoming, SheetBatch):
            book = self.incoming.book
            name = Path(book.path).name
            return f"{name} · {self.incoming.sheet.name}" if len(book.names) > 1 else name
        assert isinstance(self.incoming, NoticeBatch)
        return " ".join(filter(None, (Path(self.incoming.path).name, self.incoming.head.number)))

    def refill(self) -> None:
        self._name_of = queries.Names(self.office.store)
        self._rows.fill([self._row(p) for p in self.incoming.proposals if self._is_shown(p)])
        self._listing.reload()
        self._sum_up()
        self._tell()

    def _is_shown(self, proposal: Proposal) -> bool:
        going = self._goes_in(proposal)
        match self._shown:
            case "bad":
                return bool(proposal.faults)
            case "new":
                return proposal.state == "new"
            case "wanted":
                return going
            case "rest":
                return not going
        return True

    def _goes_in(self, proposal: Proposal) -> bool:
        return proposal.number in self.incoming.wanted and proposal.state != "known"

    def _row(self, proposal: Proposal) -> Row:
        followup = proposal.followup
        going = self._goes_in(proposal)
        due = day_of(followup.due)
        when = f"{due:%d/%m/%Y}" if due else proposal.texts.get("due", "")
        lead = self._name_of(followup.lead) or proposal.texts.get("lead", "")
        return Row(
            str(proposal.number),
            (str(proposal.number), _(STATES[proposal.state]), proposal.words, lead, when),
            "+" if going else "!" if proposal.faults else "",
            dim=not going and not proposal.faults,
        )

    def _sum_up(self) -> None:
        counts = self.incoming.counts()
        parts = [_("{n} sẽ nhập").format(n=len(self.incoming.going_in()))]
        parts += [
            f"{counts[s]} {_(STATES[s]).lower()}" for s in STATES if s != "new" and s in counts
        ]
        if self._shown:
            parts.append(_("đang xem: {what}").format(what=_(_FILTER_WORDS[self._shown])))
        remarks = [f" ! {tell(remark)}" for remark in self.incoming.remarks()]
        lines = [("   " + " · ".join(parts), Style(bold=True))]
        self._summary.show([*lines, *((line, Style()) for line in remarks[:1])])

    def _tell(self) -> None:
        """Say what is known of the row under the cursor: what is wrong, then its points."""
        proposal = self._under_cursor()
        lines: list[tuple[str, Style]] = []
        width = max(self.app.size.width - 4, 20)
        if proposal:
            for error in proposal.told():
                lines += [(f" ! {line}", Style(bold=True)) for line in wrap(tell(error), width)]
            lines += [(f"   {line}", Style()) for line in self._points(proposal, width)]
            if excerpt := visible(proposal.source.excerpt):
                lines += [(f"   “{line}”", Style(dim=True)) for line in wrap(excerpt, width - 2)]
        self._details.show(lines[:DETAILS])

    def _points(self, proposal: Proposal, width: int) -> list[str]:
        followup = proposal.followup
        told = []
        for cell, words in POINTS.items():
            value = str(getattr(followup, cell) or "")
            if cell in ("lead", "coordinating"):
                value = "; ".join(self._name_of(id) for id in value.splitlines())
            elif cell == "due":
                day = day_of(followup.due)
                value = f"{day:%d/%m/%Y}" if day else followup.due_text
                if day and not followup.inclusive:
                    value = _("trước {day}").format(day=value)
            if value and cell != "work":
                told.append(f"{_(words)}: {visible(value)}")
        open_points = [_(_POINT_WORDS[point]) for point in missing(followup)]
        if open_points:
            told.append(_("còn thiếu: {points}").format(points=", ".join(open_points)))
        return wrap(" · ".join([visible(followup.work), *told]), width)

    # ------------------------------------------------------------------ one row

    def _under_cursor(self) -> Proposal | None:
        key = self._listing.key
        return self.incoming.proposal(int(key)) if key else None

    def on_listing_highlighted(self) -> None:
        self._tell()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.import_forms import FixForm

        proposal = self.incoming.proposal(int(event.key))
        if proposal.state != "known":
            self.app.push_screen(FixForm(self.incoming, proposal), self._fixed)

    def _fixed(self, number: str | None) -> None:
        if number:
            self.refill()
            self._listing.go_to(number)

    def action_mark(self) -> None:
        proposal = self._under_cursor()
        if proposal is None or proposal.state == "known":
            return
        self.incoming.toggle(proposal.number)
        self.refill()
        if self._shown in ("", "bad", "new"):
            self._listing.action_step(1)

    # ------------------------------------------------------------------ all rows

    def action_want_bad(self) -> None:
        """Let all faulty rows in; once they are, leave them out again."""
        bad = {p.number for p in self.incoming.proposals if p.state == "bad"}
        if bad <= self.incoming.wanted:
            self.incoming.wanted -= bad
        else:
            self.incoming.want("bad")
        self.refill()

    def action_filter(self) -> None:
        self._shown = _FILTERS[(_FILTERS.index(self._shown) + 1) % len(_FILTERS)]
        self.refill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "columns":
                return isinstance(self.incoming, SheetBatch)
            case "sheet":
                return isinstance(self.incoming, SheetBatch) and len(self.incoming.book.names) > 1
            case "want_bad":
                return any(p.state == "bad" for p in self.incoming.proposals)
        return True

    def action_columns(self) -> None:
        from tui.screens.import_columns import ImportColumns

        if isinstance(self.incoming, SheetBatch):
            self.app.push_screen(ImportColumns(self.incoming), self._changed)

    def action_sheet(self) -> None:
        from tui.screens.choose import ChooseScreen

        batch = self.incoming
        if not isinstance(batch, SheetBatch):
            return

        def choose(name: str | None) -> None:
            if name:
                with telling(self.app):
                    batch.choose_sheet(name)
                    self._changed("sheet")

        names = {name: name for name in batch.book.names}
        self.app.push_screen(ChooseScreen(_("Đọc trang nào?"), names), choose)

    def action_source(self) -> None:
        from tui.screens.import_forms import GivenForm

        self.app.push_screen(GivenForm(self.incoming), self._changed)

    def _changed(self, what: str | None) -> None:
        if what:
            self.refill()
            self.show_title()
            self.refresh_bindings()

    def action_leftovers(self) -> None:
        from office.importing.leftovers import write_leftovers
        from tui.screens.ask_text import AskText
        from tui.widgets.pick import Suggestion

        rest = [p for p in self.incoming.proposals if not self._goes_in(p) and p.state != "known"]

        def answer(typed: Suggestion | None) -> None:
            if typed:
                with telling(self.app):
                    path = Path(typed.label).expanduser()
                    write_leftovers(path, rest, _, tell)
                    self.office.say(_("Đã ghi {n} dòng ra {path}.").format(n=len(rest), path=path))

        question = _("Ghi {n} dòng không nhập ra tệp nào (xlsx, csv)?").format(n=len(rest))
        self.app.push_screen(AskText(question, value="con-lai.xlsx"), answer)

    # ------------------------------------------------------------------ writing

    def action_import(self) -> None:
        """Write all that goes in, aside, as one step that can be taken back."""
        going = self.incoming.going_in()
        if self._stop or not going:
            if not going:
                self.office.say(_("Chưa có dòng nào để nhập; dấu cách cho vào."), error=True)
            return
        stop = self._stop = Event()
        by, app = self.office.author, self.app

        def tell_progress(done: float) -> None:
            if stop.is_set():
                raise ThukyError(N_("Đã thôi nhập; chưa ghi gì."))
            app.call_later(self._progress, done)

        self.office.aside(lambda store: self._write(store, going, by, tell_progress), self._wrote)

    def _write(
        self, store: Store, going: list[Proposal], by: str, told: Callable[[float], None]
    ) -> Written:
        return write(store, going, by=by, tell=told)

    def _progress(self, done: float) -> None:
        if self._stop:
            self.office.say(_("Đang nhập… {n} %. Esc: thôi.").format(n=int(done * 100)))

    def _wrote(self, written: "Written | ThukyError") -> None:
        self._stop = None
        if isinstance(written, ThukyError):
            self.office.say(tell(written), error=True)
            return
        ids = list(written.rows.values())
        words = _("nhập {n} nhiệm vụ từ {name}").format(n=len(ids), name=self._of_what())
        store = self.office.store
        first = ids[0] if ids else ""
        self.office.trash.note(lambda: take_back(store, written), first, words)
        if isinstance(self.incoming, SheetBatch):
            self.incoming.remember()
        self.office.changed()
        self.dismiss(first)
        said = _("Đã nhập {n} nhiệm vụ. u: rút lại cả.").format(n=len(ids))
        self.app.call_after_refresh(self.office.say, said)

    def action_back(self) -> None:
        """While something is written: give it up. Else leave, but not what was mended unasked."""
        if self._stop:
            self._stop.set()
            return
        if not self.incoming.fixes:
            self.dismiss()
            return
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes:
                self.dismiss()

        question = _("Bỏ {n} dòng đã sửa mà chưa nhập? b: bỏ, phím khác: ở lại.")
        self.app.push_screen(Ask(question.format(n=len(self.incoming.fixes)), "b"), answer)

    def on_resize(self, event: events.Resize) -> None:
        if self._built:
            self._tell()
