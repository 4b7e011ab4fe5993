"""`thuky sync run` as a process that goes on until it is stopped. Public entrance: `Running`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.e2e.office import PROGRAM, ROOT
from tests.e2e.terminal import environment

SECONDS = 40.0
# Where nothing can be mounted that sends no events.
DEAF = """\
import sys
from pathlib import Path
from sync.service import Pace, Service
from sync.watch import terminate_on_signals
service = Service(Path(sys.argv[1]), events=False, pace=Pace(polling=0.5))
terminate_on_signals(service.stop)
service.run()
"""


class Running:
    """One machine's background process; killed at the block's end if it has not been stopped.

    What it prints goes to files in `where`, by default beside the database. With `deaf` it is told
    that no events come.
    """

    def __init__(
        self,
        db: Path,
        *,
        where: Path | None = None,
        env: Mapping[str, str] | None = None,
        deaf: bool = False,
    ) -> None:
        where = where or db.parent
        self._lines, self._errors = where / "lines.txt", where / "errors.txt"
        words = ["--db", str(db), "sync", "run", "--json"]
        with self._lines.open("ab") as out, self._errors.open("ab") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-c", DEAF, str(db)] if deaf else [*PROGRAM, *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=ROOT,
                env=environment(where, env),
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def said(self) -> list[dict[str, Any]]:
        """What it printed, line by line."""
        return [json.loads(line) for line in self._lines.read_text().splitlines()]

    def complained(self) -> str:
        return self._errors.read_text()

    def stop(self) -> int:
        """Ask it to end, as systemd does; the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(SECONDS)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def wait_for(condition: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.02)


def all_run(*processes: Running) -> bool:
    """Whether none has ended by itself. Raises AssertionError with what it said."""
    for one in processes:
        assert one.alive, one.complained()
    return True
