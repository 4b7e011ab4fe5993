"""A filter finds the follow-ups that it asks for, all of them and no other, in the order asked."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.asking import SOON, Asking
from office.filtering import Clause, Filter, Key
from office.lateness import days_late
from office.moments import office_day
from office.points import Point, missing
from schema.followup_rows import HEAD, FollowupRows, Order, Selection
from schema.followup_words import FollowupWords
from schema.records import (
    Field,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Unit,
)
from schema.store import Store
from schema.viet import fold, sort_key

TODAY = date(2026, 2, 27)
UNITS = {"stc": "Sở Tài chính", "sxd": "Sở Xây dựng", "vp": "Văn phòng", "cu": "Sở Kế hoạch cũ"}
MEETINGS = {"m1": "Giao ban tuần 8", "m2": "Phiên họp thường kỳ"}
PERSONS = {"p1": "Lê Thị Lan", "p2": "Trần Duy Đông"}
WORKS = ["Rà soát giải ngân", "Báo cáo đất đai", "Giải quyết hồ sơ", "", "đường Ngân Hàng"]
CLOSED = ("done", "cancelled")
DAYS = st.sampled_from(
    [
        None,
        *(f"2026-02-{day}" for day in (25, 26, 27, 28)),
        "2026-03-01",
        "2026-03-02",
        "2026-04-15",
        "bậy",
    ]
)
KINDS = [
    *("assigned", "started", "submitted", "done", "paused", "refused", "cancelled", "reminded"),
    *("extended", "returned", "answered"),
]
FIELDS = {"lv1": ("Đất đai", "p1"), "lv2": ("Y tế", None)}
# Five working days before TODAY: the days of Tết are none.
SILENT_BEFORE = "2026-02-12T17:00:00Z"


@st.composite
def followups(draw: st.DrawFn) -> tuple[Followup, str | None, str | None, int]:
    """A follow-up, the kind of its source and of its event, and the hours from now to that."""
    some = st.sampled_from(["", "", "x"])
    followup = Followup(
        meeting=draw(st.sampled_from([None, *MEETINGS])),
        work=draw(st.sampled_from(WORKS)),
        lead=draw(st.sampled_from([None, *UNITS])),
        coordinating=draw(st.sampled_from(["", "stc", "sxd\nvp"])),
        due=draw(DAYS),
        due_time=draw(st.sampled_from([None, None, "17:00"])),
        inclusive=draw(st.sampled_from([1, 0])),
        due_text=draw(st.sampled_from(["", "trước ngày 15/3"])),
        accountable=draw(st.sampled_from(["", "đ/c Lê Thị Lan", "Giám đốc"])),
        accountable_person=draw(st.sampled_from([None, None, *PERSONS])),
        monitor=draw(st.sampled_from(["", "Văn phòng (Trần Duy Đông)"])),
        product=draw(some),
        authority=draw(some),
        due_event=draw(some),
        recurrence=draw(some),
        role=draw(st.sampled_from(["", "", "", "part", "milestone"])),
        kind=draw(st.sampled_from(["", "", "scheme", "party"])),
        field=draw(st.sampled_from([None, *FIELDS])),
        leader=draw(st.sampled_from([None, None, *PERSONS])),
    )
    source = draw(st.sampled_from([None, "phone", "directive"]))
    kind = draw(st.sampled_from([None, *KINDS]))
    return followup, source, kind, draw(st.integers(-80, 80))


Predicate = Callable[[Followup, str | None], bool]


def is_open(f: Followup) -> bool:
    return f.state not in CLOSED


def is_late(f: Followup, on: date | None = None) -> bool:
    # A day that cannot be read is compared as the text that it is.
    if f.due == "bậy":
        return False
    return (days_late(f, on or TODAY) or 0) > 0


def due_in(f: Followup, first: str, last: str) -> bool:
    return bool(f.due and first <= f.due <= last)


def of_unit(*ids: str) -> Predicate:
    return lambda f, _: bool({f.lead, *f.coordinating.split("\n")} & set(ids))


def of_person(id: str, name: str) -> Predicate:
    def holds(f: Followup, _: str | None) -> bool:
        if f.accountable_person == id or name in f.monitor:
            return True
        return f.accountable_person is None and name in f.accountable

    return holds


ASKED: dict[str, Predicate] = {
    "ngan": lambda f, _: "ngan" in fold(f.work),
    "15/3": lambda f, _: "15/3" in f.due_text,
    "đv:stc": of_unit("stc", "cu"),
    "đv:sở": of_unit("stc", "sxd", "cu"),
    "đv:vp": of_unit("vp"),
    "người:lan": of_person("p1", "Lan"),
    "người:đông": of_person("p2", "Đông"),
    "người:giám": lambda f, _: f.accountable == "Giám đốc" and f.accountable_person is None,
    "họp:ban giao": lambda f, _: f.meeting == "m1",
    "họp:tuần 01/02/2026": lambda f, _: f.meeting == "m1",
    "tt:mở": lambda f, _: is_open(f),
    "tt:đóng": lambda f, _: not is_open(f),
    "tt:quá": lambda f, _: is_open(f) and is_late(f),
    "tt:sắp": lambda f, _: (
        is_open(f) and due_in(f, TODAY.isoformat(), (TODAY + SOON).isoformat()) and not is_late(f)
    ),
    "tt:chờ": lambda f, _: f.state == "submitted",
    "tt:không": lambda f, _: is_open(f) and f.due is None,
    "tt:done_late": lambda f, _: f.state == "done" and is_late(f, office_day(f.done_at)),
    "tt:in_time": lambda f, _: (
        f.state == "done" and f.due is not None and not is_late(f, office_day(f.done_at))
    ),
    "tt:mở,xong": lambda f, _: is_open(f) or f.state == "done",
    "hạn:27/2": lambda f, _: f.due == "2026-02-27",
    "hạn:<27/2": lambda f, _: bool(f.due and f.due < "2026-02-27"),
    "hạn:>=27/2": lambda f, _: bool(f.due and f.due >= "2026-02-27"),
    "hạn:26/2..1/3": lambda f, _: due_in(f, "2026-02-26", "2026-03-01"),
    "hạn:tuần này": lambda f, _: due_in(f, "2026-02-23", "2026-03-01"),
    "hạn:tháng 3": lambda f, _: due_in(f, "2026-03-01", "2026-03-31"),
    "hạn:không": lambda f, _: f.due is None,
    "lv:dat": lambda f, _: f.field == "lv1",
    "lĩnhvực:y tế": lambda f, _: f.field == "lv2",
    "lđ:lan": lambda f, _: f.leader == "p1" or (f.leader is None and f.field == "lv1"),
    "lãnhđạo:đông": lambda f, _: f.leader == "p2",
    "loại:de an": lambda f, _: f.kind == "scheme",
    'loại:"nhiệm vụ",đảng': lambda f, _: f.kind in ("", "party"),
    "đã:gia hạn": lambda f, _: f.extensions > 0,
    "da:tra lai": lambda f, _: f.returns > 0,
    "đã:đôn đốc": lambda f, _: f.urged_at is not None,
    "đã:hồi âm": lambda f, _: f.heard_at is not None,
    "tt:im lang": lambda f, _: (
        is_open(f)
        and f.state != "proposed"
        and f.heard_at is None
        and bool(f.given_at and f.given_at < SILENT_BEFORE)
    ),
    "vai:phần": lambda f, _: f.role == "part",
    "vai:moc": lambda f, _: f.role == "milestone",
    "vai:việc": lambda f, _: f.role == "",
    "vai:tất cả": lambda f, _: True,
    "nguồn:phone": lambda _, source: source == "phone",
    "nguồn:họp": lambda f, _: f.meeting is not None,
    "thiếu:any": lambda f, _: bool(missing(f)),
    **{
        f"thiếu:{point}": lambda f, _, point=point: point in missing(f)  # type: ignore[misc]
        for point in Point
    },
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    now = datetime(2026, 2, 27, 6, tzinfo=UTC).timestamp()
    path: Path = tmp_path_factory.mktemp("asking") / "thuky.db"
    with Store(path, clock=lambda: now) as store:
        for id, name in UNITS.items():
            successor = "stc" if id == "cu" else None
            abbr = id.upper() if id != "cu" else ""
            store.insert(Unit(id=id, name=name, abbr=abbr, successor=successor))
        for id, title in MEETINGS.items():
            store.insert(Meeting(id=id, title=title, starts_at=f"2026-02-0{id[1]}T01:00:00Z"))
        for id, name in PERSONS.items():
            store.insert(Person(id=id, name=name))
        for id, (name, leader) in FIELDS.items():
            store.insert(Field(id=id, name=name, leader=leader))
        yield store


def roles_in_question(asked: list[tuple[bool, str]]) -> tuple[str, ...]:
    """Parts and milestones do not crowd the tasks: they are there where somebody asks for them."""
    wanted = {part.split(":")[0] for negated, part in asked if not negated}
    if "vai" in wanted:
        return ("", "part", "milestone")
    return ("", "part") if wanted & {"đv", "người"} else ("",)


def write(
    store: Store, found: list[tuple[Followup, str | None, str | None, int]]
) -> dict[str, str | None]:
    """Write them; returns the ids with the kinds of their sources."""
    sources = {}
    for followup, source, kind, hours in found:
        id = store.insert(followup).id
        sources[id] = source
        if source:
            store.insert(FollowupSource(followup=id, kind=source))
        if kind:
            at = datetime.fromtimestamp(store.clock(), UTC) + timedelta(hours=hours)
            store.insert(FollowupEvent(followup=id, kind=kind, at=f"{at:%Y-%m-%dT%H:%M:%SZ}"))
    return sources


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(followups(), max_size=8),
    st.lists(st.tuples(st.booleans(), st.sampled_from(list(ASKED))), max_size=3),
)
def test_a_filter_finds_what_it_asks_for(
    store: Store,
    written: list[tuple[Followup, str | None, str | None, int]],
    asked: list[tuple[bool, str]],
) -> None:
    store.connection.execute("BEGIN")
    try:
        sources = write(store, written)
        text = " ".join(f"{'-' if negated else ''}{part}" for negated, part in asked)
        asking = Asking(store, TODAY)
        parsed = asking.parse(text)
        answering = {f.accountable for f, *_ in written}
        allowed = set() if "Giám đốc" in answering else {"Không có ai là “giám”."}
        assert {str(problem) for problem in parsed.problems} <= allowed
        wanted = {
            id
            for id, source in sources.items()
            if all(
                ASKED[part](store.get(Followup, id), source) is not negated
                for negated, part in asked
                if part != "người:giám" or not parsed.problems
            )
            and store.get(Followup, id).role in roles_in_question(asked)
        }
        for order in Order:
            rows = asking.rows(parsed.filter, order)
            assert set(rows.ids()) == wanted, text
            ids = [f.id for f in rows.page(0, 100)]
            assert ids == rows.ids()
            assert [rows.index(id) for id in ids] == list(range(len(ids)))
            assert rows.index("không có") is None
    finally:
        store.connection.execute("ROLLBACK")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(followups(), max_size=10))
def test_rows_come_in_the_order_asked_for(
    store: Store, written: list[tuple[Followup, str | None, str | None, int]]
) -> None:
    sorted_by: dict[str | None, object] = {id: sort_key(name) for id, name in UNITS.items()}
    names = {None: (), **sorted_by}
    keys: dict[Order, Callable[[Followup], object]] = {
        Order.DUE: lambda f: (f.due is None, f.due or ""),
        Order.LEAD: lambda f: (f.lead is None, names[f.lead]),
        Order.WORK: lambda f: sort_key(f.work),
        Order.MEETING: lambda f: (f.meeting is None, f.meeting != "m2"),
    }
    store.connection.execute("BEGIN")
    try:
        write(store, written)
        for order, key in keys.items():
            rows = FollowupRows(Selection(store, order=order)).page(0, 100)
            assert list(map(key, rows)) == sorted(map(key, rows)), order  # type: ignore[type-var]
        last_first = FollowupRows(Selection(store, reverse=True)).page(0, 100)
        backwards = [f.due for f in last_first if f.due]
        assert backwards == sorted(backwards, reverse=True)
    finally:
        store.connection.execute("ROLLBACK")


def test_a_whole_is_what_has_parts(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        whole = store.insert(Followup(work="Giao các xã")).id
        store.insert(Followup(work="Giao một sở"))
        part = store.insert(Followup(work="Phần", role="part", parent=whole)).id
        asking = Asking(store, TODAY)
        assert asking.rows(asking.parse("vai:mốc").filter).ids() == []
        assert asking.rows(asking.parse("vai:chung").filter).ids() == [whole]
        store.delete(Followup, part)
        assert asking.rows(asking.parse("vai:chung").filter).ids() == []
    finally:
        store.connection.execute("ROLLBACK")


def test_of_many_the_first_are_there_at_once_and_the_rest_when_asked_for(store: Store) -> None:
    store.connection.execute("BEGIN")
    try:
        for number in range(HEAD + 50):
            day = TODAY + timedelta(days=number)
            store.insert(Followup(id=f"{number:04}", work="x", due=day.isoformat()))
        rows = FollowupRows(Selection(store))
        assert (rows.whole, rows.count) == (False, HEAD)
        assert rows.index("0007") == 7
        assert not rows.whole
        assert rows.index(f"{HEAD + 3:04}") == HEAD + 3
        assert (rows.whole, rows.count) == (True, HEAD + 50)
        found = Asking(store, TODAY).rows(Filter((Clause(Key.WORD, ("x",)),)))
        found.complete()
        assert (found.whole, found.count) == (True, HEAD + 50)
    finally:
        store.connection.execute("ROLLBACK")


def test_words_are_those_that_are_written_now(store: Store) -> None:
    words = FollowupWords()
    with store.transaction():
        kept = store.insert(Followup(work="Mua xe cứu thương"))
    for _ in range(3):
        words.prepare(lambda: Store(store.path))
        words.close()

    def found(typed: str) -> int:
        asked = Filter((Clause(Key.WORD, (typed,)),))
        return Asking(store, TODAY, words).rows(asked).count

    assert [found(typed) for typed in ("c", "cuu", "cuu x", "cuu thuong", "xe")] == [1, 1, 0, 1, 1]
    assert found("cuu thuong") == 1
    store.update(Followup, kept.id, work="Mua máy thở")
    assert (found("cuu"), found("máy"), found("MAY THO")) == (0, 1, 1)
    with Store(store.path) as other:
        other.update(Followup, kept.id, product="Hợp đồng", work="Bán máy thở")
    assert (found("mua"), found("hop dong")) == (0, 1)
    store.delete(Followup, kept.id)
    assert found("may tho") == 0
    words.close()
