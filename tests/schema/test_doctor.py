"""The doctor finds each thing that is wrong, touches nothing by looking, and mends without loss."""

import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from schema import doctor, texts
from schema.database import LOOKED_THROUGH_BYTES
from schema.doctor import CHECKS, MENDERS, SHAPES, Finding, examine, mend
from schema.document import Document
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent, Meeting, Series, Text, TextUpdate, Unit
from schema.store import Store
from tests.schema.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    """The doctor holds the stamps of SQLite's clock against this one."""
    return Clock(4_000_000_000.0)


@pytest.fixture
def meeting(store: Store) -> Meeting:
    """A meeting with minutes of three updates, and a follow-up that is done."""
    meeting = store.insert(Meeting(id="m", title="Giao ban"))
    document = Document("An")
    for word in ("một ", "hai ", "ba"):
        document.insert(len(document), word)
        seq = texts.append(store, "m", document.pending() or b"")
    texts.keep_plain(store, "m", "một hai ba", seq)
    store.insert(Followup(id="f", meeting="m"))
    store.insert(FollowupEvent(followup="f", kind="done"))
    return meeting


def codes(store: Store) -> list[str]:
    return [finding.code for finding in examine(store)]


def only(store: Store) -> Finding:
    (finding,) = examine(store)
    return finding


def run(store: Store, sql: str) -> None:
    store.connection.execute(sql)


pytestmark = pytest.mark.usefixtures("meeting")


def test_nothing_is_found_where_nothing_is_wrong(store: Store) -> None:
    assert examine(store) == []
    assert mend(store) == []


def test_every_check_passes_a_new_file(tmp_path: Path) -> None:
    with Store(tmp_path / "new.db") as store:
        assert examine(store) == []


def test_looking_changes_nothing(store: Store, path: Path) -> None:
    run(store, "DROP TRIGGER unit_update")
    run(store, "UPDATE text SET plain = 'sai'")
    changes = store.connection.total_changes
    before = {p.name: p.read_bytes() for p in path.parent.iterdir() if p.suffix != ".db-shm"}
    assert len(examine(store)) == 2
    assert store.connection.total_changes == changes
    assert {
        p.name: p.read_bytes() for p in path.parent.iterdir() if p.suffix != ".db-shm"
    } == before


# Each thing that may be wrong, what is said of it, and whether it can be mended

Harm = Callable[[Store], None]

HARMS: list[tuple[str, str, Harm]] = [
    ("trigger_missing", "error", lambda s: run(s, "DROP TRIGGER unit_update")),
    ("index_missing", "error", lambda s: run(s, "DROP INDEX meeting_series")),
    ("table_missing", "error", lambda s: run(s, "DROP TABLE local_setting")),
    ("trigger_unknown", "warning", lambda s: run(
        s, "CREATE TRIGGER mine AFTER INSERT ON unit BEGIN SELECT 1; END")),
    ("column_unknown", "warning", lambda s: run(s, "ALTER TABLE unit ADD COLUMN mine TEXT")),
    ("clock_missing", "error", lambda s: run(s, "DELETE FROM clock")),
    ("applying", "error", lambda s: run(s, "UPDATE clock SET applying = 1")),
    ("skew", "warning", lambda s: run(s, f"UPDATE clock SET hlc = {4_000_007_200_000 << 16}")),
    ("orphan", "error", lambda s: run(s, "UPDATE followup SET meeting = 'none'")),
    ("text_different", "error", lambda s: run(s, "UPDATE text SET plain = 'sai'")),
    ("text_behind", "info", lambda s: run(
        s, "UPDATE text SET plain = 'một hai ', plain_upto = plain_upto - 1")),
    ("update_unreadable", "error", lambda s: run(
        s, "INSERT INTO text_update (text, data) VALUES ('m', x'0102')")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "severity", "harm"), HARMS, ids=[h[0] for h in HARMS])
def test_each_harm_is_found_alone(store: Store, code: str, severity: str, harm: Harm) -> None:
    harm(store)
    finding = only(store)
    assert (finding.code, finding.severity) == (code, severity)
    assert "{" not in str(finding)


@pytest.mark.parametrize(
    ("code", "harm"),
    [(code, harm) for code, _, harm in HARMS if code in MENDERS],
    ids=[code for code, _, _ in HARMS if code in MENDERS],
)
def test_what_can_be_mended_is_sound_afterwards(store: Store, code: str, harm: Harm) -> None:
    harm(store)
    done = mend(store)
    assert code in [finding.code for finding in done]
    assert {finding.severity for finding in done} == {"info"}
    assert not any("{" in str(finding) for finding in done)
    assert examine(store) == []
    assert mend(store) == []
    assert texts.plain_text(store, "m") == store.get(Text, "m").plain == "một hai ba"


@pytest.mark.parametrize(
    ("code", "harm"),
    [(code, harm) for code, _, harm in HARMS if code not in MENDERS],
    ids=[code for code, _, _ in HARMS if code not in MENDERS],
)
def test_what_cannot_be_mended_stays_as_it_is(store: Store, code: str, harm: Harm) -> None:
    harm(store)
    assert mend(store) == []
    assert codes(store) == [code]


