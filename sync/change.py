"""What travels between machines: changed cells, and where in a device's log they stand."""

from typing import NamedTuple

Value = str | int | float | bytes | None
Cells = dict[str, Value]

# The column of a `Change` that is a whole row of an insert-only table.
ROW = "*"
# Stands as the log of what came with a snapshot: it may have been in anybody's.
SNAPSHOT = "snapshot"
# How the name begins under which one of two values goes that were written with one stamp.
TWIN = "-"
# How a stamp in the base of a deletion begins that says nothing of the device's earlier writes.
ONLY = "="


def writer(device: str) -> str:
    """The device that wrote under the name in a stamp."""
    return device.removeprefix(TWIN).partition("-")[0] if device.startswith(TWIN) else device


class Change(NamedTuple):
    """One written cell, as in the table `change`; or one insert-only row.

    `hlc` and `device` are the stamp of the write, `base` the stamps (`hlc.device`, spaces between)
    of what the writer had seen of it. Where `col` is `ROW`, `val` holds the row's synced cells but
    for its id.

    Names of tables and columns that this version does not know come and go as they are.
    """

    tbl: str
    row: str
    col: str
    val: Value | Cells
    hlc: int
    device: str
    base: str | None


class Position(NamedTuple):
    """A place in one device's log: the number of its last segment, and that segment's hash.

    Segments are numbered from 1 without gaps; `START` is the place before the first.
    """

    last: int
    head: bytes


START = Position(0, bytes(32))
