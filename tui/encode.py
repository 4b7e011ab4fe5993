"""The fewest bytes that turn what the terminal shows into what it is to show.

Several ways are tried (writing anew, shifting within a row, scrolling) and their bytes counted.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from operator import eq, ne
from typing import Final, NamedTuple

from tui.cells import ERASED, Cell, Row, sure, text, whole
from tui.looks import PLAIN, UNSURE
from tui.tape import Tape, csi

_UNKNOWN: Final[Cell] = ("", UNSURE)  # equals no cell: what stands there is written anew

_SOME_ERASED: Final[Row] = [ERASED] * 4  # fewer are written as quickly as they are erased
_LONGEST_RESENT = 4  # cells; moving over so many never takes more bytes
_LONGEST_SHIFT = 16  # cells
_PROOF = 4  # cells found again at their new place
_WORTH_SHIFTING = 12  # bytes
_FEW_ROWS = 8  # when more change, it is not typing that shifts them
_WORTH_SCROLLING = 200  # bytes


def encode(tape: Tape, before: Mapping[int, Row], rows: Sequence[Row]) -> None:
    """Turns the rows that were as in `before` (by number) into what they are in `rows`."""
    change_row = _change_row if tape.modern and len(before) <= _FEW_ROWS else _write
    scrolled = None
    limit = sys.maxsize
    if tape.modern and len(before) > 2 and (scroll := _find_scroll(before, rows)):
        scrolled = tape.fork()
        for y, row in sorted(_scroll(scrolled, scroll, before, rows).items()):
            change_row(scrolled, y, row, rows[y])
        # A person may see rows move about: that must pay.
        limit = max(scrolled.size * 4 // 3, _WORTH_SCROLLING)
    plain = tape.fork()
    for y in sorted(before):
        change_row(plain, y, before[y], rows[y])
        if scrolled and plain.size > limit:
            tape.adopt(scrolled)
            return
    tape.adopt(plain)


# -- within a row ------------------------------------------------------------------------------


def _change_row(tape: Tape, y: int, old: Row, new: Row) -> None:
    best = tape.fork()
    _write(best, y, old, new)
    if best.size > _WORTH_SHIFTING:
        # Terminals differ in whether what moves in has the pen's background or their own.
        left = ERASED if tape.blank == PLAIN else _UNKNOWN
        for edits, shifted in _shifts(old, new, left):
            trial = tape.fork()
            for x, sequence in edits:
                trial.move(x, y)
                trial.add(sequence)
            if _write(trial, y, shifted, new, limit=best.size):
                best = trial
    tape.adopt(best)


def _write(tape: Tape, y: int, old: Row, new: Row, limit: int = sys.maxsize) -> bool:
    """Writes the cells that differ, and what lies between them where that is shorter.

    Gives up, with False, when the tape gets as long as `limit`.
    """
    width = len(new)
    differs = [*map(ne, old, new), True, False]
    start = differs.index(True)
    while start < width and tape.size < limit:
        end = min(differs.index(False, start), width)
        start, end = whole(new, start, end)
        after = differs.index(True, end)
        _resend(tape, y, new, start)
        if _draw(tape, y, new, start, end, more=after < width):
            break
        start = after
    return tape.size < limit


def _resend(tape: Tape, y: int, row: Row, end: int) -> None:
    """Moves to column `end` by writing what already stands before it, where that is shorter."""
    if tape.at is None or tape.at[1] != y or not 0 < end - tape.at[0] <= _LONGEST_RESENT:
        return
    between = row[tape.at[0] : end]
    letters = text(between)
    if (
        between[0][0]  # no half of a letter
        and len(letters.encode()) <= len(tape.way(end, y))
        and sure(between) == len(between)
        and _same_pen(tape, row, tape.at[0], end) == end
    ):
        tape.draw(letters, (end, y))


def _draw(tape: Tape, y: int, row: Row, start: int, end: int, *, more: bool) -> bool:
    """Writes cells; True when all the row behind them has been erased with them.

    `more`: something behind them is to be changed as well.
    """
    while start < end:
        stop = start
        while stop < end and row[stop] == ERASED:
            stop += 1
        cells = stop - start
        to_end = cells > 0 and row[stop:] == [ERASED] * (len(row) - stop)
        erase = "\x1b[K" if to_end else csi(cells, "X") if tape.modern else ""
        # Erasing leaves the cursor where it was: going on costs about as much again.
        cost = len(erase) if to_end or stop == end else 2 * len(erase)
        if erase and (cost < cells or (to_end and more)):
            tape.dip_for_blank(PLAIN)
            tape.move(start, y)
            tape.add(erase)
            if to_end:
                return True
            start = stop
        else:
            start = _draw_run(tape, y, row, start, end)
    return False


def _draw_run(tape: Tape, y: int, row: Row, start: int, end: int) -> int:
    """Writes the first cells that can be written together; the column behind them."""
    letter, look = row[start]
    if letter == " ":
        tape.dip_for_blank(look)
    else:
        tape.dip(look)
    tape.move(start, y)
    stop = _same_pen(tape, row, start, end)
    run = row[start:stop]
    certain = sure(run)
    if certain < len(run):
        _, stop = whole(row, start, start + max(certain, 1))
        run = row[start:stop]
    tape.draw(text(run), (stop, y) if certain and stop < len(row) else None)
    return stop


def _same_pen(tape: Tape, row: Row, start: int, end: int) -> int:
    """The first column from `start` on that the pen cannot write, or that is better erased."""
    pen, blank = tape.pen, tape.blank
    for x in range(start, end):
        letter, look = row[x]
        if look != pen and not (letter == " " and look == blank):
            return x
        if (
            look == PLAIN
            and letter == " "
            and x > start
            and row[x - 1] != ERASED
            and row[x : x + len(_SOME_ERASED)] == _SOME_ERASED
        ):
            return x
    return end


def _shifts(old: Row, new: Row, left: Cell) -> Iterator[tuple[list[tuple[int, str]], Row]]:
    """Ways to move part of a row: edits, each with its column, and the row after them.

    Terminals move all that stands behind an edit. Where something is to stay, what one edit
    moves away the other brings back. `left` is what they leave where nothing moves in.
    """
    if sure(old) < len(old):
        return
    differs = [*map(ne, old, new)]
    first = differs.index(True)
    end = len(new) - differs[::-1].index(True)
    if count := _distance(old, new, first, end):
        blank = [left] * count
        insert, delete = (first, csi(count, "@")), (end - count, csi(count, "P"))
        if _no_cut(old, first, len(old) - count):
            yield [insert], old[:first] + blank + old[first : len(old) - count]
        if _no_cut(old, first, end - count, end):
            yield [delete, insert], old[:first] + blank + old[first : end - count] + old[end:]
    if count := _distance(new, old, first, end):
        blank = [left] * count
        delete, insert = (first, csi(count, "P")), (end - count, csi(count, "@"))
        if _no_cut(old, first, first + count):
            yield [delete], old[:first] + old[first + count :] + blank
        if _no_cut(old, first, first + count, end):
            yield [delete, insert], old[:first] + old[first + count : end] + blank + old[end:]


def _distance(before: Row, after: Row, first: int, end: int) -> int:
    """By how many cells most of a part has moved to the right; 0 when it has not."""
    stayed = sum(map(eq, before[first:end], after[first:end]))
    for count in range(1, min(_LONGEST_SHIFT, end - first - _PROOF) + 1):
        if (
            before[first : first + _PROOF] == after[first + count : first + count + _PROOF]
            or before[end - count - _PROOF : end - count] == after[end - _PROOF : end]
        ):
            moved = sum(map(eq, before[first : end - count], after[first + count : end]))
            if moved > stayed + _PROOF:
                return count
    return 0


def _no_cut(row: Row, *columns: int) -> bool:
    return all(x >= len(row) or row[x][0] for x in columns)


# -- rows among each other ---------------------------------------------------------------------


class _Scroll(NamedTuple):
    """Rows `top` to `bottom` move up by `by`, or down when it is negative."""

    top: int
    bottom: int
    by: int


def _find_scroll(before: Mapping[int, Row], rows: Sequence[Row]) -> _Scroll | None:
    """The move that most rows, or halves of rows beside something that stays, have made."""
    origins: dict[tuple[int, tuple[Cell, ...]], int | None] = {}
    for y, row in before.items():
        for key in _halves(row):
            origins[key] = None if key in origins else y
    moved: dict[int, list[int]] = {}
    for y in before:
        for key in _halves(rows[y]):
            if (origin := origins.get(key)) is not None and origin != y:
                moved.setdefault(origin - y, []).append(y)
    if not moved:
        return None
    by, places = max(moved.items(), key=lambda move: len(move[1]))
    return _Scroll(min(places) + min(by, 0), max(places) + max(by, 0), by)


def _halves(row: Row) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The left and the right half, unless it is all the same."""
    middle = len(row) // 2
    for side, half in enumerate((row[:middle], row[middle:])):
        if half.count(row[middle * side]) < len(half):
            yield side, tuple(half)


def _scroll(
    tape: Tape, scroll: _Scroll, before: Mapping[int, Row], rows: Sequence[Row]
) -> dict[int, Row]:
    """Scrolls; the rows that are still to be changed, as they are then."""
    top, bottom, by = scroll
    tape.dip_for_blank(PLAIN)
    margins = bottom < len(rows) - 1
    if margins:
        tape.add(f"\x1b[{top + 1};{bottom + 1}r")
        tape.at = 0, 0  # DECSTBM brings the cursor home
    tape.move(0, top)
    tape.add(csi(by, "M") + csi(-by, "L"))
    tape.at = None
    if margins:
        tape.add("\x1b[r")
        tape.at = 0, 0
    after = dict(before)
    for y in range(top, bottom + 1):
        origin = y + by
        inside = top <= origin <= bottom
        after[y] = before.get(origin, rows[origin]) if inside else [ERASED] * len(rows[y])
    return after
