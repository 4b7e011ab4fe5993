"""A snapshot: all that a device holds at one place of every log, for machines that start empty.

Public entrance: `publish`, `newest`, `newest_of`, `withdraw`. It lies in
`snapshots/<device>/<number>-<part>.snap`, as many parts as it takes; the last part says that it is.
Each part names the same id, and begins with a frame that lists the places; the other frames are
changes, as in a segment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from sync import codec
from sync.change import Change, Position
from sync.folder import Folder, FolderError, Gone
from sync.identity import digest
from sync.problem import Reason, Refused
from sync.sealed import MOST_BYTES, Header, Kind, Sealed, look, seal
from sync.segment import Author, portions
from sync.statement import read
from sync.workspace import DEVICE, Workspace

NAME = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,5})\.snap")
Places = dict[str, Position]


def publish(workspace: Workspace, changes: Iterable[Change], places: Mapping[str, Position]) -> int:
    """Write a snapshot that stands for the logs up to `places` (this device's own among them),
    and take this device's older ones away. Returns the number of its files. Raises FolderError.
    """
    folder, author = workspace.folder, workspace.author
    before = _parts(folder, author.device)
    number = max(before, default=0) + 1
    preamble = msgspec.msgpack.encode({d: tuple(p) for d, p in sorted(places.items())})
    id = digest(author.randomness(32) + preamble)
    count = 0
    for part, (frames, final) in enumerate(_marked(portions(_frames(changes, author))), 1):
        header = _header(author, number, part, final, id)
        data = seal(
            header, [preamble, *frames], author.writing.key, author.identity, author.randomness
        )
        folder.write_new(_path(author.device, number, part), data)
        count = part
    for old, numbers in before.items():
        for part in numbers:
            folder.delete(_path(author.device, old, part))
    return count


def withdraw(workspace: Workspace, device: str) -> None:
    """Take the snapshots of that device away. Raises FolderError."""
    for number, parts in _parts(workspace.folder, device).items():
        for part in parts:
            workspace.folder.delete(_path(device, number, part))


def _frames(changes: Iterable[Change], author: Author) -> Iterator[bytes]:
    for batch in codec.batches(changes):
        yield codec.encode(batch, author.device)


def _marked(pieces: Iterator[list[bytes]]) -> Iterator[tuple[list[bytes], bool]]:
    """Each piece, and whether it is the last; an empty one where there is none."""
    piece = next(pieces, [])
    for following in pieces:
        yield piece, False
        piece = following
    yield piece, True


def _header(author: Author, number: int, part: int, final: bool, id: bytes) -> Header:
    return Header(
        Kind.SNAPSHOT,
        author.workspace[:8],
        author.device,
        bytes.fromhex(author.writing.id),
        number,
        # The last part has the highest bit.
        part | (1 << 31 if final else 0),
        id,
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole snapshot, all of whose parts have been seen."""

    device: str
    number: int
    places: Places
    _workspace: Workspace
    _parts: int
    _id: bytes

    def batches(self) -> Iterator[tuple[list[Change], float]]:
        """The changes, some thousands at a time, and how much that makes of all (up to 1). Raises
        Refused and FolderError: apply all or none."""
        for part in range(1, self._parts + 1):
            sealed, key = _open(self._workspace, self.device, self.number, part)
            if sealed.header.previous != self._id:
                raise Refused(Reason.CHAIN_BROKEN)
            frames = sealed.frames(key)
            next(frames)
            for number, frame in enumerate(frames, 2):
                reached = (part - 1 + number / len(sealed.spans)) / self._parts
                try:
                    yield codec.decode(frame, self.device), reached
                except codec.Newer as error:
                    raise Refused(Reason.NEWER) from error
                except codec.Malformed as error:
                    raise Refused(Reason.MALFORMED, str(error)) from error


def newest(workspace: Workspace) -> Snapshot | None:
    """The whole snapshot of an active member that stands for the most, or None. Raises Gone."""
    best: Snapshot | None = None
    folder = workspace.folder
    for name in folder.names("snapshots"):
        device = name.rstrip("/")
        if not DEVICE.fullmatch(device) or device not in workspace.vault.trust.active:
            continue
        try:
            found = newest_of(workspace, device)
        except Gone:
            raise
        except FolderError:
            continue
        if found and (best is None or _reach(found) > _reach(best)):
            best = found
    return best


def _reach(snapshot: Snapshot) -> int:
    return sum(place.last for place in snapshot.places.values())


def newest_of(workspace: Workspace, device: str) -> Snapshot | None:
    """The whole snapshot that this device made last, or None. Raises FolderError."""
    for number, parts in sorted(_parts(workspace.folder, device).items(), reverse=True):
        if parts != list(range(1, len(parts) + 1)):
            continue
        try:
            sealed, key = _open(workspace, device, number, len(parts))
            if not sealed.header.last >> 31:
                continue
            said = read(next(sealed.frames(key), b""), dict[str, tuple[int, bytes]])
        except Refused:
            continue
        places = {name: Position(*place) for name, place in said.items()}
        return Snapshot(device, number, places, workspace, len(parts), sealed.header.previous)
    return None


def _parts(folder: Folder, device: str) -> dict[int, list[int]]:
    """For each snapshot of a device, its parts that are there."""
    found: dict[int, list[int]] = {}
    for name in folder.names(f"snapshots/{device}"):
        if named := NAME.fullmatch(name):
            found.setdefault(int(named[1]), []).append(int(named[2]))
    return {number: sorted(parts) for number, parts in found.items()}


def _path(device: str, number: int, part: int) -> str:
    return f"snapshots/{device}/{number}-{part}.snap"


def _open(workspace: Workspace, device: str, number: int, part: int) -> tuple[Sealed, bytes]:
    """One part, checked, and the key that opens it. Raises Refused and FolderError."""
    vault = workspace.vault
    sealed = look(workspace.folder.read(_path(device, number, part), MOST_BYTES), vault.workspace)
    header = sealed.header
    if header.kind != Kind.SNAPSHOT:
        raise Refused(Reason.NOT_OURS)
    if (header.device, header.first, header.last & ~(1 << 31)) != (device, number, part):
        raise Refused(Reason.WRONG_NAME)
    sealed.verify(vault.trust.members[device].public)
    key = vault.trust.epochs.get(header.epoch.hex())
    if key is None:
        raise Refused(Reason.UNKNOWN_EPOCH)
    return sealed, key.key
