"""thuky calendar: list, set, remove, import."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from office.calendar import KINDS, day_in, keep, kind_of, plan_days, work_calendar, write_days
from office.moments import parse_date, show_date
from office.workdays import SpecialDay, announces, special_day, special_days
from schema.errors import N_, ThukyError
from schema.records import CalendarDay
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER
from tui.cli.spreadsheet import read_rows
from tui.cli.table import table
from tui.words import _

COLUMNS = ("date", "kind", "name", "source", "provisional")

calendar = Group("calendar", N_("Lịch làm việc: những ngày nghỉ, ngày làm bù."))


@command(
    calendar,
    "list",
    N_("Liệt kê những ngày khác với tuần làm việc thường, kèm căn cứ."),
    Option("--year", N_("chỉ năm này"), N_("NĂM")),
    Option("--computed", N_("kể cả những ngày tạm tính của năm ấy"), is_flag=True),
)
def list_(desk: Desk, year: str | None, computed: bool) -> None:
    wanted = None if year is None else NUMBER.read(desk, year)
    if computed:
        if wanted is None:
            raise ThukyError(N_("Hãy ghi --year: những ngày tạm tính là của một năm."))
        days = work_calendar(desk.store).days_of(wanted)
    else:
        days = special_days(desk.store.live(CalendarDay, "1 ORDER BY id"))
        days = [day for day in days if wanted in (None, day.date.year)]
    if desk.common.json:
        desk.json([_json(day) for day in days])
    elif not days:
        desk.say(_("Chưa có gì."))
    else:
        heads = [_("Ngày"), _("Loại"), _("Tên"), _("Căn cứ")]
        desk.say(table(heads, map(_line, days)))


@command(
    calendar,
    "set",
    N_("Ghi một ngày là nghỉ hoặc làm việc, đè lên nếp chung và những ngày tạm tính."),
    Argument("day", N_("NGÀY")),
    Argument("kind", "off|work"),
    Option("--name", N_("tên ngày ấy"), N_("TÊN")),
    Option("--source", N_("căn cứ: số văn bản"), N_("CĂN_CỨ")),
    Option("--provisional", N_("tạm tính, chưa có thông báo"), is_flag=True),
)
def set_(
    desk: Desk, day: str, kind: str, name: str | None, source: str | None, provisional: bool
) -> None:
    on = parse_date(day, desk.today)
    new = CalendarDay(
        id=on.isoformat(),
        kind=kind_of(kind),
        name=name or "",
        source=source or "",
        provisional=int(provisional),
    )
    before = _announced(desk)
    kept = keep(desk.store, new)
    _answer(desk, kept, N_("Đã ghi {day}: {kind}."), kind=_(KINDS[kept.kind]).lower())
    _tell_announced(desk, before)


@command(
    calendar,
    "remove",
    N_("Bỏ một ngày khỏi lịch; ngày ấy lại theo nếp chung."),
    Argument("day", N_("NGÀY")),
)
def remove(desk: Desk, day: str) -> None:
    found = day_in(desk.store, parse_date(day, desk.today))
    desk.store.delete(CalendarDay, found.id)
    _answer(desk, found, N_("Đã bỏ {day} khỏi lịch; ngày ấy lại theo nếp chung."))


@command(
    calendar,
    "import",
    N_(
        "Nhập từ tệp CSV có các cột date, kind, name, source, provisional; nhập cả tệp hoặc không "
        "nhập gì."
    ),
    Argument("file", N_("TỆP"), type=click.Path()),
)
def import_(desk: Desk, file: str) -> None:
    rows = read_rows(Path(file).expanduser(), COLUMNS)
    before = _announced(desk)
    with desk.store.transaction():
        plan = plan_days(rows, desk.store)
        write_days(desk.store, plan)
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }
    desk.answer(counts, N_("Đã thêm {added}, sửa {changed}, giữ nguyên {unchanged}."))
    _tell_announced(desk, before)


def _announced(desk: Desk) -> set[int]:
    days = special_days(desk.store.live(CalendarDay))
    return {day.date.year for day in days if announces(day)}


def _tell_announced(desk: Desk, before: set[int]) -> None:
    for year in sorted(_announced(desk) - before):
        words = N_("Năm {year} nay đã có Tết trong lịch, nên không còn ngày nào tạm tính.")
        desk.notice(words, year=year)


def _answer(desk: Desk, row: CalendarDay, sentence: str, **fields: str) -> None:
    if desk.common.json:
        shown = special_day(row)
        desk.json(_json(shown) if shown else None)
    else:
        day = show_date(date.fromisoformat(row.id))
        desk.say(_(sentence).format(day=day, **fields))


def _json(day: SpecialDay) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "kind": day.kind,
        "name": day.name,
        "source": day.source,
        "provisional": day.provisional,
    }


def _line(day: SpecialDay) -> Sequence[str]:
    return [
        show_date(day.date),
        _(KINDS[day.kind]),
        day.name,
        _("tạm tính") if day.provisional else day.source,
    ]
