"""How a row of minutes looks: its mark decides, and what is selected shows."""

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from office.marks import mark_of
from tui.editor.buffer import Place
from tui.editor.window import Row
from tui.graphemes import visible

PLAIN = Style()
SELECTED = Style(reverse=True)
_STYLES = {
    "agenda": Style(bold=True, underline=True),
    "speaker": Style(bold=True),
    "conclusion": Style(italic=True),
    "followup": Style(bold=True),
}


def row_segments(line: str, row: Row, selected: tuple[Place, Place] | None) -> list[Segment]:
    """The segments of `row`, which is part of `line`."""
    mark = mark_of(line)
    style = _STYLES.get(mark.kind, PLAIN)
    marked = mark.start if mark.kind == "speaker" else len(line)
    start = end = 0
    if selected is not None and selected[0].line <= row.line <= selected[1].line:
        start = selected[0].column if row.line == selected[0].line else 0
        end = selected[1].column if row.line == selected[1].line else len(line)
    edges = {min(max(edge, row.start), row.end) for edge in (marked, start, end)}
    found = []
    for a, b in pairwise(sorted(edges | {row.start, row.end})):
        look = style if a < marked else PLAIN
        found.append(Segment(visible(line[a:b]), look + SELECTED if start <= a < end else look))
    return found
