"""Records as rows of a list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from office.labels import MEETING_KINDS
from office.lateness import days_late
from office.meetings import Phase, phase
from office.moments import day_of, local, show_date, show_moment, show_time
from schema.errors import N_, ThukyError
from schema.records import Followup, Meeting
from tui.secrecy import titled, under_mark
from tui.widgets.listing import ListSource, Row
from tui.words import _

NameOf = Callable[[str | None], str]
"""The name of the unit or person with that id; nothing where there is none."""

_WEEKDAYS = (
    *(N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"), N_("Thứ Năm"), N_("Thứ Sáu")),
    *(N_("Thứ Bảy"), N_("Chủ nhật")),
)
PHASE_MARKS: dict[Phase, str] = {"planned": " ", "live": "●", "ended": "✓"}


def start_of(meeting: Meeting) -> datetime | None:
    """When a meeting starts, in the office's zone; None where that is not written or unreadable,
    as another tool may leave it."""
    try:
        return local(meeting.starts_at) if meeting.starts_at else None
    except ThukyError:
        return None


def weekday(day: date) -> str:
    return _(_WEEKDAYS[day.weekday()])


def near(day: date, today: date) -> str:
    """A day as one speaks of it: Hôm nay, Mai, or its date."""
    if day == today:
        return _("Hôm nay")
    if day == today + timedelta(days=1):
        return _("Ngày mai")
    return show_date(day)


def meeting_row(meeting: Meeting, name_of: NameOf) -> Row:
    """When, what, where and by whom; its mark says whether it is held now or has been."""
    state = phase(meeting)
    who = " · ".join(filter(None, (meeting.place, name_of(meeting.chair))))
    cells = (show_moment(meeting.starts_at), titled(meeting), who)
    mark = PHASE_MARKS[state]
    return Row(meeting.id, cells, mark, dim=state == "ended", strong=state == "live")


def agenda_row(meeting: Meeting, today: date) -> Row:
    """A meeting of today, tomorrow, or that is held now, as Today lists it."""
    state = phase(meeting)
    start = start_of(meeting)
    when = f"{near(start.date(), today)} {show_time(start)}" if start else meeting.starts_at
    if state == "live":
        when = _("ĐANG HỌP")
    where = meeting.place or _(MEETING_KINDS.get(meeting.kind, meeting.kind))
    cells = (when, titled(meeting), where)
    return Row(
        f"meeting:{meeting.id}",
        cells,
        PHASE_MARKS[state],
        dim=state == "ended",
        strong=state == "live",
    )


def followup_row(followup: Followup, today: date, name_of: NameOf, secrecy: str = "") -> Row:
    """A follow-up with the days that it is late, or when it is due; `secrecy` is the mark of a
    meeting for whose sake it stays on this machine."""
    when, late = followup.due or "", 0
    if due := day_of(followup.due):
        late = days_late(followup, today) or 0
        when = (
            _("Quá hạn {n} ngày").format(n=late)
            if late > 0
            else _("Hạn {day}").format(day=near(due, today).lower())
        )
    cells = (when, under_mark(followup.work, secrecy), name_of(followup.lead))
    return Row(f"followup:{followup.id}", cells, "!" if late > 0 else "·")


class Rows(ListSource):
    """Rows at hand, which may become others while the cursor stays where it is."""

    def fill(self, rows: Sequence[Row]) -> None:
        self._rows = rows


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with what was looked for in it between signs, so that no colour is needed."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], "«", text[start:stop], "»"]
        end = stop
    return "".join([*parts, text[end:]])
