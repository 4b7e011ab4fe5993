"""An export brought back gives the same database and the same files, and secrets stay at home."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import exchange, readable, texts
from schema.doctor import examine
from schema.document import Document
from schema.errors import ThukyError
from schema.exchange import export_to, import_from
from schema.records import (
    AgendaItem,
    Attendance,
    CalendarDay,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Series,
    Text,
    TextUpdate,
    Unit,
    UrgingRule,
)
from schema.secrecy import withheld
from schema.store import Store
from schema.tables import TABLES, columns_of
from tests.schema.conftest import SEEDS
from tests.schema.test_store import records


def minutes(store: Store, meeting: str, *words: str) -> None:
    document = Document("An")
    for word in words:
        document.insert(len(document), word)
        texts.append(store, meeting, document.pending() or b"")


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def lines(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").open(encoding="utf-8")]


def everything(store: Store) -> list[Any]:
    """All rows, and all that was noted."""
    rows = [store.select(table.record, "ORDER BY id") for table in TABLES]
    return [*rows, store.connection.execute("SELECT * FROM change ORDER BY seq").fetchall()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def full(store: Store) -> Store:
    """A database with something of everything."""
    store.insert(Unit(id="u", name="Sở Y tế", aliases="SYT\nY tế"))
    store.insert(Unit(id="v", name="Phòng", parent="u", deleted_at="2026-01-01T00:00:00Z"))
    store.insert(Person(id="p", name='Trần "Đông"\n\x00\u2028'))
    store.insert(
        Meeting(id="m", title="Giao ban", chair="p", starts_at="2026-02-27T07:00:00Z", place="P1")
    )
    store.insert(AgendaItem(id="a", meeting="m", position=0.1, minutes=5))
    store.insert(Followup(id="f", meeting="m", anchor=bytes(range(256))))
    store.insert(FollowupEvent(id="e", followup="f", kind="done", at="2026-03-01T00:00:00Z"))
    minutes(store, "m", "Dòng một\n", "! Giao Sở Y tế\n")
    return store


@pytest.fixture
def other(make: Callable[[Path], Store], tmp_path: Path) -> Iterator[Store]:
    with make(tmp_path / "other.db") as store:
        yield store


# There and back


def test_an_import_brings_everything_back(full: Store, other: Store, folder: Path) -> None:
    counts = export_to(full, folder)
    added = sum(counts.values()) - 1 - SEEDS
    assert import_from(other, folder) == {"added": added, "same": SEEDS, "kept": 0}
    for table in TABLES:
        derived = {c.name for c in table.columns if c.derived}
        for row in full.select(table.record, "ORDER BY id"):
            back = other.get(table.record, row.id)
            for column in columns_of(table.record):
                if column.name not in derived:
                    assert getattr(back, column.name) == getattr(row, column.name)
    assert other.get(Followup, "f").state == "done"
    assert other.get(Text, "m").plain == "Dòng một\n! Giao Sở Y tế\n"
    assert other.get(Text, "m").updated_at == full.get(Text, "m").updated_at
    assert examine(other) == examine(full) or "skew" in {f.code for f in examine(full)}


def test_what_comes_in_is_noted_as_any_writing(full: Store, other: Store, folder: Path) -> None:
    export_to(full, folder)
    import_from(other, folder)

    def cells(store: Store) -> set[tuple[Any, ...]]:
        return set(store.connection.execute("SELECT tbl, row, col, val FROM change"))

    assert cells(other) == cells(full)


def test_an_export_of_the_import_is_the_same_byte_for_byte(
    full: Store, other: Store, folder: Path, tmp_path: Path
) -> None:
    export_to(full, folder)
    import_from(other, folder)
    export_to(other, tmp_path / "again")
    assert content(tmp_path / "again") == content(folder)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.sampled_from(TABLES).flatmap(records), max_size=12, unique_by=lambda r: (type(r), r.id)
    )
)
def test_any_content_makes_the_round_trip(
    store: Store, other: Store, tmp_path: Path, rows: list[Any]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    store.connection.execute("BEGIN")
    other.connection.execute("BEGIN")
    try:
        for row in rows:
            if row.id:
                store.insert(row)
        with patch("os.fsync"):
            out = export_to(store, first)
            assert import_from(other, first)["kept"] == 0
            again = export_to(other, second)
        assert content(second) == content(first)
        assert again == out | {"left_out": 0}
    finally:
        for made in (store, other):
            made.connection.execute("ROLLBACK")
        for folder in (first, second):
            shutil.rmtree(folder, ignore_errors=True)


def test_the_content_does_not_depend_on_the_order_of_writing(
    store: Store, other: Store, folder: Path, tmp_path: Path
) -> None:
    rows = [Unit(id=id, created_at="c") for id in "abc"]
    updates = [TextUpdate(id=id, created_at="c", text="t", data=b"") for id in "abc"]
    everything: list[Unit | TextUpdate] = [*rows, *updates]
    for row in everything:
        store.insert(row)
    for row in reversed(everything):
        other.insert(row)
    export_to(store, folder)
    export_to(other, tmp_path / "again")
    assert content(tmp_path / "again") == content(folder)


# The folder


def test_each_table_is_a_file_of_rows_with_their_synced_columns(full: Store, folder: Path) -> None:
    export_to(full, folder)
    for table in TABLES:
        for row in lines(folder, table.name):
            assert list(row) == ["id", *table.synced]
    assert [row["id"] for row in lines(folder, "unit")] == ["u", "v"]
    assert lines(folder, "followup")[0]["anchor"].keys() == {"$b64"}


def test_the_manifest_counts_the_rows(full: Store, folder: Path) -> None:
    counts = export_to(full, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["format"] == 1
    assert manifest["rows"] == {t.name: len(lines(folder, t.name)) for t in TABLES}
    assert counts == {**manifest["rows"], "minutes": 1, "left_out": 0}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_its_owner_can_read_it(full: Store, folder: Path) -> None:
    before = os.umask(0)
    try:
        export_to(full, folder)
    finally:
        os.umask(before)
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_an_empty_folder_is_filled(full: Store, folder: Path) -> None:
    folder.mkdir()
    export_to(full, folder)
    assert (folder / "manifest.json").exists()


@pytest.mark.parametrize("there", ["file", "folder"])
def test_what_is_there_is_not_overwritten(full: Store, folder: Path, there: str) -> None:
    if there == "file":
        folder.write_text("mine")
    else:
        (folder / "mine").mkdir(parents=True)
    with pytest.raises(ThukyError, match="không phải thư mục trống"):
        export_to(full, folder)
    assert folder.is_file() or [p.name for p in folder.iterdir()] == ["mine"]


def test_a_missing_parent_is_told(full: Store, tmp_path: Path) -> None:
    with pytest.raises(ThukyError, match="Không ghi được"):
        export_to(full, tmp_path / "none" / "out")
    assert not (tmp_path / "none").exists()


def test_a_failure_of_any_call_leaves_nothing(
    full: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync
    before = set(folder.parent.iterdir())
    at = 0
    while True:
        at += 1
        left = at

        def broken(descriptor: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", broken)
        try:
            export_to(full, folder)
        except ThukyError as error:
            told = str(error)
        else:
            break
        assert "No space left" in told
        assert set(folder.parent.iterdir()) == before
    assert at > len(TABLES)
    assert (folder / "manifest.json").exists()


def test_an_error_of_the_database_leaves_nothing(full: Store, folder: Path) -> None:
    full.connection.execute("DROP TABLE setting")
    with pytest.raises(ThukyError, match="setting"):
        export_to(full, folder)
    assert not folder.exists()
    assert not full.connection.in_transaction


def test_an_export_is_of_one_moment(
    full: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(store: Store) -> dict[str, set[str]]:
        held = withheld(store)
        with Store(store.path) as writer:
            writer.insert(Unit(id="late"))
        return held

    monkeypatch.setattr(exchange, "withheld", meanwhile)
    assert export_to(full, folder)["unit"] == 2
    assert full.find(Unit, "late") is not None


# Minutes for people


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "minutes").iterdir())


def test_minutes_are_readable(full: Store, folder: Path) -> None:
    full.update(Meeting, "m", title="Họp Đảng ủy: tháng 2/2026")
    export_to(full, folder)
    assert names(folder) == ["2026-02-27-hop-dang-uy-thang-2-2026-m.md"]
    (file,) = (folder / "minutes").iterdir()
    assert file.read_text(encoding="utf-8") == (
        "# Họp Đảng ủy: tháng 2/2026\n\n14:00 27/02/2026 · P1\n\nDòng một\n! Giao Sở Y tế\n"
    )


def test_the_day_is_that_of_the_office(full: Store, folder: Path, tmp_path: Path) -> None:
    full.update(Meeting, "m", starts_at="2026-02-27T18:00:00Z")
    export_to(full, folder)
    assert names(folder)[0].startswith("2026-02-28-")
    export_to(full, tmp_path / "utc", zone=UTC)
    assert names(tmp_path / "utc")[0].startswith("2026-02-27-")


@pytest.mark.parametrize("title", ["../../etc/passwd", "..", "/", "\x00", "a/b\\c:d", "", "х" * 9])
@pytest.mark.parametrize("id", ["../../x", "/etc/x", "-", ".", "m\n"])
def test_a_name_is_never_a_path(store: Store, folder: Path, title: str, id: str) -> None:
    store.insert(Meeting(id=id, title=title))
    minutes(store, id, "x")
    export_to(store, folder)
    (name,) = names(folder)
    assert name.endswith(".md")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert {path.parent for path in folder.rglob("*.md")} == {folder / "minutes"}


def test_two_meetings_never_share_a_file(store: Store, folder: Path) -> None:
    for id in ("Ab", "aB", "a-b"):
        store.insert(Meeting(id=id, title="Họp"))
        minutes(store, id, id)
    assert export_to(store, folder)["minutes"] == 3
    assert len(names(folder)) == 3
    assert {path.read_text()[-3:].strip() for path in (folder / "minutes").iterdir()} == {
        "Ab", "aB", "-b"
    }  # fmt: skip


def test_a_very_long_title_makes_a_name_of_a_file_system(store: Store, folder: Path) -> None:
    store.insert(Meeting(id="m", title="Hội nghị triển khai " * 100))
    minutes(store, "m", "x")
    export_to(store, folder)
    assert len(names(folder)[0]) < 100


@pytest.mark.parametrize("start", ["", "hôm nay", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_meeting_without_a_usable_start_has_its_file(
    store: Store, folder: Path, start: str
) -> None:
    store.insert(Meeting(id="m", title="Họp", starts_at=start))
    minutes(store, "m", "x")
    assert export_to(store, folder)["minutes"] == 1
    assert names(folder)[0].endswith("hop-m.md")


def test_empty_minutes_and_deleted_meetings_have_no_file(store: Store, folder: Path) -> None:
    store.insert(Meeting(id="none"))
    store.insert(Meeting(id="empty"))
    store.insert(Text(id="empty"))
    store.insert(Meeting(id="gone"))
    minutes(store, "gone", "x")
    store.delete(Meeting, "gone")
    counts = export_to(store, folder)
    assert (counts["minutes"], counts["meeting"]) == (0, 3)


def test_the_zone_is_that_of_vietnam() -> None:
    start = readable._local("2026-07-01T00:00:00Z", exchange.VIETNAM)
    assert start is not None
    assert start.isoformat() == "2026-07-01T07:00:00+07:00"


# State secrets


@pytest.fixture
def secret(full: Store) -> Store:
    """Beside an open meeting a marked one, each word of which says so."""
    full.insert(Series(id="s", title="Thường kỳ"))
    full.insert(Meeting(id="sm", title="BÍ MẬT", secrecy="mat", series="s", chair="p"))
    full.insert(AgendaItem(id="sa", meeting="sm", title="BÍ MẬT"))
    full.insert(Attendance(id="st", meeting="sm", person="p", name="BÍ MẬT"))
    full.insert(Followup(id="sf", meeting="sm", work="BÍ MẬT"))
    full.insert(FollowupEvent(id="se", followup="sf", note="BÍ MẬT"))
    full.insert(FollowupSource(id="ss", followup="sf", excerpt="BÍ MẬT"))
    # A task without a meeting of its own that has a marked one among its sources.
    full.insert(Followup(id="tf", work="BÍ MẬT"))
    full.insert(FollowupSource(id="ts", followup="tf", meeting="sm", excerpt="BÍ MẬT"))
    full.insert(FollowupSource(id="tt", followup="tf", excerpt="BÍ MẬT"))
    full.insert(FollowupEvent(id="te", followup="tf", note="BÍ MẬT"))
    minutes(full, "sm", "BÍ MẬT")
    minutes(full, "sf", "BÍ MẬT")
    return full


def test_a_marked_meeting_stays_at_home_with_all_that_belongs_to_it(
    secret: Store, full: Store, folder: Path
) -> None:
    counts = export_to(secret, folder)
    assert counts["left_out"] == 1
    assert "BÍ MẬT".encode() not in b"".join(content(folder).values())
    for table in TABLES:
        if table.record in (CalendarDay, UrgingRule):
            continue
        for row in lines(folder, table.name):
            assert row["id"] in {"u", "v", "p", "m", "a", "f", "e", "s"} or row.get("text") == "m"
    assert counts["meeting"] == counts["text"] == counts["minutes"] == 1
    assert (counts["person"], counts["series"], counts["text_update"]) == (1, 1, 2)


@pytest.mark.parametrize("mark", ["mat", "toi_mat", "tuyet_mat", "something else"])
def test_any_mark_counts_also_on_a_deleted_meeting(store: Store, folder: Path, mark: str) -> None:
    store.insert(Meeting(id="m", secrecy=mark))
    store.delete(Meeting, "m")
    assert export_to(store, folder)["left_out"] == 1
    assert lines(folder, "meeting") == []


def test_a_mark_that_was_taken_off_keeps_nothing_back(secret: Store, folder: Path) -> None:
    secret.update(Meeting, "sm", secrecy="")
    assert export_to(secret, folder)["left_out"] == 0
    assert len(lines(folder, "followup_source")) == 3


# Into a database that is not empty


def test_a_second_import_changes_nothing(full: Store, other: Store, folder: Path) -> None:
    export_to(full, folder)
    added = import_from(other, folder)["added"]
    (before,) = other.connection.execute("SELECT max(seq) FROM change").fetchone()
    assert import_from(other, folder) == {"added": 0, "same": added + SEEDS, "kept": 0}
    assert other.connection.execute("SELECT max(seq) FROM change").fetchone() == (before,)


def test_what_is_here_and_different_stays(full: Store, other: Store, folder: Path) -> None:
    export_to(full, folder)
    other.insert(Unit(id="u", created_at="c", name="Sở Y tế (mới)"))
    here = other.insert(FollowupEvent(id="e", followup="f", kind="cancelled"))
    counts = import_from(other, folder)
    assert counts["kept"] == 2
    assert other.get(Unit, "u").name == "Sở Y tế (mới)"
    assert other.get(FollowupEvent, "e") == here


def test_a_day_that_the_office_changed_comes_in_over_one_that_nobody_touched_here(
    full: Store, other: Store, folder: Path
) -> None:
    full.update(CalendarDay, "2027-02-06", provisional=0, source="Thông báo 1")
    full.delete(CalendarDay, "2026-11-24")
    full.update(CalendarDay, "2027-04-16", name="ở đó")
    other.update(CalendarDay, "2027-04-16", name="ở đây")
    export_to(full, folder)
    assert import_from(other, folder)["kept"] == 1
    for id in ("2027-02-06", "2026-11-24"):
        assert other.get(CalendarDay, id) == full.get(CalendarDay, id)
    assert other.get(CalendarDay, "2027-04-16").name == "ở đây"
    # As any writing, it is noted, after the seed.
    base = other.connection.execute(
        "SELECT base FROM change WHERE row = '2026-11-24' AND col = 'deleted_at'"
    ).fetchall()
    assert base == [("1.seed",)]
    assert import_from(other, folder)["added"] == 0


def test_minutes_written_on_both_sides_are_all_there(
    full: Store, other: Store, folder: Path
) -> None:
    export_to(full, folder)
    minutes(other, "m", "Ở đây\n")
    import_from(other, folder)
    assert sorted(other.get(Text, "m").plain.split("\n")) == [
        "", "! Giao Sở Y tế", "Dòng một", "Ở đây"
    ]  # fmt: skip


def test_minutes_that_were_folded_meanwhile_come_in_without_doubling(
    full: Store, folder: Path
) -> None:
    export_to(full, folder)
    before = texts.plain_text(full, "m")
    texts.fold(full, "m")
    assert import_from(full, folder)["added"] == 2
    assert texts.plain_text(full, "m") == full.get(Text, "m").plain == before


def test_an_older_export_lacks_a_column_or_a_table(full: Store, other: Store, folder: Path) -> None:
    export_to(full, folder)
    rows = lines(folder, "meeting")
    for row in rows:
        del row["urgency"]
    (folder / "meeting.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "setting.jsonl").unlink()
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["rows"]["setting"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    import_from(other, folder)
    assert other.get(Meeting, "m").urgency == ""
    assert import_from(other, folder)["added"] == 0


def test_an_unreadable_update_does_not_keep_the_rest_back(
    full: Store, other: Store, folder: Path
) -> None:
    full.insert(TextUpdate(text="m", data=b"broken"))
    export_to(full, folder)
    import_from(other, folder)
    assert other.get(Text, "m").plain.startswith("Dòng một")
    assert "update_unreadable" in {finding.code for finding in examine(other)}


# What is no export

Spoil = Callable[[Path], object]


def rewrite(name: str, line: int, text: str | bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / name
        rows = path.read_bytes().split(b"\n")
        rows[line - 1] = text.encode() if isinstance(text, str) else text
        path.write_bytes(b"\n".join(rows))

    return spoil


BAD_ROWS = {
    "no JSON": ("{", "không phải một bản ghi"),
    "an empty line": ("", "không phải một bản ghi"),
    "no UTF-8": (b'{"id": "\xff"}', "không phải một bản ghi"),
    "no object": ("[1]", "không phải một bản ghi"),
    "too deep": ("[" * 100_000, "không phải một bản ghi"),
    "no id": ('{"name": "x"}', "không phải một bản ghi"),
    "bad base64": ('{"id": "x", "anchor": {"$b64": "?"}}', "không phải một bản ghi"),
    "bytes of no text": ('{"id": "x", "anchor": {"$b64": 1}}', "không phải một bản ghi"),
    "another column": ('{"id": "x", "colour": 1}', "colour"),
    "a derived column": ('{"id": "x", "state": "done"}', "state"),
    "an id of no text": ('{"id": 1}', "sai kiểu"),
    "no id at all": ('{"id": null}', "sai kiểu"),
    "null in a required cell": ('{"id": "x", "work": null}', "work"),
    "a number for text": ('{"id": "x", "work": 1}', "work"),
    "an object for text": ('{"id": "x", "work": {"a": 1}}', "work"),
    "half a letter": ('{"id": "x", "work": "\\ud800"}', "work"),
    "text for bytes": ('{"id": "x", "anchor": "x"}', "anchor"),
    "text for a number": ('{"id": "x", "inclusive": "1"}', "inclusive"),
    "a truth for a number": ('{"id": "x", "inclusive": true}', "inclusive"),
    "a fraction for a number": ('{"id": "x", "inclusive": 1.5}', "inclusive"),
    "a number too large": ('{"id": "x", "inclusive": 9223372036854775808}', "inclusive"),
}


@pytest.mark.parametrize(("row", "words"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_told_with_file_and_line_and_nothing_comes_in(
    full: Store, other: Store, folder: Path, row: str | bytes, words: str
) -> None:
    full.insert(Followup(id="g"))
    export_to(full, folder)
    rewrite("followup.jsonl", 2, row)(folder)
    before = everything(other)
    with pytest.raises(ThukyError, match=words) as caught:
        import_from(other, folder)
    assert str(caught.value).startswith("followup.jsonl, dòng 2: ")
    assert "Chưa nhập gì" in str(caught.value)
    assert everything(other) == before


@pytest.mark.parametrize(
    "value", ["NaN", "1" * 400, '"1"', "true"], ids=["no number", "too large", "text", "truth"]
)
def test_a_fraction_that_is_none_is_told(
    full: Store, other: Store, folder: Path, value: str
) -> None:
    export_to(full, folder)
    rewrite("agenda_item.jsonl", 1, f'{{"id": "x", "position": {value}}}')(folder)
    with pytest.raises(ThukyError, match="position"):
        import_from(other, folder)


BAD_FOLDERS: dict[str, tuple[Spoil, str]] = {
    "a line lost": (lambda f: (f / "unit.jsonl").write_text(""), "có 0 dòng, đáng lẽ 2"),
    "a line more": (
        lambda f: (f / "abbreviation.jsonl").write_text('{"id": "x"}\n'),
        "có 1 dòng, đáng lẽ 0",
    ),
    "a file lost": (lambda f: (f / "unit.jsonl").unlink(), "Không đọc được .*unit.jsonl"),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "Không đọc được .*manifest.json"),
    "an empty manifest": (lambda f: (f / "manifest.json").write_text("{}"), "bảng kê"),
    "no JSON": (lambda f: (f / "manifest.json").write_text("x"), "bảng kê"),
    "another manifest": (lambda f: (f / "manifest.json").write_text("[]"), "bảng kê"),
    "no counts": (
        lambda f: (f / "manifest.json").write_text('{"format": 1, "rows": {"unit": "x"}}'),
        "bảng kê",
    ),
    "an unknown table": (
        lambda f: (f / "manifest.json").write_text('{"format": 1, "rows": {"../x": 1}}'),
        "bảng kê",
    ),
    "a newer format": (
        lambda f: (f / "manifest.json").write_text('{"format": 2, "all": "new"}'),
        "mới hơn",
    ),
    "no folder": (lambda f: shutil.rmtree(f), "Không đọc được"),
}


@pytest.mark.parametrize(("spoil", "words"), BAD_FOLDERS.values(), ids=BAD_FOLDERS)
def test_what_is_no_whole_export_is_told_and_nothing_comes_in(
    full: Store, other: Store, folder: Path, spoil: Spoil, words: str
) -> None:
    export_to(full, folder)
    spoil(folder)
    before = everything(other)
    with pytest.raises(ThukyError, match=words) as caught:
        import_from(other, folder)
    assert "Chưa nhập gì" in str(caught.value)
    assert everything(other) == before


def test_a_full_disk_while_importing_leaves_nothing(
    full: Store, other: Store, folder: Path
) -> None:
    for n in range(300):
        full.insert(Unit(name=f"{n} {'x' * 500}"))
    export_to(full, folder)
    (pages,) = other.connection.execute("PRAGMA page_count").fetchone()
    other.connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(ThukyError, match="Đĩa đã đầy"):
        import_from(other, folder)
    assert other.select(Unit) == []
