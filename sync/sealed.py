"""The file that all sealed content comes in: a header, locked frames, a signature.

Public entrance: `Header`, `seal`, `look`, `Sealed`. docs/format.md has it byte by byte.

    0  2  "TK"            20  4  key epoch             64  20  nonce; frame i adds i as 4 bytes
    2  1  kind            24  4  first number          84      (a merged segment: head 32,
    3  1  version         28  4  last number                    made at 8, milliseconds)
    4  8  workspace       32 32  hash of the previous      then per frame: length 4, locked bytes
   12  8  device                                       -64  Ed25519 over the hash of all before

All numbers are big-endian. The header is bound to each frame and covered by the signature. A file's
hash is BLAKE2b-256 of all but the signature.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from schema.ids import Randomness
from sync.identity import (
    NONCE_BYTES,
    SIGNATURE_BYTES,
    TAG_BYTES,
    Identity,
    Public,
    digest,
    lock,
    unlock,
)
from sync.problem import Reason, Refused

MAGIC = b"TK"
VERSION = 1
# What a reader takes at most.
MOST_BYTES = 56 << 20
MOST_FRAMES = 4096
MOST_FRAME_BYTES = 17 << 20
_FIXED = struct.Struct(">2sBB8s8s4sII32s20s")
_MERGED = struct.Struct(">32sQ")
_LENGTH = struct.Struct(">I")
_COUNTER_BYTES = 4
_SALT_BYTES = NONCE_BYTES - _COUNTER_BYTES
_DOMAIN = b"thuky file\x00"


class Kind(IntEnum):
    SEGMENT = ord("s")
    MERGED = ord("m")
    SNAPSHOT = ord("n")
    NOTE = ord("d")


_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Header:
    """`workspace` is the first 8 bytes of its id; `epoch` 4 bytes. What `first`, `last` and
    `previous` say depends on the kind."""

    kind: Kind
    workspace: bytes
    device: str
    epoch: bytes
    first: int
    last: int
    previous: bytes
    # Of a merged segment: the hash of the last file that it stands for, and when it was made.
    head: bytes = b""
    made_at: int = 0

    def pack(self, salt: bytes) -> bytes:
        fixed = _FIXED.pack(
            MAGIC,
            self.kind,
            VERSION,
            self.workspace,
            bytes.fromhex(self.device),
            self.epoch,
            self.first,
            self.last,
            self.previous,
            salt,
        )
        merged = self.kind == Kind.MERGED
        return fixed + (_MERGED.pack(self.head, self.made_at) if merged else b"")


def seal(
    header: Header,
    frames: Iterable[bytes],
    key: bytes,
    identity: Identity,
    randomness: Randomness,
) -> bytes:
    """The whole file."""
    salt = randomness(_SALT_BYTES)
    bound = header.pack(salt)
    out = bytearray(bound)
    for number, frame in enumerate(frames):
        locked = lock(frame, bound, salt + _LENGTH.pack(number), key)
        out += _LENGTH.pack(len(locked))
        out += locked
    out += identity.sign(_DOMAIN + digest(memoryview(out)))
    return bytes(out)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file whose form is right and whose signature is to be checked with `verify`."""

    header: Header
    hash: bytes
    data: bytes
    # Where each frame's locked bytes begin and end.
    spans: tuple[tuple[int, int], ...]
    bound: bytes

    def verify(self, signer: Public) -> None:
        """Raises Refused where `signer` did not write exactly these bytes."""
        if not signer.signed(_DOMAIN + self.hash, self.data[-SIGNATURE_BYTES:]):
            raise Refused(Reason.BAD_SIGNATURE)

    def frames(self, key: bytes) -> Iterator[bytes]:
        """Each frame unlocked, one at a time. Raises Refused."""
        salt = self.bound[_FIXED.size - _SALT_BYTES : _FIXED.size]
        for number, (start, end) in enumerate(self.spans):
            nonce = salt + _LENGTH.pack(number)
            frame = unlock(self.data[start:end], self.bound, nonce, key)
            if frame is None:
                raise Refused(Reason.MALFORMED, f"frame {number}")
            yield frame


def look(data: bytes, workspace: bytes) -> Sealed:
    """Read a file's form, without any key. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, str(len(data)))
    if data[: len(MAGIC)] != MAGIC[: len(data)]:
        raise Refused(Reason.NOT_OURS)
    if len(data) < _FIXED.size + SIGNATURE_BYTES:
        raise Refused(Reason.TRUNCATED)
    _, kind, version, place, device, epoch, first, last, previous, _ = _FIXED.unpack_from(data)
    if version > VERSION:
        raise Refused(Reason.NEWER, str(version))
    if kind not in _KINDS or not version:
        raise Refused(Reason.NOT_OURS)
    if place != workspace[:8]:
        raise Refused(Reason.OTHER_WORKSPACE)
    at, head, made_at = _FIXED.size, b"", 0
    end = len(data) - SIGNATURE_BYTES
    if kind == Kind.MERGED:
        if end < at + _MERGED.size:
            raise Refused(Reason.TRUNCATED)
        head, made_at = _MERGED.unpack_from(data, at)
        at += _MERGED.size
    bound = data[:at]
    spans: list[tuple[int, int]] = []
    while at < end:
        if end - at < _LENGTH.size:
            raise Refused(Reason.TRUNCATED)
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if not TAG_BYTES <= length <= MOST_FRAME_BYTES or len(spans) == MOST_FRAMES:
            raise Refused(Reason.MALFORMED, "frames")
        if length > end - at:
            raise Refused(Reason.TRUNCATED)
        spans.append((at, at + length))
        at += length
    header = Header(Kind(kind), place, device.hex(), epoch, first, last, previous, head, made_at)
    return Sealed(header, digest(memoryview(data)[:end]), data, tuple(spans), bound)
