"""Who is told to do what: the frames of a sentence, one for each task it gives.

A frame begins at an order (giao, yêu cầu, đề nghị + who), or at a subject with an action of its own
(Sở Tư pháp rà soát …), or at the action alone when nobody is named (Khẩn trương rà soát …). It runs
to the next frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from office.language.lexicon import Role
from office.names import Kind, Mention
from office.reading.items import NEAR, Item

_ACTION = Role.ACT | Role.ADVISE | Role.SUBMIT | Role.REPORT | Role.LEAD | Role.FINISH | Role.MAKE
_NO_ORDER = Role.STATE | Role.PRAISE | Role.AGREE | Role.EXTEND | Role.SAY
_MEETINGS = frozenset(("hội", "cuộc", "phiên", "buổi", "lễ"))
_LEADS_TO = frozenset(("cho", "và", "cũng", "thêm", "ngay", "nay"))
_BETWEEN = _LEADS_TO | {":"}
_RELATIVE = frozenset(("được", "chưa", "bị", "có", "còn", "không", "đang", "thuộc"))
"""Words that may say which of many are meant, after các đơn vị."""


_PRESIDING = frozenset(("ubnd", "hđnd", "ủy", "chủ", "thường", "bí", "btv", "tỉnh", "thủ", "chính"))
"""First words of those who direct others: UBND tỉnh chỉ đạo Sở A; Bộ A chỉ đạo its own."""
_ORDERING = _PRESIDING | {"ban", "bộ", "văn", "chánh", "trưởng", "tổ", "hội", "thanh", "đoàn"}
"""First words of those whose đề nghị tells others what to do: UBND tỉnh, Chủ tịch, Ban Chỉ đạo."""
_LOCAL = frozenset(("xã", "phường", "quản"))


_MATTERS = frozenset(("việc", "nhiệm", "nội", "công", "các", "những", "toàn", "vấn", "phần"))
"""First words of a matter that is then given to somebody: việc …, nhiệm vụ này."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One task: who leads, and the pieces `begin` to `end` that say it; its `body` comes after."""

    begin: int
    body: int
    end: int
    lead: tuple[Mention, ...] = ()
    group: int | None = None
    passive: bool = False


def frames(pieces: Sequence[Item]) -> list[Frame]:
    """The tasks of a sentence in order, none when it gives none."""
    starts: list[Frame] = []
    leads: set[str] = set()
    i = 0
    while i < len(pieces):
        told = bool(starts)
        frame = _order(pieces, i, told) or _subject(pieces, i, leads) or _passive(pieces, i, told)
        if frame is None:
            i += 1
        else:
            starts.append(frame)
            leads.update(mention.text for mention in frame.lead)
            i = frame.body
    if not starts and (bare := _bare(pieces)) is not None:
        starts.append(bare)
    ends = [*(frame.begin for frame in starts), len(pieces)][1:]
    return [
        Frame(f.begin, f.body, end, f.lead, f.group, f.passive)
        for f, end in zip(starts, ends, strict=True)
    ]


def opens(pieces: Sequence[Item], at: int) -> bool:
    """Whether a clause may begin at `at`."""
    before = _back(pieces, at)
    return before < 0 or pieces[before].mark or pieces[before].due is not None


def _back(pieces: Sequence[Item], at: int) -> int:
    """The index before `at` and before the words on how, must and agreed that lead to it."""
    before = at - 1
    while before >= max(0, at - NEAR) and (
        pieces[before].does(Role.MANNER | Role.DUTY | Role.AGREE) or pieces[before].key in _LEADS_TO
    ):
        before -= 1
    return before


def predicate(pieces: Sequence[Item], at: int) -> int | None:
    """The index of the verb that a subject before `at` has, past words on how and must."""
    end = min(len(pieces), at + NEAR)
    while at < end and pieces[at].does(Role.MANNER | Role.DUTY):
        verb = pieces[at].does(_ACTION) and not _verb(pieces, at + 1)
        if verb:
            return at
        at += 1
    return at if at < len(pieces) and pieces[at].role and not pieces[at].mark else None


def _verb(pieces: Sequence[Item], at: int) -> bool:
    return at < len(pieces) and pieces[at].does(_ACTION | Role.COORDINATE | Role.MANNER)


def past_bracket(pieces: Sequence[Item], at: int, end: int) -> int:
    """Past a number before a work, (1) or a), and past a remark in brackets after a name."""
    if at + 1 < end and pieces[at + 1].key == ")" and len(pieces[at].key) < 3:
        return at + 2
    if pieces[at].key == "(":
        for close in range(at + 1, min(end, at + 2 * NEAR)):
            if pieces[close].key == ")":
                return close + 1
    return at


