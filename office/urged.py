"""What was urged: when, who, by which letter, how often, and what was answered.

An urging is an event `reminded`: whom (a code of URGED) and the rule stand in its `value`, who it
was in `unit` and `person`, the letter in `number` and `issued_on`. Its id is made of follow-up,
day, whom and what it says, and its moment is the start of that day: two machines that urge alike
have one event, and those that do otherwise have two that count as one.

Public entrance: `Urging`, `urgings_of`, `whom_of`, `Sent`, `sent_of`, `mark_urged`, `answer`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from office import followups
from office.labels import URGED
from office.moments import ZONE, office_date, office_day, show_date, to_utc
from office.same_ids import same_id
from office.urging import Item
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent
from schema.store import Store
from schema.urging_rows import urging_events

GROUP_OF = {"unit": "unit", "head": "unit", "leader": "leader", "meeting": "meeting"}
"""Who is reached together: the letter to a unit is for its head as well."""
BY_HAND = "-"
"""Stands for the rule where no rule asked for it."""


@dataclass(frozen=True, slots=True)
class Urging:
    """`answer` is the first word that came after it, and before the next one."""

    event: FollowupEvent
    answer: FollowupEvent | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody is urged about: `followup` is an id; `unit` and `person` who they are."""

    followup: str
    whom: str = "unit"
    rule: str = BY_HAND
    unit: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """`again` of what was to be marked was urged on that day already, `ended` is finished."""

    events: Sequence[FollowupEvent]
    again: int = 0
    ended: int = 0


def sent_of(item: Item, followup: str, kind: str = "") -> list[Sent]:
    """What is sent when all for whom an item is on the list are urged; of a group's `kind` alone
    (unit, leader, meeting), where it is said."""
    return [
        Sent(
            followup,
            reason.whom,
            reason.rule,
            item.lead if reason.whom in ("unit", "head") else None,
            {"head": item.person, "leader": item.leader}.get(reason.whom),
        )
        for reason in item.reasons
        if kind in ("", GROUP_OF[reason.whom])
    ]


def whom_of(event: FollowupEvent) -> tuple[str, str]:
    """Who was urged (a code of URGED), and by which rule."""
    whom, _blank, rule = event.value.partition(" ")
    return (whom if whom in URGED else "unit"), rule


def urgings_of(store: Store, ids: Iterable[str]) -> dict[str, list[Urging]]:
    """How often each of these follow-ups was urged, the first first."""
    found: dict[str, list[Urging]] = {}
    for id, events in groupby(urging_events(store, ids), key=lambda event: event.followup or ""):
        urgings: list[Urging] = []
        seen: set[tuple[str, str]] = set()
        for event in events:
            if event.kind == "reminded":
                if _once(event) not in seen:
                    urgings.append(Urging(event))
                seen.add(_once(event))
            elif urgings and urgings[-1].answer is None:
                urgings[-1] = Urging(urgings[-1].event, event)
        if urgings:
            found[id] = urgings
    return found


def mark_urged(
    store: Store,
    sent: Iterable[Sent],
    on: date,
    *,
    by: str = "",
    number: str = "",
    issued_on: date | None = None,
    note: str = "",
) -> Marked:
    """Write down that they were urged on a day, by the letter of that number and date, in one go.
    Whoever was urged about a thing on that day already stays as they are. Raises ThukyError."""
    today = office_date(store.clock())
    for day in filter(None, (on, issued_on)):
        if day > today:
            raise ThukyError(N_("Ngày {day} chưa đến; chưa ghi gì."), day=show_date(day))
    written: list[FollowupEvent] = []
    again = ended = 0
    with store.transaction():
        for one in sent:
            if store.get(Followup, one.followup).state in ENDED:
                ended += 1
                continue
            told = (by, number.strip(), issued_on.isoformat() if issued_on else "", note.strip())
            id = _free_id(store, one, on, told)
            if id is None:
                again += 1
                continue
            event = FollowupEvent(
                id=id,
                created_at=_start(on),
                followup=one.followup,
                kind="reminded",
                at=_start(on),
                by=by,
                note=note.strip(),
                unit=one.unit,
                person=one.person,
                number=number.strip(),
                issued_on=issued_on.isoformat() if issued_on else None,
                value=f"{one.whom} {one.rule or BY_HAND}",
            )
            written.append(store.insert(event))
    return Marked(written, again, ended)


def answer(store: Store, followup: str, note: str, *, by: str = "") -> FollowupEvent:
    """Write down what was answered. Raises ThukyError where nothing was said, or nobody urged."""
    if not note.strip():
        raise ThukyError(N_("Hãy ghi đơn vị trả lời thế nào; chưa ghi gì."))
    if not urgings_of(store, [followup]):
        raise ThukyError(N_("Nhiệm vụ này chưa được đôn đốc lần nào; chưa ghi gì."))
    return followups.record(store, followup, "answered", by=by, note=note)


def _free_id(store: Store, one: Sent, on: date, told: Sequence[str]) -> str | None:
    """The id for an urging, another one after each that was taken back; None where they were urged
    on that day already."""
    happened = followups.events_of(store, one.followup)
    undone = {event.undoes for event in happened}
    reminded = [event for event in happened if event.kind == "reminded" and event.id not in undone]
    if any(_once(event) == (_start(on), one.whom) for event in reminded):
        return None
    known = {event.id for event in happened}
    names = ("reminded", on.isoformat(), one.whom, one.rule, one.unit or "", one.person or "")
    ids = (same_id(one.followup, *names, *told, str(count)) for count in range(len(known) + 1))
    return next(id for id in ids if id not in known)


def _once(event: FollowupEvent) -> tuple[str, str]:
    """What is urged once: a day as it starts, and whom."""
    day = office_day(event.at)
    return (_start(day) if day else event.at), whom_of(event)[0]


def _start(day: date) -> str:
    return to_utc(datetime.combine(day, time(), ZONE))
