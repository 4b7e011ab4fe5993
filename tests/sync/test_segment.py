"""Segments: what is written is read, and nothing else is taken for it."""

import random
import tracemalloc

import pytest
import zstandard
from nacl.signing import SigningKey

from sync import codec
from sync.change import START, Change, Position
from sync.identity import SIGNATURE_BYTES, digest
from sync.problem import Reason, Refused
from sync.sealed import MOST_BYTES, Header, Kind, look, seal
from sync.segment import Outgoing, Segment, open_segment, path_of, range_of, rewrite
from tests.sync.machines import Machine, Office

UUID = "018f3a5e-7c00-7abc-8def-0123456789ab"


@pytest.fixture
def writer() -> Machine:
    return Office(1).machines[0]


def one(machine: Machine, *changes: Change, after: Position = START) -> Outgoing:
    (outgoing,) = machine.workspace.seal(changes or [machine.edit("rà soát")], after)
    return outgoing


def opened(machine: Machine, data: bytes, path: str) -> Segment:
    vault = machine.workspace.vault
    return open_segment(data, path, vault.workspace, vault.trust)


def reason(machine: Machine, data: bytes, path: str) -> Reason:
    """Why these bytes are not taken at that path, to the last change in them."""
    with pytest.raises(Refused) as caught:
        for _ in opened(machine, data, path).batches():
            pass
    return caught.value.reason


def resealed(machine: Machine, frames: list[bytes], kind: Kind = Kind.SEGMENT) -> bytes:
    """What a member could write that does not keep to the format."""
    author = machine.workspace.author
    epoch = bytes.fromhex(author.writing.id)
    header = Header(kind, author.workspace[:8], author.device, epoch, 1, 1, START.head)
    return seal(header, frames, author.writing.key, author.identity, author.randomness)


def test_one_edited_field_takes_under_300_bytes_in_the_folder(writer: Machine) -> None:
    now = 1_790_000_000_000 << 16
    base = f"{now - (9 << 32)}.{writer.device}"
    due = Change("followup", UUID, "due", "2026-03-15", now, writer.device, base)
    other = due._replace(base=f"{now - (9 << 32)}.0123456789abcdef", col="accountable")
    for edit in (due, other):
        assert len(one(writer, edit).data) < 300
    typed = due._replace(col="work", val="Rà soát, báo cáo tiến độ giải ngân")
    assert len(one(writer, typed).data) < 300 + len("Rà soát, báo cáo tiến độ giải ngân".encode())


def test_what_was_sealed_is_read_and_nothing_of_it_can_be_seen(writer: Machine) -> None:
    written = one(writer, writer.edit("mật khẩu"))
    segment = opened(writer, written.data, written.path)
    assert [c.val for batch in segment.batches() for c in batch] == ["mật khẩu"]
    assert segment.position == written.position
    for word in ("mật khẩu".encode(), b"followup", b"work"):
        assert word not in written.data


def test_every_flipped_bit_is_detected(writer: Machine) -> None:
    written = one(writer)
    for at in range(len(written.data)):
        for bit in range(8):
            data = bytearray(written.data)
            data[at] ^= 1 << bit
            assert reason(writer, bytes(data), written.path)


def test_every_truncation_is_detected(writer: Machine) -> None:
    written = one(writer)
    for length in range(len(written.data)):
        found = reason(writer, written.data[:length], written.path)
        assert found in (Reason.TRUNCATED, Reason.BAD_SIGNATURE)
    assert reason(writer, b"", written.path) == Reason.TRUNCATED


