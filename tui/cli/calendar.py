"""thuky calendar: list."""

from dataclasses import asdict

from office.moments import show_date
from schema.errors import N_
from tui.cli.command import Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER
from tui.cli.table import table
from tui.words import _

KINDS = {"off": N_("Nghỉ"), "work": N_("Làm việc")}

calendar = Group("calendar", N_("Lịch làm việc: những ngày nghỉ, ngày làm bù."))


@command(
    calendar,
    "list",
    N_("Liệt kê những ngày khác với tuần làm việc thường, kèm căn cứ."),
    Option("--year", N_("chỉ năm này"), N_("NĂM")),
)
def list_(desk: Desk, year: str | None) -> None:
    from office.workdays import seed_days

    wanted = None if year is None else NUMBER.read(desk, year)
    days = sorted(seed_days(), key=lambda day: day.date)
    days = [day for day in days if wanted in (None, day.date.year)]
    if desk.common.json:
        desk.json([asdict(day) | {"date": day.date.isoformat()} for day in days])
    elif not days:
        desk.say(_("Chưa có gì."))
    else:
        desk.say(
            table(
                [_("Ngày"), _("Loại"), _("Tên"), _("Căn cứ")],
                (
                    [
                        show_date(day.date),
                        _(KINDS[day.kind]),
                        day.name,
                        _("tạm tính") if day.provisional else day.source,
                    ]
                    for day in days
                ),
            )
        )
