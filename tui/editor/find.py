"""Finding words in the lines of a text, with or without their marks. Public entrance: `find`."""

from collections.abc import Sequence

from schema.viet import fold
from tui.editor.buffer import Place


def find(
    lines: Sequence[str], words: str, start: Place, *, backwards: bool = False
) -> tuple[Place, Place] | None:
    """The next place after `start` (before it, backwards) where `words` stand, going around at the
    text's end. Words typed without any mark are found whatever their marks; small or capital
    letters make no difference."""
    if not words:
        return None
    exact = fold(words) != words.lower()
    wanted = words.lower() if exact else fold(words)
    count = len(lines)
    step = -1 if backwards else 1
    for turn in range(count + 1):
        number = (start.line + step * turn) % count
        line = _comparable(lines[number], exact=exact)
        # The first line is looked at twice: on the near side of the start, at last on the far.
        if backwards:
            at = line.rfind(wanted, 0, start.column + len(wanted) - 1 if turn == 0 else None)
        else:
            at = line.find(wanted, start.column + 1 if turn == 0 else 0)
        if at >= 0:
            return Place(number, at), Place(number, at + len(wanted))
    return None


def find_all(lines: Sequence[str], words: str) -> list[tuple[Place, Place]]:
    """Every place where `words` stand, from the end of the text to its start, none overlapping."""
    exact = fold(words) != words.lower()
    wanted = words.lower() if exact else fold(words)
    found = []
    for number, text in enumerate(lines):
        line, at = _comparable(text, exact=exact), 0
        while wanted and (at := line.find(wanted, at)) >= 0:
            found.append((Place(number, at), Place(number, at + len(wanted))))
            at += len(wanted)
    return found[::-1]


def _comparable(line: str, *, exact: bool) -> str:
    """The line with as many code points as it has, so that places in it stay places."""
    text = line.lower() if exact else fold(line)
    if len(text) == len(line):
        return text
    return "".join(_one(char, exact=exact) for char in line)


def _one(char: str, *, exact: bool) -> str:
    text = char.lower() if exact else fold(char)
    return text if len(text) == 1 else char
