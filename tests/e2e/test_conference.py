"""The year-opening conference of 27/02/2026 typed by keys: each direction ends as a follow-up.

The sentences, and what each of them comes to, are those of `office.demo.directions`, which says
for every direction what it states itself and what a person fills in.
"""

import time
from pathlib import Path

from office.demo.conference import DIRECTIONS, LINES, Direction
from office.points import Point
from schema.records import Followup, Unit
from schema.store import Store
from tests.e2e.office import ROOT, meeting, minutes, run, text_of
from tests.e2e.terminal import Terminal

SECONDS_A_KEY = 1 / 8
PACED = 2
"""So many directions are typed at a secretary's pace; the others as fast as they are taken in."""

QUESTIONS = {Point.PRODUCT: "Sản phẩm:", Point.AUTHORITY: "Thẩm quyền"}
CELLS = {Point.PRODUCT: "product", Point.AUTHORITY: "authority"}


def type_at_pace(terminal: Terminal, text: str) -> None:
    """Eight keys a second, whatever the screen does meanwhile."""
    start = time.monotonic()
    for number, key in enumerate(text, 1):
        terminal.type(key)
        while (left := start + number * SECONDS_A_KEY - time.monotonic()) > 0:
            terminal.pump(left)


def take(terminal: Terminal, direction: Direction) -> None:
    """Take the direction that was just typed by one key and fill in what it leaves open."""
    terminal.wait_for(lambda t: "Tab: nhận việc" in t.text())
    terminal.press("tab")
    for point in direction.missing:
        terminal.wait_for(QUESTIONS[point])
        if point in direction.typed:
            terminal.type(getattr(direction, CELLS[point]))
        terminal.press("enter")
    if direction.missing:
        terminal.wait_for(lambda t: not any(q in t.text() for q in QUESTIONS.values()))
    else:
        terminal.wait_for("Đã nhận 1 việc")
        terminal.press("enter")


def test_every_direction_of_the_conference_ends_as_a_follow_up(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    run(db, "unit", "import", str(ROOT / "office/data/units.csv"))
    id = meeting(db)
    directions = {f"= {direction.sentence}": direction for direction in DIRECTIONS}
    paced = list(directions)[:PACED]
    with minutes(db, id) as terminal:
        for line in LINES:
            if line in paced:
                type_at_pace(terminal, line)
            else:
                terminal.type(line)
            if line in directions:
                take(terminal, directions[line])
            else:
                terminal.press("enter")
        terminal.press("escape")
        terminal.wait_for("Hôm nay")
        terminal.type("q")
        assert terminal.wait_exit() == 0

    assert text_of(db, id).rstrip("\n") == "\n".join(LINES)
    with Store(db, must_exist=True) as store:
        names = {unit.id: unit.name for unit in store.live(Unit)}
        kept = {f.line: f for f in store.live(Followup, "meeting = ?", id)}
    assert kept.keys() == {direction.sentence for direction in DIRECTIONS}
    assert {line: points(followup, names) for line, followup in kept.items()} == {
        direction.sentence: expected(direction) for direction in DIRECTIONS
    }


def points(kept: Followup, names: dict[str, str]) -> dict[str, object]:
    """What is compared of a follow-up; units by name."""
    return {
        "lead": names.get(kept.lead or ""),
        "coordinating": tuple(names[unit] for unit in kept.coordinating.splitlines()),
        "work": kept.work,
        "product": kept.product,
        "due": kept.due,
        "due_time": kept.due_time,
        "due_text": kept.due_text,
        "inclusive": bool(kept.inclusive),
        "recurrence": kept.recurrence,
        "authority": kept.authority,
    }


def expected(direction: Direction) -> dict[str, object]:
    return {
        "lead": direction.lead,
        "coordinating": direction.coordinating,
        "work": direction.work,
        "product": direction.product,
        "due": direction.due.isoformat(),
        "due_time": direction.due_time,
        "due_text": direction.due_text,
        "inclusive": direction.inclusive,
        "recurrence": direction.recurrence,
        "authority": direction.authority,
    }
