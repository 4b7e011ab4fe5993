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
    return _text(now_ms, noise >> 62 & 0xFFF, noise)


class Ids:
    """Makes identifiers that sort in the order in which they were made, also within a millisecond
    or where the clock was put back a little: what follows the time then counts up (RFC 9562,
    section 6.2)."""

    # A clock that was put back further is believed: other programs write by it as well.
    BELIEVED_MS = 10_000

    def __init__(self, randomness: Randomness = os.urandom) -> None:
        self._randomness = randomness
        self._last = (-1, 0)

    def new(self, now_ms: int) -> str:
        noise = int.from_bytes(self._randomness(10), "big")
        ms, count = self._last
        if now_ms > ms or ms - now_ms > self.BELIEVED_MS:
            # Half of the numbers are left to count in.
            self._last = (now_ms, noise >> 62 & 0x7FF)
        else:
            self._last = (ms, count + 1) if count < 0xFFF else (ms + 1, 0)
        return _text(*self._last, noise)


def _text(ms: int, count: int, noise: int) -> str:
    value = (ms & (1 << 48) - 1) << 80 | 7 << 76 | count << 64
    value |= 2 << 62 | noise & (1 << 62) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
