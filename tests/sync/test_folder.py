"""One suite for every kind of folder, and what a real directory can do besides."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.folder import (
    AlreadyThere,
    BadName,
    Denied,
    DirectoryFolder,
    Folder,
    FolderError,
    Full,
    Gone,
    MemoryFolder,
    NotPlain,
    NotThere,
    TooLarge,
    parts_of,
)

PATH = "devices/0a1b/1-1.seg"


@pytest.fixture(params=["directory", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    return DirectoryFolder(tmp_path) if request.param == "directory" else MemoryFolder()


def test_what_was_written_is_listed_and_read(folder: Folder) -> None:
    folder.write_new(PATH, b"abc")
    folder.write_new("thuky.workspace", b"")
    assert folder.names("") == ["devices/", "thuky.workspace"]
    assert folder.names("devices") == ["0a1b/"]
    assert folder.names("devices/0a1b") == ["1-1.seg"]
    assert folder.read(PATH, 3) == b"abc"
    assert folder.read("thuky.workspace", 0) == b""


def test_a_folder_that_is_not_there_is_empty(folder: Folder) -> None:
    assert folder.names("cards") == folder.names("devices/0a1b") == []


def test_a_file_is_never_written_over(folder: Folder) -> None:
    folder.write_new(PATH, b"abc")
    with pytest.raises(AlreadyThere):
        folder.write_new(PATH, b"def")
    assert folder.read(PATH, 10) == b"abc"


def test_a_file_that_is_not_there_is_told_so(folder: Folder) -> None:
    with pytest.raises(NotThere):
        folder.read(PATH, 10)


def test_deleting_twice_is_deleting_once(folder: Folder) -> None:
    folder.write_new(PATH, b"abc")
    folder.delete(PATH)
    folder.delete(PATH)
    assert folder.names("devices/0a1b") == []
    folder.write_new(PATH, b"def")
    assert folder.read(PATH, 10) == b"def"


def test_more_than_the_limit_is_not_read(folder: Folder) -> None:
    folder.write_new(PATH, bytes(11))
    with pytest.raises(TooLarge):
        folder.read(PATH, 10)


@pytest.mark.parametrize(
    "path",
    ["", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", "./a", "a/b/c/d", ".hidden", "A",
     "a\\b", "c:x", "a\0b", "a\n", "x" * 81, "tệp", "a/.thuky-1.tmp"],
)  # fmt: skip
def test_a_name_that_could_lead_elsewhere_is_refused(folder: Folder, path: str) -> None:
    with pytest.raises(BadName):
        parts_of(path)
    for act in (lambda: folder.read(path, 1), lambda: folder.write_new(path, b"")):
        with pytest.raises(BadName):
            act()
    with pytest.raises(BadName):
        folder.delete(path)


def test_an_unplugged_folder_is_gone_not_empty(tmp_path: Path) -> None:
    memory = MemoryFolder()
    memory.there = False
    folders: list[Folder] = [memory, DirectoryFolder(tmp_path / "share")]
    for folder in folders:
        for names in ("", "devices"):
            with pytest.raises(Gone):
                folder.names(names)
        with pytest.raises(Gone):
            folder.read(PATH, 10)
        with pytest.raises(Gone):
            folder.write_new(PATH, b"")
    assert not (tmp_path / "share").exists()


def test_a_fault_in_memory_comes_before_and_after_the_write() -> None:
    seen: list[str] = []

    def fault(what: str, path: str) -> None:
        seen.append(what)
        if seen.count("written") == 1:
            raise Full(path)

    folder = MemoryFolder(fault)
    with pytest.raises(Full):
        folder.write_new(PATH, b"abc")
    assert seen == ["write", "written"]
    assert folder.files == {PATH: b"abc"}


# A real directory


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
def test_a_link_is_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "1-1.seg").write_bytes(b"secret")
    root = tmp_path / "share"
    (root / "devices").mkdir(parents=True)
    (root / "devices" / "0a1b").symlink_to(outside)
    (root / "a.seg").symlink_to(outside / "1-1.seg")
    os.mkfifo(root / "b.seg")
    folder = DirectoryFolder(root)
    assert folder.names("") == ["devices/"]
    assert folder.names("devices") == []
    for path in (PATH, "a.seg", "b.seg"):
        with pytest.raises(NotPlain):
            folder.read(path, 10)
    for path in ("devices/0a1b/2-2.seg", "devices/0a1b/1-1.seg"):
        with pytest.raises(NotPlain):
            folder.write_new(path, b"")
        with pytest.raises(NotPlain):
            folder.delete(path)
    with pytest.raises(NotPlain):
        folder.names("devices/0a1b")
    with pytest.raises(AlreadyThere):
        folder.write_new("a.seg", b"")
    folder.delete("a.seg")
    assert files(outside) == {"1-1.seg": b"secret"}


def test_a_folder_where_a_file_should_be_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "devices" / "0a1b" / "1-1.seg").mkdir(parents=True)
    folder = DirectoryFolder(tmp_path)
    with pytest.raises(FolderError):
        folder.read(PATH, 10)
    with pytest.raises(AlreadyThere):
        folder.write_new(PATH, b"")


def test_a_segment_of_ten_gigabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.seg").open("wb") as file:
        file.truncate(10 << 30)
    with pytest.raises(TooLarge):
        DirectoryFolder(tmp_path).read("a.seg", 1 << 20)


def test_a_folder_of_too_many_names_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.folder.MOST_NAMES", 3)
    folders: list[Folder] = [MemoryFolder(), DirectoryFolder(tmp_path)]
    for folder in folders:
        for number in range(4):
            folder.write_new(f"cards/{number}", b"")
        with pytest.raises(TooLarge):
            folder.names("cards")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may do everything")
def test_a_folder_without_permission_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Denied):
            DirectoryFolder(tmp_path).write_new("a.seg", b"")
    finally:
        tmp_path.chmod(0o700)


CALLS = ["open", "write", "fsync", "link", "rename", "lstat", "scandir", "stat", "close"]
CODES = {
    errno.EIO: FolderError,
    errno.ENOSPC: Full,
    errno.EACCES: Denied,
    errno.EROFS: Denied,
    errno.ESTALE: Gone,
    errno.ENOENT: FolderError,
}


class Faulty:
    """`os`, whose Nth call of those that touch the disk fails."""

    def __init__(self, at: int, code: int) -> None:
        self.left = at
        self.code = code
        self.hit = ""

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in CALLS:
            return real

        def call(*args: object, **named: object) -> object:
            self.left -= 1
            if self.left == 0:
                self.hit = name
                if name == "close":
                    # The descriptor is gone all the same.
                    real(*args, **named)
                raise OSError(self.code, os.strerror(self.code))
            return real(*args, **named)

        return call


def sweep(
    act: Callable[[], object],
    check: Callable[[FolderError | None], None],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
) -> int:
    """Make each call in turn fail, until none does. Returns how many there were."""
    for at in range(1, 100):
        faulty = Faulty(at, code)
        caught: FolderError | None = None
        with monkeypatch.context() as patched:
            patched.setattr("sync.folder.os", faulty)
            try:
                act()
            except FolderError as error:
                caught = error
        if not faulty.hit:
            return at - 1
        check(caught)
    raise AssertionError("never ends")


@pytest.mark.parametrize("code", CODES, ids=[errno.errorcode[code] for code in CODES])
def test_a_write_that_fails_at_any_call_leaves_the_whole_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    tried = 0

    def act() -> None:
        nonlocal tried
        tried += 1
        DirectoryFolder(tmp_path / str(tried)).write_new(PATH, b"abc")

    def check(caught: FolderError | None) -> None:
        root = tmp_path / str(tried)
        left = {name for name in files(root) if not name.endswith(".tmp")}
        assert left in (set(), {PATH})
        if left:
            assert files(root)[PATH] == b"abc"
        # Only a folder without hard links, or one that cannot sync a folder, is made do with.
        assert caught is not None or left
        assert caught is None or isinstance(caught, CODES[code])
        # And once the trouble is over, it can be written.
        if not left:
            DirectoryFolder(root).write_new(PATH, b"abc")
        assert files(root) == {PATH: b"abc"}

    for number in range(1, 100):
        (tmp_path / str(number)).mkdir()
    assert sweep(act, check, code, monkeypatch) > 8


@pytest.mark.parametrize("code", CODES, ids=[errno.errorcode[code] for code in CODES])
def test_reading_and_listing_that_fail_at_any_call_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folder = DirectoryFolder(tmp_path)
    folder.write_new(PATH, b"abc")

    def check(caught: FolderError | None) -> None:
        assert isinstance(caught, CODES[code])

    def never(caught: FolderError | None) -> None:
        # An entry that vanished is no entry.
        assert code == errno.ENOENT or isinstance(caught, CODES[code])

    assert sweep(lambda: folder.read(PATH, 10), check, code, monkeypatch) >= 3
    assert sweep(lambda: folder.names("devices/0a1b"), never, code, monkeypatch) >= 3
    folder.delete(PATH)
    assert folder.names("devices/0a1b") == []


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_hard_links_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def link(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("sync.folder.os.link", link)
    folder = DirectoryFolder(tmp_path)
    folder.write_new(PATH, b"abc")
    with pytest.raises(AlreadyThere):
        folder.write_new(PATH, b"def")
    assert files(tmp_path) == {PATH: b"abc"}


def test_what_a_killed_write_left_is_swept_where_only_we_write(tmp_path: Path) -> None:
    own, shared = tmp_path / "devices" / "0a1b", tmp_path / "cards"
    for where in (own, shared):
        where.mkdir(parents=True)
        (where / ".thuky-0011.tmp").write_bytes(b"half")
        (where / "1-1 (conflicted copy).seg").write_bytes(b"other")
    folder = DirectoryFolder(tmp_path)
    folder.write_new(PATH, b"abc")
    folder.write_new("cards/x.card", b"abc")
    assert sorted(files(own)) == ["1-1 (conflicted copy).seg", "1-1.seg"]
    assert ".thuky-0011.tmp" in files(shared)


KILLED = """
import os, sys, signal
from pathlib import Path
import sync.folder as f
left = int(sys.argv[2])
class Dying:
    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in {calls!r}:
            return real
        def call(*a, **k):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*a, **k)
        return call
f.os = Dying()
f.DirectoryFolder(Path(sys.argv[1])).write_new({path!r}, b"abc" * 1000)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_writer_killed_at_any_call_leaves_the_whole_file_or_none(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    for at in range(1, 40):
        share = tmp_path / str(at)
        share.mkdir()
        code = KILLED.format(calls=CALLS, path=PATH)
        run = subprocess.run([sys.executable, "-c", code, str(share), str(at)], cwd=root)
        names = [name for name in files(share) if not name.endswith(".tmp")]
        assert names in ([], [PATH])
        if names:
            assert files(share)[PATH] == b"abc" * 1000
        else:
            DirectoryFolder(share).write_new(PATH, b"abc")
            assert list(files(share)) == [PATH]
        if run.returncode == 0:
            assert at > 8
            return
    raise AssertionError("never ends")


def test_a_new_file_has_the_folders_own_permissions(tmp_path: Path) -> None:
    DirectoryFolder(tmp_path).write_new("a.seg", b"")
    mask = os.umask(0)
    os.umask(mask)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "a.seg").stat().st_mode) == 0o666 & ~mask
