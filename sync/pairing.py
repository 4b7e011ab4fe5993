"""Letting a machine in with a code that a person reads out and types.

Public entrance: `invite`, `serve` on the machine that is in; `Joining` on the one that is to be.

    invites/<place>.invite             who is in offers: salt, check, until when
    invites/<place>-<device>.request   who is to be in asks, locked under the code's key
    invites/<place>-<device>.answer    what all members know and have, sealed to who asked

The code is two letters that name the place and ten that are secret: 39 bits, stretched by Argon2id.
They need only hold off a stranger who reads the folder for 15 minutes: what they lock and sign
proves each side to the other, and secrets are sealed to the new device's own key. Files may take
their time, but the offering machine must see the request before its own clock says it is over.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import msgspec

from schema.errors import N_, ThukyError
from schema.ids import Randomness
from sync.folder import AlreadyThere, Folder, FolderError, NotThere
from sync.identity import NONCE_BYTES, Identity, lock, seal_to, unlock
from sync.keys import Kept, Pending
from sync.problem import Reason, Refused
from sync.recognition import recognise
from sync.statement import MOST_BYTES, Kind, Member, look, read, state
from sync.trust import Trust
from sync.workspace import Workspace

VALID_MS = 15 * 60 * 1000
# No letter here takes part in Telex, VNI or VIQR, and none looks like another. None is doubled in
# a code, since quick Telex turns kk into kh.
LETTERS = "chkmnptv23456789"
PLACE, SECRET = 2, 10
MOST_WRONG = 20
# Past its time by more than clocks differ: nobody can answer any more.
LATE_MS = 60 * 60 * 1000
# How long an answer waits for who was let in.
UNANSWERED_MS = 7 * 24 * 60 * 60 * 1000
REQUEST = re.compile(r"([chkmnptv2-9]{2})-([0-9a-f]{16})\.request")


class Cost(NamedTuple):
    """Of Argon2id: passes, and bytes of memory."""

    passes: int = 3
    memory: int = 64 << 20


COST = Cost()
# What a file may ask of who reads it.
MOST = Cost(8, 256 << 20)


class Offer(msgspec.Struct, frozen=True):
    salt: bytes
    check: bytes
    expires_at: int
    passes: Annotated[int, msgspec.Meta(ge=1, le=MOST.passes)]
    memory: Annotated[int, msgspec.Meta(ge=8192, le=MOST.memory)]


class Request(msgspec.Struct, frozen=True):
    """The new member, locked under the code's key: that it opens proves that the code is known."""

    nonce: bytes
    locked: bytes


class Answer(msgspec.Struct, frozen=True):
    sealed: bytes
    mac: bytes


class Given(msgspec.Struct, frozen=True):
    """What a new member gets: the workspace's id, all that its first friend knows, its card."""

    workspace: bytes
    trust: Trust
    card: bytes = b""


class WrongCode(ThukyError):
    def __init__(self) -> None:
        super().__init__(
            N_(
                "Mã mời sai, đã hết hạn hoặc đã dùng. Chưa có gì thay đổi; hãy xem lại mã, hoặc "
                "xin mã mới ở máy mời."
            )
        )


class NoWorkspace(ThukyError):
    def __init__(self) -> None:
        super().__init__(
            N_(
                "Thư mục này trống, chưa có không gian làm việc để tham gia. Chưa có gì thay đổi; "
                "hãy kiểm tra xem đã chọn đúng thư mục và ổ chung đã gắn chưa."
            )
        )


@dataclass(frozen=True, slots=True)
class Invitation:
    """`code` in groups of four; `expires_at` in milliseconds."""

    code: str
    expires_at: int


def invite(workspace: Workspace, cost: Cost = COST) -> Invitation:
    """Offer a place to whoever types the code within 15 minutes."""
    random = workspace.randomness
    vault = workspace.vault
    expires_at = workspace.now_ms + VALID_MS
    while True:
        code = _code(random)
        salt = random(16)
        key = _stretch(code, salt, cost)
        offer = Offer(salt, _mac(key, b"check"), expires_at, cost.passes, cost.memory)
        said = state(Kind.INVITE, vault.workspace, offer, vault.identity)
        place = code[:PLACE]
        if place in vault.kept.invites:
            continue
        # Kept first: whoever syncs looks at the keys when something comes into the folder.
        vault.kept.invites[place] = Pending(key, expires_at)
        vault.save()
        try:
            workspace.folder.write_new(f"invites/{place}.invite", said)
        except FolderError as error:
            del vault.kept.invites[place]
            vault.save()
            if isinstance(error, AlreadyThere):
                continue
            raise
        return Invitation("-".join(code[i : i + 4] for i in range(0, len(code), 4)), expires_at)


