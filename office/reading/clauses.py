"""The body of a task as clauses: what is done, what it makes, where it goes, by when."""

from collections.abc import Sequence
from dataclasses import dataclass

from office.language.lexicon import Role
from office.names import Mention
from office.reading.frame import Frame, past_bracket, predicate
from office.reading.items import NEAR, Item

_VERB = Role.ACT | Role.MAKE | Role.ADVISE | Role.SUBMIT | Role.REPORT | Role.DECIDE | Role.COLLECT
_STRONG = (
    Role.ADVISE | Role.SUBMIT | Role.REPORT | Role.FINISH | Role.ANSWER | Role.LEAD | Role.PROPOSE
)
_DRAFT = "DT"
_PASSED = Role.MANNER | Role.DUTY
_LEFT_OVER = frozenset(("và", "để", "vào", "trong", "từ"))
_DECISIONS = frozenset(("phê duyệt", "thẩm định", "thông qua", "ký", "ký ban hành"))
"""What a paper is submitted for: trình phê duyệt Đề án."""
MILESTONES = frozenset(
    {"thông xe", "đóng điện", "phát điện", "khởi công", "khánh thành", "vận hành"}
    | {"bàn giao", "nghiệm thu", "ra mắt", "hợp long", "khai trương", "động thổ", "khai giảng"}
)
"""Verbs of what a work is to have come to by its date."""
_DETERMINERS = frozenset(["các", "những", "một", "bộ", "toàn", "ngay", "việc", "cho", "và"])


