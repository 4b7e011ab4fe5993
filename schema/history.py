"""What a text was, version by version, and who wrote which of its words.

Public entrance: `History` (from `Document.history`), `Version`, `Written`. A version holds all that
its words were written on, however wrong a machine's clock was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import overload

import loro

TEXT = "text"
AUTHORS = "authors"


@dataclass(frozen=True, slots=True)
class Splice:
    """At code point `at`, `removed` code points made way for `inserted`."""

    at: int
    removed: int
    inserted: str


@dataclass(frozen=True, slots=True)
class Version:
    """What was written at one go: until when (UTC), by whom, how many operations.

    One person's edits of one minute; those of several where they took turns within it.
    """

    at: datetime
    author: str
    operations: int


@dataclass(frozen=True, slots=True)
class Written:
    """Code points `start` to `end` of a text, written by `author` at about `at` (UTC)."""

    start: int
    end: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A version's text. `back` turns it into that of the version before: what a splice removes was
    written in this version, what it inserts was removed."""

    text: str
    back: Sequence[Splice]


@dataclass(frozen=True, slots=True)
class _Change:
    """A peer's operations up to `end`."""

    peer: int
    end: int
    length: int
    timestamp: int
    author: str

    @property
    def minute(self) -> int:
        return self.timestamp // 60


class History(Sequence[Version]):
    """The versions of a text, oldest first, as they were when it was asked for."""

    def __init__(self, doc: loro.LoroDoc) -> None:
        """`doc` is not moved, and may be edited on."""
        self._doc = doc
        self._past: loro.LoroDoc | None = None
        self._changes = _ordered(doc)
        groups = list(_grouped(self._changes))
        # For each version, how many operations of each peer are in it.
        self._ends: list[dict[int, int]] = []
        for group in groups:
            self._ends.append({**(self._ends[-1] if self._ends else {}), **_ends(group)})
        self._versions = [
            Version(
                _moment(max(c.timestamp for c in group)),
                ", ".join(dict.fromkeys(c.author for c in group if c.author)),
                sum(c.length for c in group),
            )
            for group in groups
        ]

    def __len__(self) -> int:
        return len(self._versions)

    @overload
    def __getitem__(self, number: int) -> Version: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Version]: ...
    def __getitem__(self, number: int | slice) -> Version | Sequence[Version]:
        return self._versions[number]

    def heads(self, number: int) -> bytes:
        """What `Document.restore` needs of version `number`."""
        return self._heads(self._ends[number])

    def heads_at(self, moment: datetime) -> bytes:
        """The same of what had been written by `moment`, to the second."""
        return self._heads(_ends(c for c in self._changes if _moment(c.timestamp) <= moment))

    def text(self, heads: bytes) -> str:
        self._checkout(heads)
        return self._copy.get_text(TEXT).to_string()

    def show(self, number: int) -> Shown:
        """A version, and what it changed. Costs what lies between it and the one shown last."""
        here = self.heads(number)
        text = self.text(here)
        if not number:
            # Of a long text, Loro takes a minute to find that out.
            return Shown(text, [Splice(0, len(text), "")] if text else [])
        return Shown(text, difference(self._copy, here, self.heads(number - 1)))

    @property
    def _copy(self) -> loro.LoroDoc:
        if self._past is None:
            self._past = self._doc.fork()
        return self._past

    def _checkout(self, heads: bytes) -> None:
        self._copy.checkout(loro.Frontiers.decode(heads))

    def _heads(self, ends: Mapping[int, int]) -> bytes:
        seen = loro.VersionVector()
        for peer, end in ends.items():
            seen.set_end(loro.ID(peer, end))
        return self._doc.vv_to_frontiers(seen).encode()


def difference(doc: loro.LoroDoc, of: bytes, to: bytes) -> list[Splice]:
    """What turns the text of one version into that of another, to be applied in order."""
    found: list[Splice] = []
    batch = doc.diff(loro.Frontiers.decode(of), loro.Frontiers.decode(to))
    for _, diff in batch.get_diff():
        if isinstance(diff, loro.Diff.Text):
            found += splices(diff.diff)
    return found


def splices(deltas: Sequence[object]) -> Iterator[Splice]:
    """A delta's steps as splices that can be applied one after the other."""
    at = 0
    for delta in deltas:
        match delta:
            case loro.TextDelta.Retain():
                at += delta.retain
            case loro.TextDelta.Delete():
                yield Splice(at, delta.delete, "")
            case loro.TextDelta.Insert():
                yield Splice(at, 0, delta.insert)
                at += len(delta.insert)


def written(doc: loro.LoroDoc, start: int, end: int) -> list[Written]:
    """Who wrote each part of the text between two code points."""
    names, text = names_of(doc), doc.get_text(TEXT)
    change: loro.ChangeMeta | None = None
    found: list[Written] = []
    for at in range(start, end):
        cursor = text.get_cursor(at, loro.Side.Left)
        id = cursor.id if cursor else None
        if id is None:
            continue
        if change is None or not _holds(change, id):
            change = doc.get_change(id)
        if change is None:
            continue
        author, moment = names.get(id.peer, ""), _moment(change.timestamp)
        last = found[-1] if found else None
        if last and (last.end, last.author, last.at) == (at, author, moment):
            found[-1] = Written(last.start, at + 1, author, moment)
        else:
            found.append(Written(at, at + 1, author, moment))
    return found


def names_of(doc: loro.LoroDoc) -> Mapping[int, str]:
    """Whose edits each peer's are."""
    authors = doc.get_map(AUTHORS).get_deep_value()
    return {int(k): str(v) for k, v in authors.items()} if isinstance(authors, dict) else {}


def _holds(change: loro.ChangeMeta, id: loro.ID) -> bool:
    start = change.id.counter
    return change.id.peer == id.peer and start <= id.counter < start + change.len


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _ordered(doc: loro.LoroDoc) -> list[_Change]:
    """All changes, each after those it was made on: Loro dates none before these."""
    names = names_of(doc)
    found: list[loro.ChangeMeta] = []
    for peer, (counter, end) in doc.oplog_vv.to_spans().inner().items():
        while counter < end:
            change = doc.get_change(loro.ID(peer, counter))
            if change is None:
                break
            found.append(change)
            counter = change.id.counter + change.len
    found.sort(key=lambda c: (c.timestamp, c.lamport))
    return [
        _Change(c.id.peer, c.id.counter + c.len, c.len, c.timestamp, names.get(c.id.peer, ""))
        for c in found
    ]


def _ends(changes: Iterable[_Change]) -> dict[int, int]:
    """Up to where each peer's operations are in these changes, which are in order."""
    return {change.peer: change.end for change in changes}


def _grouped(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    for _, block in groupby(changes, lambda change: change.minute):
        within = list(block)
        turns = [list(turn) for _, turn in groupby(within, lambda change: change.author)]
        if len(turns) == len({change.author for change in within}):
            yield from turns
        else:
            yield within
