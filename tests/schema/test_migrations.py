"""An older file is brought up to date whole, with a copy beside it first, or stays as it was."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from schema import migrations
from schema.database import APPLICATION_ID, VERSION, open_database
from schema.doctor import examine
from schema.errors import ThukyError
from schema.records import CalendarDay, Followup, Meeting, Text, Unit, UrgingRule
from schema.seeds import calendar_days, seed, urging_rules
from schema.shape import declared, shape_of
from schema.store import Store
from schema.tables import columns_of


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return [row[0] for row in rows]


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.backup"))


@pytest.fixture
def older(path: Path) -> Path:
    """A file as a version before the first would have left it: less of all, and some content."""
    with Store(path) as store:
        store.insert(Unit(id="u", name="Sở Y tế"))
        store.insert(Meeting(id="m", title="Giao ban", place="Phòng 1"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("ALTER TABLE meeting DROP COLUMN urgency")
        connection.execute("ALTER TABLE meeting DROP COLUMN host")
        connection.execute("DROP INDEX meeting_starts_at")
        connection.execute("DROP TABLE abbreviation")
        connection.execute("CREATE TRIGGER unit_insert AFTER INSERT ON unit BEGIN SELECT 1; END")
        connection.execute("PRAGMA user_version = 0")
    return path


def test_every_version_has_its_step() -> None:
    assert len(migrations.steps.pending(Database(memory=True))) == VERSION


def test_an_older_file_becomes_as_a_new_one(older: Path) -> None:
    with Store(older) as store:
        shape = shape_of(store.connection)
        own = {part: made for part, made in shape.items() if not made.table.startswith("_sqlite")}
        wanted = declared()
        assert own.keys() == wanted.keys()
        assert [p for p in wanted if own[p].details != wanted[p].details] == []
        assert store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert [f for f in examine(store) if f.severity != "info"] == []


def test_what_was_kept_stays_and_what_is_new_has_its_default(older: Path) -> None:
    with Store(older) as store:
        meeting = store.get(Meeting, "m")
        assert (meeting.title, meeting.place) == ("Giao ban", "Phòng 1")
        assert (meeting.urgency, meeting.host) == ("", None)
        assert store.get(Unit, "u").name == "Sở Y tế"


def test_changes_are_noted_from_then_on(older: Path) -> None:
    with Store(older) as store:
        (before,) = store.connection.execute("SELECT count(*) FROM change").fetchone()
        store.update(Meeting, "m", urgency="khan")
        store.insert(Unit(name="x"))
        (after,) = store.connection.execute("SELECT count(*) FROM change").fetchone()
        assert after - before == 3


def test_the_copy_beside_it_is_the_file_as_it_was(older: Path) -> None:
    before = columns(older, "meeting")
    open_database(older).close()
    (copy,) = backups(older)
    assert copy.name.startswith("thuky.db.v0-")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert columns(copy, "meeting") == before
    assert columns(older, "meeting") != before
    open_database(older).close()
    assert backups(older) == [copy]


def test_the_copy_can_be_opened_in_its_turn(older: Path) -> None:
    open_database(older).close()
    (copy,) = backups(older)
    with Store(copy) as store:
        assert store.get(Meeting, "m").title == "Giao ban"


def test_a_connection_after_a_migration_is_as_any_other(older: Path) -> None:
    def settings() -> list[int]:
        with closing(open_database(older)) as connection:
            return [
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("recursive_triggers", "foreign_keys", "synchronous", "trusted_schema")
            ]

    assert settings() == settings()


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Puts another step after the last."""

    def add(function: Callable[[Database], None]) -> None:
        steps = Migrations("thuky")
        for name in sorted(name for name in vars(migrations) if name.startswith("m0")):
            steps()(getattr(migrations, name))
        steps()(function)
        monkeypatch.setattr(migrations, "steps", steps)
        monkeypatch.setattr(migrations, "VERSION", VERSION + 1)
        monkeypatch.setattr("schema.database.VERSION", VERSION + 1)

    return add


Add = Callable[[Callable[[Database], None]], None]


def test_a_step_that_fails_takes_all_steps_back(older: Path, step: Add) -> None:
    def m0005_broken(db: Database) -> None:
        db.execute("UPDATE unit SET name = 'lost'")
        db.execute("SELECT * FROM no_such_table")

    step(m0005_broken)
    before = shape_of(sqlite3.connect(older))
    with pytest.raises(ThukyError, match="Chưa có gì thay đổi"):
        open_database(older)
    with closing(sqlite3.connect(older)) as connection:
        assert shape_of(connection) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
        assert connection.execute("SELECT name FROM unit").fetchone() == ("Sở Y tế",)
    assert backups(older) == []


def test_a_later_step_runs_once_in_a_new_file_as_in_an_old_one(
    path: Path, older: Path, step: Add
) -> None:
    new = path.with_name("new.db")
    open_database(new).close()
    runs: list[str] = []

    def m0005_more(db: Database) -> None:
        runs.append("m0005")

    step(m0005_more)
    for file in (new, older):
        open_database(file).close()
        open_database(file).close()
    assert runs == ["m0005", "m0005"]


