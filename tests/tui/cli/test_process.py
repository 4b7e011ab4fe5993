"""The command line as a process: locales, pipes, streams that are closed or full, imports."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.launching import ROOT, clean_environment

LOCALES = {
    "UTF-8": {"LC_ALL": "C.UTF-8"},
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    # Python then reads and writes ASCII, as with an old locale.
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
TITLE = "Phiên họp thường kỳ “tháng 2”"


def run(
    home: Path, *arguments: str | bytes, stdin: bytes = b"", locale: str = "UTF-8"
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tui.main", *arguments],
        cwd=ROOT,
        env=clean_environment(home) | LOCALES[locale],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_arguments_and_output_are_whole_in_any_locale(tmp_path: Path, locale: str) -> None:
    add = ("meeting", "add", "--title", TITLE, "--start", "8h 27/2/2026", "--json")
    added = run(tmp_path, *add, locale=locale)
    assert added.returncode == 0
    assert json.loads(added.stdout)["title"] == TITLE
    listed = run(tmp_path, "meeting", "list", locale=locale)
    assert listed.returncode == 0
    assert TITLE in listed.stdout.decode()
    refused = run(tmp_path, *add[:5], "31/02/2026 8h", locale=locale)
    assert refused.returncode == 1
    (sentence,) = refused.stderr.decode().splitlines()
    assert sentence.startswith("Lịch không có ngày")


@pytest.mark.parametrize("locale", LOCALES)
def test_minutes_come_in_and_go_out_as_utf_8_in_any_locale(tmp_path: Path, locale: str) -> None:
    add = ("meeting", "add", "--title", "X", "--start", "8h 27/2/2026", "--json")
    id = json.loads(run(tmp_path, *add).stdout)["id"]
    text = "# Mục một\n= Kết luận 会议\0"
    assert run(tmp_path, "minutes", "append", id, stdin=text.encode(), locale=locale).stderr == b""
    shown = run(tmp_path, "minutes", "show", id, locale=locale)
    assert shown.stdout.decode() == "# Mục một\n= Kết luận 会议␀\n"


def test_an_argument_that_is_no_utf_8_is_kept_as_signs(tmp_path: Path) -> None:
    add = ("meeting", "add", "--title", b"A\xffB", "--start", "8h 27/2/2026", "--json")
    added = run(tmp_path, *add)
    assert json.loads(added.stdout)["title"] == "A\ufffdB"


@pytest.mark.parametrize("command", [(), ("minutes", "edit", "0"), ("--db", "x.db")])
def test_without_a_terminal_the_app_is_not_opened_and_nothing_is_touched(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = run(tmp_path, *command)
    assert (answer.returncode, answer.stdout) == (1, b"")
    (line,) = answer.stderr.decode().splitlines()
    assert line.startswith("Không có màn hình dòng lệnh")
    assert list(tmp_path.iterdir()) == []
    told = json.loads(run(tmp_path, *command, "--json").stderr)
    assert told == {"error": line}


def test_a_reader_that_has_had_enough_is_no_fault(tmp_path: Path) -> None:
    units = "name\n" + "".join(f"Đơn vị số {n}\n" for n in range(4000))
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    assert run(tmp_path, "unit", "import", str(tmp_path / "units.csv")).returncode == 0
    with subprocess.Popen(
        [sys.executable, "-m", "tui.main", "unit", "list"],
        cwd=ROOT,
        env=clean_environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "tui.main", "meeting", "list"],
            cwd=ROOT,
            env=clean_environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("Không ghi được kết quả")


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize(
    ("closing", "code"), [("<&-", 1), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 1)]
)
def test_closed_streams_bring_no_traceback(tmp_path: Path, closing: str, code: int) -> None:
    add = ("meeting", "add", "--title", "X", "--start", "8h 27/2/2026", "--json")
    id = json.loads(run(tmp_path, *add).stdout)["id"]
    answer = subprocess.run(
        [
            "sh",
            "-c",
            f'"$@" {closing}',
            "-",
            sys.executable,
            "-m",
            "tui.main",
            "minutes",
            "append",
            id,
        ],
        cwd=ROOT,
        env=clean_environment(tmp_path),
        input=b"abc",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == code
    assert b"Traceback" not in answer.stderr
    assert answer.stderr.count(b"\n") <= 1


def test_the_app_opens_without_what_only_commands_need(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, types\n"
        "from tui import main, launch\n"
        "app = types.ModuleType('tui.app')\n"
        "app.ThukyApp = lambda path, **_: types.SimpleNamespace(run=lambda: None, return_code=0)\n"
        "sys.modules['tui.app'] = app\n"
        "for stream in (sys.stdin, sys.stdout, sys.stderr):\n"
        "    stream.isatty = lambda: True\n"
    )
    look = "print(sorted({'click', 'sqlite_utils'} & set(sys.modules)))"
    add = ("meeting", "add", "--title", "X", "--start", "8h 27/2/2026", "--json")
    id = json.loads(run(tmp_path, *add).stdout)["id"]
    for opening in (
        [],
        ["--db", "x.db"],
        ["--lang", "en"],
        ["--version"],
        ["minutes", "edit", id[:8]],
        ["minutes", "--lang=vi", "edit", id],
    ):
        answer = subprocess.run(
            [sys.executable, "-c", f"{code}assert main.main({opening}) == 0\n{look}"],
            cwd=tmp_path,
            env=clean_environment(tmp_path) | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert answer.stderr == ""
        assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_with_the_script_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "thuky").write_text(
        f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tui.main "$@"\n'
    )
    (tmp_path / "thuky").chmod(0o755)
    answer = subprocess.run(
        [
            *("bash", "--norc", "-c"),
            'eval "$(thuky completion bash)"; COMP_WORDS=(thuky meeting e); COMP_CWORD=2;'
            ' _thuky_completion thuky; echo "${COMPREPLY[@]}"',
        ],
        env=clean_environment(tmp_path) | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert answer.stdout.split() == ["edit", "end"]
