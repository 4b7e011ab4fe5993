"""From the lines of the minutes to follow-ups: which to make, which to change.

A follow-up is tied to its line by an anchor in the text (`schema.document.Document.anchor`), which
the caller resolves to the line's number; nothing here knows screens or files.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from office.marks import mark_of
from schema.ids import uuid7


@dataclass(frozen=True, slots=True)
class New:
    """Line `line` became a follow-up with these cells; `column` is where its words start."""

    line: int
    column: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """The words of a follow-up's line changed, and so do these cells."""

    followup: str
    cells: dict[str, Any]


@dataclass(slots=True)
class Ties:
    """What each follow-up of the minutes was last read from.

    A cell is changed with its line only while it still says what was read from the line: what a
    person wrote there by hand stays.
    """

    read: dict[str, dict[str, Any]] = field(default_factory=dict)

    def opened(self, followup: str, cells: Mapping[str, Any], line: str) -> None:
        """A follow-up that was there already, with its cells as they are and its line."""
        read = read_task(line[mark_of(line).start :])
        self.read[followup] = {k: v for k, v in read.items() if cells.get(k) == v}

    def made(self, followup: str, cells: Mapping[str, Any]) -> None:
        self.read[followup] = dict(cells)

    def plan(
        self, lines: Mapping[int, str], at: Mapping[int, str], now: Mapping[str, Mapping[str, Any]]
    ) -> list[New | Change]:
        """What to do after `lines` were edited.

        `at` says which follow-up is tied to a line, `now` what its cells say at present.
        """
        plan: list[New | Change] = []
        for number, line in sorted(lines.items()):
            mark = mark_of(line)
            cells = read_task(line[mark.start :]) if mark.kind == "followup" else {}
            if not cells:
                continue
            tied = at.get(number)
            if tied is None:
                indent = len(line[mark.start :]) - len(line[mark.start :].lstrip())
                plan.append(New(number, mark.start + indent, cells))
                continue
            read = self.read.get(tied, {})
            changed = {
                k: v for k, v in cells.items() if k in read and read[k] == now[tied].get(k) != v
            }
            if changed:
                read.update(changed)
                plan.append(Change(tied, changed))
        return plan


def read_task(words: str) -> dict[str, Any]:
    """The follow-up's cells that a line's words give; none where they say nothing."""
    work = words.strip()
    return {"work": work} if work else {}


def tied_lines(places: Iterable[tuple[str, int]]) -> dict[int, str]:
    """Which follow-up each line is tied to, the earliest where two share one; `places` are pairs
    of a follow-up's id and its line."""
    found: dict[int, str] = {}
    for followup, line in sorted(places):
        found.setdefault(line, followup)
    return found


def followup_id(text: str, anchor: bytes) -> str:
    """The id of the follow-up that a line becomes: the same on every machine that reads the line
    at once, so that it becomes one. It is a UUIDv7 with the text's time."""
    made_ms = int(text.replace("-", "")[:12], 16)
    return uuid7(made_ms, lambda size: hashlib.sha256(anchor).digest()[:size])
