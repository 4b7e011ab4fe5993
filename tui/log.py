"""The log file, where what a person cannot mend goes instead of onto the screen."""

import logging
import os
from pathlib import Path

from platformdirs import user_log_path

_MOST_BYTES = 500_000
_KEPT = 3


def log_path() -> Path:
    """$THUKY_LOG, else `thuky.log` where the platform keeps logs."""
    given = os.environ.get("THUKY_LOG")
    return Path(given) if given else user_log_path("thuky") / "thuky.log"


def log_error(error: BaseException) -> Path:
    """Write the traceback of `error` into the log, for its owner's eyes only. Returns its path.

    Raises OSError where that cannot be written.
    """
    # Not at the top: no start needs it.
    from logging.handlers import RotatingFileHandler

    path = log_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8")
    try:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        shown = (type(error), error, error.__traceback__)
        handler.emit(logging.LogRecord("thuky", logging.ERROR, "", 0, repr(error), None, shown))
    finally:
        handler.close()
    return path
