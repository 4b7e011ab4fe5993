"""The shared folder, as little of it as we need. Public entrance: `Folder`, `DirectoryFolder`,
`MemoryFolder`.

Names are paths of at most three parts, such as `devices/0a1b/1-1.seg`. Files are written once,
whole or not at all, and never changed. Every failure is a `FolderError`, so that whoever calls
knows what happened and a person can be told.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from schema.errors import N_, ThukyError
from schema.ids import Randomness

PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
MOST_PARTS = 3
# A listing ends here: nothing of ours has so many names, and a hostile folder may have millions.
MOST_NAMES = 100_000
TEMPORARY = ".thuky-"
# Folders this deep, such as `devices/0a1b`, have one writer.
OWN_DEPTH = 2


class FolderError(ThukyError):
    """The shared folder did not do what was asked; nothing of this machine's data has changed."""

    words = N_("Lỗi đọc ghi thư mục chung ở {path} ({reason}). Dữ liệu trên máy này còn nguyên.")

    def __init__(self, path: str, reason: str = "") -> None:
        super().__init__(type(self).words, path=path, reason=reason)
        self.path = path
        self.reason = reason


class Gone(FolderError):
    """The folder itself is not there: an unplugged stick, an unmounted share."""

    words = N_(
        "Không thấy thư mục chung {path}. Dữ liệu trên máy này còn nguyên và sẽ được gửi khi "
        "thư mục trở lại; hãy kiểm tra ổ đĩa hoặc mạng."
    )


class NotThere(FolderError):
    """No such file: not written yet, or not any more."""

    words = N_("Thư mục chung không có tệp {path}.")


class AlreadyThere(FolderError):
    """A file of that name exists; it was not touched."""

    words = N_("Thư mục chung đã có tệp {path}. Không ghi đè.")


class Denied(FolderError):
    words = N_(
        "Không có quyền với {path} trong thư mục chung ({reason}). Dữ liệu trên máy này còn "
        "nguyên; hãy xin quyền đọc và ghi."
    )


class Full(FolderError):
    words = N_(
        "Thư mục chung đã đầy, chưa ghi được {path} ({reason}). Dữ liệu trên máy này còn nguyên; "
        "hãy giải phóng chỗ trống."
    )


class TooLarge(FolderError):
    """More bytes, or more names, than we ever write. Nothing of it was kept in memory."""

    words = N_("{path} trong thư mục chung lớn hơn mức cho phép ({reason}) nên bị bỏ qua.")


class NotPlain(FolderError):
    """A link, a pipe or a device where a plain file or folder should be: it is never followed."""

    words = N_("{path} trong thư mục chung không phải tệp thường nên bị bỏ qua.")


class Folder(Protocol):
    """What a place must be able to do so that machines can agree through it."""

    def names(self, path: str) -> list[str]:
        """The names in one folder, sorted; those of folders end in `/`. One that is not there is
        empty, but for the root (`""`), which raises `Gone`."""

    def read(self, path: str, limit: int) -> bytes:
        """A file's bytes. Raises `NotThere`, or `TooLarge` where there are more than `limit`."""

    def write_new(self, path: str, data: bytes) -> None:
        """Write a file that nobody has seen half of, through to the disk. Raises `AlreadyThere`."""

    def delete(self, path: str) -> None:
        """Remove a file; one that is not there is no error."""


class BadName(ValueError):
    """A name that is none of ours; nothing in the folder can make us ask for one."""


def parts_of(path: str) -> list[str]:
    """The parts of a name that is safe everywhere. Raises BadName for any other."""
    parts = path.split("/")
    if len(parts) > MOST_PARTS or not all(PART.fullmatch(part) for part in parts):
        raise BadName(path)
    return parts


_KINDS: dict[int, type[FolderError]] = {
    errno.ENOENT: NotThere,
    errno.EEXIST: AlreadyThere,
    errno.EACCES: Denied,
    errno.EPERM: Denied,
    errno.EROFS: Denied,
    errno.ENOSPC: Full,
    errno.EDQUOT: Full,
    errno.EFBIG: Full,
    errno.ELOOP: NotPlain,
    errno.ENOTDIR: NotPlain,
    errno.EISDIR: NotPlain,
    # A share whose server went away.
    errno.ESTALE: Gone,
    errno.ENOTCONN: Gone,
    errno.EHOSTDOWN: Gone,
    errno.EHOSTUNREACH: Gone,
    errno.ENODEV: Gone,
}
# Only POSIX has these; a link is looked for before opening as well.
_PLAIN = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_HARD_LINKS = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.ENOTSUP,
    errno.EMLINK,
    errno.EXDEV,
    errno.EINVAL,
}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EISDIR}


