"""The systemd user unit that keeps a database in sync. Public entrance: `install(database)`."""

import os
import sys
from pathlib import Path

from schema.errors import N_, ThukyError

NAME = "thuky-sync.service"
_ROOT = Path(__file__).resolve().parents[1]


def install(database: Path) -> tuple[Path, str]:
    """Write the unit for `database` where systemd looks for a user's own; returns its path and
    content. Raises ThukyError where it cannot be written."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    path = Path(home) / "systemd" / "user" / NAME
    content = unit(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ThukyError(
            N_("Không ghi được {path} ({reason}). Chưa cài gì."), path=path, reason=error.strerror
        ) from error
    return path, content


def unit(database: Path) -> str:
    """What the unit says: run as the user, again after a failure, at low priority."""
    words = " ".join(map(_quoted, (*_program(), "--db", str(database.resolve()), "sync", "run")))
    return f"""[Unit]
Description=thuky sync

[Service]
ExecStart={words}
Restart=on-failure
RestartSec=10
Nice=10

[Install]
WantedBy=default.target
"""


def _program() -> tuple[str, ...]:
    launcher = _ROOT / "thuky"
    if launcher.is_file():
        return (str(launcher),)
    return sys.executable, "-I", "-m", "tui.main"


def _quoted(word: str) -> str:
    """As systemd reads it: % stands for specifiers, $ for variables, a backslash escapes."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
