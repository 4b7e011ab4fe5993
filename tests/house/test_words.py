"""Every word that a person reads is in the catalog, and the tool that holds this can fail."""

import gettext
from pathlib import Path

import pytest

from tests.house.launching import ROOT
from tools.words import CATALOG, main

ERRORS = """
class ThukyError(Exception): ...
class NotFound(ThukyError): ...
"""


def test_the_catalog_is_complete_and_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ROOT, check=True) == 0, capsys.readouterr().err


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of one error and one screen."""
    (tmp_path / "schema").mkdir()
    (tmp_path / "tui").mkdir()
    (tmp_path / "schema/errors.py").write_text(ERRORS)
    say(tmp_path, '"""Màn hình."""\n_("Cuộc họp")\nraise NotFound("Không thấy {id}.", id=1)\n')
    return tmp_path


def say(program: Path, screen: str) -> None:
    (program / "tui/screen.py").write_text(screen)


def translate(program: Path, msgid: str, english: str) -> None:
    po = program / CATALOG
    entry = f'msgid "{msgid}"\nmsgstr '
    text = po.read_text()
    assert entry in text
    before, _, after = text.partition(entry)
    po.write_text(f'{before}{entry}"{english}"\n{after.partition(chr(10))[2]}')


@pytest.fixture
def complete(program: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The program with all its words in English and nothing to complain of."""
    main(program, check=False)
    translate(program, "Cuộc họp", "Meeting")
    translate(program, "Không thấy {id}.", "No {id} found.")
    assert main(program, check=False) == 0
    capsys.readouterr()
    return program


def complaints(program: Path, capsys: pytest.CaptureFixture[str], *, check: bool) -> str:
    assert main(program, check=check) == 1
    return capsys.readouterr().err


def test_gettext_reads_the_compiled_catalog(complete: Path) -> None:
    english = gettext.translation("thuky", complete / CATALOG.parts[0] / "locale", ["en"])
    assert english.gettext("Cuộc họp") == "Meeting"
    assert english.gettext("Không thấy {id}.") == "No {id} found."
    assert main(complete, check=True) == 0


def test_renewing_twice_changes_nothing(complete: Path) -> None:
    def contents() -> list[bytes]:
        po = complete / CATALOG
        return [po.read_bytes(), po.with_suffix(".mo").read_bytes()]

    before = contents()
    main(complete, check=False)
    assert contents() == before


def test_a_word_without_english_is_named(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(complete, '_("Nhiệm vụ")')
    assert "no English: 'Nhiệm vụ'" in complaints(complete, capsys, check=False)


def test_a_word_that_left_the_code_leaves_the_catalog(complete: Path) -> None:
    say(complete, '_("Cuộc họp")')
    main(complete, check=False)
    assert "Không thấy" not in (complete / CATALOG).read_text()


def test_a_field_that_only_one_language_has_is_named(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(complete, "Không thấy {id}.", "No {name} found.")
    assert "fields differ: 'Không thấy {id}.'" in complaints(complete, capsys, check=False)


def test_checking_names_a_stale_catalog_and_leaves_it(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(complete, "Cuộc họp", "Sitting")
    stale = (complete / CATALOG).with_suffix(".mo")
    before = stale.read_bytes()
    assert f"stale, run ./check words: {stale}" in complaints(complete, capsys, check=True)
    assert stale.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "word"),
    [('x = "Thoát"', "Thoát"), ('x = f"Lỗi {y}"', "Lỗi"), ('_(f"Đọc {y}")', "Đọc")],
    ids=["bare", "f-string", "f-string in a mark"],
)
def test_vietnamese_outside_a_mark_is_named(
    complete: Path, capsys: pytest.CaptureFixture[str], code: str, word: str
) -> None:
    say(complete, code)
    err = complaints(complete, capsys, check=False)
    assert f"screen.py:1: '{word}" in err


def test_letters_keys_and_english_identifiers_are_no_words(complete: Path) -> None:
    say(complete, '_("Cuộc họp")\nNotFound("Không thấy {id}.")\nkeys = ["đ", "ctrl+left", "─│"]')
    assert main(complete, check=False) == 0
