"""The app: one store, one writer, and the screens on top of them.

Screens are imported when they are first opened: a start loads no more than it shows.
"""

import gc
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.constants import DRIVER
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen

from office.moments import ZONE
from schema.errors import N_, ThukyError
from schema.store import Clock, Store
from schema.writer import State, Writer
from sync.local import Watcher
from tui.cell_app import CellApp
from tui.finder import Finder
from tui.holding import start_if_due
from tui.keys import telex_key
from tui.occurring import keep_up, making
from tui.places import PLACES
from tui.queries import last_change
from tui.sync_app import Syncing
from tui.telling import Telling, telling
from tui.theme import theme_named
from tui.trash import Trash
from tui.turns import InTurn
from tui.widgets.statusbar import StatusBar
from tui.words import _, preferred, set_language, tell

V = TypeVar("V")

SMALLEST = Size(60, 15)
TOO_SMALL = "too-small"
KEEP_SECONDS = 2.0
"""How long an app that must go waits for the disk."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal of that size has no room for a screen."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class ThukyApp(Telling, InTurn[None], Syncing[None], CellApp[None], inherit_bindings=False):
    """Thư Ký on the database at `path`.

    `open_minutes` is the id of a meeting whose minutes are to be edited at once. Raises ThukyError
    where the database cannot be opened.
    """

    TITLE = N_("Thư Ký")
    CSS_PATH = "thuky.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go('today')", N_("Hôm nay"), show=False),
        Binding("2", "go('meetings')", N_("Cuộc họp"), show=False),
        Binding("3", "go('followups')", N_("Nhiệm vụ"), show=False),
        Binding("4", "go('search')", N_("Tìm mọi thứ"), show=False),
        Binding("5", "go('directory')", N_("Đơn vị, con người"), show=False),
        Binding("6", "go('settings')", N_("Cài đặt"), show=False),
        Binding("7", "go('sync')", N_("Đồng bộ"), show=False),
        Binding("8", "go('report')", N_("Báo cáo"), show=False),
        Binding("W", "go('working_days')", N_("Ngày nghỉ, ngày làm bù"), show=False),
        Binding("R", "go('register')", N_("Sổ số văn bản"), show=False),
        Binding("D", "go('urging')", N_("Đôn đốc"), show=False),
        Binding("K", "go('inspections')", N_("Kiểm tra"), show=False),
        Binding("I", "go('import')", N_("Nhập nhiệm vụ từ tệp"), show=False),
        Binding("N", "new_followup", N_("Nhiệm vụ mới"), show=False),
        Binding("ctrl+p,colon", "palette", N_("Lệnh")),
        Binding("f1,question_mark", "help", N_("Trợ giúp")),
        Binding("q,ctrl+q", "quit", N_("Thoát"), show=False),
    ]

    # The usual look is there before the first styles are read, since any other has them read again.
    theme: Reactive[str] = Reactive(theme_named(""))

    def __init__(
        self, path: Path, *, clock: Clock = time.time, open_minutes: str | None = None
    ) -> None:
        self.store = Store(path, clock=clock)
        set_language(preferred(self.store.local("language")))
        super().__init__()
        self.clock = clock
        self.author = self.store.local("name")
        """The person's name, as others see it beside what they wrote."""
        self.animation_level = "none"
        self.set_theme(self.store.local("theme"))
        self.trash = Trash(self.store)
        self.writer = Writer(path, clock, self._written)
        self._watcher: Watcher | None = None
        self._finder: Finder | None = None
        self._seen, self._last_change = self.store.data_version(), last_change(self.store)
        self._open_minutes = open_minutes
        self._told: ThukyError | None = None
        self._leaving = False
        self._quit_unsaved = False
        self._remembered: dict[object, object] = {}

    def now(self) -> datetime:
        """The present, in the office's zone."""
        return datetime.fromtimestamp(self.clock(), ZONE)

    def today(self) -> date:
        return self.now().date()

    def yesterday(self) -> date:
        return self.today() - timedelta(days=1)

    @property
    def finder(self) -> Finder:
        """What answers searches; it keeps the index up, too, once it is there."""
        if self._finder is None:
            self._finder = Finder(self.open_store, self.today)
        return self._finder

    @property
    def idle(self) -> bool:
        return super().idle and not self.asides and not (self._finder and self._finder.busy)

    # ------------------------------------------------------------------ life

    def get_default_screen(self) -> Screen[Any]:
        from tui.screens.today import Today

        return Today(later=bool(self._open_minutes))

    def on_mount(self) -> None:
        if self._open_minutes:
            self.open_minutes(self._open_minutes)
        elif not self.author:
            from tui.screens.first_run import FirstRun

            self.push_screen(FirstRun())
        self._fit(self.size)
        self.call_after_refresh(self._watch)

    def _watch(self) -> None:
        # A start leaves no garbage to speak of, and what it made lives as long as the app: no
        # collection in a key's path need look at it.
        gc.freeze()
        gc.enable()
        self._watcher = Watcher(self.open_store, self._seen_from_afar)
        if self.store.data_version() != self._seen:
            self.changed()
        self.finder.note_writing()
        self.start_syncing()
        keep_up(self)

    def _seen_from_afar(self) -> None:
        """Called by the watcher's thread."""
        self.call_later(self._changed_afar)

    def _changed_afar(self) -> None:
        self.start_syncing()
        # What a machine derives for itself, as its search index, is no change.
        if last_change(self.store) != self._last_change and not making(self):
            self.changed()
        self._tell_screens("look_around")

    def keep(self) -> bool:
        """Put what was typed on disk. False where the disk did not take it in time."""
        for screen in reversed(self.screen_stack):
            keep_now: Callable[[], None] | None = getattr(screen, "keep_now", None)
            if keep_now:
                keep_now()
        return self.writer.flush(KEEP_SECONDS)

    def leave(self) -> None:
        """Keep what was typed and end, without a question: there may be nobody left to answer."""
        if not self._leaving:
            self._leaving = True
            self.keep()
            self.exit()

    def action_quit(self) -> None:  # type: ignore[override]
        """End the app; where something could not be written, only when asked twice."""
        if self.keep() or self._quit_unsaved:
            self.exit()
            return
        self._quit_unsaved = True
        self.say(_("Còn chữ chưa ghi được vào đĩa. Nhấn lần nữa để bỏ và thoát."), error=True)

    def on_unmount(self) -> None:
        if self._watcher:
            self._watcher.close()
        if self._finder:
            self._finder.close()
        self.writer.close(KEEP_SECONDS)
        self.stop_syncing()
        self.store.close()

    # -------------------------------------------------------------- mistakes

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        """Run an action; what a person can mend is told to them, and no more comes of it."""
        with telling(self):
            return await super().run_action(*args, **kwargs)
        return True

    def fail(self, error: Exception) -> None:
        """End the app for a reason that nobody at the screen can mend, with what was typed kept."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._return_code = 1
            self.panic(Text(self._last_words(error)))

    def _last_words(self, error: Exception) -> str:
        from tui.log import log_error

        kept = False
        with suppress(Exception):
            kept = self.keep()
        try:
            path: Path | str = log_error(error)
        except OSError:
            path = "-"
        if kept:
            words = _("Thư Ký gặp lỗi và phải dừng; những gì đã gõ được lưu. Chi tiết: {path}")
        else:
            words = _("Thư Ký gặp lỗi và phải dừng; vài chữ cuối có thể chưa lưu. Chi tiết: {path}")
        return words.format(path=path)

    # ------------------------------------------------- what is said and seen

    def say(self, text: str, *, error: bool = False) -> None:
        """Put a sentence into the status bar that is seen."""
        for screen in reversed(self.screen_stack):
            with suppress(NoMatches):
                screen.query_one(StatusBar).say(text, error=error)
                return

    def changed(self) -> None:
        """Something was written, here or by another process: the screens show it."""
        self._seen, self._last_change = self.store.data_version(), last_change(self.store)
        if self._finder:
            self._finder.note_writing()
            keep_up(self)
        self._tell_screens("reload")

    def _tell_screens(self, method: str) -> None:
        """Call the method of that name of every screen that has one."""
        for screen in self.screen_stack:
            if told := getattr(screen, method, None):
                told()

    def speak(self, code: str) -> None:
        """Speak another language from now on, on every screen."""
        set_language(code)
        self._tell_screens("relabel")
        for screen in self.screen_stack:
            for bar in screen.query(StatusBar):
                bar.relabel()
                self.show_corner(bar)

    def restore_deleted(self) -> str | None:
        """Bring back what was deleted last; returns its id, or None where nothing was."""
        restored = self.trash.restore()
        if restored is None:
            self.say(_("Chưa xóa gì để lấy lại."))
            return None
        id, name = restored
        self.changed()
        self.say(_("Đã lấy lại “{name}”.").format(name=name))
        return id

    def set_theme(self, name: str) -> None:
        """Look as `name` says, one of THEMES; as the terminal where no colours are wanted."""
        self.theme = theme_named("" if self.no_color else name)

    def _written(self, state: State) -> None:
        """What the writer's thread says after each job; only news is passed on."""
        news = str(state.error) != str(self._told) if state.error else not state.waiting
        if news and (state.error or self._told):
            self._told = state.error
            self.call_later(self._tell_written, state)

    def _tell_written(self, state: State) -> None:
        """Something cannot be written, or all could at last. A screen may have words of its own."""
        wrote: Callable[[State], None] | None = getattr(self.screen, "wrote", None)
        if wrote:
            wrote(state)
        elif state.error:
            self.say(tell(state.error), error=True)
        else:
            self.say(_("Đã ghi lại được; mọi thứ đã lưu."))

    # ---------------------------------------------------------------- places

    def open(self, place: str) -> None:
        """Put a place on top of where the person is; if they came from there, go back to it."""
        if place == "today":
            self._back_to(self.screen_stack[0])
            return
        module, name = PLACES[place]
        kind = cast(type[Screen[Any]], getattr(import_module(module), name))
        for screen in self.screen_stack:
            if isinstance(screen, kind):
                self._back_to(screen)
                return
        self.push_screen(kind())

    def open_minutes(self, meeting: str, at: int | bytes | None = None) -> None:
        """Go on writing the minutes of a meeting, which is held from now on if it is time.

        `at` is the line to show, or an anchor in it (of a follow-up); else where one was. Minutes
        that are open already are shown again.
        """
        from tui.screens.minutes import MinutesScreen

        for screen in self.screen_stack:
            if isinstance(screen, MinutesScreen) and screen.meeting_id == meeting:
                self._back_to(screen)
                if at is not None:
                    screen.go_to(at)
                return
        start_if_due(self.store, meeting, self.now())
        self.push_screen(MinutesScreen(meeting, at))

    def remembered(self, kind: Callable[[], V]) -> V:
        """What a place remembers while one is elsewhere, made at first by `kind`."""
        return cast(V, self._remembered.setdefault(kind, kind()))

    def _back_to(self, screen: Screen[Any]) -> None:
        while self.screen is not screen:
            self.pop_screen()

    def action_go(self, place: str) -> None:
        self.open(place)

    def action_new_followup(self) -> None:
        from tui.screens.followup_form import FollowupForm

        self.push_screen(FollowupForm())

    def action_help(self) -> None:
        from tui.screens.help import Help

        self.push_screen(Help(self.screen))

    def action_palette(self) -> None:
        from tui.screens.palette import Palette

        self.push_screen(Palette(self.screen))

    # -------------------------------------------------------------- terminal

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        # Left to the terminal unless asked for: there it selects text, and pastes.
        mouse = mouse and self.store.local("mouse") == "app"
        return super()._build_driver(headless, inline, mouse, size)

    def get_driver_class(self) -> type[Driver]:
        if os.name == "nt" or DRIVER:
            return super().get_driver_class()
        from tui.driver import UnixTerminal

        return UnixTerminal

    async def on_key(self, event: events.Key) -> None:
        """A letter that UniKey has put marks on is the key that was pressed, where letters are
        commands: no field takes it, or it would not have come here."""
        key = telex_key(event.character or "")
        if key and await self._check_bindings(key):
            event.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        if is_too_small(size) and all(screen.id != TOO_SMALL for screen in self.screen_stack):
            from tui.screens.too_small import TooSmall

            self.push_screen(TooSmall(id=TOO_SMALL))
