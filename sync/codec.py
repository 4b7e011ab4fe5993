"""Changes to bytes and back. Public entrance: `batches`, `encode`, `decode`.

A frame is two bytes, the version and how the rest is packed, then a MessagePack array of columns
(docs/format.md). Each column holds one thing of all changes, so that it is small alone, packs well
and is read at the speed of C. Names are written once and numbered; stamps are differences.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import sub
from typing import Annotated, Any

import msgspec
import zstandard

from schema.errors import N_, ThukyError
from sync.change import ROW, Cells, Change, Value

VERSION = 1
PLAIN, ZSTD = 0, 1
# What a reader takes at most; a writer starts a new frame long before.
MOST_BYTES = 16 << 20
MOST_CHANGES = 1 << 16
MOST_VALUES = 1 << 18
FULL_BYTES = 4 << 20
FULL_CHANGES = 1 << 14
FULL_VALUES = 1 << 16
# Where packing starts to pay.
SMALL_BYTES = 192

NULL, TEXT, INT, FLOAT, BLOB, ID = range(6)
_KINDS = {type(None): NULL, str: TEXT, int: INT, float: FLOAT, bytes: BLOB}
_STAMPS = range(1 << 63)
_STAMP = re.compile(r"(0|[1-9][0-9]{0,18})\.([^ ]*)")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DEVICE = re.compile(r"[0-9a-f]{16}")


class Malformed(Exception):
    """Bytes that no version of ours wrote, or more than a reader may be asked to hold."""


class Newer(Exception):
    """A frame of a later version, to be read after an upgrade."""


class Unsendable(ThukyError):
    """A value that cannot travel; it stays on this machine."""


_Most = msgspec.Meta(max_length=MOST_CHANGES)
_MostValues = msgspec.Meta(max_length=MOST_VALUES)
_MostShapes = msgspec.Meta(max_length=4096)
_MostIds = msgspec.Meta(max_length=16 * MOST_VALUES)
_Numbers = Annotated[list[int], _Most]


class _Frame(msgspec.Struct, array_like=True, frozen=True):
    """The columns, in the order in which they are written. Numbers that count from 0 point into
    the list named; those that count from -1 downwards into `names` but where said otherwise."""

    # Names of tables and columns, and ids and devices that are not of the usual form.
    names: Annotated[list[str], _MostValues]
    # Ids of the usual form, 16 bytes each, and devices of the usual form, 8 bytes each. Before
    # the first device stands, unwritten, that of the segment.
    ids: Annotated[bytes, _MostIds]
    devices: Annotated[bytes, _MostIds]
    # For each kind of whole row, its columns.
    shapes: Annotated[list[Annotated[list[int], msgspec.Meta(max_length=256)]], _MostShapes]
    tables: _Numbers
    rows: _Numbers
    # A name; from -1 downwards, a shape.
    columns: _Numbers
    # Each stamp less the one before.
    stamps: _Numbers
    writers: _Numbers
    # What was overwritten: nothing, how much older it was, or a stamp of an unusual form.
    bases: Annotated[list[int | str | None], _Most]
    base_writers: _Numbers
    # Where several were: for each after the first the change, how much older, and the writer.
    more_bases: Annotated[list[int], _MostValues]
    # One byte for each value, its kind; and the values of each kind.
    kinds: Annotated[bytes, _MostValues]
    texts: Annotated[list[str], _MostValues]
    ints: Annotated[list[int], _MostValues]
    floats: Annotated[list[float], _MostValues]
    blobs: Annotated[list[bytes], _MostValues]
    links: Annotated[list[int], _MostValues]


COLUMNS = _Frame.__struct_fields__
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Frame)


def batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes in portions that each fit in a frame."""
    batch: list[Change] = []
    size = values = 0
    for change in changes:
        val = change.val
        held = val.values() if isinstance(val, dict) else (val,)
        weight = sum(len(v) for v in held if isinstance(v, str | bytes))
        if batch and (
            size + weight > FULL_BYTES
            or values + len(held) > FULL_VALUES
            or len(batch) >= FULL_CHANGES
        ):
            yield batch
            batch, size, values = [], 0, 0
        batch.append(change)
        size += weight
        values += len(held)
    if batch:
        yield batch


