"""Opening the one file: made whole or not at all, refused clearly, kept up to date with a backup.

Public entrance: `open_database(path)`, `backup(connection, path)`, `explain(error, path)`.
"""

import os
import sqlite3
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock

from schema.errors import N_, ThukyError
from schema.place import network_file_system

APPLICATION_ID = 0x5468754B  # "ThuK"
VERSION = 4
_MAGIC = b"SQLite format 3\x00"
# How many connections this process has to each file, by device and inode.
_OPEN: Counter[tuple[int, int]] = Counter()
_COUNTING = Lock()
# A file up to this size is looked through when a process first opens it: some milliseconds.
LOOKED_THROUGH_BYTES = 1_000_000

_FULL = N_(
    "Đĩa đã đầy nên chưa ghi được vào {path}. Phần đã lưu còn nguyên; "
    "giải phóng chỗ trống rồi thử lại."
)
_EXPLAINED = {
    "SQLITE_FULL": _FULL,
    # No room for the index of the log.
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_READONLY": N_(
        "Không ghi được vào {path}: chỉ có quyền đọc. Chưa có gì thay đổi; "
        "hãy cấp quyền ghi hoặc chọn tệp khác."
    ),
    "SQLITE_CANTOPEN": N_(
        "Không mở được {path}. Chưa có gì thay đổi; kiểm tra thư mục và quyền truy cập."
    ),
    "SQLITE_CORRUPT": N_(
        "Tệp {path} bị hỏng. Không có gì bị sửa; hãy giữ nguyên tệp này và mở bản sao lưu "
        "gần nhất (thuky --db BẢN_SAO)."
    ),
    "SQLITE_NOTADB": N_(
        "{path} không phải là cơ sở dữ liệu của Thư Ký. Không có gì bị sửa; hãy chọn tệp khác."
    ),
    "SQLITE_BUSY": N_(
        "Chương trình khác đang ghi vào {path} quá lâu. Chưa có gì thay đổi; hãy thử lại."
    ),
    "SQLITE_IOERR": N_(
        "Lỗi đọc ghi đĩa ở {path}. Phần đã lưu còn nguyên; kiểm tra ổ đĩa rồi thử lại."
    ),
}