@dataclass(frozen=True, slots=True)
class Joined:
    """A machine that was let in just now."""

    device: str
    name: str


def serve(workspace: Workspace) -> list[Joined]:
    """Answer those who ask, and take back offers whose time is over; part of every round."""
    vault, folder = workspace.vault, workspace.folder
    invites = vault.kept.invites
    if not invites:
        return []
    joined: list[Joined] = []
    names = folder.names("invites")
    for name in names:
        asked = REQUEST.fullmatch(name)
        pending = invites.get(asked[1]) if asked else None
        if not asked or pending is None or f"{name[:-8]}.answer" in names:
            continue
        try:
            member, request = _asked(
                folder.read(f"invites/{name}", MOST_BYTES), pending, vault.workspace
            )
        except NotThere:
            continue
        except Refused:
            invites[asked[1]] = msgspec.structs.replace(pending, wrong=pending.wrong + 1)
            folder.delete(f"invites/{name}")
            vault.save()
            continue
        if pending.joined is None and workspace.now_ms <= pending.expires_at:
            issued = Member(member.sign, member.box, member.name, vault.device, workspace.now_ms)
            pending = msgspec.structs.replace(pending, joined=issued, request=request)
            invites[asked[1]] = pending
            # From here on the code is used, whatever happens.
            vault.save()
        if pending.joined and pending.request == request:
            _let_in(workspace, asked[1], pending)
            joined.append(Joined(pending.joined.public.device, pending.joined.name))
    for place, pending in list(invites.items()):
        late = workspace.now_ms - pending.expires_at
        over = late > 0 or pending.wrong > MOST_WRONG
        if pending.joined and pending.joined.public.device in vault.trust.members:
            # A replicator may take the offer away before it brings the answer, and an offer that is
            # gone is the answer no: it stays until who was let in has cleared up.
            waits = f"{place}-{pending.joined.public.device}.request" in names
            over = not waits or late > UNANSWERED_MS
        if over:
            folder.delete(f"invites/{place}.invite")
            del invites[place]
            vault.save()
    return joined


def _asked(data: bytes, pending: Pending, workspace: bytes) -> tuple[Member, bytes]:
    """Who asks, and the hash of the request. Raises Refused where the code was another."""
    said = look(data, Kind.REQUEST, workspace)
    request = said.read(Request)
    opened = unlock(request.locked, workspace, request.nonce, _mac(pending.key, b"request"))
    if opened is None:
        raise Refused(Reason.BAD_SIGNATURE)
    member = read(opened, Member)
    said.verify(member.public)
    return member, said.hash


def _let_in(workspace: Workspace, place: str, pending: Pending) -> None:
    vault, member = workspace.vault, pending.joined
    if member is None:
        return
    card = workspace.membership.welcome(member)
    given = msgspec.msgpack.encode(Given(vault.workspace, vault.trust, card))
    sealed = seal_to(member.box, given, workspace.randomness)
    mac = _mac(pending.key, b"answer" + pending.request + sealed)
    said = state(Kind.ANSWER, vault.workspace, Answer(sealed, mac), vault.identity)
    with suppress(AlreadyThere):
        workspace.folder.write_new(f"invites/{place}-{member.public.device}.answer", said)


