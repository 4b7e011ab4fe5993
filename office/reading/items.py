"""A sentence as the pieces that its grammar works on: names, deadlines, verbs, papers, words.

Names that are listed together (Sở Tài chính, Sở Xây dựng và Công an tỉnh) are one piece, so that
the verb beside them says what all of them do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from office.deadline import Found
from office.language.lexicon import LEXICON, Role
from office.language.tokens import Token, tokens
from office.names import Mention, UnitNames

NEAR = 12
"""How many pieces a look around goes at most, so that any text is read in linear time."""

_ENDS = frozenset(";.!?")
_ADDRESSING = frozenset(("giao", "cầu", "nghị", "công", "hợp", "với", "cùng", "trì"))
"""Last words of giao, yêu cầu, đề nghị, phân công, phối hợp với, chủ trì."""
_EDGES = frozenset(",;.:!?-–—+*/(")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a sentence, at code points `start` to `end`.

    `ends` is true of a mark that ends a clause whatever follows.
    """

    start: int
    end: int
    key: str = ""
    role: int = Role.NONE
    paper: str = ""
    capital: bool = False
    mark: bool = False
    names: tuple[Mention, ...] = ()
    due: Found | None = None
    ends: bool = False

    @property
    def edge(self) -> bool:
        """Whether it is a mark that is cut from the ends of what is quoted."""
        return self.mark and self.key in _EDGES

    def does(self, role: int) -> bool:
        return bool(self.role & role)


def items(text: str, units: UnitNames, deadlines: Sequence[Found]) -> list[Item]:
    """The pieces of an NFC `text`, given the deadlines found in it in order."""
    words = tokens(text)
    starts = {word.start: i for i, word in enumerate(words)}
    taken: dict[int, tuple[int, Item]] = {}
    free = [True] * len(words)

    def take(piece: Item) -> None:
        at = starts.get(piece.start, len(words))
        end = _index(words, at, piece.end)
        if at < end and all(free[at:end]):
            free[at:end] = [False] * (end - at)
            taken[at] = end, piece

    for found in deadlines:
        if _is_deadline(found):
            take(Item(found.start, found.end, due=found))
    for group in _groups(words, units.find_in(text, words)):
        take(group)
    return _pieces(words, taken)


def _pieces(words: Sequence[Token], taken: dict[int, tuple[int, Item]]) -> list[Item]:
    pieces: list[Item] = []
    stops = [*sorted(taken), len(words)]
    nearest = 0
    i = 0
    while i < len(words):
        if i in taken:
            i, piece = taken[i]
            pieces.append(piece)
            continue
        while stops[nearest] < i:
            nearest += 1
        word = words[i]
        hit = LEXICON.longest(words, i, stop=stops[nearest])
        end = i + 1 if hit is None else hit[0]
        key = " ".join(part.key for part in words[i:end])
        last = words[end - 1].end
        if hit is None:
            mark = not word.word
            ends = mark and key in _ENDS and (i + 1 >= len(words) or words[i + 1].start > last)
            pieces.append(Item(word.start, last, key, capital=word.capital, mark=mark, ends=ends))
        else:
            lexeme = hit[1]
            if lexeme.paper and pieces and pieces[-1].key == "có" and not _numbered(words, end):
                # có văn bản is to write one; có alone only tells.
                pieces[-1] = replace(pieces[-1], role=Role.MAKE | Role.ACT)
            pieces.append(
                Item(word.start, last, key, lexeme.role, lexeme.paper, capital=word.capital)
            )
        i = end
    return pieces


def _numbered(words: Sequence[Token], at: int) -> bool:
    """văn bản số 114/TB-VPCP is one that there is already."""
    return at < len(words) and words[at].key == "số"


def _is_deadline(found: Found) -> bool:
    """Whether a time says by when: sớm says nothing, trong mùa mưa bão only how long."""
    phrase = found.phrase.lower()
    deadline = found.deadline
    # A day that no calendar has is meant as one, and asked about.
    return (deadline.kind != "unclear" or deadline.ask) and not phrase.startswith("trong mùa")


def _groups(words: Sequence[Token], mentions: Sequence[Mention]) -> list[Item]:
    """Mentions with nothing but commas and `và` between them, as one piece."""
    groups: list[list[Mention]] = []
    links = {word.end: i for i, word in enumerate(words)}
    for mention in mentions:
        if groups and _listed(words, links[groups[-1][-1].end] + 1, mention.opens, groups[-1]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [
        Item(group[0].opens, group[-1].end, capital=True, names=tuple(group)) for group in groups
    ]


def _listed(words: Sequence[Token], at: int, start: int, group: Sequence[Mention]) -> bool:
    """Whether nothing but links stands from `at` to a mention at `start`.

    A semicolon is one among those who are told or who help (giao Sở A; Sở B; Sở C); elsewhere it
    ends a clause.
    """
    links = 0
    while at < len(words) and words[at].start < start:
        if words[at].key not in {",", "và"} and not (
            words[at].key == ";" and _addressed(words, at, group[0].opens)
        ):
            return False
        links += 1
        at += 1
    return 0 < links <= 2


def _addressed(words: Sequence[Token], at: int, start: int) -> bool:
    """Whether the group of names at `start`, before `at`, follows a word that tells them to act."""
    before = next((i - 1 for i in range(at, -1, -1) if words[i].start <= start), -1)
    if before >= 0 and words[before].key in {":", "cho"}:
        before -= 1
    return before >= 0 and words[before].key in _ADDRESSING


def _index(words: Sequence[Token], at: int, end: int) -> int:
    while at < len(words) and words[at].end <= end:
        at += 1
    return at
