"""Records by the start of their ids, in lists, and as JSON.

Imports no click, since the app opens one meeting's minutes with it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import fields
from os.path import commonprefix
from typing import Any

from office.directory import ID_START
from schema.errors import N_, NotFound
from schema.row import Record
from schema.store import R, Store
from schema.tables import columns_of, table_of


def live_row(store: Store, record: type[R], id: str) -> R:
    """The row whose id starts with `id`. Raises NotFound, also for a deleted one, or Ambiguous."""
    row = store.by_prefix(record, id)
    if isinstance(row, Record) and row.deleted_at:
        raise NotFound(N_("Bản ghi {id} đã bị xóa."), id=row.id)
    return row


def listed(
    store: Store,
    record: type[R],
    order: str,
    wanted: Mapping[str, object],
    *,
    deleted: bool = False,
) -> list[R]:
    """Rows in some order; `wanted` are conditions (SQL) with one `?` each, and its value."""
    conditions = [*wanted, *(() if deleted else ("deleted_at IS NULL",))]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return store.select(record, f"{where} ORDER BY {order}, id", *wanted.values())


def short_ids(store: Store, record: type[Any], ids: Sequence[str]) -> dict[str, str]:
    """For each id the start of it that no other row of the table shares."""
    table = table_of(record).name
    every = [row[0] for row in store.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]
    return {id: id[: _needed(every, id)] for id in ids}


def _needed(every: Sequence[str], id: str) -> int:
    at = bisect_left(every, id)
    beside = [other for other in every[max(at - 1, 0) : at + 2] if other != id]
    return max([ID_START, *(len(commonprefix([id, other])) + 1 for other in beside)])  # noqa: RUF071


def as_json(row: Any) -> dict[str, Any]:
    """All that can be written in JSON: the columns that hold no bytes, under their own names."""
    binary = {column.name for column in columns_of(type(row)) if column.type == "BLOB"}
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name not in binary}