class DirectoryFolder:
    """A directory: local, a network share, or one that a replicator keeps."""

    def __init__(self, root: Path, randomness: Randomness = os.urandom) -> None:
        self.root = root
        self._randomness = randomness
        self._swept: set[Path] = set()

    def names(self, path: str) -> list[str]:
        parts = parts_of(path) if path else []
        names: list[str] = []
        try:
            with self._explained(path):
                where = self._folder(parts)
                with os.scandir(where) as entries:
                    for entry in entries:
                        if len(names) >= MOST_NAMES:
                            raise TooLarge(path, f"> {MOST_NAMES}")
                        if entry.is_file(follow_symlinks=False):
                            names.append(entry.name)
                        elif entry.is_dir(follow_symlinks=False):
                            names.append(f"{entry.name}/")
        except NotThere:
            # Before nothing is taken for empty, the root must be there.
            if not path:
                raise Gone(str(self.root)) from None
            self._look_for_root()
            return []
        return sorted(names)

    def read(self, path: str, limit: int) -> bytes:
        *folders, name = parts_of(path)
        try:
            with self._explained(path):
                descriptor = os.open(self._folder(folders) / name, os.O_RDONLY | _PLAIN)
                with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 a descriptor
                    found = os.fstat(descriptor)
                    if not stat.S_ISREG(found.st_mode):
                        raise NotPlain(path)
                    if found.st_size > limit:
                        raise TooLarge(path, f"{found.st_size} > {limit}")
                    # A file may grow while it is read.
                    pieces, left = [], limit + 1
                    while piece := file.read(min(left, found.st_size + 1)):
                        pieces.append(piece)
                        left -= len(piece)
                    if not left:
                        raise TooLarge(path, f"> {limit}")
                    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
        except NotThere:
            self._look_for_root()
            raise

    def write_new(self, path: str, data: bytes) -> None:
        *folders, name = parts_of(path)
        self._look_for_root()
        with self._explained(path):
            where = self._folder(folders, make=True)
            final = where / name
            if _kind(final) is not None:
                raise AlreadyThere(path)
            if len(folders) == OWN_DEPTH:
                self._sweep(where)
            draft = where / f"{TEMPORARY}{self._randomness(8).hex()}.tmp"
            try:
                _write_through(draft, data)
                _publish(draft, final)
            finally:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
            _sync_folder(where)

    def delete(self, path: str) -> None:
        *folders, name = parts_of(path)
        with suppress(NotThere), self._explained(path):
            where = self._folder(folders)
            (where / name).unlink(missing_ok=True)

    def _sweep(self, where: Path) -> None:
        """Remove what a killed write left half-written, once, in a folder that only we write in."""
        if where in self._swept:
            return
        self._swept.add(where)
        with suppress(OSError):
            for draft in where.glob(f"{TEMPORARY}*.tmp"):
                draft.unlink(missing_ok=True)

    def _folder(self, parts: list[str], *, make: bool = False) -> Path:
        """The folder of that name below the root, none of whose parts is a link."""
        where = self.root
        for part in parts:
            where = where / part
            kind = _kind(where)
            if kind is None:
                if not make:
                    raise NotThere("/".join(parts))
                with suppress(FileExistsError):
                    where.mkdir()
                    _sync_folder(where.parent)
                kind = _kind(where)
            if kind is None or not stat.S_ISDIR(kind):
                raise NotPlain("/".join(parts))
        return where

    def _look_for_root(self) -> None:
        with self._explained(""):
            try:
                there = stat.S_ISDIR(os.stat(self.root).st_mode)  # noqa: PTH116 faults are swept
            except FileNotFoundError:
                there = False
        if not there:
            raise Gone(str(self.root))

    @contextmanager
    def _explained(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            kind = _KINDS.get(error.errno or 0, FolderError)
            where = str(self.root) if kind is Gone or not path else path
            raise kind(where, error.strerror or type(error).__name__) from error


def _kind(path: Path) -> int | None:
    """The mode bits of what is at `path` itself, or None where nothing is."""
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return None


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _publish(draft: Path, final: Path) -> None:
    """Give the finished file its name; never instead of another's."""
    try:
        os.link(draft, final)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if _kind(final) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        os.rename(draft, final)  # noqa: PTH104 Path.rename says the same; faults are swept over os


def _sync_folder(where: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(where, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


Fault = Callable[[str, str], None]


class MemoryFolder:
    """The same in memory, for the simulation.

    `fault(what, path)` is called before each of list, read, write and delete, and again as
    `written` when the file is there but the writer does not know; what it raises comes out.
    `files` may be changed by anybody who plays the other machines, or the thief.
    """

    def __init__(self, fault: Fault | None = None) -> None:
        self.files: dict[str, bytes] = {}
        self.there = True
        self._fault = fault or (lambda what, path: None)

    def names(self, path: str) -> list[str]:
        prefix = f"{'/'.join(parts_of(path))}/" if path else ""
        self._look("list", path)
        found = {
            name[len(prefix) :].partition("/") for name in self.files if name.startswith(prefix)
        }
        names = sorted({first + slash for first, slash, _ in found})
        if len(names) > MOST_NAMES:
            raise TooLarge(path, f"> {MOST_NAMES}")
        return names

    def read(self, path: str, limit: int) -> bytes:
        parts_of(path)
        self._look("read", path)
        if path not in self.files:
            raise NotThere(path)
        if len(self.files[path]) > limit:
            raise TooLarge(path, f"{len(self.files[path])} > {limit}")
        return self.files[path]

    def write_new(self, path: str, data: bytes) -> None:
        parts_of(path)
        self._look("write", path)
        if path in self.files:
            raise AlreadyThere(path)
        self.files[path] = bytes(data)
        self._fault("written", path)

    def delete(self, path: str) -> None:
        parts_of(path)
        self._look("delete", path)
        self.files.pop(path, None)

    def _look(self, what: str, path: str) -> None:
        self._fault(what, path)
        if not self.there:
            raise Gone(path)
