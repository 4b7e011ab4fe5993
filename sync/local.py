"""How the processes of one machine notice each other's writes to the database they share, and
whether it is synced."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from schema.errors import N_, ThukyError
from schema.store import Store

LOOK_EVERY_SECONDS = 0.2
# Of a file that is always written anew: when (nanoseconds), and which it is, since two may be
# written within what a file system tells of time.
Stamp = tuple[int, int]
# Local settings: the shared folder of a device; the folder in which this machine asks to be let in.
FOLDER, JOINING = "sync_folder", "sync_joining"


def may_sync(store: Store) -> bool:
    """Whether the database belongs to a workspace, or asks to be let in."""
    return bool(store.local(FOLDER) or store.local(JOINING))


def keys_path(database: Path) -> Path:
    """Where the secrets of the device that has this database lie."""
    return database.with_name(f"{database.name}.keys")


def stamp_of(file: os.stat_result) -> Stamp:
    return file.st_mtime_ns, file.st_ino


def stamp(path: Path) -> Stamp:
    """That of the file at `path`; 0, 0 where there is none to be seen."""
    try:
        return stamp_of(path.stat())
    except OSError:
        return 0, 0


BESIDE = N_(
    "Thư mục chung {folder} nằm trong thư mục của cơ sở dữ liệu: ai chép, chuyển hay xóa thư mục "
    "ấy là đụng đến cả hai. Vẫn dùng được, nhưng nên đặt thư mục chung ở nơi khác."
)


def lies_beside(database: Path, folder: Path) -> bool:
    """Whether a shared folder lies in the folder of the database itself (see `BESIDE`). Looks at
    the paths alone, since a dead share answers nothing."""
    return database.absolute().parent in folder.absolute().parents


class Watcher:
    """Calls `on_change`, from its own thread, soon after another connection has written.

    It looks at SQLite's data_version, which costs a few microseconds and no disk access, and works
    on every platform and file system that a database may lie on.
    """

    def __init__(self, open_store: Callable[[], Store], on_change: Callable[[], None]) -> None:
        self._open_store = open_store
        self._on_change = on_change
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with self._open_store() as store:
            seen = store.data_version()
            while not self._stop.wait(LOOK_EVERY_SECONDS):
                try:
                    version = store.data_version()
                except ThukyError:
                    # A file in trouble is looked at again.
                    continue
                if version != seen:
                    seen = version
                    self._on_change()