def test_all_harms_at_once_are_found_and_mended(store: Store) -> None:
    run(store, "UPDATE text SET plain = 'sai'")
    run(store, "DROP TRIGGER unit_update")
    run(store, "DROP TRIGGER followup_state")
    run(store, "DROP INDEX unit_parent")
    run(store, "UPDATE clock SET applying = 1")
    assert len(examine(store)) == 5
    mend(store)
    assert examine(store) == []


# Findings in detail


def test_a_trigger_that_is_not_the_declared_one_is_found_and_renewed(store: Store) -> None:
    run(store, "DROP TRIGGER unit_update")
    run(store, "CREATE TRIGGER unit_update AFTER UPDATE ON unit BEGIN SELECT 1; END")
    assert only(store).code == "trigger_different"
    assert "unit_update" in str(only(store))
    mend(store)
    assert examine(store) == []


def test_a_column_that_is_gone_comes_back_empty(store: Store) -> None:
    for (name,) in store.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        run(store, f'DROP TRIGGER "{name}"')
    run(store, "ALTER TABLE meeting DROP COLUMN host")
    run(store, "ALTER TABLE meeting DROP COLUMN urgency")
    names = {f.fields["name"] for f in examine(store) if f.code == "column_missing"}
    assert names == {"meeting.host", "meeting.urgency"}
    mend(store)
    assert examine(store) == []
    assert store.get(Meeting, "m").urgency == ""


def test_a_table_or_column_of_another_make_is_found_and_left(store: Store) -> None:
    run(store, "DROP TABLE local_setting")
    run(store, "CREATE TABLE local_setting (id TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL)")
    assert codes(store) == ["table_different", "column_different"]
    assert mend(store) == []


def test_a_table_of_somebody_else_is_theirs(store: Store) -> None:
    run(store, "CREATE TABLE mine (x)")
    run(store, "CREATE INDEX mine_x ON mine (x)")
    run(store, "CREATE TRIGGER mine_t AFTER INSERT ON mine BEGIN SELECT 1; END")
    assert examine(store) == []


def test_orphans_are_named_table_by_table_and_not_all_of_them(store: Store) -> None:
    for n in range(9):
        store.insert(Unit(id=f"u{n}", parent="none"))
    store.insert(Followup(id="g", lead="nobody"))
    units, lead = examine(store)
    assert units.fields == {
        "table": "unit", "column": "parent", "count": 9, "ids": "u0, u1, u2, u3, u4 …"
    }  # fmt: skip
    assert lead.fields == {"table": "followup", "column": "lead", "count": 1, "ids": "g"}


def test_what_points_to_a_deleted_row_is_no_orphan(store: Store) -> None:
    store.delete(Meeting, "m")
    assert examine(store) == []


def test_an_unreadable_update_is_named_and_the_others_still_count(store: Store) -> None:
    store.insert(TextUpdate(id="broken", text="m", data=b"\x01"))
    run(store, "UPDATE text SET plain = 'không ai biết'")
    finding = only(store)
    assert finding.fields == {"text": "m", "update": "broken"}
    assert mend(store) == []
    # What is readable there may be the last trace of what is not.
    assert store.get(Text, "m").plain == "không ai biết"


def test_a_text_that_waits_for_another_machine_is_told(store: Store) -> None:
    document = Document()
    document.insert(0, "a")
    document.pending()
    document.insert(1, "b")
    texts.append(store, "m", document.pending() or b"")
    assert codes(store) == ["text_waiting"]


def test_updates_without_their_text_are_orphans(store: Store) -> None:
    store.insert(TextUpdate(text="none", data=b""))
    assert only(store).fields["table"] == "text_update"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_files_that_others_can_read_are_found_and_closed(store: Store, path: Path) -> None:
    open_to_all = [path, Path(f"{path}-wal"), path.with_name(f"{path.name}.v0-x.backup")]
    stranger = path.with_name("thukyx.backup")
    for file in (*open_to_all, stranger):
        file.touch()
        file.chmod(0o644)
    assert [f.fields["path"] for f in examine(store)] == open_to_all
    assert {f.code for f in mend(store)} == {"mode"}
    assert examine(store) == []
    assert stranger.stat().st_mode & 0o777 == 0o644


def test_little_space_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 7_500_000))
    finding = only(store)
    assert (finding.code, finding.severity, finding.fields) == ("space", "warning", {"free": 7})


# Mending


def test_mending_keeps_the_file_as_it_was_beside_it(store: Store, path: Path) -> None:
    run(store, "UPDATE text SET plain = 'dấu vết cuối cùng'")
    copy = next(f for f in mend(store) if f.code == "backup").fields["path"]
    assert copy.parent == path.parent
    assert copy.name.startswith("thuky.db.mend-")
    with Store(copy) as kept:
        assert kept.get(Text, "m").plain == "dấu vết cuối cùng"


