"""What the app knows of syncing, and that somebody syncs while it is open. Public entrance:
`Keeper`.

It looks from a thread of its own, at the database and what lies beside it; never at the folder.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from schema.errors import N_, ThukyError
from schema.store import Store
from sync.diary import diary_path
from sync.local import Stamp, keys_path, stamp
from sync.standing import Look, Standing
from tui.sync_child import Child

LOOK_SECONDS = 0.25
# After an error that nobody expected it rests so long.
FAULT_SECONDS = 60.0
# What waits shorter than this is on its way: whoever types sees no mark come and go.
WAITING_SECONDS = 3.0

OnStanding = Callable[[Standing | None], object]


class Keeper:
    """Calls `on_standing`, from its own thread, when syncing stands otherwise than before."""

    def __init__(
        self, open_store: Callable[[], Store], path: Path, on_standing: OnStanding
    ) -> None:
        self._open_store = open_store
        self._path = path
        self._on_standing = on_standing
        self._stop = threading.Event()
        self._calm = Calm()
        self.child = Child(path, _log)
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Begin to end."""
        self._stop.set()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with self._open_store() as store:
            look, seen = Look(store), None
            found: Standing | None = None
            said: Standing | None = None
            try:
                while not self._stop.is_set():
                    try:
                        now = (store.data_version(), *self._written())
                        if now != seen:
                            found, seen = look(), now
                        if found:
                            self.child.tend()
                        calm = self._calm(found, self.child.failing, store.now()) if found else None
                        if calm != said:
                            said = calm
                            self._on_standing(calm)
                    except ThukyError:
                        # A database in trouble is looked at again.
                        pass
                    except Exception as error:
                        # Nothing may reach the terminal but what is drawn.
                        with suppress(OSError):
                            _log(error)
                        self._stop.wait(FAULT_SECONDS)
                    self._stop.wait(LOOK_SECONDS)
            finally:
                self.child.end()

    def _written(self) -> tuple[Stamp, Stamp]:
        """What the process that syncs writes down beside the database, as last written."""
        return stamp(diary_path(self._path)), stamp(keys_path(self._path))


class Calm:
    """Leaves out what passes at once, and adds what no process could write down."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._waiting_since: float | None = None
        self._failing_since = ""

    def __call__(self, found: Standing, failing: bool, now: str) -> Standing:
        if not found.pending:
            self._waiting_since = None
        elif self._waiting_since is None:
            self._waiting_since = self._monotonic()
        since = self._waiting_since
        if since is not None and self._monotonic() - since < WAITING_SECONDS:
            found = replace(found, pending=0)
        if not failing:
            self._failing_since = ""
        elif not found.diary.failure:
            self._failing_since = self._failing_since or now
            diary = replace(found.diary)
            diary.fail(ChildDied(), self._failing_since)
            found = replace(found, diary=diary)
        return found


class ChildDied(ThukyError):
    def __init__(self) -> None:
        super().__init__(
            N_(
                "Tiến trình đồng bộ cứ dừng giữa chừng; Thư Ký sẽ chạy lại nó. Dữ liệu trên máy "
                "còn nguyên; chi tiết trong tệp nhật ký lỗi."
            )
        )


def _log(error: Exception) -> object:
    from tui.log import log_error

    return log_error(error)
