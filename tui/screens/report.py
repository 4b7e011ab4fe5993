"""The report of a period: figures in groups, each of which opens its follow-ups."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import parse_date
from office.reports.figures import FIGURES, ON_TIME_FORMULA
from office.reports.period import Period, checked
from office.reports.report import GROUPINGS, Grouping, Report, make
from schema.errors import N_, ThukyError
from tui.report_view import KINDS, ReportView, about
from tui.report_words import figure_words, group_words, shown
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.figures import Figures
from tui.widgets.line import Lines
from tui.widgets.listing import Row
from tui.widgets.pick import Suggestion
from tui.words import _

_TOTAL = "total"
_OF = "of:"
_FIGURES = list(FIGURES)


class ReportScreen(Page):
    """Figures of a period by unit, leader, field or source, as of today or a past day."""

    HELP = N_(
        "Báo cáo kết quả thực hiện nhiệm vụ của một kỳ. Mũi tên chọn con số, Enter mở danh sách"
        " nhiệm vụ của con số ấy. p chọn kỳ (tuần, tháng, năm, từ ngày đến ngày), [ và ] sang kỳ"
        " trước, kỳ sau; b xem theo đơn vị, lãnh đạo, lĩnh vực, nguồn; a xem như vào cuối một ngày"
        " đã qua (để trống là hôm nay). v xem biểu đồ, e đánh giá. x ghi ra bảng tính, w ghi ra văn"
        " bản. Nhiệm vụ chia cho nhiều đơn vị tính theo từng phần; mốc không tính."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "period", N_("Kỳ…")),
        Binding("left_square_bracket", "beside(-1)", N_("Kỳ trước")),
        Binding("right_square_bracket", "beside(1)", N_("Kỳ sau"), show=False),
        Binding("b", "by", N_("Theo…")),
        Binding("a", "as_of", N_("Tính đến ngày…")),
        Binding("v", "plots", N_("Biểu đồ")),
        Binding("e", "app.go('evaluation')", N_("Đánh giá"), show=False),
        Binding("x", "workbook", N_("Ghi bảng tính"), show=False),
        Binding("w", "paper", N_("Ghi văn bản"), show=False),
    ]
    AUTO_FOCUS = "Figures"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._report: Report | None = None

    def heading(self) -> str:
        return _("Báo cáo")

    def body(self) -> Iterable[Widget]:
        self._view = self.office.remembered(ReportView)
        self._about = Lines(id="report-about")
        self._about.styles.height = 2
        self._figures = Figures(
            _(GROUPINGS[self._view.grouping]),
            [_(about.short) for about in FIGURES.values()],
            self._rows,
            empty=_("Kỳ này không có nhiệm vụ nào. p: chọn kỳ khác."),
            id="figures",
        )
        self._told = Lines(id="report-told")
        self._told.styles.height = 3
        yield self._about
        yield self._figures
        yield self._told

    def refill(self) -> None:
        """Counted once the page is seen: it may take a while in a large office."""
        self._tell_about(_("đang tính…"))
        self.call_after_refresh(self._count)

    def _count(self) -> None:
        if not self.is_attached:
            return
        with telling(self.app):
            self._report = make(self.office.store, self._period)
            self._fill()

    @property
    def _period(self) -> Period:
        return self._view.period(self.office.today())

    def _fill(self) -> None:
        found, grouping = self._report, self._view.grouping
        if found is None:
            return
        self._figures.rename(_(GROUPINGS[grouping]))
        rows = [
            Row(
                f"{_OF}{group.key or ''}",
                (group_words(group), *(shown(f, group.count[f]) for f in FIGURES)),
            )
            for group in found.by(grouping)
        ]
        if rows:
            cells = (_("Tổng cộng"), *(shown(f, found.total[f]) for f in FIGURES))
            rows.insert(0, Row(_TOTAL, cells, strong=True))
        self._rows.fill(rows)
        self._figures.reload()
        self._tell_about()
        self._tell_figure()

    def _tell_about(self, more: str = "") -> None:
        period = self._period
        kind = "" if self._view.own else _(KINDS[self._view.kind])
        told = " · ".join(filter(None, (kind, about(period), more)))
        self._about.show([("", Style()), (f"   {told}", Style(bold=True))])

    def _tell_figure(self) -> None:
        """What the number under the cursor is."""
        figure, key = _FIGURES[self._figures.figure], self._figures.key
        row = self._figures.row_at(self._figures.index)
        name = row.cells[0] if row and key else ""
        told = f"   {figure_words(figure)}" + (f" · {name}" if name else "")
        formula = wrap(_(ON_TIME_FORMULA), max(self.app.size.width - 6, 20))
        self._told.show([(told, Style()), *((f"   {line}", Style()) for line in formula)])

    def on_figures_moved(self) -> None:
        self._tell_figure()

    def on_listing_highlighted(self) -> None:
        if self._built:
            self._tell_figure()

    # --------------------------------------------------------------- actions

    def on_figures_opened(self, event: Figures.Opened) -> None:
        from tui.screens.figure_list import FigureList

        found, figure = self._report, _FIGURES[event.figure]
        if found is None:
            return
        name = figure_words(figure)
        if event.key == _TOTAL:
            rows = found.rows_of(figure)
        else:
            key = event.key.removeprefix(_OF) or None
            rows = found.rows_of(figure, self._view.grouping, key)
            row = self._figures.row_at(self._figures.index)
            name = f"{row.cells[0]}: {name}" if row else name
        self.app.push_screen(FigureList(name, rows))

    def action_by(self) -> None:
        groupings = list(Grouping)
        place = groupings.index(self._view.grouping) + 1
        self._view.grouping = groupings[place % len(groupings)]
        self._fill()

    def action_beside(self, by: int) -> None:
        view = self._view.beside(by, self.office.today())
        checked(view.period(self.office.today()), self.office.today())
        self._view.on, self._view.own = view.on, view.own
        self.refill()

    def action_period(self) -> None:
        from tui.screens.choose import ChooseScreen

        labels = {
            "year": _("Năm nay"),
            "month": _("Tháng này"),
            "week": _("Tuần này"),
            "own": _("Từ ngày … đến ngày …"),
        }
        self.app.push_screen(ChooseScreen(_("Báo cáo kỳ nào?"), labels), self._chose_period)

    def _chose_period(self, kind: str | None) -> None:
        if kind == "own":
            self._ask_days()
        elif kind:
            self._view.use(kind)
            self.refill()

    def _ask_days(self) -> None:
        from tui.screens.ask_text import AskText

        def days(answer: Suggestion) -> tuple[date, date]:
            first, _dash, last = answer.label.replace("–", "-").partition(" - ")
            today = self.office.today()
            if not last:
                raise ThukyError(N_("Hãy gõ hai ngày cách nhau bằng “ - ”: 1/1/2026 - 31/3/2026."))
            found = parse_date(first, today), parse_date(last, today)
            checked(Period(*found, self._view.as_of or today), today)
            return found

        def answered(answer: Suggestion | None) -> None:
            if answer:
                self._view.own = days(answer)
                self.refill()

        question = _("Từ ngày - đến ngày, như 1/1/2026 - 31/3/2026:")
        self.app.push_screen(AskText(question, check=days), answered)

    def action_as_of(self) -> None:
        from tui.screens.ask_text import AskText

        def day(answer: Suggestion) -> date | None:
            today = self.office.today()
            found = parse_date(answer.label, today) if answer.label else None
            now = self._view.period(today)
            checked(Period(now.first, now.last, found or today), today)
            return found

        def answered(answer: Suggestion | None) -> None:
            if answer is not None:
                self._view.as_of = day(answer)
                self.refill()

        question = _("Như vào cuối ngày nào? Để trống là hôm nay.")
        self.app.push_screen(AskText(question, optional=True, check=day), answered)

    def action_plots(self) -> None:
        from tui.screens.report_plots import ReportPlots

        if self._report is None:  # the key came before the page was counted
            self._count()
        if self._report:
            self.app.push_screen(ReportPlots(self._report))

    def action_workbook(self) -> None:
        self._ask_file("bao-cao.xlsx", self._write_workbook)

    def action_paper(self) -> None:
        self._ask_file("bao-cao.docx", self._write_paper)

    def _ask_file(self, name: str, write: Callable[[Path], int]) -> None:
        from tui.screens.ask_text import AskText

        kept: list[int] = []

        def written(answer: Suggestion) -> None:
            # Where it cannot be written, the name stays to be mended.
            kept.append(write(Path(answer.label).expanduser()))

        def answered(answer: Suggestion | None) -> None:
            if answer and kept:
                told = _("Đã ghi {path}.").format(path=answer.label)
                if kept[-1]:
                    words = _("{n} nhiệm vụ có dấu mật không đưa vào văn bản nào.")
                    told += " " + words.format(n=kept[-1])
                self.office.say(told)

        question = _("Ghi vào tệp mới nào?")
        self.app.push_screen(AskText(question, value=name, check=written), answered)

    def _write_workbook(self, path: Path) -> int:
        from office.reports.files import write_workbook

        assert self._report is not None
        return write_workbook(self.office.store, self._report, self._view.grouping, path)

    def _write_paper(self, path: Path) -> int:
        from office.reports.files import write_paper

        assert self._report is not None
        weekly = self._view.kind == "week" and not self._view.own
        return write_paper(
            self.office.store, self._report, self._view.grouping, path, weekly=weekly
        )
