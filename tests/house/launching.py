"""Start the launchers as a person does, away from this process's own Python."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def script(path: Path, body: str) -> None:
    """Write a shell script that can be run."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def start(
    command: Path | str, *arguments: str, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a launcher with a home of its own and no standard input."""
    return subprocess.run(
        [str(command), *arguments],
        cwd=cwd,
        env=clean_environment(cwd) | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def clean_environment(home: Path) -> dict[str, str]:
    """This process's environment without what steers Python, and with `home` for caches."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "THUKY", "XDG_", "VIRTUAL_ENV"))
    }
    return kept | {"HOME": str(home)}
