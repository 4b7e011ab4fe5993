"""What `thuky followup list` may be asked, and its answer."""

from enum import StrEnum
from typing import TypeVar

from office import saved_filters
from office.asking import Asking
from office.filtering import VOCABULARIES, Clause, Filter, Key
from office.labels import FOLLOWUP_STATES
from office.layouts import read
from office.points import Point, missing
from schema.conditions import EVERY, of_meetings
from schema.errors import N_
from schema.followup_groups import Group, grouped
from schema.followup_rows import Order, Selection
from schema.records import Followup, Meeting
from tui.arguments import WrongUsage
from tui.cli.command import Option
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER, coded
from tui.cli.table import table
from tui.followup_headings import HeadingNames
from tui.words import _

E = TypeVar("E", bound=StrEnum)

STATE = coded(FOLLOWUP_STATES)
_GROUPS = [group for group in Group if group]
_STATES, _POINTS = VOCABULARIES[Key.STATE], VOCABULARIES[Key.LACKS]

OPTIONS = [
    Option(
        "--filter asked", N_("dòng lọc, như trên màn hình: giải ngân đv:stc -tt:xong"), N_("CHỮ")
    ),
    Option("--saved", N_("bộ lọc đã lưu mang tên này"), N_("TÊN")),
    Option("--unit", N_("đơn vị này chủ trì hoặc phối hợp"), N_("ĐƠN VỊ")),
    Option("--person", N_("người này chịu trách nhiệm hoặc theo dõi"), N_("HỌ TÊN")),
    Option("--meeting", N_("của cuộc họp này"), N_("MÃ")),
    Option("--state", N_("đang ở trạng thái này"), "|".join(_STATES.names)),
    Option("--due-before before", N_("hạn trước ngày này"), N_("NGÀY|CỤM_TỪ")),
    Option("--due-after after", N_("hạn sau ngày này"), N_("NGÀY|CỤM_TỪ")),
    Option("--missing", N_("còn thiếu điểm này"), "|".join(_POINTS.names)),
    Option("--late", N_("chỉ những việc quá hạn"), is_flag=True),
    Option("--sort", N_("xếp theo"), "|".join(Order)),
    Option("--group", N_("nhóm theo, mỗi nhóm có số việc và số quá hạn"), "|".join(_GROUPS)),
    Option("--reverse", N_("theo thứ tự ngược lại"), is_flag=True),
    Option("--limit", N_("nhiều nhất bấy nhiêu dòng"), N_("SỐ")),
]


def list_followups(
    desk: Desk,
    asked: str | None,
    saved: str | None,
    meeting: str | None,
    state: str | None,
    late: bool,
    sort: str | None,
    group: str | None,
    reverse: bool,
    limit: str | None,
    **others: str | None,
) -> None:
    """Answer with the follow-ups that all options ask for."""
    asking = Asking(desk.store, desk.today, directory=desk.directory)
    kept = saved_filters.called(desk.store, saved) if saved else None
    layout = read(kept.view if kept else "")
    clauses = [
        *_understood(asking, asked or ""),
        *_understood(asking, kept.query if kept else ""),
    ]
    if state and not _STATES.guess(state):
        state = STATE.read(desk, state)
    wanted = {
        Key.UNIT: [others["unit"]],
        Key.PERSON: [others["person"]],
        Key.STATE: [state, "late" if late else None],
        Key.DUE: [
            f"<{others['before']}" if others["before"] else None,
            f">{others['after']}" if others["after"] else None,
        ],
        Key.LACKS: [others["missing"]],
    }
    for key, values in wanted.items():
        for value in values:
            if value:
                clause = Clause(key, (value.replace('"', " "),))
                clauses += _understood(asking, clause.text)
    also = of_meetings([desk.row(Meeting, meeting).id]) if meeting else EVERY
    order, reverse = _order(sort or layout.order), reverse or layout.reverse
    if wanted_group := group or layout.group:
        selection = asking.selection(Filter(tuple(clauses)), order, reverse=reverse, also=also)
        _list_groups(desk, selection, wanted_group)
        return
    rows = asking.rows(Filter(tuple(clauses)), order, reverse=reverse, also=also)
    rows.complete()
    most = NUMBER.read(desk, limit) if limit else rows.count
    clear = {_("6 rõ"): lambda row: f"{len(Point) - len(missing(row))}/{len(Point)}"}
    desk.rows(Followup, rows.page(0, most), "due", "state", "lead", "work", also=clear)


def _list_groups(desk: Desk, selection: Selection, name: str) -> None:
    """Answer with headings, each with what is under it."""
    group = _one_of(Group, name)
    groups = grouped(selection, group, desk.today)
    called = HeadingNames(desk.store, group)
    if desk.common.json:
        desk.json(
            [
                {
                    "key": heading.key or None,
                    "name": called(heading.key),
                    "count": heading.count,
                    "late": heading.late,
                    "followups": groups.ids(heading.key),
                }
                for heading in groups.headings
            ]
        )
        return
    rows = [[called(h.key), str(h.count), str(h.late)] for h in groups.headings]
    desk.say(table([_("Nhóm"), _("Số việc"), _("Quá hạn")], rows))


def _understood(asking: Asking, text: str) -> tuple[Clause, ...]:
    """What a filter's text asks for. Raises ThukyError where something is not understood."""
    parsed = asking.parse(text)
    for problem in parsed.problems:
        raise problem
    return parsed.filter.clauses


def _order(name: str | None) -> Order:
    return _one_of(Order, name or Order.DUE)


def _one_of(kind: type[E], name: str) -> E:
    try:
        return kind(name)
    except ValueError:
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=name,
            codes=", ".join(filter(None, kind)),
        ) from None
