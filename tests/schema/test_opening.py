"""What must not be opened is refused with a sentence, and not a byte of it is touched."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import database
from schema.database import APPLICATION_ID, LOOKED_THROUGH_BYTES, VERSION, backup, open_database
from schema.errors import ThukyError
from schema.place import REMOTE, network_file_system
from schema.records import Unit
from schema.store import Store
from tests.schema.mounts import ROOT, run_in_mount

Sight = dict[str, tuple[bytes | None, int, int]]


def sight(folder: Path) -> Sight:
    """All there is in a folder: content, time of change, mode."""
    seen = {}
    for path in sorted(folder.rglob("*")):
        info = path.lstat()
        content = path.read_bytes() if path.is_file() else None
        seen[path.name] = (content, info.st_mtime_ns, info.st_mode)
    return seen


def without_scratch(seen: Sight) -> Sight:
    """Without what SQLite needs for reading a file in WAL mode: its index, and an empty log."""
    return {
        name: what
        for name, what in seen.items()
        if not name.endswith("-shm") and not (name.endswith("-wal") and what[0] == b"")
    }


def refused(path: Path, words: str) -> ThukyError:
    """The sentence with which opening is refused; nothing in the folder has changed by it."""
    before = sight(path.parent)
    with pytest.raises(ThukyError, match=words) as caught:
        open_database(path)
    assert without_scratch(sight(path.parent)) == without_scratch(before)
    assert str(path) in str(caught.value) or str(path.parent) in str(caught.value)
    return caught.value


def write_header(path: Path, offset: int, number: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(number.to_bytes(4, "big"))


@pytest.fixture
def made(path: Path) -> Path:
    """A sound database with some content, closed."""
    with Store(path) as store, store.transaction():
        for number in range(200):
            store.insert(Unit(name=f"Đơn vị {number}"))
    return path


def test_a_file_that_is_not_there_is_made(path: Path) -> None:
    open_database(path).close()
    assert path.exists()


def test_a_file_that_must_be_there_is_not_made(path: Path) -> None:
    with pytest.raises(ThukyError, match="Không có tệp"):
        open_database(path, must_exist=True)
    assert list(path.parent.iterdir()) == []


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ThukyError, match="Không có thư mục"):
        open_database(tmp_path / "none" / "thuky.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir()
    refused(path, "không phải là cơ sở dữ liệu")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_without_waiting_for_its_other_end(path: Path) -> None:
    os.mkfifo(path)
    refused(path, "không phải là cơ sở dữ liệu")


@pytest.mark.parametrize(
    "content",
    [b"Bien ban hop\n" * 500, b"SQLite format 3", b"SQLite format 3\x00" + b"\x00" * 50],
    ids=["text", "less than a header", "half a header"],
)
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o644)
    refused(path, "không phải là cơ sở dữ liệu")


def test_an_empty_file_is_refused_also_at_a_second_try(path: Path) -> None:
    path.touch()
    refused(path, "rỗng")
    refused(path, "rỗng")


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
    path.chmod(0o644)
    refused(path, "không phải là cơ sở dữ liệu")


def test_a_newer_version_is_refused(made: Path) -> None:
    write_header(made, 60, VERSION + 1)
    error = refused(made, "mới hơn")
    assert error.fields["found"] == VERSION + 1


def test_a_newer_version_in_the_log_is_refused(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        for name in (made.name, f"{made.name}-wal"):
            (other / name).write_bytes(made.with_name(name).read_bytes())
    refused(other / made.name, "mới hơn")


def test_a_schema_that_cannot_be_read_is_refused(made: Path) -> None:
    with made.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)
    refused(made, "bị hỏng")


def test_a_file_cut_short_is_refused(made: Path) -> None:
    os.truncate(made, made.stat().st_size // 2)
    refused(made, "bị hỏng")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_page_is_refused(made: Path, data: st.DataObject) -> None:
    sound = made.read_bytes()
    size = int.from_bytes(sound[16:18], "big")
    page = data.draw(st.integers(1, len(sound) // size - 1))
    damaged = sound[: page * size] + b"\x99" * size + sound[(page + 1) * size :]
    try:
        made.write_bytes(damaged)
        refused(made, "bị hỏng")
    finally:
        made.write_bytes(sound)


def test_a_damaged_file_can_be_opened_to_look_at(made: Path) -> None:
    os.truncate(made, made.stat().st_size - 100)
    with made.open("ab") as file:
        file.write(b"\x99" * 100)
    refused(made, "bị hỏng")
    open_database(made, damaged_too=True).close()


def test_a_file_is_read_through_once_unless_it_is_large(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made.stat().st_size < LOOKED_THROUGH_BYTES
    asked: list[str] = []

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
            asked.append(sql)
            return super().execute(sql, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    with closing(open_database(made)):
        assert any("quick_check" in sql for sql in asked)
        asked.clear()
        open_database(made).close()
        assert not any("quick_check" in sql for sql in asked)
    monkeypatch.setattr(database, "LOOKED_THROUGH_BYTES", 0)
    open_database(made).close()
    assert not any("quick_check" in sql for sql in asked)


def test_remains_of_a_lost_file_do_not_flow_into_a_new_one(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\x00" * 5000)
    refused(path, "phần ghi dở")


# Places

READ_ONLY = """
import json, sys
from pathlib import Path
from schema.errors import ThukyError
from schema.database import open_database
said = []
for name in ("thuky.db", "new.db"):
    try:
        open_database(Path(sys.argv[1]) / name)
    except ThukyError as error:
        said.append(error.words)
