"""What a person looks at among follow-ups: the filter, its layout, what is marked, where they are.

The table, the board and the calendar share one, so that each shows what the others asked for.
"""

from dataclasses import dataclass, field
from datetime import date

from office.layouts import Form, Layout, read
from office.saved_filters import OPEN
from schema.errors import N_
from schema.followup_groups import Group
from schema.followup_rows import Order
from schema.followup_words import FollowupWords
from tui.words import _

ORDERS = {
    Order.DUE: N_("thời hạn"),
    Order.LEAD: N_("đơn vị chủ trì"),
    Order.STATE: N_("trạng thái"),
    Order.MEETING: N_("cuộc họp, mới trước"),
    Order.WORK: N_("việc, theo vần"),
    Order.CREATED: N_("lúc ghi, mới trước"),
}
GROUPS = {
    Group.NONE: N_("Không nhóm"),
    Group.UNIT: N_("Theo đơn vị chủ trì"),
    Group.LEADER: N_("Theo lãnh đạo phụ trách"),
    Group.FIELD: N_("Theo lĩnh vực"),
    Group.STATE: N_("Theo trạng thái"),
    Group.WEEK: N_("Theo tuần đến hạn"),
    Group.MEETING: N_("Theo cuộc họp"),
}
FORMS = {
    Form.TABLE: N_("Bảng kê"),
    Form.BOARD: N_("Theo trạng thái"),
    Form.MONTH: N_("Lịch tháng"),
    Form.WEEK: N_("Lịch tuần"),
}


def in_words(view: str) -> str:
    """A layout that is kept, as far as it is not the usual one."""
    layout = read(view)
    parts = [_(FORMS[layout.form])] if layout.form is not Form.TABLE else []
    parts += [_(GROUPS[layout.group]).lower()] if layout.group else []
    if layout.order is not Order.DUE or layout.reverse:
        parts.append(in_order(layout))
    return " · ".join(parts)


def in_order(layout: Layout) -> str:
    """xếp theo thời hạn ↑."""
    way = "↓" if layout.reverse else "↑"
    return _("xếp theo {order} {way}").format(order=_(ORDERS[layout.order]), way=way)


@dataclass
class View:
    """What is remembered while one is elsewhere. `key` is of the row under the cursor, `day` that
    of the calendar; `folded` are the headings whose follow-ups are not shown."""

    asked: str = OPEN
    order: Order = Order.DUE
    reverse: bool = False
    group: Group = Group.NONE
    folded: set[str] = field(default_factory=set)
    key: str = ""
    day: date | None = None
    marked: dict[str, None] = field(default_factory=dict)
    words: FollowupWords = field(default_factory=FollowupWords)

    def layout(self, form: Form) -> Layout:
        """How it is laid out in a form."""
        return Layout(form, self.group, self.order, self.reverse)

    def use(self, layout: Layout) -> None:
        """Lay it out so, all headings unfolded."""
        self.group, self.order, self.reverse = layout.group, layout.order, layout.reverse
        self.folded = set()
