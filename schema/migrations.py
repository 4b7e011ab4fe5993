"""Bringing an older file up to date, with a backup beside it first.

Only imported when a migration is due, since sqlite-utils takes a while to import. The tables are
made from the declarations (`schema.tables`), so most migrations only say what is new:

    @steps()
    def m0003_room(db: Database) -> None:
        catch_up(db)
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from schema.database import VERSION, backup, version_of
from schema.life import derive_sql
from schema.seeds import seed
from schema.shape import build, differences

steps = Migrations("thuky")


@steps()
def m0001_first(db: Database) -> None:
    """The tables of the first version; a new file has them from the start."""
    catch_up(db)


@steps()
def m0002_calendar(db: Database) -> None:
    """The calendar of working days, saved filters, more of a follow-up's deadline, search."""
    catch_up(db)
    seed(db.conn)
    db.conn.execute(derive_sql())


@steps()
def m0003_sync(db: Database) -> None:
    """What a machine keeps of its agreeing with others; in whose log each change travels."""
    catch_up(db)
    if "pushed" in db.table("clock").columns_dict:
        db.execute("ALTER TABLE clock DROP COLUMN pushed")


@steps()
def m0004_life(db: Database) -> None:
    """What a follow-up's events tell, its parts and steps; fields, urging rules, inspections."""
    catch_up(db)
    seed(db.conn)
    db.conn.execute(derive_sql())


def migrate(connection: sqlite3.Connection, path: Path, found: int) -> None:
    """Copy the file to `<name>.v<found>-<time>.backup`, then take every step that is due.

    All of them are taken or none: a step that fails leaves the file as it was.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.name}.v{found}-{stamp}.backup")
    backup(connection, copy)
    try:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        if version_of(connection) == found:
            _take_steps(connection, found)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        copy.unlink()
        raise


def _take_steps(connection: sqlite3.Connection, found: int) -> None:
    db = Database(connection, execute_plugins=False, recursive_triggers=False)
    steps.ensure_migrations_table(db)
    # A file made by version `found` has had all steps up to it from the start.
    for step in steps.pending(db)[: max(0, found - len(steps.applied(db)))]:
        db.table(steps.migrations_table).insert(
            {"migration_set": steps.name, "name": step.name, "applied_at": str(datetime.now(UTC))}
        )
    steps.apply(db)


def catch_up(db: Database) -> None:
    """Add the declared tables, columns and indexes that are missing, and renew the triggers."""
    for how, part in differences(db.conn):
        if how == "missing" or (how == "different" and part.kind in ("index", "trigger")):
            build(db.conn, part)
