"""A shared folder that is late, half-written, doubled, or gone, as its dice say."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.folder import Denied, FolderError, Full, Gone, MemoryFolder

Kind = type[FolderError]
ERRORS: tuple[Kind, ...] = (FolderError, Denied, Full, Gone)


class Killed(BaseException):
    """The process is gone at this instruction."""


@dataclass
class Trouble:
    """What goes wrong next: at the call after `calls` more, an error or the end of the process."""

    calls: int = -1
    error: Kind | None = None

    def arm(self, calls: int, error: Kind | None) -> None:
        self.calls, self.error = calls, error

    def rest(self) -> None:
        self.calls = -1

    def __call__(self, what: str, path: str) -> None:
        if self.calls < 0:
            return
        self.calls -= 1
        if self.calls < 0:
            if self.error is None:
                raise Killed
            if what != "written" or self.error is not Full:
                raise self.error(path, "thử")


class View(MemoryFolder):
    """The folder as one machine sees it; what it writes goes out to the others by and by."""

    def __init__(self, spread: Callable[["View", str, bytes | None], None]) -> None:
        self.trouble = Trouble()
        super().__init__(self.trouble)
        self._spread = spread

    def write_new(self, path: str, data: bytes) -> None:
        known = path in self.files
        try:
            super().write_new(path, data)
        finally:
            # Killed or not: what is there is there.
            if not known and path in self.files:
                self._spread(self, path, self.files[path])

    def delete(self, path: str) -> None:
        super().delete(path)
        self._spread(self, path, None)


@dataclass
class Post:
    """What is under way from one view to another."""

    to: View
    path: str
    data: bytes | None


@dataclass
class Network:
    """One directory that all see at once (`shared`), or a copy each that a replicator keeps."""

    dice: random.Random
    shared: bool
    views: list[View] = field(default_factory=list)
    post: list[Post] = field(default_factory=list)
    # Every byte that any machine ever wrote.
    written: dict[str, list[bytes]] = field(default_factory=dict)

    def view(self, files: dict[str, bytes]) -> View:
        view = View(self._spread)
        if self.shared and self.views:
            view.files = self.views[0].files
        else:
            view.files = dict(files)
        self.views.append(view)
        return view

    def _spread(self, source: View, path: str, data: bytes | None) -> None:
        if data is not None:
            self.written.setdefault(path, []).append(data)
        if not self.shared:
            self.post += [Post(view, path, data) for view in self.views if view is not source]

    def deliver(self, count: int) -> None:
        """Some of what is under way arrives, in any order; some of it twice, or cut off first."""
        for _ in range(min(count, len(self.post))):
            post = self.post.pop(self.dice.randrange(len(self.post)))
            luck = self.dice.random()
            if luck < 0.1 and post.data:
                cut = self.dice.randrange(len(post.data))
                self._put(post.to, post.path, post.data[:cut])
                self.post.append(post)
            elif luck < 0.15:
                self._put(post.to, post.path, post.data)
                self.post.append(post)
            else:
                self._put(post.to, post.path, post.data)

    def deliver_all(self) -> None:
        for post in self.post:
            self._put(post.to, post.path, post.data)
        self.post.clear()

    @staticmethod
    def _put(view: View, path: str, data: bytes | None) -> None:
        if data is None:
            view.files.pop(path, None)
        elif path not in view.files or data.startswith(view.files[path]):
            view.files[path] = data
        else:
            view.files[path.replace(".", " (conflicted copy).", 1)] = data

    def litter(self, view: View) -> None:
        """What replicators and systems leave lying about, and damage done to a copy."""
        names = sorted(view.files)
        name = self.dice.choice(names)
        junk = self.dice.choice(
            (".DS_Store", "devices/.DS_Store", f"{name}.tmp", f"~syncthing~{name}", "Thumbs.db")
        )
        view.files[junk] = self.dice.randbytes(20)
        view.files[f"{name} (conflicted copy)"] = view.files[name]

    def roll_back(self, view: View, back: dict[str, bytes]) -> None:
        """An older copy of the folder is restored; what others have comes again by and by."""
        lost = {path: data for path, data in view.files.items() if path not in back}
        for path in lost:
            del view.files[path]
        if not self.shared:
            self.post += [Post(view, path, data) for path, data in lost.items() if data]
