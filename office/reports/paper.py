"""A report as a paper in decree-30 form, with its tasks as an annex; the weekly digest has only
those tasks that a weekly meeting speaks of.

Papers are Vietnamese, whatever language the screens speak. Public entrance: `paper`, `digest`.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from office.moments import show_date
from office.papers.letterhead import Letterhead
from office.papers.lines import date_line, number_line
from office.reports.annex import HEADS, Task
from office.reports.figures import ON_TIME_FORMULA, Count, Figure, Value
from office.reports.report import GROUPINGS, Grouping, Report
from office.reports.workbook import about, name_of
from office.standing import STANDINGS
from schema.standing import DONE, Standing

if TYPE_CHECKING:
    from office.papers.paper import Paper

_SHOWN = {
    Figure.ASSIGNED: "Tổng giao",
    Figure.DONE_IN_TIME: "Xong đúng hạn",
    Figure.DONE_LATE: "Xong quá hạn",
    Figure.DONE_WITHOUT_DEADLINE: "Xong, không hạn",
    Figure.RUNNING_IN_TIME: "Đang làm, trong hạn",
    Figure.RUNNING_LATE: "Chưa xong, quá hạn",
    Figure.RUNNING_WITHOUT_DEADLINE: "Đang làm, không hạn",
    Figure.NOT_STARTED: "Chưa thực hiện",
    Figure.ON_TIME_SHARE: "Tỷ lệ đúng hạn",
}
"""The figures of a printed table, as narrow as a page is; all of them are in the workbook."""
_WIDTHS = (13, 58, 40, 32, 26, 28, 32, 34, 24)


def paper(
    head: Letterhead,
    report: Report,
    grouping: Grouping,
    tasks: Sequence[Task],
    made_at: datetime,
) -> bytes:
    """The report (docx), its figures in groups."""
    subject = f"Kết quả thực hiện nhiệm vụ được giao\n({_lower(about(report))})"
    made = _begin(head, report, subject)
    _body(made, report, grouping)
    _sign(made, head)
    _table(made, report, grouping)
    return _end(made, head, subject, made_at, [("Danh mục nhiệm vụ", tasks)])


def digest(
    head: Letterhead,
    report: Report,
    grouping: Grouping,
    tasks: Sequence[Task],
    made_at: datetime,
) -> bytes:
    """The weekly digest (docx): the week's figures, what was done in it, what is late, what is due
    in the next."""
    week = report.period.first.isocalendar().week
    subject = f"Tình hình thực hiện nhiệm vụ tuần {week}\n({_lower(about(report))})"
    made = _begin(head, report, subject)
    _body(made, report, grouping)
    late = STANDINGS[Standing.RUNNING_LATE]
    done = {STANDINGS[standing] for standing in DONE}
    after = report.period.last + timedelta(days=1), report.period.last + timedelta(days=7)
    lists = [
        ("Nhiệm vụ hoàn thành trong tuần", [t for t in tasks if t.standing in done]),
        ("Nhiệm vụ quá hạn chưa hoàn thành", [t for t in tasks if t.standing == late]),
        (
            f"Nhiệm vụ đến hạn tuần sau ({after[0]:%d/%m} - {after[1]:%d/%m/%Y})",
            [
                task
                for task in tasks
                if isinstance(task.due, date)
                and after[0] <= task.due <= after[1]
                and task.standing not in done
            ],
        ),
    ]
    _sign(made, head)
    _table(made, report, grouping)
    return _end(made, head, subject, made_at, lists)


def _begin(head: Letterhead, report: Report, subject: str) -> "Paper":
    from office.papers.paper import Paper

    made = Paper()
    when = date_line(head.place, report.period.as_of, day_open=True)
    made.head(head.issuer, number_line(None, head.symbol), when, parent=head.parent)
    made.title("Báo cáo", subject)
    return made


def _body(made: "Paper", report: Report, grouping: Grouping) -> None:
    total, period = report.total, report.period
    made.text(
        f"Tính đến ngày {show_date(period.as_of)}, tổng số nhiệm vụ phải thực hiện trong kỳ là"
        f" {_told(total, Figure.ASSIGNED)}, trong đó {_told(total, Figure.CARRIED_IN)} từ kỳ trước"
        f" chuyển sang, {_told(total, Figure.GIVEN)} giao trong kỳ. Đã hoàn thành"
        f" {_told(total, Figure.DONE)} (đúng hạn {_told(total, Figure.DONE_IN_TIME)}, quá hạn"
        f" {_told(total, Figure.DONE_LATE)}, không có hạn"
        f" {_told(total, Figure.DONE_WITHOUT_DEADLINE)}); chưa hoàn thành"
        f" {_told(total, Figure.OPEN)} (trong hạn {_told(total, Figure.RUNNING_IN_TIME)}, quá hạn"
        f" {_told(total, Figure.RUNNING_LATE)}, không có hạn"
        f" {_told(total, Figure.RUNNING_WITHOUT_DEADLINE)}, chưa thực hiện"
        f" {_told(total, Figure.NOT_STARTED)})."
    )
    made.text(
        f"Tỷ lệ đúng hạn {_told(total, Figure.ON_TIME_SHARE)}; được gia hạn"
        f" {_told(total, Figure.EXTENDED)}, bị trả lại {_told(total, Figure.RETURNED)}; đủ 6 rõ"
        f" {_told(total, Figure.SIX_POINTS_SHARE)}; có sản phẩm"
        f" {_told(total, Figure.PRODUCTS)}. {ON_TIME_FORMULA} Số liệu theo"
        f" {GROUPINGS[grouping].lower()} và danh mục nhiệm vụ ở các phụ lục kèm theo./."
    )


def _table(made: "Paper", report: Report, grouping: Grouping) -> None:
    from office.papers.paper import Column

    total = report.total
    title = f"Kết quả thực hiện theo {GROUPINGS[grouping].lower()}"
    made.annex("Phụ lục I", title, "Kèm theo Báo cáo", landscape=True)
    columns = [Column("STT", 12, "center"), Column(GROUPINGS[grouping], 70)]
    columns += [Column(head, 18, "center") for head in _SHOWN.values()]
    rows = [
        [str(number), name_of(group), *(_told(group.count, figure) for figure in _SHOWN)]
        for number, group in enumerate(report.by(grouping), start=1)
    ]
    rows.append(["", "Tổng cộng", *(_told(total, figure) for figure in _SHOWN)])
    made.table(columns, rows)


def _sign(made: "Paper", head: Letterhead) -> None:
    copies = [*head.copies.splitlines(), f"Lưu: {head.filed}"]
    made.sign(head.capacity.splitlines(), head.signer, copies)


def _end(
    made: "Paper",
    head: Letterhead,
    subject: str,
    made_at: datetime,
    lists: Sequence[tuple[str, Sequence[Task]]],
) -> bytes:
    from office.papers.paper import Column

    made.annex("Phụ lục II", "Danh mục nhiệm vụ", "Kèm theo Báo cáo", landscape=True)
    centred = ("STT", "Thời hạn")
    columns = [
        Column(name, width, "center" if name in centred else "left")
        for name, width in zip(HEADS, _WIDTHS, strict=True)
    ]
    rows: list[Sequence[str]] = []
    for title, tasks in lists:
        if len(lists) > 1:
            rows.append([f"{title} ({len(tasks):02d})", *[""] * (len(HEADS) - 1)])
        rows += [_row(number, task) for number, task in enumerate(tasks, start=1)]
    made.table(columns, rows)
    title = f"Báo cáo {_lower(subject.splitlines()[0])}"
    return made.content(title=title, author=head.office, made_at=made_at)


def _row(number: int, task: Task) -> list[str]:
    due = show_date(task.due) if isinstance(task.due, date) else task.due
    return [
        *(str(number), task.work, task.given_by, task.lead, task.together, due, task.product),
        *(task.result, task.standing),
    ]


def _told(count: Count, figure: Figure) -> str:
    """As it is written: 1.234; a share as 85,7%."""
    value: Value = count[figure]
    if value is None:
        return "-"
    if figure.value.endswith("_share"):
        return f"{value:.1%}".replace(".", ",")
    return f"{value:,}".replace(",", ".")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
