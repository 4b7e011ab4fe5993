"""A shared folder that is late, half-written, doubled, damaged or gone, as its dice say."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.folder import Denied, FolderError, Full, Gone, MemoryFolder
from sync.recognition import FOUNDING

Kind = type[FolderError]
ERRORS: tuple[Kind, ...] = (FolderError, Denied, Full, Gone)
# What systems, replicators and hostile people leave lying about; `{}` is a name that is there.
LITTER = (
    ".DS_Store",
    "devices/.DS_Store",
    "Thumbs.db",
    "{}.tmp",
    "~syncthing~{}.tmp",
    "{} (conflicted copy)",
    "{}.sync-conflict-20260101-000000-ABCDEFG.seg",
    "devices/../../secrets",
    "devices/0123456789abcdef/1-1.seg",
    "devices/0123456789abcdef/../../1-1.seg",
    "devices/{device}/900000-900000.seg",
    "devices/{device}/900000.digest",
    "cards/0123456789abcdef-0123456789abcdef.card",
    "epochs/900-0123456789abcdef-01234567.epoch",
    "revocations/{device}-0123456789abcdef-1.revoked",
    "snapshots/{device}/900-1.snap",
)


class Broken(AssertionError):
    """A promise that was not kept."""


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
    """The folder as one machine sees it; what it writes goes out to the others by and by.

    `disk` is what is in it; `files` may be something else for a time, mounted by mistake."""

    def __init__(self, spread: Callable[["View", str, bytes | None], None]) -> None:
        self.trouble = Trouble()
        super().__init__(self.trouble)
        self.disk = self.files
        self.read_only = False
        self._strange: dict[str, bytes] | None = None
        self._spread = spread

    def write_new(self, path: str, data: bytes) -> None:
        if self.read_only:
            raise Denied(path, "chỉ đọc")
        known = path in self.files
        try:
            super().write_new(path, data)
        finally:
            # Killed or not: what is there is there.
            if not known and path in self.files and self.files is self.disk:
                self._spread(self, path, self.files[path])

    def delete(self, path: str) -> None:
        if self.read_only:
            raise Denied(path, "chỉ đọc")
        super().delete(path)
        if self.files is self.disk:
            self._spread(self, path, None)

    def mount(self, strange: dict[str, bytes]) -> None:
        self._strange, self.files = dict(strange), dict(strange)

    def heal(self) -> None:
        if self._strange is not None and self.files != self._strange:
            raise Broken(f"something was written into a strange folder: {sorted(self.files)}")
        self.files, self._strange = self.disk, None
        self.there, self.read_only = True, False
        self.trouble.rest()


@dataclass
class Post:
    """What is under way from one view to another."""

    to: View
    path: str
    data: bytes | None


@dataclass
class Damage:
    files: dict[str, bytes]
    path: str
    bad: bytes
    good: bytes


@dataclass
class Network:
    """One directory that all see at once (`shared`), or a copy each that a replicator keeps."""

    dice: random.Random
    shared: bool
    views: list[View] = field(default_factory=list)
    post: list[Post] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    # Every byte that any machine ever wrote, in that order.
    written: list[tuple[str, bytes]] = field(default_factory=list)

    def view(self, files: dict[str, bytes], like: View | None = None) -> View:
        """A new one, perhaps a copy of another, which gets what is under way to that."""
        view = View(self._spread)
        self.post += [Post(view, post.path, post.data) for post in self.post if post.to is like]
        if self.shared and self.views:
            view.disk = self.views[0].disk
        else:
            view.disk = dict(files)
        view.files = view.disk
        self.views.append(view)
        return view

    def _spread(self, source: View, path: str, data: bytes | None) -> None:
        if data is not None:
            self.written.append((path, data))
        if not self.shared:
            self.post += [Post(view, path, data) for view in self.views if view is not source]

    def deliver(self, count: int) -> None:
        """Some of what is under way arrives, in any order; some of it twice, or cut off first."""
        for _ in range(min(count, len(self.post))):
            post = self.post.pop(self.dice.randrange(len(self.post)))
            luck = self.dice.random()
            if luck < 0.1 and post.data:
                cut = self.dice.choice((0, self.dice.randrange(len(post.data))))
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

    def reconcile(self) -> None:
        """A replicator has the same everywhere in the end."""
        paths = sorted({path for view in self.views for path in view.disk})
        for path in paths:
            found = next(view.disk[path] for view in self.views if path in view.disk)
            gone = self.dice.random() < 0.5 and path != FOUNDING
            if not all(path in view.disk for view in self.views):
                for view in self.views:
                    if gone:
                        view.disk.pop(path, None)
                    else:
                        view.disk.setdefault(path, found)

    @staticmethod
    def _put(view: View, path: str, data: bytes | None) -> None:
        if data is None:
            view.disk.pop(path, None)
        elif path not in view.disk or data.startswith(view.disk[path]):
            view.disk[path] = data
        elif view.disk[path] != data:
            view.disk[path.replace(".", " (conflicted copy).", 1)] = data

    def litter(self, view: View) -> None:
        name = self.dice.choice(sorted(view.disk))
        device = self.dice.choice([n[8:24] for n in view.disk if n.startswith("devices/")] or ["x"])
        for form in self.dice.sample(LITTER, 3):
            junk = form.format(name, device=device)
            view.disk.setdefault(junk, self.dice.choice((b"", self.dice.randbytes(200))))

    def damage(self, view: View) -> None:
        """A file is empty, cut off, another's, or a bit of it flipped, until somebody mends it."""
        path = self.dice.choice(sorted(view.disk))
        good = view.disk[path]
        at = self.dice.randrange(len(good) or 1)
        flipped = good[:at] + bytes(byte ^ 1 for byte in good[at : at + 1]) + good[at + 1 :]
        other = view.disk[self.dice.choice(sorted(view.disk))]
        bad = self.dice.choice((b"", good[:at], flipped, other))
        view.disk[path] = bad
        self.damaged.append(Damage(view.disk, path, bad, good))

    def mend(self) -> None:
        while self.damaged:
            one = self.damaged.pop()
            if one.files.get(one.path) is one.bad:
                one.files[one.path] = one.good

    def vanish(self, view: View, spared: set[str]) -> None:
        """Half of the files are gone for good, here and, by and by, everywhere."""
        for path in sorted(view.disk):
            if path != FOUNDING and path[8:24] not in spared and self.dice.random() < 0.5:
                del view.disk[path]
                if not self.shared:
                    self.post += [Post(other, path, None) for other in self.views]

    def roll_back(self, view: View, back: dict[str, bytes]) -> None:
        """An older copy of the folder is restored; what others have comes again by and by."""
        lost = {path: data for path, data in view.disk.items() if path not in back}
        for path in lost:
            del view.disk[path]
        if not self.shared:
            self.post += [Post(view, path, data) for path, data in lost.items() if data]
