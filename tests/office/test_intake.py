from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from office.directory import Directory
from office.intake import BadRows, Plan, Row, plan_persons, plan_units
from schema.records import Person, Post, Unit

TODAY = date(2026, 11, 24)


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, row) for number, row in enumerate(cells, start=2)]


def faults(bad: BadRows) -> list[str]:
    return [str(fault) for fault in bad.fields["faults"]]


def changed(records: list[Any], plan: Plan[Any]) -> list[Any]:
    """The records as they are once a plan is carried out."""
    return [replace(r, **plan.changed.get(r.id, {})) for r in records] + plan.added


UNITS = rows(
    {"name": "Phòng Tổng hợp", "parent": "Văn phòng UBND tỉnh"},
    {"name": "Văn phòng UBND tỉnh", "abbr": "VPUBND", "type": "so_ban_nganh"},
    {"name": "Sở Tài chính", "abbr": "STC", "type": "Sở, ban, ngành"},
    {"name": "Phòng Tổng hợp", "parent": "STC"},
)


def test_a_parent_may_stand_below_its_units_and_be_named_by_its_abbreviation(
    new_id: Callable[[], str],
) -> None:
    known = [Unit(id="stc", name="Sở Tài chính", abbr="STC", type="so_ban_nganh")]
    plan = plan_units(UNITS, Directory(known, []), new_id)
    added = {(unit.name, unit.parent) for unit in plan.added}
    office = next(unit.id for unit in plan.added if unit.abbr == "VPUBND")
    assert added == {
        ("Văn phòng UBND tỉnh", None),
        ("Phòng Tổng hợp", office),
        ("Phòng Tổng hợp", "stc"),
    }
    assert plan.unchanged == 1


def test_a_list_taken_in_twice_adds_and_changes_nothing_the_second_time(
    new_id: Callable[[], str],
) -> None:
    known = [Unit(id="stc", name="Sở Tài chính", abbr="STC")]
    first = plan_units(UNITS, Directory(known, []), new_id)
    kept = changed(known, first)
    second = plan_units(UNITS, Directory(kept, []), new_id)
    assert (second.added, second.changed, second.unchanged) == ([], {}, 4)


def test_a_known_unit_gets_what_the_list_says_and_keeps_what_it_does_not_say(
    new_id: Callable[[], str],
) -> None:
    known = [
        Unit(id="a", name="Sở Y tế", abbr="SYT", type="so_ban_nganh"),
        Unit(id="b", name="Phòng Khám", parent="a"),
    ]
    listed = rows({"name": "sở y tế", "abbr": "SYTE"}, {"name": "Phòng Khám"})
    plan = plan_units(listed, Directory(known, []), new_id)
    assert plan.changed == {"a": {"abbr": "SYTE"}}
    assert (plan.added, plan.unchanged) == ([], 1)


def test_every_fault_of_a_list_of_units_is_told_by_its_row(new_id: Callable[[], str]) -> None:
    known = [
        Unit(id="a", name="Trùng", parent="x"),
        Unit(id="b", name="Trùng", parent="y"),
    ]
    with pytest.raises(BadRows) as bad:
        plan_units(
            rows(
                {"abbr": "X"},
                {"name": "Sở A", "type": "sở"},
                {"name": "Sở B", "parent": "Sở Không có"},
                {"name": "Sở C"},
                {"name": "Sở C"},
                {"name": "Trùng"},
                {"name": "Sở D", "parent": "Sở E"},
                {"name": "Sở E", "parent": "Sở D"},
            ),
            Directory(known, []),
            new_id,
        )
    told = faults(bad.value)
    assert [fault.partition(":")[0] for fault in told] == [
        f"dòng {n}" for n in (2, 3, 4, 6, 7, 8, 9)
    ]
    for fault, words in zip(
        told,
        (
            "thiếu tên",
            "không có loại đơn vị “sở”",
            "Không có đơn vị nào tên “Sở Không có”",
            "trùng với dòng 5",
            "có 2 đơn vị tên “Trùng”",
            "“Sở D” trực thuộc chính nó",
            "“Sở E” trực thuộc chính nó",
        ),
        strict=True,
    ):
        assert words in fault


def test_a_list_full_of_faults_is_told_in_one_sentence_that_ends(new_id: Callable[[], str]) -> None:
    with pytest.raises(BadRows) as bad:
        plan_units(rows(*[{"abbr": "X"}] * 300), Directory([], []), new_id)
    assert bad.value.fields["count"] == 300
    assert faults(bad.value)[-1] == "…"
    assert len(faults(bad.value)) == 11


PEOPLE = rows(
    {"name": "Nguyễn Văn An", "post": "Giám đốc", "unit": "STC", "phone": "0912"},
    {"name": "Nguyễn Văn An", "post": "Chuyên viên", "unit": "SYT"},
    {"name": "Lê Thị Bình", "email": "binh@example.vn"},
)
OFFICES = [
    Unit(id="stc", name="Sở Tài chính", abbr="STC"),
    Unit(id="syt", name="Sở Y tế", abbr="SYT"),
]


def test_people_of_one_name_in_two_units_are_two_people_each_time(
    new_id: Callable[[], str],
) -> None:
    first = plan_persons(PEOPLE, Directory(OFFICES, []), new_id, TODAY)
    assert [person.name for person in first.added] == [row["name"] for row in PEOPLE]
    assert [(post.title, post.unit) for post in first.posts] == [
        ("Giám đốc", "stc"),
        ("Chuyên viên", "syt"),
    ]
    kept = Directory(OFFICES, first.added, first.posts)
    second = plan_persons(PEOPLE, kept, new_id, TODAY)
    assert (second.added, second.changed, second.posts) == ([], {}, [])
    assert second.unchanged == 3


def test_one_who_has_moved_is_known_by_the_phone_and_gets_the_new_post(
    new_id: Callable[[], str],
) -> None:
    known = [Person(id="an", name="Nguyễn Văn An", phone="0912")]
    held = [Post(person="an", unit="syt", title="Chuyên viên")]
    plan = plan_persons(PEOPLE[:1], Directory(OFFICES, known, held), new_id, TODAY)
    assert plan.added == []
    assert [(post.person, post.unit) for post in plan.posts] == [("an", "stc")]


def test_every_fault_of_a_list_of_people_is_told_by_its_row(new_id: Callable[[], str]) -> None:
    known = [Person(id="1", name="Lê Thị Bình"), Person(id="2", name="Lê Thị Bình")]
    with pytest.raises(BadRows) as bad:
        plan_persons(
            rows(
                {"post": "Giám đốc"},
                {"name": "An", "unit": "Sở X"},
                {"name": "Lê Thị Bình"},
                {"name": "Cường"},
                {"name": "Cường"},
            ),
            Directory(OFFICES, known),
            new_id,
            TODAY,
        )
    told = faults(bad.value)
    assert [fault.partition(":")[0] for fault in told] == [f"dòng {n}" for n in (2, 3, 4, 6)]
    assert "không rõ là ai" in told[2]
