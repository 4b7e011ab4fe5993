"""What `./check` promises: it says which step failed, and hands arguments on."""

from pathlib import Path

import pytest

from tests.house.launching import script, start

STEPS = ["lint", "format", "types", "imports", "words", "tests"]


@pytest.fixture
def tools(ready: Path) -> Path:
    """A folder of stand-ins for the tools, that print their name and arguments and succeed."""
    for name in ("python", "ruff", "mypy", "lint-imports"):
        script(ready / ".venv/bin" / name, f'echo {name} "$@"')
    return ready / ".venv/bin"


def test_runs_every_step(ready: Path, tools: Path, tmp_path: Path) -> None:
    run = start(ready / "check", cwd=tmp_path)
    assert [line[7:] for line in run.stdout.splitlines() if line.startswith("check: ")] == STEPS
    assert (run.returncode, run.stderr) == (0, "")


def test_names_the_steps_that_fail_and_runs_the_others(
    ready: Path, tools: Path, tmp_path: Path
) -> None:
    script(tools / "mypy", "exit 1")
    script(tools / "python", 'case "$*" in *tools.words*) exit 1 ;; esac')
    run = start(ready / "check", cwd=tmp_path)
    assert run.stderr == "check: FAILED: types words\n"
    assert run.returncode == 1
    assert "check: tests" in run.stdout


def test_hands_arguments_on(ready: Path, tools: Path, tmp_path: Path) -> None:
    run = start(ready / "check", "tests", "-k", "one or two", cwd=tmp_path)
    assert run.stdout == "python -m pytest -q -n 3 --dist worksteal -k one or two\n"
    run = start(ready / "check", "bench", "typing", cwd=tmp_path)
    assert run.stdout == "python -m bench typing\n"


def test_passes_on_the_failure_of_one_step(ready: Path, tools: Path, tmp_path: Path) -> None:
    script(tools / "ruff", "exit 1")
    assert start(ready / "check", "lint", cwd=tmp_path).returncode == 1


def test_an_unknown_step_is_wrong_usage(ready: Path, tmp_path: Path) -> None:
    run = start(ready / "check", "everything", cwd=tmp_path)
    assert run.returncode == 2
    for name in STEPS:
        assert name in run.stderr