@dataclass(frozen=True, slots=True)
class Clause:
    """Pieces `start` to `end`, of which `head` is the first that says something.

    `after` is the mark before it, empty when it follows without one.
    """

    start: int
    head: int
    end: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a task says after its lead: who helps, and the clauses of what is to be done."""

    coordinating: tuple[Mention, ...]
    clauses: tuple[Clause, ...]


def body(pieces: Sequence[Item], frame: Frame) -> Body:
    """The helpers and the clauses of one task."""
    helpers, at = _preamble(pieces, frame.body, frame.end)
    found = clauses_of(pieces, at, frame.end)
    kept: list[Clause] = []
    for clause in found:
        others = _helpers(pieces, clause)
        helpers.extend(others)
        if not others:
            kept.append(clause)
    return Body(tuple(helpers), tuple(kept))


def _preamble(pieces: Sequence[Item], at: int, end: int) -> tuple[list[Mention], int]:
    """Past what stands between the lead and its work: chủ trì, phối hợp với …, khẩn trương."""
    helpers: list[Mention] = []
    while at < end:
        at = past_bracket(pieces, at, end)
        if at >= end:
            break
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < end else None
        if piece.does(Role.COORDINATE) and following is not None and following.names:
            helpers.extend(following.names)
            at += 2
        elif piece.names and following is not None and following.does(Role.COORDINATE):
            helpers.extend(piece.names)
            at += 2
        elif (
            (piece.mark and not piece.ends)
            or piece.due is not None
            or piece.key in {"và", "cho"}
            or (piece.key in {"trong", "việc"} and at > 0 and _introduced(pieces, at))
            or piece.does(Role.LEAD | Role.COORDINATE)
            or (piece.does(_PASSED) and _goes_on(pieces, at + 1, end))
            or (piece.does(Role.ANSWER) and _goes_on(pieces, at + 1, end))
        ):
            at += 1
        else:
            break
    return helpers, at


def _introduced(pieces: Sequence[Item], at: int) -> bool:
    """chịu trách nhiệm chính | trong việc …: what follows is what is led."""
    before = at - 2 if pieces[at].key == "việc" and pieces[at - 1].key == "trong" else at - 1
    return pieces[before].does(Role.LEAD)


def _goes_on(pieces: Sequence[Item], at: int, end: int) -> bool:
    """Whether a verb comes next, perhaps after more words on how."""
    end = min(end, at + NEAR)
    while at < end and (pieces[at].does(_PASSED) or pieces[at].key in {",", "và"}):
        at += 1
    return at < end and pieces[at].does(
        _VERB | Role.LEAD | Role.COORDINATE | Role.FINISH | Role.QUOTA
    )


def clauses_of(pieces: Sequence[Item], at: int, end: int) -> list[Clause]:
    """Pieces `at` to `end` as clauses; a deadline stands between clauses and belongs to none."""
    clauses: list[Clause] = []
    start, after = at, ""
    i = at
    while i < end:
        piece = pieces[i]
        cut: tuple[int, str] | None = None
        if piece.due is not None or piece.ends:
            cut = i + 1, piece.key
        elif piece.key == "," and _breaks(pieces, start, i, end):
            cut = i + 1, ","
        elif i > start and _breaks_bare(pieces, start, i, end):
            cut = (i + 1 if piece.key == "và" else i), ""
        if cut is not None:
            clauses.append(_clause(pieces, start, i, after))
            start, after = cut
            i = max(start, i + 1) if cut[0] > i else i + 1
        else:
            i += 1
    clauses.append(_clause(pieces, start, end, after))
    return [clause for clause in clauses if clause.start < clause.end]


def _clause(pieces: Sequence[Item], start: int, end: int, after: str) -> Clause:
    while start < end and (pieces[start].edge or pieces[start].key == "và"):
        start += 1
    while end > start and (pieces[end - 1].edge or _left_over(pieces, end - 1)):
        end -= 1
    return Clause(start, head(pieces, start, end), end, after)


def _left_over(pieces: Sequence[Item], at: int) -> bool:
    """Whether a small word led to the date that follows; the từ of cộng hưởng từ does not."""
    led = at + 1 < len(pieces) and pieces[at + 1].due is not None
    return pieces[at].key in _LEFT_OVER and (led or pieces[at].key != "từ")


def head(pieces: Sequence[Item], start: int, end: int) -> int:
    """The first piece past words on how and must, `start` when there is nothing else."""
    at = start
    while at < min(end, start + NEAR) and (
        (pieces[at].does(_PASSED) and _goes_on(pieces, at + 1, end))
        or (pieces[at].does(_PASSED) and _plain(pieces, at, end))
        or pieces[at].key in {"và", ",", "để", "từ", "đó"}
    ):
        at += 1
    return at if at < end else start


def _plain(pieces: Sequence[Item], at: int, end: int) -> bool:
    """Whether a verb that the lexicon does not know may follow a word that only says how."""
    if pieces[at].does(_VERB) or at + 2 >= end:
        return False
    word = pieces[at + 1]
    return not (word.role or word.paper or word.mark or word.names or word.due or word.capital)


def _breaks(pieces: Sequence[Item], start: int, comma: int, end: int) -> bool:
    """Whether the comma ends a clause, and does not join words of one."""
    at = head(pieces, comma + 1, end)
    if at >= end:
        return False
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < end else None
    if piece.names:
        verb = predicate(pieces, at + 1)
        return verb is not None and verb < end and not pieces[verb].does(Role.LINK)
    if following is None or piece.due is not None:
        return False
    if piece.key == "nếu" or (piece.key == "trường" and following.key == "hợp"):
        return True
    if piece.paper == _DRAFT and following.paper and pieces[comma - 1].paper:
        return False  # dự thảo Tờ trình, dự thảo Nghị quyết
    if piece.paper and not piece.does(_VERB):
        return following.does(Role.SUBMIT | Role.REPORT) and _target(pieces, at + 2, end)
    if piece.does(Role.COORDINATE):
        return bool(following.names) or following.mark
    if piece.does(Role.QUOTA) or piece.key == "mỗi":
        return True
    if piece.does(_STRONG):
        return not following.mark or bool(following.due)
    if not piece.does(_VERB | Role.OVERSEE) or following.mark:
        return False
    if comma - start == 1 and pieces[start].does(Role.ADVISE):
        return True
    if following.due is not None and piece.key in MILESTONES:
        return True
    if _bare_verbs(pieces, start, comma):
        return False
    return object_of(pieces, at, end) is not None or not _noun_verbs(pieces, comma)


def _noun_verbs(pieces: Sequence[Item], comma: int) -> bool:
    """Whether the word before the comma is a verb, so that the one after only joins it."""
    return pieces[comma - 1].does(_VERB | Role.OVERSEE) and not pieces[comma - 1].paper


def _bare_verbs(pieces: Sequence[Item], start: int, end: int) -> bool:
    """Whether nothing but verbs has been said: rà soát, đánh giá, …"""
    return all(
        piece.does(_VERB | Role.OVERSEE | _PASSED) or piece.key in {",", "và"}
        for piece in pieces[max(start, end - NEAR) : end]
    )


def _breaks_bare(pieces: Sequence[Item], start: int, at: int, end: int) -> bool:
    """Whether a new clause begins at `at` with no comma before it."""
    piece = pieces[at]
    if at + 1 >= end:
        return False
    following = pieces[at + 1]
    if piece.key == "và":
        return following.does(Role.SUBMIT | Role.REPORT | Role.ADVISE | Role.FINISH)
    if piece.does(Role.FINISH):
        # xong trước ngày …, thời gian hoàn thành: …; but chi trả xong chế độ, cắt giảm thời gian.
        says_when = following.key == ":" or following.does(Role.FINISH | Role.LINK | Role.MANNER)
        return following.due is not None or (says_when and not piece.does(Role.ACT))
    if piece.key == "để":
        return following.does(Role.COLLECT | Role.REPORT | Role.SUBMIT)
    if piece.does(Role.SUBMIT | Role.REPORT) and following.names:
        # văn bản gửi Bộ Tài chính is a paper with its address.
        if pieces[at - 1].paper and (piece.key == "gửi" or _described(pieces, start, at - 1)):
            return False
        return not _advising(pieces, start, at)
    return False


def _described(pieces: Sequence[Item], start: int, paper: int) -> bool:
    """Whether a paper only says more of another that is made: câu hỏi thẩm tra hồ sơ | trình …"""
    first = head(pieces, start, paper)
    made = object_of(pieces, first, paper)
    verb = pieces[paper - 1]
    inner = verb.does(Role.ACT) and not verb.does(Role.MAKE)
    return made is not None and made < paper - 1 and inner


def _advising(pieces: Sequence[Item], start: int, at: int) -> bool:
    """tham mưu UBND tỉnh | trình HĐND tỉnh: advising and submitting are one act."""
    first = head(pieces, start, at)
    return pieces[first].does(Role.ADVISE) and all(
        piece.names or piece.does(Role.ADVISE) or piece.key == "cho" for piece in pieces[first:at]
    )


def _target(pieces: Sequence[Item], at: int, end: int) -> bool:
    return at < end and bool(pieces[at].names)


def object_of(pieces: Sequence[Item], verb: int, end: int) -> int | None:
    """The index of the paper that the verb at `verb` makes, sends or asks for, if it does."""
    maker = pieces[verb]
    if not maker.does(Role.MAKE | Role.SUBMIT | Role.ADVISE | Role.REPORT | Role.COLLECT):
        return None
    at = verb + 1
    named = False
    counted: int | None = None
    while at < end and (
        pieces[at].key in _DETERMINERS
        or pieces[at].names
        or pieces[at].key.isdigit()
        or (maker.does(Role.SUBMIT) and pieces[at].key in _DECISIONS)
    ):
        named = named or bool(pieces[at].names)
        counted = at if pieces[at].key.isdigit() else counted
        at += 1
    if at >= end or not pieces[at].paper:
        return None
    draft_of = at + 1 < end and bool(pieces[at + 1].paper)
    ambiguous = pieces[at].does(_VERB) and not pieces[at].capital and not draft_of
    if ambiguous and (named or maker.does(Role.SUBMIT | Role.ADVISE)):
        return None
    return at if counted is None else counted


def _helpers(pieces: Sequence[Item], clause: Clause) -> tuple[Mention, ...]:
    """Those a clause says only help: các cơ quan chủ động phối hợp; phối hợp với Sở B."""
    first = pieces[clause.head]
    if first.names:
        verb = predicate(pieces, clause.head + 1)
        if verb is not None and verb < clause.end and pieces[verb].does(Role.COORDINATE):
            return first.names
    for at in range(clause.head, min(clause.head + 4, clause.end - 1)):
        if pieces[at].does(Role.COORDINATE):
            labelled = pieces[at + 1].key == ":" and at + 2 < clause.end
            if labelled or at == clause.head:
                return pieces[at + 2 if labelled else at + 1].names
    return ()
