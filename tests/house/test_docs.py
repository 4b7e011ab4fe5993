"""What README and the guides say is so: their commands run, their links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from schema import records
from schema.tables import columns_of
from tests.house.launching import ROOT
from tui.cli.root import thuky

GUIDES = ("docs/guide.vi.md", "docs/guide.en.md")
PAGES = ("README.md", *GUIDES)
LANGUAGES = {"docs/guide.vi.md": "vi", "docs/guide.en.md": "en"}
SHOWN_AS_JSON = (
    *(records.Meeting, records.AgendaItem, records.Attendance, records.Series),
    *(records.Followup, records.Unit, records.Person, records.Post),
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The contents of a page's fenced blocks in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", read(page), re.DOTALL | re.MULTILINE)


def headings(page: str) -> list[int]:
    """The levels of a page's headings."""
    unfenced = re.sub(r"^```.*?^```$", "", read(page), flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", unfenced, re.MULTILINE)]


def commands(group: click.Group, *words: str) -> Iterator[str]:
    """Every command line that the program knows, without its options."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, *words, name)
        else:
            yield " ".join(("thuky", *words, name))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_runs_in_the_order_of_the_page(page: str, tmp_path: Path) -> None:
    bin = tmp_path / "bin"
    bin.mkdir()
    program = bin / "thuky"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m tui.main "$@"\n')
    program.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THUKY")}
    done = subprocess.run(
        [shutil.which("sh") or "sh", "-eux"],
        input="\n".join(blocks(page, "sh")),
        cwd=work,
        env=kept
        | {
            "PATH": f"{bin}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "THUKY_DB": str(work / "thuky.db"),
            "THUKY_LANG": LANGUAGES.get(page, "vi"),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("page", GUIDES)
def test_a_guide_shows_every_command_that_there_is(page: str) -> None:
    shown = "\n".join(blocks(page, "sh") + blocks(page, "console"))
    assert [name for name in commands(thuky) if name not in shown] == []


@pytest.mark.parametrize("page", GUIDES)
def test_a_guide_names_the_columns_that_a_command_answers_with(page: str) -> None:
    told = "\n".join(blocks(page, "text"))
    for record in SHOWN_AS_JSON:
        columns = [column.name for column in columns_of(record) if column.type != "BLOB"]
        assert f": {', '.join(columns)}\n" in re.sub(r",\n +", ", ", told), record.__name__


def test_both_guides_say_the_same_in_the_same_order() -> None:
    vietnamese, english = GUIDES
    assert headings(vietnamese) == headings(english)
    for language in ("sh", "console"):
        assert len(blocks(vietnamese, language)) == len(blocks(english, language))
    known = re.compile(r"|".join(commands(thuky)))
    called = [known.findall("\n".join(blocks(page, "sh"))) for page in GUIDES]
    assert called[0] == called[1]


@pytest.mark.parametrize("page", [*PAGES, "docs/architecture.md", "docs/format.md"])
def test_links_and_images_of_a_page_are_there(page: str) -> None:
    targets = [target for target in LINK.findall(read(page)) if "://" not in target]
    assert targets
    here = (ROOT / page).parent
    assert [t for t in targets if not (here / unquote(t.partition("#")[0])).exists()] == []


def test_the_paths_that_the_architecture_names_are_there() -> None:
    named = re.findall(
        r"`((?:schema|office|sync|tui|tests|tools)/[\w/.]*)`", read("docs/architecture.md")
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
