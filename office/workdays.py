"""Working days in Vietnam: the office's own table first, computed holidays after, weekends last.

A year whose Tết Nguyên đán stands in the table as announced is taken from the table alone, since
the government's yearly decision replaces anything computed. Other years are filled in by the
`holidays` package and are provisional ("tạm tính"). Day counts follow the Civil Code 2015.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from schema.records import CalendarDay

TET = "Tết Nguyên đán"
HUNG_KINGS = "Giỗ Tổ Hùng Vương"

FIXED_HOLIDAYS: dict[str, tuple[int, int]] = {
    "Tết Dương lịch": (1, 1),
    "Ngày Chiến thắng": (4, 30),
    "Ngày Quốc tế Lao động": (5, 1),
    "Quốc khánh": (9, 2),
    "Ngày Văn hóa Việt Nam": (11, 24),
}
"""Holidays that fall on the same (month, day) every year (Labour Code 2019, art. 112)."""

_COMPUTED_NAMES = {TET: "tết nguyên đán", HUNG_KINGS: "ngày giỗ tổ hùng vương"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is off or worked against the week's rule, and the paper that says so."""

    date: date
    kind: Literal["off", "work"]
    name: str
    source: str = ""
    provisional: bool = False


def announces(day: SpecialDay) -> bool:
    """Whether a day says that its year's days off are announced: Tết itself, not provisional."""
    return day.kind == "off" and not day.provisional and day.name.lower() == TET.lower()


class WorkCalendar:
    """Which days are worked, and counting in them. Answers from memory; knows no database."""

    def __init__(self, days: Iterable[SpecialDay] = ()) -> None:
        self._table = {day.date: day for day in days}
        self._announced = {day.date.year for day in self._table.values() if announces(day)}
        self._computed: dict[int, dict[date, str]] = {}

    def is_working(self, day: date) -> bool:
        entry = self._table.get(day)
        if entry is not None:
            return entry.kind == "work"
        return day.weekday() < 5 and day not in self._holidays(day.year)

    def is_provisional(self, day: date) -> bool:
        """Whether the days off around `day` are computed and not yet announced."""
        return day.year not in self._announced

    def days_of(self, year: int) -> list[SpecialDay]:
        """The days of a year that are not as the week's rule has them: those of the table, and in
        a year not announced the computed ones, which are provisional."""
        table = {day: entry for day, entry in self._table.items() if day.year == year}
        computed = {
            day: SpecialDay(day, "off", name, provisional=True)
            for day, name in self._holidays(year).items()
        }
        return [day for _, day in sorted((computed | table).items())]

    def on_or_after(self, day: date) -> date:
        while not self.is_working(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        while not self.is_working(day):
            day -= _DAY
        return day

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        return self.on_or_after(day + _DAY)

    def previous_working(self, day: date) -> date:
        """The last working day before `day`."""
        return self.on_or_before(day - _DAY)

    def add_working(self, day: date, count: int) -> date:
        """`count` working days from `day`, which is not counted itself (Civil Code art. 147);
        a negative `count` goes back."""
        step = self.next_working if count >= 0 else self.previous_working
        for _ in range(abs(count)):
            day = step(day)
        return day

    def holiday(self, name: str, on: date, year: int | None = None) -> date | None:
        """The day of the holiday `name`: in `year`, else the first one on or after `on`.

        Names are those of `FIXED_HOLIDAYS`, `TET` (mùng 1) and `HUNG_KINGS`, or of a day in the
        table. None where no day of that name is known.
        """
        years = (year,) if year is not None else (on.year, on.year + 1)
        found = (self._holiday_in(name, each) for each in years)
        return next((day for day in found if day and (year is not None or day >= on)), None)

    def _holiday_in(self, name: str, year: int) -> date | None:
        if name in FIXED_HOLIDAYS:
            return date(year, *FIXED_HOLIDAYS[name])
        for day, entry in self._table.items():
            if day.year == year and entry.name == name:
                return day
        wanted = _COMPUTED_NAMES.get(name, name.lower())
        computed = self._holidays(year).items()
        return next((day for day, called in computed if called.lower() == wanted), None)

    def _holidays(self, year: int) -> dict[date, str]:
        if year in self._announced:
            return {}
        if year not in self._computed:
            import holidays  # 70 ms: only once a year without an announced table is asked for

            self._computed[year] = dict(holidays.country_holidays("VN", years=year, language="vi"))
        return self._computed[year]


def special_days(rows: Iterable[CalendarDay]) -> list[SpecialDay]:
    """The days of the calendar's table; what another program left unreadable is left out."""
    return [day for row in rows if (day := special_day(row))]


def special_day(row: CalendarDay) -> SpecialDay | None:
    try:
        day = date.fromisoformat(row.id)
    except ValueError:
        return None
    kind: Literal["off", "work"] = "work" if row.kind == "work" else "off"
    return SpecialDay(day, kind, row.name, row.source, bool(row.provisional))
