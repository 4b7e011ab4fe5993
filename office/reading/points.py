"""The points of one task, read from its clauses: product, authority, monitor, accountable."""

from collections.abc import Sequence
from dataclasses import dataclass

from office.deadline import Found
from office.language.lexicon import Role
from office.names import Kind, Mention
from office.reading.clauses import Clause, body, object_of
from office.reading.frame import Frame, opens, predicate
from office.reading.items import Item
from office.reading.model import Excerpt, Product
from office.reading.work import work

_COUNTED = "SL"
_REPORT = "BC"
_DRAFT = "DT"
_TOWARDS = frozenset(("cho", "với", "lên", "về", "đến", "tới", "qua", "để", ","))
_SESSION = frozenset(
    ("kỳ", "phiên", "cuộc", "họp", "thứ", "nhất", "thường", "lệ", "chuyên", "đề", "tại")
)
_ASKS = Role.REPORT | Role.PROPOSE | Role.ADVISE | Role.SUBMIT


@dataclass(frozen=True, slots=True)
class Points:
    """What one task states of itself."""

    coordinating: tuple[Mention, ...]
    work: Excerpt | None
    product: Product | None
    deadline: Found | None
    accountable: Excerpt | None
    monitor: Mention | None
    authority: Mention | None


def points(text: str, pieces: Sequence[Item], frame: Frame) -> Points:
    """The points of the task in `frame`."""
    told = body(pieces, frame)
    follows = monitor(pieces, frame, told.clauses)
    product = _product(text, pieces, told.clauses) or _product_before(text, pieces, frame)
    return Points(
        coordinating=told.coordinating,
        work=work(text, pieces, frame, told.clauses, None if follows is None else follows.start),
        product=product,
        deadline=_deadline([p.due for p in pieces[frame.begin : frame.end] if p.due]),
        accountable=_accountable(text, pieces, frame),
        monitor=follows,
        authority=_authority(pieces, frame, product),
    )


def _deadline(stated: Sequence[Found]) -> Found | None:
    """The first that has a date, else the first."""
    dated = (found for found in stated if found.deadline.date is not None)
    return next(dated, stated[0] if stated else None)


def product_in(text: str, pieces: Sequence[Item], clause: Clause) -> Product | None:
    """The paper, or the counted thing, that one clause makes."""
    for at in range(clause.head, clause.end):
        piece = pieces[at]
        if piece.does(Role.QUOTA | Role.DELIVER) and (number := _number(pieces, at, clause.end)):
            return Product(_until(text, pieces, number, clause.end, counted=True), _COUNTED)
        if not _verb_here(pieces, clause, at):
            continue
        paper = object_of(pieces, at, clause.end)
        if paper is not None:
            sent = piece.does(Role.REPORT)
            return Product(
                _until(text, pieces, paper, clause.end, sent=sent), _kind(pieces, paper, clause.end)
            )
    return None


def _number(pieces: Sequence[Item], at: int, end: int) -> int | None:
    """The figure that follows a verb, or the verbs, at `at`: hoàn thành xây dựng 02 nhà văn hóa."""
    at += 1
    while at < end and pieces[at].does(Role.ACT):
        at += 1
    if at + 1 < end and pieces[at + 1].key == "/":
        return None  # trực ban 24/24 giờ
    return at if at < end and pieces[at].key.isdigit() else None


def _verb_here(pieces: Sequence[Item], clause: Clause, at: int) -> bool:
    """Whether a piece that may be a verb is one here, and not inside the object of another."""
    if at == clause.head:
        return True
    before = pieces[at - 1]
    if pieces[at].paper and pieces[at].does(Role.MAKE):
        return before.mark or before.does(Role.ADVISE)
    return (
        before.mark
        or bool(before.names)
        or before.key in {"và", "để"}
        or before.does(Role.MAKE | Role.ADVISE | Role.MANNER)
    )


def _until(
    text: str,
    pieces: Sequence[Item],
    at: int,
    end: int,
    *,
    counted: bool = False,
    sent: bool = False,
) -> Excerpt:
    """The words from `at` up to where the thing goes or, for a counted one, stands."""
    stop = at + 1
    while stop < end:
        goes = sent and pieces[stop].key in _TOWARDS and _names(pieces, stop + 1, end)
        stands = counted and pieces[stop].does(Role.LINK)
        if goes or stands or (sent and pieces[stop].names):
            break
        stop += 1
    return excerpt(text, pieces, at, stop)


def _kind(pieces: Sequence[Item], at: int, end: int) -> str:
    if not pieces[at].paper:
        at += 1
    code = pieces[at].paper
    if code == _DRAFT and at + 1 < end and pieces[at + 1].paper:
        return pieces[at + 1].paper
    return code


def _product(text: str, pieces: Sequence[Item], clauses: Sequence[Clause]) -> Product | None:
    """The first product that is more than a report, else the first report."""
    found: list[Product] = []
    for i, clause in enumerate(clauses):
        product = product_in(text, pieces, clause)
        if product is None and _is_sent(pieces, clause, clauses[i + 1 : i + 2]):
            code = pieces[clause.head].paper
            product = Product(excerpt(text, pieces, clause.head, clause.end), code)
        if product is None and (draft := _draft(pieces, clause, clauses[i + 1 : i + 2])):
            product = Product(
                excerpt(text, pieces, draft, clause.end), _kind(pieces, draft, clause.end)
            )
        if product is not None:
            found.append(product)
    papers = [product for product in found if product.kind not in {_REPORT, _COUNTED}]
    return next(iter(papers or found), None)


def _product_before(text: str, pieces: Sequence[Item], frame: Frame) -> Product | None:
    """The product of a work that stands before its lead: Việc lập hồ sơ do Sở A chủ trì."""
    if not frame.passive:
        return None
    start = next((i for i in range(frame.begin) if pieces[i].role), frame.begin)
    return product_in(text, pieces, Clause(start, start, frame.begin))


