"""docs/format.md says what the program writes, byte by byte."""

import hashlib
import re
import struct
from pathlib import Path

import msgspec
import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as unlock
from nacl.signing import VerifyKey

from schema.carets import RENEW_SECONDS, STALE_SECONDS
from sync import codec, presence, sealed, statement
from sync.change import START, Change, Position
from sync.identity import Identity
from sync.keys import NO_WORKSPACE, workspace_id
from sync.segment import Author, Outgoing, open_segment, write
from sync.statement import Founding, Member
from sync.trust import EpochKey, Trust, Writing, epoch_id
from tests.sync.machines import Clock

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
IDENTITY = Identity(bytes(range(32)), bytes(range(32, 64)))
KEY = bytes(range(64, 96))
FOLLOWUP = "019c9d5e-1c00-7000-8000-000000000001"
SECONDS = Clock.START


def founding() -> bytes:
    public = IDENTITY.public
    member = Member(public.sign, public.box, "", public.device, SECONDS * 1000)
    said = Founding(member, bytes(range(16)))
    return statement.state(statement.Kind.WORKSPACE, NO_WORKSPACE, said, IDENTITY)


def edit() -> Change:
    device = IDENTITY.public.device
    now = SECONDS * 1000 << 16
    base = f"{now - (3_600_000 << 16)}.{device}"
    return Change("followup", FOLLOWUP, "due", "2026-03-15", now, device, base)


def segment() -> Outgoing:
    writing = Writing(epoch_id(KEY), KEY)
    device = IDENTITY.public.device
    workspace = workspace_id(founding())
    author = Author(
        workspace, IDENTITY, device, writing, lambda count: bytes(range(96, 96 + count))
    )
    (outgoing,) = write([edit()], author, START)
    return outgoing


def example(name: str) -> list[tuple[int, bytes, str]]:
    """The rows of the example's table in the page: offset, bytes, meaning."""
    section = PAGE.split(f"### {name}\n")[1].split("\n###")[0]
    rows = re.findall(
        r"^\| (\d+) \| ((?:`[0-9a-f ]+`(?:<br>)?)+) \| (.*) \|$", section, re.MULTILINE
    )
    return [
        (int(at), bytes.fromhex(re.sub(r"[^0-9a-f]", "", data.replace("<br>", ""))), meaning)
        for at, data, meaning in rows
    ]


def whole(name: str) -> bytes:
    rows = example(name)
    data = b"".join(part for _, part, _ in rows)
    for at, part, _ in rows:
        assert data[at : at + len(part)] == part
    return data


def test_the_program_writes_the_pages_segment() -> None:
    assert whole("A segment") == segment().data
    assert len(segment().data) < 300


def test_the_program_writes_the_pages_frame() -> None:
    assert whole("Its frame") == codec.encode([edit()], IDENTITY.public.device)


def test_the_program_reads_the_pages_segment() -> None:
    public = IDENTITY.public
    member = Member(public.sign, public.box, "Máy 1", public.device, 0)
    key = EpochKey(1, KEY, frozenset((public.device,)))
    trust = Trust(members={public.device: member}, epochs={epoch_id(KEY): key})
    path = f"devices/{public.device}/1-1.seg"
    assert f"`{path}`" in PAGE
    opened = open_segment(whole("A segment"), path, workspace_id(founding()), trust)
    assert list(opened.batches()) == [[edit()]]
    assert opened.position == Position(
        1, hashlib.blake2b(whole("A segment")[:-64], digest_size=32).digest()
    )


def test_the_pages_segment_is_read_by_its_own_words_alone() -> None:
    """Nothing of `sync` is used here."""
    data = whole("A segment")
    magic, kind, version = data[:2], data[2:3], data[3]
    assert (magic, kind, version) == (b"TK", b"s", 1)
    first, last = struct.unpack(">II", data[24:32])
    assert (first, last, data[32:64]) == (1, 1, bytes(32))
    hashed = hashlib.blake2b(data[:-64], digest_size=32).digest()
    signer = re.search(r"signs with \| `([0-9a-f]{64})`", PAGE)
    key = re.search(r"epoch key \| `([0-9a-f]{64})`", PAGE)
    assert signer
    assert key
    VerifyKey(bytes.fromhex(signer[1])).verify(b"thuky file\x00" + hashed, data[-64:])
    (length,) = struct.unpack(">I", data[84:88])
    assert 88 + length == len(data) - 64
    nonce = data[64:84] + struct.pack(">I", 0)
    frame = unlock(data[88 : 88 + length], data[:84], nonce, bytes.fromhex(key[1]))
    assert frame == whole("Its frame")
    assert frame[:2] == b"\x01\x00"
    columns = msgspec.msgpack.decode(frame[2:])
    assert len(columns) == len(codec.COLUMNS)
    assert columns[0] == ["followup", "due"]
    assert columns[1].hex() == FOLLOWUP.replace("-", "")
    assert columns[13] == [edit().val]


def test_the_page_names_every_column_in_order() -> None:
    table = PAGE.split("## Frames of changes\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| \d+ \| `(\w+)` \|", table, re.MULTILINE)) == codec.COLUMNS


def test_the_page_says_what_a_presence_note_holds() -> None:
    section = PAGE.split("**Presence**")[1].split("\n\n")[0]
    for field in (*presence.Said.__struct_fields__, *presence.Mark.__struct_fields__):
        assert f"`{field}`" in section
    for number in (presence.MOST_CARETS, RENEW_SECONDS, STALE_SECONDS):
        assert f" {number} " in section.replace("\n", " ")


@pytest.mark.parametrize("kinds", [sealed.Kind, statement.Kind])
def test_the_page_names_every_kind(kinds: type[sealed.Kind] | type[statement.Kind]) -> None:
    for kind in kinds:
        assert f"`{chr(kind)}`" in PAGE, kind.name


def test_the_page_names_the_limits() -> None:
    for limit in (
        sealed.MOST_BYTES >> 20,
        sealed.MOST_FRAME_BYTES >> 20,
        codec.MOST_BYTES >> 20,
        statement.MOST_BYTES >> 20,
    ):
        assert f"{limit} MiB" in PAGE
    for count in (sealed.MOST_FRAMES, codec.MOST_CHANGES, codec.MOST_VALUES):
        assert f"{count:,}" in PAGE