def test_a_text_that_is_merely_behind_needs_no_copy(store: Store, path: Path) -> None:
    run(store, "UPDATE text SET plain = '', plain_upto = 0")
    assert [f.code for f in mend(store)] == ["text_behind"]
    assert list(path.parent.glob("*.backup")) == []


def test_what_was_written_without_triggers_is_noted_afterwards(store: Store) -> None:
    unit = store.insert(Unit(name="x"))
    run(store, "DROP TRIGGER unit_update")
    run(store, "DROP TRIGGER unit_insert")
    run(store, "DROP TRIGGER text_update_insert")
    run(store, f"UPDATE unit SET name = 'y' WHERE id = '{unit.id}'")
    run(store, "INSERT INTO unit (id, created_at) VALUES ('new', 'c')")
    document = Document()
    document.insert(0, "x")
    texts.append(store, "m", document.pending() or b"")
    (last,) = store.connection.execute("SELECT max(seq) FROM change").fetchone()
    noted = next(f for f in mend(store) if f.code == "noted")
    news = store.connection.execute(
        "SELECT tbl, col, val, base IS NOT NULL FROM change WHERE seq > ? ORDER BY seq", (last,)
    ).fetchall()
    assert news[:2] == [("unit", "name", "y", 1), ("unit", "created_at", "c", 0)]
    assert [row[:2] for row in news[2:]] == [("text_update", "*")]
    assert noted.fields == {"count": 3}
    stamps = store.connection.execute("SELECT hlc FROM change ORDER BY seq").fetchall()
    assert stamps == sorted(stamps)


def test_a_clock_that_is_put_back_goes_on_where_the_changes_end(store: Store) -> None:
    ahead = 5_000_000_000_000 << 16
    run(store, f"UPDATE clock SET hlc = {ahead}")
    store.insert(Unit(name="x"))
    (device,) = store.connection.execute("SELECT device FROM clock").fetchone()
    run(store, "DELETE FROM clock")
    mend(store)
    (hlc, fresh) = store.connection.execute("SELECT hlc, device FROM clock").fetchone()
    assert hlc > ahead
    assert fresh != device


def test_mending_is_all_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, "DROP INDEX unit_parent")
    run(store, "UPDATE text SET plain = 'sai'")

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("no")

    monkeypatch.setitem(MENDERS, "text_different", (fail, ""))
    with pytest.raises(ThukyError):
        mend(store)
    assert codes(store) == ["index_missing", "text_different"]


# Damaged files


@pytest.fixture
def large(path: Path, store: Store) -> Path:
    """A closed file of which not all is read at every opening."""
    with store.transaction():
        for n in range(2500):
            store.insert(Unit(id=f"{n:05}", name="x" * 1500))
    store.close()
    assert path.stat().st_size > LOOKED_THROUGH_BYTES
    return path


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\x99" * 8192)


def test_a_damaged_file_is_read_as_far_as_it_goes(large: Path) -> None:
    damage(large, large.stat().st_size // 2)
    before = large.read_bytes()
    with Store(large, clock=Clock(4_000_000_000.0)) as store:
        found = examine(store)
        assert {f.code for f in found} & {"damaged", "unreadable"}
        assert all("{" not in str(f) for f in found)
        assert [f.code for f in mend(store)] == ["not_mended"]
    assert large.read_bytes() == before
    assert list(large.parent.glob("*.backup")) == []


def test_damage_anywhere_is_found_and_raises_nothing(large: Path) -> None:
    sound = large.read_bytes()
    for part in range(1, 12):
        large.write_bytes(sound)
        damage(large, len(sound) * part // 12)
        with Store(large, damaged_too=True) as store:
            assert {f.code for f in examine(store)} & {"damaged", "unreadable"}


def test_every_part_that_cannot_be_read_is_told_by_its_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Store) -> None:
        raise ValueError("garbage")

    monkeypatch.setattr(doctor, "CHECKS", tuple((fail, name) for _, name in CHECKS))
    found = examine(store)
    assert [f.fields["part"] for f in found] == [name for _, name in CHECKS]
    assert all("garbage" in str(f) for f in found)
    assert [f.code for f in mend(store)] == ["not_mended"]


def test_what_was_found_before_an_error_counts(store: Store) -> None:
    store.insert(Unit(parent="none"))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("DROP TABLE series")
    parts = {f.fields.get("part") for f in examine(store)}
    assert {"orphan", "table_missing", "trigger_missing"} < set(codes(store))
    assert parts == {None, "references"}


def test_a_table_that_is_gone_comes_back_empty(store: Store) -> None:
    run(store, "DROP TABLE series")
    mend(store)
    assert examine(store) == []
    assert store.select(Series) == []


def test_every_kind_of_difference_has_its_words() -> None:
    assert ("table", "unknown") not in SHAPES
    for (kind, how), words in SHAPES.items():
        finding = Finding(f"{kind}_{how}", "error", words, {"kind": kind, "name": "x"})
        assert "x" in str(finding)