print(json.dumps(said))
"""


def test_a_read_only_place_is_refused(made: Path) -> None:
    before = sight(made.parent)
    mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"'
    old, new = run_in_mount(made.parent, mount, READ_ONLY)
    assert "Không mở được {path}" in old or "chỉ có quyền đọc" in old
    assert "Không tạo được {path}" in new
    assert sight(made.parent) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anyway")
def test_a_read_only_file_is_refused(made: Path) -> None:
    made.chmod(0o400)
    refused(made, "chỉ có quyền đọc")


def mounts(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    """A table of mounts (point, type) as proc(5) writes it."""
    table = tmp_path / "mountinfo"
    lines = [
        f"{n} 1 0:{n} / {point.replace(' ', chr(92) + '040')} rw,relatime shared:1 - {kind} dev rw"
        for n, (point, kind) in enumerate(rows, start=20)
    ]
    table.write_text("\n".join(lines) + "\n")
    return table


@pytest.mark.parametrize("kind", sorted(REMOTE))
def test_a_network_file_system_is_refused(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "ổ chung"
    share.mkdir()
    table = mounts(tmp_path, ("/", "ext4"), (str(share), kind))
    monkeypatch.setattr(database, "network_file_system", partial(network_file_system, mounts=table))
    refused(share / "thuky.db", "ổ mạng")
    open_database(tmp_path / "thuky.db").close()


def test_the_mount_on_top_and_the_longest_point_count(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "a" / "b"
    table = mounts(
        tmp_path, ("/", "ext4"), (str(a), "ext4"), (str(a), "nfs4"), (str(b), "xfs"), ("/x", "cifs")
    )
    assert network_file_system(a / "t.db", table) == "nfs4"
    assert network_file_system(b / "t.db", table) is None
    assert network_file_system(tmp_path / "ab" / "t.db", table) is None


def test_a_link_into_a_network_file_system_is_seen_through(tmp_path: Path) -> None:
    share, link = tmp_path / "share", tmp_path / "link"
    share.mkdir()
    link.symlink_to(share)
    table = mounts(tmp_path, ("/", "ext4"), (str(share), "cifs"))
    assert network_file_system(link / "t.db", table) == "cifs"


def test_where_no_table_of_mounts_is_nothing_is_refused(tmp_path: Path) -> None:
    assert network_file_system(tmp_path / "t.db", tmp_path / "none") is None


OPEN_AND_CLOSE = """
import sys
from pathlib import Path
from schema.database import open_database
open_database(Path(sys.argv[1])).close()
"""


@pytest.mark.skipif(os.name != "posix", reason="such locks are POSIX")
def test_opening_again_does_not_make_other_processes_take_the_first_for_gone(path: Path) -> None:
    with Store(path) as store:
        store.insert(Unit(name="x"))
        Store(path).close()
        log = Path(f"{path}-wal")
        before = log.stat().st_ino
        command = [sys.executable, "-c", OPEN_AND_CLOSE, str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
        assert log.stat().st_ino == before


# Modes and copies


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_owner_reads_any_of_the_files(path: Path) -> None:
    before = os.umask(0)
    try:
        with Store(path) as store:
            store.insert(Unit(name="x"))
            backup(store.connection, path.with_name("copy.db"))
            names = {"thuky.db", "thuky.db-wal", "thuky.db-shm", "copy.db"}
            assert modes(path.parent) == dict.fromkeys(names, 0o600)
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_file_open_to_others_is_closed_to_them(made: Path) -> None:
    made.chmod(0o644)
    open_database(made).close()
    assert modes(made.parent) == {made.name: 0o600}


def test_a_backup_is_whole_while_others_write(store: Store, path: Path) -> None:
    store.insert(Unit(name="x"))
    with Store(path) as other, other.transaction():
        other.insert(Unit(name="not yet"))
        backup(store.connection, path.with_name("copy.db"))
    with Store(path.with_name("copy.db")) as copy:
        assert [unit.name for unit in copy.select(Unit)] == ["x"]
        assert copy.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_overwrites_nothing(store: Store, path: Path) -> None:
    target = path.with_name("copy.db")
    target.write_text("mine")
    with pytest.raises(ThukyError, match="Đã có tệp"):
        backup(store.connection, target)
    assert target.read_text() == "mine"


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ThukyError, match="Không ghi được"):
        backup(store.connection, tmp_path / "none" / "copy.db")
    assert not (tmp_path / "none").exists()


def test_a_backup_is_one_file_with_the_marks_of_a_database(store: Store, path: Path) -> None:
    target = path.with_name("copy.db")
    backup(store.connection, target)
    head = target.read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(head[60:64], "big") == VERSION
    assert head[18:20] == b"\x01\x01"  # not in WAL mode, which needs files beside it
