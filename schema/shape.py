"""What a database file is made of, and where that differs from the declarations.

Public entrance: `shape_of(connection)`, `declared()`, `differences(connection)`,
`build(connection, part)`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from schema.tables import create_sql

Kind = Literal["table", "column", "index", "trigger"]
How = Literal["missing", "different", "unknown"]


class Part(NamedTuple):
    """A table, an index or a trigger by its name, or a column as `table.column`."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """How a part is made. `sql` makes it, given the parts that come before it in a shape; two
    parts are alike where `details` are. `table` is where it belongs."""

    table: str
    details: tuple[object, ...]
    sql: str


Shape = dict[Part, Made]

_COLUMNS = """
    SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk,
        (SELECT f."table" FROM pragma_foreign_key_list(t.name) f WHERE f."from" = c.name)
    FROM pragma_table_list t, pragma_table_info(t.name) c
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"""
# A virtual table has no columns of its own to compare; those that it keeps its rows in are its own
# affair.
_TABLES = """
    SELECT t.name, t.strict, iif(t.type = 'virtual', m.sql, NULL), m.sql
    FROM pragma_table_list t, sqlite_master m
    WHERE t.schema = 'main' AND t.type IN ('table', 'virtual')
        AND m.type = 'table' AND m.name = t.name"""
_OTHERS = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, rowid"""


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Every part of a database: tables, then columns, indexes, triggers."""
    shape: Shape = {}
    for name, strict, virtual, sql in connection.execute(_TABLES):
        shape[Part("table", name)] = Made(name, (strict, virtual), sql)
    for table, name, kind, required, default, key, ref in connection.execute(_COLUMNS):
        sql = f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}'
        sql += " NOT NULL" if required else ""
        sql += f" DEFAULT {default}" if default is not None else ""
        sql += f' REFERENCES "{ref}"("id")' if ref else ""
        details = (kind, required, default, key, ref)
        shape[Part("column", f"{table}.{name}")] = Made(table, details, sql)
    for kind, name, table, sql in connection.execute(_OTHERS):
        shape[Part(kind, name)] = Made(table, (sql,), sql)
    return shape


@cache
def declared() -> Shape:
    """The shape of a sound database."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in create_sql():
            fresh.execute(statement)
        return shape_of(fresh)


def differences(connection: sqlite3.Connection) -> Iterator[tuple[How, Part]]:
    """Where a database is not as declared, in the order in which it can be rebuilt.

    Tables of others are theirs; unknown parts are those that others added to our tables.
    """
    wanted, actual = declared(), shape_of(connection)
    for part, made in wanted.items():
        if part not in actual:
            if part.kind != "column" or Part("table", made.table) in actual:
                yield "missing", part
        elif actual[part].details != made.details:
            yield "different", part
    for part, made in actual.items():
        if part not in wanted and Part("table", made.table) in wanted:
            yield "unknown", part


def build(connection: sqlite3.Connection, part: Part) -> None:
    """Make one part as declared, in place of an index or a trigger of that name."""
    if part.kind in ("index", "trigger"):
        connection.execute(f'DROP {part.kind} IF EXISTS "{part.name}"')
    connection.execute(declared()[part].sql)
