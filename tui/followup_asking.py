"""What is typed into the table of follow-ups to see those of a unit, person, leader or meeting."""

from office.filtering import Clause, Key
from office.saved_filters import OPEN
from schema.records import Meeting
from tui.rows import start_of


def of_unit(name: str) -> str:
    """What asks for the open ones of a unit."""
    return f"{_asking_for(Key.UNIT, name)} {OPEN}"


def of_leader(name: str) -> str:
    """What asks for the open ones that a leader is in charge of."""
    return f"{_asking_for(Key.LEADER, name)} {OPEN}"


def of_field(name: str) -> str:
    """What asks for the open ones of a field of work."""
    return f"{_asking_for(Key.FIELD, name)} {OPEN}"


def of_person(name: str) -> str:
    """What asks for the open ones of a person."""
    return f"{_asking_for(Key.PERSON, name)} {OPEN}"


def of_meeting(meeting: Meeting) -> str:
    """What asks for all those of a meeting."""
    start = start_of(meeting)
    return _asking_for(Key.MEETING, f"{meeting.title} {start:%d/%m/%Y}" if start else meeting.title)


def _asking_for(key: Key, name: str) -> str:
    return Clause(key, (" ".join(name.replace('"', " ").split()),)).text
