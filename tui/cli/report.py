"""thuky report [week|month|year]: what was given in a period and what came of it."""

from pathlib import Path
from typing import Any

from office.moments import parse_date
from office.reports.figures import FIGURES, ON_TIME_FORMULA, Count, Figure
from office.reports.period import Period, month_of, week_of, year_of
from office.reports.report import GROUPINGS, Grouping, Report, make
from schema.errors import N_
from schema.report_rows import ids_of
from tui.arguments import WrongUsage
from tui.cli.command import Group, Option, command
from tui.cli.desk import Desk
from tui.cli.table import details, table
from tui.report_view import about
from tui.report_words import figure_words, group_words, shown
from tui.words import _

report = Group(
    "report",
    N_(
        "Báo cáo kết quả thực hiện nhiệm vụ của một kỳ, theo đơn vị, lãnh đạo, lĩnh vực, nguồn;"
        " hôm nay hay vào một ngày đã qua."
    ),
    usual="period",
)
_OPTIONS = [
    Option("--by", N_("theo gì; mặc định là theo đơn vị"), "|".join(Grouping)),
    Option("--as-of day", N_("như vào cuối ngày này; mặc định là hôm nay"), N_("NGÀY")),
    Option("--ids", N_("JSON kèm mã các nhiệm vụ của từng con số"), is_flag=True),
    Option("--xlsx", N_("ghi ra bảng tính mới này"), N_("TỆP")),
    Option("--docx", N_("ghi ra văn bản mới này, thể thức theo Nghị định 30"), N_("TỆP")),
]
_COLUMNS = (
    *(Figure.ASSIGNED, Figure.DONE_IN_TIME, Figure.DONE_LATE, Figure.DONE_WITHOUT_DEADLINE),
    *(Figure.RUNNING_IN_TIME, Figure.RUNNING_LATE, Figure.RUNNING_WITHOUT_DEADLINE),
    *(Figure.NOT_STARTED, Figure.ON_TIME_SHARE),
)
"""What a table on a terminal has room for; the rest is told of the total."""


@command(
    report,
    "period",
    N_("Báo cáo từ ngày này đến ngày kia; mặc định là từ đầu năm đến nay."),
    Option("--from first", N_("ngày đầu; mặc định là đầu năm của ngày cuối"), N_("NGÀY")),
    Option("--to last", N_("ngày cuối; mặc định là hôm nay"), N_("NGÀY")),
    _OPTIONS,
)
def period(desk: Desk, first: str | None, last: str | None, day: str | None, **how: Any) -> None:
    today = desk.today
    to = parse_date(last, today) if last else today
    start = parse_date(first, today) if first else to.replace(month=1, day=1)
    _answer(desk, Period(start, to, parse_date(day, today) if day else today), **how)


@command(report, "week", N_("Báo cáo tuần, với việc đến hạn tuần sau."), _OPTIONS)
def week(desk: Desk, day: str | None, **how: Any) -> None:
    on = parse_date(day, desk.today) if day else desk.today
    _answer(desk, week_of(on), weekly=True, **how)


@command(report, "month", N_("Báo cáo tháng."), _OPTIONS)
def month(desk: Desk, day: str | None, **how: Any) -> None:
    _answer(desk, month_of(parse_date(day, desk.today) if day else desk.today), **how)


@command(report, "year", N_("Báo cáo năm."), _OPTIONS)
def year(desk: Desk, day: str | None, **how: Any) -> None:
    _answer(desk, year_of(parse_date(day, desk.today) if day else desk.today), **how)


def _answer(
    desk: Desk,
    period: Period,
    *,
    by: str | None,
    ids: bool,
    xlsx: str | None,
    docx: str | None,
    weekly: bool = False,
) -> None:
    grouping = _grouping(by)
    found = make(desk.store, period)
    written = _write(desk, found, grouping, xlsx, docx, weekly=weekly)
    if desk.common.json:
        desk.json(report_json(desk, found, grouping, ids=ids) | written)
        return
    if not written:
        _say(desk, found, grouping)
    for path in written.get("files", ()):
        desk.say(_("Đã ghi {path}.").format(path=path))


def _grouping(name: str | None) -> Grouping:
    try:
        return Grouping(name or Grouping.UNIT)
    except ValueError:
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=name,
            codes=", ".join(Grouping),
        ) from None


def report_json(desk: Desk, found: Report, grouping: Grouping, *, ids: bool) -> dict[str, Any]:
    """All figures of all groups, and of each the ids of its follow-ups where `ids` are wanted."""
    period = found.period

    def counted(count: Count, *of: Any) -> dict[str, Any]:
        told: dict[str, Any] = {"figures": {figure.value: count[figure] for figure in FIGURES}}
        if ids:
            told["ids"] = {
                figure.value: ids_of(desk.store, found.rows_of(figure, *of)) for figure in FIGURES
            }
        return told

    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "as_of": period.as_of.isoformat(),
        "by": grouping.value,
        "formula": _(ON_TIME_FORMULA),
        "total": counted(found.total),
        "groups": [
            {"key": group.key, "name": group_words(group)}
            | counted(group.count, grouping, group.key)
            for group in found.by(grouping)
        ],
    }


def _say(desk: Desk, found: Report, grouping: Grouping) -> None:
    desk.say(about(found.period))
    heads = [_(GROUPINGS[grouping]), *(_(FIGURES[figure].short) for figure in _COLUMNS)]
    rows = [
        [group_words(group), *(shown(figure, group.count[figure]) for figure in _COLUMNS)]
        for group in found.by(grouping)
    ]
    total = [_("Tổng cộng"), *(shown(figure, found.total[figure]) for figure in _COLUMNS)]
    desk.say(table(heads, [*rows, total]))
    rest = [figure for figure in FIGURES if figure not in _COLUMNS]
    desk.say("")
    desk.say(details((figure_words(figure), shown(figure, found.total[figure])) for figure in rest))
    desk.say(_(ON_TIME_FORMULA))


def _write(
    desk: Desk,
    found: Report,
    grouping: Grouping,
    xlsx: str | None,
    docx: str | None,
    *,
    weekly: bool,
) -> dict[str, Any]:
    """Write the files that were asked for; their paths."""
    if not (xlsx or docx):
        return {}
    from office.reports.files import write_paper, write_workbook

    files, kept = [], 0
    if xlsx:
        files.append(Path(xlsx).expanduser())
        kept = write_workbook(desk.store, found, grouping, files[-1])
    if docx:
        files.append(Path(docx).expanduser())
        kept = write_paper(desk.store, found, grouping, files[-1], weekly=weekly)
    if kept:
        desk.notice(N_("{n} nhiệm vụ có dấu mật không đưa vào văn bản nào."), n=kept)
    return {"files": [str(path) for path in files]}
