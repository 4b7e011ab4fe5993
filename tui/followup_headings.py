"""The headings of groups of follow-ups, in words."""

from datetime import date, timedelta

from office.labels import FOLLOWUP_STATES
from office.moments import day_of, show_date
from schema.errors import N_
from schema.followup_groups import Group, Heading
from schema.records import Field, Meeting
from schema.store import Store
from tui import queries
from tui.rows import start_of
from tui.secrecy import titled
from tui.widgets.listing import Row
from tui.words import _

NOTHING = {
    Group.UNIT: N_("Chưa có đơn vị chủ trì"),
    Group.LEADER: N_("Chưa rõ lãnh đạo phụ trách"),
    Group.FIELD: N_("Chưa xếp lĩnh vực"),
    Group.WEEK: N_("Chưa có ngày hạn"),
    Group.MEETING: N_("Không từ cuộc họp nào"),
}
"""What those are under that have none of what they are put together by."""
HEADING = "#"
"""Starts the key of a heading's row."""


class HeadingNames:
    """What the headings of a group are called, each looked up once."""

    def __init__(self, store: Store, group: Group) -> None:
        self._store = store
        self._group = group
        self._names = queries.Names(store)

    def __call__(self, key: str) -> str:
        if not key:
            return _(NOTHING.get(self._group, ""))
        match self._group:
            case Group.STATE:
                return _(FOLLOWUP_STATES.get(key, key))
            case Group.WEEK:
                return week(key)
            case Group.FIELD:
                field = self._store.find(Field, key)
                return field.name if field else key
            case Group.MEETING:
                return self._meeting(key)
        return self._names(key) or key

    def _meeting(self, id: str) -> str:
        meeting = self._store.find(Meeting, id)
        if meeting is None:
            return id
        start = start_of(meeting)
        return f"{titled(meeting)} · {show_date(start.date())}" if start else titled(meeting)


def week(monday: str) -> str:
    """Tuần 9 (23/02 - 01/03/2026)."""
    first = day_of(monday) or date.min
    last = first + timedelta(days=6)
    return _("Tuần {n} ({first:%d/%m} - {last:%d/%m/%Y})").format(
        n=first.isocalendar().week, first=first, last=last
    )


def heading_row(heading: Heading, name: str, *, folded: bool) -> Row:
    """A heading with how many are under it, and how many of these are late."""
    parts = [name, _("{n} việc").format(n=counted(heading.count))]
    if heading.late:
        parts.append(_("{n} quá hạn").format(n=counted(heading.late)))
    words = " · ".join(parts)
    mark = "+" if folded else "-"
    return Row(HEADING + heading.key, (words,), mark, strong=True, across=True)


def counted(number: int) -> str:
    """1.234."""
    return f"{number:,}".replace(",", ".")
