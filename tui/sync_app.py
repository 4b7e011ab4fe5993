"""What an app has to do with syncing: who keeps it going, how it stands, what takes long.

Public entrance: `Syncing`.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App, ReturnType

from schema.errors import N_, ThukyError
from schema.store import Store
from sync.local import may_sync
from tui.widgets.statusbar import StatusBar
from tui.words import _, tell

if TYPE_CHECKING:
    from sync.standing import Standing
    from tui.sync_keeper import Keeper
    from tui.sync_words import Told

V = TypeVar("V")


class Syncing(App[ReturnType]):
    """An app on a `store` that is synced while it is open."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.sync: Standing | None = None
        """How syncing stands; nothing where the database belongs to no workspace."""
        self._keeper: Keeper | None = None
        self.asides = 0
        """How much of what was begun `aside` is still to come."""

    def now(self) -> datetime:
        raise NotImplementedError

    @property
    def sync_told(self) -> "Told | None":
        """The one thing most worth knowing of syncing."""
        if self.sync is None:
            return None
        from tui.sync_words import told

        return told(self.sync, self.now())

    def open_store(self) -> Store:
        """Another connection to the same database, for another thread."""
        return Store(self.store.path, clock=self.store.clock, must_exist=True)

    def start_syncing(self) -> None:
        """Keep syncing going from now on, where there is anything to sync with."""
        if self._keeper or not may_sync(self.store):
            return
        from tui.sync_keeper import Keeper

        self._keeper = Keeper(self.open_store, self.store.path, self._stands)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        # Whoever syncs ends while the app does.
        if self._keeper:
            self._keeper.let_go()
        super().exit(*args, **kwargs)

    def stop_syncing(self) -> None:
        if self._keeper:
            self._keeper.close()

    def show_corner(self, bar: StatusBar) -> None:
        """Say in the corner of a status bar how syncing stands."""
        now = self.sync_told
        bar.show_corner(str(now) if now else "", strong=bool(now and now.trouble))

    def aside(self, work: Callable[[Store], V], then: Callable[[V | ThukyError], object]) -> None:
        """Do `work`, which may take long or wait for a folder, in a thread of its own with a store
        of its own; then call `then` with what came of it. One that never ends holds nothing up."""

        def run() -> None:
            result: V | ThukyError
            try:
                with self.open_store() as store:
                    result = work(store)
            except ThukyError as error:
                result = error
            except BaseException as error:
                # Loro's errors are bare BaseExceptions.
                result = _unexpected(error)
            with suppress(RuntimeError):
                self.call_later(done, result)

        def done(result: V | ThukyError) -> None:
            self.asides -= 1
            then(result)

        self.asides += 1
        threading.Thread(target=run, name="aside", daemon=True).start()

    def say(self, text: str, *, error: bool = False) -> None:
        raise NotImplementedError

    def _tell_answer(self, standing: "Standing | None") -> None:
        """Say what came of asking to be let in."""
        from sync.diary import diary

        said = diary(self.store.path)
        if said.kind == "WrongCode" and (error := said.error):
            self.say(tell(error), error=True)
        elif standing and standing.folder:
            self.say(_("Đã được vào; dữ liệu đang về."))

    def _stands(self, standing: "Standing | None") -> None:
        """Called by the keeper's thread."""
        with suppress(RuntimeError):
            self.call_later(self._show_standing, standing)

    def _show_standing(self, standing: "Standing | None") -> None:
        before, self.sync = self.sync, standing
        if before and before.asking and not (standing and standing.asking):
            self._tell_answer(standing)
        for screen in self.screen_stack:
            for bar in screen.query(StatusBar):
                self.show_corner(bar)
            show: Callable[[], None] | None = getattr(screen, "sync_stands", None)
            if show:
                show()


def _unexpected(error: BaseException) -> ThukyError:
    """A sentence for an error that has none; its traceback goes to the log file."""
    from tui.log import log_error

    try:
        path = str(log_error(error))
    except OSError:
        path = "-"
    words = N_("Thư Ký gặp lỗi ngoài dự kiến; phần đã lưu còn nguyên, chi tiết ghi ở {path}.")
    return ThukyError(words, path=path)
