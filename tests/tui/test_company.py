"""Whoever else is in the minutes is seen there, by name, and nobody who has left."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from schema import texts
from schema.carets import STALE_SECONDS, Caret, carets, drop, put
from schema.records import Meeting
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.app import ThukyApp
from tui.editor.buffer import Place
from tui.screens.minutes import MinutesScreen

TEXT = "# Khai mạc\nSở Y tế báo cáo.\n"


class Elsewhere:
    """Another window or machine, in the same minutes."""

    def __init__(self, path: Path, id: str, name: str, device: str = "") -> None:
        self.store = Store(path, clock=clock)
        self.text, self.name, self.device = id, name, device
        self.document = texts.load(self.store, id, name).document

    def be_at(self, at: int) -> None:
        anchor = self.document.anchor(at)
        put(self.store, Caret(self.name or "x", self.text, anchor, self.name, self.device))

    def type(self, at: int, words: str) -> None:
        self.document.insert(at, words)
        texts.append(self.store, self.text, self.document.pending() or b"")

    def leave(self) -> None:
        drop(self.store, self.name or "x")


@asynccontextmanager
async def minutes(full: Path, size: tuple[int, int] = (100, 24)) -> AsyncIterator[Office]:
    with Store(full, clock=clock) as store:
        store.set_local({"name": "Lê Thị Lan"})
        id = store.insert(Meeting(title="Giải ngân", starts_at=at(0, 13), opened_at=at(0, 13))).id
        document = texts.load(store, id, "An").document
        document.insert(0, TEXT)
        texts.append(store, id, document.pending() or b"")
    async with at_work(full, size, open_minutes=id) as office:
        await office.until(lambda: own(office))
        yield office


def screen(office: Office) -> MinutesScreen:
    (found,) = (s for s in office.app.screen_stack if isinstance(s, MinutesScreen))
    return found


def own(office: Office) -> list[Caret]:
    """What this window has said of itself."""
    id = screen(office).company._id
    return [c for c in carets(office.store) if c.id == id]


def places(office: Office) -> list[Place]:
    at_lines = screen(office).editor.others._at.values()
    return sorted(other.place for others in at_lines for other in others)


async def test_another_window_is_seen_at_its_line_and_named_in_the_title(full: Path) -> None:
    async with minutes(full) as office:
        other = Elsewhere(full, screen(office).meeting_id, "Trần Văn Bình")
        other.be_at(15)
        await office.until(lambda: "cùng ghi: Trần Văn Bình" in office.seen())
        title, _, second, *_ = office.seen().split("\n")
        assert "Giải ngân" in title
        assert second.startswith("‹ Sở Y tế báo cáo.")
        assert "‹ Bình" in second
        other.be_at(0)
        await office.until(lambda: places(office) == [Place(0, 0)])
        other.leave()
        await office.until(lambda: "cùng ghi" not in office.seen())
        assert places(office) == []
        other.store.close()


async def test_somebody_elses_cursor_stays_with_its_words_and_theirs_come_first(
    full: Path,
) -> None:
    async with minutes(full) as office:
        other = Elsewhere(full, screen(office).meeting_id, "Trần Văn Bình")
        other.type(11, "Mời ")
        other.be_at(15)
        await office.until(lambda: places(office) == [Place(1, 4)])
        await office.press("ctrl+home", "enter", "x")
        await office.until(lambda: places(office) == [Place(2, 4)])
        other.store.close()


async def test_who_is_alone_writes_nothing_for_a_move_and_tells_where_once_somebody_comes(
    full: Path,
) -> None:
    async with minutes(full) as office:
        said = own(office)
        changes = office.store.connection.execute("PRAGMA data_version").fetchone()
        await office.press("ctrl+home", "down", "right", "right")
        office.app.writer.flush(10)
        assert own(office) == said
        assert office.store.connection.execute("PRAGMA data_version").fetchone() == changes
        other = Elsewhere(full, screen(office).meeting_id, "Bình")
        other.be_at(0)
        document = other.document
        await office.until(lambda: document.position(own(office)[0].anchor) == 13)
        # From now on a move is told by itself.
        await office.press("right")
        await office.until(lambda: document.position(own(office)[0].anchor) == 14)
        other.store.close()


async def test_a_window_that_is_closed_says_so(full: Path) -> None:
    async with minutes(full) as office:
        await office.press("escape")
        office.app.writer.flush(10)
        assert carets(office.store) == []


async def test_who_was_killed_is_not_seen_for_ever(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.editor.company.RENEW_SECONDS", 0.05)
    now = [clock()]
    async with minutes(full) as office:
        monkeypatch.setattr(office.app.store, "clock", lambda: now[0])
        other = Elsewhere(full, screen(office).meeting_id, "Bình")
        other.be_at(0)
        await office.until(lambda: "cùng ghi" in office.seen())
        now[0] += STALE_SECONDS + 1
        await office.until(lambda: "cùng ghi" not in office.seen())
        other.store.close()


async def test_two_of_one_given_name_are_told_apart_and_long_names_are_cut(full: Path) -> None:
    async with minutes(full, (120, 24)) as office:
        id = screen(office).meeting_id
        names = ("Trần Bình", "Lê Bình", "Máy văn thư số 2", "")
        others = [Elsewhere(full, id, name) for name in names]
        for other in others:
            other.be_at(0)
        await office.until(lambda: len(screen(office).company.names) == 4)
        shown = {o.name for line in screen(office).editor.others._at.values() for o in line}
        assert shown == {"Trần Bình", "Lê Bình", "Máy văn thư…", "cửa sổ khác"}
        for other in others:
            other.store.close()


async def test_what_another_machine_says_is_harmless_whatever_it_says(full: Path) -> None:
    async with minutes(full) as office:
        id = screen(office).meeting_id
        with Store(full, clock=clock) as store:
            put(store, Caret("a", id, b"\xff\x00", "Bình\x1b[2J\nVũ\u202e", "d"))
            put(store, Caret("b", id, b"", "\x07", "d"))
            put(store, Caret("c", "another", b"", "Elsewhere", "d"))
        await office.until(lambda: len(screen(office).company.names) == 2)
        assert places(office) == []
        assert "Elsewhere" not in office.seen()
        assert not set("\x1b\x07\u202e") & set(office.seen())


async def test_the_text_does_not_move_when_others_come(full: Path) -> None:
    async with minutes(full) as office:
        editor = screen(office).editor
        before, cursor = editor.window.rows(), editor.terminal_cursor
        other = Elsewhere(full, screen(office).meeting_id, "Bình")
        other.be_at(12)
        await office.until(lambda: editor.others)
        assert (editor.window.rows(), editor.terminal_cursor) == (before, cursor)
        other.store.close()


async def test_two_windows_of_one_machine_see_each_other(full: Path) -> None:
    async with minutes(full) as office:
        app = ThukyApp(full, clock=clock, open_minutes=screen(office).meeting_id)
        app.author = "Vũ Hà"
        async with app.run_test(size=(80, 24)) as pilot:
            second = Office(app, pilot)
            await second.until(lambda: "cùng ghi: Lê Thị Lan" in second.seen())
            await office.until(lambda: "cùng ghi: Vũ Hà" in office.seen())
        await office.until(lambda: "cùng ghi" not in office.seen())
