"""A field for a folder or a file, which completes what there is."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from schema.viet import fold
from tui.widgets.pick import PickField, Suggestion

_MOST_NAMES = 2000


class PathField(PickField):
    """Offers the folders that a path may go on with, and files with one of these `endings`. They
    are read in a thread: a share that does not answer holds up no key."""

    def __init__(self, *endings: str) -> None:
        super().__init__(self._folders, compact=True)
        self._endings = endings
        self._known: dict[Path, Sequence[str]] = {}
        self._asked: Path | None = None

    def put(self, suggestion: Suggestion) -> None:
        super().put(Suggestion(suggestion.value, suggestion.value))

    def _folders(self, typed: str) -> Sequence[Suggestion]:
        above, start = os.path.split(typed.strip() or f"~{os.sep}")
        where = Path(above).expanduser()
        if where not in self._known:
            self._ask(where)
            return ()
        wanted = fold(start)
        hidden = start.startswith(".")
        return [
            Suggestion(path, name)
            for name in self._known[where]
            if fold(name).startswith(wanted) and name.startswith(".") == hidden
            for path in [os.path.join(above, name)]  # noqa: PTH118 as it was typed, ~ and all
            if path != typed
        ]

    def _ask(self, where: Path) -> None:
        if self._asked == where:
            return
        self._asked = where
        app = self.app

        def look() -> None:
            names = _names(where, self._endings)
            with suppress(RuntimeError):
                app.call_later(self._came, where, names)

        threading.Thread(target=look, name="folders", daemon=True).start()

    def _came(self, where: Path, names: Sequence[str]) -> None:
        self._known = {where: names}
        self._asked = None
        if self.has_focus and not self.picked:
            self._offer(self._folders(self.value))


def _names(where: Path, endings: tuple[str, ...]) -> list[str]:
    """The folders in one and files that end so, by name; none where it cannot be read."""
    found: list[str] = []
    with suppress(OSError, ValueError), os.scandir(where) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir() or entry.name.lower().endswith(endings or ("/",)):
                    found.append(entry.name)
            if len(found) >= _MOST_NAMES:
                break
    return sorted(found, key=fold)