def test_a_step_that_the_file_has_from_its_making_is_not_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: Add
) -> None:
    open_database(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")

    def m0005_never(db: Database) -> None:
        raise AssertionError

    step(m0005_never)
    migrations.steps(name="m0006")(lambda db: None)
    monkeypatch.setattr("schema.database.VERSION", VERSION + 2)
    monkeypatch.setattr(migrations, "VERSION", VERSION + 2)
    open_database(path).close()


def test_a_migration_that_another_process_has_made_is_not_made_again(older: Path) -> None:
    with closing(sqlite3.connect(older, isolation_level=None)) as late:
        open_database(older).close()
        before = older.read_bytes()
        migrations.migrate(late, older, 0)
    assert older.read_bytes() == before


def test_no_room_for_the_copy_means_no_migration(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ThukyError("full")

    monkeypatch.setattr(migrations, "backup", refuse)
    before = older.read_bytes()
    with pytest.raises(ThukyError, match="full"):
        open_database(older)
    assert older.read_bytes() == before


def test_a_trigger_of_somebody_else_stays(older: Path) -> None:
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.execute("CREATE TRIGGER mine AFTER INSERT ON unit BEGIN SELECT 1; END")
    with closing(open_database(older)) as connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'mine'").fetchone()
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


# A file of the first version, as that version wrote it


@pytest.fixture
def first(path: Path) -> Path:
    script = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o600)
    return path


def cells(path: Path) -> dict[tuple[str, str, str], object]:
    """Each cell of each row, by table, id and column."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        own = ("sqlite_", "_sqlite", "search_")
        names = [row[0] for row in rows if not row[0].startswith(own)]
        return {
            (name, str(row[0]), column): row[column]
            for name in names
            for row in connection.execute(f'SELECT * FROM "{name}"')
            for column in row.keys()  # noqa: SIM118 (a Row's own)
        }


def test_a_file_of_the_first_version_keeps_every_cell_and_every_noted_change(first: Path) -> None:
    before = cells(first)
    assert len([key for key in before if key[0] == "change"]) > 100
    with Store(first) as store:
        assert examine(store) == []
        after = cells(first)
        # In the first version nothing was sent, so what was sent upto where is gone.
        kept = {key: value for key, value in before.items() if key[2] != "pushed"}
        assert {key: after[key] for key in kept} == kept
        new = after.keys() - before.keys()
        derived = {c.name for c in columns_of(Followup) if c.derived}
        told = {"followup", "followup_event", "followup_source", "unit"}
        assert {after[key] for key in new if key[0] in told and key[2] not in derived} <= {
            None,
            "",
            0,
        }
        done = store.get(Followup, "f1")
        assert (done.state, done.done_at) == ("done", "2026-03-10T09:00:00Z")
        assert store.select(UrgingRule, "ORDER BY position") == urging_rules()
        assert store.get(Text, "m1").plain.startswith("# Mục một\n! Sở Tài chính")
        assert store.select(CalendarDay, "ORDER BY id") == calendar_days()


def test_what_is_written_after_a_migration_is_noted_over_what_was_there(first: Path) -> None:
    with Store(first) as store:
        store.update(Unit, "u1", successor="u2", abbr="STC")
        (device,) = store.connection.execute("SELECT device FROM clock").fetchone()
        rows = store.connection.execute(
            "SELECT col, base FROM change WHERE row = 'u1' ORDER BY seq DESC LIMIT 2"
        )
        bases = dict(rows.fetchall())
        assert bases["successor"] is None
        assert bases["abbr"].endswith(f".{device}")


# The calendar, which every machine writes by itself


def stamped(store: Store, row: str) -> dict[str, tuple[int, str, object]]:
    """What every machine takes each cell of a row for once all changes have reached it: the
    value with the highest stamp."""
    latest: dict[str, tuple[int, str, object]] = {}
    query = "SELECT col, hlc, device, val FROM change WHERE row = ?"
    for col, *noted in store.connection.execute(query, (row,)):
        latest[col] = max(latest.get(col, (0, "", None)), (noted[0], noted[1], noted[2]))
    return latest


def test_a_new_file_and_a_migrated_one_note_the_same_calendar(first: Path, tmp_path: Path) -> None:
    query = "SELECT tbl, row, col, val, hlc, device, base FROM change WHERE device = 'seed'"
    with Store(first) as old, Store(tmp_path / "new.db") as new:
        noted = [sorted(s.connection.execute(query)) for s in (old, new)]
        assert noted[0] == noted[1] != []
        assert old.select(CalendarDay) == new.select(CalendarDay)


def test_an_edit_of_a_seeded_day_counts_over_the_seeds_of_a_machine_that_gets_them_later(
    first: Path, tmp_path: Path
) -> None:
    with Store(tmp_path / "new.db") as new:
        new.update(CalendarDay, "2027-02-06", provisional=0)
        new.delete(CalendarDay, "2026-11-24")
        edits = stamped(new, "2027-02-06"), stamped(new, "2026-11-24")
    with Store(first) as late:
        seeds = stamped(late, "2027-02-06"), stamped(late, "2026-11-24")
    assert edits[0]["provisional"] > seeds[0]["provisional"]
    assert edits[0]["provisional"][2] == 0
    assert edits[1]["deleted_at"][2]
    assert "deleted_at" not in seeds[1]


def test_seeding_again_leaves_an_edited_day_and_a_deleted_one(store: Store) -> None:
    store.update(CalendarDay, "2027-02-06", name="x")
    store.delete(CalendarDay, "2026-11-24")
    before = [store.select(CalendarDay), stamped(store, "2027-02-06"), stamped(store, "2026-11-24")]
    with store.transaction():
        seed(store.connection)
    after = [store.select(CalendarDay), stamped(store, "2027-02-06"), stamped(store, "2026-11-24")]
    assert after == before
