"""The year-opening conference is read as it was meant, and leaves out nothing that was asked."""

import pytest

from office.demo.conference import DAY, DIRECTIONS, LINES, Direction
from office.demo.words import units
from office.known import Known, unit_names
from office.marks import content_of
from office.points import Point
from office.workdays import WorkCalendar, special_days
from schema.records import Unit
from schema.seeds import calendar_days

# What the press report of the conference asks of somebody: neither an award nor a figure.
DUTIES = {24, 25, 26, 27, 28, *range(30, 38), *range(39, 49)} - {38}
SUGGESTED = {Point.PRODUCT: "product", Point.AUTHORITY: "authority"}


@pytest.fixture(scope="module")
def reader() -> Known:
    named = [Unit(id=u.name, name=u.name, abbr=u.abbr, aliases=u.aliases) for u, _ in units()]
    return Known(unit_names(named), WorkCalendar(special_days(calendar_days())))


def test_every_direction_that_was_given_is_there() -> None:
    assert {duty for direction in DIRECTIONS for duty in direction.duties} == DUTIES


def test_every_direction_is_a_conclusion_of_the_minutes() -> None:
    conclusions = [content_of(line) for line in LINES if line.startswith("= ")]
    assert [c for c in conclusions if c in {d.sentence for d in DIRECTIONS}] == [
        direction.sentence for direction in DIRECTIONS
    ]


@pytest.mark.parametrize("direction", DIRECTIONS, ids=lambda d: f"duty {d.duties[0]}")
def test_a_direction_is_read_as_the_follow_up_of_the_table(
    direction: Direction, reader: Known
) -> None:
    reading = reader.read(direction.sentence, DAY)
    assert reading.task
    assert reading.split == ()
    assert reading.missing == direction.missing
    cells = reader.cells(reading)
    for point in direction.suggested:
        cells[SUGGESTED[point]] = reading.suggested[SUGGESTED[point]]
    for point in direction.typed:
        cells[SUGGESTED[point]] = getattr(direction, SUGGESTED[point])
    assert cells["lead"] == direction.lead
    assert tuple(cells.get("coordinating", "").split("\n")) == (direction.coordinating or ("",))
    assert cells["work"] == direction.work
    assert cells["product"] == direction.product
    assert cells["authority"] == direction.authority
    assert cells.get("accountable", "") == direction.accountable
    assert cells["due"] == direction.due.isoformat()
    assert cells["due_text"] == direction.due_text
    assert cells["due_time"] == direction.due_time
    assert cells["inclusive"] == direction.inclusive
    assert cells["recurrence"] == direction.recurrence


def test_no_other_line_is_read_as_a_direction(reader: Known) -> None:
    sentences = {direction.sentence for direction in DIRECTIONS}
    others = [c for line in LINES if (c := content_of(line)) not in sentences and line[0] != "#"]
    assert [line for line in others if reader.read(line, DAY).task] == []
