"""What `./thuky` promises on any machine: it starts from anywhere, or says what is missing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.launching import ROOT, clean_environment, script, start
from tests.house.wheel import pinned_wheel

STARTED = ["-I", "-m", "tui.main"]

# uv makes an environment in a tenth of the time that Python's venv takes.
WITH_UV = f"{Path(sys.executable).parent}:/usr/bin:/bin"


def test_starts_from_another_folder(ready: Path, tmp_path: Path) -> None:
    run = start(ready / "thuky", "minutes", "edit one", cwd=tmp_path)
    assert run.stdout.splitlines() == [*STARTED, "minutes", "edit one"]
    assert run.returncode == 0


def test_starts_from_its_own_folder_by_name_alone(ready: Path) -> None:
    assert start("sh", "thuky", cwd=ready).stdout.splitlines() == STARTED


def test_starts_through_a_chain_of_links(ready: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "relative").symlink_to(Path(ready.name) / "thuky")
    (tmp_path / "absolute").symlink_to(tmp_path / "relative")
    (tmp_path / "bin/thuky").symlink_to(Path("..") / "absolute")
    for link in ("relative", "absolute", "bin/thuky"):
        run = start(tmp_path / link, cwd=tmp_path / "bin")
        assert run.stdout.splitlines() == STARTED, run.stderr


def test_starts_from_the_search_path(ready: Path, tmp_path: Path) -> None:
    path = f"{ready}:{os.environ['PATH']}"
    run = start("sh", "-c", "thuky", cwd=tmp_path, PATH=path, CDPATH=str(tmp_path))
    assert run.stdout.splitlines() == STARTED


def test_needs_only_cat_and_says_nothing_when_nothing_changed(ready: Path, tmp_path: Path) -> None:
    only_cat = tmp_path / "only-cat"
    only_cat.mkdir()
    (only_cat / "cat").symlink_to(str(shutil.which("cat")))
    run = start(ready / "thuky", cwd=tmp_path, PATH=str(only_cat))
    assert run.stdout.splitlines() == STARTED
    assert run.stderr == ""


def test_passes_on_the_exit_code(ready: Path) -> None:
    script(ready / ".venv/bin/python", "exit 2")
    assert start(ready / "thuky", cwd=ready).returncode == 2


def python_that(path: Path, change: str) -> None:
    """A `python3` in folder `path` that runs the code given to it after `change`."""
    path.mkdir()
    code = f"import sys; {change}; exec(sys.argv[3])"
    script(path / "python3", f"exec '{sys.executable}' -I -c '{code}' \"$@\"")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "Python 3.11"),
        ("sys.version_info = (3, 10, 13)", "Python 3.11"),
        ('sys.modules["ensurepip"] = None', "python3-venv"),
    ],
    ids=["no Python", "old Python", "Python without venv"],
)
def test_says_in_a_sentence_what_is_missing(
    clone: Path, tmp_path: Path, change: str | None, words: str
) -> None:
    path = tmp_path / "bin"
    if change:
        python_that(path, change)
    run = start(clone / "thuky", cwd=tmp_path, PATH=str(path))
    vietnamese, english = run.stderr.splitlines()
    assert words in vietnamese
    assert "hãy cài" in vietnamese
    assert words in english
    assert "install" in english
    assert (run.returncode, run.stdout) == (1, "")
    assert not (clone / ".venv").exists()


def test_a_python_that_does_not_run_is_passed_over(clone: Path, tmp_path: Path) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    script(path / "python3.13", "echo no such version >&2; exit 127")
    (path / "python3").symlink_to(sys.executable)
    run = start(clone / "thuky", cwd=tmp_path, PATH=f"{path}:/usr/bin:/bin")
    assert run.returncode == 0, run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_two_first_starts_at_once_make_one_environment(clone: Path, tmp_path: Path) -> None:
    (clone / "requirements.lock").write_text(pinned_wheel(tmp_path))
    (clone / "tui/main.py").write_text("import crumb\nprint(crumb.__name__)\n")
    (tmp_path / "bin").mkdir()
    uv = Path(sys.executable).with_name("uv")
    script(tmp_path / "bin/uv", f"echo $1 >>'{tmp_path}/made'; exec '{uv}' \"$@\"")
    path = f"{tmp_path}/bin:{os.environ['PATH']}"
    both = [
        subprocess.Popen(
            [clone / "thuky"],
            env=clean_environment(tmp_path) | {"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    for one in both:
        out, err = one.communicate(timeout=300)
        assert (one.returncode, out) == (0, "crumb\n"), err
        assert len(err.splitlines()) == 1
    assert (tmp_path / "made").read_text() == "venv\npip\n"
    assert start(clone / "thuky", cwd=tmp_path).stderr == ""


def test_an_interrupted_first_start_is_begun_again(clone: Path, tmp_path: Path) -> None:
    half = clone / ".venv/bin"
    half.mkdir(parents=True)
    (half / "python").symlink_to(sys.executable)
    assert start(clone / "thuky", cwd=tmp_path).returncode == 0
    assert start(clone / "thuky", cwd=tmp_path).stderr == ""


def test_a_package_other_than_the_pinned_one_is_refused(clone: Path, tmp_path: Path) -> None:
    lock = pinned_wheel(tmp_path)
    (clone / "requirements.lock").write_text(lock[:-2] + ("0" if lock[-2] != "0" else "1") + "\n")
    run = start(clone / "thuky", cwd=tmp_path, PATH=WITH_UV)
    _, vietnamese, english = run.stderr.splitlines()
    assert run.returncode == 1
    assert "hãy" in vietnamese
    log = Path(english.partition("details: ")[2].removesuffix(")."))
    uv, pip = log.read_text().split("-m venv")
    assert "hash" in uv.lower()
    assert "hash" in pip.lower()
    assert not (clone / ".venv/requirements.lock").exists()


def test_nothing_outside_slips_in_as_a_module_of_ours(clone: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    (hostile / "tui").mkdir(parents=True)
    for name in ("tui/__init__.py", "tui/main.py", "json.py", "sitecustomize.py"):
        (hostile / name).write_text("raise SystemExit('hostile')\n")
    run = start(clone / "thuky", "x", cwd=hostile, PYTHONPATH=str(hostile), PATH=WITH_UV)
    started = json.loads(run.stdout)
    assert started["arguments"] == ["x"]
    assert str(hostile) not in started["path"]
    assert str(clone) in started["path"]


def test_a_moved_clone_runs_its_own_program(clone: Path, tmp_path: Path) -> None:
    start(clone / "thuky", cwd=tmp_path, PATH=WITH_UV)
    moved = clone.rename(tmp_path / "elsewhere")
    run = start(moved / "thuky", cwd=tmp_path)
    assert str(moved) in json.loads(run.stdout)["path"]
    assert run.stderr == ""


def test_keeps_its_environment_in_the_cache_when_the_clone_is_read_only(
    clone: Path, tmp_path: Path
) -> None:
    powerless = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if os.getuid() != 0:
        powerless = []
    elif (
        not shutil.which("setpriv") or subprocess.run([*powerless, "true"], check=False).returncode
    ):
        pytest.skip("root writes anywhere, and setpriv cannot take that away here")
    before = sorted(clone.rglob("*"))
    folders = [clone, clone / "tui", clone / "tools"]
    for folder in folders:
        folder.chmod(0o555)
    try:
        for said in (1, 0):
            run = start(*powerless, str(clone / "thuky"), cwd=tmp_path, PATH=WITH_UV)
            assert run.returncode == 0, run.stderr
            assert len(run.stderr.splitlines()) == said
            assert str(clone) in json.loads(run.stdout)["path"]
        assert sorted(clone.rglob("*")) == before
        assert list((tmp_path / ".cache/thuky").iterdir())
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.slow
def test_a_fresh_clone_with_an_empty_home_tells_its_version(tmp_path: Path) -> None:
    import tui

    clone = tmp_path / "clone"
    for name in ("schema", "office", "sync", "tui", "tools"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("thuky", "requirements.lock"):
        shutil.copy(ROOT / name, clone / name)
    run = start(clone / "thuky", "--version", cwd=tmp_path)
    log = clone / ".venv/install.log"
    if run.returncode and log.exists() and "onnection" in log.read_text():
        pytest.skip("the packages cannot be fetched here")
    assert run.returncode == 0, run.stderr
    assert tui.__version__ in run.stdout