class _Numbered(dict[Any, int]):
    """Gives each key a number when it first meets it."""

    def __init__(self, number: Callable[[Any], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, key: Any) -> int:
        self[key] = number = self._number(key)
        return number


def _counted() -> _Numbered:
    counted = _Numbered(lambda key: len(counted))
    return counted


def encode(changes: Sequence[Change], device: str) -> bytes:
    """One frame of a segment of `device`. Raises Unsendable for what cannot travel."""
    tables, rows, columns, vals, stamps, writers, bases = zip(*changes, strict=True)
    names, ids, devices, shapes = _counted(), _counted(), _counted(), _counted()
    id_of = _Numbered(lambda id: ids[id] if _ID.fullmatch(id) else -1 - names[id])
    device_of = _Numbered(
        lambda name: 1 + devices[name] if _DEVICE.fullmatch(name) else -1 - names[name]
    )
    device_of[device] = 0

    # The names first, so that a column's number does not depend on the values before it.
    table_numbers = [names[t] for t in tables]
    column_numbers = [
        -1 - shapes[tuple(names[c] for c in v)] if isinstance(v, dict) else names[c]
        for c, v in zip(columns, vals, strict=True)
    ]
    older: list[int | str | None] = list(bases)
    base_writers: list[int] = []
    more_bases: list[int] = []
    for at, base in enumerate(bases):
        seen = _stamps_of(base) if base is not None else []
        if seen:
            older[at] = stamps[at] - seen[0][0]
            base_writers.append(device_of[seen[0][1]])
            for stamp, writer in seen[1:]:
                more_bases += (at, stamps[at] - stamp, device_of[writer])

    if any(isinstance(v, dict) for v in vals):
        vals = tuple(cell for v in vals for cell in (v.values() if isinstance(v, dict) else (v,)))
    kinds = bytearray(_KINDS[type(v)] for v in vals)
    held: list[list[Any]] = [[] for _ in range(6)]
    for at, value in enumerate(vals):
        kind = kinds[at]
        if kind == TEXT and len(value) == 36 and _ID.fullmatch(value):
            kinds[at] = ID
            held[ID].append(ids[value])
        else:
            held[kind].append(value)

    frame = _Frame(
        tables=table_numbers,
        columns=column_numbers,
        rows=[id_of[r] for r in rows],
        stamps=[stamps[0], *map(sub, stamps[1:], stamps)],
        writers=[device_of[d] for d in writers],
        bases=older,
        base_writers=base_writers,
        more_bases=more_bases,
        kinds=bytes(kinds),
        texts=held[TEXT],
        ints=held[INT],
        floats=held[FLOAT],
        blobs=held[BLOB],
        links=held[ID],
        names=list(names),
        ids=bytes.fromhex("".join(ids).replace("-", "")),
        devices=bytes.fromhex("".join(devices)),
        shapes=[list(s) for s in shapes],
    )
    try:
        body = _encoder.encode(frame)
    except (OverflowError, UnicodeEncodeError, ValueError) as error:
        raise _unsendable(changes, str(error)) from error
    if len(body) > MOST_BYTES:
        raise _unsendable(changes, f"{len(body)} > {MOST_BYTES}")
    if len(body) > SMALL_BYTES:
        packed = zstandard.ZstdCompressor(level=3).compress(body)
        if len(packed) < len(body):
            return bytes((VERSION, ZSTD)) + packed
    return bytes((VERSION, PLAIN)) + body


def _stamps_of(base: str) -> list[tuple[int, str]]:
    """The stamps in `base`; nothing where it has any other form."""
    found = [_STAMP.fullmatch(stamp) for stamp in base.split(" ")]
    seen = [(int(stamp[1]), stamp[2]) for stamp in found if stamp]
    return seen if len(seen) == len(found) and all(s in _STAMPS for s, _ in seen) else []


def _unsendable(changes: Sequence[Change], reason: str) -> Unsendable:
    largest = max(changes, key=lambda c: len(c.val) if isinstance(c.val, str | bytes | dict) else 0)
    return Unsendable(
        N_(
            "Nội dung ở {table} {row} không gửi được sang máy khác ({reason}). Nó vẫn còn nguyên "
            "trên máy này; hãy rút ngắn hoặc chia nhỏ."
        ),
        table=largest.tbl,
        row=largest.row,
        reason=reason,
    )


def decode(data: bytes, device: str) -> list[Change]:
    """The changes of one frame of a segment of `device`.

    Raises Newer, or Malformed; whatever the bytes are, memory stays within a few times MOST_BYTES.
    """
    if len(data) < 2:
        raise Malformed("no frame")
    if data[0] > VERSION:
        raise Newer(data[0])
    body = _unpacked(data)
    try:
        return _changes(_decoder.decode(body), device)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from error
    except (IndexError, ValueError, StopIteration) as error:
        raise Malformed(f"columns that do not fit: {error}") from error


def _unpacked(data: bytes) -> bytes:
    if data[1] == PLAIN:
        return data[2:]
    if data[1] != ZSTD:
        raise Malformed("unknown packing")
    try:
        # The frame says how much it unpacks to, and a bomb says so too.
        size = zstandard.get_frame_parameters(data[2:]).content_size
        if size > MOST_BYTES:
            raise Malformed(f"unpacks to {size} bytes")
        return zstandard.ZstdDecompressor().decompress(
            data[2:], max_output_size=MOST_BYTES, allow_extra_data=False
        )
    except (zstandard.ZstdError, MemoryError) as error:
        raise Malformed(str(error)) from error


def _changes(frame: _Frame, device: str) -> list[Change]:
    backwards = frame.names[::-1]
    text = frame.ids.hex()
    ids = [
        f"{text[i : i + 8]}-{text[i + 8 : i + 12]}-{text[i + 12 : i + 16]}"
        f"-{text[i + 16 : i + 20]}-{text[i + 20 : i + 32]}"
        for i in range(0, len(text), 32)
    ] + backwards
    text = frame.devices.hex()
    devices = [device, *(text[i : i + 16] for i in range(0, len(text), 16)), *backwards]

    stamps = list(accumulate(frame.stamps))
    writers = list(map(devices.__getitem__, frame.writers))
    if stamps and not (min(stamps) in _STAMPS and max(stamps) in _STAMPS):
        raise ValueError("stamp")
    base_writers = iter(frame.base_writers)
    bases = [
        f"{stamp - base}.{devices[next(base_writers)]}" if type(base) is int else base
        for stamp, base in zip(stamps, frame.bases, strict=True)
    ]
    if frame.more_bases:
        more = iter(frame.more_bases)
        joined: dict[int, list[str]] = {}
        for at, older, writer in zip(more, more, more, strict=True):
            stamp = f"{stamps[at] - older}.{devices[writer]}"
            joined.setdefault(at, [str(bases[at])]).append(stamp)
        for at, seen in joined.items():
            bases[at] = " ".join(seen)

    if frame.kinds and max(frame.kinds) > ID:
        raise ValueError("kind")
    sources: list[Iterator[Value]] = [
        repeat(None),
        iter(frame.texts),
        iter(frame.ints),
        iter(frame.floats),
        iter(frame.blobs),
        map(ids.__getitem__, frame.links),
    ]
    values = list(map(next, map(sources.__getitem__, frame.kinds)))
    if len(values) != len(frame.kinds):
        raise ValueError("values")

    columns: list[str]
    vals: list[Value] | list[Value | Cells]
    if frame.shapes:
        columns, vals = _rows(frame, iter(values))
    else:
        columns, vals = list(map(frame.names.__getitem__, frame.columns)), values
    tables = map(frame.names.__getitem__, frame.tables)
    rows = map(ids.__getitem__, frame.rows)
    together = zip(tables, rows, columns, vals, stamps, writers, bases, strict=True)
    return list(map(Change._make, together))


def _rows(frame: _Frame, values: Iterator[Value]) -> tuple[list[str], list[Value | Cells]]:
    shapes = [[frame.names[name] for name in shape] for shape in frame.shapes]
    columns: list[str] = []
    vals: list[Value | Cells] = []
    for number in frame.columns:
        if number < 0:
            columns.append(ROW)
            vals.append({name: next(values) for name in shapes[-1 - number]})
        else:
            columns.append(frame.names[number])
            vals.append(next(values))
    return columns, vals
