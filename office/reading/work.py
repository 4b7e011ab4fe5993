"""The work of a task: its first action with its object, without the product and the report."""

from collections.abc import Sequence

from office.language.lexicon import Role
from office.reading.clauses import MILESTONES, Clause, clauses_of, object_of
from office.reading.frame import Frame
from office.reading.items import Item
from office.reading.model import Excerpt

_DOES = Role.ACT | Role.MAKE | Role.ADVISE | Role.SUBMIT | Role.REPORT | Role.DECIDE | Role.OVERSEE
_APART = Role.ADVISE | Role.SUBMIT | Role.REPORT | Role.FINISH | Role.ANSWER | Role.PROPOSE
_VERBS = _DOES | Role.MANNER | Role.DUTY
_NOUNS = frozenset(("việc", "công", "tác", "nhiệm", "vụ", "nội", "dung", "cơ", "quan"))
_POINTERS = frozenset(("này", "đó", "trên", "nêu"))
_TIMES = frozenset(("năm", "tháng", "quý", "tuần", "ngày", "thực"))
_LONG = 4


def work(
    text: str, pieces: Sequence[Item], frame: Frame, clauses: Sequence[Clause], stop: int | None
) -> Excerpt | None:
    """What is to be done. `stop` is the code point of a name that the work cannot reach."""
    found = _doing(pieces, clauses) or _answered_for(pieces, clauses)
    if found is None and frame.begin:
        before = clauses_of(pieces, 0, frame.begin)
        found = _doing(pieces, before) or _named_work(pieces, before)
    if found is None:
        return None
    start, end = found
    if stop is not None and stop > pieces[start].start:
        end = next((i for i in range(start, end) if pieces[i].end > stop), end)
        while end > start + 1 and pieces[end - 1].does(Role.LINK):
            end -= 1
    while end > start + 1 and pieces[end - 1].edge:
        end -= 1
    return Excerpt(
        pieces[start].start, pieces[end - 1].end, text[pieces[start].start : pieces[end - 1].end]
    )


def _doing(pieces: Sequence[Item], clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """The first clause that acts, with those that go on with the same action."""
    answered = False
    for i, clause in enumerate(clauses):
        head = pieces[clause.head]
        answered = answered or head.does(Role.ANSWER)
        # Who answers for a matter and reports on it does no other work than that matter.
        if answered and head.does(Role.REPORT | Role.SUBMIT):
            continue
        answers = i + 1 < len(clauses) and pieces[clauses[i + 1].head].does(Role.ANSWER)
        if not _acts(pieces, clause, first=i == 0) or (
            answers and _all_verbs(pieces, clause.head, clause.end)
        ):
            continue
        return clause.head, _extent(pieces, clauses, i)
    return None


def _extent(pieces: Sequence[Item], clauses: Sequence[Clause], at: int) -> int:
    """Where the work that begins with clause `at` ends, with the clauses that go on with it."""
    clause = clauses[at]
    end = _before_decision(pieces, clause)
    bare = _all_verbs(pieces, clause.head, end)
    made = _makes(pieces, clause)
    for more in clauses[at + 1 :]:
        # A lone verb before the date says when, as hoàn thành does: …, khởi công trong tháng 6.
        said_when = any(piece.due is not None for piece in pieces[end : more.start])
        if said_when or more.after != "," or more.end - more.head < 2 or _milestone(pieces, more):
            break
        if not (pieces[more.head].does(_DOES) if bare else _continues(pieces, more, made=made)):
            break
        end = _before_decision(pieces, more)
        bare = bare and _all_verbs(pieces, more.head, end)
        made = made or _makes(pieces, more)
    return end


def _milestone(pieces: Sequence[Item], clause: Clause) -> bool:
    """thông xe kỹ thuật | trước 02/9: a short clause before the date that says when, too."""
    short = clause.end - clause.head < _LONG
    dated = clause.end < len(pieces) and pieces[clause.end].due is not None
    return short and dated and pieces[clause.head].key in MILESTONES


def _acts(pieces: Sequence[Item], clause: Clause, *, first: bool) -> bool:
    told = pieces[clause.head : clause.end]
    head = told[0]
    if head.names or head.mark or head.does(Role.ANSWER | Role.LEAD | Role.COORDINATE | Role.QUOTA):
        return False
    if all(p.does(Role.VAGUE | Role.MANNER | Role.DUTY) or p.mark for p in told):
        return False
    if all(p.does(Role.ADVISE | Role.FINISH | Role.AGREE) or p.mark for p in told):
        return False
    if head.does(_DOES | Role.ASSIGN):
        return True
    if head.does(Role.MANNER):
        return first and any(not p.does(Role.MANNER | Role.VAGUE) for p in told)
    # A verb that the lexicon does not know, right after the lead.
    return (
        first
        and not head.role
        and not head.paper
        and head.key not in _NOUNS | _TIMES
        and len(told) > 1
    )


def _continues(pieces: Sequence[Item], more: Clause, *, made: bool) -> bool:
    """Whether `more` goes on with the work, and is not its product, its report or its date.

    `made`: the work has its product already.
    """
    head = pieces[more.head]
    inside = pieces[more.head : more.end]
    gathers = all(piece.does(Role.COLLECT) for piece in inside)
    proposes = head.does(Role.MAKE) and bool(inside[1].names)
    if gathers or proposes or _makes(pieces, more) or any(p.does(Role.QUOTA) for p in inside):
        return False
    if head.does(Role.ADVISE):
        return any(piece.does(Role.SUBMIT) for piece in inside)
    return head.does(_DOES) and not head.does(_APART) and not made


def _makes(pieces: Sequence[Item], clause: Clause) -> bool:
    return any(object_of(pieces, i, clause.end) is not None for i in range(clause.head, clause.end))


def _all_verbs(pieces: Sequence[Item], start: int, end: int) -> bool:
    """Whether an action has no object yet: rà soát, đánh giá."""
    told = pieces[start:end]
    named = any(p.paper and p.capital for p in told[1:])
    return not named and all(p.does(_VERBS) or p.mark or p.key == "và" for p in told)


def _before_decision(pieces: Sequence[Item], clause: Clause) -> int:
    """The end of a clause without the xem xét, quyết định of whoever it is submitted to.

    What is decided stays: trình UBND tỉnh phê duyệt quy hoạch.
    """
    for at in range(clause.head + 1, clause.end - 1):
        submitted = pieces[at].names and pieces[at - 1].does(Role.SUBMIT)
        decided = pieces[at + 1 : clause.end]
        if submitted and all(p.does(Role.DECIDE) or p.mark or p.key == "và" for p in decided):
            return at + 1
    return clause.end


def _answered_for(pieces: Sequence[Item], clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """chịu trách nhiệm trước … về <work>."""
    for clause in clauses:
        answers = [i for i in range(clause.head, clause.end) if pieces[i].does(Role.ANSWER)]
        for at in range(answers[0] + 1 if answers else clause.end, clause.end - 1):
            if pieces[at].key in {"về", "trong", "đối với"}:
                return at + 1, clause.end
    return None


def _named_work(pieces: Sequence[Item], clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """Việc kiểm kê rừng: a work told as a noun."""
    for clause in clauses:
        start = clause.head
        while start < clause.end and (pieces[start].key in _NOUNS or pieces[start].mark):
            start += 1
        if clause.head < start < clause.end and pieces[start].key not in _POINTERS:
            return start, clause.end
    return None