def _is_sent(pieces: Sequence[Item], clause: Clause, following: Sequence[Clause]) -> bool:
    """kết luận thanh tra | báo cáo Chủ tịch UBND tỉnh: a paper and where it goes."""
    return (
        bool(pieces[clause.head].paper)
        and not pieces[clause.head].does(Role.REPORT)
        and any(
            not after.after and pieces[after.head].does(Role.SUBMIT | Role.REPORT)
            for after in following
        )
    )


def _draft(pieces: Sequence[Item], clause: Clause, following: Sequence[Clause]) -> int | None:
    """thẩm định | dự thảo Quyết định, trình …: a draft that is worked on and then goes up."""
    at = clause.head + 1
    goes_up = any(pieces[after.head].does(Role.SUBMIT) for after in following)
    drafted = at < clause.end and pieces[at].paper == _DRAFT and pieces[at - 1].does(Role.ACT)
    return at if goes_up and drafted else None


def _authority(pieces: Sequence[Item], frame: Frame, product: Product | None) -> Mention | None:
    """Who decides: the last one it is submitted to, else whoever is advised.

    A name inside the product's own is none: bộ câu hỏi thẩm tra hồ sơ trình UBND tỉnh.
    """
    inside = (product.excerpt.start, product.excerpt.end) if product else (0, 0)
    decides: Mention | None = None
    advised: Mention | None = None
    for at in range(frame.body, frame.end):
        if not pieces[at].names or pieces[at].names[0].kind is Kind.COLLECTIVE:
            continue
        if inside[0] <= pieces[at].start < inside[1]:
            continue
        before = at - 1
        while before > frame.begin and pieces[before].key in _TOWARDS | _SESSION:
            before -= 1
        asked = pieces[before]
        name = pieces[at].names[0]
        decision = at + 2 if _key(pieces, at + 1) in {",", "để"} else at + 1
        decided = decision < frame.end and pieces[decision].does(Role.DECIDE)
        asking = asked.does(_ASKS) or asked.key == "đề xuất" or pieces[at - 1].key == "để"
        if asked.does(Role.SUBMIT) or (decided and asking and not asked.does(Role.ADVISE)):
            decides = name
        elif asked.key == "đề xuất" or (
            asked.does(Role.ADVISE | Role.PROPOSE) and not asked.does(Role.ACT)
        ):
            advised = name
    return decides or advised


def monitor(pieces: Sequence[Item], frame: Frame, clauses: Sequence[Clause]) -> Mention | None:
    """Who follows the task: the lead told to, or whoever gathers the reports."""
    for clause in clauses:
        first = pieces[clause.head]
        if first.names:
            verb = predicate(pieces, clause.head + 1)
            if (
                verb is not None
                and verb < clause.end
                and pieces[verb].does(Role.OVERSEE | Role.COLLECT)
            ):
                return first.names[0]
        elif frame.lead and first.does(Role.OVERSEE) and _follows(pieces, clause):
            return frame.lead[0]
    reported = False
    for at in range(frame.body, frame.end - 1):
        reported = reported or pieces[at].does(Role.REPORT)
        if not (reported and pieces[at].names):
            continue
        gathers = at + 1
        while gathers < frame.end and (
            pieces[gathers].key in {"để", ",", ")"} or pieces[gathers].due is not None
        ):
            gathers += 1
        if (
            gathers < frame.end
            and pieces[gathers].does(Role.COLLECT | Role.OVERSEE)
            and not pieces[at - 1].does(Role.COORDINATE)
        ):
            return pieces[at].names[0]
    return None


def _follows(pieces: Sequence[Item], clause: Clause) -> bool:
    """theo dõi, đôn đốc; đôn đốc việc thực hiện: following a task, not doing one."""
    told = pieces[clause.head : clause.head + 4]
    return sum(piece.does(Role.OVERSEE) for piece in told) > 1 or any(
        piece.does(Role.VAGUE) for piece in told
    )


def _accountable(text: str, pieces: Sequence[Item], frame: Frame) -> Excerpt | None:
    """chịu trách nhiệm trước …, or whoever else is said to answer for the task."""
    for at in range(frame.begin, frame.end):
        if not pieces[at].does(Role.ANSWER):
            continue
        following = pieces[at + 1] if at + 1 < frame.end else None
        if following is not None and following.does(Role.ACT | Role.ADVISE | Role.SUBMIT):
            continue
        subject = at - 1
        while subject > frame.begin and pieces[subject].does(Role.MANNER | Role.DUTY):
            subject -= 1
        if pieces[subject].names and subject != frame.group and opens(pieces, subject):
            name = pieces[subject].names[0]
            return Excerpt(name.start, name.end, name.text)
        end = at + 1
        while end < frame.end and not (
            pieces[end].mark
            or pieces[end].due is not None
            or pieces[end].key == "nếu"
            or (pieces[end].does(Role.LINK) and pieces[end].key != "trước")
        ):
            end += 1
        return excerpt(text, pieces, at, end)
    return None


def excerpt(text: str, pieces: Sequence[Item], at: int, end: int) -> Excerpt:
    """The words of pieces `at` to `end`, without the marks around them."""
    while end > at + 1 and pieces[end - 1].edge:
        end -= 1
    start, stop = pieces[at].start, pieces[end - 1].end
    return Excerpt(start, stop, text[start:stop])


def _names(pieces: Sequence[Item], at: int, end: int) -> bool:
    return at < end and bool(pieces[at].names)


def _key(pieces: Sequence[Item], at: int) -> str:
    return pieces[at].key if at < len(pieces) else ""
