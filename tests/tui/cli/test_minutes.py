"""thuky minutes: show, append, history."""

import unicodedata
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.moments import ZONE, local
from schema import texts
from schema.document import Document
from schema.store import Store
from tests.tui.cli.conftest import Thuky
from tui.graphemes import clean


def test_minutes_nobody_has_written_in_are_empty(thuky: Thuky) -> None:
    id = thuky.meeting()
    assert thuky.json("minutes", "show", id) == {"id": id, "text": "", "updated_at": None}
    assert thuky.done("minutes", "show", id) == ""
    assert thuky.json("minutes", "history", id) == []


def test_what_is_appended_starts_a_line_of_its_own(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.done("minutes", "append", id, stdin="# Mục một".encode())
    thuky.done("minutes", "append", id, stdin="= Kết luận\n".encode())
    kept = thuky.json("minutes", "append", id[:-1], stdin="! Việc".encode())
    assert kept["text"] == "# Mục một\n= Kết luận\n! Việc"
    assert kept == thuky.json("minutes", "show", id)
    assert kept["updated_at"]
    assert thuky.done("minutes", "show", id) == kept["text"] + "\n"


def test_what_is_appended_is_kept_harmless_and_composed(thuky: Thuky) -> None:
    id = thuky.meeting()
    typed = unicodedata.normalize("NFD", "Tiếng Việt\r\n") + "\0 \x1b[2J \ttab"
    kept = thuky.json("minutes", "append", id, stdin=b"\xef\xbb\xbf" + typed.encode())
    assert kept["text"] == "Tiếng Việt\n␀ ␛[2J \ttab"


@given(st.lists(st.text(max_size=30), max_size=4))
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_text_that_is_appended_is_lost_or_altered_but_to_be_kept(
    thuky: Thuky, parts: list[str]
) -> None:
    id = thuky.meeting()
    expected = ""
    for part in parts:
        thuky.done("minutes", "append", id, stdin=part.encode())
        if part:
            expected += ("" if expected[-1:] in ("", "\n") else "\n") + clean(part)
    assert thuky.json("minutes", "show", id)["text"] == expected


def test_nothing_appended_writes_nothing(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.done("minutes", "append", id)
    assert thuky.sql("SELECT count(*) FROM text_update") == [(0,)]


def test_input_that_is_not_utf_8_is_refused_whole_with_its_line(thuky: Thuky) -> None:
    id = thuky.meeting()
    answer = thuky("minutes", "append", id, stdin=b"m\xe1\xbb\x99t\nhai \xf0 ba")
    assert answer.code == 1
    assert "không phải UTF-8 (dòng 2)" in answer.error
    assert thuky.json("minutes", "show", id)["text"] == ""


def test_ten_megabytes_are_appended_whole(thuky: Thuky) -> None:
    id = thuky.meeting()
    line = "Giao Sở Tài chính chủ trì, phối hợp với các sở, ngành.\n"
    text = line * (10_000_000 // len(line.encode()))
    thuky.done("minutes", "append", id, stdin=text.encode())
    assert thuky.json("minutes", "show", id)["text"] == text


def test_an_editor_that_is_open_gets_what_is_appended_beside_what_it_typed(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.done("minutes", "append", id, stdin=b"dau\n")
    with Store(thuky.database) as store:
        editor = texts.load(store, id, "An")
        editor.document.insert(0, "typed ")
        thuky.done("minutes", "append", id, stdin=b"cuoi\n")
        update = editor.document.pending()
        assert update is not None
        texts.append(store, id, update)
        editor.document.merge([row.data for row in texts.updates_since(store, id, editor.upto)])
        assert editor.document.text == "typed dau\ncuoi\n"
    assert thuky.json("minutes", "show", id)["text"] == "typed dau\ncuoi\n"


def test_history_tells_who_wrote_and_when(thuky: Thuky) -> None:
    id = thuky.meeting()
    with Store(thuky.database) as store:
        store.set_local({"name": "Nguyễn Văn An"})
    thuky.done("minutes", "append", id, stdin=b"abc")
    (version,) = thuky.json("minutes", "history", id)
    assert (version["author"], version["operations"] >= 3) == ("Nguyễn Văn An", True)
    assert version["at"].endswith("Z")
    head, line = thuky.done("minutes", "history", id).splitlines()
    assert head.split()[0] == "Lúc"
    assert "Nguyễn Văn An" in line


def test_minutes_are_shown_as_they_were_at_a_moment(thuky: Thuky) -> None:
    id = thuky.meeting()
    kept = thuky.json("minutes", "append", id, stdin=b"abc")
    written = local(kept["updated_at"]).astimezone(ZONE)
    before, after = written - timedelta(minutes=2), written + timedelta(minutes=2)
    for moment, text in ((before, ""), (after, "abc")):
        shown = thuky.json("minutes", "show", id, "--at", moment.isoformat())
        assert shown["text"] == text
        assert bool(shown["updated_at"]) is bool(text)


def two_wrote(thuky: Thuky) -> str:
    """Minutes that An began this morning and Bình went on with."""
    id = thuky.meeting()
    morning = datetime(2026, 2, 27, 9, 0, 30, tzinfo=ZONE).timestamp()
    with Store(thuky.database) as store:
        an = Document("Nguyễn Văn An", clock=lambda: morning)
        an.insert(0, "của An\n")
        texts.append(store, id, an.pending() or b"")
        binh = Document("Bình", clock=lambda: morning + 300)
        binh.merge([an.export()])
        binh.insert(7, "của Bình\n")
        binh.delete(0, 4)
        texts.append(store, id, binh.pending() or b"")
    return id


def test_each_word_has_its_author_and_its_time(thuky: Thuky) -> None:
    id = two_wrote(thuky)
    spans = thuky.json("minutes", "authors", id)
    assert [(s["author"], s["text"]) for s in spans] == [
        ("Nguyễn Văn An", "An\n"),
        ("Bình", "của Bình\n"),
    ]
    assert [s["at"] for s in spans] == ["2026-02-27T02:00:30Z", "2026-02-27T02:05:30Z"]
    _, first, second = thuky.done("minutes", "authors", id).splitlines()
    assert first.split() == ["09:00", "27/02/2026", "Nguyễn", "Văn", "An", "An␊"]
    assert "Bình" in second
    assert thuky.json("minutes", "authors", thuky.meeting()) == []


def test_minutes_are_restored_as_they_were_and_nothing_is_lost(thuky: Thuky) -> None:
    id = two_wrote(thuky)
    now = "của An\n"
    kept = thuky.json("minutes", "restore", id, "--at", "9h 27/2/2026")
    assert kept == thuky.json("minutes", "show", id)
    assert kept["text"] == now
    again = thuky.json("minutes", "restore", id, "--at", "2026-02-27T09:05")
    assert again["text"] == "An\ncủa Bình\n"
    assert len(thuky.json("minutes", "history", id)) == 3


def test_a_minute_named_without_seconds_is_meant_whole(thuky: Thuky) -> None:
    id = two_wrote(thuky)
    for at, text in (("9h 27/2/2026", "của An\n"), ("2026-02-27T09:00:29", "")):
        assert thuky.json("minutes", "show", id, "--at", at)["text"] == text


@pytest.mark.parametrize("command", ["show", "append", "history", "authors", "edit"])
def test_minutes_of_no_meeting_are_refused(thuky: Thuky, command: str) -> None:
    answer = thuky("minutes", command, "f", "--lang=vi", "--", stdin=b"abc")
    assert answer.code == 1
    assert answer.error


def test_minutes_on_a_screen_have_no_character_that_a_terminal_would_obey(
    thuky: Thuky, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = thuky.meeting()
    with Store(thuky.database) as store:
        document = texts.load(store, id).document
        document.insert(0, "a\x1b]0;x\x07b\n\tc\u202e")
        update = document.pending()
        assert update is not None
        texts.append(store, id, update)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert thuky.done("minutes", "show", id) == "a␛]0;x␇b\n    c\ufffd\n"
