"""The register's rows with what each rests on: who stamped it, and whether it has left for the
others. Public entrance: `read`.
"""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from schema.database import explained
from schema.records import NumberRequest, OfficialNumber, RegisterEvent
from schema.store import Store
from schema.tables import table_of

T = TypeVar("T", NumberRequest, RegisterEvent, OfficialNumber)
TABLES = tuple(table_of(r).name for r in (NumberRequest, RegisterEvent, OfficialNumber))


@dataclass(frozen=True, slots=True)
class Stamped(Generic[T]):
    """A row; the devices whose stamp it bears (several only where a device was cloned); and whether
    it is in some device's log."""

    row: T
    writers: frozenset[str]
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """All of them, in the order in which they came to this machine, which is `device`."""

    device: str
    requests: list[Stamped[NumberRequest]] = field(default_factory=list)
    events: list[Stamped[RegisterEvent]] = field(default_factory=list)
    numbers: list[Stamped[OfficialNumber]] = field(default_factory=list)


def read(store: Store) -> Rows:
    with store.snapshot():
        (device,) = store.connection.execute("SELECT device FROM clock").fetchone()
        return Rows(
            device,
            _stamped(store, NumberRequest),
            _stamped(store, RegisterEvent),
            _stamped(store, OfficialNumber),
        )


def newest(store: Store) -> tuple[Any, ...]:
    """What is different once any row came or went out."""
    listed = ", ".join(f"(SELECT max(seq) FROM {table})" for table in TABLES)
    names = ", ".join(f"'{table}'" for table in TABLES)
    waiting = f"(SELECT count(*) FROM change WHERE log IS NULL AND tbl IN ({names}))"
    with explained(store.path):
        found: tuple[Any, ...] = store.connection.execute(f"SELECT {listed}, {waiting}").fetchone()
    return found


def _stamped(store: Store, record: type[T]) -> list[Stamped[T]]:
    table = table_of(record).name
    stamps: dict[str, set[str]] = {}
    unsent: set[str] = set()
    query = "SELECT row, device, log IS NULL FROM change WHERE tbl = ? AND col = '*' AND row IN "
    with explained(store.path):
        for id, device, waits in store.connection.execute(
            f"{query} (SELECT id FROM {table})", (table,)
        ):
            stamps.setdefault(id, set()).add(device)
            if waits:
                unsent.add(id)
    return [
        Stamped(row, frozenset(stamps.get(row.id, ())), row.id not in unsent)
        for row in store.select(record, "ORDER BY seq")
    ]
