"""What is said of urging on the screens: who is urged, why, how often it was done."""

from datetime import date

from office.moments import office_day, show_date
from office.urging import PRESSING, Item
from office.urging_day import Day
from office.urging_groups import Group
from office.urging_tasks import Task
from schema.errors import N_
from tui.secrecy import under_mark
from tui.widgets.listing import Row
from tui.words import _

KINDS = {
    "late": N_("{n} quá hạn"),
    "due": N_("{n} hôm nay"),
    "before": N_("{n} sắp hạn"),
    "silent": N_("{n} im lặng"),
}


def called(day: Day, group: Group) -> str:
    """Who a group is."""
    name = day.names.get(group.to or "", "")
    match group.kind:
        case "meeting":
            return _("Giao ban tuần")
        case "leader":
            return _("Lãnh đạo: {name}").format(name=name or _("chưa rõ ai phụ trách"))
    return name or _("Chưa có đơn vị chủ trì")


def counted(group: Group) -> str:
    """How many of each kind: 14 quá hạn · 3 sắp đến hạn."""
    counts = group.counts()
    return " · ".join(_(KINDS[k]).format(n=counts[k]) for k in PRESSING if counts[k])


def why(item: Item, kind: str = "") -> str:
    """Why it is urged (for a reason of that kind, or the most pressing), in a few words."""
    late = item.late or 0
    match kind or item.kind:
        case "late":
            return _("quá hạn {n} ngày").format(n=late)
        case "due":
            return _("đến hạn hôm nay")
        case "before":
            return _("còn {n} ngày").format(n=-late)
    given = show_date(date.fromisoformat(item.given)) if item.given else ""
    return _("im lặng từ {day}").format(day=given)


def times(task: Task) -> str:
    """How often it was urged, and when last."""
    day = office_day(task.last.event.at) if task.last else None
    if day is None:
        return ""
    words = _("{n} lần, {day}").format(n=len(task.urgings), day=show_date(day))
    said = task.last.answer if task.last else None
    return f"{words} ✓" if said else words


def group_row(day: Day, group: Group) -> Row:
    """Of the list of who is to be urged."""
    counts = group.counts()
    cells = [str(counts[kind] or "") for kind in PRESSING]
    higher = str(group.higher or "") if group.kind == "unit" else ""
    mark = "!" if counts["late"] else "·"
    return Row(group.key, (called(day, group), *cells, higher), mark)


def task_row(task: Task, group: Group, picked: bool) -> Row:
    """Of the list of what one of them is urged about; `picked` ones are chosen for a letter."""
    higher = "↑" if "head" in task.item.whoms() and group.kind == "unit" else ""
    cells = (
        why(task.item, group.kind_of(task.item)),
        f"{higher}{under_mark(task.followup.work, task.secret)}",
        times(task),
    )
    return Row(str(task.item.rowid), cells, "✓" if picked else "")


def today_rows(day: Day, most: int) -> list[Row]:
    """The first groups of a day as Today lists them, then how many more there are."""
    rows = [
        Row(
            f"urge:{group.key}",
            (_("Đôn đốc"), called(day, group), counted(group)),
            "!" if group.counts()["late"] else "·",
        )
        for group in day.groups[:most]
    ]
    if more := len(day.groups) - len(rows):
        rows.append(Row("urge:", (_("Đôn đốc"), _("{n} nơi khác (D)").format(n=more), ""), "·"))
    return rows
