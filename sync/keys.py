"""A device's secrets at rest. Public entrance: `Vault`, `found`, `load`.

They lie in a file beside the database (mode 0600), not in it: a copy or a backup of the database,
which people hand around and restore elsewhere, must carry neither a device's identity nor keys.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from schema.errors import N_, ThukyError
from schema.ids import Randomness
from sync.identity import Identity
from sync.local import Stamp, stamp_of
from sync.lock import exclusively
from sync.statement import Founding, Kind, Member, look, state
from sync.trust import Trust

VERSION = 1
S = TypeVar("S", bound=msgspec.Struct)
# The founding says which workspace there is, so it cannot name one in its header.
NO_WORKSPACE = bytes(8)


class Pending(msgspec.Struct, frozen=True):
    """An invitation that is open until `expires_at` (milliseconds). `joined` is who took it."""

    key: bytes
    expires_at: int
    wrong: int = 0
    joined: Member | None = None
    request: bytes = b""


class Kept(msgspec.Struct):
    """What the file holds."""

    workspace: bytes
    name: str
    sign_seed: bytes
    box_secret: bytes
    trust: Trust
    invites: dict[str, Pending] = {}
    version: int = VERSION
    # The cards by which this device belongs, the last its own; those before are of the names that
    # it had and that vouch for it.
    cards: list[bytes] = []
    note: str = "Khóa bí mật của máy này: không gửi, không chép sang máy khác."


Save = Callable[[Kept], object]


class Vault:
    """An enrolled device: who it is, whom it trusts, what it can read. `save` keeps changes."""

    def __init__(self, kept: Kept, save: Save = lambda kept: None) -> None:
        self.kept = kept
        self._save = save
        self.saved: object = None
        """What the last `save` returned."""

    @cached_property
    def identity(self) -> Identity:
        return Identity(self.kept.sign_seed, self.kept.box_secret)

    @cached_property
    def device(self) -> str:
        return self.identity.public.device

    @property
    def workspace(self) -> bytes:
        """16 bytes."""
        return self.kept.workspace

    @property
    def trust(self) -> Trust:
        return self.kept.trust

    @property
    def name(self) -> str:
        return self.kept.name

    def save(self) -> None:
        self.saved = self._save(self.kept)


def workspace_id(founding: bytes) -> bytes:
    """The id of the workspace that this file founds. Raises Refused."""
    statement = look(founding, Kind.WORKSPACE, NO_WORKSPACE)
    statement.verify(statement.read(Founding).member.public)
    return statement.hash[:16]


def found(
    name: str, now_ms: int, randomness: Randomness, save: Save = lambda kept: None
) -> tuple[Vault, bytes]:
    """A new workspace with one member, and the file that founds it."""
    identity = Identity.new(randomness)
    public = identity.public
    member = Member(public.sign, public.box, name, public.device, now_ms)
    said = Founding(msgspec.structs.replace(member, name=""), randomness(16))
    founding = state(Kind.WORKSPACE, NO_WORKSPACE, said, identity)
    trust = Trust(members={public.device: member})
    kept = Kept(workspace_id(founding), name, identity.sign_seed, identity.box_secret, trust)
    return Vault(kept, save), founding


def load(path: Path) -> Vault | None:
    """The secrets kept at `path`, or None where there are none. Raises ThukyError."""
    kept = read_secret(path, Kept)
    return None if kept is None else Vault(kept, saver(path, kept))


def saver(path: Path, loaded: Kept | None = None) -> Callable[[Kept], Stamp]:
    """What writes secrets to `path`, whole or not at all, and returns the stamp of the file.

    The app invites while the process that syncs answers: invitations that the other has made or
    ended since these secrets were `loaded` are taken over. What each learns of who belongs is in
    the folder anyway.
    """
    seen = dict(loaded.invites) if loaded else {}

    def save(kept: Kept) -> Stamp:
        nonlocal seen
        with exclusively(path):
            with suppress(ThukyError):
                there = read_secret(path, Kept)
                if there and there.sign_seed == kept.sign_seed:
                    _take_over(kept.invites, seen, there.invites)
            written = write_secret(path, kept)
        seen = dict(kept.invites)
        return written

    return save


def _take_over(
    own: dict[str, Pending], seen: Mapping[str, Pending], there: Mapping[str, Pending]
) -> None:
    """Change in `own` what somebody else has changed `there` since both were as `seen`."""
    for place in own.keys() | there.keys():
        if own.get(place) == seen.get(place):
            if place in there:
                own[place] = there[place]
            else:
                own.pop(place, None)


def read_secret(path: Path, type: type[S]) -> S | None:
    try:
        data = path.read_bytes()
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error
    try:
        return msgspec.json.decode(data, type=type)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        # The message of the error may quote what it read.
        raise _unreadable(path, "JSON") from error


def _unreadable(path: Path, reason: str) -> ThukyError:
    return ThukyError(
        N_(
            "Không đọc được tệp khóa {path} ({reason}). Dữ liệu trên máy còn nguyên nhưng chưa "
            "đồng bộ được; hãy phục hồi tệp khóa, hoặc tham gia lại bằng mã mời mới."
        ),
        path=path,
        reason=reason,
    )


def write_secret(path: Path, secret: msgspec.Struct) -> Stamp:
    """Returns the stamp of the file. Raises ThukyError where it cannot be; then
    what was there stays."""
    data = msgspec.json.format(msgspec.json.encode(secret, order="deterministic"))
    try:
        # mkstemp makes the file 0600.
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                written = stamp_of(os.fstat(file.fileno()))
            Path(name).replace(path)
            return written
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ThukyError(
            N_("Không ghi được tệp khóa {path} ({reason}). Chưa có gì thay đổi."),
            path=path,
            reason=error.strerror,
        ) from error
