"""Finding anything as one types, and opening it at its place."""

import threading
from pathlib import Path

import pytest

from schema import texts
from schema.records import Followup, Meeting, Unit
from schema.search_index import waiting
from schema.store import Store
from tests.tui.office import NOW, Office, at_work
from tui.finder import Answer, Finder
from tui.screens.directory import DirectoryScreen
from tui.screens.followup_page import FollowupPage
from tui.screens.meetings import Meetings
from tui.screens.minutes import MinutesScreen
from tui.screens.search_all import SearchAll
from tui.screens.today import Today
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Listing

MINUTES = "\n".join(
    [*(f"Dòng thứ {n}" for n in range(40)), "Giải ngân vốn đầu tư công mới đạt 45%", "Hết"]
)


@pytest.fixture
def said(full: Path) -> Path:
    """The office of `full`, in which something has been said."""
    with Store(full, clock=NOW.timestamp) as store:
        (meeting,) = store.live(Meeting, "title = 'Hội nghị chuyển đổi số'")
        document = texts.load(store, meeting.id).document
        document.insert(0, MINUTES)
        texts.append(store, meeting.id, document.pending() or b"")
    return full


def rows(office: Office) -> list[tuple[str, ...]]:
    listing = office.one(Listing, "#found")
    return [row.cells for n in range(listing.count) if (row := listing.row_at(n))]


def summary(office: Office) -> str:
    ((text, _style),) = office.one(Lines, "#found-summary")._rows
    return text.strip()


async def look_for(office: Office, words: str) -> None:
    await office.type(words)
    await office.settle()


async def test_from_today_to_the_place_in_the_minutes(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("slash")
        await look_for(office, "giai ngan 45")
        assert rows(office)[0][:2] == ("Biên bản", "«Giải ngân» vốn đầu tư công mới …")
        await office.press("enter")
        screen = office.screen
        assert isinstance(screen, MinutesScreen)
        assert screen.editor.cursor.line == 40
        assert "Giải ngân vốn đầu tư công mới đạt 45%" in office.seen()
        await office.press("escape")
        assert isinstance(office.screen, SearchAll)
        assert office.one(Field).value == "giai ngan 45"
        await office.press("escape")
        assert isinstance(office.screen, Today)


async def test_enter_waits_for_the_answer_to_what_is_typed(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await office.feed(*[letter.encode() for letter in "giai ngan 45"], b"\r")
        await office.until(lambda: isinstance(office.screen, MinutesScreen))


async def test_what_answers_follows_each_key(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        for letter, count in (("s", 9), ("ở", None), (" ", None), ("t", None), ("à", 1)):
            await look_for(office, letter)
            if count is not None:
                assert bool(rows(office)) is bool(count)
        assert "Sở Tài chính" in [
            cells[1].replace("«", "").replace("»", "") for cells in rows(office)
        ]
        await office.press(*["backspace"] * 5)
        assert rows(office) == []
        assert "cái đúng nhất đứng đầu" in summary(office)


@pytest.mark.parametrize(
    ("words", "kind", "screen"),
    [
        ("ke hoach dau tu cong 2027", "Nhiệm vụ", FollowupPage),
        ("phien hop thuong ky", "Cuộc họp", Meetings),
        ("sxd", "Đơn vị", DirectoryScreen),
        ("duy dong", "Người", DirectoryScreen),
    ],
)
async def test_each_kind_opens_where_it_is(
    said: Path, words: str, kind: str, screen: type[object]
) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, words)
        hit = rows(office)[0]
        assert hit[0] == kind
        id = office.one(Listing, "#found").key.split(":")[1]
        await office.press("down", "enter")
        assert isinstance(office.screen, screen)
        if isinstance(office.screen, Meetings | DirectoryScreen):
            assert id in [listing.key for listing in office.screen.query(Listing)]
            focused = office.screen.focused
            assert isinstance(focused, Listing)
            assert focused.key == id
        await office.press("escape")
        assert isinstance(office.screen, SearchAll)


async def test_the_words_and_the_place_in_the_list_are_remembered(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "giao ban")
        await office.press("down", "down")
        key = office.one(Listing, "#found").key
        await office.press("1", "4")
        await office.settle()
        assert office.one(Field).value == "giao ban"
        assert office.one(Listing, "#found").key == key


async def test_conditions_narrow_it_down_and_what_is_not_understood_is_said(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "giao ban loại:cuộc")
        assert {cells[0] for cells in rows(office)} == {"Cuộc họp"}
        await look_for(office, " đv:xyz")
        assert summary(office) == "! Không có đơn vị nào là “xyz”."


async def test_where_nothing_is_found_it_says_what_may_help(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "tàu vũ trụ")
        assert rows(office) == []
        assert summary(office).startswith("Không thấy. Thử bỏ dấu")
        await office.press("enter", "down")
        assert isinstance(office.screen, SearchAll)


async def test_all_of_the_line_is_shown_below(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "dau tu cong moi")
        assert "«đầu tư công mới» đạt 45%" in office.seen()
        assert "Biên bản · Hội nghị chuyển đổi số · dòng 41" in office.seen()


async def test_what_is_written_meanwhile_is_found(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "so la ky")
        assert rows(office) == []
        with Store(said) as other:
            other.insert(Unit(name="Sở Lạ Kỳ"))
        await office.until(lambda: rows(office))
        assert rows(office)[0][1] == "«Sở Lạ Kỳ»"


async def test_a_letter_in_the_field_is_a_letter(said: Path) -> None:
    async with at_work(said) as office:
        await office.press("4")
        await look_for(office, "q1/?n")
        assert office.one(Field).value == "q1/?n"
        assert isinstance(office.screen, SearchAll)


async def test_it_is_said_in_english_too(said: Path) -> None:
    async with at_work(said) as office:
        office.app.speak("en")
        await office.press("4")
        await look_for(office, "giai ngan 45")
        assert rows(office)[0][0] == "Minutes"
        assert summary(office) == "Results: 1."


# ------------------------------------------------------------------ the thread


def test_only_the_newest_question_is_answered(said: Path) -> None:
    held, go_on, answers = threading.Event(), threading.Event(), list[Answer]()

    def open_store() -> Store:
        held.set()
        assert go_on.wait(20)
        return Store(said)

    done = threading.Event()

    def take(answer: Answer) -> None:
        answers.append(answer)
        if answer.typed == "ba":
            done.set()

    finder = Finder(open_store, lambda: NOW.date())
    try:
        finder.ask("một", take)
        assert held.wait(20)
        finder.ask("hai", take)
        finder.ask("ba", take)
        go_on.set()
        assert done.wait(20)
    finally:
        finder.close()
    assert "hai" not in {answer.typed for answer in answers}


def test_what_goes_wrong_is_an_answer(said: Path, tmp_path: Path) -> None:
    def open_store() -> Store:
        return Store(tmp_path / "none.db", must_exist=True)

    answered, answers = threading.Event(), list[Answer]()

    def take(answer: Answer) -> None:
        answers.append(answer)
        answered.set()

    finder = Finder(open_store, lambda: NOW.date())
    try:
        finder.ask("x", take)
        assert answered.wait(20)
    finally:
        finder.close()
    assert "none.db" in str(answers[0].problems[0])


def test_the_index_is_brought_up_when_all_is_quiet(
    said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.finder.QUIET_SECONDS", 0.01)
    finder = Finder(lambda: Store(said), lambda: NOW.date())
    try:
        finder.note_writing()
        with Store(said) as store:
            while waiting(store):
                pass
            assert store.count(Followup) > 0
    finally:
        finder.close()
