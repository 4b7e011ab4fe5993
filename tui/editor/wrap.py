"""Soft wrap by word. A row holds the spaces that end it, even past the edge, as paper does."""

from functools import lru_cache

from tui.graphemes import is_plain, next_boundary, width


@lru_cache(maxsize=4096)
def row_starts(line: str, cells: int) -> tuple[int, ...]:
    """Where (code points) each row of `line` starts when rows are `cells` wide; first is 0."""
    if is_plain(line):
        return (0,) if len(line) <= cells else _plain_rows(line, cells)
    return _measured_rows(line, cells)


def row_of(starts: tuple[int, ...], column: int) -> int:
    """The row that holds code point `column`; the last one holds the line's end."""
    row = len(starts) - 1
    while row > 0 and starts[row] > column:
        row -= 1
    return row


def _plain_rows(line: str, cells: int) -> tuple[int, ...]:
    starts, start, end = [0], 0, len(line)
    while end - start > cells:
        space = line.rfind(" ", start, start + cells + 1)
        start = space + 1 if space > start else start + cells
        while start < end and line[start] == " ":
            start += 1
        if start >= end:
            break
        starts.append(start)
    return tuple(starts)


def _measured_rows(line: str, cells: int) -> tuple[int, ...]:
    starts, start, used, word = [0], 0, 0, 0
    at, end = 0, len(line)
    while at < end:
        after = next_boundary(line, at)
        wide = width(line[at:after])
        if line[at:after] == " ":
            word = after
        while line[at:after] != " " and used + wide > cells and at > start:
            start = word if word > start else at
            starts.append(start)
            used = width(line[start:at])
        used += wide
        at = after
    return tuple(starts)
