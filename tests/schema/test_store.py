"""Records come out as they went in; what cannot be done is told, and nothing is half-written."""

import sqlite3
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.database import explain
from schema.errors import Ambiguous, NotFound, ThukyError
from schema.records import Followup, Meeting, Setting, TextUpdate, Unit
from schema.store import Store
from schema.tables import TABLES, Table, columns_of
from tests.schema.conftest import Clock
from tests.schema.mounts import run_in_mount

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "TEXT": TEXT,
    "INTEGER": st.integers(-(2**63), 2**63 - 1),
    "REAL": st.floats(allow_nan=False),
    "BLOB": st.binary(max_size=30),
}


def records(table: Table) -> st.SearchStrategy[Any]:
    """Any record that the table can hold."""
    cells = {
        column.name: VALUES[column.type] if column.required else st.none() | VALUES[column.type]
        for column in columns_of(table.record)
        if not column.derived
    }
    return st.builds(table.record, **cells)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(record=st.sampled_from(TABLES).flatmap(records))
def test_any_record_comes_back_as_it_went_in(store: Store, record: Any) -> None:
    store.connection.execute("BEGIN")
    try:
        kept = store.insert(record)
        for column in columns_of(type(record)):
            if not column.derived and (getattr(record, column.name) or column.name != "id"):
                given_ = getattr(record, column.name)
                if column.name == "created_at":
                    given_ = given_ or store.now()
                assert getattr(kept, column.name) == given_
        assert store.get(type(record), kept.id) == kept
    finally:
        store.connection.execute("ROLLBACK")


def test_a_record_without_an_id_gets_one_of_the_present(store: Store, clock: Clock) -> None:
    unit = store.insert(Unit(name="x"))
    assert int(unit.id.replace("-", "")[:12], 16) == int(clock.now * 1000)
    assert unit.created_at == store.now() == "2026-02-02T02:40:00Z"


def test_the_names_of_columns_are_those_of_the_records(store: Store) -> None:
    for table in TABLES:
        rows = store.connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
        assert [row[0] for row in rows] == [f.name for f in fields(table.record)]


def test_an_update_changes_the_named_cells_only(store: Store) -> None:
    unit = store.insert(Unit(name="x", abbr="y"))
    kept = store.update(Unit, unit.id, abbr="z", parent=None)
    assert (kept.name, kept.abbr) == ("x", "z")
    assert store.get(Unit, unit.id) == kept


def test_an_update_of_nothing_changes_nothing(store: Store) -> None:
    unit = store.insert(Unit(name="x"))
    assert store.update(Unit, unit.id) == unit
    with pytest.raises(NotFound):
        store.update(Unit, "none")


def test_delete_hides_and_restore_brings_back(store: Store) -> None:
    unit = store.insert(Unit(name="x"))
    gone = store.delete(Unit, unit.id)
    assert gone.deleted_at == store.now()
    assert store.live(Unit) == []
    assert store.count(Unit) == 0
    assert store.get(Unit, unit.id) == gone
    assert store.restore(Unit, unit.id) == unit
    assert store.live(Unit, "name = ? ORDER BY id", "x") == [unit]
    assert store.count(Unit, "name = ?", "x") == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.get(Unit, "none"),
        lambda store: store.update(Unit, "none", name="x"),
        lambda store: store.delete(Unit, "none"),
        lambda store: store.restore(Unit, "none"),
        lambda store: store.by_prefix(Unit, "abc"),
        lambda store: store.by_prefix(Unit, ""),
        lambda store: store.by_prefix(Unit, "*"),
        lambda store: store.by_prefix(Unit, "%"),
    ],
)
def test_what_is_not_there_is_told(store: Store, act: Callable[[Store], object]) -> None:
    store.insert(Unit(name="x"))
    with pytest.raises(NotFound, match="Không có bản ghi"):
        act(store)


def test_a_prefix_finds_one_row(store: Store) -> None:
    a = store.insert(Unit(id="019a-1", name="a"))
    b = store.insert(Unit(id="019a-2", name="b"))
    c = store.insert(Unit(id="019a-21", name="c"))
    assert store.by_prefix(Unit, "019a-1") == a
    assert store.by_prefix(Unit, " 019A-21 ") == c
    # A whole id is that row, though another begins with it.
    assert store.by_prefix(Unit, "019a-2") == b
    with pytest.raises(Ambiguous, match="019a"):
        store.by_prefix(Unit, "019a")


def test_an_empty_id_is_nobody(store: Store) -> None:
    assert store.find(Unit, None) is None
    assert store.find(Unit, "") is None


