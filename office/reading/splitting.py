"""Several tasks in one sentence, as one text for each.

One task has one leading agency and one deadline (domain: rõ người). So two leads are two tasks, and
so are two works of one lead when each has a deadline of its own.
"""

from collections.abc import Sequence

from office.language.lexicon import Role
from office.names import Kind
from office.reading.clauses import Clause, clauses_of
from office.reading.frame import Frame, past_bracket
from office.reading.items import Item


def split(text: str, pieces: Sequence[Item], frames: Sequence[Frame]) -> tuple[str, ...]:
    """The texts of the tasks, none when there is but one."""
    parts: list[str] = []
    shared = _shared_deadline(text, pieces, frames)
    for frame in frames:
        own = any(piece.due is not None for piece in pieces[frame.begin : frame.end])
        tail = "" if own or not shared else f", hoàn thành {shared}"
        parts.extend(part + tail for part in _parts(text, pieces, frame))
    return tuple(parts) if len(parts) > 1 else ()


def _parts(text: str, pieces: Sequence[Item], frame: Frame) -> list[str]:
    start = 0 if frame.passive else pieces[frame.begin].start
    end = _end(pieces, frame.body - 1, frame.end)
    whole = text[start:end]
    if frame.group is None:
        return [whole]
    group = pieces[frame.group]
    named = [mention for mention in frame.lead if mention.kind is not Kind.COLLECTIVE]
    if len(named) > 1:
        before, after = text[start : group.start], text[group.end : end]
        return [
            f"{before}{mention.name if mention.listed else mention.text}{after}"
            for mention in named
        ]
    works = _works(pieces, frame)
    if len(works) < 2 or frame.passive:
        return [whole]
    opening = text[start : group.end]
    return [
        text[start : _end(pieces, first, last)]
        if i == 0
        else f"{opening}: {text[pieces[first].start : _end(pieces, first, last)]}"
        for i, (first, last) in enumerate(works)
    ]


def _works(pieces: Sequence[Item], frame: Frame) -> list[tuple[int, int]]:
    """Parts of the body between full stops and semicolons, if each acts and has a deadline."""
    cuts = [i for i in range(frame.body, frame.end) if pieces[i].ends]
    works: list[tuple[int, int]] = []
    start = frame.body
    for cut in [*cuts, frame.end]:
        while start < cut and pieces[start].mark and pieces[start].key != "(":
            start += 1
        if start < cut:
            start = past_bracket(pieces, start, cut)
            clauses = clauses_of(pieces, start, cut)
            if not clauses:
                return []
            acts = any(_acts(pieces, clause) for clause in clauses)
            due = any(piece.due is not None for piece in pieces[start:cut])
            if not (acts and due):
                return []
            works.append((clauses[0].head, cut))
        start = cut + 1
    return works


def _acts(pieces: Sequence[Item], clause: Clause) -> bool:
    return pieces[clause.head].does(Role.ACT | Role.ADVISE)


def _shared_deadline(text: str, pieces: Sequence[Item], frames: Sequence[Frame]) -> str:
    """The words of the one deadline that all the tasks share, empty when there is none."""
    due = [piece for piece in pieces if piece.due is not None]
    shared = len(frames) > 1 and len(due) == 1
    return text[due[0].start : due[0].end] if shared else ""


def _end(pieces: Sequence[Item], first: int, last: int) -> int:
    while last - 1 > first and pieces[last - 1].edge:
        last -= 1
    return pieces[last - 1].end
