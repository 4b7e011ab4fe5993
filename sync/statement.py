"""What one device says of others, signed and for all to read: cards, revocations, key epochs.

    0  2  "TK"    2  1  kind    3  1  version    4  8  workspace    12  8  issuer
   20  …  MessagePack map    -64  Ed25519 over the hash of all before

Secrets in them are sealed to the device that may read them.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

import msgspec

from sync.identity import SIGNATURE_BYTES, Identity, Public, digest
from sync.problem import Reason, Refused
from sync.sealed import MAGIC

VERSION = 1
MOST_BYTES = 1 << 20
_HEAD = struct.Struct(">2sBB8s8s")
_DOMAIN = b"thuky statement\x00"


class Kind(IntEnum):
    WORKSPACE = ord("w")
    CARD = ord("c")
    REVOCATION = ord("r")
    EPOCH = ord("e")
    INVITE = ord("i")
    REQUEST = ord("q")
    ANSWER = ord("a")


class Member(msgspec.Struct, frozen=True):
    """A device that belongs to the workspace, and which one let it in. Its name is for members
    only, so it is empty in what all may read."""

    sign: bytes
    box: bytes
    name: str
    issuer: str
    issued_at: int

    @property
    def public(self) -> Public:
        return Public(self.sign, self.box)


class Founding(msgspec.Struct, frozen=True):
    """The first file of a workspace. Its hash is the workspace's id."""

    member: Member
    salt: bytes


class Card(msgspec.Struct, frozen=True):
    """A new member, the epochs whose keys it was given, and its name, locked under one of them."""

    member: Member
    epochs: list[str]
    epoch: str
    nonce: bytes
    name: bytes


class Revocation(msgspec.Struct, frozen=True):
    """`device` is out. Its segments count up to number `last`, whose hash is `head`."""

    device: str
    last: int
    head: bytes
    issuer: str
    at: int


class Epoch(msgspec.Struct, frozen=True):
    """A new key, named by 8 hex digits that follow from it: sealed to each member that remains,
    with what its maker knows (`sync.trust.Knowledge`) locked under it."""

    id: str
    number: int
    sealed: dict[str, bytes]
    nonce: bytes
    locked: bytes


S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose form is right and whose signature is to be checked with `verify`."""

    kind: Kind
    issuer: str
    hash: bytes
    body: bytes
    signature: bytes

    def verify(self, signer: Public) -> None:
        if not signer.signed(_DOMAIN + self.hash, self.signature):
            raise Refused(Reason.BAD_SIGNATURE)

    def read(self, type: type[S]) -> S:
        return read(self.body, type)


def read(data: bytes, type: type[T]) -> T:
    """Raises Refused."""
    try:
        return msgspec.msgpack.decode(data, type=type)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(Reason.MALFORMED, str(error)) from error


def state(kind: Kind, workspace: bytes, body: Any, identity: Identity) -> bytes:
    """The whole file of a statement."""
    issuer = bytes.fromhex(identity.public.device)
    said = _HEAD.pack(MAGIC, kind, VERSION, workspace[:8], issuer) + msgspec.msgpack.encode(body)
    return said + identity.sign(_DOMAIN + digest(said))


def look(data: bytes, kind: Kind, workspace: bytes) -> Statement:
    """Read a statement's form. Raises Refused."""
    if data[: len(MAGIC)] != MAGIC[: len(data)]:
        raise Refused(Reason.NOT_OURS)
    if len(data) < _HEAD.size + SIGNATURE_BYTES:
        raise Refused(Reason.TRUNCATED)
    _, found, version, place, issuer = _HEAD.unpack_from(data)
    if version > VERSION:
        raise Refused(Reason.NEWER, str(version))
    if found != kind:
        raise Refused(Reason.NOT_OURS)
    if place != workspace[:8]:
        raise Refused(Reason.OTHER_WORKSPACE)
    said = memoryview(data)[:-SIGNATURE_BYTES]
    return Statement(
        kind, issuer.hex(), digest(said), data[_HEAD.size : len(said)], data[len(said) :]
    )
