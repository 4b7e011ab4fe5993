"""One follow-up as lines to be read: its six points, its state, its sources, its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from office.followups import counted
from office.labels import FOLLOWUP_KINDS, FOLLOWUP_STATES, SOURCE_KINDS
from office.lateness import days_late
from office.moments import day_of, local, show_date, show_moment
from office.points import POINT_OF, Point, missing
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Field, Followup, FollowupEvent, FollowupSource, Meeting
from tui.event_words import clear_words, kind_words, told
from tui.graphemes import visible
from tui.rows import NameOf, weekday
from tui.secrecy import stays, titled
from tui.widgets.listing import Row
from tui.words import _

if TYPE_CHECKING:
    from office.followup_details import Details

LABEL_CELLS = 15
CLEAR, OPEN = "✓", "✗"
POINTS = {
    "lead": N_("Chủ trì"),
    "coordinating": N_("Phối hợp"),
    "work": N_("Việc"),
    "due": N_("Thời hạn"),
    "accountable": N_("Trách nhiệm"),
    "monitor": N_("Theo dõi"),
    "product": N_("Sản phẩm"),
    "authority": N_("Thẩm quyền"),
}
"""What the cells of the points are called, in their order."""
_FEWEST_CELLS = 20


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is shown of a follow-up. `meetings` are those that it names; `details` are None
    until the readers are there."""

    followup: Followup
    sources: Sequence[FollowupSource]
    events: Sequence[FollowupEvent]
    meetings: dict[str, Meeting]
    name_of: NameOf
    today: date
    details: "Details | None" = None
    field: Field | None = None

    @property
    def kept(self) -> str:
        """The mark of a meeting for whose sake it stays on this machine; nothing where it does
        not."""
        followup = self.followup
        of = [followup.meeting, followup.due_meeting, *(s.meeting for s in self.sources)]
        marks = (self.meetings[id].secrecy for id in of if id in self.meetings)
        return next(filter(None, marks), "")

    @property
    def late_days(self) -> int:
        """How many days an open one is late; 0 where it is not."""
        if self.followup.state in ENDED:
            return 0
        return max(days_late(self.followup, self.today) or 0, 0)

    @property
    def standing(self) -> str:
        """Its state, and how late it is."""
        parts = [_(FOLLOWUP_STATES.get(self.followup.state, self.followup.state))]
        if self.kept:
            parts.insert(0, stays(self.kept))
        if self.followup.deleted_at:
            parts.insert(0, _("ĐÃ XÓA"))
        if self.late_days:
            parts.append(_("quá hạn {n} ngày").format(n=self.late_days))
        return " · ".join(parts)

    def rows(self, cells: int) -> list[Row]:
        """The lines of a list in which texts have `cells` cells. Those that go on from the one
        before have a key that starts with a blank."""
        return list(self._rows(max(cells, _FEWEST_CELLS)))

    def _rows(self, cells: int) -> Iterator[Row]:
        yield from self._point_rows(cells)
        yield _blank("state")
        if not self.followup.role:
            yield from _wrapped("points", _("Sáu điểm"), [clear_words(self.followup)], cells)
        yield from _wrapped("state", _("Trạng thái"), [self.standing], cells, strong=True)
        yield from self._placing(cells)
        for number, source in enumerate(self.sources):
            label = _("Nguồn") if not number else ""
            yield from _wrapped(f"source:{source.id}", label, self._source(source), cells)
        yield from self._line_rows(cells)
        yield _blank("events")
        undone = {event.undoes for event in self.events}
        for number, event in enumerate(reversed(self.events)):
            label = _("Đã xảy ra") if not number else ""
            words = self._event(event)
            if event.id in undone:
                words = _("(đã rút lại) {event}").format(event=words)
            dim = bool(number) or event.id in undone
            yield from _wrapped(f"event:{event.id}", label, [words], cells, dim=dim)

    def _placing(self, cells: int) -> Iterator[Row]:
        """Its field, the leader in charge and its kind; the leader may be that of the field."""
        followup, field = self.followup, self.field
        leader = self.name_of(followup.leader)
        if not leader and field and (of_field := self.name_of(field.leader)):
            leader = _("theo lĩnh vực: {name}").format(name=of_field)
        kind = _(FOLLOWUP_KINDS.get(followup.kind, followup.kind))
        yield from _wrapped("field", _("Lĩnh vực"), [field.name if field else "–"], cells)
        yield from _wrapped("leader", _("Lãnh đạo"), [leader or "–"], cells)
        yield from _wrapped("kind", _("Loại"), [kind], cells)

    def _point_rows(self, cells: int) -> Iterator[Row]:
        open_points = missing(self.followup)
        for cell, label in POINTS.items():
            point = POINT_OF.get(cell)
            mark = "" if point is None else OPEN if point in open_points else CLEAR
            yield from _wrapped(cell, _(label), self._value(cell), cells, mark=mark)

    def _value(self, cell: str) -> list[str]:
        """The paragraphs that say what a point is."""
        if cell == "due":
            return list(self._due())
        value = str(getattr(self.followup, cell) or "")
        if cell in ("lead", "coordinating"):
            value = "; ".join(self.name_of(id) for id in value.splitlines())
        if cell == "accountable" and self.followup.accountable_person:
            value = self.name_of(self.followup.accountable_person) or value
        if value:
            return [value]
        guess = self.details.suggested.get(cell, "") if self.details else ""
        if cell == "accountable" and self.followup.lead:
            # Clear by rule: the head of the unit answers where nobody else is named.
            return [_("{value} (theo lệ)").format(value=guess or self.name_of(self.followup.lead))]
        if guess:
            return [_("chưa có · gợi ý: {value} (t: lấy)").format(value=guess)]
        return [_("chưa có") if POINT_OF.get(cell) else "–"]

    def _due(self) -> Iterator[str]:
        followup = self.followup
        if day := day_of(followup.due):
            when = f"{weekday(day)} {show_date(day)}"
            when = when if followup.inclusive else _("trước {day}").format(day=when)
            when = f"{followup.due_time} {when}" if followup.due_time else when
            yield f"{when} · “{followup.due_text}”" if followup.due_text else when
        elif followup.due:
            yield followup.due
        yield from self._days()
        if granted := [e for e in counted(self.events) if e.kind == "extended"]:
            first = day_of(granted[0].due_from)
            words = _("đã gia hạn {n} lần, hạn đầu: {day}")
            yield words.format(n=len(granted), day=show_date(first) if first else "–")
        if followup.recurrence:
            yield self._again()
        if followup.due_event or followup.due_meeting:
            yield self._awaited()
        if self.details and self.details.doubt:
            yield _("! Xem lại: {why}").format(why=_(self.details.doubt))
        if Point.DEADLINE in missing(followup):
            words = _("chưa có")
            yield f"{words} · “{followup.due_text}”" if followup.due_text else words

    def _days(self) -> Iterator[str]:
        days = self.details.due if self.details else None
        if days is None:
            return
        words = _("ngày cuối còn đúng hạn: {day}").format(day=show_date(days.last_ok))
        if days.last_working != days.last_ok:
            working = show_date(days.last_working)
            words += _(" (ngày nghỉ; ngày làm việc cuối: {day})").format(day=working)
        if days.provisional and days.last_ok >= self.today:
            words += _(" · lịch nghỉ năm ấy tạm tính")
        yield words

    def _again(self) -> str:
        rule = "" if self.followup.due_text else self.followup.recurrence
        words = " ".join(filter(None, (_("lặp lại"), rule)))
        following = self.details.due.next if self.details and self.details.due else None
        return words + (_(" · kỳ sau: {day}").format(day=show_date(following)) if following else "")

    def _awaited(self) -> str:
        event = self.followup.due_event
        meeting = self.meetings.get(self.followup.due_meeting or "")
        if meeting is None:
            return _("chờ “{event}”, chưa gắn với cuộc họp nào (b: gắn)").format(event=event)
        words = _("theo ngày của cuộc họp “{title}” {when}")
        return words.format(title=titled(meeting), when=show_moment(meeting.starts_at))

    def _source(self, source: FollowupSource) -> list[str]:
        kind = _(SOURCE_KINDS.get(source.kind, source.kind))
        issued = day_of(source.issued_on)
        day = show_date(issued) if issued else source.issued_on or ""
        parts = [f"{kind} {source.number}".strip(), day, source.issuer]
        if meeting := self.meetings.get(source.meeting or ""):
            held = f"{titled(meeting)} · {show_moment(meeting.starts_at)}"
            parts = [*parts, held] if any(parts[1:]) else [f"{parts[0]}: {held}"]
        paragraphs = [" · ".join(filter(None, parts))]
        return [*paragraphs, f"“{source.excerpt}”"] if source.excerpt else paragraphs

    def _line_rows(self, cells: int) -> Iterator[Row]:
        """The line in the minutes as it now stands, and as it was when last taken over."""
        followup, details = self.followup, self.details
        taken = followup.line
        now = details.line if details else None
        if followup.meeting and followup.anchor and details and now is None:
            words = [_("(dòng này đã bị xóa khỏi biên bản)")]
            yield from _wrapped("line", _("Dòng biên bản"), words, cells)
        elif now:
            yield from _wrapped("line", _("Dòng biên bản"), [now], cells)
        if taken and now != taken:
            yield from _wrapped("line taken", _("Dòng lúc nhận"), [taken], cells, dim=True)

    def _event(self, event: FollowupEvent) -> str:
        meeting = self.meetings.get(event.meeting or "")
        at = _("tại {title}").format(title=titled(meeting)) if meeting else ""
        kind = kind_words(event, self.events)
        values = told(event, self.name_of)
        parts = (_moment(event.at), kind, values, event.by, event.note, at)
        return " · ".join(filter(None, parts))


def _moment(at: str) -> str:
    try:
        return f"{local(at):%d/%m/%Y %H:%M}"
    except ThukyError:
        return at


def _blank(key: str) -> Row:
    return Row(f" {key} gap", ("", ""))


def _wrapped(
    key: str,
    label: str,
    paragraphs: Sequence[str],
    cells: int,
    *,
    mark: str = "",
    strong: bool = False,
    dim: bool = False,
) -> Iterator[Row]:
    lines = [line for text in paragraphs for line in wrap(visible(text), cells)] or [""]
    yield Row(key, (label, lines[0]), mark, strong=strong, dim=dim)
    for number, line in enumerate(lines[1:], start=1):
        yield Row(f" {key} {number}", ("", line), dim=dim)
