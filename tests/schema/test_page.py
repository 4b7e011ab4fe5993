"""The page on the database is true: its list of tables is the declared one, its examples work."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from schema.document import Document
from schema.life import STATE_AFTER
from schema.records import Followup, Unit
from schema.store import Store
from schema.texts import append
from tests.schema.mounts import ROOT
from tools import tables

PAGE = (ROOT / tables.PAGE).read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A program that has nothing but the page."""
    (tmp_path / "docs").mkdir()
    (tmp_path / tables.PAGE).write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_the_list_of_tables_is_the_declared_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert tables.main(ROOT, check=True) == 0, capsys.readouterr().err


def test_checking_names_a_stale_list_and_leaves_it(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = copy / tables.PAGE
    stale = PAGE.replace("| `abbr` |", "| `short` |")
    assert stale != PAGE
    page.write_text(stale, encoding="utf-8")
    assert tables.main(copy, check=True) == 1
    assert "stale" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == stale
    assert tables.main(copy, check=False) == 0
    assert page.read_text(encoding="utf-8") == PAGE


def test_a_page_without_the_marks_is_left(copy: Path) -> None:
    page = copy / tables.PAGE
    page.write_text(PAGE.replace(tables.END, ""), encoding="utf-8")
    assert tables.main(copy, check=False) == 1


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="no sqlite3 shell here")
def test_the_examples_of_other_programs_work(store: Store, path: Path) -> None:
    commands = "\n".join(blocks("sh"))
    assert "sqlite-utils insert" in commands
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        ["sh", "-eu", "-c", commands],
        env={**os.environ, "DB": str(path), "PATH": search},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    units = {unit.abbr: unit for unit in store.select(Unit)}
    assert units["STC"].aliases == "Sở TC"
    assert "SYT" in units
    (followup,) = store.select(Followup)
    assert (followup.lead, followup.state) == (units["STC"].id, "assigned")


def test_the_example_that_reads_a_text_works(store: Store, path: Path) -> None:
    document = Document("An")
    for word in ("xin ", "chào"):
        document.insert(len(document), word)
        append(store, "m", document.pending() or b"")
    (code,) = blocks("python")
    run = subprocess.run(
        [sys.executable, "-c", code, str(path), "m"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout == "xin chào\n"


def test_the_table_of_states_is_the_one_that_holds() -> None:
    part = PAGE.split("## The states of a follow-up")[1].split("\n## ")[0]
    told = {
        kind: state
        for kinds, state in re.findall(r"^\| (`.*) \| `(\w+)` \|$", part, re.MULTILINE)
        for kind in re.findall(r"`(\w+)`", kinds)
    }
    assert told == STATE_AFTER


def test_the_local_tables_are_named(store: Store) -> None:
    rows = store.connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
    )
    names = {row[0] for row in rows if not row[0].startswith("sqlite_")}
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []


def test_what_the_page_calls_an_error_is_one(store: Store) -> None:
    store.insert(Followup(id="f"))
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("UPDATE followup SET state = 'done'")