# Transactions


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    unit = store.insert(Unit(name="x"))

    def fail() -> None:
        with store.transaction():
            store.update(Unit, unit.id, name="y")
            with store.transaction():
                store.insert(Meeting(title="z"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert store.get(Unit, unit.id) == unit
    assert store.select(Meeting) == []
    assert not store.connection.in_transaction


def test_what_a_transaction_wrote_is_seen_by_others_at_its_end(store: Store, path: Path) -> None:
    with Store(path) as other:
        version = other.data_version()
        with store.transaction():
            store.insert(Unit(name="x"))
            store.insert(Unit(name="y"))
            assert other.select(Unit) == []
            assert other.data_version() == version
        assert len(other.select(Unit)) == 2
        assert other.data_version() != version


def test_a_snapshot_stays_at_its_moment_and_keeps_nobody_from_writing(
    store: Store, path: Path
) -> None:
    with Store(path) as other:
        with store.snapshot():
            assert store.select(Unit) == []
            other.insert(Unit(name="x"))
            with store.snapshot():
                assert store.select(Unit) == []
        assert len(store.select(Unit)) == 1


def test_an_error_in_the_middle_leaves_nothing_and_is_told(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.insert(Unit(id="a"))
            store.insert(Unit(id="a"))

    with pytest.raises(ThukyError, match="từ chối"):
        fail()
    assert store.select(Unit) == []


def test_another_process_that_writes_for_too_long_is_told(store: Store, path: Path) -> None:
    with Store(path) as other, other.transaction():
        store.connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(ThukyError, match="Chương trình khác"):
            store.insert(Unit(name="x"))
    assert store.insert(Unit(name="x")).name == "x"


@pytest.mark.parametrize("read", [lambda s: s.select(Unit), lambda s: s.count(Unit)])
def test_an_error_while_reading_is_told(store: Store, read: Callable[[Store], object]) -> None:
    store.connection.execute("ALTER TABLE unit RENAME TO gone")
    with pytest.raises(ThukyError, match="từ chối"):
        read(store)


def test_every_sqlite_error_has_a_sentence(path: Path) -> None:
    for name in ("SQLITE_IOERR_WRITE", "SQLITE_BUSY_SNAPSHOT", "SQLITE_READONLY_DBMOVED", ""):
        error = sqlite3.OperationalError("reason")
        error.sqlite_errorname = name
        sentence = str(explain(error, path))
        assert str(path) in sentence
        assert "{" not in sentence


# A full disk


def test_a_full_file_is_told_and_nothing_is_half_written(store: Store) -> None:
    store.insert(Unit(name="before"))
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    def fill() -> None:
        with store.transaction():
            for n in range(1000):
                store.insert(Unit(name=f"{n} {'x' * 1000}"))

    with pytest.raises(ThukyError, match="Đĩa đã đầy"):
        fill()
    assert [unit.name for unit in store.select(Unit)] == ["before"]
    store.connection.execute("PRAGMA max_page_count = 1000000")
    fill()
    assert store.count(Unit) == 1001


FULL_DISK = """
import json, sys
from pathlib import Path
from schema.errors import ThukyError
from schema.records import TextUpdate
from schema.store import Store
folder = Path(sys.argv[1])
store = Store(folder / "thuky.db")
written, said = 0, ""
while not said:
    try:
        with store.transaction():
            for _ in range(5):
                store.insert(TextUpdate(data=bytes(2000)))
        written += 5
    except ThukyError as error:
        said = error.words
kept = store.connection.execute("SELECT count(*) FROM text_update").fetchone()[0]
(noted,) = store.connection.execute(
    "SELECT count(*) FROM change WHERE device <> 'seed'"
).fetchone()
sound = store.connection.execute("PRAGMA quick_check").fetchone()[0]
print(json.dumps([written, kept, noted, sound, said]))
"""


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=2m tmpfs "$1"'
    written, kept, noted, sound, said = run_in_mount(tmp_path, mount, FULL_DISK)
    assert written == kept == noted > 0
    assert sound == "ok"
    assert "Đĩa đã đầy" in said


# This machine's own settings


def test_a_machines_own_settings_are_kept_and_never_noted(store: Store, path: Path) -> None:
    before = store.connection.execute("SELECT count(*) FROM change").fetchone()
    store.set_local({"language": "en", "name": "An"})
    store.set_local({"language": "vi"})
    with Store(path) as other:
        assert (other.local("language"), other.local("name")) == ("vi", "An")
        assert other.local("theme", "dark") == "dark"
    assert store.connection.execute("SELECT count(*) FROM change").fetchone() == before


def test_an_offices_settings_are_rows_by_name(store: Store) -> None:
    store.insert(Setting(id="before_inclusive", value="1"))
    assert store.get(Setting, "before_inclusive").value == "1"


def test_a_default_cell_is_what_the_record_says(store: Store) -> None:
    store.connection.execute("INSERT INTO followup (id, created_at) VALUES ('f', 'c')")
    store.connection.execute("INSERT INTO text_update (id, created_at) VALUES ('t', 'c')")
    assert store.get(Followup, "f") == Followup(id="f", created_at="c")
    assert store.get(TextUpdate, "t") == TextUpdate(seq=1, id="t", created_at="c")
