"""The day's list as a table for a spreadsheet. Public entrance: `sheet`."""

from collections.abc import Mapping, Sequence
from datetime import date

from office.labels import URGED
from office.letters import HEADS
from office.moments import office_day, show_date
from office.sheets import DAY, WHOLE, Column, Sheet, Value
from office.urging_tasks import Task


def sheet(tasks: Sequence[Task], names: Mapping[str, str], on: date) -> Sheet:
    """All of them in one table; `names` are those of units and persons by their ids."""
    columns = [
        *(Column("STT", 5, WHOLE), Column("Đơn vị chủ trì", 22), Column("Nhiệm vụ", 40)),
        *(
            Column("Văn bản, cuộc họp giao", 24),
            Column("Sản phẩm", 18),
            Column("Thời hạn", 12, DAY),
        ),
        *(Column("Quá hạn (ngày)", 9, WHOLE), Column("Lý do", 16), Column("Đôn đốc ai", 18)),
        *(Column("Số lần đã đôn đốc", 9, WHOLE), Column("Lần cuối", 12, DAY)),
        *(Column("Văn bản đôn đốc", 14), Column("Trả lời", 26)),
    ]
    return Sheet(
        "Đôn đốc",
        columns,
        [_cells(number, task, names) for number, task in enumerate(tasks, start=1)],
        title=["DANH SÁCH NHIỆM VỤ CẦN ĐÔN ĐỐC", f"Tính đến ngày {show_date(on)}"],
    )


def _cells(number: int, task: Task, names: Mapping[str, str]) -> list[Value]:
    item, last = task.item, task.last
    whoms = "; ".join(dict.fromkeys(URGED[whom] for whom in item.whoms()))
    return [
        number,
        names.get(item.lead or "", ""),
        task.followup.work,
        task.given_by,
        task.followup.product,
        task.due or task.followup.due,
        item.late if item.late and item.late > 0 else None,
        HEADS[item.kind],
        whoms,
        len(task.urgings),
        office_day(last.event.at) if last else None,
        last.event.number if last else "",
        last.answer.note if last and last.answer else "",
    ]
