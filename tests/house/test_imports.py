"""What a start may import: a wall clock differs from machine to machine, a list of modules not."""

import json
import subprocess
import sys

import pytest

from tests.house.launching import ROOT

# Needed by some commands or screens, or only in development; each costs more than a screen does.
LATER = {
    "babel",
    "click",
    "docx",
    "holidays",
    "hypothesis",
    "icalendar",
    "msgspec",
    "nacl",
    "openpyxl",
    "pytest",
    "sqlite_utils",
    "typst",
    "watchfiles",
    "zstandard",
}


def imported_by(module: str) -> set[str]:
    """The top-level names that importing `module` in a fresh Python brings in."""
    code = (
        f"import json, sys; sys.path.insert(0, {str(ROOT)!r}); import {module};"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    return set(json.loads(run.stdout))


def test_the_app_imports_nothing_that_it_may_need_later() -> None:
    assert imported_by("tui.app") & LATER == set()


def test_a_command_imports_neither_screens_nor_what_it_may_need_later() -> None:
    assert imported_by("tui.main") & (LATER | {"textual"}) == set()


@pytest.mark.parametrize("room", ["schema", "office", "sync", "tui", "bench", "tools"])
def test_no_installed_package_has_the_name_of_a_room(room: str) -> None:
    code = f"import importlib.util as u; print(u.find_spec({room!r}).origin)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    assert run.stdout.startswith((str(ROOT), "None"))
