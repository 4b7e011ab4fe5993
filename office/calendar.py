"""The office's calendar of working days, kept as a table: read, set a day at a time, taken in from
a list. A day that the table has comes before whatever is computed (`office.workdays`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from office.intake import BadRows, Row
from office.workdays import WorkCalendar, special_days
from schema.errors import N_, NotFound, ThukyError
from schema.records import CalendarDay
from schema.store import Store
from schema.viet import fold

KINDS = {"off": N_("Nghỉ"), "work": N_("Làm việc")}
"""What a day may be: off, or worked."""

_SPOKEN = {
    **dict.fromkeys(("off", "nghi", "nghi bu", "nghi le", "ngay nghi"), "off"),
    **dict.fromkeys(("work", "lam", "lam viec", "lam bu", "ngay lam viec"), "work"),
}
_YES = frozenset({"yes", "y", "1", "true", "x", "co", "tam tinh"})
_NO = frozenset({"", "no", "n", "0", "false", "khong"})
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII),
)


def work_calendar(store: Store) -> WorkCalendar:
    """The office's calendar as its table has it."""
    return WorkCalendar(special_days(store.live(CalendarDay)))


def day_in(store: Store, day: date) -> CalendarDay:
    """The table's entry for a day. Raises NotFound."""
    found = store.find(CalendarDay, day.isoformat())
    if found is None or found.deleted_at:
        raise NotFound(
            N_("Lịch không ghi riêng ngày {day}; ngày ấy theo nếp chung."), day=f"{day:%d/%m/%Y}"
        )
    return found


def keep(store: Store, day: CalendarDay) -> CalendarDay:
    """Write an entry in place of the day's own, if it has one; one that was removed is back."""
    cells = {
        "kind": day.kind,
        "name": day.name,
        "source": day.source,
        "provisional": day.provisional,
    }
    with store.transaction():
        if store.find(CalendarDay, day.id) is None:
            return store.insert(day)
        return store.update(CalendarDay, day.id, deleted_at=None, **cells)


def kind_of(text: str) -> str:
    """off or work, from what a person calls it. Raises ThukyError."""
    if (kind := _SPOKEN.get(" ".join(fold(text).split()))) is None:
        raise ThukyError(
            N_("không có loại ngày “{kind}”; có: off (nghỉ), work (làm việc)"), kind=text
        )
    return kind


# A list from elsewhere


@dataclass(slots=True)
class DaysPlan:
    """What a list changes in the table: entries to write, and how many were there already."""

    added: list[CalendarDay] = field(default_factory=list)
    changed: list[CalendarDay] = field(default_factory=list)
    unchanged: int = 0


def plan_days(rows: Sequence[Row], store: Store) -> DaysPlan:
    """Columns date, kind, name, source, provisional. Raises BadRows with every fault, so that the
    whole list is good or none of it is; days that it does not have stay as they are."""
    plan, faults = DaysPlan(), list[ThukyError]()
    seen: dict[str, int] = {}
    for row in rows:
        try:
            day = _read(row)
            if day.id in seen:
                raise ThukyError(
                    N_("ngày {day} đã có ở dòng {row}"),
                    day=f"{date.fromisoformat(day.id):%d/%m/%Y}",
                    row=seen[day.id],
                )
            seen[day.id] = row.number
        except ThukyError as error:
            faults.append(ThukyError(N_("dòng {row}: {reason}"), row=row.number, reason=error))
            continue
        before = store.find(CalendarDay, day.id)
        if before is None or before.deleted_at:
            plan.added.append(day)
        elif _cells(before) != _cells(day):
            plan.changed.append(day)
        else:
            plan.unchanged += 1
    if faults:
        raise BadRows(faults)
    return plan


def write_days(store: Store, plan: DaysPlan) -> None:
    """Carry out a plan, all of it or nothing."""
    with store.transaction():
        for day in (*plan.added, *plan.changed):
            keep(store, day)


def _read(row: Row) -> CalendarDay:
    provisional = " ".join(fold(row["provisional"]).split())
    if provisional not in _YES | _NO:
        raise ThukyError(
            N_("“{text}” ở cột provisional không phải yes hay để trống"), text=row["provisional"]
        )
    return CalendarDay(
        id=_date(row["date"]).isoformat(),
        kind=kind_of(row["kind"]),
        name=row["name"],
        source=row["source"],
        provisional=int(provisional in _YES),
    )


def _date(text: str) -> date:
    """A whole date, 2026-02-17 or 17/02/2026: a list says which year it means."""
    for form in _WRITTEN:
        if found := form.fullmatch(text):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                raise ThukyError(N_("lịch không có ngày {text}"), text=text) from None
    raise ThukyError(N_("không hiểu ngày “{text}”; hãy viết như 17/02/2026"), text=text)


def _cells(day: CalendarDay) -> tuple[object, ...]:
    return day.kind, day.name, day.source, day.provisional
