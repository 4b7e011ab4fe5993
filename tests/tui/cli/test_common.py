"""What holds for every command: --db, --json, --lang, help, exit codes, sentences for faults."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from schema.records import Meeting
from schema.tables import TABLES, columns_of
from tests.tui.cli.conftest import Thuky
from tui.cli.fields import WORDS, fields_of, given_fields
from tui.cli.root import thuky as root
from tui.main import main
from tui.words import LANGUAGES


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command there is."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = list(commands())
NAMES = [" ".join(command) for command in COMMANDS]


def test_every_command_that_was_promised_is_there() -> None:
    promised = """
        meeting add|new|list|show|edit|start|end, agenda add|list, attend add|list|set,
        series add|list|next, minutes edit|show|append|restore|history|authors,
        filter list|save|delete, read, due,
        urge list|mark|answer|history, urge rules list|add|set|remove, letterhead show|set,
        inspection add|list|show|set|visit|finding|amend|drop,
        followup add|list|show|set|done|event|carry|escalate|undo|earlier,
        followup assign|accept|progress|extend|submit|return|close|cancel|reopen|review|history,
        followup split|parts|answer|unsplit|occurrences, followup bulk|standing|days,
        followup milestone add|list|done|move|remove,
        calendar list|set|remove|import, unit add|list|set|merge|import, person add|list|import,
        field add|list|set|delete,
        sync init|invite|join|run|status|devices|revoke|conflicts|restore|keep|check|verify,
        sync install-service, register status|ask|list|hand-over|take-over,
        report period|week|month|year, evaluate scores|formula,
        search, doctor, backup, export, import folder|followups|notice, demo, completion
    """
    words = {
        (*groups, command)
        for part in promised.split(",")
        for *groups, last in [part.split()]
        for command in last.split("|")
    }
    assert set(COMMANDS) == words


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_explains_itself_and_what_all_commands_take(
    thuky: Thuky, command: tuple[str, ...], language: str
) -> None:
    text = thuky.done(*command, "--help", "--lang", language)
    assert ("Cách dùng:" if language == "vi" else "Usage:") in text
    for option in ("--db", "--json", "--lang", "--help"):
        assert option in text
    for option in ("Options", "Show this message", "Commands"):
        assert language == "en" or option not in text
    assert not thuky.database.exists()


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_every_command_tells_a_program_of_a_fault_in_json(
    thuky: Thuky, tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = thuky(*command, "--what", "--db", str(tmp_path / "none/x.db"), "--json")
    assert answer.code == 2
    assert json.loads(answer.error).keys() == {"error"}


@pytest.mark.parametrize("record", WORDS)
def test_every_column_that_a_person_may_give_has_its_words(record: type[Any]) -> None:
    never = {"id", "created_at", "deleted_at", "position", "anchor", "line", "meeting", "followup"}
    named = {column.name for column in columns_of(record)} - never
    assert named <= {field.column.name for field in fields_of(record)}
    assert record in {table.record for table in TABLES}


def test_a_column_is_an_option_of_its_own_name_but_start_and_end() -> None:
    options = {field.column.name: field.option for field in given_fields(Meeting)}
    assert options["starts_at"] == "--start"
    assert options["ends_at"] == "--end"
    assert "opened_at" not in options
    assert all(
        option == f"--{name}" for name, option in options.items() if not name.endswith("_at")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--db={}", "meeting", "list"),
        ("meeting", "--db", "{}", "list"),
        ("meeting", "list", "--db", "{}"),
    ],
)
def test_the_database_may_be_named_anywhere(
    thuky: Thuky, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "Họp.db"
    thuky.done(*(argument.format(path) for argument in arguments))
    assert path.exists()
    assert not thuky.database.exists()


def test_the_database_is_that_of_the_environment_else_ones_own(
    thuky: Thuky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thuky.done("meeting", "list")
    assert thuky.database.parent.stat().st_mode & 0o777 == 0o700
    assert thuky.database.stat().st_mode & 0o777 == 0o600
    given = tmp_path / "given.db"
    monkeypatch.setenv("THUKY_DB", str(given))
    thuky.done("meeting", "list")
    assert given.exists()
    named = tmp_path / "named.db"
    thuky.done("meeting", "list", "--db", str(named))
    assert named.exists()


def test_words_after_two_dashes_are_no_options(thuky: Thuky) -> None:
    answer = thuky("meeting", "show", "--", "--json")
    assert answer.code == 1
    assert answer.error == "Không có bản ghi nào mang mã --json."


def test_the_language_is_the_named_one_else_of_the_environment_else_of_the_database(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    thuky.meeting()
    thuky.sql("INSERT INTO local_setting VALUES ('language', 'en')")
    english = thuky.done("meeting", "list")
    assert not english.startswith("Mã")
    monkeypatch.setenv("THUKY_LANG", "vi_VN.UTF-8")
    vietnamese = thuky.done("meeting", "list")
    assert vietnamese.startswith("Mã")
    assert thuky.done("meeting", "list", "--lang", "en") == english
    assert thuky.done("--lang=vi", "meeting", "list") == vietnamese


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--db",), "--db cần một giá trị"),
        (("--db", "", "meeting", "list"), "--db cần một giá trị"),
        (("--db", "a\0b", "meeting", "list"), "--db cần một giá trị"),
        (("--lang", "fr", "meeting", "list"), "Không có ngôn ngữ fr"),
        (("metting", "list"), "Không có lệnh “metting”; có: meeting."),
        (("meeting", "zzz"), "có: add, new, list, show, edit, start, end"),
        (("meeting", "list", "--all=1"), "--all không nhận giá trị"),
        (("meeting", "list", "--from"), "--from cần một giá trị. Xem: thuky meeting list --help"),
        (("meeting", "list", "--form", "1/1"), "Không có tùy chọn --form"),
        (("meeting", "list", "x", "y"), "Thừa “x y”"),
        (("meeting", "show"), "Thiếu MÃ. Xem: thuky meeting show --help"),
        (("meeting", "add", "--title", "X"), "Thiếu --start"),
        (("minutes", "edit"), "Thiếu MÃ"),
        (("--what",), "Không có tùy chọn --what"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence_with_exit_code_2(
    thuky: Thuky, arguments: tuple[str, ...], words: str
) -> None:
    answer = thuky(*arguments)
    assert answer.code == 2
    assert words in answer.error
    assert not thuky.database.exists()


def test_a_group_without_a_command_is_explained_with_exit_code_2(thuky: Thuky) -> None:
    answer = thuky("meeting")
    assert (answer.code, answer.out) == (2, "")
    assert "Các lệnh:" in answer.err


def test_the_version_is_told(thuky: Thuky) -> None:
    assert thuky.done("--version").startswith("thuky ")
    assert thuky.json("--version").keys() == {"version"}


def test_a_fault_nobody_foresaw_goes_to_the_log_and_a_sentence_names_that(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unforeseen(BaseException):
        """What Loro raises is no Exception either."""

    def fail(*_: object) -> None:
        raise Unforeseen("xyz")

    monkeypatch.setattr("schema.store.Store.select", fail)
    answer = thuky("meeting", "list")
    assert answer.code == 1
    log = Path(answer.error.rpartition(" ")[2].rstrip("."))
    assert log.is_relative_to(thuky.home)
    assert "Unforeseen: xyz" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr("tui.log.log_error", lambda _: Path("/proc/none").mkdir())
    assert "xyz" in thuky("meeting", "list").error


def test_a_keyboard_interrupt_ends_a_command_without_a_word(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("schema.store.Store.select", interrupt)
    answer = thuky("meeting", "list")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_text_of_others_cannot_command_the_terminal(thuky: Thuky) -> None:
    id = thuky.meeting("A\x1b[2J\x9bB\nC")
    assert thuky.json("meeting", "show", id)["title"] == "A␛[2J\ufffdB C"
    thuky.sql("UPDATE meeting SET title = 'A' || char(27, 10) || '[2J'")
    for command in (("list",), ("show", id), ("edit", id)):
        assert "\x1b" not in thuky.done("meeting", *command)
    answer = thuky("meeting", "show", "\x1b[2J")
    assert "\x1b" not in answer.error


def test_a_terminal_that_lacks_letters_gets_the_nearest_and_json_stays_exact(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    thuky.meeting("Họp “đầu tuần”")
    for options, expected in (((), 'Hop "dau tuan"'), (("--json",), "H\\u1ecdp")):
        screen = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", Terminal(screen, encoding="ascii"))
        assert main(["meeting", "list", *options]) == 0
        assert expected in screen.getvalue().decode("ascii")


def test_json_of_a_list_is_one_list_with_letters_as_they_are(thuky: Thuky) -> None:
    assert thuky.json("meeting", "list") == []
    thuky.meeting("Họp")
    assert '"title": "Họp"' in thuky.done("meeting", "list", "--json")
    assert thuky.done("meeting", "list", "--json").count("\n") == 1
