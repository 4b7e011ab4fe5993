"""Follow-ups under headings: each is under one, counted, found again, folded away."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.asking import Asking
from office.filtering import VOCABULARIES, Key
from office.lateness import days_late
from schema.conditions import state_in
from schema.followup_groups import Group, Groups, Heading, grouped, under
from schema.followup_rows import Order, Selection
from schema.records import Field, Followup, FollowupEvent, Meeting, Person, Unit
from schema.store import Store

TODAY = date(2026, 2, 27)
UNITS = {"u1": "Sở Y tế", "u2": "Sở Đất", "u3": "Sở Công"}
DUES = [None, "bậy", "2026-02-22", "2026-02-23", "2026-02-27", "2026-03-01", "2026-03-02"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("groups") / "thuky.db"
    with Store(path) as store:
        for id, name in UNITS.items():
            store.insert(Unit(id=id, name=name))
        store.insert(Person(id="p1", name="Trần Duy Đông"))
        store.insert(Person(id="p2", name="Vũ An"))
        store.insert(Field(id="f1", name="Đất đai", leader="p1", position=2.0))
        store.insert(Field(id="f2", name="Y tế", position=1.0))
        store.insert(Meeting(id="m1", title="Trước", starts_at="2026-01-01T01:00:00Z"))
        store.insert(Meeting(id="m2", title="Sau", starts_at="2026-02-01T01:00:00Z"))
        yield store


@st.composite
def followups(draw: st.DrawFn) -> tuple[Followup, str | None]:
    return (
        Followup(
            work=draw(st.sampled_from(["a", "b", "c"])),
            lead=draw(st.sampled_from([None, "lạ", *UNITS])),
            due=draw(st.sampled_from(DUES)),
            inclusive=draw(st.sampled_from([1, 0])),
            field=draw(st.sampled_from([None, "f1", "f2"])),
            leader=draw(st.sampled_from([None, None, "p1", "p2"])),
            meeting=draw(st.sampled_from([None, "m1", "m2"])),
        ),
        draw(st.sampled_from([None, "assigned", "started", "done", "cancelled"])),
    )


def under_heading(group: Group, f: Followup) -> str:
    match group:
        case Group.UNIT:
            return f.lead or ""
        case Group.LEADER:
            return f.leader or ("p1" if f.field == "f1" else "")
        case Group.FIELD:
            return f.field or ""
        case Group.STATE:
            return f.state
        case Group.MEETING:
            return f.meeting or ""
        case _:
            weeks = {"2026-02-22": "2026-02-16", "2026-03-02": "2026-03-02"}
            return weeks.get(f.due or "", "2026-02-23" if (f.due or "")[:4] == "2026" else "")


ORDERS = {
    Group.UNIT: ["u3", "u2", "u1", "lạ", ""],
    Group.LEADER: ["p2", "p1", ""],
    Group.FIELD: ["f2", "f1", ""],
    Group.STATE: ["proposed", "assigned", "in_progress", "done", "cancelled"],
    Group.MEETING: ["m2", "m1", ""],
    Group.WEEK: ["2026-02-16", "2026-02-23", "2026-03-02", ""],
}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(followups(), max_size=12), st.data())
def test_each_is_under_its_heading_once_in_order_and_counted(
    store: Store, written: list[tuple[Followup, str | None]], data: st.DataObject
) -> None:
    store.connection.execute("BEGIN")
    try:
        ids = []
        for followup, kind in written:
            ids.append(store.insert(followup).id)
            if kind:
                store.insert(FollowupEvent(followup=ids[-1], kind=kind, at=store.now()))
        kept = {id: store.get(Followup, id) for id in ids}
        for order in Order:
            group = data.draw(st.sampled_from(list(ORDERS)))
            whole = Selection(store, order=order)
            groups = grouped(whole, group, TODAY)
            check(groups, kept, group, [row[1] for row in whole.read("id")])
    finally:
        store.connection.execute("ROLLBACK")


def check(groups: Groups, kept: dict[str, Followup], group: Group, in_order: list[str]) -> None:
    headings = groups.headings
    keys = [heading.key for heading in headings]
    assert keys == [key for key in ORDERS[group] if key in keys]
    assert groups.total == len(kept)
    lines = groups.page(0, 100)
    assert len(lines) == groups.count == len(kept) + len(headings)
    for heading in headings:
        own = [id for id in in_order if under_heading(group, kept[id]) == heading.key]
        assert groups.ids(heading.key) == own
        late = [id for id in own if is_late(kept[id])]
        assert (heading.count, heading.late) == (len(own), len(late))
        start = groups.index_of(heading.key)
        assert start is not None
        assert lines[start] == heading
        assert [
            line.id for line in lines[start + 1 :][: len(own)] if isinstance(line, Followup)
        ] == own
    assert [id for key in keys for id in groups.ids(key)] == groups.ids()
    for at in range(len(lines)):
        for limit in (1, 3):
            assert list(groups.page(at, limit)) == list(lines[at : at + limit])
        line = lines[at]
        if isinstance(line, Followup):
            assert groups.index(line.id) == at
            assert groups.heading_at(at).key == under_heading(group, line)
    groups.fold(set(keys))
    assert list(groups.page(0, 100)) == headings
    assert (groups.count, groups.total) == (len(headings), len(kept))
    for id in kept:
        assert groups.index(id) == keys.index(under_heading(group, kept[id]))


def is_late(f: Followup) -> bool:
    return f.state not in ("done", "cancelled") and (days_late(f, TODAY) or 0) > 0


def test_what_is_gone_by_now_leaves_its_line_empty(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        first, second = (store.insert(Followup(work=w, lead="u1")).id for w in "ab")
        groups = grouped(Selection(store), Group.UNIT, TODAY)
        # Rows are only ever marked as deleted, but another tool may drop the triggers and rows.
        store.connection.execute("DROP TRIGGER followup_delete")
        store.connection.execute("DELETE FROM followup WHERE id = ?", (first,))
        heading, gone, left = groups.page(0, 10)
        assert isinstance(heading, Heading)
        assert gone is None
        assert isinstance(left, Followup)
        assert left.id == second
    finally:
        store.connection.execute("ROLLBACK")


def test_headings_of_ones_own_leave_out_what_is_under_none(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        for due, kind in (("2026-02-01", None), ("2026-04-01", None), ("2026-02-02", "cancelled")):
            id = store.insert(Followup(work="x", due=due)).id
            if kind:
                store.insert(FollowupEvent(followup=id, kind=kind, at=store.now()))
        sql = "CASE WHEN state = 'cancelled' THEN 'none' WHEN due < ? THEN 'late' ELSE 'open' END"
        groups = under(Selection(store), sql, ("2026-02-27",), ("open", "late"), TODAY)
        assert [(h.key, h.count, h.late) for h in groups.headings] == [
            ("open", 1, 0),
            ("late", 1, 1),
        ]
    finally:
        store.connection.execute("ROLLBACK")


# Everything that is asked of follow-ups but for what they say, and the kinds of sources, which are
# in another table.
ASKED = [
    *(f"tt:{name}" for name in VOCABULARIES[Key.STATE].names),
    *(f"thiếu:{name}" for name in VOCABULARIES[Key.LACKS].names if name not in ("work", "any")),
    *(f"loại:{name}" for name in VOCABULARIES[Key.KIND].names),
    *(f"đã:{name}" for name in VOCABULARIES[Key.HAS].names),
    *(f"vai:{name}" for name in VOCABULARIES[Key.ROLE].names if name != "whole"),
    *("hạn:tuần này", "hạn:không", "đv:y tế", "người:đông", "lv:đất", "lđ:đông", "-tt:mở -đv:đất"),
]


@pytest.mark.parametrize("asked", ASKED)
def test_no_row_is_read_to_find_which_are_asked_for(store: Store, asked: str) -> None:
    asking = Asking(store, TODAY)
    parsed = asking.parse(asked)
    assert not parsed.problems
    plans = explained_plans(store, lambda: list(asking.selection(parsed.filter).read()))
    for group in ORDERS:
        plans += explained_plans(
            store,
            lambda g=group: grouped(asking.selection(parsed.filter), g, TODAY),
        )
    assert plans
    for plan in plans:
        (table,) = (
            step for step in plan if " followup" in step and " USING" in step and " w " not in step
        )
        assert "USING COVERING INDEX" in table, plan
        assert not any("ORDER BY" in step for step in plan), plan


def explained_plans(store: Store, work: object) -> list[list[str]]:
    """How SQLite goes about each question on follow-ups that `work` asks."""
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    try:
        work()  # type: ignore[operator]
    finally:
        store.connection.set_trace_callback(None)
    return [
        [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        for query in asked
        if query.startswith("SELECT rowid") and "FROM followup " in query
    ]


def test_the_plan_of_a_question_that_needs_rows_is_told_apart(store: Store) -> None:
    plans = explained_plans(store, lambda: list(Selection(store, state_in("done")).read("work")))
    assert "COVERING" not in str(plans)
