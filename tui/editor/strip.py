"""The six points of the cursor's line in two rows beneath the minutes.

Each point has a mark that is no colour: ✓ clear, ✗ missing, ~ suggested or to be looked at.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.style import Style

from office.conclusions import Difference
from office.labels import NATURES
from office.moments import day_of, show_date
from office.points import CELLS, Point, missing
from schema.records import Followup
from tui.editor.tasks import LineState
from tui.graphemes import cut, width
from tui.rows import NameOf
from tui.widgets.line import Look
from tui.words import _

if TYPE_CHECKING:
    from office.deadline import Found
    from office.names import Mention
    from office.reading import Reading

CLEAR, OPEN, LOOK = "✓", "✗", "~"
ROWS = 2
_GAP = "  "
_LONGEST = 34
_STUMP = 16
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Strip:
    """What is needed beside a line's state to say what it is worth."""

    name_of: NameOf
    today: date
    suggested: dict[str, str]

    def rows(self, state: LineState, cells: int) -> list[Look]:
        """The rows of a line of this state, in `cells` columns; none where it is no task."""
        if state.tied:
            followup, difference = state.tied[0]
            words = list(self._tied(followup, len(state.tied)))
            tail = list(self._changed(followup, difference))
            if state.offered and not tail:
                tail = [_("Tab: nhận thêm {n} việc").format(n=len(state.offered))]
            if not tail and missing(followup):
                tail = [_("Tab: điền tiếp")]
        elif state.reading is not None and state.reading.task:
            words = list(self._read(state.reading, len(state.offered)))
            tail = []
            if len(state.offered) > 1:
                tail = [_("Tab: nhận cả {n} việc").format(n=len(state.offered))]
            elif state.offered:
                tail = [_("Tab: nhận việc")]
        elif state.nature not in ("", "other"):
            words, tail = [_(NATURES[state.nature])], []
        else:
            return []
        return [(row, _PLAIN) for row in _filled(words, tail, cells)]

    def _tied(self, followup: Followup, count: int) -> Iterator[str]:
        yield "»" if count == 1 else _("» {n} nhiệm vụ:").format(n=count)
        open_points = missing(followup)
        others = [self.name_of(id) for id in followup.coordinating.splitlines()]
        lead = self.name_of(followup.lead)
        head = self.suggested.get("accountable", "")
        values = {
            Point.LEAD: " + ".join(filter(None, (lead, *others))),
            Point.WORK: _("việc"),
            Point.DEADLINE: self._due(followup),
            Point.RESPONSIBILITY: followup.accountable or head or lead,
            Point.PRODUCT: followup.product,
            Point.AUTHORITY: followup.authority,
        }
        for point in _in_order(open_points):
            if point in open_points:
                yield self._open(point)
            else:
                sure = bool(followup.accountable) or point is not Point.RESPONSIBILITY
                late = point is Point.DEADLINE and self._is_past(day_of(followup.due))
                yield _clear(point, values[point], LOOK if late or not sure else CLEAR)

    def _due(self, followup: Followup) -> str:
        due = day_of(followup.due)
        if due is None:
            return _("chờ “{event}”").format(event=followup.due_event or followup.recurrence)
        return self._day(due, bool(followup.inclusive), followup.due_time)

    def _day(self, due: date, inclusive: bool, time: str | None) -> str:
        day = show_date(due) if inclusive else _("trước {day}").format(day=show_date(due))
        day = f"{time} {day}" if time else day
        return _("{day} (đã qua)").format(day=day) if self._is_past(due) else day

    def _is_past(self, due: date | None) -> bool:
        return due is not None and due < self.today

    def _changed(self, followup: Followup, difference: Difference) -> Iterator[str]:
        if not difference:
            return
        parts = [
            _("{name}: {old} → {new}").format(
                name=name,
                old=self._shown(cell, getattr(followup, cell)),
                new=self._shown(cell, new),
            )
            for cell, new in {**difference.follows, **difference.by_hand}.items()
            if (name := _names().get(cell)) and new != getattr(followup, cell)
        ]
        yield _("≠ Dòng đã đổi: {parts}").format(parts="; ".join(parts))
        yield _("Tab: theo dòng, Ctrl+K l: giữ nguyên")

    def _shown(self, cell: str, value: Any) -> str:
        if cell in ("lead", "coordinating"):
            return ", ".join(self.name_of(id) for id in (value or "").splitlines()) or "–"
        day = day_of(value) if cell == "due" else None
        return show_date(day) if day else cut(str(value or "–"), _LONGEST)

    def _read(self, reading: "Reading", offered: int) -> Iterator[str]:
        from office.reading import Nature

        if offered > 1:
            yield _("{n} việc:").format(n=offered)
        if reading.nature is Nature.EXTENSION:
            yield _("Gia hạn:")
        elif reading.nature is Nature.ONGOING:
            yield _("Việc thường xuyên:")
        open_points = reading.missing
        for point in _in_order(open_points):
            if point is Point.DEADLINE and reading.deadline:
                yield self._found(reading.deadline)
            elif point in open_points:
                yield self._open(point)
            elif point is Point.LEAD:
                yield _lead(reading)
            else:
                sure = reading.accountable_stated or point is not Point.RESPONSIBILITY
                yield _clear(point, _said(reading, point), CLEAR if sure else LOOK)

    def _found(self, found: "Found") -> str:
        due = found.deadline
        if due.date is None:
            if due.event:
                return _clear(Point.DEADLINE, _("chờ “{event}”").format(event=due.event))
            why = _(due.problem) if due.problem else _("chưa rõ ngày nào")
            return f"{LOOK} “{found.phrase}”: {why}"
        time = due.time.strftime("%H:%M") if due.time else None
        day = self._day(due.date, due.inclusive is not False, time)
        if due.ask:
            return f"{LOOK} " + _("hạn {day}? “{phrase}”").format(day=day, phrase=found.phrase)
        mark = LOOK if self._is_past(due.date) else CLEAR
        return f"{mark} " + _("hạn {day}").format(day=day)

    def _open(self, point: Point) -> str:
        words = {
            Point.LEAD: _("ai chủ trì"),
            Point.WORK: _("việc gì"),
            Point.DEADLINE: _("thời hạn"),
            Point.RESPONSIBILITY: _("ai chịu trách nhiệm"),
            Point.PRODUCT: _("sản phẩm"),
            Point.AUTHORITY: _("thẩm quyền"),
        }[point]
        guess = self.suggested.get(CELLS[point])
        suggestion = _("(gợi ý: {value})").format(value=cut(guess, _LONGEST)) if guess else ""
        return f"{OPEN} {words} {suggestion}".rstrip()


