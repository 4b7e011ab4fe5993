"""Who is to be urged on a day follows from the office's rules, and nobody is urged twice a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import followups
from office.calendar import keep, work_calendar
from office.urging import urge_list
from office.urging_rules import keep_rule, rules_of
from office.workdays import WorkCalendar
from schema.errors import ThukyError
from schema.records import (
    CalendarDay,
    Field,
    Followup,
    FollowupEvent,
    Person,
    Unit,
    UrgingRule,
)
from schema.store import Store

# A Friday; 02/03 is a Monday.
ON = date(2026, 2, 27)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(
        tmp_path / "thuky.db", clock=lambda: datetime(2026, 1, 5, 3, tzinfo=UTC).timestamp()
    ) as store:
        yield store


def given_to(
    store: Store, due: str | None = None, on: date = date(2026, 2, 25), **cells: Any
) -> str:
    """A follow-up given on a day, of which nothing was heard."""
    made = followups.add(store, Followup(work="Trình đề án", due=due, **cells))
    happened(store, made.id, "assigned", on)
    return made.id


def happened(store: Store, id: str, kind: str, on: date, value: str = "") -> FollowupEvent:
    at = f"{on - timedelta(days=1)}T20:00:00Z"  # in the office it is three o'clock of that day
    return store.insert(FollowupEvent(followup=id, kind=kind, at=at, value=value))


def kinds(store: Store, on: date = ON) -> dict[str, set[tuple[str, str]]]:
    """By follow-up: whom and the kind of rule."""
    ids = {number: row.id for number, row in store.numbered(Followup)}
    return {ids[i.rowid]: {(r.whom, r.kind) for r in i.reasons} for i in urge_list(store, on)}


def rule_of(store: Store, on: date = ON) -> dict[str, str]:
    """The rule for the unit in the list, of the only follow-up there is."""
    items = urge_list(store, on)
    return {reason.whom: reason.rule for item in items for reason in item.reasons}


def test_a_deadline_is_urged_7_3_and_1_working_days_before_and_on_its_day(store: Store) -> None:
    id = given_to(store, "2026-03-13")
    happened(store, id, "started", date(2026, 2, 25))
    days = [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 12)]
    rules = [rule_of(store, day).get("unit") for day in [*days, date(2026, 3, 13)]]
    assert rules == [None, "urge-before-7", "urge-before-3", "urge-before-1", "urge-due"]


def test_what_was_not_urged_on_its_day_stays_on_the_list_and_what_was_does_not(
    store: Store,
) -> None:
    id = given_to(store, "2026-03-13")
    happened(store, id, "started", date(2026, 2, 25))
    assert rule_of(store, date(2026, 3, 5)) == {"unit": "urge-before-7"}
    happened(store, id, "reminded", date(2026, 3, 5), "unit urge-before-7")
    assert rule_of(store, date(2026, 3, 6)) == {}
    assert rule_of(store, date(2026, 3, 10)) == {"unit": "urge-before-3"}


def test_a_late_one_is_urged_the_day_after_then_every_third_and_goes_up(store: Store) -> None:
    id = given_to(store, "2026-03-13")
    happened(store, id, "started", date(2026, 2, 25))
    happened(store, id, "reminded", date(2026, 3, 13), "unit urge-due")
    monday = date(2026, 3, 16)
    assert rule_of(store, monday - timedelta(days=1)) == {}
    assert rule_of(store, monday) == {"unit": "urge-late"}
    happened(store, id, "reminded", monday, "unit urge-late")
    assert rule_of(store, monday + timedelta(days=2)) == {}
    assert rule_of(store, monday + timedelta(days=3)) == {"unit": "urge-late"}
    happened(store, id, "reminded", monday + timedelta(days=3), "unit urge-late")
    # Friday is the fifth working day: the head has not been urged yet.
    assert rule_of(store, monday + timedelta(days=4)) == {"head": "urge-late-head"}
    later = rule_of(store, monday + timedelta(days=18))
    assert later.keys() == {"unit", "head", "leader", "meeting"}


def test_who_was_urged_today_is_not_urged_again_today(store: Store) -> None:
    id = given_to(store, "2026-02-20", lead=store.insert(Unit(name="Sở Tài chính")).id)
    assert kinds(store)[id] == {("unit", "late"), ("head", "late")}
    happened(store, id, "reminded", ON, "unit urge-late")
    assert kinds(store)[id] == {("head", "late")}
    happened(store, id, "reminded", ON, "head urge-late-head")
    assert kinds(store) == {}


def test_an_urging_that_was_taken_back_does_not_count(store: Store) -> None:
    id = given_to(store, "2026-02-26")
    event = happened(store, id, "reminded", ON, "unit urge-late")
    assert kinds(store) == {}
    followups.undo(store, event)
    assert kinds(store)[id] == {("unit", "late")}


def test_silence_after_assignment_is_urged_until_a_word_comes(store: Store) -> None:
    id = given_to(store, on=date(2026, 2, 20))
    assert rule_of(store, date(2026, 2, 26)) == {}
    assert rule_of(store) == {"unit": "urge-silent"}
    (item,) = urge_list(store, ON)
    assert (item.given, item.late, item.kind) == ("2026-02-20", None, "silent")
    happened(store, id, "progressed", ON)
    assert rule_of(store) == {}


def test_a_day_before_which_it_must_be_done_is_itself_late(store: Store) -> None:
    id = given_to(store, ON.isoformat(), inclusive=0)
    (item,) = urge_list(store, ON)
    assert kinds(store)[id] == {("unit", "late")}
    assert item.late == 1


def test_tet_and_swapped_days_are_no_working_days(store: Store) -> None:
    id = given_to(store, "2026-02-13", on=date(2026, 2, 12))
    happened(store, id, "started", date(2026, 2, 12))
    happened(store, id, "reminded", date(2026, 2, 13), "unit urge-due")
    assert rule_of(store, date(2026, 2, 20)) == {}  # still Tết
    assert rule_of(store, date(2026, 2, 23)) == {"unit": "urge-late"}
    keep(store, CalendarDay(id="2026-02-23", kind="off"))
    assert rule_of(store, date(2026, 2, 23)) == {}


def test_only_who_has_something_to_do_is_urged(store: Store) -> None:
    late = "2026-02-20"
    followups.add(store, Followup(work="Chưa giao", due=late))
    for kind in ("submitted", "paused", "refused", "cancelled", "done"):
        happened(store, given_to(store, late), kind, ON)
    gone = given_to(store, late)
    store.delete(Followup, gone)
    started = given_to(store, late)
    happened(store, started, "started", ON)
    assert kinds(store).keys() == {started}


def test_parts_and_milestones_are_urged_as_their_own_and_a_whole_is_not(store: Store) -> None:
    late = "2026-02-26"
    whole, scheme = given_to(store, late), given_to(store, "2026-06-30", on=ON)
    part = given_to(store, late, parent=whole, role="part")
    step = given_to(store, late, parent=scheme, role="milestone")
    assert kinds(store).keys() == {part, step}


def test_the_leader_in_charge_is_that_of_the_field_where_there_is_no_other(store: Store) -> None:
    of_field, own = (store.insert(Person(name=name)).id for name in ("Bình", "Châu"))
    field = store.insert(Field(name="Đất đai", leader=of_field)).id
    given_to(store, "2026-02-20", field=field)
    given_to(store, "2026-02-20", field=field, leader=own)
    assert {item.leader for item in urge_list(store, ON)} == {of_field, own}


def test_the_latest_come_first_and_those_without_a_deadline_last(store: Store) -> None:
    for due in ("2026-02-25", None, "2026-02-10", "2026-03-02", "31/02/2026"):
        given_to(store, due, on=date(2026, 1, 5))
    assert [item.late for item in urge_list(store, ON)] == [17, 2, -3, None, None]


def test_a_rule_may_be_changed_added_or_laid_to_rest(store: Store) -> None:
    given_to(store, "2026-02-26")
    rules = {rule.id: rule for rule in rules_of(store)}
    keep_rule(store, replace(rules["urge-late"], days=2))
    assert rule_of(store) == {}
    keep_rule(store, replace(rules["urge-late"], days=1, active=0))
    assert rule_of(store) == {}
    new = keep_rule(store, UrgingRule(kind="late", days=1, whom="leader"))
    assert rule_of(store) == {"leader": new.id}
    assert rules_of(store)[-1].id == new.id


@pytest.mark.parametrize(
    "rule",
    [
        UrgingRule(kind="sometimes", days=1),
        UrgingRule(kind="late", days=1, whom="nobody"),
        UrgingRule(kind="late", days=0),
        UrgingRule(kind="before", days=251),
        UrgingRule(kind="late", days=2, every=-1),
        UrgingRule(kind="before", days=7, whom="unit"),
    ],
)
def test_a_rule_that_is_none_or_says_the_same_as_another_is_refused(
    store: Store, rule: UrgingRule
) -> None:
    before = rules_of(store)
    with pytest.raises(ThukyError, match="chưa ghi gì"):
        keep_rule(store, rule)
    assert rules_of(store) == before


def test_rules_and_days_that_nothing_can_be_made_of_stop_nothing(store: Store) -> None:
    store.insert(UrgingRule(id="x", kind="from a newer version", whom="unit", days=3))
    store.insert(UrgingRule(id="y", kind="late", whom="the press", days=3))
    id = given_to(store, "2026-02-26")
    assert kinds(store).keys() == {id}


# Against a plain reading of the rules, day by day.

_DAYS = st.integers(-40, 40).map(lambda n: ON + timedelta(days=n))
_WHOMS = ("unit", "head", "leader")
_RULES = st.builds(
    UrgingRule,
    kind=st.sampled_from(("before", "due", "late", "silent")),
    days=st.integers(1, 8),
    every=st.integers(0, 6),
    whom=st.sampled_from(_WHOMS),
    active=st.sampled_from((1, 1, 1, 0)),
)
_TASKS = st.tuples(
    st.one_of(st.none(), _DAYS),
    st.sampled_from((1, 1, 0)),
    _DAYS,
    st.booleans(),
    st.lists(st.tuples(_DAYS, st.sampled_from(_WHOMS)), max_size=3),
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(_RULES, min_size=1, max_size=6, unique_by=lambda r: (r.kind, r.days, r.whom)),
    st.lists(_TASKS, min_size=1, max_size=4),
    _DAYS,
)
def test_the_list_is_what_a_plain_reading_of_the_rules_says(
    store: Store,
    rules: list[UrgingRule],
    tasks: list[tuple[date | None, int, date, bool, list[tuple[date, str]]]],
    on: date,
) -> None:
    store.connection.execute("BEGIN")
    try:
        for rule in rules_of(store):
            store.delete(UrgingRule, rule.id)
        kept = [store.insert(rule) for rule in rules]
        calendar = work_calendar(store)
        expected = {}
        for due, inclusive, given_on, heard, urged in tasks:
            id = given_to(store, due.isoformat() if due else None, given_on, inclusive=inclusive)
            if heard:
                happened(store, id, "started", given_on)
            for day, whom in urged:
                happened(store, id, "reminded", day, f"{whom} by-hand")
            last = due if due is None or inclusive else due - timedelta(days=1)
            silent = None if heard else given_on
            reasons = {
                whom: _plainly(
                    kept, calendar, last, silent, [d for d, w in urged if w == whom], on, whom
                )
                for whom in _WHOMS
            }
            if reasons := {whom: kind for whom, kind in reasons.items() if kind}:
                expected[id] = set(reasons.items())
        assert kinds(store, on) == expected
    finally:
        store.connection.execute("ROLLBACK")


def _plainly(
    rules: list[UrgingRule],
    calendar: WorkCalendar,
    last: date | None,
    given_on: date | None,
    urged: list[date],
    on: date,
    whom: str,
) -> str | None:
    """The kind of the rule for which `whom` is to be urged."""

    def passed(since: date) -> int:
        day, days = since, 0
        while day < on:
            day += timedelta(days=1)
            days += calendar.is_working(day)
        return days

    mine = [rule for rule in rules if rule.active and rule.whom == whom]
    latest = max(urged, default=None)

    def since(start: date | None, rule: UrgingRule) -> bool:
        """Nobody was urged since a day, or the rule has its days again."""
        if latest is None or (start and latest < start):
            return True
        return (
            bool(rule.every)
            and rule.kind != "before"
            and latest < on
            and passed(latest) >= rule.every
        )

    if last and (
        late := [r for r in mine if r.kind == "late" and passed(last) >= r.days and last < on]
    ):
        rule = max(late, key=lambda r: r.days)
        if since(last + timedelta(days=1), rule):
            return "late"
    if last == on and any(r.kind == "due" for r in mine) and (latest is None or latest < on):
        return "due"
    if last and last > on:
        for rule in sorted((r for r in mine if r.kind == "before"), key=lambda r: r.days):
            start = calendar.add_working(last, -rule.days)
            if start <= on:
                if latest is None or latest < start:
                    return "before"
                break
    if given_on and (
        silent := [r for r in mine if r.kind == "silent" and passed(given_on) >= r.days]
    ):
        rule = max(silent, key=lambda r: r.days)
        if given_on < on and since(None, rule):
            return "silent"
    return None


def test_an_urging_that_does_not_say_whom_was_of_the_unit(store: Store) -> None:
    id = given_to(store, "2026-02-20")
    happened(store, id, "reminded", ON)
    assert kinds(store)[id] == {("head", "late")}
