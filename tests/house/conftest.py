"""A clone of the launchers alone, around a program that prints how it was started."""

import shutil
from pathlib import Path

import pytest

from tests.house.launching import ROOT, script

PROGRAM = """\
import json
import sys

print(json.dumps({"arguments": sys.argv[1:], "path": sys.path}))
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project folder, its name with a space and Vietnamese in it, that pins no package."""
    root = tmp_path / "thư ký"
    (root / "tui").mkdir(parents=True)
    (root / "tui/__init__.py").touch()
    (root / "tui/main.py").write_text(PROGRAM)
    for name in ("thuky", "check"):
        shutil.copy(ROOT / name, root / name)
    (root / "tools").mkdir()
    for name in ("environment.sh", "prepare.py"):
        shutil.copy(ROOT / "tools" / name, root / "tools" / name)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (root / name).write_text("# nothing\n")
    return root


@pytest.fixture
def ready(clone: Path) -> Path:
    """A clone whose environment is made, with a Python that prints its arguments, one a line."""
    (clone / ".venv/bin").mkdir(parents=True)
    script(clone / ".venv/bin/python", 'printf "%s\\n" "$@"')
    for name in ("requirements.lock", "requirements-dev.lock"):
        shutil.copy(clone / name, clone / ".venv" / name)
    return clone
