"""Sentences that give no order: praise, decisions, how things are, and extensions of a task."""

from collections.abc import Sequence

from office.language.lexicon import Role
from office.names import Mention
from office.reading.clauses import Clause
from office.reading.frame import opens
from office.reading.items import Item
from office.reading.model import Excerpt, Nature, Reading
from office.reading.points import excerpt, product_in

_TIME = frozenset(("thời", "gian", "hạn", "tiến", "độ", "thêm", "việc", "cho"))
_STOPS = frozenset(".;!?,")
_LONGEST_HEADING = 6
_LONG_NUMBER = 4
_REFUSED = ("không", "chưa")
_OWNS = frozenset(("của", "cho", "do", "đối với"))
_LETS = _OWNS | {"để"}


def heading(text: str, pieces: Sequence[Item]) -> bool:
    """Whether a line names a part of the minutes: # Khen thưởng; Phân công và kỷ luật.

    A short line without a full stop, a name, a day or a word on how is one.
    """
    line = text.strip()
    if line.startswith("#"):
        return True
    at = _past_number(pieces)
    told = pieces[at:]
    return (
        line[:1].isalnum()
        and line[-1] not in _STOPS
        and 0 < len(line.split()) - at <= _LONGEST_HEADING
        and all(piece.capital or i for i, piece in enumerate(told))
        and not any(piece.names or piece.due or piece.does(Role.MANNER) for piece in told)
    )


def _past_number(pieces: Sequence[Item]) -> int:
    """Past II. or 3. before a heading."""
    numbered = len(pieces) > 1 and pieces[1].key == "." and len(pieces[0].key) < _LONG_NUMBER
    return 2 if numbered else 0


def nature(pieces: Sequence[Item]) -> Nature:
    """What a sentence without a task is, by the first word that tells."""
    for at, piece in enumerate(pieces):
        if piece.does(Role.SAY) and piece.key != "thảo luận":
            return Nature.OTHER
        if piece.does(Role.PRAISE):
            return Nature.ASSESSMENT
        if piece.does(Role.AGREE):
            said = at > 1 and pieces[at - 1].key == ":" and bool(pieces[at - 2].names)
            return Nature.OTHER if said else Nature.DECISION
        if piece.does(Role.ONGOING) and opens(pieces, at):
            return Nature.ONGOING
        if piece.does(Role.DECIDE) and at and pieces[at - 1].names and opens(pieces, at - 1):
            return Nature.DECISION
        if piece.does(Role.STATE) and piece.key not in {"có", "là", "được"}:
            return Nature.ASSESSMENT
    return Nature.OTHER


def extension(text: str, pieces: Sequence[Item], before: int) -> Reading | None:
    """A moved deadline, if the sentence moves one earlier than piece `before`."""
    at = next((i for i, piece in enumerate(pieces[:before]) if piece.does(Role.EXTEND)), None)
    if at is None or any(piece.key.startswith(_REFUSED) for piece in pieces[:at]):
        return None
    lead = _owner(pieces, at)
    start = at + 1
    while start < len(pieces) and (
        pieces[start].key in _TIME or pieces[start].names or pieces[start].does(Role.FINISH)
    ):
        if pieces[start].does(Role.FINISH) and pieces[start].does(Role.ACT):
            break
        start += 1
    end = start
    while end < len(pieces) and not (
        pieces[end].mark
        or pieces[end].due is not None
        or pieces[end].key == "sang"
        or _owned(pieces, end)
    ):
        end += 1
    work = excerpt(text, pieces, start, end) if start < end else None
    product = product_in(text, pieces, Clause(start, start, end)) if start < end else None
    return Reading(
        text,
        Nature.EXTENSION,
        lead=lead,
        work=work,
        product=product,
        deadline=next((piece.due for piece in pieces[at:] if piece.due is not None), None),
        accountable=Excerpt(lead[0].start, lead[0].end, lead[0].text) if lead else None,
    )


def _owner(pieces: Sequence[Item], at: int) -> tuple[Mention, ...]:
    """Whose task is extended: named after của or cho, else before the extension."""
    for i in range(at + 1, len(pieces)):
        if _owned(pieces, i):
            return pieces[i + 1].names
    for i in range(at - 1, -1, -1):
        agreed = i > 0 and (pieces[i - 1].does(Role.AGREE) or pieces[i - 1].key in _LETS)
        granted = pieces[i + 1].key == "được"
        if pieces[i].names and (agreed or granted):
            return pieces[i].names
    return ()


def _owned(pieces: Sequence[Item], at: int) -> bool:
    return pieces[at].key in _OWNS and at + 1 < len(pieces) and bool(pieces[at + 1].names)
