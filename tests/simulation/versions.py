"""An older version of the program, which does not know some columns and a table.

Public entrance: `older`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from schema import tables
from schema.database import VERSION
from schema.tables import BY_NAME, TABLES
from sync import digest, engine, unfit

LATER = frozenset((("followup", "due_time"), ("meeting", "urgency"), ("followup_event", "by")))
LATER_TABLE = "saved_filter"


@contextmanager
def older() -> Iterator[None]:
    """In the block all code knows less; the databases are as they are."""
    if LATER_TABLE not in BY_NAME:
        yield
        return
    columns, synced = tables._columns, tables._synced
    vars(tables).update(
        _columns=cache(lambda name: tuple(c for c in columns(name) if (name, c.name) not in LATER)),
        _synced=cache(lambda name: tuple(c for c in synced(name) if (name, c) not in LATER)),
    )
    later = BY_NAME.pop(LATER_TABLE)
    _set(tuple(table for table in TABLES if table is not later), VERSION - 1)
    try:
        yield
    finally:
        vars(tables).update(_columns=columns, _synced=synced)
        BY_NAME[LATER_TABLE] = later
        _set(TABLES, VERSION)


def _set(known: tuple[tables.Table, ...], version: int) -> None:
    vars(digest).update(TABLES=known, VERSION=version)
    vars(engine).update(VERSION=version)
    unfit._columns.cache_clear()
