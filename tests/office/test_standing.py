"""The cut of the law: each follow-up is counted once, alike in SQL and in Python."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.labels import FOLLOWUP_STATES
from office.standing import STANDINGS, standing
from schema.records import Followup, FollowupEvent
from schema.standing import ASSIGNED, Standing, standing_sql
from schema.store import Store

DAY = date(2026, 3, 10)


def test_every_standing_has_words() -> None:
    assert set(STANDINGS) == set(Standing)
    assert set(Standing) - set(ASSIGNED) == {Standing.UNASSIGNED, Standing.CANCELLED}


@pytest.mark.parametrize(
    ("state", "due", "done_at", "expected"),
    [
        # The office's day begins seven hours before that of UTC.
        ("done", "2026-03-10", "2026-03-10T16:59:59Z", Standing.DONE_IN_TIME),
        ("done", "2026-03-10", "2026-03-10T17:00:00Z", Standing.DONE_LATE),
        ("done", None, "2026-03-10T17:00:00Z", Standing.DONE),
        ("in_progress", "2026-03-10", None, Standing.RUNNING_IN_TIME),
        ("in_progress", "2026-03-09", None, Standing.RUNNING_LATE),
        ("submitted", "2026-03-09", None, Standing.RUNNING_LATE),
        ("paused", None, None, Standing.RUNNING),
        ("assigned", "2026-03-10", None, Standing.NOT_STARTED),
        ("assigned", "2026-03-09", None, Standing.RUNNING_LATE),
        ("assigned", None, None, Standing.NOT_STARTED),
        ("refused", None, None, Standing.NOT_STARTED),
        ("proposed", "2026-03-09", None, Standing.UNASSIGNED),
        ("cancelled", "2026-03-09", None, Standing.CANCELLED),
    ],
)
def test_the_cut_is_that_of_the_decision(
    state: str, due: str | None, done_at: str | None, expected: Standing
) -> None:
    followup = Followup(state=state, due=due, done_at=done_at)
    assert standing(followup, DAY) is expected


def test_a_day_that_is_not_included_is_itself_late() -> None:
    before = Followup(state="in_progress", due="2026-03-10", inclusive=0)
    assert standing(before, DAY) is Standing.RUNNING_LATE
    assert standing(before, DAY - timedelta(days=1)) is Standing.RUNNING_IN_TIME


DAYS = st.dates(date(2026, 3, 7), date(2026, 3, 13))
DUES = st.one_of(
    st.none(),
    DAYS.map(date.isoformat),
    st.sampled_from(["", "2026-02-30", "20260310", "cuối năm", "2026-3-9"]),
)
EVENTS = {"in_progress": "taken", "proposed": "proposed"}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    state=st.sampled_from(list(FOLLOWUP_STATES)),
    due=DUES,
    inclusive=st.booleans(),
    due_time=st.sampled_from([None, "", "09:00"]),
    day=DAYS,
    hour=st.integers(0, 23),
    on=DAYS,
)
def test_sql_and_python_say_the_same(
    store: Store,
    state: str,
    due: str | None,
    inclusive: bool,
    due_time: str | None,
    day: date,
    hour: int,
    on: date,
) -> None:
    id = store.insert(Followup(due=due, inclusive=int(inclusive), due_time=due_time)).id
    kind = EVENTS.get(state, state)
    store.insert(FollowupEvent(followup=id, kind=kind, at=f"{day}T{hour:02}:30:00Z"))
    row = store.get(Followup, id)
    assert row.state == state
    ((found,),) = store.connection.execute(
        f"SELECT {standing_sql(':day', ':midnight', 'f')} FROM followup f WHERE id = :id",
        {"day": on.isoformat(), "midnight": "+7 hours", "id": id},
    ).fetchall()
    assert found == standing(row, on)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(Path(tmp_path_factory.mktemp("standing")) / "thuky.db")
