"""Nobody is urged twice in one day for one thing, whichever machines do it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from office import followups
from office.moments import office_date
from office.urged import Sent, mark_urged, urgings_of
from office.urging import urge_list
from schema.records import Followup, FollowupEvent
from tests.sync.desks import Desks, alike


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Desks]:
    made = Desks(tmp_path, 2)
    yield made
    made.close()


def test_two_machines_that_urge_the_same_day_have_one_urging(two: Desks) -> None:
    one, other = two.all
    today = office_date(two.clock.seconds)
    before = datetime.fromtimestamp(two.clock.seconds - 40 * 86_400, UTC)
    task = Followup(id="late", work="Trình đề án", due=f"{before:%Y-%m-%d}", lead=None)
    followups.add(one.store, task)
    at = f"{before:%Y-%m-%dT%H:%M:%SZ}"
    one.store.insert(FollowupEvent(followup="late", kind="started", at=at))
    two.sync()
    for desk in (one, other):
        whoms = [w for item in urge_list(desk.store, today) for w in item.whoms()]
        assert whoms == ["unit", "head", "leader", "meeting"]
        sent = [Sent("late", whom) for whom in ("unit", "head")]
        assert len(mark_urged(desk.store, sent, today, by=desk.device).events) == 2
        two.clock.seconds += 60
    two.sync(prove=True)
    for desk in (one, other):
        assert len(urgings_of(desk.store, ["late"])["late"]) == 2
        whoms = [w for item in urge_list(desk.store, today) for w in item.whoms()]
        assert whoms == ["leader", "meeting"]
        assert mark_urged(desk.store, [Sent("late")], today).again == 1
        assert not any(agreement.differs for agreement in desk.engine.state.agreements())

    assert alike(two.all, "followup")