class Joining(msgspec.Struct, frozen=True):
    """A request that waits for its answer; it may be kept, and asked again after a restart."""

    place: str
    key: bytes
    name: str
    workspace: bytes
    sign_seed: bytes
    box_secret: bytes
    request: bytes

    @property
    def identity(self) -> Identity:
        return Identity(self.sign_seed, self.box_secret)

    def _path(self, kind: str) -> str:
        return f"invites/{self.place}-{self.identity.public.device}.{kind}"

    def is_asked(self, folder: Folder, code: str) -> bool:
        """Whether it is this code's place that was asked for, and that is still in the folder."""
        names = folder.names("invites")
        asked = any(self._path(kind).partition("/")[2] in names for kind in ("request", "answer"))
        return asked and _plain(code)[:PLACE] == self.place

    def answer(self, folder: Folder) -> Kept | None:
        """What this machine is from now on, or None while there is no answer. Raises
        FolderError, and WrongCode once the offer was taken back."""
        try:
            said = look(folder.read(self._path("answer"), MOST_BYTES), Kind.ANSWER, self.workspace)
            answer = said.read(Answer)
            mac = _mac(self.key, b"answer" + self.request + answer.sealed)
            if not hmac.compare_digest(answer.mac, mac):
                return None
            given = read(self.identity.unseal(answer.sealed) or b"", Given)
        except NotThere:
            names = folder.names("invites")
            if self._path("answer").partition("/")[2] in names:
                return None
            if f"{self.place}.invite" not in names or _is_used(self.place, names):
                raise WrongCode from None
            return None
        except Refused:
            return None
        if given.workspace != self.workspace:
            return None
        seeds, cards = (self.sign_seed, self.box_secret), [given.card] if given.card else []
        return Kept(given.workspace, self.name, *seeds, given.trust, cards=cards)

    def tidy(self, folder: Folder) -> None:
        """Take the request and its answer away, once what was answered is kept."""
        folder.delete(self._path("request"))
        folder.delete(self._path("answer"))


def ask(
    folder: Folder,
    code: str,
    name: str,
    now_ms: int,
    randomness: Randomness,
    keep: Callable[[Joining], None] = lambda joining: None,
) -> Joining:
    """Ask for the place that the code offers. Raises WrongCode, FolderError, and what
    `recognise` raises.

    `keep` is called before anybody can answer: a kill must not leave a place to nobody.
    """
    code = _plain(code)
    workspace = recognise(folder)
    if workspace is None:
        raise NoWorkspace
    if len(code) != PLACE + SECRET:
        raise WrongCode
    place = code[:PLACE]
    if _is_used(place, folder.names("invites")):
        raise WrongCode
    try:
        said = look(folder.read(f"invites/{place}.invite", MOST_BYTES), Kind.INVITE, workspace)
        offer = said.read(Offer)
    except (NotThere, Refused) as error:
        raise WrongCode from error
    cost = Cost(offer.passes, offer.memory)
    if (
        now_ms > offer.expires_at + LATE_MS
        or cost.passes > MOST.passes
        or cost.memory > MOST.memory
    ):
        raise WrongCode
    key = _stretch(code, offer.salt, cost)
    if not hmac.compare_digest(offer.check, _mac(key, b"check")):
        raise WrongCode
    identity = Identity.new(randomness)
    public = identity.public
    member = msgspec.msgpack.encode(Member(public.sign, public.box, name, "", 0))
    nonce = randomness(NONCE_BYTES)
    request = Request(nonce, lock(member, workspace, nonce, _mac(key, b"request")))
    asking = state(Kind.REQUEST, workspace, request, identity)
    joining = Joining(
        place=place,
        key=key,
        name=name,
        workspace=workspace,
        sign_seed=identity.sign_seed,
        box_secret=identity.box_secret,
        request=look(asking, Kind.REQUEST, workspace).hash,
    )
    keep(joining)
    folder.write_new(f"invites/{place}-{public.device}.request", asking)
    return joining


def _is_used(place: str, names: list[str]) -> bool:
    """Whether somebody has been given the place."""
    return any(name.startswith(f"{place}-") and name.endswith(".answer") for name in names)


def _plain(code: str) -> str:
    """A code as it is meant, however it was typed."""
    return "".join(letter for letter in code.lower() if letter in LETTERS)


def _code(randomness: Randomness) -> str:
    """Letters at random, none the same as the one before it."""
    code = ""
    while len(code) < PLACE + SECRET:
        letter = LETTERS[randomness(1)[0] % len(LETTERS)]
        if letter != code[-1:]:
            code += letter
    return code


def _stretch(code: str, salt: bytes, cost: Cost) -> bytes:
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    try:
        return argon2id.kdf(32, code.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)
    except (CryptoError, ValueError, TypeError) as error:
        # An offer that asks for what cannot be.
        raise WrongCode from error


def _mac(key: bytes, said: bytes) -> bytes:
    return hashlib.blake2b(said, key=key, digest_size=32, person=b"pairing").digest()
