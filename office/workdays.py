"""Working days in Vietnam: the office's own table first, computed holidays after, weekends last.

A year whose Tết Nguyên đán stands in the table as announced is taken from the table alone, since
the government's yearly decision replaces anything computed. Other years are filled in by the
`holidays` package and are provisional ("tạm tính"). Day counts follow the Civil Code 2015.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Literal

from schema.errors import ThukyError

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
_KINDS: dict[str, Literal["off", "work"]] = {"off": "off", "work": "work"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is off or worked against the week's rule, and the paper that says so."""

    date: date
    kind: Literal["off", "work"]
    name: str
    source: str = ""
    provisional: bool = False


class WorkCalendar:
    """Which days are worked, and counting in them. Answers from memory; knows no database."""

    def __init__(self, days: Iterable[SpecialDay] = ()) -> None:
        self._table = {day.date: day for day in days}
        self._announced = {
            day.date.year for day in self._table.values() if day.name == TET and not day.provisional
        }
        self._computed: dict[int, dict[date, str]] = {}

    def is_working(self, day: date) -> bool:
        entry = self._table.get(day)
        if entry is not None:
            return entry.kind == "work"
        return day.weekday() < 5 and day not in self._holidays(day.year)

    def is_provisional(self, day: date) -> bool:
        """Whether the days off around `day` are computed and not yet announced."""
        return day.year not in self._announced

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


def read_calendar(lines: Iterable[str]) -> list[SpecialDay]:
    """Days of a csv with the columns date, kind (off or work), name, source, provisional.

    `provisional` is empty or "yes". Raises ThukyError, naming the line, on a missing column, an
    unreadable date or kind, and a day that stands there twice.
    """
    rows = csv.DictReader(lines)
    days: dict[date, SpecialDay] = {}
    for row in rows:
        day = _special_day(row, rows.line_num)
        if day.date in days:
            raise ThukyError(
                "Dòng {line}: ngày {date} đã có ở một dòng trên; không dòng nào được nhập.",
                line=rows.line_num,
                date=day.date.isoformat(),
            )
        days[day.date] = day
    return list(days.values())


def _special_day(row: dict[str, str | None], line: int) -> SpecialDay:
    cells = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str)}
    kind = _KINDS.get(cells.get("kind", ""))
    try:
        day = date.fromisoformat(cells.get("date", ""))
    except ValueError:
        raise ThukyError(
            "Dòng {line}: ngày phải có dạng 2026-02-17; không dòng nào được nhập.", line=line
        ) from None
    if kind is None:
        raise ThukyError(
            "Dòng {line}: cột kind phải là off (nghỉ) hoặc work (làm việc);"
            " không dòng nào được nhập.",
            line=line,
        )
    return SpecialDay(
        date=day,
        kind=kind,
        name=cells.get("name", ""),
        source=cells.get("source", ""),
        provisional=cells.get("provisional", "").lower() == "yes",
    )


def seed_days() -> list[SpecialDay]:
    """The days that the program ships with: 2026 as announced, Tết of the next years."""
    seed = files("schema") / "data" / "calendar.csv"
    return read_calendar(seed.read_text("utf-8").splitlines())