def explain(error: sqlite3.Error, path: Path | str) -> ThukyError:
    """What an SQLite error means for a person, with what was kept and what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, words in _EXPLAINED.items():
        if name.startswith(prefix):
            return ThukyError(words, path=path)
    return ThukyError(
        N_("Cơ sở dữ liệu {path} từ chối thao tác này ({reason}). Chưa có gì thay đổi."),
        path=path,
        reason=error,
    )


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def open_database(
    path: Path, *, must_exist: bool = False, damaged_too: bool = False
) -> sqlite3.Connection:
    """Open the database at `path`, making a new one where there is none.

    Raises ThukyError, with nothing touched, for a missing folder, a network file system, a file
    that is empty, not ours, read-only, written by a newer version or damaged. (All of a large
    file is read only by `schema.doctor`.) With `damaged_too` it opens what can be opened at all.
    """
    if not path.parent.is_dir():
        raise ThukyError(
            N_("Không có thư mục {folder}. Chưa tạo gì; hãy tạo thư mục này hoặc chọn tệp khác."),
            folder=path.parent,
        )
    if kind := network_file_system(path):
        raise ThukyError(
            N_(
                "{path} nằm trên ổ mạng ({kind}), nơi dữ liệu có thể hỏng khi nhiều máy cùng ghi. "
                "Chưa động vào tệp; hãy để tệp trên ổ đĩa của máy này và dùng đồng bộ qua thư mục "
                "chung."
            ),
            path=path,
            kind=kind,
        )
    if not path.exists():
        if must_exist:
            raise ThukyError(N_("Không có tệp {path}."), path=path)
        from schema.creation import create

        create(path)
    first = _inspect(path)
    with explained(path):
        _read_through(path, look=first and not damaged_too)
        with suppress(OSError):
            if os.name == "posix" and path.stat().st_mode & 0o077:
                path.chmod(0o600)
        connection = connect(path)
        try:
            # A copy made by `backup` comes without it.
            connection.execute("PRAGMA journal_mode = WAL")
            if (found := version_of(connection)) < VERSION:
                from schema.migrations import migrate

                migrate(connection, path, found)
        except BaseException:
            connection.close()
            raise
    return connection


class _Counted(sqlite3.Connection):
    """A connection that is known to be open until it is closed."""

    _inode: tuple[int, int] | None = None

    def count(self, path: Path) -> None:
        status = path.stat()
        self._inode = status.st_dev, status.st_ino
        with _COUNTING:
            _OPEN[self._inode] += 1

    def close(self) -> None:
        super().close()
        if self._inode:
            with _COUNTING:
                _OPEN[self._inode] -= 1
            self._inode = None


def connect(path: Path, *, timeout: float = 10.0) -> sqlite3.Connection:
    """A connection with the settings that every process uses, to a file that is there."""
    connection = sqlite3.connect(
        path, timeout=timeout, isolation_level=None, check_same_thread=False, factory=_Counted
    )
    try:
        # FULL: what was shown as saved survives a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        # Opens the file for writing at once, so that a read-only one is refused now and not at
        # the first sentence that somebody types.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        connection.count(path)
    except BaseException:
        connection.close()
        raise
    return connection


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database, consistent at one moment, to the new file `target` (mode 0600).

    Raises ThukyError where `target` exists or cannot be written; then nothing is left there.
    """
    try:
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise ThukyError(
            N_("Đã có tệp {path}. Không ghi đè; hãy chọn tên khác."), path=target
        ) from None
    except OSError as error:
        raise ThukyError(
            N_("Không ghi được {path} ({reason}). Chưa có bản sao nào được tạo."),
            path=target,
            reason=error.strerror,
        ) from error
    os.close(descriptor)
    try:
        with explained(target):
            copy = sqlite3.connect(target)
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _inspect(path: Path) -> bool:
    """Refuse by the header alone what must not be opened, without SQLite touching the file.

    Returns whether this process sees the file for the first time.
    """
    try:
        # Reading a pipe would wait for ever.
        if path.exists() and not path.is_file():
            raise _explain_notadb(path)
        # POSIX drops all of a process's locks on a file when it closes any descriptor of it; then
        # another process would take this one for gone, and throw away the WAL it writes in. So a
        # file that SQLite has open here is not read.
        status = path.stat()
        if _OPEN[status.st_dev, status.st_ino]:
            return False
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise ThukyError(
            N_("Không đọc được {path} ({reason}). Chưa có gì thay đổi."),
            path=path,
            reason=error.strerror,
        ) from error
    if not head:
        raise ThukyError(
            N_(
                "Tệp {path} rỗng, không phải cơ sở dữ liệu. Chưa động vào tệp; hãy mở bản sao lưu, "
                "hoặc xóa tệp rỗng này để bắt đầu mới."
            ),
            path=path,
        )
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise _explain_notadb(path)
    version, application = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application != APPLICATION_ID:
        raise _explain_notadb(path)
    _refuse_newer(path, version)
    return True


def _explain_notadb(path: Path) -> ThukyError:
    return ThukyError(_EXPLAINED["SQLITE_NOTADB"], path=path)


def _read_through(path: Path, *, look: bool) -> None:
    """Refuse what must not be written to, on a connection that cannot write."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        _refuse_newer(path, version_of(connection))
        if not look:
            return
        connection.execute("SELECT hlc FROM clock").fetchone()
        if path.stat().st_size <= LOOKED_THROUGH_BYTES:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise ThukyError(_EXPLAINED["SQLITE_CORRUPT"], path=path)


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(path: Path, version: int) -> None:
    if version > VERSION:
        raise ThukyError(
            N_(
                "{path} do phiên bản Thư Ký mới hơn ghi (dạng {found}, bản này đọc được đến "
                "{known}). Chưa động vào tệp; hãy cập nhật Thư Ký."
            ),
            path=path,
            found=version,
            known=VERSION,
        )
