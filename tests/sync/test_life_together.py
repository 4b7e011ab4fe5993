"""One follow-up's life written down on three machines at once: one state everywhere, and every
event in every history."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office import followups, lifecycle
from office.lifecycle import Product
from office.moments import office_date
from schema.errors import ThukyError
from schema.life import STATE_AFTER
from schema.records import Followup, FollowupEvent, Unit
from schema.store import Store
from tests.sync.desks import Desks

Step = Callable[[Store, str, int], FollowupEvent]


def _day(store: Store, days: int) -> date:
    return office_date(store.clock()) + timedelta(days=days)


def _earlier(store: Store, hours: int) -> str:
    moment = datetime.fromtimestamp(store.clock(), UTC) - timedelta(hours=hours)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _undo(store: Store, id: str, n: int) -> FollowupEvent:
    event = followups.last_event(store, id)
    if event is None:
        raise ThukyError("nothing to undo")
    return followups.undo(store, event)


STEPS: dict[str, Step] = {
    "assign": lambda s, id, n: lifecycle.assign(s, id, reason="gấp"),
    "to another": lambda s, id, n: lifecycle.assign(s, id, unit=f"u{n % 3}", reason="gấp"),
    "take": lambda s, id, n: lifecycle.take(s, id, note="x"),
    "contest": lambda s, id, n: lifecycle.contest(s, id, reason="không thuộc"),
    "progress": lambda s, id, n: lifecycle.progress(s, id, note=f"{n} %"),
    "progress earlier": lambda s, id, n: lifecycle.progress(
        s, id, note="ghi sau", at=_earlier(s, n)
    ),
    "ask": lambda s, id, n: lifecycle.ask_extension(s, id, _day(s, 10 + n), reason="chậm"),
    "extend": lambda s, id, n: lifecycle.extend(s, id, _day(s, 10 + n), reason="được"),
    "no extension": lambda s, id, n: lifecycle.refuse_extension(s, id, reason="không"),
    "submit": lambda s, id, n: lifecycle.submit(
        s, id, Product("Báo cáo", f"{n}/BC", figure=n / 2, measure="km"), note="x"
    ),
    "return": lambda s, id, n: lifecycle.send_back(s, id, reason="thiếu"),
    "close": lambda s, id, n: lifecycle.close(s, id, who="Chánh Văn phòng", reason="thay"),
    "pause": lambda s, id, n: followups.record(s, id, "paused", note="chờ"),
    "cancel": lambda s, id, n: lifecycle.cancel(s, id, reason="trùng"),
    "reopen": lambda s, id, n: lifecycle.reopen(s, id),
    "review": lambda s, id, n: lifecycle.review(s, id, "some"),
    "undo": _undo,
}
MACHINES = 3
WRITING = st.tuples(st.integers(0, MACHINES - 1), st.sampled_from(list(STEPS)), st.integers(0, 40))
PASSING = st.tuples(st.integers(0, MACHINES - 1), st.just("sync"), st.just(0))
WAITING = st.tuples(st.just(0), st.just("wait"), st.integers(0, 3))


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    desks = Desks(tmp_path_factory.mktemp("desks"), MACHINES)
    for number in range(3):
        desks.all[0].store.insert(Unit(id=f"u{number}", name=f"Sở {number}"))
    yield desks
    desks.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITING | WRITING | PASSING | WRITING | WAITING, min_size=8, max_size=40))
def test_what_three_machines_write_down_is_one_life_everywhere(
    desks: Desks, doings: list[tuple[int, str, int]]
) -> None:
    first = desks.all[0].store
    due = _day(first, 5).isoformat()
    new = Followup(work="A", lead="u0", due=due, product="Báo cáo", authority="Chủ tịch")
    id = followups.add(first, new).id
    desks.sync()
    written = {event.id: event for event in followups.events_of(first, id)}
    for machine, what, number in doings:
        desk = desks.all[machine]
        if what == "sync":
            desk.sync()
        elif what == "wait":
            desks.clock.seconds += number
        else:
            try:
                event = STEPS[what](desk.store, id, number)
            except ThukyError:
                continue  # it may not happen as this machine sees it
            written[event.id] = event
    desks.sync()
    desks.sync()
    lives = [_life(desk.store, id) for desk in desks.all]
    assert lives[1:] == lives[:-1]
    followup, history = lives[0]
    assert {event["id"] for event in history} == written.keys()
    for told in history:
        assert told == _told(written[str(told["id"])])
    assert followup.state == _state(list(written.values()))


def _life(store: Store, id: str) -> tuple[Followup, list[dict[str, object]]]:
    return store.get(Followup, id), [_told(event) for event in followups.events_of(store, id)]


def _told(event: FollowupEvent) -> dict[str, object]:
    """All values; `seq` is each machine's own count."""
    return {name: value for name, value in vars(event).items() if name != "seq"}


def _state(events: list[FollowupEvent]) -> str:
    """As the rule says it, apart from the SQL that derives it."""
    undone = {event.undoes for event in events}
    kinds = STATE_AFTER.keys() - {"proposed"}
    telling = [e for e in events if e.kind in kinds and e.id not in undone]
    last = max(telling, key=lambda event: (event.at, event.id), default=None)
    return STATE_AFTER[last.kind] if last else "proposed"
