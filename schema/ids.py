"""UUIDv7 identifiers (RFC 9562, section 5.7): sortable by time, made anywhere without asking."""

import os
from collections.abc import Callable

Randomness = Callable[[int], bytes]

# The same identifier in plain SQL, so that a row written by any tool gets one. SQLite 3.40 has
# no unixepoch('subsec'): milliseconds come from julianday.
SQL_NOW_MS = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"
SQL_UUID7 = (
    f"(printf('%08x-%04x-7%03x-%04x-%012x', {SQL_NOW_MS} >> 16, {SQL_NOW_MS} & 65535, "
    "random() & 4095, 32768 | (random() & 16383), random() & 281474976710655))"
)


def uuid7(now_ms: int, randomness: Randomness = os.urandom) -> str:
    """A UUIDv7 as 36 characters of lower-case text; `now_ms` is Unix time in milliseconds."""
    noise = int.from_bytes(randomness(10), "big")
    value = (now_ms & (1 << 48) - 1) << 80 | 7 << 76 | (noise >> 62 & 0xFFF) << 64
    value |= 2 << 62 | noise & (1 << 62) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
