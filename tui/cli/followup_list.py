"""What `thuky followup list` may be asked, and its answer."""

from office import saved_filters
from office.asking import Asking
from office.filtering import VOCABULARIES, Clause, Filter, Key
from office.labels import FOLLOWUP_STATES
from schema.conditions import EVERY, of_meetings
from schema.errors import N_
from schema.followup_rows import Order
from schema.records import Followup, Meeting
from tui.arguments import WrongUsage
from tui.cli.command import Option
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER, coded

STATE = coded(FOLLOWUP_STATES)
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
    reverse: bool,
    limit: str | None,
    **others: str | None,
) -> None:
    """Answer with the follow-ups that all options ask for."""
    asking = Asking(desk.store, desk.today, directory=desk.directory)
    clauses = [
        *_understood(asking, asked or ""),
        *_understood(asking, saved_filters.called(desk.store, saved).query if saved else ""),
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
    rows = asking.rows(Filter(tuple(clauses)), _order(sort), reverse=reverse, also=also)
    rows.complete()
    most = NUMBER.read(desk, limit) if limit else rows.count
    desk.rows(Followup, rows.page(0, most), "due", "state", "lead", "work")


def _understood(asking: Asking, text: str) -> tuple[Clause, ...]:
    """What a filter's text asks for. Raises ThukyError where something is not understood."""
    parsed = asking.parse(text)
    for problem in parsed.problems:
        raise problem
    return parsed.filter.clauses


def _order(name: str | None) -> Order:
    try:
        return Order(name or Order.DUE)
    except ValueError:
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=name,
            codes=", ".join(Order),
        ) from None
