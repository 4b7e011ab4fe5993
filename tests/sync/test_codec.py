"""Changes to bytes and back."""

import tracemalloc
from contextlib import suppress
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.change import ROW, Change
from sync.codec import (
    FULL_CHANGES,
    MOST_BYTES,
    PLAIN,
    VERSION,
    ZSTD,
    Malformed,
    Newer,
    Unsendable,
    batches,
    decode,
    encode,
)

DEVICE = "0123456789abcdef"
UUID = "018f3a5e-7c00-7abc-8def-0123456789ab"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ids = st.one_of(
    st.uuids().map(str),
    words,
    st.just(UUID),
    st.sampled_from([UUID.upper(), UUID[:-1], f"{UUID}\n"]),
)
devices = st.one_of(st.just(DEVICE), st.binary(min_size=8, max_size=8).map(bytes.hex), words)
stamps = st.integers(0, 2**63 - 1)
values = st.one_of(
    st.none(), ids, st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.binary()
)
stamped = st.builds("{}.{}".format, stamps, devices)
bases = st.one_of(st.none(), stamped, st.lists(stamped, max_size=4).map(" ".join), words)
cells = st.builds(Change, words, ids, words, values, stamps, devices, bases)
rows = st.builds(
    Change,
    words,
    ids,
    st.just(ROW),
    st.dictionaries(words, values, max_size=6),
    stamps,
    devices,
    bases,
)
changes = st.lists(st.one_of(cells, rows), min_size=1, max_size=30)


@given(changes, devices)
def test_whatever_was_changed_comes_back_the_same(written: list[Change], device: str) -> None:
    read = decode(encode(written, device), device)
    assert read == written
    assert [type(c.val) for c in read] == [type(c.val) for c in written]


@given(changes)
def test_tables_and_columns_of_a_newer_version_survive(written: list[Change]) -> None:
    later = [c._replace(tbl="seal", col=ROW if c.col == ROW else "colour") for c in written]
    assert decode(encode(decode(encode(later, DEVICE), DEVICE), DEVICE), DEVICE) == later


def test_one_edit_takes_under_a_hundred_bytes() -> None:
    now = 1_790_000_000_000 << 16
    edit = Change(
        "followup", UUID, "due", "2026-03-15", now, DEVICE, f"{now - 99_999_999}.{DEVICE}"
    )
    assert len(encode([edit], DEVICE)) < 100


def test_a_log_is_cut_into_frames_that_a_reader_takes() -> None:
    long = "x" * (1 << 20)
    written = [Change("t", str(n), "c", long, n, DEVICE, None) for n in range(9)]
    written += [Change("t", "r", "c", n, n, DEVICE, None) for n in range(2 * FULL_CHANGES)]
    written.append(Change("t", "r", ROW, {str(n): n for n in range(250)}, 1, DEVICE, None))
    portions = list(batches(written))
    assert [c for portion in portions for c in portion] == written
    assert len(portions) > 3
    assert [c for p in portions for c in decode(encode(p, DEVICE), DEVICE)] == written


@pytest.mark.parametrize(
    "value", [2**64, "\ud800", "x" * (MOST_BYTES + 1)], ids=["integer", "surrogate", "long"]
)
def test_what_cannot_travel_is_named_and_stays(value: Any) -> None:
    with pytest.raises(Unsendable, match="followup abc"):
        encode([Change("followup", "abc", "work", value, 1, DEVICE, None)], DEVICE)


def test_a_frame_of_a_later_version_waits_for_the_upgrade() -> None:
    with pytest.raises(Newer):
        decode(bytes((VERSION + 1, PLAIN)) + b"anything", DEVICE)


@given(st.binary(max_size=300), st.sampled_from([PLAIN, ZSTD, 7]))
def test_any_bytes_are_read_or_refused(body: bytes, packing: int) -> None:
    with suppress(Malformed):
        decode(bytes((VERSION, packing)) + body, DEVICE)


@given(changes, st.data())
def test_a_frame_with_any_byte_changed_is_read_or_refused(
    written: list[Change], data: st.DataObject
) -> None:
    frame = bytearray(encode(written, DEVICE))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Malformed, Newer):
        decode(bytes(frame), DEVICE)


def bombs() -> dict[str, bytes]:
    """Small frames that would become large."""
    many = 1 << 22
    lists: list[Any] = [[], b"", b"", *([[]] * 9), b"", [], [], [], [], []]

    def frame(at: int, column: object) -> bytes:
        columns = list(lists)
        columns[at] = column
        return msgspec.msgpack.encode(columns)

    pack = zstandard.ZstdCompressor().compress
    return {
        "zeros": pack(bytes(1 << 30)),
        "size unknown": zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1 << 20)),
        "ids": pack(frame(1, bytes(MOST_BYTES - 100))),
        "devices": pack(frame(2, bytes(MOST_BYTES - 100))),
        "kinds": pack(frame(12, bytes(MOST_BYTES - 100))),
        "names": pack(frame(0, ["ư" * 2] * many)),
        "texts": pack(frame(13, ["ươ"] * many)),
        "floats": pack(frame(15, [0.5] * (many // 2))),
        "shapes": pack(frame(3, [[0] * 255] * 100_000)),
        "columns": pack(frame(6, [0] * many)),
    }


def test_a_bomb_is_refused_in_bounded_memory() -> None:
    for name, bomb in bombs().items():
        tracemalloc.start()
        try:
            with pytest.raises(Malformed):
                decode(bytes((VERSION, ZSTD)) + bomb, DEVICE)
            assert tracemalloc.get_traced_memory()[1] < 64 << 20, name
        finally:
            tracemalloc.stop()


def test_the_fullest_frame_is_read_in_bounded_memory() -> None:
    written = [
        Change("t", f"row {n}", "c", f"{n} ư", n, DEVICE, f"{n}.{DEVICE}") for n in range(1 << 16)
    ]
    frame = encode(written, DEVICE)
    del written
    tracemalloc.start()
    try:
        assert len(decode(frame, DEVICE)) == 1 << 16
        assert tracemalloc.get_traced_memory()[1] < 128 << 20
    finally:
        tracemalloc.stop()
