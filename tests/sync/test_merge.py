"""What others wrote comes in: the newest of each cell shows, and nothing stops the rest."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.records import Followup, FollowupEvent, Text, TextUpdate, Unit
from schema.store import Store
from schema.tables import BY_NAME
from sync import unfit
from sync.change import ROW, Change
from sync.merge import merge, take_up

A, B = "a" * 16, "b" * 16


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        yield store


def cell(
    col: str, val: Any, hlc: int, device: str = A, row: str = "u", tbl: str = "unit"
) -> Change:
    return Change(tbl, row, col, val, hlc, device, None)


def whole(tbl: str, row: str, hlc: int, **cells: Any) -> Change:
    return Change(tbl, row, ROW, {"created_at": "c", **cells}, hlc, A, None)


def noted(store: Store) -> list[tuple[Any, ...]]:
    return store.connection.execute(
        "SELECT tbl, row, col, val, hlc, device FROM change WHERE device <> 'seed'"
        " ORDER BY row, col, hlc, device"
    ).fetchall()


def aside(store: Store) -> list[tuple[Any, ...]]:
    query = "SELECT tbl, row, col, val FROM pending_cell ORDER BY tbl, row, col"
    return store.connection.execute(query).fetchall()


CHANGES = st.lists(
    st.builds(
        cell,
        st.sampled_from(["name", "abbr", "parent", "deleted_at"]),
        st.sampled_from(["x", "y", "z"]),
        st.integers(2, 9),
        st.sampled_from([A, B]),
        st.sampled_from(["u", "v"]),
    ),
    max_size=25,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES, luck=st.randoms(use_true_random=False))
def test_the_order_and_the_number_of_times_do_not_matter(
    store: Store, changes: list[Change], luck: random.Random
) -> None:
    def after(batches: list[list[Change]]) -> list[Any]:
        store.connection.execute("BEGIN")
        try:
            merge(store, batches, A)
            cells = store.connection.execute("SELECT * FROM unit ORDER BY id").fetchall()
            conflicts = store.connection.execute("SELECT count(*) FROM conflict_cell").fetchall()
            return [cells, noted(store), conflicts]
        finally:
            store.connection.execute("ROLLBACK")

    unique = {change[:3] + change[4:6]: change for change in changes}
    changes = [unique[key] for key in sorted(unique)]
    shuffled = changes + luck.sample(changes, len(changes) // 2)
    luck.shuffle(shuffled)
    size = luck.randrange(1, 8)
    batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
    assert after(batches) == after([changes])


def test_the_newest_shows_and_the_older_stays_in_the_history(store: Store) -> None:
    merge(store, [[cell("name", "sau", 5)]], A)
    merge(store, [[cell("name", "trước", 4, B)]], B)
    assert store.get(Unit, "u").name == "sau"
    assert [row[3] for row in noted(store)] == ["trước", "sau"]


def test_of_equal_times_the_higher_device_counts(store: Store) -> None:
    merge(store, [[cell("name", "b", 5, B), cell("name", "a", 5, A)]], A)
    assert store.get(Unit, "u").name == "b"


def test_cells_that_come_one_by_one_make_a_row_that_has_the_rest_by_default(store: Store) -> None:
    merge(store, [[cell("work", "x", 5, row="f", tbl="followup")]], A)
    followup = store.get(Followup, "f")
    assert followup == Followup(id="f", work="x")
    merge(store, [[cell("due", "2026-05-01", 6, row="f", tbl="followup")]], A)
    assert store.get(Followup, "f") == Followup(id="f", work="x", due="2026-05-01")


def test_a_cell_can_be_emptied(store: Store) -> None:
    merge(store, [[cell("parent", "v", 5)]], A)
    merge(store, [[cell("parent", None, 6)]], A)
    assert store.get(Unit, "u").parent is None


def test_what_is_applied_is_not_noted_as_written_here(store: Store) -> None:
    merge(store, [[cell("name", "x", 5), whole("followup_event", "e", 6)]], A)
    query = "SELECT count(*) FROM change WHERE log IS NULL AND device <> 'seed'"
    assert store.connection.execute(query).fetchone() == (0,)
    assert store.connection.execute("SELECT applying FROM clock").fetchone() == (0,)


def test_a_stamp_from_the_future_pushes_the_clock(store: Store) -> None:
    ahead = 4_000_000_000_000 << 16
    merge(store, [[cell("name", "x", ahead)]], A)
    store.update(Unit, "u", name="y")
    (hlc,) = store.connection.execute("SELECT max(hlc) FROM change").fetchone()
    assert hlc == ahead + 1


def test_rows_that_are_written_once_come_once_and_make_the_state(store: Store) -> None:
    event = whole("followup_event", "e", 5, followup="f", kind="done", at="2026")
    merge(store, [[event]], A)
    merge(store, [[event, cell("work", "x", 4, row="f", tbl="followup")]], A)
    assert store.select(FollowupEvent)[0].note == ""
    assert store.get(Followup, "f").state == "done"
    merge(store, [[whole("followup_event", "g", 6, followup="f", kind="reopened", at="2027")]], A)
    assert store.get(Followup, "f").state == "in_progress"


def test_a_merge_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    def batches() -> Iterator[list[Change]]:
        yield [cell("name", "x", 5)]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        merge(store, batches(), A)
    assert noted(store) == []
    assert store.find(Unit, "u") is None
    assert store.connection.execute("SELECT applying FROM clock").fetchone() == (0,)


BAD: dict[str, Change] = {
    "an unknown table": cell("name", "x", 5, tbl="room"),
    "an unknown column": cell("colour", "x", 5),
    "a derived column": cell("state", "done", 5, row="f", tbl="followup"),
    "an id": cell("id", "x", 5),
    "a number for text": cell("name", 3, 5),
    "bytes for text": cell("name", b"x", 5),
    "nothing for a required cell": cell("name", None, 5),
    "text for a number": cell("inclusive", "x", 5, row="f", tbl="followup"),
    "a fraction for a number": cell("inclusive", 0.5, 5, row="f", tbl="followup"),
    "a number too large": cell("inclusive", 1 << 63, 5, row="f", tbl="followup"),
    "a stamp beyond all clocks": cell("name", "x", (1 << 63) - 1),
    "a cell of a row that is written once": cell("note", "x", 5, row="e", tbl="followup_event"),
    "a whole row of a table of cells": whole("unit", "u", 5, name="x"),
    "a whole row with a wrong cell": whole("followup_event", "e", 5, note=3),
    "a whole row with nothing in a required cell": whole("text_update", "t", 5, data=None),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_change_that_does_not_fit_is_kept_aside_and_the_rest_comes_in(
    store: Store, bad: Change
) -> None:
    good = [cell("abbr", "STC", 5), whole("followup_event", "good", 7, kind="done")]
    merged = merge(store, [[good[0], bad, good[1]]], A)
    assert merged.aside == 1
    assert [row[:3] for row in aside(store)] == [bad[:3]]
    assert store.get(Unit, "u").abbr == "STC"
    assert [event.id for event in store.select(FollowupEvent)] == ["good"]
    assert bad.hlc < 9 or store.connection.execute("SELECT hlc FROM clock").fetchone()[0] < 9 << 50
    store.update(Unit, "u", name="còn ghi được")


def test_a_bad_newer_value_does_not_hide_a_good_older_one(store: Store) -> None:
    merge(store, [[cell("name", "tốt", 5), cell("name", None, 9)]], A)
    assert store.get(Unit, "u").name == "tốt"


def test_what_a_newer_version_wrote_is_applied_after_the_upgrade(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [
        cell("name", "Sở Y tế", 5),
        cell("colour", "đỏ", 6),
        whole("followup_event", "e", 7, kind="done", weight=3),
        cell("name", "Phòng 1", 8, row="r", tbl="room"),
    ]
    assert merge(store, [changes], A).aside == 3
    assert store.select(FollowupEvent)[0].kind == "done"
    assert take_up(store).changes == 0
    assert len(aside(store)) == 3
    known = unfit._columns

    def columns(table: str) -> dict[str, Any]:
        new = {"unit": "name", "followup_event": "seq"}.get(table)
        extra = {"unit": "colour", "followup_event": "weight"}.get(table, "")
        made = next((c for c in BY_NAME[table].columns if c.name == new), None) if new else None
        return {**known(table), **({extra: made} if made else {})}

    monkeypatch.setattr(unfit, "_columns", columns)
    store.connection.execute("ALTER TABLE unit ADD COLUMN colour TEXT NOT NULL DEFAULT ''")
    store.connection.execute("ALTER TABLE followup_event ADD COLUMN weight INTEGER")
    take_up(store)
    assert store.connection.execute("SELECT colour FROM unit").fetchone() == ("đỏ",)
    assert store.connection.execute("SELECT weight FROM followup_event").fetchone() == (3,)
    assert [row[0] for row in aside(store)] == ["room"]


def test_a_text_update_comes_before_its_text(store: Store) -> None:
    merged = merge(store, [[whole("text_update", "t", 5, text="m", data=b"x")]], A)
    assert merged.texts == {"m"}
    merged = merge(store, [[cell("created_at", "c", 4, row="m", tbl="text")]], A)
    assert merged.texts == {"m"}
    assert store.get(Text, "m").plain == ""
    assert store.select(TextUpdate)[0].text == "m"


def test_two_values_under_one_stamp_end_alike_on_all_machines(store: Store, tmp_path: Path) -> None:
    one, two = cell("name", "x", 5), cell("name", "y", 5)
    with Store(tmp_path / "other.db") as other:
        merge(store, [[one], [two]], A)
        merge(other, [[two], [one]], A)
        assert store.get(Unit, "u").name == other.get(Unit, "u").name == "y"
        assert noted(store) == noted(other)


def test_an_index_of_the_schema_finds_the_versions_of_a_cell(store: Store) -> None:
    plan = store.connection.execute(
        "EXPLAIN QUERY PLAN SELECT 1 FROM change WHERE row = 'a' AND col = 'b' AND tbl = 'c'"
        " AND (hlc, device) > (1, 'x')"
    ).fetchall()
    assert isinstance(store.connection, sqlite3.Connection)
    assert "COVERING INDEX change_cell" in plan[0][3]
