"""What may be done with a follow-up, step by step, from its assignment to the review of its effect.

Each function writes one event (`office.followups.record`), and the cells that follow from it, in
one transaction, and returns the event. All take who wrote it down (`by`), when it happened where
that was not now (`at`, UTC), and raise ThukyError where it may not happen, ReasonNeeded where it
may with a reason. Dates are days of the office.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict, Unpack

from office.followups import counting, record
from office.lateness import last_day
from office.life_rules import asked
from office.moments import ZONE, parse_date, parse_moment, show_date, to_utc
from office.workdays import WorkCalendar
from schema.errors import N_, ThukyError
from schema.records import Followup, FollowupEvent
from schema.store import Store
from schema.viet import fold

_DAYS = re.compile(r"(?:them |trong )?(?:vong )?(\d{1,3}) (ngay lam viec|ngay|tuan)")
_CLOSE_OF_DAY = time(17)


class Written(TypedDict, total=False):
    """Who wrote an event down, when it happened (UTC), at which meeting."""

    by: str
    at: str | None
    meeting: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """What a follow-up came to: what it is; the paper's number and day; where it is (a link, the
    path of a file); a figure with its unit."""

    product: str = ""
    number: str = ""
    issued_on: date | None = None
    link: str = ""
    figure: float | None = None
    measure: str = ""


def assign(
    store: Store,
    followup: str,
    *,
    unit: str | None = None,
    person: str | None = None,
    reason: str = "",
    **written: Unpack[Written],
) -> FollowupEvent:
    """Give it to a unit, then to a person: where only a person is named, to the unit that has it.
    A point that is not clear needs a reason."""
    told = {name: id for name, id in (("unit", unit), ("person", person)) if id}
    return record(store, followup, "assigned", note=reason, **told, **written)


def take(
    store: Store, followup: str, *, note: str = "", **written: Unpack[Written]
) -> FollowupEvent:
    """The unit takes it on."""
    return _by_lead(store, followup, "taken", note, **written)


def contest(
    store: Store, followup: str, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    """The unit does not take it on; it stays open until somebody decides."""
    return _by_lead(store, followup, "refused", reason, **written)


def progress(
    store: Store, followup: str, *, note: str, **written: Unpack[Written]
) -> FollowupEvent:
    if not note.strip():
        raise ThukyError(N_("Báo tiến độ phải nói đã làm đến đâu; chưa ghi gì."), field="note")
    return _by_lead(store, followup, "progressed", note, **written)


def ask_extension(
    store: Store, followup: str, to: date, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    """The unit asks for time until a day, which is the last in time."""
    lead = store.get(Followup, followup).lead
    return record(
        store,
        followup,
        "extension_asked",
        note=reason,
        unit=lead,
        due_to=to.isoformat(),
        **written,
    )


def extend(
    store: Store, followup: str, to: date, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    """Grant time until a day, perhaps other than was asked for; the deadline is that day now."""
    return record(store, followup, "extended", note=reason, due_to=to.isoformat(), **written)


def refuse_extension(
    store: Store, followup: str, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    wanted = asked(counting(store, followup))
    told = {"due_from": wanted.due_from, "due_to": wanted.due_to} if wanted else {}
    return record(store, followup, "extension_refused", note=reason, **told, **written)


def submit(
    store: Store, followup: str, product: Product, *, note: str = "", **written: Unpack[Written]
) -> FollowupEvent:
    """Hand in what it came to, to be accepted or returned."""
    return _by_lead(store, followup, "submitted", note, product, **written)


def send_back(
    store: Store, followup: str, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    return record(store, followup, "returned", note=reason, **written)


def close(
    store: Store,
    followup: str,
    *,
    who: str = "",
    person: str | None = None,
    reason: str = "",
    product: Product | None = None,
    effect_due: date | None = None,
    **written: Unpack[Written],
) -> FollowupEvent:
    """Accept it as done: by the authority, or by whom is named (`who`, `person` where they are on
    file), who needs a reason where they have not the authority.

    `product` is what it came to where nothing was submitted; on `effect_due` its effect is to be
    looked at.
    """
    with store.transaction():
        now = store.get(Followup, followup)
        told = _cells(product) if product else {}
        told |= {"value": who or now.authority, "person": person}
        event = record(store, followup, "done", note=reason, **told, **written)
        if effect_due:
            store.update(Followup, followup, effect_due=effect_due.isoformat())
        return event


def review(
    store: Store, followup: str, effect: str, *, note: str = "", **written: Unpack[Written]
) -> FollowupEvent:
    """Say how good its effect was, a code of EFFECTS."""
    return record(store, followup, "reviewed", note=note, value=effect, **written)


def cancel(
    store: Store, followup: str, *, reason: str, **written: Unpack[Written]
) -> FollowupEvent:
    return record(store, followup, "cancelled", note=reason, **written)


def reopen(
    store: Store, followup: str, *, reason: str = "", **written: Unpack[Written]
) -> FollowupEvent:
    return record(store, followup, "reopened", note=reason, **written)


def _by_lead(
    store: Store,
    followup: str,
    kind: str,
    note: str,
    product: Product | None = None,
    **written: Unpack[Written],
) -> FollowupEvent:
    """What the unit that has it, and the person who answers, did."""
    now = store.get(Followup, followup)
    told = {"unit": now.lead, "person": now.accountable_person}
    return record(
        store, followup, kind, note=note, **told, **(_cells(product) if product else {}), **written
    )


def _cells(product: Product) -> dict[str, str | float | None]:
    return {
        "product": " ".join(product.product.split()),
        "number": product.number.strip(),
        "issued_on": product.issued_on.isoformat() if product.issued_on else None,
        "link": product.link.strip(),
        "figure": product.figure,
        "measure": " ".join(product.measure.split()),
    }


# What is typed


def moment_of(text: str, now: datetime) -> str:
    """When something happened, as it is kept: a day (its end, or now where that is today), perhaps
    with an hour. Raises ThukyError."""
    today = now.date()
    try:
        day = parse_date(text, today)
    except ThukyError as not_a_day:
        try:
            return to_utc(parse_moment(text, today))
        except ThukyError:
            raise not_a_day from None
    return to_utc(
        min(now, datetime.combine(day, _CLOSE_OF_DAY, ZONE))
        if day <= today
        else datetime.combine(day, time(), ZONE)
    )


def later_deadline(followup: Followup, text: str, today: date, calendar: WorkCalendar) -> date:
    """The day until which time is asked for or granted: a day, or “10 ngày”, “5 ngày làm việc”,
    “2 tuần” from the deadline in force. Counted days that end on a day off end on the next working
    day (Civil Code 2015, art. 148). Raises ThukyError."""
    counted = _DAYS.fullmatch(" ".join(fold(text).split()))
    if counted is None:
        return parse_date(text, today)
    old = last_day(followup)
    if old is None:
        raise ThukyError(
            N_("Nhiệm vụ này chưa có ngày hạn nên không có gì để gia hạn; hãy ghi thời hạn trước.")
        )
    number, unit = int(counted[1]), counted[2]
    if not number:
        raise ThukyError(
            N_("Gia hạn đến {new} không muộn hơn hạn đang có ({old}); chưa ghi gì."),
            new=show_date(old),
            old=show_date(old),
        )
    if unit == "ngay lam viec":
        return calendar.add_working(old, number)
    return calendar.on_or_after(old + timedelta(days=number * (7 if unit == "tuan" else 1)))
