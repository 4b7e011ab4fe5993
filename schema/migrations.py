"""Bringing an older file up to date, with a backup beside it first.

Only imported when a migration is due, since sqlite-utils takes a while to import. The tables are
made from the declarations (`schema.tables`), so most migrations only say what is new:

    @steps()
    def m0002_room(db: Database) -> None:
        catch_up(db)
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from schema.database import VERSION, backup
from schema.tables import TABLES, state_sql, table_sql, trigger_sql

steps = Migrations("thuky")


@steps()
def m0001_first(db: Database) -> None:
    """The tables of the first version; a new file has them from the start."""
    catch_up(db)


def migrate(connection: sqlite3.Connection, path: Path, found: int) -> Path:
    """Copy the file to `<name>.v<found>-<time>.backup`, then take every step that is due.

    Returns the backup's path. A step that fails is rolled back and the file stays as it was.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.name}.v{found}-{stamp}.backup")
    backup(connection, copy)
    db = Database(connection, execute_plugins=False)
    steps.apply(db)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    return copy


def catch_up(db: Database) -> None:
    """Add the declared tables and columns that are missing, and make the triggers anew."""
    for table in TABLES:
        if table.name in db.table_names():
            existing = {c.name for c in db[table.name].columns}
            for column in table.columns:
                if column.name not in existing:
                    db.execute(f'ALTER TABLE "{table.name}" ADD COLUMN {column.sql}')
        for statement in table_sql(table):
            db.execute(statement)
    for trigger in db.triggers:
        db.execute(f'DROP TRIGGER "{trigger.name}"')
    for table in TABLES:
        for statement in trigger_sql(table):
            db.execute(statement)
    for statement in state_sql():
        db.execute(statement)
