"""Short sealed notes of which only the newest of each device counts, such as its digest.

Public entrance: `Topic`, `publish`, `withdraw`, `Notes`. A note is a file
`devices/<device>/<number>.<topic>`; the device takes its older ones away after the new one is
there.
"""

import re
from enum import IntEnum

from sync.folder import Folder, FolderError, Gone, NotThere
from sync.problem import Reason, Refused
from sync.sealed import Header, Kind, look, seal
from sync.segment import UNCHAINED, folder_of
from sync.workspace import Workspace

MOST_BYTES = 1 << 20
# So many names after the last listed one are asked for where that is not there.
AHEAD = 3


class Topic(IntEnum):
    """What a note is about; it is bound into the note."""

    DIGEST = 1
    PRESENCE = 2

    @property
    def form(self) -> re.Pattern[str]:
        return re.compile(rf"([1-9][0-9]{{0,8}})\.{self.name.lower()}")

    def numbers(self, folder: Folder, device: str) -> list[int]:
        """The notes of a device, oldest first."""
        named = (self.form.fullmatch(name) for name in folder.names(folder_of(device)))
        return sorted(int(name[1]) for name in named if name)

    def path(self, device: str, number: int) -> str:
        return f"{folder_of(device)}/{number}.{self.name.lower()}"


def publish(workspace: Workspace, topic: Topic, content: bytes, above: int = 0) -> int:
    """Put `content` (under 1 MB) in the place of this device's note. Raises FolderError.

    Returns the note's number, which is higher than `above` also where the folder lost the older.
    """
    folder, author = workspace.folder, workspace.author
    older = topic.numbers(folder, author.device)
    number = max([above, *older]) + 1
    header = Header(
        Kind.NOTE,
        author.workspace[:8],
        author.device,
        bytes.fromhex(author.writing.id),
        number,
        topic,
        UNCHAINED,
    )
    data = seal(header, [content], author.writing.key, author.identity, author.randomness)
    folder.write_new(topic.path(author.device, number), data)
    for old in older:
        folder.delete(topic.path(author.device, old))
    return number


def withdraw(workspace: Workspace, topic: Topic) -> None:
    """Take this device's note away, if there is one. Raises FolderError."""
    device = workspace.author.device
    for number in topic.numbers(workspace.folder, device):
        workspace.folder.delete(topic.path(device, number))


class Notes:
    """The newest note of each device on one topic; files that were read are not read again."""

    def __init__(self, workspace: Workspace, topic: Topic) -> None:
        self._workspace = workspace
        self._topic = topic
        self._read: dict[str, tuple[int, bytes]] = {}

    def read(self) -> dict[str, bytes]:
        """By device, without this one. What cannot be read now stays as it was. Raises Gone."""
        workspace = self._workspace
        there = set(workspace.devices())
        for device in there | self._read.keys():
            if device not in there & workspace.vault.trust.active:
                self._read.pop(device, None)
                continue
            try:
                numbers = self._topic.numbers(workspace.folder, device)
            except Gone:
                raise
            except FolderError:
                continue
            self._newest(device, numbers)
        return {device: content for device, (_, content) in self._read.items()}

    def find(self, device: str, number: int) -> bytes | None:
        """What that note says, where it is there and can be read. Raises Gone."""
        return self._read[device][1] if self._take(device, number) else None

    def _newest(self, device: str, numbers: list[int]) -> None:
        if device in self._read and self._read[device][0] not in numbers:
            # It was withdrawn, or an older copy of the folder came back and the device counts from
            # there.
            del self._read[device]
        absent = not numbers
        for number in reversed(numbers):
            if device in self._read and number <= self._read[device][0]:
                return
            taken = self._take(device, number)
            if taken:
                return
            absent = absent or taken is None
        if absent:
            # A network file system shows listings from before the note was replaced.
            top = max(numbers, default=0)
            any(self._take(device, number) for number in range(top + 1, top + 1 + AHEAD))

    def _take(self, device: str, number: int) -> bool | None:
        """Whether that note could be read; None where it is not there. Raises Gone."""
        path = self._topic.path(device, number)
        try:
            data = self._workspace.folder.read(path, MOST_BYTES)
            self._read[device] = number, self._open(data, device, number)
        except Gone:
            raise
        except NotThere:
            return None
        except (FolderError, Refused):
            return False
        return True

    def _open(self, data: bytes, device: str, number: int) -> bytes:
        """Raises Refused."""
        vault = self._workspace.vault
        sealed = look(data, vault.workspace)
        header = sealed.header
        if header.kind != Kind.NOTE:
            raise Refused(Reason.NOT_OURS)
        if (header.device, header.first, header.last) != (device, number, self._topic):
            raise Refused(Reason.WRONG_NAME)
        sealed.verify(vault.trust.members[device].public)
        key = vault.trust.epochs.get(header.epoch.hex())
        if key is None:
            raise Refused(Reason.UNKNOWN_EPOCH)
        frames = list(sealed.frames(key.key))
        if len(frames) != 1:
            raise Refused(Reason.MALFORMED, "frames")
        return frames[0]
