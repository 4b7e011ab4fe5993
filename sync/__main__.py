"""The process that syncs one database until it is asked to end: `python -m sync DATABASE`.

The app starts it where no service runs; `thuky sync run` is the same for people. With
`--with-parent` it ends, too, when its standard input does: whoever started it holds the other end
of that pipe, which closes however the parent ends.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from schema.errors import ThukyError
from sync.lock import AlreadySyncing
from sync.service import After, Service
from sync.watch import terminate_on_signals

WITH_PARENT = "--with-parent"
# A round that hangs on a dead share is given up so long after the parent is gone: nothing is lost.
GRACE_SECONDS = 5.0


def main(
    database: Path, *, with_parent: bool = False, after: After = lambda engine, done: False
) -> int:
    service = Service(database, after=after)
    terminate_on_signals(service.stop)
    if with_parent:
        follow_parent(service.stop)
    try:
        service.run()
    except AlreadySyncing:
        return 0
    except ThukyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def follow_parent(stop: Callable[[], None]) -> None:
    """Call `stop` when standard input ends; end the process if that does not."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        stop()
        threading.Event().wait(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), with_parent=WITH_PARENT in sys.argv[2:]))
