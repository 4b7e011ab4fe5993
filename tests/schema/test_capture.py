"""Every written cell is noted, once and with what it overwrote, whoever wrote it."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.records import Followup, Meeting, Person, TextUpdate, Unit
from schema.store import Store
from schema.tables import TABLES, Table

Write = Callable[[Path, str], None]


class Note(NamedTuple):
    tbl: str
    row: str
    col: str
    val: Any
    base: str | None
    stamp: str


def notes(store: Store, since: int = 0) -> list[Note]:
    """What was noted, but for the rows that every database has from the start."""
    rows = store.connection.execute(
        "SELECT tbl, row, col, val, base, hlc || '.' || device FROM change WHERE seq > ?"
        " AND device <> 'seed' ORDER BY seq",
        (since,),
    )
    return [Note(*row) for row in rows]


def last(store: Store) -> int:
    (seq,) = store.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    return int(seq)


def latest(store: Store, row: str, col: str) -> Note:
    return [note for note in notes(store) if (note.row, note.col) == (row, col)][-1]


def noted(store: Store, since: int) -> list[tuple[str, Any]]:
    return [(note.col, note.val) for note in notes(store, since)]


def by_python(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    connection.close()


def by_recursive_python(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(sql)
    connection.close()


def by_shell(path: Path, sql: str) -> None:
    if not shutil.which("sqlite3"):
        pytest.skip("no sqlite3 shell here")
    run = subprocess.run(
        ["sqlite3", "-batch", "-bail", str(path)],
        input=sql,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise sqlite3.Error(run.stderr)


@pytest.fixture(params=[by_python, by_recursive_python, by_shell], ids=lambda f: f.__name__)
def write(request: pytest.FixtureRequest) -> Write:
    """One way in which another program may write."""
    writer: Write = request.param
    return writer


@pytest.fixture
def unit(store: Store) -> Unit:
    return store.insert(Unit(name="Sở Tài chính", abbr="STC"))


def test_an_insert_notes_each_cell_that_is_not_its_default(
    store: Store, path: Path, write: Write
) -> None:
    write(path, "INSERT INTO unit (id, name) VALUES ('a', 'Sở Y tế')")
    assert [(n.tbl, n.row, n.col, n.base) for n in notes(store)] == [
        ("unit", "a", "created_at", None),
        ("unit", "a", "name", None),
    ]
    assert notes(store)[1].val == "Sở Y tế"


def test_an_update_notes_the_changed_cells_with_the_stamp_they_overwrote(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since, base = last(store), latest(store, unit.id, "name").stamp
    write(path, "UPDATE unit SET name = 'Sở TC', abbr = abbr")
    (note,) = notes(store, since)
    assert (note.row, note.col, note.val, note.base) == (unit.id, "name", "Sở TC", base)


def test_cells_written_by_one_statement_bear_one_stamp_and_later_ones_a_higher(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    write(path, "UPDATE unit SET name = 'x', abbr = 'y'")
    first, second = notes(store, since)
    assert first.stamp == second.stamp > latest(store, unit.id, "created_at").stamp


def test_writing_what_is_there_already_notes_nothing(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    write(path, "UPDATE unit SET name = name, deleted_at = NULL")
    write(path, "UPDATE unit SET name = 'nobody' WHERE 0")
    write(path, f"INSERT OR IGNORE INTO unit (id, name) VALUES ('{unit.id}', 'ignored')")
    columns = "id, created_at, name, abbr"
    write(path, f"INSERT OR REPLACE INTO unit ({columns}) SELECT {columns} FROM unit")
    assert notes(store, since) == []


def test_replace_notes_what_it_changed_and_what_it_dropped(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    store.update(Unit, unit.id, type="sở")
    since, base = last(store), latest(store, unit.id, "abbr").stamp
    write(
        path,
        "REPLACE INTO unit (id, created_at, name, type)"
        f" VALUES ('{unit.id}', '{unit.created_at}', 'Sở TC', 'sở')",
    )
    assert noted(store, since) == [("name", "Sở TC"), ("abbr", "")]
    assert notes(store, since)[1].base == base
    assert store.get(Unit, unit.id).abbr == ""


def test_an_upsert_notes_only_the_changed_cell(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    sql = (
        f"INSERT INTO unit (id, name, abbr) VALUES ('{unit.id}', 'new', 'STC')"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, abbr = excluded.abbr"
    )
    write(path, sql)
    write(path, sql)
    assert noted(store, since) == [("name", "new")]


def test_a_null_in_place_of_a_value_is_noted_and_back(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    write(path, f"UPDATE unit SET parent = '{unit.id}'")
    write(path, "UPDATE unit SET parent = NULL")
    assert noted(store, since) == [("parent", unit.id), ("parent", None)]


def test_delete_becomes_a_tombstone(store: Store, path: Path, write: Write, unit: Unit) -> None:
    since = last(store)
    write(path, "DELETE FROM unit")
    kept = store.get(Unit, unit.id)
    assert kept.deleted_at
    assert kept.name == unit.name
    assert noted(store, since) == [("deleted_at", kept.deleted_at)]
    write(path, "DELETE FROM unit")
    assert noted(store, since) == [("deleted_at", kept.deleted_at)]


def test_to_delete_names_the_newest_seen_of_each_devices_writes_of_the_row(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    with store.transaction():
        store.connection.execute(
            "INSERT INTO change (tbl, row, col, val, hlc, device)"
            " VALUES ('unit', ?, 'name', 'x', 5, 'b'), ('unit', ?, 'abbr', 'y', 4, 'b')",
            (unit.id, unit.id),
        )
    since, own = last(store), latest(store, unit.id, "created_at").stamp
    write(path, "DELETE FROM unit")
    (note,) = notes(store, since)
    assert note.base is not None
    assert sorted(note.base.split(" ")) == sorted(["5.b", own])


def test_a_second_delete_does_not_move_the_first(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    store.delete(Unit, unit.id)
    before = store.get(Unit, unit.id)
    write(path, "DELETE FROM unit")
    assert store.get(Unit, unit.id) == before


def test_delete_stays_a_tombstone_after_a_replace_and_an_ignored_insert(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    write(path, f"REPLACE INTO unit (id, name) VALUES ('{unit.id}', 'x')")
    write(path, f"INSERT OR IGNORE INTO unit (id, name) VALUES ('{unit.id}', 'y')")
    write(path, "DELETE FROM unit")
    assert store.get(Unit, unit.id).deleted_at


def test_a_replace_that_fails_changes_nothing(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    with pytest.raises(sqlite3.Error):
        write(path, f"REPLACE INTO unit (id, name) VALUES ('{unit.id}', x'00')")
    assert store.get(Unit, unit.id) == unit
    write(path, "DELETE FROM unit")
    assert [col for col, _ in noted(store, since)] == ["deleted_at"]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_an_id_never_changes(store: Store, path: Path, write: Write, table: Table) -> None:
    write(path, f"INSERT INTO \"{table.name}\" (id) VALUES ('a')")
    with pytest.raises(sqlite3.Error, match=r"never changes|written once"):
        write(path, f"UPDATE \"{table.name}\" SET id = 'b'")
    ids = {row.id for row in store.select(table.record)}
    assert "a" in ids
    assert "b" not in ids


@pytest.mark.parametrize("name", ["text_update", "followup_event"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET created_at = 'x'",
        "UPDATE OR IGNORE {} SET created_at = 'x'",
        "DELETE FROM {}",
        "REPLACE INTO {} (id, created_at) VALUES ('a', 'x')",
        "REPLACE INTO {} (seq, id, created_at) SELECT seq, 'b', 'x' FROM {}",
        "INSERT INTO {} (id) VALUES ('a')",
    ],
)
def test_rows_that_are_written_once_refuse_whatever_changes_them(
    store: Store, path: Path, write: Write, name: str, sql: str
) -> None:
    write(path, f"INSERT INTO {name} (id) VALUES ('a')")
    before = store.connection.execute(f"SELECT * FROM {name}").fetchall()
    since = last(store)
    with pytest.raises(sqlite3.Error):
        write(path, sql.format(name, name))
    assert store.connection.execute(f"SELECT * FROM {name}").fetchall() == before
    assert notes(store, since) == []


def test_a_row_that_is_written_once_may_come_again_unheeded(
    store: Store, path: Path, write: Write
) -> None:
    write(path, "INSERT INTO text_update (id, data) VALUES ('a', x'01')")
    write(path, "INSERT OR IGNORE INTO text_update (id, data) VALUES ('a', x'02')")
    write(path, "INSERT INTO text_update (id) VALUES ('a') ON CONFLICT DO NOTHING")
    assert [row.data for row in store.select(TextUpdate)] == [b"\x01"]
    assert [(n.col, n.val) for n in notes(store)] == [("*", None)]


def test_rows_that_are_written_once_are_noted_without_their_content(
    store: Store, path: Path, write: Write
) -> None:
    write(path, "INSERT INTO text_update (id, data) VALUES ('a', x'0102')")
    (note,) = notes(store)
    assert note[:5] == ("text_update", "a", "*", None, None)


def test_what_each_machine_derives_is_not_noted(store: Store) -> None:
    followup = store.insert(Followup(work="x"))
    since = last(store)
    store.connection.execute(
        "INSERT INTO followup_event (id, followup, kind) VALUES ('e', ?, 'done')", (followup.id,)
    )
    store.connection.execute("INSERT INTO text (id, created_at) VALUES ('t', 'x')")
    store.connection.execute("UPDATE text SET plain = 'xin chào', updated_at = 'x', plain_upto = 5")
    assert [(n.tbl, n.col) for n in notes(store, since)] == [
        ("followup_event", "*"),
        ("text", "created_at"),
    ]


def test_nothing_is_noted_while_other_machines_changes_are_applied(
    store: Store, path: Path, write: Write, unit: Unit
) -> None:
    since = last(store)
    store.connection.execute("UPDATE clock SET applying = 1")
    (hlc,) = store.connection.execute("SELECT hlc FROM clock").fetchone()
    write(path, "INSERT INTO unit (id, name) VALUES ('a', 'x')")
    write(path, "UPDATE unit SET name = 'y'")
    write(path, "INSERT INTO text_update (id) VALUES ('a')")
    assert notes(store, since) == []
    assert store.connection.execute("SELECT hlc FROM clock").fetchone() == (hlc,)


def test_a_transaction_that_is_rolled_back_notes_nothing(store: Store, unit: Unit) -> None:
    since = last(store)

    def fail() -> None:
        with store.transaction():
            store.update(Unit, unit.id, name="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert notes(store, since) == []


# sqlite-utils, as a library and as a command


@pytest.fixture
def db(store: Store, path: Path) -> sqlite_utils.Database:
    return sqlite_utils.Database(path)


def test_sqlite_utils_insert(store: Store, db: sqlite_utils.Database) -> None:
    db.table("unit").insert({"id": "a", "name": "x"})
    assert [(n.row, n.col) for n in notes(store)] == [("a", "created_at"), ("a", "name")]


def test_sqlite_utils_insert_all_gives_every_row_an_id(
    store: Store, db: sqlite_utils.Database
) -> None:
    db.table("unit").insert_all({"name": str(n)} for n in range(200))
    units = store.select(Unit)
    assert len({unit.id for unit in units}) == 200
    assert {n.row for n in notes(store)} == {unit.id for unit in units}
    assert len(notes(store)) == 400


def test_sqlite_utils_insert_replace(store: Store, db: sqlite_utils.Database, unit: Unit) -> None:
    since, base = last(store), latest(store, unit.id, "name").stamp
    row = {"id": unit.id, "created_at": unit.created_at, "name": "x", "abbr": unit.abbr}
    db.table("unit").insert(row, replace=True)
    db.table("unit").insert(row, replace=True)
    (note,) = notes(store, since)
    assert (note.col, note.val, note.base) == ("name", "x", base)


def test_sqlite_utils_upsert_update_and_delete(
    store: Store, db: sqlite_utils.Database, unit: Unit
) -> None:
    since = last(store)
    db.table("unit").upsert({"id": unit.id, "name": "x"}, pk="id")
    db.table("unit").upsert({"id": unit.id, "name": "x"}, pk="id")
    db.table("unit").update(unit.id, {"abbr": "y"})
    db.table("unit").delete(unit.id)
    assert noted(store, since) == [
        ("name", "x"),
        ("abbr", "y"),
        ("deleted_at", store.get(Unit, unit.id).deleted_at),
    ]


@pytest.mark.parametrize(
    ("command", "row", "expected"),
    [
        (["insert"], {"id": "b", "name": "x"}, [("created_at", ...), ("name", "x")]),
        (["upsert", "--pk", "id"], {"id": "a", "name": "y"}, [("name", "y")]),
        (
            ["insert", "--pk", "id", "--replace"],
            {"id": "a", "created_at": "c", "name": "z"},
            [("name", "z")],
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) and len(value) == 1 else None,
)
def test_sqlite_utils_as_a_command(
    store: Store, path: Path, command: list[str], row: dict[str, str], expected: list[Any]
) -> None:
    store.insert(Unit(id="a", created_at="c", name="w"))
    since = last(store)
    verb, *options = command
    subprocess.run(
        [sys.executable, "-m", "sqlite_utils", verb, str(path), "unit", "-", *options],
        input=json.dumps(row),
        encoding="utf-8",
        check=True,
        capture_output=True,
    )
    found = noted(store, since)
    assert [col for col, _ in found] == [col for col, _ in expected]
    assert found[-1] == expected[-1]


# Any sequence of statements

CELLS = st.fixed_dictionaries(
    {}, optional={c: st.sampled_from(["", "x", "y"]) for c in ("name", "abbr", "type")}
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "ignore", "upsert", "update", "delete", "restore"]),
        st.sampled_from(["a", "b"]),
        CELLS,
    ),
    max_size=12,
)


def statement(verb: str, id: str, cells: dict[str, str]) -> str:
    """One statement of SQL that a program may send."""
    row = {"id": id, "created_at": "c", **cells}
    into = f"INTO unit ({', '.join(row)}) VALUES ({', '.join(repr(v) for v in row.values())})"
    sets = ", ".join(f"{name} = {value!r}" for name, value in cells.items()) or "name = name"
    return {
        "insert": f"INSERT {into}",
        "replace": f"INSERT OR REPLACE {into}",
        "ignore": f"INSERT OR IGNORE {into}",
        "upsert": f"INSERT {into} ON CONFLICT (id) DO UPDATE SET {sets}",
        "update": f"UPDATE unit SET {sets} WHERE id = '{id}'",
        "delete": f"DELETE FROM unit WHERE id = '{id}'",
        "restore": f"UPDATE unit SET deleted_at = NULL WHERE id = '{id}'",
    }[verb]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, recursive=st.booleans())
def test_the_notes_alone_make_the_same_rows_elsewhere(
    store: Store, steps: list[tuple[str, str, dict[str, str]]], recursive: bool
) -> None:
    connection = store.connection
    connection.execute(f"PRAGMA recursive_triggers = {int(recursive)}")
    connection.execute("BEGIN")
    try:
        for step in steps:
            try:
                connection.execute(statement(*step))
            except sqlite3.IntegrityError:
                assert step[0] == "insert"
        elsewhere: dict[str, Unit] = {}
        seen: dict[tuple[str, str], str] = {}
        for note in notes(store):
            cells = {f: getattr(elsewhere.get(note.row), f, "") for f in ("name", "abbr", "type")}
            gone = getattr(elsewhere.get(note.row), "deleted_at", None)
            cells |= {"deleted_at": gone, "created_at": "c", note.col: note.val}
            elsewhere[note.row] = Unit(id=note.row, **cells)
            # One device: what it wrote last in the row is all that it has seen of it.
            of = "" if note.col == "deleted_at" else note.col
            assert note.base == seen.get((note.row, of))
            seen[note.row, note.col] = seen[note.row, ""] = note.stamp
        assert {unit.id: unit for unit in store.select(Unit)} == elsewhere
    finally:
        connection.execute("ROLLBACK")


def test_two_tables_may_hold_one_id(store: Store) -> None:
    store.insert(Meeting(id="a", created_at="c", note="x"))
    store.insert(Person(id="a", created_at="c", note="x"))
    cells = ["created_at", "note"]
    assert [(n.tbl, n.col) for n in notes(store)] == [
        (table, cell) for table in ("meeting", "person") for cell in cells
    ]
    bases = {note.tbl: note.stamp for note in notes(store)}
    since = last(store)
    store.update(Person, "a", note="y")
    store.update(Meeting, "a", note="y")
    assert {note.tbl: note.base for note in notes(store, since)} == bases