def _order(pieces: Sequence[Item], at: int, told: bool) -> Frame | None:
    """giao, yêu cầu, đề nghị + who; Cơ quan chủ trì: who."""
    verb = pieces[at]
    labels = verb.does(Role.LEAD) and at + 1 < len(pieces) and pieces[at + 1].key == ":"
    if not verb.does(Role.ASSIGN) and (told or not labels):
        return None
    group = at + 1
    while group < len(pieces) and pieces[group].key in _BETWEEN:
        group += 1
    if group >= len(pieces) or not pieces[group].names:
        return None
    before = _back(pieces, at)
    chair = before >= 0 and bool(pieces[before].names)
    if labels and not verb.does(Role.ASSIGN) and _of_the_meeting(pieces, at, group):
        return None
    if chair and verb.does(Role.PROPOSE):
        speaker = pieces[before].names[0]
        if not (_presides(speaker) if verb.does(Role.ACT) else _may_order(speaker)):
            return None
    # Nhất trí chủ trương và giao Sở A: `và` goes on from whatever was agreed.
    joined = at > 0 and pieces[at - 1].key == "và"
    if not (labels or joined or opens(pieces, before if chair else at)):
        return None
    # Somebody already told may do the asking: Sở Y tế lập hồ sơ, đề nghị Bộ Y tế công nhận.
    if told and verb.does(Role.PROPOSE) and not (before >= 0 and pieces[before].ends):
        return None
    return Frame(at, group + 1, len(pieces), pieces[group].names, group)


def _of_the_meeting(pieces: Sequence[Item], at: int, group: int) -> bool:
    """Chủ trì: đồng chí Chủ tịch: who led the meeting, and leads no work."""
    held = pieces[group].names[0].kind in {Kind.POST, Kind.PERSON}
    return at == 0 and held and not any(piece.due or piece.does(Role.ACT) for piece in pieces)


def _may_order(speaker: Mention) -> bool:
    """Whether what a speaker asks for is an order, and not an opinion to be weighed."""
    return _begins(speaker, _ORDERING)


def _presides(speaker: Mention) -> bool:
    """Whether a speaker directs other bodies, and not only its own."""
    return _begins(speaker, _PRESIDING)


def _begins(speaker: Mention, words: frozenset[str]) -> bool:
    first, *rest = speaker.name.lower().split() or [""]
    own = not _LOCAL.intersection(rest) or "tỉnh" in rest
    return own and (first in words or (first == "phó" and rest[:1] == ["chủ"]))


def _subject(pieces: Sequence[Item], at: int, leads: set[str]) -> Frame | None:
    """A unit or a post at the head of a clause, with an action that it is to do.

    `leads` have been told already.
    """
    subject = pieces[at]
    told = bool(leads)
    if not subject.names or not opens(pieces, at):
        return None
    after = at + 1
    if after < len(pieces) and pieces[after].key == "(":
        after = past_bracket(pieces, after, len(pieces))
    if after < len(pieces) and pieces[after].key == ":":
        after += 1
    if subject.names[0].text.lower().startswith("một số") and not _must(pieces, after):
        return None  # một số xã giải ngân thấp: which ones is not said
    if subject.names[-1].kind is Kind.COLLECTIVE:
        after = _past_relative(pieces, after) or _past_words(pieces, after)
    verb = predicate(pieces, after)
    if verb is None:
        return None if told or not _unknown_verb(pieces, at + 1) else _led(pieces, at, after)
    orders = pieces[verb].does(Role.ASSIGN) and (
        not pieces[verb].does(Role.ACT)
        or (_names(pieces, verb + 1) and _presides(subject.names[0]))
    )
    # Sở Y tế, Sở Tài chính thống nhất số liệu: several agree by working on it, one by deciding.
    settles = pieces[verb].does(Role.AGREE) and pieces[verb].does(Role.ACT)
    if orders or (pieces[verb].does(_NO_ORDER) and not (settles and len(subject.names) > 1)):
        return None
    action = pieces[verb]
    # Giám đốc Sở A báo cáo đã hoàn thành: a speaker tells how things are.
    if action.does(Role.REPORT) and _tells(pieces, verb + 1):
        return None
    if told and action.does(Role.ANSWER | Role.OVERSEE | Role.COLLECT):
        return None
    if action.does(Role.COORDINATE):
        if told and not _names(pieces, verb + 1):
            return None
    elif action.does(Role.LEAD):
        if verb + 1 < len(pieces) and pieces[verb + 1].key in _MEETINGS:
            return None
        # One of those told is named their head: …; Công an tỉnh chủ trì.
        if leads.issuperset(mention.text for mention in subject.names):
            return None
    elif not action.does(_ACTION | Role.ANSWER | Role.OVERSEE):
        return None
    return _led(pieces, at, after)


def _past_words(pieces: Sequence[Item], at: int) -> int:
    """Past a few words that say which of many: UBND các xã vùng lũ."""
    end = at
    while end < len(pieces) and end - at < 4 and not (pieces[end].role or pieces[end].mark):
        if pieces[end].names or pieces[end].due is not None or pieces[end].paper:
            return at
        end += 1
    return end if end < len(pieces) and pieces[end].role else at


