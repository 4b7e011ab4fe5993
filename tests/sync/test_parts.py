"""A task that is given to 148 communes, answered on machines that do not hear of each other."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from office import followups, occurrences, parts
from office.answers import Answer
from office.figures import Figure
from schema.records import Followup, FollowupEvent, FollowupSource, Unit
from sync.conflicts import conflicts
from tests.sync.desks import Desk, Desks, alike

TODAY = date(2040, 1, 1)
COMMUNES = [f"xa{number:03}" for number in range(148)]


@pytest.fixture
def five(tmp_path: Path) -> Iterator[Desks]:
    made = Desks(tmp_path, 5)
    first = made.all[0].store
    with first.transaction():
        for id in COMMUNES:
            first.insert(Unit(id=id, name=f"UBND xã {id}", type="ubnd_xa"))
        whole = followups.add(first, Followup(id="w", work="Báo cáo", due="2039-12-01"))
        first.insert(FollowupEvent(followup=whole.id, kind="assigned", at=first.now()))
    made.sync()
    yield made
    made.close()


def shown(desk: Desk) -> list[tuple[str, str, str]]:
    return [
        (part.unit, part.followup.state, part.answer.note if part.answer else "")
        for part in parts.table(desk.store, "w", TODAY)
    ]


def test_machines_that_split_a_task_alike_make_the_same_parts(five: Desks) -> None:
    for number, desk in enumerate(five.all[:3]):
        five.clock.seconds += 60
        parts.split(desk.store, "w", COMMUNES[number:50])
    five.sync(prove=True)
    for desk in five.all:
        assert [unit for unit, _state, _note in shown(desk)] == [
            f"UBND xã {id}" for id in COMMUNES[:50]
        ]
        assert desk.store.count(FollowupSource, "followup <> 'w'") == 50
        (events,) = desk.store.connection.execute(
            "SELECT count(*) FROM followup_event WHERE followup <> 'w'"
        ).fetchone()
        assert events == 50, "each was assigned once"
        assert not conflicts(desk.store)
        agreements = desk.engine.state.agreements()
        assert agreements
        assert not any(agreement.differs for agreement in agreements)
    assert alike(five.all, "followup", "followup_source")


def test_148_answers_of_five_machines_are_one_table_with_right_totals(five: Desks) -> None:
    parts.split(five.all[0].store, "w", COMMUNES)
    five.sync()
    chance = random.Random(148)
    order = list(COMMUNES)
    chance.shuffle(order)
    for number, unit in enumerate(order):  # nobody syncs meanwhile
        desk = five.all[number % 5]
        five.clock.seconds += chance.randint(0, 3)
        given = Answer(note=f"của {unit}", figure=Figure(COMMUNES.index(unit) + 0.5, "hộ"))
        part = parts.part_for(desk.store, "w", unit)
        parts.answer(desk.store, part.id, given, done=number % 2 == 0, by=desk.device)
    assert {parts.totals(parts.table(d.store, "w", TODAY)).answered for d in five.all} == {29, 30}
    chance.shuffle(five.all)
    five.sync()
    expected = [
        (f"UBND xã {id}", "done" if order.index(id) % 2 == 0 else "submitted", f"của {id}")
        for id in COMMUNES
    ]
    for desk in five.all:
        assert shown(desk) == expected
        assert parts.totals(parts.table(desk.store, "w", TODAY)) == parts.Totals(
            units=148,
            answered=148,
            done=74,
            late=74,
            sums=(parts.Sum(sum(range(148)) + 74.0, "hộ", 148),),
        )
        assert desk.store.get(Followup, "w").state == "in_progress"
    for number, unit in enumerate(order[1::2]):
        desk = five.all[number % 5]
        part = parts.part_for(desk.store, "w", unit)
        parts.answer(desk.store, part.id, Answer(), done=True)
    five.sync()
    for desk in five.all:
        assert desk.store.get(Followup, "w").state == "done"
    assert alike(five.all, "followup")


def test_an_occurrence_that_several_machines_make_is_one(five: Desks) -> None:
    first = five.all[0].store
    rule = "FREQ=MONTHLY;BYMONTHDAY=25"
    task = Followup(id="r", work="Báo cáo", recurrence=rule, due="2039-10-25", lead="xa000")
    first.insert(task)
    first.insert(FollowupSource(id="s", followup="r", kind="directive", number="5/CT-UBND"))
    first.insert(FollowupEvent(followup="r", kind="assigned", at="2039-10-01T00:00:00Z"))
    five.sync()
    for number, desk in enumerate(five.all):
        occurrences.make_due(desk.store, date(2039, 11, 20 + number))
        five.clock.seconds += 3600
    five.sync(prove=True)
    for desk in five.all:
        made = desk.store.select(Followup, "WHERE recurs_from = 'r'")
        assert [(row.occurs_on, row.state) for row in made] == [("2039-11-25", "assigned")]
        assert len(followups.events_of(desk.store, made[0].id)) == 1
        assert len(followups.sources_of(desk.store, made[0].id)) == 1
        assert not any(agreement.differs for agreement in desk.engine.state.agreements())
    assert alike(five.all, "followup", "followup_source")


def test_what_was_done_before_another_machine_made_it_stays_done(five: Desks) -> None:
    ahead, behind = five.all[:2]
    rule = "FREQ=MONTHLY;BYMONTHDAY=25"
    ahead.store.insert(
        Followup(id="r", work="Báo cáo", recurrence=rule, due="2039-12-25", lead="xa000")
    )
    ahead.store.insert(FollowupEvent(followup="r", kind="assigned", at="2039-12-01T00:00:00Z"))
    five.sync()
    ahead.store.insert(FollowupEvent(followup="r", kind="done", at="2039-12-20T00:00:00Z"))
    (made,) = occurrences.make_due(ahead.store, date(2039, 12, 20))
    done = FollowupEvent(followup=made.id, kind="done", at="2039-12-22T00:00:00Z")
    ahead.store.insert(done)
    occurrences.make_due(behind.store, date(2040, 1, 20))
    five.sync()
    for desk in five.all:
        occurrences.make_due(desk.store, date(2040, 1, 1))
    five.sync(prove=True)
    for desk in five.all:
        assert desk.store.get(Followup, made.id).state == "done"
        assert not any(agreement.differs for agreement in desk.engine.state.agreements())
    assert alike(five.all, "followup")
