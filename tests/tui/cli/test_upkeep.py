"""thuky doctor, backup, export, import."""

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Thuky


def test_a_sound_database_is_said_to_be_sound(thuky: Thuky) -> None:
    thuky.meeting()
    assert thuky.done("doctor") == "Cơ sở dữ liệu lành lặn.\n"
    assert thuky.json("doctor") == []


def test_a_missing_trigger_is_found_and_the_exit_code_says_so(thuky: Thuky) -> None:
    thuky.meeting()
    thuky.sql("DROP TRIGGER meeting_update")
    answer = thuky("doctor")
    assert answer.code == 1
    assert answer.out.startswith("Lỗi: ")
    assert "meeting_update" in answer.out
    found = thuky("doctor", "--json")
    assert found.code == 1
    assert [(f["code"], f["severity"]) for f in found.json] == [("trigger_missing", "error")]
    assert "meeting_update" in found.json[0]["message"]
    assert thuky("doctor", "--mend").code == 0
    assert thuky.json("doctor") == []


@pytest.mark.parametrize(
    "command", [("doctor",), ("backup", "copy.db"), ("export", "folder")], ids=lambda c: c[0]
)
def test_what_is_not_there_is_neither_made_nor_called_sound(
    thuky: Thuky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = thuky(*command, "--db", "none.db")
    assert answer.code == 1
    assert "none.db" in answer.error
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_backup_is_a_database_that_opens_and_is_never_overwritten(
    thuky: Thuky, tmp_path: Path
) -> None:
    id = thuky.meeting()
    copy = tmp_path / "bản sao.db"
    assert thuky.json("backup", str(copy)) == {"path": str(copy), "bytes": copy.stat().st_size}
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [m["id"] for m in thuky.json("meeting", "list", "--db", str(copy))] == [id]
    before = copy.read_bytes()
    answer = thuky("backup", str(copy))
    assert answer.code == 1
    assert "Không ghi đè" in answer.error
    assert copy.read_bytes() == before


def test_an_export_comes_back_whole_and_a_second_time_adds_nothing(
    thuky: Thuky, tmp_path: Path
) -> None:
    id = thuky.meeting()
    thuky.done("minutes", "append", id, stdin="# Mục một\n! Việc".encode())
    thuky.done("followup", "add", "--work", "Việc", "--meeting", id)
    folder, other = str(tmp_path / "ra"), ("--db", str(tmp_path / "other.db"))
    counts = thuky.json("export", folder)
    assert (counts["meeting"], counts["minutes"], counts["left_out"]) == (1, 1, 0)
    added = thuky.json("import", folder, *other)
    # Both have the calendar and the rules of urging from the start.
    seeded = counts["calendar_day"] + counts["urging_rule"]
    assert (added["same"], added["kept"]) == (seeded, 0)
    again = thuky.json("import", folder, *other)
    assert again == {"added": 0, "same": added["added"] + added["same"], "kept": 0}
    assert thuky.json("meeting", "list", *other) == thuky.json("meeting", "list")
    assert thuky.json("followup", "list", *other) == thuky.json("followup", "list")
    shown = thuky.json("minutes", "show", id, *other)
    assert shown["text"] == "# Mục một\n! Việc"


def test_a_secret_meeting_stays_out_of_an_export_and_that_is_said(
    thuky: Thuky, tmp_path: Path
) -> None:
    thuky.done("meeting", "add", "--title", "X", "--start", "8h 27/2/2026", "--secrecy", "Mật")
    answer = thuky("export", str(tmp_path / "ra"))
    assert answer.code == 0
    assert "1 cuộc họp" in answer.err


def test_a_folder_that_is_no_export_is_refused(thuky: Thuky, tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        answer = thuky("import", str(folder))
        assert answer.code == 1
        assert answer.error


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(thuky: Thuky, shell: str) -> None:
    script = thuky.done("completion", shell)
    assert "_THUKY_COMPLETE" in script
    told = thuky.json("completion", shell)
    assert (told["shell"], told["script"].strip()) == (shell, script.strip())


def test_a_shell_that_is_not_known_is_wrong_usage(thuky: Thuky) -> None:
    answer = thuky("completion", "tcsh")
    assert answer.code == 2
    assert "bash, zsh, fish" in answer.error


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("thuky mee", {"meeting"}),
        ("thuky meeting e", {"edit", "end"}),
        ("thuky --db x.db meeting add --ch", {"--chair"}),
        ("thuky meeting list --j", {"--json"}),
        ("thuky meeting add --kind b", {"briefing"}),
        ("thuky meeting list --lang ", {"vi", "en"}),
        ("thuky completion f", {"fish"}),
    ],
)
def test_a_shell_is_told_how_a_line_may_go_on(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch, line: str, offered: set[str]
) -> None:
    monkeypatch.setenv("_THUKY_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    lines = thuky.done().splitlines()
    assert {line.partition(",")[2] for line in lines} == offered
    assert not thuky.database.exists()
