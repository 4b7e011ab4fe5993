"""thuky series: add, list, next."""

from office import meetings
from office.moments import local, parse_date
from office.recurrence import parse_rule
from schema.errors import N_, ThukyError
from schema.records import Meeting, Series
from tui import queries
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.meeting import told, warn

series = Group("series", N_("Loạt họp lặp lại: thêm, xem, lên lịch kỳ sau."))


@command(series, "add", N_("Thêm một loạt họp."), fields(Series, "title", "rule", "time"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        new = Series(**desk.read(Series, cells))
        if not new.title:
            raise ThukyError(N_("Loạt họp chưa có tên."))
        parse_rule(new.rule, desk.today)
        kept = desk.store.insert(new)
    desk.done(kept, N_("Đã thêm loạt họp “{title}”."), title=kept.title)


@command(series, "list", N_("Liệt kê các loạt họp."))
def list_(desk: Desk) -> None:
    desk.rows(Series, queries.all_series(desk.store), "title", "rule", "time", "place")


@command(
    series,
    "next",
    N_("Thêm cuộc họp kỳ sau, tiếp theo cuộc cuối cùng đã có của loạt."),
    Argument("id", N_("MÃ")),
    Option("--after", N_("sau ngày này, thay vì sau cuộc cuối cùng"), N_("NGÀY")),
)
def next_(desk: Desk, id: str, after: str | None) -> None:
    with desk.store.transaction():
        row = desk.row(Series, id)
        held = desk.store.live(Meeting, "series = ? ORDER BY starts_at", row.id)
        last = local(held[-1].starts_at).date() if held else desk.today
        day = parse_date(after, desk.today) if after else last
        kept = desk.store.insert(meetings.next_of(row, day))
    warn(desk, kept)
    desk.done(kept, N_("Đã thêm cuộc họp “{title}”, {start}."), **told(kept))
