"""The shared folder of a workspace: what lies where, and whether it is the right one.

    thuky.workspace                          the founding; its hash names the workspace
    cards/<device>-<issuer>.card             a member, signed by one
    revocations/<device>-<issuer>-<last>.revoked
    epochs/<number>-<issuer>-<id>.epoch      a key for the members that remain
    invites/…                                sync/pairing.py
    devices/<device>/<first>-<last>.seg      sync/segment.py
    devices/<device>/<number>.<topic>        sync/notes.py
    snapshots/<device>/<number>-<part>.snap  sync/snapshot.py

Whatever else lies there (conflict copies, drafts of replicators) is not looked at. Public entrance:
`Workspace`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from schema.errors import N_, ThukyError
from schema.ids import Randomness
from sync.change import START, Change, Position
from sync.folder import AlreadyThere, Folder, FolderError, NotThere, TooLarge
from sync.keys import Vault
from sync.log import log_of, ranges_of
from sync.membership import Membership
from sync.problem import Problem, Refused
from sync.recognition import Emptied, OtherWorkspace, recognise
from sync.sealed import MOST_BYTES
from sync.segment import Author, Outgoing, Segment, open_segment, path_of, write

DEVICE = re.compile(r"[0-9a-f]{16}")


class Cloned(ThukyError):
    """Somebody else writes under this device's identity, or this database is older than what it
    once wrote: the device must take a new identity before it writes again."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Thư mục chung có phần mang danh tính của máy này mà máy này không ghi: cơ sở dữ "
                "liệu được chép sang máy khác hoặc được phục hồi từ bản cũ. Không có gì bị mất; "
                "máy này sẽ nhận danh tính mới."
            )
        )


class PutOut(ThukyError):
    """This device is no longer a member."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Máy này đã bị loại khỏi không gian làm việc nên không gửi và nhận nữa. Dữ liệu "
                "trên máy còn nguyên; muốn đồng bộ tiếp thì tham gia lại bằng mã mời mới."
            )
        )


class Workspace:
    """A folder seen by one of the workspace's devices. `clock` gives Unix seconds."""

    def __init__(
        self,
        folder: Folder,
        vault: Vault,
        *,
        clock: Callable[[], float],
        randomness: Randomness,
    ) -> None:
        self.folder = folder
        self.vault = vault
        self.clock = clock
        self.randomness = randomness
        self.membership = Membership(folder, vault, lambda: self.now_ms, randomness)
        self._own_seen: tuple[object, ...] = ()

    @property
    def now_ms(self) -> int:
        return int(self.clock() * 1000)

    # Whether it is the right folder, and who belongs to it

    def refresh(self, known: Mapping[str, Position] | None = None) -> list[Problem]:
        """See that the folder is the right one, and learn of members, revocations and epochs.

        `known` is how far this device has applied each other's log. Raises FolderError, Emptied,
        OtherWorkspace, NotAWorkspace, and PutOut where this device is no longer a member.
        """
        found = recognise(self.folder)
        if found is None:
            raise Emptied
        if found != self.vault.workspace:
            raise OtherWorkspace
        problems = self.membership.learn()
        if self.vault.device in self.vault.trust.revoked:
            with suppress(FolderError):
                self.membership.concede()
            raise PutOut
        self.membership.attest(known or {})
        if self.vault.trust.writing() is None:
            self.membership.start_epoch()
        return problems

    # This device's own log

    @property
    def author(self) -> Author:
        """What it takes to write. Raises PutOut; call `refresh` first."""
        writing = self.vault.trust.writing()
        if writing is None:
            raise PutOut
        vault = self.vault
        return Author(vault.workspace, vault.identity, vault.device, writing, self.randomness)

    def seal(self, changes: Iterable[Change], after: Position) -> list[Outgoing]:
        """The changes as finished files that follow `after` in this device's log. Keep them, and
        the last one's position, in the database before `put` writes the first: then a kill at any
        moment leaves the same files to write under the same names."""
        return list(write(changes, self.author, after))

    def put(self, outgoing: Outgoing) -> None:
        """Write one file; doing it again does nothing. Raises FolderError, or Cloned where
        another file of this device has its name."""
        try:
            self.folder.write_new(outgoing.path, outgoing.data)
        except AlreadyThere:
            if self.folder.read(outgoing.path, MOST_BYTES) == outgoing.data:
                return
            if self.mine(outgoing.path):
                raise Cloned from None
            # Damage, or somebody's joke: none of our own writing is lost with it.
            self.folder.delete(outgoing.path)
            self.folder.write_new(outgoing.path, outgoing.data)

    def whole(self, position: Position) -> bool:
        """Whether the folder still holds all of this device's log up to `position`, its end.

        Where it does not, an older copy of the folder came back: write it anew
        (`sync.consolidation.restore`). Raises
        Cloned where it holds more than that, or something else.
        """
        own = self.vault.device
        ranges = ranges_of(self.folder, own)
        seen = (position, *ranges)
        if seen != self._own_seen:
            for first, last in ranges:
                if last >= position.last and self.mine(path_of(own, first, last), unless=position):
                    raise Cloned
            self._own_seen = seen
        reach = 0
        for first, last in ranges:
            if first <= reach + 1:
                reach = max(reach, last)
        return reach >= position.last

    def mine(self, path: str, unless: Position | None = None) -> bool:
        """Whether this device's key signed that file, but for the one that ends at `unless`."""
        try:
            data = self.folder.read(path, MOST_BYTES)
            segment = open_segment(data, path, self.vault.workspace, self.vault.trust)
        except (Refused, NotThere, TooLarge):
            return False
        return segment.position != unless

    # The logs of the others

    def devices(self) -> list[str]:
        """The other devices that have a folder."""
        names = (name.rstrip("/") for name in self.folder.names("devices"))
        own = self.vault.device
        return [name for name in names if DEVICE.fullmatch(name) and name != own]

    def new_segments(self, known: Mapping[str, Position]) -> Iterator[Segment | Problem]:
        """What others wrote after the places in `known`, each device's in order; and what cannot
        be taken now. Apply each before asking for the next: `known` is read once, as it starts.

        Raises FolderError where the folder itself fails; what came before counts.
        """
        for device in sorted({*self.devices(), *(known.keys() - {self.vault.device})}):
            yield from log_of(self.folder, self.vault, device, known.get(device, START))
