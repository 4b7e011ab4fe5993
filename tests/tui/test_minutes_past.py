"""Minutes can be read as they were, brought back, and each word has somebody who wrote it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema import texts
from schema.document import Document
from schema.history import Shown, Splice
from schema.records import Meeting
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.editor.buffer import Place
from tui.editor.past import ADDED, TAKEN, marked
from tui.screens.choose import ChooseScreen
from tui.screens.minutes import MinutesScreen
from tui.screens.minutes_history import MinutesHistory
from tui.widgets.line import Lines
from tui.widgets.statusbar import StatusBar

FIRST = "# Khai mạc\nChủ tịch phát biểu.\n"
SECOND = FIRST + "Sở Y tế báo cáo.\n"
THIRD = "# Khai mạc\nphát biểu.\nSở Y tế báo cáo nhanh.\n"


def write_history(store: Store, id: str) -> None:
    """Three versions: An's, Bình's, and An's again."""
    now = [clock() - 3600]
    an = Document("Nguyễn Văn An", clock=lambda: now[0])
    binh = Document("Trần Bình", clock=lambda: now[0])
    an.insert(0, FIRST)
    binh.merge([an.export()])
    now[0] += 120
    binh.insert(len(FIRST), "Sở Y tế báo cáo.\n")
    an.merge([binh.export(an)])
    now[0] += 120
    an.delete(11, 9)
    an.insert(len(an) - 2, " nhanh")
    texts.append(store, id, an.export())


@asynccontextmanager
async def minutes(
    full: Path, size: tuple[int, int] = (100, 30), *, empty: bool = False
) -> AsyncIterator[Office]:
    with Store(full, clock=clock) as store:
        store.set_local({"name": "Lê Thị Lan"})
        id = store.insert(Meeting(title="Giải ngân", starts_at=at(0, 13), opened_at=at(0, 13))).id
        if not empty:
            write_history(store, id)
    async with at_work(full, size, open_minutes=id) as office:
        await office.until(lambda: screen(office).live.tasks.known)
        yield office


def screen(office: Office) -> MinutesScreen:
    (found,) = (s for s in office.app.screen_stack if isinstance(s, MinutesScreen))
    return found


def text(office: Office) -> str:
    return "\n".join(screen(office).editor.lines)


def said(office: Office) -> str:
    return office.one(StatusBar).message


async def history(office: Office) -> MinutesHistory:
    await office.press("ctrl+k", "s")
    found = office.screen
    assert isinstance(found, MinutesHistory)
    await office.until(lambda: found._shown)
    return found


async def shows(office: Office, *words: str) -> None:
    await office.until(lambda: all(word in office.seen() for word in words))


async def test_the_slider_goes_through_versions_with_time_author_and_what_changed(
    full: Path,
) -> None:
    async with minutes(full) as office:
        await history(office)
        await shows(office, "3/3", "12:51 27/02/2026", "Nguyễn Văn An", "thêm 6, bỏ 9", "bản cuối")
        await shows(office, "- [-Chủ tịch -]phát biểu.", "+ Sở Y tế báo cáo nhanh.")
        await office.press("left")
        await shows(office, "2/3", "12:49 27/02/2026", "Trần Bình", "+ Sở Y tế báo cáo.")
        await shows(office, "  Chủ tịch phát biểu.")
        await office.press("home")
        await shows(office, "1/3", "+ # Khai mạc", "+ Chủ tịch phát biểu.")
        for key, place in (("right", 2), ("end", 3), ("pageup", 1), ("pagedown", 3), ("h", 2)):
            await office.press(key)
            await shows(office, f"{place}/3")


async def test_enter_brings_a_version_back_and_undo_takes_that_back(full: Path) -> None:
    async with minutes(full) as office:
        await history(office)
        await office.press("left", "left", "enter")
        assert text(office) == FIRST
        assert "12:47 27/02/2026" in said(office)
        await office.press("ctrl+z")
        assert text(office) == THIRD
        await office.press("ctrl+y")
        assert text(office) == FIRST
        # What came after the version that was brought back is still in the history.
        past = await history(office)
        versions = [past.history.show(n).text for n in range(len(past.history))]
        assert versions[:3] == [FIRST, SECOND, THIRD]
        assert versions[-1] == FIRST
        office.app.keep()
        assert texts.plain_text(office.store, screen(office).meeting_id) == FIRST


async def test_esc_goes_back_to_where_one_was_and_changes_nothing(full: Path) -> None:
    async with minutes(full) as office:
        editor = screen(office).editor
        editor.go_to(Place(1, 4))
        await history(office)
        await office.press("left", "left", "escape")
        assert office.screen is screen(office)
        assert editor.cursor == Place(1, 4)
        assert text(office) == THIRD
        assert not editor.undo()


async def test_the_version_that_stands_needs_no_bringing_back(full: Path) -> None:
    async with minutes(full) as office:
        await history(office)
        await office.press("enter")
        assert text(office) == THIRD
        assert "đúng như bản ấy" in said(office)


