"""A mergeable text in memory: a Loro document whose indexes are code points, as Python's are.

Public entrance: `Document`. Nothing here reads or writes a file (see `schema.texts`).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakMethod

import loro

from schema.errors import N_, ThukyError
from schema.history import AUTHORS, TEXT, History, Splice, Written, difference, splices, written

UNDO_STEPS = 2000
# Loro joins one peer's changes into one while no more than this lies between them, in seconds.
CHANGE_INTERVAL = 60


@dataclass(frozen=True, slots=True)
class Found:
    """An anchor's character is at code point `at`; where it is `gone`, that is where it was."""

    at: int
    gone: bool


class Unreadable(ThukyError):
    """Some of the updates to be merged are none: those at the indexes `which`. The text changed by
    `splices`, of the others."""

    def __init__(self, which: Sequence[int], splices: "Sequence[Splice]" = ()) -> None:
        words = N_("Có {count} phần biên bản không đọc được; các phần khác còn nguyên.")
        super().__init__(words, count=len(which))
        self.which = tuple(which)
        self.splices = tuple(splices)


class Document:
    """One person's open copy of a text. Edits apply at once; `pending()` is what to keep of them.

    `undo` and `redo` take back this document's own edits only, a group of them at a time (see
    `checkpoint`). Whatever changes the text from outside comes back as splices, in order.

    Edits are dated by `clock` (seconds since 1970), by default the system's. A `peer` of one's own
    choice makes the same edits the same bytes again; no two copies may ever write as one peer.
    """

    def __init__(
        self, author: str = "", *, clock: Callable[[], float] | None = None, peer: int | None = None
    ) -> None:
        self._doc: loro.LoroDoc = loro.LoroDoc()
        if peer is not None:
            self._doc.peer_id = peer
        self._clock = clock
        self._doc.set_record_timestamp(True)
        self._doc.set_change_merge_interval(CHANGE_INTERVAL)
        self._text = self._doc.get_text(TEXT)
        self._author = author
        self._signed = False
        self._kept = self._doc.oplog_vv
        self._splices: list[Splice] | None = None
        # Merged updates that wait for others, which have not come yet.
        self._early: list[bytes] = []
        self._undo = self._undo_manager()
        self._grouped = False
        # Not the method itself: a document and its subscription would keep each other in memory.
        note: WeakMethod[Callable[[loro.DiffEvent], None]] = WeakMethod(self._note)
        self._subscription = self._text.subscribe(lambda event: _call(note, event))

    def _undo_manager(self) -> loro.UndoManager:
        manager = loro.UndoManager(self._doc)
        manager.set_max_undo_steps(UNDO_STEPS)
        manager.add_exclude_origin_prefix(AUTHORS)
        return manager

    # Reading

    @property
    def text(self) -> str:
        return self._text.to_string()

    def __len__(self) -> int:
        return self._text.len_unicode

    def anchor(self, at: int) -> bytes:
        """A mark that stays with the character at `at`, whatever is edited around it."""
        cursor = self._text.get_cursor(at, loro.Side.Left)
        return cursor.encode() if cursor else b""

    def position(self, anchor: bytes) -> int | None:
        """Where an anchor's character is now, or None where the anchor is not of this text."""
        found = self.find(anchor)
        return found.at if found else None

    def find(self, anchor: bytes) -> "Found | None":
        """Where an anchor's character is now and whether it is still there; None where the anchor
        is not of this text."""
        try:
            found = self._doc.get_cursor_pos(loro.Cursor.decode(anchor))
            return Found(found.current.pos, found.update is not None)
        except BaseException as error:
            _reraise_exit(error)
            return None

    # Editing

    def insert(self, at: int, text: str) -> None:
        """Raises IndexError outside the text."""
        self._expect(0 <= at <= len(self))
        self._sign()
        self._open_group()
        self._text.insert(at, text)

    def delete(self, at: int, length: int) -> None:
        """Raises IndexError outside the text."""
        self._expect(0 <= at <= at + length <= len(self))
        self._sign()
        self._open_group()
        self._text.delete(at, length)

    def checkpoint(self) -> None:
        """What comes next is undone apart from what came before."""
        if self._grouped:
            self._commit()
            self._undo.group_end()
            self._grouped = False

    def undo(self) -> list[Splice]:
        return self._step(self._undo.undo)

    def redo(self) -> list[Splice]:
        return self._step(self._undo.redo)

    def _step(self, step: Callable[[], bool]) -> list[Splice]:
        self.checkpoint()
        with self._watching() as splices:
            step()
        return splices

    @staticmethod
    def _expect(inside: bool) -> None:
        # Loro would raise a bare BaseException.
        if not inside:
            raise IndexError("outside the text")

    def _open_group(self) -> None:
        if not self._grouped:
            self._commit()
            self._undo.group_start()
            self._grouped = True

    def _sign(self) -> None:
        """Say once, inside the text itself, whose edits this copy's are."""
        if self._signed:
            return
        self._signed = True
        if self._author:
            self._doc.set_next_commit_origin(AUTHORS)
            self._doc.get_map(AUTHORS).insert(str(self._doc.peer_id), self._author)
            self._commit()

    def _commit(self) -> None:
        if self._clock:
            self._doc.set_next_commit_timestamp(int(self._clock()))
        self._doc.commit()

    # Keeping and merging

    @property
    def waiting(self) -> bool:
        """Whether some merged update waits for others that have not come yet."""
        return bool(self._early)

    def pending(self) -> bytes | None:
        """What was edited here since the last call, as one Loro update; None where nothing was."""
        self._commit()
        if self._doc.oplog_vv == self._kept:
            return None
        update = self._doc.export(loro.ExportMode.Updates(self._kept))
        self._kept = self._doc.oplog_vv
        return update

    def merge(self, updates: Sequence[bytes]) -> list[Splice]:
        """Take in updates made elsewhere, in any order, also ones that are already in.

        Raises Unreadable where an update is not one; the others are in.
        """
        broken: list[int] = []
        with self._watching() as splices:
            for index, update in enumerate(updates):
                try:
                    if self._waits(update):
                        self._early.append(update)
                except BaseException as error:
                    _reraise_exit(error)
                    broken.append(index)
        self._early = [update for update in self._early if self._waits(update)]
        self._keep_all_but_own()
        if broken:
            raise Unreadable(broken, splices)
        return splices

    def _keep_all_but_own(self) -> None:
        """What others made need not be kept here; what was edited here and not kept yet must."""
        own = self._doc.peer_id
        kept = self._kept.get_last(own)
        self._kept = self._doc.oplog_vv
        self._kept.set_end(loro.ID(own, 0 if kept is None else kept + 1))

    def _waits(self, update: bytes) -> bool:
        status = self._doc.import_(update)
        return bool(status.pending and status.pending.inner())

    def export(self, since: "Document | None" = None) -> bytes:
        """The whole text with its history, or what it has that `since` has not."""
        self._commit()
        # Not a snapshot: after one was loaded, each later export takes Loro 7 ms a megabyte.
        seen = loro.VersionVector() if since is None else since._doc.oplog_vv
        return self._doc.export(loro.ExportMode.Updates(seen))

    def joined(self, updates: Sequence[bytes]) -> bytes | None:
        """The edits in these updates, all of which are in this document, as one update; None where
        some are not, or an update is none."""
        self._commit()
        pieces: list[tuple[int, int, int]] = []
        try:
            for update in updates:
                meta = loro.LoroDoc.decode_import_blob_meta(update, True)
                starts = _ends(meta.partial_start_vv)
                for peer, end in _ends(meta.partial_end_vv).items():
                    pieces.append((peer, starts.get(peer, 0), end))
        except BaseException as error:
            _reraise_exit(error)
            return None
        here = _ends(self._doc.oplog_vv)
        spans: list[tuple[int, int, int]] = []
        for peer, start, end in sorted(pieces):
            if end > here.get(peer, 0):
                return None
            if spans and spans[-1][0] == peer and start <= spans[-1][2]:
                peer, start, last = spans.pop()
                end = max(last, end)
            spans.append((peer, start, end))
        ranges = [loro.IdSpan(peer, loro.CounterSpan(start, end)) for peer, start, end in spans]
        return self._doc.export(loro.ExportMode.UpdatesInRange(ranges))

    def _note(self, event: loro.DiffEvent) -> None:
        if self._splices is None:
            return
        for change in event.events:
            if isinstance(change.diff, loro.Diff.Text):
                self._splices += splices(change.diff.diff)

    @contextmanager
    def _watching(self) -> Iterator[list[Splice]]:
        self._commit()
        found: list[Splice] = []
        self._splices = found
        try:
            yield found
        finally:
            self._splices = None

    # History

    def history(self) -> History:
        """Its versions up to now."""
        self._commit()
        return History(self._doc)

    def at(self, moment: datetime) -> str:
        """The text as it was at `moment`, to the second. The document itself is not moved."""
        history = self.history()
        return history.text(history.heads_at(moment))

    def written(self, start: int, end: int) -> list[Written]:
        """Who wrote each part of what lies between two code points, and when."""
        self._commit()
        return written(self._doc, start, min(end, len(self)))

    def restore(self, heads: bytes) -> list[Splice]:
        """Make the text what it was (see `History.heads`), as one edit that can be undone."""
        self.checkpoint()
        self._commit()
        found = difference(self._doc, self._doc.oplog_frontiers.encode(), heads)
        for splice in found:
            if splice.removed:
                self.delete(splice.at, splice.removed)
            if splice.inserted:
                self.insert(splice.at, splice.inserted)
        self.checkpoint()
        return found


def _call(note: "WeakMethod[Callable[[loro.DiffEvent], None]]", event: loro.DiffEvent) -> None:
    if method := note():
        method(event)


def read(updates: Sequence[bytes]) -> str:
    """What a text says after these updates; those that cannot be read, or wait for others, count
    for nothing. A third of a `Document`'s cost."""
    doc = loro.LoroDoc()
    for update in updates:
        try:
            doc.import_(update)
        except BaseException as error:
            _reraise_exit(error)
    return doc.get_text(TEXT).to_string()


def _ends(seen: loro.VersionVector) -> dict[int, int]:
    """For each peer, how many of its operations are in it."""
    return {peer: end for peer, (_, end) in seen.to_spans().inner().items()}


def _reraise_exit(error: BaseException) -> None:
    """Loro reports bad bytes as a bare BaseException; what is meant for the process goes on."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
