"""What may happen to a follow-up, and when: the rules that each event of its life is held against.

Some rules may be set aside for a reason, which is kept with the event (`waived`): a point that is
not clear at assignment, no product where the kind of task has none, an acceptance by somebody
without the authority, parts left open, an event written down out of order. Others may not.

Public entrance: `check`, `ReasonNeeded`.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from office.authority import has_authority
from office.labels import EFFECTS, FOLLOWUP_EVENTS, WITHOUT_PRODUCT
from office.lateness import last_day
from office.moments import local, office_day, show_date
from office.points import Point, missing
from schema.errors import N_, ThukyError
from schema.life import ENDED, STATE_AFTER
from schema.records import Followup, FollowupEvent

REASON_NEEDED = (
    *("cancelled", "refused", "paused", "returned"),
    *("extension_asked", "extended", "extension_refused"),
)
"""What is never written down without saying why."""
CONTENT = ("progressed", "answered", "noted", "submitted", "reminded")
"""Events whose note is what was said, not why a rule is set aside."""
AFTER_ALL = ("noted", "reviewed", "answered")
"""What may still happen to what has ended."""
_NEED_GIVEN = (
    *("taken", "refused", "started", "progressed", "extension_asked", "submitted", "done"),
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

POINT_NAMES = {
    Point.LEAD: N_("rõ người"),
    Point.WORK: N_("rõ việc"),
    Point.DEADLINE: N_("rõ thời gian"),
    Point.RESPONSIBILITY: N_("rõ trách nhiệm"),
    Point.PRODUCT: N_("rõ sản phẩm"),
    Point.AUTHORITY: N_("rõ thẩm quyền"),
}


class ReasonNeeded(ThukyError):
    """Something is written down only with a reason. `rules` are the codes of what it would set
    aside, none where it needs a reason by itself."""

    def __init__(self, faults: Sequence[ThukyError], rules: Sequence[str] = ()) -> None:
        last = N_("Chưa ghi gì; vẫn ghi thì phải nêu lý do.")
        if not faults:
            last = N_("Cần ghi lý do; chưa ghi gì.")
        told = {f"part{n}": fault for n, fault in enumerate([*faults, ThukyError(last)])}
        super().__init__(" ".join(f"{{{name}}}" for name in told), **told)
        self.rules = tuple(rules)


@dataclass(frozen=True, slots=True)
class Case:
    """All that an event is judged by.

    `happened` are the earlier events that count, in order of time; `after` is the follow-up as the
    event leaves its cells; `called` are the names of whoever accepts it.
    """

    followup: Followup
    after: Followup
    happened: Sequence[FollowupEvent]
    today: date
    given: date | None = None
    open_parts: int = 0
    parts: int = 0
    called: Sequence[str] = field(default_factory=tuple)


def check(event: FollowupEvent, case: Case) -> tuple[str, ...]:
    """The rules that an event sets aside. Raises ThukyError where it may not be, ReasonNeeded
    where it may with a reason and has none."""
    _possible(event, case)
    _values(event, case)
    reason = event.note if event.kind not in CONTENT else ""
    if event.kind in REASON_NEEDED and not reason:
        raise ReasonNeeded([])
    broken = list(_broken(event, case))
    # What was said with it may be why it comes out of order.
    if broken and not (reason or (event.note and all(rule == "order" for rule, _ in broken))):
        raise ReasonNeeded([fault for _, fault in broken], [rule for rule, _ in broken])
    return tuple(dict.fromkeys(rule for rule, _ in broken))


def before(event: FollowupEvent, case: Case) -> list[FollowupEvent]:
    """What had happened by the moment of an event."""
    return [other for other in case.happened if (other.at, other.id) <= (event.at, event.id)]


def state_of(happened: Sequence[FollowupEvent]) -> str:
    """The state that events, in order of time, leave a follow-up in."""
    kinds = [event.kind for event in happened if event.kind != "proposed"]
    return next((STATE_AFTER[k] for k in reversed(kinds) if k in STATE_AFTER), "proposed")


def asked(happened: Sequence[FollowupEvent]) -> FollowupEvent | None:
    """The extension that was asked for and neither granted nor refused yet."""
    of_extensions = [e for e in happened if e.kind.startswith("exten")]
    return next((e for e in of_extensions[-1:] if e.kind == "extension_asked"), None)


def submission(happened: Sequence[FollowupEvent]) -> FollowupEvent | None:
    """The product that waits for acceptance or was accepted; None once it was returned."""
    telling = [e for e in happened if e.kind in ("submitted", "returned", "reopened")]
    return next((e for e in telling[-1:] if e.kind == "submitted"), None)


def _possible(event: FollowupEvent, case: Case) -> None:
    kind, state = event.kind, case.followup.state
    earlier = before(event, case)
    then = state_of(earlier)
    day = office_day(event.at)
    if day is None or day > case.today:
        raise ThukyError(
            N_("Ngày {day} chưa đến, việc chưa thể xảy ra; chưa ghi gì."),
            day=show_date(day) if day else event.at,
        )
    if kind == "reviewed":
        if state != "done":
            raise ThukyError(
                N_("Nhiệm vụ chưa được xác nhận hoàn thành nên chưa đánh giá được; chưa ghi gì.")
            )
    elif state in ENDED and then in ENDED and kind not in ("reopened", *AFTER_ALL):
        raise ThukyError(
            N_(
                "Nhiệm vụ này đã kết thúc, chưa ghi gì thêm; muốn làm tiếp thì mở lại trước"
                " (reopened)."
            )
        )
    if kind == "reopened" and case.parts and state == "done" and then not in ENDED:
        raise ThukyError(
            N_(
                "Nhiệm vụ này xong vì mọi phần đã xong; chưa ghi gì. Muốn làm tiếp thì mở lại phần"
                " của đơn vị."
            )
        )
    if kind == "reopened" and then not in (*ENDED, "paused"):
        raise ThukyError(N_("Nhiệm vụ này đang mở sẵn; chưa ghi gì."))
    if kind == "returned" and then != "submitted":
        raise ThukyError(N_("Chưa có kết quả nào được trình để trả lại; chưa ghi gì."))
    if kind == "extension_refused" and asked(earlier) is None:
        raise ThukyError(N_("Chưa ai xin gia hạn nên không có gì để từ chối; chưa ghi gì."))


def _values(event: FollowupEvent, case: Case) -> None:
    """What its kind tells is there, and is right."""
    for cell, words in (("number", N_("Số văn bản")), ("link", N_("Liên kết, tệp"))):
        if _CONTROL.search(getattr(event, cell)):
            raise ThukyError(
                N_(
                    "{what} có ký tự điều khiển ẩn nên không mở được; chưa ghi gì, hãy gõ lại bằng"
                    " tay."
                ),
                what=ThukyError(words),
                field=cell,
            )
    if event.figure is not None and not (math.isfinite(event.figure) and event.measure):
        raise ThukyError(
            N_("Số liệu phải có đơn vị tính, như “12 km” hay “10,5 %”; chưa ghi gì."),
            field="figure",
        )
    issued = day_of(event.issued_on, "issued_on")
    if issued and issued > case.today:
        raise ThukyError(
            N_("Ngày văn bản {day} chưa đến; chưa ghi gì."),
            day=show_date(issued),
            field="issued_on",
        )
    if event.kind == "submitted" and not event.product:
        raise ThukyError(N_("Trình kết quả phải nói sản phẩm là gì; chưa ghi gì."), field="product")
    if event.kind in ("extension_asked", "extended"):
        _extension(event, case)
    if event.kind == "reviewed" and event.value not in filter(None, EFFECTS):
        raise ThukyError(
            N_("Đánh giá tác động là một trong: {codes}; chưa ghi gì."),
            codes=", ".join(filter(None, EFFECTS)),
        )


def _extension(event: FollowupEvent, case: Case) -> None:
    old, new = last_day(case.followup), day_of(event.due_to, "due_to")
    if old is None:
        raise ThukyError(
            N_("Nhiệm vụ này chưa có ngày hạn nên không có gì để gia hạn; hãy ghi thời hạn trước.")
        )
    if new is None:
        raise ThukyError(N_("Gia hạn phải nói đến ngày nào; chưa ghi gì."), field="due_to")
    if new <= old:
        raise ThukyError(
            N_("Gia hạn đến {new} không muộn hơn hạn đang có ({old}); chưa ghi gì."),
            new=show_date(new),
            old=show_date(old),
            field="due_to",
        )
    if new < local(event.at).date():
        raise ThukyError(
            N_("Gia hạn đến {new} là ngày đã qua; chưa ghi gì."),
            new=show_date(new),
            field="due_to",
        )


def _broken(event: FollowupEvent, case: Case) -> Iterator[tuple[str, ThukyError]]:
    """The rules that an event would set aside, each with what is wrong."""
    if fault := _out_of_order(event, case):
        yield "order", fault
    if event.kind == "assigned" and not case.after.role:
        # Of what is given to many units each leads its part.
        known = (Point.LEAD, Point.RESPONSIBILITY) if case.parts else ()
        if gone := [point for point in missing(case.after) if point not in known]:
            yield "points", Unclear(gone)
    if event.kind != "done":
        return
    if case.open_parts:
        yield (
            "parts",
            ThukyError(N_("Còn {n} phần chưa xong."), n=case.open_parts),
        )
    if not case.parts and case.followup.role != "milestone":
        if not event.product and submission(case.happened) is None:
            if case.followup.kind not in WITHOUT_PRODUCT:
                raise ThukyError(
                    N_(
                        "Chưa có sản phẩm nào được trình: hoàn thành là có sản phẩm (văn bản, tệp,"
                        " liên kết, số liệu), không phải lời nói. Chưa ghi gì; hãy trình kết quả"
                        " trước."
                    )
                )
            yield "product", ThukyError(N_("Chưa có sản phẩm nào được trình."))
        if fault := _without_authority(event, case):
            yield "authority", fault


class Unclear(ThukyError):
    """Some points of a follow-up are not clear."""

    def __init__(self, points: Sequence[Point]) -> None:
        super().__init__(
            N_("Còn thiếu {n} trong 6 điểm: {points}."),
            n=len(points),
            points=_Listed(points),
        )


class _Listed(ThukyError):
    """Names of points with commas between them, each translated where it is told."""

    def __init__(self, points: Sequence[Point]) -> None:
        names = {f"p{number}": ThukyError(POINT_NAMES[p]) for number, p in enumerate(points)}
        super().__init__(", ".join(f"{{{name}}}" for name in names), **names)


def _without_authority(event: FollowupEvent, case: Case) -> ThukyError | None:
    authority = case.followup.authority
    if not authority:
        if event.value:
            return None
        return ThukyError(N_("Chưa rõ ai có thẩm quyền xác nhận, cũng chưa nói ai xác nhận."))
    # Where nobody is named it is the authority that accepts.
    if not event.value or has_authority(authority, event.value, case.called):
        return None
    return ThukyError(
        N_("Thẩm quyền xác nhận là của {authority}, không phải {who}."),
        authority=authority,
        who=event.value,
    )


def _out_of_order(event: FollowupEvent, case: Case) -> ThukyError | None:
    kind, earlier = event.kind, before(event, case)
    if kind in AFTER_ALL:
        return None
    day = local(event.at).date()
    if case.given and day < case.given:
        return ThukyError(
            N_("Ngày {day} còn trước ngày nêu ra nhiệm vụ ({given})."),
            day=show_date(day),
            given=show_date(case.given),
        )
    needed = kind in _NEED_GIVEN and case.followup.role != "milestone"
    if needed and not any(e.kind == "assigned" for e in earlier):
        later = next((e for e in case.happened if e.kind == "assigned"), None)
        what = ThukyError(FOLLOWUP_EVENTS[kind])
        if later:
            return ThukyError(
                N_("“{what}” ngày {day} còn trước lúc giao ({given})."),
                what=what,
                day=show_date(day),
                given=show_date(local(later.at).date()),
            )
        return ThukyError(N_("Nhiệm vụ chưa giao cho ai mà đã ghi “{what}”."), what=what)
    if case.followup.state in ENDED and kind != "reopened":
        return ThukyError(N_("Nhiệm vụ đã kết thúc sau ngày {day}."), day=show_date(day))
    return None


def day_of(text: str | None, cell: str) -> date | None:
    """A day as it is kept. Raises ThukyError where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ThukyError(
            N_("Không hiểu ngày “{text}”; hãy viết như 27/02/2026."), text=text, field=cell
        ) from None
