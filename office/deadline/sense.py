"""Which words that name a time set a deadline, and which date a paper, tell a story or a start."""

from itertools import pairwise

from office.deadline.bounds import Bound
from office.deadline.counted import Counted
from office.deadline.days import MonthDay
from office.deadline.events import Event
from office.deadline.grammar import Reading, Vague
from office.deadline.named_days import WeekDay
from office.deadline.recurrence import Every
from office.deadline.spans import Impossible, Span
from office.deadline.words import Reader

_PLANNED = frozenset(
    {"hoạch", "trình", "vụ", "tác", "lịch", "họp", "quả", "nghị", "quân", "trưởng"}
)
"""Last words of nouns that a period after them qualifies: kế hoạch tuần sau, nhiệm vụ tháng tới."""
_DATED = frozenset(
    {("quyết", "định"), ("nghị", "định"), ("nghị", "quyết"), ("thông", "báo"), ("công", "văn")}
    | {("tờ", "trình"), ("chỉ", "thị"), ("công", "điện"), ("văn", "bản"), ("kết", "luận")}
    | {("thông", "tư"), ("hội", "nghị"), ("cuộc", "họp"), ("phiên", "họp"), ("kỳ", "họp")}
)
"""Nouns whose own date a bare "ngày ..." after them is."""
_NOT_A_DEADLINE = frozenset({"tính", "kể", "trừ", "gồm"})  # tính đến ngày, không kể Chủ nhật
_FINISHED = frozenset({"thành", "xong", "thúc"})
_LABELS = _FINISHED | {"hạn", "gian", "hiện", "độ"}
"""Last words of labels: thời gian hoàn thành: quý III/2026."""
_PLANS = frozenset(
    {("đề", "án"), ("kế", "hoạch"), ("chiến", "lược"), ("quy", "hoạch"), ("chương", "trình")}
    | {("đồ", "án"), ("lộ", "trình"), ("dự", "án"), ("phương", "án"), ("định", "hướng")}
)
_NAME_OF_PLAN = 20
_NEAR = 4
"""How many words on a period may still belong to a meeting: kỳ họp thường lệ giữa năm."""


def sets_deadline(r: Reader, first: int, said: Reading) -> bool:
    """Whether what was `said` from the token `first` on sets a deadline."""
    target = said.target
    before = r.words[first - 1] if first else ""
    if isinstance(target, Event | Counted):
        return not target.loose
    if isinstance(target, Vague) or said.every:
        return True
    if said.bound is Bound.FROM or before in _NOT_A_DEADLINE:
        return False
    if isinstance(target, Every):
        return before not in _PLANNED
    bare = _bare(said)
    if isinstance(target, Impossible):
        return not bare
    if isinstance(target, Span):
        return _period_sets_deadline(r, first, said, target)
    if isinstance(target, MonthDay):
        return _date_sets_deadline(r, first, said, target)
    if isinstance(target, WeekDay):
        return not bare or not (target.ordinal or before in _PLANNED)
    if said.bound is Bound.NONE and (said.hour_alone or target.holiday):
        return False
    return not bare or (target.date > r.scene.on and before not in _PLANNED)


def _bare(said: Reading) -> bool:
    """Whether a day stands with neither a bound nor an hour."""
    return said.bound is Bound.NONE and said.clock is None


def _period_sets_deadline(r: Reader, first: int, said: Reading, span: Span) -> bool:
    if span.last < r.scene.on:
        return said.bound is Bound.BEFORE
    if _reaches_of_paper(r, first, span):
        return False
    if said.bound is not Bound.NONE:
        return True
    *_, word, before = ("", "", *r.words[max(0, first - _NEAR) : first])
    if r.words[first] == "sang" or before in _FINISHED or (before == ":" and word in _LABELS):
        return True
    return not (span.named or before in _PLANNED or "họp" in r.words[max(0, first - _NEAR) : first])


def _reaches_of_paper(r: Reader, first: int, span: Span) -> bool:
    """Whether a year says how far a plan looks: Đề án phát triển du lịch đến năm 2030."""
    if r.words[first] not in {"đến", "tới", "giai"} or (span.last.month, span.last.day) != (12, 31):
        return False
    if r.words[first + 1] != "năm" and r.words[first] != "giai":
        return False
    before = r.words[max(0, first - _NAME_OF_PLAN) : first]
    pairs = list(pairwise(before))
    plan = max((i for i, pair in enumerate(pairs) if pair in _PLANS), default=None)
    return before[-1:] == ["nhìn"] or (
        plan is not None and not {",", ";", ".", ":"}.intersection(before[plan:])
    )


def _date_sets_deadline(r: Reader, first: int, said: Reading, target: MonthDay) -> bool:
    if not target.marked and said.clock is None and said.bound in {Bound.NONE, Bound.WITHIN}:
        return False  # đạt 15/17 chỉ tiêu, trong 5/7 xã
    day = target.on_or_after(r.scene.on)
    bare = _bare(said)
    over = day is not None and day < r.scene.on
    if over and (bare or r.words[first] in {"đến", "tới", "tại"}):
        return False
    return not (bare and _is_date_of_paper(r, first))


def _is_date_of_paper(r: Reader, first: int) -> bool:
    """Whether a date follows a paper's number or name: 15/QĐ-UBND ngày, Thông báo ngày."""
    r.place = first
    if r.word(-1).isdecimal() or (r.typed(-1).isupper() and r.word(-2) in {"/", "-"}):
        return True
    return (r.word(-2), r.word(-1)) in _DATED