async def test_minutes_nobody_wrote_in_have_no_history_and_say_so(full: Path) -> None:
    async with minutes(full, empty=True) as office:
        await office.press("ctrl+k", "s")
        assert office.screen is screen(office)
        assert "chưa có gì" in said(office)
        await office.press("ctrl+k", "i")
        assert "Chưa có chữ nào" in said(office)


async def test_what_others_write_while_history_is_read_is_there_and_is_not_lost(
    full: Path,
) -> None:
    async with minutes(full) as office:
        past = await history(office)
        id = screen(office).meeting_id
        with Store(full, clock=clock) as store:
            other = texts.load(store, id, "Vũ Hà").document
            other.insert(0, "Thêm. ")
            texts.append(store, id, other.pending() or b"")
        await office.until(lambda: text(office).startswith("Thêm. "))
        assert len(past.history) == 3
        await office.press("left", "enter")
        assert text(office) == SECOND
        again = await history(office)
        assert any("Thêm. " in again.history.show(n).text for n in range(len(again.history)))


async def test_who_wrote_the_words_at_the_cursor_is_said(full: Path) -> None:
    async with minutes(full) as office:
        editor = screen(office).editor
        for place, author, words, when in (
            (Place(0, 3), "Nguyễn Văn An", "# Khai mạc", "12:47"),
            (Place(2, 3), "Trần Bình", "Sở Y tế báo cáo", "12:49"),
            (Place(2, 17), "Nguyễn Văn An", "nhanh", "12:51"),
            (Place(2, 22), "Trần Bình", "“.”", "12:49"),
        ):
            editor.go_to(place)
            await office.press("ctrl+k", "i")
            assert author in said(office)
            assert words in said(office)
            assert f"{when} 27/02/2026" in said(office)


async def test_who_wrote_each_part_of_a_selection_is_listed_and_gone_to(full: Path) -> None:
    async with minutes(full) as office:
        editor = screen(office).editor
        editor.select(Place(1, 0), Place(2, 22))
        await office.press("ctrl+k", "i")
        assert isinstance(office.screen, ChooseScreen)
        seen = office.seen()
        assert "Nguyễn Văn An · 12:47 27/02/2026 · phát biểu." in seen
        assert "Trần Bình · 12:49 27/02/2026 · Sở Y tế báo cáo" in seen
        await office.press("down", "enter")
        assert editor.cursor == Place(2, 0)


async def test_names_from_others_are_shown_harmless(full: Path) -> None:
    async with minutes(full, empty=True) as office:
        id = screen(office).meeting_id
        evil = Document("\x1b]0;x\x07\nVũ\u202e", clock=clock)
        evil.insert(0, "x\x1b[2Jy")
        with Store(full, clock=clock) as store:
            texts.append(store, id, evil.export())
        await office.until(lambda: text(office))
        await office.press("ctrl+k", "i")
        assert "\x1b" not in said(office)
        await history(office)
        await shows(office, "1/1")
        assert not set("\x1b\x07\u202e") & set(office.seen())


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)])
async def test_history_fits_any_screen(full: Path, size: tuple[int, int]) -> None:
    async with minutes(full, size) as office:
        await history(office)
        for key in ("left", "down", "up", "n", "b", "home", "space"):
            await office.press(key)
        slider = office.one(Lines, "#past-slider")
        assert slider.size.height == 2
        await shows(office, "1/3")


PIECES = st.text(st.sampled_from("ab\nđ𠮷"), max_size=6)


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.tuples(st.sampled_from("=+-"), PIECES), max_size=12))
def test_what_a_version_changed_is_marked_where_it_stands(parts: list[tuple[str, str]]) -> None:
    """`parts` are what stayed, what was added, what was taken away, in order."""
    new = "".join(words for kind, words in parts if kind != "-")
    back, at = [], 0
    for kind, words in parts:
        if kind == "=":
            at += len(words)
        elif kind == "+" and words:
            back.append(Splice(at, len(words), ""))
        elif words:
            back.append(Splice(at, 0, words))
            at += len(words)
    found = marked(Shown(new, back))
    shown = "\n".join(found.lines)
    kept, added, taken = "", "", 0
    for number, line in enumerate(found.lines):
        plain = 0
        for start, end, style in found.marks.get(number, ()):
            kept += line[plain:start]
            plain = end
            if style == ADDED:
                added += line[start:end]
            else:
                assert style == TAKEN
                taken += 1
        kept += line[plain:]
        assert bool(found.sign(number)) is (number in found.marks)
    assert added == "".join(w for k, w in parts if k == "+").replace("\n", "")
    assert kept == "".join(w for k, w in parts if k == "=").replace("\n", "")
    assert taken == sum(k == "-" and bool(w) for k, w in parts)
    assert (found.added, found.taken) == (
        sum(len(w) for k, w in parts if k == "+"),
        sum(len(w) for k, w in parts if k == "-"),
    )
    assert shown.count("[-") == taken