def _in_order(open_points: Collection[Point]) -> list[Point]:
    """Who, what and when first; of the others those that are missing."""
    first = (Point.LEAD, Point.WORK, Point.DEADLINE)
    return sorted(Point, key=lambda p: (p not in first, p not in first and p not in open_points))


def _names() -> dict[str, str]:
    return {
        "lead": _("chủ trì"),
        "coordinating": _("phối hợp"),
        "work": _("việc"),
        "due": _("hạn"),
        "product": _("sản phẩm"),
        "accountable": _("trách nhiệm"),
        "authority": _("thẩm quyền"),
        "monitor": _("theo dõi"),
    }


def _clear(point: Point, value: str, mark: str = CLEAR) -> str:
    words = {
        Point.LEAD: "{value}",
        Point.WORK: "{value}",
        Point.DEADLINE: _("hạn {value}"),
        Point.RESPONSIBILITY: _("trách nhiệm: {value}"),
        Point.PRODUCT: _("sản phẩm: {value}"),
        Point.AUTHORITY: _("thẩm quyền: {value}"),
    }[point]
    return f"{mark} " + words.format(value=cut(value, 2 * _LONGEST))


def _said(reading: "Reading", point: Point) -> str:
    match point:
        case Point.RESPONSIBILITY:
            head = reading.suggested.get("accountable", "")
            stated = reading.accountable.text if reading.accountable else ""
            return stated if reading.accountable_stated else head or stated
        case Point.PRODUCT:
            return reading.product.excerpt.text if reading.product else ""
        case Point.AUTHORITY:
            return reading.authority.name if reading.authority else ""
    return _("việc")


def _lead(reading: "Reading") -> str:
    known = all(mention.known for mention in reading.lead)
    lead = ", ".join(_called(mention) for mention in reading.lead)
    others = "".join(f" + {_called(mention)}" for mention in reading.coordinating)
    return f"{CLEAR if known else LOOK} {lead}{others}"


def _called(mention: "Mention") -> str:
    from office.names import Kind

    if mention.known or mention.kind is not Kind.UNIT:
        return mention.name
    return _("{name} (chưa có trong danh sách)").format(name=mention.name)


def _filled(words: Sequence[str], tail: Sequence[str], cells: int) -> list[str]:
    """The words in two rows, those of `tail` at the end in any case; without what is suggested for
    the open points where there is no room for all."""
    last = _GAP.join(tail)
    first, rest = _row(words, cells)
    if not rest:
        whole = _GAP.join(filter(None, (first, last)))
        return [whole] if width(whole) <= cells else [first, cut(last, cells)]
    room = cells - width(last) - len(_GAP) if last else cells
    second, left_out = _row(rest, room)
    brief = [w.partition(" (")[0] if w.startswith(OPEN) else w for w in words]
    if left_out and brief != list(words):
        return _filled(brief, tail, cells)
    return [first, cut(_GAP.join(filter(None, (second, last))), cells)]


def _row(words: Sequence[str], cells: int) -> tuple[str, Sequence[str]]:
    """As many of the words as fit, and the others. The first one that does not is cut, unless only
    a stump of it would be left."""
    row = ""
    for number, word in enumerate(words):
        grown = f"{row}{_GAP}{word}" if row else word
        if width(grown) > cells:
            room = cells - width(row) - (len(_GAP) if row else 0)
            if row and room < min(_STUMP, width(word)):
                return row, words[number:]
            return cut(grown, max(cells, 0)), words[number + 1 :]
        row = grown
    return row, ()
