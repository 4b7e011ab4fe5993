"""A unit that was renamed or merged is still found by what it was called, and nothing is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.directory import Directory
from office.known import known
from office.merging import merge, renamed, successors, unmerge
from schema.errors import Ambiguous, ThukyError
from schema.records import Followup, Person, Post, Unit
from schema.store import Store

ON = date(2026, 2, 27)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        for id, name in (("gt", "Sở Giao thông vận tải"), ("xd", "Sở Xây dựng"), ("x", "Sở X")):
            store.insert(Unit(id=id, name=name))
        store.insert(Followup(id="f", work="Sửa cầu", lead="gt", due="2026-03-15"))
        yield store


def lead(store: Store, sentence: str) -> object:
    ready = known(store)
    return ready.cells(ready.read(sentence, ON)).get("lead")


def test_an_old_name_still_finds_the_unit(store: Store) -> None:
    unit = store.update(Unit, "xd", **renamed(store.get(Unit, "xd"), "Sở Xây dựng và Giao thông"))
    assert unit.aliases == "Sở Xây dựng"
    assert lead(store, "Giao Sở Xây dựng rà soát quy hoạch.") == "xd"
    assert lead(store, "Giao Sở Xây dựng và Giao thông rà soát quy hoạch.") == "xd"
    again = store.update(Unit, "xd", **renamed(unit, "Sở Hạ tầng"))
    assert again.aliases.splitlines() == ["Sở Xây dựng", "Sở Xây dựng và Giao thông"]
    back = store.update(Unit, "xd", **renamed(again, "Sở Xây dựng"))
    assert back.aliases.splitlines() == ["Sở Xây dựng và Giao thông", "Sở Hạ tầng"]
    assert renamed(back, "Sở Xây dựng") == {}


def test_what_a_merged_unit_was_told_stays_and_new_speech_goes_to_its_successor(
    store: Store,
) -> None:
    before = store.get(Followup, "f")
    merge(store, "gt", "xd")
    assert store.get(Followup, "f") == before
    assert lead(store, "Giao Sở Giao thông vận tải rà soát cầu yếu.") == "xd"
    names = Directory(store.live(Unit), [])
    assert names.shown("gt", "{name} (nay là {successor})") == (
        "Sở Giao thông vận tải (nay là Sở Xây dựng)"
    )
    unmerge(store, "gt")
    assert lead(store, "Giao Sở Giao thông vận tải rà soát cầu yếu.") == "gt"


def test_merging_goes_on_over_several_steps_and_never_in_a_circle(store: Store) -> None:
    merge(store, "gt", "xd")
    merge(store, "xd", "x")
    assert successors(store.live(Unit)) == {"gt": "x", "xd": "x"}
    for into in ("gt", "xd", "x"):
        with pytest.raises(ThukyError, match="nhập vào chính nó"):
            merge(store, "x", into)
    store.delete(Unit, "x")
    assert successors(store.live(Unit)) == {"gt": "xd"}
    unmerge(store, "xd")
    with pytest.raises(ThukyError, match="đã bị xóa"):
        merge(store, "xd", "x")


@given(st.lists(st.sampled_from("abcd") | st.none(), min_size=4, max_size=4))
def test_whatever_two_machines_made_of_it_each_unit_ends_somewhere(steps: list[str | None]) -> None:
    units = [Unit(id=id, name=id, successor=step) for id, step in zip("abcd", steps, strict=True)]
    found = successors(units)
    for start, end in found.items():
        assert start != end
        assert end not in found


def test_two_persons_of_one_name_are_told_apart_by_their_posts(store: Store) -> None:
    for id, unit, title in (("p1", "xd", "Giám đốc"), ("p2", "gt", "Phó Giám đốc")):
        store.insert(Person(id=id, name="Nguyễn Văn An"))
        store.insert(Post(person=id, unit=unit, title=title))
    names = Directory(store.live(Unit), store.live(Person), store.live(Post))
    with pytest.raises(Ambiguous) as told:
        names.person("nguyen van an")
    assert "p1 (Nguyễn Văn An, Giám đốc Sở Xây dựng)" in str(told.value)
    assert "p2 (Nguyễn Văn An, Phó Giám đốc Sở Giao thông vận tải)" in str(told.value)
