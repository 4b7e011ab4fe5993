"""File systems of a test's own: full, or read-only. Each lives and dies with one subprocess."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@cache
def _refusal() -> str:
    """Why this machine lets nobody mount here, or nothing."""
    if not shutil.which("unshare"):
        return "no unshare here"
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return f"no mounts here: {run.stderr.strip()}" if run.returncode else ""


def run_in_mount(folder: Path, mount: str, code: str) -> Any:
    """What Python `code` prints as JSON, run after `mount` (shell; $1 is `folder`).

    The mount is seen by that process alone. Skips the test where mounting is not allowed.
    """
    if reason := _refusal():
        pytest.skip(reason)
    script = f'{mount} && shift && exec "$@"'
    command = ["unshare", "--mount", "sh", "-ec", script, "sh", str(folder)]
    run = subprocess.run(
        [*command, sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
