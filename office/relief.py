"""A meeting called to get late or stuck follow-ups moving: its title, agenda and who is invited.

Public entrance: `plan`, which only proposes, and `carry_out`, once the meeting is kept. Importing
it takes a while (the heads of units): never at a start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from office import followups
from office.directory import Directory
from office.lateness import days_late
from office.moments import show_date
from office.reading.suggest import head_of
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import AgendaItem, Attendance, Followup, Meeting, Person, Post, Unit
from schema.store import Store
from schema.viet import fold

KIND = "thematic"
# More items than this are gathered into one for each lead unit.
MOST_ITEMS = 10
_MOST_UNITS_NAMED = 2
_MOST_WORKS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda, and the unit that is to speak to it."""

    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`invited` are (person, unit) ids: the head of a unit, or nobody by name where none is on
    file. The papers of the office are in Vietnamese, whatever language the screen speaks."""

    title: str
    agenda: Sequence[Item]
    invited: Sequence[tuple[str | None, str]]
    followups: Sequence[str]


def plan(store: Store, ids: Sequence[str], today: date) -> Plan:
    """A meeting on the follow-ups of these ids. Raises ThukyError where one is closed or none is
    given."""
    chosen = [store.get(Followup, id) for id in dict.fromkeys(ids)]
    if not chosen:
        raise ThukyError(N_("Chưa chọn nhiệm vụ nào để họp."))
    if ended := next((f for f in chosen if f.state in ENDED or f.deleted_at), None):
        raise ThukyError(
            N_("“{work}” đã kết thúc hoặc đã xóa, không đưa ra họp được; chưa tạo cuộc họp."),
            work=ended.work,
        )
    directory = Directory(store.live(Unit), store.live(Person), store.live(Post))
    now = directory.successors
    chosen.sort(key=lambda f: -(days_late(f, today) or -10_000))
    leads = list(dict.fromkeys(now.get(f.lead, f.lead) for f in chosen if f.lead))
    others = [now.get(id, id) for f in chosen for id in f.coordinating.splitlines()]
    names = directory.name_of
    return Plan(
        _title([names(id) for id in leads]),
        _agenda(chosen, leads, directory, today),
        [(_head(store, directory, id, today), id) for id in dict.fromkeys([*leads, *others])],
        [f.id for f in chosen],
    )


def carry_out(store: Store, meeting: Meeting, planned: Plan, *, by: str = "") -> None:
    """Fill in the agenda and the invitations of a kept meeting, and tie the follow-ups to it."""
    with store.transaction():
        for number, item in enumerate(planned.agenda, start=1):
            store.insert(
                AgendaItem(
                    meeting=meeting.id,
                    position=float(number),
                    title=item.title,
                    presenter=item.unit,
                )
            )
        for number, (person, unit) in enumerate(planned.invited, start=1):
            store.insert(
                Attendance(meeting=meeting.id, person=person, unit=unit, position=float(number))
            )
        for id in planned.followups:
            followups.bring_up(store, id, meeting=meeting.id, by=by)


def _title(leads: Sequence[str]) -> str:
    if not leads:
        return "Họp tháo gỡ việc chậm"
    if len(leads) <= _MOST_UNITS_NAMED:
        return f"Họp tháo gỡ việc chậm: {', '.join(leads)}"
    return f"Họp tháo gỡ việc chậm của {len(leads)} đơn vị"


def _agenda(
    chosen: Sequence[Followup], leads: Sequence[str], directory: Directory, today: date
) -> list[Item]:
    if len(chosen) <= MOST_ITEMS:
        return [_one(followup, directory, today) for followup in chosen]
    now = directory.successors
    found = []
    for lead in [*leads, None]:
        theirs = [f for f in chosen if (now.get(f.lead, f.lead) if f.lead else None) == lead]
        if theirs:
            name = directory.name_of(lead)
            works = "; ".join(f.work for f in theirs[:_MOST_WORKS_NAMED])
            more = "…" if len(theirs) > _MOST_WORKS_NAMED else ""
            head = name or "Chưa có đơn vị chủ trì"
            found.append(Item(f"{head}: {len(theirs)} việc: {works}{more}", name))
    return found


def _one(followup: Followup, directory: Directory, today: date) -> Item:
    lead = followup.lead or ""
    name = directory.name_of(directory.successors.get(lead, lead))
    title = f"{name}: {followup.work}" if name else followup.work
    try:
        when = f"hạn {show_date(date.fromisoformat(followup.due or ''))}"
    except ValueError:
        when = followup.due_text
    late = days_late(followup, today) or 0
    facts = [when, f"quá hạn {late} ngày" if late > 0 else ""]
    told = ", ".join(filter(None, facts))
    return Item(f"{title} ({told})" if told else title, name)


def _head(store: Store, directory: Directory, unit: str, today: date) -> str | None:
    """The person who heads a unit on a day, by the title that its head has; None where unknown."""
    title = fold(head_of(directory.name_of(unit)).removesuffix(directory.name_of(unit)).strip())
    day = today.isoformat()
    held = "unit = ? AND coalesce(starts_on, '') <= ? AND coalesce(ends_on, ?) >= ?"
    posts = store.live(Post, f"{held} ORDER BY starts_on, id", unit, day, day, day)
    return next((p.person for p in posts if p.person and fold(p.title).startswith(title)), None)
