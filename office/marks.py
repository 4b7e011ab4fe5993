"""The marks that say what a line of minutes is, readable as plain text.

`# ` agenda item or section, `@Name: ` a speaker, `= ` conclusion, `! ` follow-up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["agenda", "speaker", "conclusion", "followup", "plain"]
_KINDS: dict[str, Kind] = {"# ": "agenda", "= ": "conclusion", "! ": "followup"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is, and where in it (code points) its content starts. A speaker's name lies
    between the `@` and `start`, without the colon."""

    kind: Kind
    start: int


@dataclass(frozen=True, slots=True)
class Heading:
    """An agenda item or a speaker's turn, for the outline; `line` counts from 0."""

    line: int
    kind: Kind
    title: str


_PLAIN = Mark("plain", 0)


def mark_of(line: str) -> Mark:
    if kind := _KINDS.get(line[:2]):
        return Mark(kind, 2)
    if line[:1] == "@":
        colon = line.find(":")
        if colon > 1:
            return Mark("speaker", colon + 1)
    return _PLAIN


def content_of(line: str) -> str:
    """The line's own words, without its mark."""
    return line[mark_of(line).start :].strip()


def outline(lines: Iterable[str]) -> list[Heading]:
    found = []
    for number, line in enumerate(lines):
        if line[:1] not in "#@":
            continue
        mark = mark_of(line)
        if mark.kind == "agenda" and (title := line[2:].strip()):
            found.append(Heading(number, mark.kind, title))
        elif mark.kind == "speaker":
            found.append(Heading(number, mark.kind, line[1 : mark.start - 1].strip()))
    return found
