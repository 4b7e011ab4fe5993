"""Ids of rows that every machine makes by itself for one reason, so that they become one row."""

import hashlib

from schema.ids import uuid7


def same_id(of: str, *names: str) -> str:
    """The id of what belongs to the row `of` under these names: a UUIDv7 with the time of `of`."""
    seed = "\n".join((of, *names)).encode()
    try:
        made_ms = int(of.replace("-", "")[:12], 16)
    except ValueError:  # another program's id
        made_ms = 0
    return uuid7(made_ms, lambda size: hashlib.sha256(seed).digest()[:size])
