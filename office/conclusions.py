"""From the lines of the minutes to follow-ups: which to make, which to change, where they differ.

A follow-up is tied to its line by an anchor in the text, and holds the words of the line as they
were last taken over (`Followup.line`). A cell that still says what those words read as goes with
its line; one that says something else was written by hand, and the line never changes it. Nothing
here knows screens or files.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from office.marks import mark_of
from office.points import DEADLINE
from schema.ids import uuid7
from schema.records import Followup

Cells = Mapping[str, Any]
"""Some cells of a follow-up by name."""
ReadPart = Callable[[str], Cells]
"""The cells that the words of one task state; `work` is always among them."""

_SINGLE = ("work", "lead", "coordinating", "product", "accountable", "monitor", "authority")
READ = (*_SINGLE, *DEADLINE)
"""The cells that a line can say something of."""
_GROUPS = (*((name,) for name in _SINGLE), DEADLINE)
# What a cell says of which nothing is said.
_DEFAULTS: Cells = {name: getattr(Followup(), name) for name in READ}


@dataclass(frozen=True, slots=True)
class Difference:
    """How a line and its follow-up differ.

    `follows` are the cells that go with the line, with what it says; `by_hand` those that were
    written by hand and of which the line now says something else.
    """

    follows: Cells = field(default_factory=dict)
    by_hand: Cells = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.follows or self.by_hand)


def compare(followup: Followup, words: str, read: ReadPart, *bases: str) -> Difference:
    """What the words of a line, as they are now, would change in the follow-up that is tied to it.

    `bases` are words from which cells were taken over since `Followup.line` was. A follow-up made
    before lines were read has no words: all that it says of them is that they are its work.
    """
    if words == followup.line:
        return Difference()
    new = _filled(read(words))
    olds = [_filled(read(base)) for base in (followup.line, *bases) if base]
    olds = olds or [_filled({"work": words})]
    follows: dict[str, Any] = {}
    by_hand: dict[str, Any] = {}
    for names in _GROUPS:
        said = {name: getattr(followup, name) for name in names}
        now = {name: new[name] for name in names}
        if said == now:
            continue
        before = [{name: old[name] for name in names} for old in olds]
        if said in before:
            follows |= now
        elif [now] != before[:1]:
            by_hand |= now
    return Difference(follows, by_hand)


def _filled(cells: Cells) -> dict[str, Any]:
    return {name: cells.get(name, default) for name, default in _DEFAULTS.items()}


def words_of(line: str) -> str:
    """What a line says, without its mark."""
    return line[mark_of(line).start :].strip()


def start_of(line: str, words: str) -> int:
    """The column at which `words`, which may be a part of the line, start in it."""
    start = mark_of(line).start
    at = line.find(words, start)
    content = line[start:]
    return at if at >= 0 else start + len(content) - len(content.lstrip())


def matched(tied: Sequence[Followup], parts: Sequence[str]) -> dict[str, str]:
    """Which of a line's tasks (`parts`, in their order) each follow-up tied to the line is.

    Those that still say what they were taken from come first; what is left is matched in order.
    Follow-ups that no part is left for are not in the answer.
    """
    left = list(parts)
    found: dict[str, str] = {}
    rest: list[Followup] = []
    for followup in tied:
        if followup.line in left:
            left.remove(followup.line)
            found[followup.id] = followup.line
        else:
            rest.append(followup)
    return found | {f.id: part for f, part in zip(rest, left, strict=False)}


def is_near(words: str, before: str) -> bool:
    """Whether a line that says `words` may be the one that said `before`, after some edits."""
    if not words or not before:
        return False
    short, long = sorted((words, before), key=len)
    if long.startswith(short) or long.endswith(short):
        return 2 * len(short) >= len(long)
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words[:500], before[:500], autojunk=False).ratio() > 0.6


def ends_alike(words: str, before: str) -> bool:
    """Whether a line that says `words` may be the one that said `before`, but for its first
    letters."""
    pairs = zip(reversed(words), reversed(before), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return bool(before) and 10 * same >= 9 * len(before)


def followup_id(text: str, anchor: bytes, part: int = 0) -> str:
    """The id of the follow-up that a line becomes, or task number `part` of it: the same on every
    machine that reads the line at once, so that it becomes one. It is a UUIDv7 with the text's
    time, in the order of the parts."""
    made_ms = int(text.replace("-", "")[:12], 16) + part
    seed = anchor + (part.to_bytes(2, "big") if part else b"")
    return uuid7(made_ms, lambda size: hashlib.sha256(seed).digest()[:size])
