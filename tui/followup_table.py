"""Follow-ups as rows of the table: its columns by the room there is, and what they say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from office.labels import FOLLOWUP_STATES
from office.lateness import days_late
from office.moments import day_of, office_day, show_date
from office.points import Point, missing
from schema.errors import N_
from schema.followup_groups import Groups, Heading
from schema.followup_rows import FollowupRows
from schema.life import ENDED
from schema.records import Followup
from schema.secrecy import grades
from schema.store import Store
from tui import queries
from tui.followup_headings import HEADING, heading_row
from tui.secrecy import titled, under_mark
from tui.widgets.listing import Column, Row
from tui.words import _

WIDE = 100
"""Cells from which on there is room for state and meeting, and for units by their whole names."""

MARKED = "*"
_MARKS = {
    "proposed": "·",
    "assigned": "·",
    "in_progress": "·",
    "submitted": "?",
    "done": "✓",
    "paused": "=",
    "refused": "×",
    "cancelled": "×",
}
# A letter for each point that is clear: rõ người, việc, thời hạn, trách nhiệm, sản phẩm, quyền.
POINT_LETTERS: Mapping[Point, str] = {
    Point.LEAD: N_("N"),
    Point.WORK: N_("V"),
    Point.DEADLINE: N_("H"),
    Point.RESPONSIBILITY: N_("T"),
    Point.PRODUCT: N_("S"),
    Point.AUTHORITY: N_("Q"),
}


def columns(cells: int) -> Sequence[Column]:
    """The columns of a table that is so many cells wide."""
    if cells < WIDE:
        return (
            Column(_("Hạn"), 10),
            Column(_("Còn"), 8),
            Column(_("Việc")),
            Column(_("Chủ trì"), 10),
            Column(_("6 rõ"), 6),
            Column(_("Dấu"), 5),
        )
    return (
        Column(_("Hạn"), 10),
        Column(_("Còn"), 8),
        Column(_("Việc"), share=5),
        Column(_("Chủ trì"), share=3),
        Column(_("Trạng thái"), 14),
        Column(_("6 rõ"), 6),
        Column(_("Dấu"), 5),
        Column(_("Cuộc họp"), share=3),
    )


def points(followup: Followup) -> str:
    """NVHTSQ, with a dash in place of each point that is missing."""
    gone = missing(followup)
    return "".join("-" if point in gone else _(POINT_LETTERS[point]) for point in Point)


def marks(followup: Followup) -> str:
    """What happened to it: how often it was extended and returned, whether it was urged."""
    signs = (
        _("g{n}").format(n=followup.extensions) if followup.extensions else "",
        _("t{n}").format(n=followup.returns) if followup.returns else "",
        _("đ") if followup.urged_at else "",
    )
    return "".join(signs)


def standing(followup: Followup, today: date) -> str:
    """How it stands with its deadline, in a word or two."""
    if followup.state == "done":
        late = days_late(followup, office_day(followup.done_at) or today)
        return _("muộn {n}").format(n=late) if late and late > 0 else _("xong")
    if followup.state in ENDED:
        return ""
    late = days_late(followup, today)
    if late is None:
        return ""
    if late > 0:
        return _("trễ {n}").format(n=late)
    return _("còn {n}").format(n=-late) if late else _("hôm nay")


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the rows of a page need: units (name, abbreviation), meetings' titles, and the
    state-secret marks of the follow-ups that stay on this machine."""

    units: Mapping[str, tuple[str, str]]
    meetings: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)

    def lead(self, followup: Followup, *, wide: bool) -> str:
        name, abbr = self.units.get(followup.lead or "", ("", ""))
        return name if wide or not abbr else abbr


def table_row(followup: Followup, today: date, beside: Beside, *, wide: bool) -> Row:
    """A follow-up as a row of the table with `columns`."""
    late = days_late(followup, today)
    closed = followup.state in ENDED
    due = day_of(followup.due)
    when = show_date(due) if due else followup.due or followup.due_text
    work = under_mark(followup.work, beside.marks.get(followup.id, ""))
    cells = [when, standing(followup, today), work, beside.lead(followup, wide=wide)]
    if wide:
        cells.append(_(FOLLOWUP_STATES.get(followup.state, followup.state)))
    cells += [points(followup), marks(followup)]
    if wide:
        cells.append(beside.meetings.get(followup.meeting or "", ""))
    is_late = not closed and late is not None and late > 0
    mark = "!" if is_late else _MARKS.get(followup.state, "·")
    return Row(followup.id, tuple(cells), mark, dim=closed)


class TableSource:
    """The rows of the table, of what was `found`. `marked` are the ids of the chosen ones; `name`
    says what headings are called."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today
        self._units: Mapping[str, tuple[str, str]] | None = None
        self.found: FollowupRows | Groups | None = None
        self.name: Callable[[str], str] = str
        self.marked: dict[str, None] = {}
        self.wide = False

    def refresh(self) -> None:
        """Names may have changed."""
        self._units = None

    def count(self) -> int:
        return self.found.count if self.found else 0

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        if not self.found:
            return ()
        page = self.found.page(offset, limit)
        shown = {row.key: row for row in self._followups(page)}
        return [self._row(line, shown) for line in page]

    def _row(self, line: Heading | Followup | None, shown: Mapping[str, Row]) -> Row:
        if line is None:  # gone by now
            return Row("", ("",), across=True)
        if isinstance(line, Heading):
            folded = isinstance(self.found, Groups) and line.key in self.found.folded
            return heading_row(line, self.name(line.key), folded=folded)
        row = shown[line.id]
        return row._replace(mark=MARKED, strong=True) if line.id in self.marked else row

    def _followups(self, page: Sequence[Heading | Followup | None]) -> Sequence[Row]:
        followups = [line for line in page if isinstance(line, Followup)]
        if self._units is None:
            self._units = queries.unit_names(self._store)
        ids = list({followup.meeting for followup in followups if followup.meeting})
        titles = {m.id: titled(m) for m in queries.meetings(self._store, ids)} if self.wide else {}
        secret = grades(self._store, [followup.id for followup in followups])
        beside, today = Beside(self._units, titles, secret), self._today()
        return [table_row(followup, today, beside, wide=self.wide) for followup in followups]

    def index(self, key: str) -> int | None:
        if isinstance(self.found, Groups) and key.startswith(HEADING):
            return self.found.index_of(key.removeprefix(HEADING))
        return self.found.index(key) if self.found else None
