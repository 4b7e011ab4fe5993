"""A scheme has milestones: in an order, each with a deadline and something to show for it."""

from itertools import count
from pathlib import Path

import pytest

from office import followups, milestones, parts
from office.answers import Answer
from schema.errors import ThukyError
from schema.records import Followup, Unit
from schema.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Its clock goes on by a second at each look."""
    seconds = count(1_772_000_000)
    store = Store(tmp_path / "thuky.db", clock=lambda: float(next(seconds)))
    store.insert(Unit(id="STC", name="Sở Tài chính"))
    return store


@pytest.fixture
def scheme(store: Store) -> str:
    id = followups.add(store, Followup(work="Đề án", kind="scheme", lead="STC")).id
    for work, due in (("Đề cương", "2026-03-10"), ("Dự thảo", "2026-04-10"), ("Trình", None)):
        milestones.add(store, id, work, {"due": due, "product": "Văn bản"})
    return id


def works(store: Store, scheme: str) -> list[str]:
    return [row.work for row in milestones.milestones_of(store, scheme)]


def test_milestones_stand_in_the_order_they_are_put_in(store: Store, scheme: str) -> None:
    assert works(store, scheme) == ["Đề cương", "Dự thảo", "Trình"]
    first = milestones.milestones_of(store, scheme)[0]
    assert (first.lead, first.parent, first.role) == ("STC", scheme, "milestone")
    for by, expected in (
        (1, ["Dự thảo", "Đề cương", "Trình"]),
        (1, ["Dự thảo", "Trình", "Đề cương"]),
        (1, ["Dự thảo", "Trình", "Đề cương"]),
        (-2, ["Đề cương", "Dự thảo", "Trình"]),
        (-1, ["Đề cương", "Dự thảo", "Trình"]),
    ):
        milestones.move(store, first.id, by)
        assert works(store, scheme) == expected


def test_a_milestone_is_reached_with_what_shows_it(store: Store, scheme: str) -> None:
    first, second, _last = milestones.milestones_of(store, scheme)
    with pytest.raises(ThukyError, match="Mốc này có sản phẩm “Văn bản”"):
        milestones.reach(store, first.id, Answer())
    event = milestones.reach(store, first.id, Answer(number="12/STC-ĐA"), by="Lan")
    assert (event.kind, event.product, event.number) == ("done", "Văn bản", "12/STC-ĐA")
    following = milestones.next_of(milestones.milestones_of(store, scheme))
    assert following is not None
    assert following.id == second.id
    assert store.get(Followup, scheme).state == "proposed", "a milestone does not close the scheme"


def test_milestones_are_assigned_with_their_scheme(store: Store, scheme: str) -> None:
    followups.record(store, scheme, "assigned", note="giao")
    assert {m.state for m in milestones.milestones_of(store, scheme)} == {"assigned"}
    assert milestones.add(store, scheme, "Thêm", {}).state == "assigned"


def test_what_can_have_no_milestone_says_why(store: Store, scheme: str) -> None:
    (part,) = parts.split(store, scheme, ["STC"])
    first = milestones.milestones_of(store, scheme)[0]
    for id, work, why in (
        (part.id, "M", "Chỉ nhiệm vụ hay đề án có mốc"),
        (first.id, "M", "Chỉ nhiệm vụ hay đề án có mốc"),
        (scheme, "", "Mốc chưa có tên"),
    ):
        with pytest.raises(ThukyError, match=why):
            milestones.add(store, id, work, {})
    with pytest.raises(ThukyError, match="không phải một mốc"):
        milestones.reach(store, scheme, Answer(note="x"))
