"""Reminder letters (công văn đôn đốc) to units, and lists for leaders and the weekly meeting.

Papers are Vietnamese, whatever language the screens speak. The number and the day are left to the
registry clerk. Public entrance: `Occasion`, `letter`, `report`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING

from office.moments import office_day, show_date
from office.papers.letterhead import Letterhead
from office.papers.lines import date_line, number_line
from office.urged import Urging
from office.urging import PRESSING
from office.urging_groups import Group
from office.urging_tasks import Task

if TYPE_CHECKING:
    from office.papers.form import Align
    from office.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose papers, of what day, `answer_by` when they ask for an answer, and made when."""

    head: Letterhead
    on: date
    answer_by: date
    made_at: datetime


HEADS = {
    "late": "Nhiệm vụ đã quá hạn",
    "due": "Nhiệm vụ đến hạn hôm nay",
    "before": "Nhiệm vụ sắp đến hạn",
    "silent": "Nhiệm vụ chưa có thông tin kể từ khi giao",
}
_COUNTED = {
    "late": "{n:02d} nhiệm vụ đã quá hạn",
    "due": "{n:02d} nhiệm vụ đến hạn hôm nay",
    "before": "{n:02d} nhiệm vụ sắp đến hạn",
    "silent": "{n:02d} nhiệm vụ chưa có thông tin kể từ khi giao",
}
_ORDERED = ("so_ban_nganh", "phong_thuoc_van_phong", "ubnd_phuong", "ubnd_xa")
"""Types of units that the committee gives orders to; others are asked (đề nghị)."""


def letter(
    occasion: Occasion,
    group: Group,
    tasks: Sequence[Task],
    name: str,
    *,
    kind: str = "",
    chief: str = "",
) -> bytes:
    """The letter (docx) to a unit called `name` of the `kind` that its row says; `chief` is the
    post at its head, who is written to as well where a rule says so."""
    from office.papers.paper import Paper

    head, on = occasion.head, occasion.on
    about = "V/v đôn đốc thực hiện nhiệm vụ được giao"
    paper = Paper()
    _begin(paper, occasion, about)
    higher = any("head" in task.item.whoms() for task in tasks)
    paper.to([chief, name] if higher and chief else [name])
    counted = _counted(group, tasks)
    paper.text(
        f"Qua theo dõi việc thực hiện nhiệm vụ do {head.office}, Chủ tịch {head.office} giao,"
        f" tính đến ngày {show_date(on)}, {name} còn {len(tasks):02d} nhiệm vụ cần đôn đốc"
        f"{f', gồm: {counted}' if counted else ''}. Cụ thể như sau:"
    )
    rows: list[Sequence[str]] = []
    some = {kind: [t for t in tasks if group.kind_of(t.item) == kind] for kind in PRESSING}
    for number, kind_there in enumerate(filter(some.__getitem__, PRESSING)):
        rows.append(_spanning(f"{_ROMAN[number]}. {HEADS[kind_there]}"))
        rows += map(_row, count(1), some[kind_there])
    _table(paper, rows)
    asks = "Yêu cầu" if kind in _ORDERED else "Đề nghị"
    paper.text(
        f"{asks} {name} khẩn trương thực hiện các nhiệm vụ nêu trên; báo cáo kết quả kèm sản phẩm,"
        " nguyên nhân chậm và thời gian hoàn thành đối với nhiệm vụ quá hạn, gửi về"
        f" {head.office} trước ngày {show_date(occasion.answer_by)} để tổng hợp, theo dõi./."
    )
    return _end(paper, occasion, ["Như trên"], f"{about}: {name}")


def report(
    occasion: Occasion, tasks: Sequence[Task], title: str, names: Mapping[str, str]
) -> bytes:
    """The list (docx) for a leader in charge, or for the weekly meeting: tasks under their units,
    whose `names` are given by their ids."""
    from office.papers.paper import Paper

    paper = Paper()
    _begin(paper, occasion)
    named = f"{title[:1].upper()}{title[1:]}"
    paper.title("Danh mục", f"{named}\n(tính đến ngày {show_date(occasion.on)})")
    by_unit: dict[str, list[Task]] = {}
    for task in tasks:
        unit = names.get(task.item.lead or "", "Chưa có đơn vị chủ trì")
        by_unit.setdefault(unit, []).append(task)
    rows: list[Sequence[str]] = []
    for unit, some in by_unit.items():
        rows.append(_spanning(f"{unit} ({len(some):02d} nhiệm vụ)"))
        rows += map(_row, count(1), some)
    _table(paper, rows)
    return _end(paper, occasion, [], title)


def _begin(paper: "Paper", occasion: Occasion, about: str = "") -> None:
    head = occasion.head
    when = date_line(head.place, occasion.on, day_open=True)
    number = number_line(None, head.symbol)
    paper.head(head.issuer, number, when, parent=head.parent, about=about)


def _end(paper: "Paper", occasion: Occasion, first: Sequence[str], title: str) -> bytes:
    head = occasion.head
    copies = [*first, *head.copies.splitlines(), f"Lưu: {head.filed}"]
    paper.sign(head.capacity.splitlines(), head.signer, copies)
    return paper.content(title=title, author=head.office, made_at=occasion.made_at)


_COLUMNS: Sequence[tuple[str, float, "Align"]] = (
    ("STT", 12, "center"),
    ("Nhiệm vụ", 50, "left"),
    ("Văn bản, cuộc họp giao", 36, "left"),
    ("Thời hạn", 25, "center"),
    ("Quá hạn (ngày)", 18, "center"),
    ("Đã đôn đốc", 24, "left"),
)
"""Heads and widths of the table, in millimetres."""


_ROMAN = ("I", "II", "III", "IV")


def _spanning(text: str) -> Sequence[str]:
    return [text, *[""] * (len(_COLUMNS) - 1)]


def _table(paper: "Paper", rows: Sequence[Sequence[str]]) -> None:
    from office.papers.paper import Column

    paper.table([Column(*column) for column in _COLUMNS], rows)


def _row(number: int, task: Task) -> list[str]:
    late = task.item.late
    work = task.followup.work[:1].upper() + task.followup.work[1:]
    if task.followup.product:
        work += f"\n(Sản phẩm: {task.followup.product})"
    return [
        str(number),
        work,
        task.given_by,
        show_date(task.due) if task.due else "",
        str(late) if late is not None and late > 0 else "",
        _times(task.urgings),
    ]


def _times(urgings: Sequence[Urging]) -> str:
    """How often it was urged, the last letter, and what was answered to it."""
    if not urgings:
        return "Lần đầu"
    last = urgings[-1]
    day = office_day(last.event.at)
    lines = [f"{len(urgings):02d} lần", show_date(day) if day else "", last.event.number]
    said = last.answer.note if last.answer else "chưa trả lời"
    return "\n".join(filter(None, (*lines, said)))


def _counted(group: Group, tasks: Sequence[Task]) -> str:
    kinds = [group.kind_of(task.item) for task in tasks]
    present = [kind for kind in PRESSING if kind in kinds]
    if len(present) < 2:
        return _COUNTED[present[0]].format(n=len(tasks)) if present else ""
    return "; ".join(_COUNTED[kind].format(n=kinds.count(kind)) for kind in present)
