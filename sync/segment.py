"""Segments: numbered pieces of a device's log. Public entrance: `write`, `merge`, `open_segment`.

A device's segments are numbered from 1; each names the hash of the one before, so that none can be
left out, swapped or told twice. A merged segment stands for the numbers `first` to `last` and
says which hash the last of them had, so that the chain goes on after the small ones are gone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from schema.ids import Randomness
from sync import codec
from sync.change import Change, Position
from sync.identity import Identity
from sync.problem import Problem, Reason, Refused
from sync.sealed import MOST_FRAMES, Header, Kind, Sealed, look, seal
from sync.trust import Trust, Writing

NAME = re.compile(r"([1-9][0-9]{0,9})-([1-9][0-9]{0,9})\.seg")
MOST_NUMBER = (1 << 32) - 1
# The names of a round are mostly those of the round before.
KEPT_NAMES = 1 << 14
# What a merged segment names as the one before where it was made anew after the folder lost what
# was there: its place in the chain is known, the hashes between are not.
UNCHAINED = bytes(32)
UNKNOWN = b"\xff" * 32
# Where a writer starts another file.
FULL_BYTES = 32 << 20
FULL_FRAMES = MOST_FRAMES // 2


@dataclass(frozen=True, slots=True)
class Author:
    """What it takes to write: whose workspace, who, and the epoch of new files."""

    workspace: bytes
    identity: Identity
    device: str
    writing: Writing
    randomness: Randomness


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A finished file for the folder, and where the log stands once it is there."""

    path: str
    data: bytes
    position: Position


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment whose signature and place have been checked."""

    path: str
    device: str
    epoch: str
    first: int
    # Where the device's log stands once this is applied.
    position: Position
    merged: bool
    made_at: int
    previous: bytes
    size: int
    _sealed: Sealed
    _key: bytes

    @property
    def last(self) -> int:
        return self.position.last

    def batches(self) -> Iterator[list[Change]]:
        """The changes, some thousands at a time, in the order in which they were written.

        Raises Refused where the content cannot be read, so apply all batches or none.
        """
        for frame in self._sealed.frames(self._key):
            try:
                yield codec.decode(frame, self.device)
            except codec.Newer as error:
                raise Refused(Reason.NEWER, str(error)) from error
            except codec.Malformed as error:
                raise Refused(Reason.MALFORMED, str(error)) from error

    def problem(self, refused: Refused) -> Problem:
        return Problem(refused.reason, self.path, self.device, refused.detail)


def folder_of(device: str) -> str:
    return f"devices/{device}"


def path_of(device: str, first: int, last: int) -> str:
    return f"{folder_of(device)}/{first}-{last}.seg"


@lru_cache(KEPT_NAMES)
def range_of(name: str) -> tuple[int, int] | None:
    """The numbers that a segment's file name says, or None for any other name."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    first, last = int(found[1]), int(found[2])
    return (first, last) if first <= last <= MOST_NUMBER else None


def write(changes: Iterable[Change], author: Author, after: Position) -> Iterator[Outgoing]:
    """New segments that follow the place `after`: one, or more where there is very much."""
    frames = (codec.encode(batch, author.device) for batch in codec.batches(changes))
    for portion in portions(frames):
        number = after.last + 1
        header = _header(author, Kind.SEGMENT, number, number, after.head)
        after, outgoing = _outgoing(header, portion, author)
        yield outgoing


def merge(
    changes: Iterable[Change],
    author: Author,
    after: Position,
    upto: Position,
    now_ms: int,
) -> Outgoing | None:
    """One segment for all that was written after the one place up to the other; None where it
    would be too large for one file."""
    frames = (codec.encode(batch, author.device) for batch in codec.batches(changes))
    pieces = portions(frames)
    portion = next(pieces, [])
    if next(pieces, None) is not None:
        return None
    header = _header(author, Kind.MERGED, after.last + 1, upto.last, after.head, upto.head, now_ms)
    return _outgoing(header, portion, author)[1]


def rewrite(
    changes: Iterable[Change], author: Author, upto: Position, now_ms: int
) -> Iterator[Outgoing]:
    """All of a log up to `upto` anew, where the folder lost it: one merged segment, or more where
    there is very much."""
    frames = (codec.encode(batch, author.device) for batch in codec.batches(changes))
    pieces = portions(frames)
    portion: list[bytes] = next(pieces, [])
    for number in range(1, upto.last + 1):
        following = next(pieces, None)
        last, head = (upto.last, upto.head) if following is None else (number, UNKNOWN)
        header = _header(author, Kind.MERGED, number, last, UNCHAINED, head, now_ms)
        yield _outgoing(header, portion, author)[1]
        if following is None:
            return
        portion = following
    raise ValueError("a log has at least as many numbers as files")


def _header(
    author: Author,
    kind: Kind,
    first: int,
    last: int,
    previous: bytes,
    head: bytes = b"",
    made_at: int = 0,
) -> Header:
    epoch = bytes.fromhex(author.writing.id)
    workspace = author.workspace[:8]
    return Header(kind, workspace, author.device, epoch, first, last, previous, head, made_at)


def _outgoing(header: Header, frames: list[bytes], author: Author) -> tuple[Position, Outgoing]:
    data = seal(header, frames, author.writing.key, author.identity, author.randomness)
    head = header.head or look(data, author.workspace).hash
    position = Position(header.last, head)
    return position, Outgoing(path_of(author.device, header.first, header.last), data, position)


def portions(frames: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The frames in portions that each fit in a file."""
    portion: list[bytes] = []
    size = 0
    for frame in frames:
        if portion and (size + len(frame) > FULL_BYTES or len(portion) == FULL_FRAMES):
            yield portion
            portion, size = [], 0
        portion.append(frame)
        size += len(frame)
    if portion:
        yield portion


def open_segment(data: bytes, path: str, workspace: bytes, trust: Trust) -> Segment:
    """Check what the file at `path` says and who wrote it. Raises Refused."""
    _, device, name = path.split("/")
    sealed = look(data, workspace)
    header = sealed.header
    if header.kind not in (Kind.SEGMENT, Kind.MERGED):
        raise Refused(Reason.NOT_OURS)
    if (header.device, (header.first, header.last)) != (device, range_of(name)):
        raise Refused(Reason.WRONG_NAME)
    merged = header.kind == Kind.MERGED
    if not merged and header.first != header.last:
        raise Refused(Reason.MALFORMED, "range")
    if device not in trust.members:
        raise Refused(Reason.UNKNOWN_DEVICE)
    sealed.verify(trust.members[device].public)
    epoch = header.epoch.hex()
    if epoch not in trust.epochs:
        raise Refused(Reason.UNKNOWN_EPOCH, epoch)
    return Segment(
        path=path,
        device=device,
        epoch=epoch,
        first=header.first,
        position=Position(header.last, header.head or sealed.hash),
        merged=merged,
        made_at=header.made_at,
        previous=header.previous,
        size=len(data),
        _sealed=sealed,
        _key=trust.epochs[epoch].key,
    )


def changes_of(segments: Iterable[Segment]) -> Iterator[Change]:
    """All their changes in order. Raises Refused."""
    return chain.from_iterable(chain.from_iterable(s.batches() for s in segments))
