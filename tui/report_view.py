"""What the screen of reports is about, which it remembers while one is elsewhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from office.moments import show_date
from office.reports.period import Period, month_of, week_of, year_of
from office.reports.report import Grouping
from schema.errors import N_
from tui.words import _

KINDS = {"week": N_("Tuần"), "month": N_("Tháng"), "year": N_("Năm")}
_OF = {"week": week_of, "month": month_of, "year": year_of}


@dataclass
class ReportView:
    """The week, month or year of the day `on` (that of today where there is none), or the days of
    `own`; as things stand today, or stood on `as_of`."""

    kind: str = "year"
    on: date | None = None
    own: tuple[date, date] | None = None
    as_of: date | None = None
    grouping: Grouping = Grouping.UNIT

    def period(self, today: date) -> Period:
        as_of = self.as_of or today
        if self.own:
            return Period(*self.own, as_of)
        found = _OF[self.kind](self.on or today)
        return Period(found.first, found.last, as_of)

    def use(self, kind: str) -> None:
        """From now on this week, month or year."""
        self.kind, self.on, self.own, self.as_of = kind, None, None, None

    def beside(self, by: int, today: date) -> "ReportView":
        """The same of the period before or after."""
        now = self.period(today)
        day = timedelta(days=1)
        if self.own:
            length = timedelta(days=now.days) * by
            own = now.first + length, now.last + length
            return ReportView(self.kind, None, own, self.as_of, self.grouping)
        on = now.last + day if by > 0 else now.first - day
        return ReportView(self.kind, on, None, self.as_of, self.grouping)


def about(period: Period) -> str:
    """Từ 01/01/2026 đến 31/12/2026, tính đến 27/02/2026."""
    return _("Từ {first} đến {last}, tính đến {as_of}").format(
        first=show_date(period.first),
        last=show_date(period.last),
        as_of=show_date(period.as_of),
    )
