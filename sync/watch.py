"""Waking up when the folder or the database has changed. Public entrance: `Waker`, `sends_events`,
`terminate_on_signals`.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from schema.place import REMOTE, file_system

# Milliseconds for which events are gathered; watchfiles' own 1600 would be felt.
DEBOUNCE, STEP = 100, 20
# File systems beside those of the network on which another machine's writes raise no event here.
SILENT = {"virtiofs", "vboxsf", "prl_fs", "vmhgfs", "drvfs"}
LOCAL_FUSE = {"fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.mergerfs", "fuse.encfs"}


def sends_events(path: Path) -> bool:
    """Whether writes of other machines may be expected to raise events at `path`.

    A test through the same mount would see its own writes and prove nothing; what is polled all
    the same, slowly, shows whether the expectation was right.
    """
    kind = file_system(path)
    if kind in REMOTE | SILENT | {"network"}:
        return False
    return not kind.startswith("fuse") or kind in LOCAL_FUSE


class Waker:
    """Sets `woken` soon after something changed in a directory that is watched.

    `wanted` chooses among what changed. Where the directory cannot be watched,
    `broken` is set from the start, and where it ends, soon after.
    """

    def __init__(
        self,
        directory: Path,
        wake: Callable[[], None],
        *,
        recursive: bool,
        wanted: Callable[[Path], bool] = lambda path: True,
    ) -> None:
        self._directory = directory
        self._wake = wake
        self._recursive = recursive
        self._wanted = wanted
        self._stop = threading.Event()
        self.broken = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
        self._thread.start()
        self._ready.wait()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        from watchfiles._rust_notify import RustNotify

        try:
            with RustNotify(
                [str(self._directory)], False, False, 0, self._recursive, True
            ) as notify:
                self._ready.set()
                while True:
                    changes = notify.watch(DEBOUNCE, STEP, 0, self._stop)
                    if isinstance(changes, str):
                        return
                    if any(self._wanted(Path(path)) for _, path in changes):
                        self._wake()
        except (OSError, RuntimeError):
            # No such folder, no more watches to be had, or the folder went away.
            self.broken.set()
        finally:
            self._ready.set()


def terminate_on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` when the process is asked to end, from whichever side."""
    import signal

    names = ("SIGINT", "SIGTERM", "SIGHUP") if sys.platform != "win32" else ("SIGINT", "SIGBREAK")
    for name in names:
        signal.signal(getattr(signal, name), lambda *_: stop())
