"""What stands beside the minutes: outline, roll call, follow-ups. To look at, not to go into."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from office.marks import Heading
from office.points import missing
from schema.records import Attendance, Followup
from tui.widgets.line import Look
from tui.words import _

_TITLE = Style(bold=True)
_PLAIN = Style()
_HERE = Style(reverse=True)
PRESENT = ("present", "late", "substituted")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the meeting beside its text."""

    headings: Sequence[Heading]
    attendance: Sequence[Attendance]
    followups: Sequence[Followup]


def rows(beside: Beside, line: int, height: int) -> list[Look]:
    """The panel's rows when the cursor is on `line`: each part gets its share of `height`."""
    parts = [_roll_call(beside.attendance), _followups(beside), _outline(beside.headings, line)]
    shares = [2, max(height // 2 - 2, 2), height]
    found: list[Look] = []
    for (title, body, at), share in zip(parts, shares, strict=True):
        room = min(max(share - 1, 0), max(height - len(found) - 2, 0))
        first = min(max(at - room // 2, 0), max(len(body) - room, 0))
        found += [(title, _TITLE), *body[first : first + room], ("", _PLAIN)]
    return found[:height]


def _outline(headings: Sequence[Heading], line: int) -> tuple[str, list[Look], int]:
    at = max((i for i, h in enumerate(headings) if h.line <= line), default=0)
    body = [
        (
            f"{h.title}" if h.kind == "agenda" else f"  {h.title}",
            _HERE if i == at and h.line <= line else _PLAIN,
        )
        for i, h in enumerate(headings)
    ]
    return _("Dàn ý"), body or [(_("  # mục   @Tên: người nói"), _PLAIN)], at


def _roll_call(attendance: Sequence[Attendance]) -> tuple[str, list[Look], int]:
    present = sum(a.status in PRESENT for a in attendance)
    words = _("  {present}/{invited} có mặt").format(present=present, invited=len(attendance))
    return _("Điểm danh"), [(words, _PLAIN)], 0


def _followups(beside: Beside) -> tuple[str, list[Look], int]:
    title = _("Nhiệm vụ ({count})").format(count=len(beside.followups))
    body = [
        (f"{'✗' if missing(followup) else ' '} {number}. {followup.work}", _PLAIN)
        for number, followup in enumerate(beside.followups, start=1)
    ]
    return title, body or [(_("  ! việc cần làm"), _PLAIN)], len(body)
