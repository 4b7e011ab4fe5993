"""The steps that are taken with many follow-ups at once (`office.bulk`).

Public entrance: `event`, `assign`, `submit`, `accept`, `extend`, `remind`, `cells`, `deadline`.
"""

from datetime import date
from typing import Any

from office import followups, lifecycle
from office.bulk import Step
from office.moments import show_date
from office.urged import Sent, mark_urged
from office.workdays import WorkCalendar
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent
from schema.store import Store


def event(kind: str, reason: str = "", **told: Any) -> Step:
    """An event of a kind that tells the same of all."""

    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        return followups.record(store, followup.id, kind, by=by, note=reason, **told)

    return step


def assign(unit: str, reason: str = "") -> Step:
    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        return lifecycle.assign(store, followup.id, unit=unit, reason=reason, by=by)

    return step


def submit(product: str) -> Step:
    """Hand in what it came to."""

    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        return lifecycle.submit(store, followup.id, lifecycle.Product(product=product), by=by)

    return step


def accept(reason: str = "") -> Step:
    """Accept what was submitted."""

    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        return lifecycle.close(store, followup.id, reason=reason, by=by)

    return step


def extend(to: str, reason: str, today: date, calendar: WorkCalendar) -> Step:
    """Until a day, or by so many days (5 ngày làm việc) from the deadline of each."""

    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        day = lifecycle.later_deadline(followup, to, today, calendar)
        return lifecycle.extend(store, followup.id, day, reason=reason, by=by)

    return step


def remind(on: date, note: str = "") -> Step:
    """Urge whoever leads, by hand; nobody is urged twice in one day for one thing."""

    def step(store: Store, followup: Followup, by: str) -> FollowupEvent:
        sent = Sent(followup.id, unit=followup.lead)
        marked = mark_urged(store, [sent], on, by=by, note=note)
        if marked.again:
            raise ThukyError(
                N_("Đã đôn đốc việc này trong ngày {day}; chưa ghi gì."), day=show_date(on)
            )
        if not marked.events:
            raise ThukyError(N_("Nhiệm vụ này đã kết thúc; chưa ghi gì."))
        return marked.events[0]

    return step


def cells(**cells: Any) -> Step:
    """Write the same cells in all."""

    def step(store: Store, followup: Followup, by: str) -> None:
        changed = {name: cell for name, cell in cells.items() if getattr(followup, name) != cell}
        store.update(Followup, followup.id, **changed)

    return step


def deadline(day: date) -> Step:
    """Set the deadline of those that have none or were not given to anybody yet; another one for
    what was given is an extension."""

    def step(store: Store, followup: Followup, by: str) -> None:
        if followup.state in ENDED:
            raise ThukyError(N_("Nhiệm vụ này đã kết thúc; chưa ghi gì."))
        if followup.due and followup.state != "proposed":
            raise ThukyError(
                N_(
                    "Nhiệm vụ đã giao và có thời hạn: đổi thời hạn là gia hạn, cần lý do; chưa ghi"
                    " gì."
                )
            )
        cells = {"due": day.isoformat(), "due_text": "", "inclusive": 1, "due_time": None}
        changed = {name: cell for name, cell in cells.items() if getattr(followup, name) != cell}
        store.update(Followup, followup.id, **changed)

    return step
