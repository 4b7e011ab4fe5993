"""The plots of a report: how its work burns down, and the on-time share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from office.reports.curves import burn_down, on_time
from office.reports.report import Report
from schema.errors import N_
from tui.report_view import about
from tui.screens.page import Page
from tui.widgets.plot import Curve, Plot, Plotted
from tui.words import _

_TICKS = 6
_BARS = 40
"""Bars that the widest terminal still tells apart."""


class ReportPlots(Page):
    """One plot above the other, or one alone where there is little room."""

    HEADING = N_("Biểu đồ")
    HELP = N_(
        "Trên: số việc còn phải làm cuối mỗi ngày của kỳ, bên số việc còn lại nếu việc nào cũng"
        " xong đúng hạn (dấu chấm). Dưới: trong số việc đến hạn mỗi tuần hay mỗi tháng, bao nhiêu"
        " phần trăm xong đúng hạn. v xem riêng từng biểu đồ."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("v", "turn", N_("Xem riêng từng biểu đồ"))]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self._alone = 0

    def corner(self) -> str:
        return about(self._report.period)

    def body(self) -> Iterable[Widget]:
        self._down, self._share = Plot(id="burn-down"), Plot(id="on-time")
        for plot in (self._down, self._share):
            plot.styles.height = "1fr"
        yield Vertical(self._down, self._share)

    def refill(self) -> None:
        down, share = burn_down(self._report), on_time(self._report)
        self._down.show(
            Plotted(
                _("Số việc còn phải làm"),
                [
                    Curve(_("theo thời hạn"), down.planned, "."),
                    Curve(_("thực tế"), down.left),
                ],
                _ticks(down.days, "%d/%m"),
            )
        )
        starts, shares = share.starts[-_BARS:], share.shares[-_BARS:]
        percents = [None if value is None else 100 * value for value in shares]
        self._share.show(
            Plotted(
                _("Tỷ lệ đúng hạn theo thời hạn (%)"),
                [Curve(_("đúng hạn"), percents, "#")],
                _ticks(starts, "%d/%m" if self._report.period.days <= 92 else "%m/%Y"),
                bars=True,
                most=100.0,
            )
        )

    def action_turn(self) -> None:
        """Both, the first, the second."""
        self._alone = (self._alone + 1) % 3
        self._down.display = self._alone != 2
        self._share.display = self._alone != 1


def _ticks(days: Sequence[date], form: str) -> dict[int, str]:
    """A few of them, the first and the last among them."""
    step = max(-(-(len(days) - 1) // _TICKS), 1)
    places = list(range(0, len(days), step))
    return {place: days[place].strftime(form) for place in places}
