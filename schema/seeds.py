"""The rows that a database has from the start: the calendar of working days.

Every machine writes the same ones by itself, stamped before anything that a person writes: whatever
somebody changes counts, on whichever machine, and however late another one gets its seeds.
"""

import csv
import sqlite3
from importlib.resources import files
from typing import Any

from schema.records import CalendarDay
from schema.tables import columns_of, table_of

SEED_STAMP = (1, "seed")
"""The (hlc, device) of a seeded cell."""
_SEEDED_AT = "2026-01-01T00:00:00Z"


def seed(connection: sqlite3.Connection) -> None:
    """Write the seeded rows that are not there yet, inside the caller's transaction."""
    connection.execute("UPDATE clock SET applying = 1")
    for day in calendar_days():
        _write(connection, day)
    connection.execute("UPDATE clock SET applying = 0")


def is_untouched(connection: sqlite3.Connection, table: str, id: str) -> bool:
    """Whether a row is a seeded one that nobody has written since."""
    rows = connection.execute(
        "SELECT DISTINCT hlc, device FROM change WHERE tbl = ? AND row = ?", (table, id)
    )
    return rows.fetchall() == [SEED_STAMP]


def calendar_days() -> list[CalendarDay]:
    """The days that the program ships with: 2026 as announced, Tết of the next years."""
    lines = (files("schema") / "data" / "calendar.csv").read_text("utf-8").splitlines()
    return [
        CalendarDay(
            id=row["date"],
            created_at=_SEEDED_AT,
            kind=row["kind"],
            name=row["name"],
            source=row["source"],
            provisional=int(row["provisional"] == "yes"),
        )
        for row in csv.DictReader(lines)
    ]


def _write(connection: sqlite3.Connection, row: CalendarDay) -> None:
    table, columns = table_of(type(row)).name, columns_of(type(row))
    names = ", ".join(f'"{c.name}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    cells: dict[str, Any] = {c.name: getattr(row, c.name) for c in columns}
    new = connection.execute(
        f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', tuple(cells.values())
    )
    if new.rowcount:
        connection.executemany(
            # In no machine's log, since it need not travel.
            "INSERT INTO change (tbl, row, col, val, hlc, device, log)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (table, row.id, c.name, cells[c.name], *SEED_STAMP, SEED_STAMP[1])
                for c in columns
                if c.name != "id" and cells[c.name] != c.default
            ],
        )
