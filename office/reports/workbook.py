"""A report as a workbook: a sheet for each grouping with its charts, and one of the tasks.

Papers are Vietnamese, whatever language the screens speak. Public entrance: `sheets`.
"""

from collections.abc import Sequence

from office.moments import show_date
from office.reports.annex import HEADS, Task
from office.reports.figures import FIGURES, ON_TIME_FORMULA, Count, Figure
from office.reports.report import GROUPINGS, Group, Grouping, Report
from office.sheets import DECIMAL, SHARE, WHOLE, Chart, Column, Sheet, Value

_FORMS = {"": WHOLE, "share": SHARE, "days": DECIMAL, "minutes": DECIMAL}
_DRAWN = 20
"""So many groups have room in a chart."""
_WIDTHS = (5, 44, 26, 22, 22, 13, 24, 28, 20)


def sheets(report: Report, tasks: Sequence[Task], first: Grouping = Grouping.UNIT) -> list[Sheet]:
    """The grouping that was asked for comes `first`."""
    order = [first, *(grouping for grouping in Grouping if grouping is not first)]
    return [*(_figures(report, grouping) for grouping in order), _tasks(report, tasks)]


def about(report: Report) -> str:
    """Từ ngày 01/01/2026 đến ngày 31/03/2026, tính đến ngày 31/03/2026."""
    period = report.period
    return (
        f"Từ ngày {show_date(period.first)} đến ngày {show_date(period.last)},"
        f" tính đến ngày {show_date(period.as_of)}"
    )


def name_of(group: Group) -> str:
    return group.name or group.words


def _figures(report: Report, grouping: Grouping) -> Sheet:
    groups = report.by(grouping)
    columns = [Column("STT", 5, WHOLE), Column(GROUPINGS[grouping], 30)]
    columns += [Column(about.words, 8, _FORMS[about.unit]) for about in FIGURES.values()]
    rows = [
        (number, name_of(group), *_cells(group.count)) for number, group in enumerate(groups, 1)
    ]
    places = {figure: place for place, figure in enumerate(FIGURES, start=2)}
    stacked = (Figure.DONE_IN_TIME, Figure.DONE_LATE, Figure.RUNNING_IN_TIME, Figure.RUNNING_LATE)
    charts = (
        Chart("Kết quả thực hiện", 1, [places[f] for f in stacked], "stacked", _DRAWN),
        Chart("Tỷ lệ đúng hạn", 1, [places[Figure.ON_TIME_SHARE]], "bar", _DRAWN),
    )
    return Sheet(
        GROUPINGS[grouping],
        columns,
        rows,
        title=["BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ", about(report)],
        totals=(None, "Tổng cộng", *_cells(report.total)),
        notes=[ON_TIME_FORMULA],
        charts=charts,
    )


def _cells(count: Count) -> list[Value]:
    return [count[figure] for figure in FIGURES]


def _tasks(report: Report, tasks: Sequence[Task]) -> Sheet:
    columns = [
        Column(head, width, WHOLE if head == "STT" else "")
        for head, width in zip(HEADS, _WIDTHS, strict=True)
    ]
    rows = [
        (
            number,
            *(task.work, task.given_by, task.lead, task.together, task.due, task.product),
            *(task.result, task.standing),
        )
        for number, task in enumerate(tasks, start=1)
    ]
    return Sheet("Nhiệm vụ", columns, rows, title=["DANH MỤC NHIỆM VỤ", about(report)])
