"""Who is to be at a meeting."""

from schema.records import Attendance, Meeting, Person, Unit
from schema.store import Store
from tui.queries import attendance_of


def invite(store: Store, meeting: str, id: str, name: str) -> Attendance:
    """Put somebody at the end of a meeting's list.

    `id` is that of a person, or of a unit that sends somebody; without one, the name stands for
    itself. Whoever is there already is not put twice.
    """
    there = attendance_of(store, meeting)
    person, unit = store.find(Person, id), store.find(Unit, id)
    for attendance in there:
        same = id in (attendance.person, attendance.unit) if id else attendance.name == name
        if same:
            return attendance
    return store.insert(
        Attendance(
            meeting=meeting,
            person=person.id if person else None,
            unit=unit.id if unit else None,
            name="" if person or unit else name,
            role="member",
            position=max((a.position for a in there), default=0.0) + 1.0,
        )
    )


def again(store: Store, meeting: str) -> int:
    """Invite those who were at the meeting before: of the same series, or else of the same title.

    Returns how many were not in the list yet.
    """
    now = store.get(Meeting, meeting)
    like = ("series", now.series) if now.series else ("title", now.title)
    before = store.live(
        Meeting,
        f"{like[0]} = ? AND id <> ? AND starts_at <= ? ORDER BY starts_at DESC LIMIT 1",
        like[1],
        meeting,
        now.starts_at,
    )
    if not before:
        return 0
    there = attendance_of(store, meeting)
    known = {(a.person, a.unit, a.name) for a in there}
    position = max((a.position for a in there), default=0.0)
    new = [a for a in attendance_of(store, before[0].id) if (a.person, a.unit, a.name) not in known]
    with store.transaction():
        for offset, a in enumerate(new, start=1):
            store.insert(
                Attendance(
                    meeting=meeting,
                    person=a.person,
                    unit=a.unit,
                    name=a.name,
                    role=a.role,
                    position=position + offset,
                )
            )
    return len(new)