def _past_relative(pieces: Sequence[Item], at: int) -> int | None:
    """Past a clause that says which of many: các đơn vị chưa gửi báo cáo | khẩn trương hoàn thành.

    What follows must be an order: it says how or must, or the sentence says by when.
    """
    if at >= len(pieces):
        return None
    given = pieces[at].does(Role.DUTY) and pieces[at].key.startswith("được ")
    if not given and pieces[at].key not in _RELATIVE:
        return None
    last = min(at + NEAR, len(pieces) - 1)
    end = next(
        (i for i in range(at + 1, last) if pieces[i].mark or pieces[i].due is not None), last
    )
    verbs = [
        i
        for i in range(at + 1, end)
        if pieces[i].does(_ACTION)
        and not (pieces[i].paper and pieces[i - 1].does(Role.MAKE | Role.SUBMIT | Role.REPORT))
    ]
    for i in range(at + 2 if given else verbs[0] + 1 if verbs else end, end):
        if pieces[i].does(Role.MANNER | Role.DUTY) and predicate(pieces, i) is not None:
            return i
    # Two verbs and a day: các đơn vị được thanh tra | báo cáo kết quả trước ngày …
    ordered = not given and any(piece.due is not None for piece in pieces)
    return verbs[1] if ordered and len(verbs) > 1 else None


def _must(pieces: Sequence[Item], at: int) -> bool:
    return at < len(pieces) and pieces[at].does(Role.DUTY | Role.MANNER)


def _tells(pieces: Sequence[Item], at: int) -> bool:
    return at < len(pieces) and pieces[at].does(Role.STATE) and not pieces[at].does(Role.QUOTA)


def _names(pieces: Sequence[Item], at: int) -> bool:
    return at < len(pieces) and bool(pieces[at].names)


def _led(pieces: Sequence[Item], at: int, body: int) -> Frame:
    return Frame(at, body, len(pieces), pieces[at].names, at)


def _unknown_verb(pieces: Sequence[Item], at: int) -> bool:
    """Whether a small word that the lexicon does not know follows a subject, and a deadline it."""
    return (
        at < len(pieces)
        and not (pieces[at].mark or pieces[at].capital or pieces[at].paper)
        and any(piece.due is not None for piece in pieces[at : at + 5 * NEAR])
    )


def _passive(pieces: Sequence[Item], at: int, told: bool) -> Frame | None:
    """Việc … do Sở A chủ trì; … được giao cho Sở A."""
    piece = pieces[at]
    group = at + 1
    given = piece.does(Role.DUTY) and group < len(pieces) and pieces[group].key == "cho"
    if given:
        group += 1
    # Nhiệm vụ này giao Sở A; việc kiểm kê giao Sở A thực hiện.
    given = given or (piece.does(Role.ASSIGN) and at < NEAR and pieces[0].key in _MATTERS)
    if told or not (given or piece.does(Role.PASSIVE)):
        return None
    if group >= len(pieces) or not pieces[group].names:
        return None
    verb = predicate(pieces, group + 1)
    if not given and (verb is None or not _is_given(pieces, at, verb)):
        return None
    # Do Sở A chủ trì, … rà soát: the work comes after.
    before = not given and opens(pieces, at)
    return Frame(at, group + 1, len(pieces), pieces[group].names, group, passive=not before)


def _is_given(pieces: Sequence[Item], at: int, verb: int) -> bool:
    """Whether do Sở A … gives a work, and does not only say whose: by its verb, or by a date."""
    if pieces[verb].does(Role.LEAD | Role.VAGUE):
        return True
    dated = any(piece.due is not None for piece in pieces[verb : verb + NEAR])
    tells = any(piece.does(_NO_ORDER | Role.ASSIGN) for piece in pieces[max(0, at - NEAR) : at])
    return dated and not tells and not opens(pieces, at) and pieces[verb].does(Role.ACT)


def _bare(pieces: Sequence[Item]) -> Frame | None:
    """An action at the head of a clause with nobody named; what tells how things are is none."""
    for at, piece in enumerate(pieces):
        if piece.does(_NO_ORDER & ~Role.EXTEND) and not piece.does(Role.DUTY):
            return None
        if not opens(pieces, at) or piece.mark or piece.due is not None or piece.names:
            continue
        verb = predicate(pieces, at)
        if at == 0 and piece.does(Role.COORDINATE) and _names(pieces, at + 1):
            helped = predicate(pieces, at + 2)
            if helped is not None and pieces[helped].does(_ACTION):
                return Frame(at, at, len(pieces))
        if verb is None or pieces[verb].does(_NO_ORDER) or not pieces[verb].does(_ACTION):
            if at == 0 and not piece.does(Role.LINK):
                return None
            continue
        labels = pieces[verb].does(Role.LEAD) and pieces[verb + 1 : verb + 2] != []
        if _state(pieces, verb) or (labels and pieces[verb + 1].key == ":"):
            return None
        return Frame(at, at, len(pieces))
    return None


def _state(pieces: Sequence[Item], at: int) -> bool:
    """Whether the clause from `at` tells a result: Giải ngân đạt 65%."""
    for piece in pieces[at:]:
        if piece.ends or piece.key == "," or piece.due is not None:
            return False
        if piece.does(Role.STATE) and piece.key not in {"có", "không", "là", "được", "còn"}:
            return True
    return False