def test_bytes_added_are_detected(writer: Machine) -> None:
    written = one(writer)
    for more in (b"\0", bytes(4), written.data):
        assert reason(writer, written.data + more, written.path)


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Some bytes changed, moved, doubled or left out."""
    bytes_ = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at, other = sorted(dice.randrange(len(bytes_) + 1) for _ in range(2))
        what = dice.randrange(4)
        if what == 0 and at < len(bytes_):
            bytes_[at] = dice.randrange(256)
        elif what == 1:
            bytes_[at:other] = b""
        elif what == 2:
            bytes_[at:at] = bytes_[at:other]
        else:
            bytes_[at:other] = dice.randbytes(other - at)
        if not bytes_:
            break
    return bytes(bytes_)


def accepted(writer: Machine, count: int, seed: int) -> int:
    """How many of `count` mutated segments are taken though they differ."""
    dice = random.Random(seed)
    small = one(writer)
    large = one(writer, *(writer.edit(f"việc {n}") for n in range(100)))
    taken = 0
    for _ in range(count):
        original = dice.choice((small, large))
        data = mutated(original.data, dice)
        try:
            list(opened(writer, data, original.path).batches())
            taken += data != original.data
        except Refused:
            pass
    return taken


def test_no_mutated_segment_is_accepted(writer: Machine) -> None:
    assert accepted(writer, 3000, seed=4) == 0


@pytest.mark.soak
def test_none_of_a_hundred_thousand_mutated_segments_is_accepted(writer: Machine) -> None:
    assert accepted(writer, 100_000, seed=5) == 0


def test_random_bytes_under_our_magic_are_refused(writer: Machine) -> None:
    dice = random.Random(6)
    path = path_of(writer.device, 1, 1)
    for _ in range(2000):
        head = dice.choice((b"", b"TK", b"TKs\x01", b"TKm\x01"))
        assert reason(writer, head + dice.randbytes(dice.randrange(400)), path)


def test_each_kind_of_stranger_is_told_by_its_reason(writer: Machine) -> None:
    written, path = one(writer), path_of(writer.device, 1, 1)
    assert reason(writer, b"%PDF-1.7" + bytes(400), path) == Reason.NOT_OURS
    other = Office(1, seed="another office").machines[0]
    theirs = one(other)
    assert reason(writer, theirs.data, theirs.path) == Reason.OTHER_WORKSPACE
    newer = bytearray(written.data)
    newer[3] = 9
    assert reason(writer, bytes(newer), path) == Reason.NEWER
    assert reason(writer, written.data, path_of(writer.device, 2, 2)) == Reason.WRONG_NAME
    assert reason(writer, written.data, path_of("0" * 16, 1, 1)) == Reason.WRONG_NAME


def test_a_device_without_a_card_or_an_epoch_without_a_key_waits(writer: Machine) -> None:
    office = Office(2)
    first, second = office.machines
    written = one(second)
    trust = first.workspace.vault.trust
    member = trust.members.pop(second.device)
    assert reason(first, written.data, written.path) == Reason.UNKNOWN_DEVICE
    trust.members[second.device] = member
    trust.epochs.clear()
    assert reason(first, written.data, written.path) == Reason.UNKNOWN_EPOCH


def test_one_member_cannot_sign_for_another() -> None:
    first, second = Office(2).machines
    written = one(first)
    identity = second.workspace.vault.identity
    body = written.data[:-SIGNATURE_BYTES]
    forged = body + SigningKey(identity.sign_seed).sign(b"thuky file\0" + digest(body)).signature
    assert reason(second, forged, written.path) == Reason.BAD_SIGNATURE


def test_what_a_member_writes_that_is_no_segment_is_refused(writer: Machine) -> None:
    path = path_of(writer.device, 1, 1)
    assert reason(writer, resealed(writer, [b"\x01\x00nonsense"]), path) == Reason.MALFORMED
    assert reason(writer, resealed(writer, [b""]), path) == Reason.MALFORMED
    assert reason(writer, resealed(writer, [b"\x09\x00"]), path) == Reason.NEWER
    note = resealed(writer, [b"\x01\x00\x90"], Kind.NOTE)
    assert reason(writer, note, path) == Reason.NOT_OURS


def test_a_zip_bomb_in_a_segment_is_refused_in_bounded_memory(writer: Machine) -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(1 << 30))
    data = resealed(writer, [bytes((codec.VERSION, codec.ZSTD)) + bomb])
    tracemalloc.start()
    try:
        assert reason(writer, data, path_of(writer.device, 1, 1)) == Reason.MALFORMED
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_file_of_a_million_frames_is_refused_before_it_is_unlocked(writer: Machine) -> None:
    header = resealed(writer, [])[:-SIGNATURE_BYTES]
    frames = (16).to_bytes(4, "big") + bytes(16)
    data = header + frames * (1 << 20) + bytes(SIGNATURE_BYTES)
    tracemalloc.start()
    try:
        assert reason(writer, data, path_of(writer.device, 1, 1)) == Reason.MALFORMED
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_the_largest_segment_is_read_in_bounded_memory(writer: Machine) -> None:
    noise = random.Random(7).randbytes(codec.MOST_BYTES - 200)
    large = Change("t", "r", "c", noise, 1, writer.device, None)
    frame = codec.encode([large], writer.device)
    data = resealed(writer, [frame] * 3)
    del frame
    tracemalloc.start()
    try:
        for batch in opened(writer, data, path_of(writer.device, 1, 1)).batches():
            assert len(batch) == 1
        assert len(data) + tracemalloc.get_traced_memory()[1] < 160 << 20
    finally:
        tracemalloc.stop()
    frame = codec.encode([large], writer.device)
    with pytest.raises(Refused) as caught:
        opened(writer, resealed(writer, [frame + frame]), path_of(writer.device, 1, 1))
    assert caught.value.reason == Reason.MALFORMED


def test_a_file_past_the_limit_is_refused_unread(writer: Machine) -> None:
    with pytest.raises(Refused) as caught:
        look(bytes(MOST_BYTES + 1), bytes(16))
    assert caught.value.reason == Reason.TOO_LARGE


@pytest.mark.parametrize(
    "name",
    [
        "1-1 (conflicted copy).seg",
        "1-1.sync-conflict-20261101-120000-ABCDEFG.seg",
        "~syncthing~1-1.seg.tmp",
        ".1-1.seg.swp",
        ".DS_Store",
        "1-1.seg.tmp",
        "01-1.seg",
        "0-1.seg",
        "2-1.seg",
        "1-99999999999.seg",
        "1-4294967296.seg",
        "١-١.seg",
        "1-1.SEG",
    ],
)
def test_a_name_that_we_never_give_is_not_a_segment(name: str) -> None:
    assert range_of(name) is None


def test_more_than_fits_in_one_file_becomes_several(
    writer: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.segment.FULL_BYTES", 300)
    monkeypatch.setattr("sync.codec.FULL_CHANGES", 10)
    edits = [writer.edit(f"việc {n}") for n in range(100)]
    several = writer.workspace.seal(edits, START)
    assert [o.position.last for o in several] == list(range(1, len(several) + 1))
    assert len(several) > 3
    read = [opened(writer, o.data, o.path) for o in several]
    assert [s.previous for s in read] == [START.head, *(o.position.head for o in several[:-1])]
    assert [c for s in read for batch in s.batches() for c in batch] == edits
    anew = list(rewrite(edits, writer.workspace.author, several[-1].position, 1))
    assert anew[-1].position == several[-1].position
    assert [c for o in anew for b in opened(writer, o.data, o.path).batches() for c in b] == edits
