from collections.abc import Mapping
from typing import Any

import pytest

from office import labels
from schema.life import STATE_AFTER
from schema.records import Attendance, Followup, FollowupEvent, Meeting, Unit
from schema.tables import columns_of

TABLES: tuple[tuple[Mapping[str, str], type[Any], str], ...] = (
    (labels.MEETING_KINDS, Meeting, "kind"),
    (labels.SECRECY, Meeting, "secrecy"),
    (labels.URGENCY, Meeting, "urgency"),
    (labels.ATTENDANCE_ROLES, Attendance, "role"),
    (labels.ATTENDANCE_STATUSES, Attendance, "status"),
    (labels.FOLLOWUP_STATES, Followup, "state"),
    (labels.FOLLOWUP_EVENTS, FollowupEvent, "kind"),
    (labels.UNIT_TYPES, Unit, "type"),
)


@pytest.mark.parametrize(("codes", "record", "column"), TABLES)
def test_the_first_code_is_what_a_new_row_has(
    codes: Mapping[str, str], record: type[Any], column: str
) -> None:
    default = next(c.default for c in columns_of(record) if c.name == column)
    assert next(iter(codes)) == default


def test_every_event_that_leads_to_a_state_has_a_name() -> None:
    assert set(STATE_AFTER) <= set(labels.FOLLOWUP_EVENTS)


def test_every_state_that_an_event_leads_to_has_a_name() -> None:
    assert set(labels.FOLLOWUP_STATES) == set(STATE_AFTER.values())


@pytest.mark.parametrize("codes", [codes for codes, _, _ in TABLES] + [labels.MEETING_PHASES])
def test_no_two_codes_have_one_name(codes: Mapping[str, str]) -> None:
    assert len(set(codes.values())) == len(codes)
