"""The rows that a database has from the start: the calendar of working days, the rules of urging.

Every machine writes the same ones by itself, stamped before anything that a person writes: whatever
somebody changes counts, on whichever machine, and however late another one gets its seeds. They
travel as any change does, so that a machine without them (of an older version) holds the same.
"""

import csv
import sqlite3
from importlib.resources import files
from typing import Any

from schema.records import CalendarDay, UrgingRule
from schema.tables import columns_of, table_of

SEED_STAMP = (1, "seed")
"""The (hlc, device) of a seeded cell."""
_SEEDED_AT = "2026-01-01T00:00:00Z"


def seed(connection: sqlite3.Connection) -> None:
    """Write the seeded rows that are not there yet, inside the caller's transaction."""
    connection.execute("UPDATE clock SET applying = 1")
    for row in seeds():
        _write(connection, row)
    connection.execute("UPDATE clock SET applying = 0")


def is_untouched(connection: sqlite3.Connection, table: str, id: str) -> bool:
    """Whether a row is a seeded one that nobody has written since."""
    rows = connection.execute(
        "SELECT DISTINCT hlc, device FROM change WHERE tbl = ? AND row = ?", (table, id)
    )
    return rows.fetchall() == [SEED_STAMP]


def seeds() -> list[CalendarDay | UrgingRule]:
    """All rows that the program ships with."""
    return [*calendar_days(), *urging_rules()]


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


def urging_rules() -> list[UrgingRule]:
    """When whom is urged, until the office says otherwise."""
    lines = (files("schema") / "data" / "urging.csv").read_text("utf-8").splitlines()
    return [
        UrgingRule(
            id=row["id"],
            created_at=_SEEDED_AT,
            kind=row["kind"],
            days=int(row["days"]),
            every=int(row["every"]),
            whom=row["whom"],
            position=float(position),
        )
        for position, row in enumerate(csv.DictReader(lines), start=1)
    ]


def _write(connection: sqlite3.Connection, row: CalendarDay | UrgingRule) -> None:
    table, columns = table_of(type(row)).name, columns_of(type(row))
    names = ", ".join(f'"{c.name}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    cells: dict[str, Any] = {c.name: getattr(row, c.name) for c in columns}
    new = connection.execute(
        f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', tuple(cells.values())
    )
    for column in columns:
        name, value = column.name, cells[column.name]
        if name == "id" or value == column.default:
            continue
        noted = connection.execute(
            "INSERT OR IGNORE INTO change (tbl, row, col, val, hlc, device)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (table, row.id, name, value, *SEED_STAMP),
        )
        if noted.rowcount and not new.rowcount:
            # The row is from another machine: what it says counts over the seed.
            connection.execute(
                f'UPDATE "{table}" SET "{name}" = ? WHERE id = ? AND NOT EXISTS'
                " (SELECT 1 FROM change WHERE row = ? AND col = ? AND tbl = ? AND hlc > ?)",
                (value, row.id, row.id, name, table, SEED_STAMP[0]),
            )
