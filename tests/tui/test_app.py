"""What the app promises whatever screen is on: it is told, it keeps, it ends well."""

import asyncio
import gc
import gettext
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.timer import Timer

from schema.errors import ThukyError
from schema.records import Meeting
from schema.store import Store
from tests.tui.office import NAME, at, at_work, clock
from tests.tui.places import PLACES
from tui.screens.first_run import FirstRun
from tui.screens.meeting_form import MeetingForm
from tui.screens.minutes import MinutesScreen
from tui.screens.settings import Settings
from tui.screens.today import Today
from tui.screens.too_small import TooSmall
from tui.widgets.statusbar import StatusBar


def test_a_start_loads_only_the_first_screen() -> None:
    code = (
        "import json, sys, tui.app, tui.screens.today;"
        "print(json.dumps([m for m in sys.modules if m.startswith('tui.screens.')]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    parts = {name.removeprefix("tui.screens.") for name in json.loads(run.stdout)}
    assert parts == {"today", "meeting_page", "page"}


async def test_asks_once_for_name_and_language(tmp_path: Path, db: Path) -> None:
    path = tmp_path / "new.db"
    async with at_work(path) as office:
        assert isinstance(office.screen, FirstRun)
        await office.press("enter")
        assert isinstance(office.screen, FirstRun)
        assert "Hãy gõ tên của bạn." in office.seen()
        await office.type(NAME)
        await office.press("up", "right")
        await office.press("f4")
        assert isinstance(office.screen, Today)
        assert office.app.author == NAME
    with Store(path) as store:
        assert (store.local("name"), store.local("language")) == (NAME, "en")
    async with at_work(path) as office:
        assert isinstance(office.screen, Today)


async def test_shows_what_another_process_writes(db: Path) -> None:
    async with at_work(db) as office:
        assert "Họp của người khác" not in office.seen()
        with Store(db, clock=clock) as other:
            other.insert(Meeting(title="Họp của người khác", starts_at=at(0, 15)))
        await office.until(lambda: "Họp của người khác" in office.seen())


async def test_a_hidden_screen_is_brought_up_to_date_when_seen_again(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("6")
        office.store.insert(Meeting(title="Họp mới thêm", starts_at=at(0, 15)))
        office.app.changed()
        await office.press("escape")
        assert "Họp mới thêm" in office.seen()


async def test_minutes_from_the_command_line_open_at_once_with_today_behind(full: Path) -> None:
    with Store(full) as store:
        id = store.live(Meeting, "opened_at IS NOT NULL AND closed_at IS NULL")[0].id
    async with at_work(full, open_minutes=id) as office:
        assert isinstance(office.screen, MinutesScreen)
        await office.press("escape")
        assert isinstance(office.screen, Today)
        assert "Phiên họp thường kỳ tháng 2" in office.seen()


async def test_an_error_that_a_person_can_mend_is_a_sentence(db: Path) -> None:
    async with at_work(db) as office:

        def refuse() -> None:
            raise ThukyError("Không ghi được vào {path}.", path="đĩa")

        office.screen.action_back = refuse  # type: ignore[attr-defined]
        await office.press("escape")
        assert "! Không ghi được vào đĩa." in office.seen()


@pytest.mark.parametrize(
    "keys",
    [
        ("s",),
        ("2", "down", "enter"),
        ("d", "d"),
        ("r", "enter"),
        ("r", "s", "X", "enter"),
        ("r", "plus", "X", "enter"),
        ("a", "J"),
        ("6", "down", "down", "right"),
        ("5", "d", "d"),
    ],
)
async def test_what_the_disk_refuses_is_said_and_the_app_goes_on(
    full: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def refuse(store: Store) -> Iterator[None]:
        raise ThukyError("Đĩa đã đầy nên chưa ghi được vào {path}.", path="x")
        yield

    async with at_work(full) as office:
        monkeypatch.setattr(Store, "transaction", refuse)
        if keys[0] == "s":
            await office.press("down", "down")
        if keys == ("2", "down", "enter"):
            monkeypatch.setattr("tui.holding._EARLY", timedelta(days=9))
        await office.press(*keys)
        assert "! Đĩa đã đầy nên chưa ghi được vào x." in office.seen()
        monkeypatch.undo()
        await office.press("escape", "escape", "escape")
        assert isinstance(office.screen, Today)


async def test_what_another_tool_wrote_amiss_is_shown_as_it_is(full: Path) -> None:
    with Store(full) as store:
        store.connection.execute("UPDATE meeting SET starts_at = '2026-02-27Thai giờ chiều'")
        store.connection.execute("UPDATE followup SET due = '2026-02-3x'")
        store.connection.execute("UPDATE post SET starts_on = 'xưa'")
        store.connection.execute("UPDATE meeting SET kind = 'lạ', secrecy = 'lạ', urgency = 'lạ'")
        store.connection.execute("UPDATE series SET rule = 'lạ', time = 'lạ', kind = 'lạ'")
        store.connection.execute("UPDATE attendance SET status = 'lạ', role = 'lạ'")
        store.connection.execute("UPDATE unit SET type = 'lạ', parent = id")
    async with at_work(full) as office:
        for place, keys in PLACES.items():
            await office.press(*keys)
            assert office.app.is_running, place
            await office.press("escape", "escape", "escape", "1")
            assert isinstance(office.screen, Today)


async def test_a_failure_ends_in_one_sentence_and_a_private_log(
    db: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def go_wrong() -> None:
        async with at_work(db) as office:
            office.app.call_later(lambda: 1 // 0)
            await office.until(lambda: office.app.return_code)

    with pytest.raises(ZeroDivisionError):
        await go_wrong()
    log = tmp_path / "thuky.log"
    told = " ".join(capfd.readouterr().err.split())
    assert told.startswith("Thư Ký gặp lỗi và phải dừng; những gì đã gõ được lưu.")
    assert "Traceback" not in told
    assert "ZeroDivisionError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


async def test_quits_over_unwritten_words_only_when_asked_twice(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(db) as office:
        monkeypatch.setattr(office.app.writer, "flush", lambda seconds: False)
        await office.press("q")
        assert "Còn chữ chưa ghi được vào đĩa" in office.seen()
        await office.press("q")
        assert not office.app.is_running


@pytest.mark.parametrize("size", [(10, 5), (59, 24), (80, 14), (1, 1)])
async def test_says_where_there_is_no_room_and_goes_on_where_it_was(
    db: Path, size: tuple[int, int]
) -> None:
    async with at_work(db) as office:
        await office.press("n")
        await office.type("Họp ")
        form = office.screen
        await office.pilot.resize_terminal(*size)
        await office.until(lambda: isinstance(office.screen, TooSmall))
        if size[0] >= 10:
            assert "Không mất gì" in " ".join(office.seen().split())
        await office.type("giao ban")
        await office.pilot.resize_terminal(80, 24)
        await office.until(lambda: office.screen is form)
        await office.settle()
        assert isinstance(form, MeetingForm)
        assert form.values["title"] == "Họp giao ban"


async def test_opens_in_a_terminal_with_no_room(db: Path) -> None:
    async with at_work(db, size=(10, 5)) as office:
        assert isinstance(office.screen, TooSmall)
        await office.pilot.resize_terminal(60, 15)
        await office.until(lambda: isinstance(office.screen, Today))


async def test_unikey_may_stay_on_where_letters_are_commands(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("r")
        # a, then s: UniKey takes the a back and makes an á of both.
        await office.press("a", "backspace", "á")
        assert "Ai đi thay Trần Duy Đông?" in office.seen()
        await office.press("escape", "escape")
        # d twice is đ.
        await office.press("d", "backspace", "đ")
        assert "Đã xóa “Phiên họp thường kỳ tháng 2”" in office.seen()


async def test_keys_of_one_packet_reach_what_the_first_opened(db: Path) -> None:
    async with at_work(db) as office:
        await office.pilot.press("n", *"Họp được ngay", "f4")
        await office.settle()
        assert [meeting.title for meeting in office.meetings()] == ["Họp được ngay"]


async def test_the_same_place_is_never_twice_on_top_of_itself(db: Path) -> None:
    async with at_work(db) as office:
        await office.press("2", "5", "3", "2", "1", "5", "2", "3", "5", "1")
        assert [type(screen) for screen in office.app.screen_stack] == [Today]


async def test_another_language_is_spoken_at_once_and_everywhere(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Loud(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"~{message}"

    monkeypatch.setattr(gettext, "translation", lambda *_args, **_options: Loud())
    async with at_work(db) as office:
        await office.press("6")
        assert isinstance(office.screen, Settings)
        await office.press("down", "right")
        assert "~Màu sắc" in office.seen()
        assert "F1 ~Trợ giúp" in office.seen()
        await office.press("escape")
        assert "~1 Hôm nay" in office.seen()
        assert "~Khi nào" in office.seen()
    async with at_work(db) as office:
        assert "~Khi nào" in office.seen()


async def test_looks_as_the_terminal_does_unless_told_otherwise(db: Path) -> None:
    async with at_work(db) as office:
        assert office.app.native_ansi_color
        await office.press("6", "down", "down", "right")
        assert not office.app.native_ansi_color
        assert office.app.current_theme.dark
        await office.press("right")
        assert not office.app.current_theme.dark
    async with at_work(db) as office:
        assert not office.app.current_theme.dark


async def test_an_error_is_told_from_news_without_colour(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_work(db) as office:
        office.app.say("Hỏng", error=True)
        await office.pilot.pause()
        assert " ! Hỏng" in office.seen()


def is_ticking(timer: Timer) -> bool:
    task: object = getattr(timer, "_task", None)
    return isinstance(task, asyncio.Task) and not task.done() and timer._active.is_set()


async def test_nothing_ticks(full: Path) -> None:
    async with at_work(full) as office:
        for key in (
            *("2", "c", "escape", "n", "escape", "r", "plus", "escape", "escape", "3", "5", "6"),
        ):
            await office.press(key)
            gc.unfreeze()
            gc.collect()
            timers = [thing for thing in gc.get_objects() if isinstance(thing, Timer)]
            assert not [timer for timer in timers if is_ticking(timer)]


async def test_what_is_said_costs_nothing_when_it_is_said_again(db: Path) -> None:
    async with at_work(db) as office:
        bar = office.one(StatusBar)
        bar.say("Đã lưu.")
        await office.pilot.pause()
        painted = 0
        real = StatusBar.render_line

        def count(self: StatusBar, y: int) -> object:
            nonlocal painted
            painted += 1
            return real(self, y)

        StatusBar.render_line = count  # type: ignore[method-assign,assignment]
        try:
            bar.say("Đã lưu.")
            office.screen.refresh_bindings()
            await office.pilot.pause()
        finally:
            StatusBar.render_line = real  # type: ignore[method-assign]
        assert not painted


async def test_what_a_machine_derives_for_itself_draws_nothing_anew(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(full) as office:
        drawn: list[str] = []
        monkeypatch.setattr(Today, "refill", lambda self: drawn.append("anew"))
        with Store(full, clock=clock) as other:
            other.set_local({"nothing": "that is synced"})
            seen: list[int] = []
            look = office.app._changed_afar

            def looks() -> None:
                seen.append(1)
                look()

            monkeypatch.setattr(office.app, "_changed_afar", looks)
            other.set_local({"nothing": "again"})
            await office.until(lambda: seen)
            assert not drawn
            other.insert(Meeting(title="Họp", starts_at=at(0, 15)))
            await office.until(lambda: drawn)
