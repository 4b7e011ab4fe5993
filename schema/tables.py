"""The tables as data, derived from the records, and the SQL that makes them.

Public entrance: `TABLES`, `table_of(record class)`, `create_sql()`, `trigger_sql(table)`.
"""

from dataclasses import Field, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

from schema import records
from schema.ids import SQL_NOW_MS, SQL_UUID7
from schema.life import ENDED, life_sql
from schema.local_tables import LOCAL_SQL
from schema.search_tables import SEARCH_SQL

SQL_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}
SQL_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


class Column(NamedTuple):
    name: str
    type: str
    required: bool
    default: Any
    ref: str | None
    derived: bool

    @property
    def sql(self) -> str:
        text = f'"{self.name}" {self.type}'
        if self.name == "seq":
            return f"{text} PRIMARY KEY AUTOINCREMENT"
        if self.name == "id":
            return f"{text} NOT NULL DEFAULT {SQL_UUID7}"
        if self.name == "created_at":
            return f"{text} NOT NULL DEFAULT ({SQL_NOW})"
        if self.required:
            text += f" NOT NULL DEFAULT {literal(self.default)}"
        if self.ref:
            text += f' REFERENCES "{self.ref}"("id")'
        return text


class Index(NamedTuple):
    """An index by that name of the rows that a condition holds for; SQLite uses it where a query
    asks for the same in the same words."""

    name: str
    columns: str
    where: str


class Table(NamedTuple):
    """A synced table. An insert-only one has rows that never change: a change of it is noted
    without a copy of its content. An index is of one column, or of several with blanks between."""

    name: str
    record: type[Any]
    insert_only: bool = False
    indexes: tuple[str | Index, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return _columns(self.name)

    @property
    def synced(self) -> tuple[str, ...]:
        """The names of the columns that other machines get, but for the id."""
        return _synced(self.name)


def literal(value: Any) -> str:
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


@cache
def _columns(table: str) -> tuple[Column, ...]:
    record = BY_NAME[table].record
    hints = get_type_hints(record)
    return tuple(_column(f, hints[f.name]) for f in fields(record))


def _column(f: "Field[Any]", hint: Any) -> Column:
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kind = next(o for o in options if o is not NoneType)
    return Column(
        name=f.name,
        type=SQL_TYPES[kind],
        required=NoneType not in options,
        default=f.default,
        ref=f.metadata.get("ref"),
        derived=bool(f.metadata.get("derived")),
    )


@cache
def _synced(table: str) -> tuple[str, ...]:
    return tuple(c.name for c in _columns(table) if not c.derived and c.name != "id")


# All that follow-ups are filtered by, so that a filter reads no row that it does not show.
FOLLOWUP_INDEX = (
    "due lead state inclusive due_time meeting coordinating accountable accountable_person monitor"
    " product authority due_event recurrence created_at done_at role field leader kind given_at"
    " heard_at urged_at extensions returns effect_due deleted_at"
)

# Most of what is asked is about those that are still open, of ten years the least.
FOLLOWUP_OPEN = Index(
    "open",
    FOLLOWUP_INDEX,
    f'"deleted_at" IS NULL AND "state" NOT IN ({", ".join(map(literal, ENDED))})',
)

TABLES = (
    Table("unit", records.Unit, indexes=("parent",)),
    Table("person", records.Person),
    Table("post", records.Post, indexes=("person", "unit")),
    Table("series", records.Series),
    Table("meeting", records.Meeting, indexes=("starts_at", "series")),
    Table("agenda_item", records.AgendaItem, indexes=("meeting",)),
    Table("attendance", records.Attendance, indexes=("meeting", "person")),
    Table("field", records.Field),
    Table(
        "followup",
        records.Followup,
        indexes=(
            *("meeting", FOLLOWUP_INDEX, FOLLOWUP_OPEN, "lead"),
            # Most have none: were those counted in, SQLite would take the index to find nothing.
            *(Index(name, name, f'"{name}" IS NOT NULL') for name in ("parent", "recurs_from")),
        ),
    ),
    Table(
        "followup_source", records.FollowupSource, indexes=("followup", "kind followup", "digest")
    ),
    Table("followup_event", records.FollowupEvent, insert_only=True, indexes=("followup at",)),
    Table("urging_rule", records.UrgingRule),
    Table("inspection", records.Inspection, indexes=("unit",)),
    Table("finding", records.Finding, indexes=("inspection", "followup")),
    Table("text", records.Text),
    Table("text_update", records.TextUpdate, insert_only=True, indexes=("text",)),
    Table("abbreviation", records.Abbreviation),
    Table("setting", records.Setting),
    Table("calendar_day", records.CalendarDay),
    Table("saved_filter", records.SavedFilter),
    Table("number_request", records.NumberRequest, insert_only=True),
    Table("register_event", records.RegisterEvent, insert_only=True),
    Table("official_number", records.OfficialNumber, insert_only=True, indexes=("request",)),
)
BY_RECORD = {t.record: t for t in TABLES}
BY_NAME = {t.name: t for t in TABLES}


def columns_of(record: type[Any]) -> tuple[Column, ...]:
    return _columns(BY_RECORD[record].name)


def table_of(record: type[Any]) -> Table:
    return BY_RECORD[record]


def table_sql(table: Table) -> list[str]:
    key = 'UNIQUE ("id")' if table.insert_only else 'PRIMARY KEY ("id")'
    lines = ",\n    ".join([c.sql for c in table.columns] + [key])
    return [f'CREATE TABLE IF NOT EXISTS "{table.name}" (\n    {lines}\n) STRICT'] + [
        index_sql(table.name, index) for index in table.indexes
    ]


def index_sql(table: str, index: str | Index) -> str:
    """An index is named after its table and first column, if it has no name of its own."""
    part = index if isinstance(index, Index) else Index(index.split()[0], index, "")
    listed = ", ".join(f'"{column}"' for column in part.columns.split())
    made = f'CREATE INDEX IF NOT EXISTS "{table}_{part.name}" ON "{table}" ({listed})'
    return f"{made} WHERE {part.where}" if part.where else made


def create_sql() -> list[str]:
    """Every statement that makes an empty database, in order."""
    statements = [*LOCAL_SQL, *SEARCH_SQL]
    for table in TABLES:
        statements += table_sql(table)
    for table in TABLES:
        statements += trigger_sql(table)
    return statements + life_sql(OWN)


def trigger_sql(table: Table) -> list[str]:
    """The triggers that note each changed cell of `table`, whoever writes it."""
    return insert_only_sql(table) if table.insert_only else captured_sql(table)


OWN = "(SELECT applying FROM clock) = 0"
# What a trigger writes is written as the statement that fired it says: inside a REPLACE the second
# INSERT overwrites the first, elsewhere it is ignored.
TELL_REPLACE = """INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);"""
REPLACING = "(SELECT now FROM replacing) IS 1"
REPLACED = "UPDATE replacing SET now = 0;"
TICK = f"UPDATE clock SET hlc = max(hlc + 1, {SQL_NOW_MS} << 16);"


def captured_sql(table: Table) -> list[str]:
    name = table.name
    latest = (
        f"FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = '{name}'"
        " ORDER BY p.hlc DESC, p.device DESC LIMIT 1"
    )
    differs = " OR ".join(f'NEW."{c}" IS NOT OLD."{c}"' for c in table.synced)

    # To delete says something of the whole row, so it names the newest seen of each device's writes
    # of it: then an edit that was not seen can be told.
    row = (
        "SELECT group_concat(stamp, ' ') FROM (SELECT max(p.hlc) || '.' || p.device AS stamp"
        f" FROM change p WHERE p.row = NEW.id AND p.tbl = '{name}'"
        " GROUP BY p.device ORDER BY p.device)"
    )
    cell = f"SELECT p.hlc || '.' || p.device {latest}"
    base = f"CASE v.col WHEN 'deleted_at' THEN ({row}) ELSE ({cell}) END"

    # REPLACE deletes the old row, so an insert is held against what was last written; where
    # nothing was, against the default that any machine would give the cell.
    defaults = {c.name: literal(c.default) if c.required else "NULL" for c in table.columns}

    def note(old: dict[str, str], unchanged: str) -> str:
        cells = "\n        UNION ALL ".join(
            f"SELECT '{c}' AS col, NEW.\"{c}\" AS val, {old[c]} AS old" for c in table.synced
        )
        return (
            "INSERT INTO change (tbl, row, col, val, hlc, device, base)\n"
            f"    SELECT '{name}', NEW.id, v.col, v.val, c.hlc, c.device,\n"
            f"        {base}\n"
            f"    FROM clock c, (\n        {cells}\n    ) v WHERE v.val IS NOT {unchanged};"
        )

    inserted = note(defaults, f"coalesce((SELECT p.val {latest}), v.old)")
    updated = note({c: f'OLD."{c}"' for c in table.synced}, "v.old")
    return [
        f"""CREATE TRIGGER "{name}_replace" BEFORE INSERT ON "{name}"
WHEN EXISTS (SELECT 1 FROM "{name}" WHERE id = NEW.id) BEGIN
    {TELL_REPLACE}
END""",
        f"""CREATE TRIGGER "{name}_replaced" AFTER INSERT ON "{name}" WHEN {REPLACING} BEGIN
    {REPLACED}
END""",
        f"""CREATE TRIGGER "{name}_insert" AFTER INSERT ON "{name}" WHEN {OWN} BEGIN
    {TICK}
    {inserted}
END""",
        f"""CREATE TRIGGER "{name}_update" AFTER UPDATE ON "{name}" WHEN {OWN} AND ({differs}) BEGIN
    {TICK}
    {updated}
END""",
        f"""CREATE TRIGGER "{name}_id" BEFORE UPDATE OF id ON "{name}"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END""",
        # Only an explicit tombstone deletes: DELETE from any tool becomes one. (A tool may have
        # set recursive_triggers, and then REPLACE comes here too.)
        f"""CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{name}" WHEN NOT {REPLACING} BEGIN
    UPDATE "{name}" SET deleted_at = {SQL_NOW} WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END""",
    ]


def insert_only_sql(table: Table) -> list[str]:
    name = table.name
    return [
        f"""CREATE TRIGGER "{name}_replace" BEFORE INSERT ON "{name}"
WHEN EXISTS (SELECT 1 FROM "{name}" WHERE id = NEW.id OR seq = NEW.seq) BEGIN
    {TELL_REPLACE}
    SELECT RAISE(ABORT, 'thuky: rows of {name} are written once') WHERE {REPLACING};
END""",
        f"""CREATE TRIGGER "{name}_insert" AFTER INSERT ON "{name}" WHEN {OWN} BEGIN
    {TICK}
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT '{name}', NEW.id, '*', NULL, hlc, device, NULL FROM clock;
END""",
        f"""CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{name}" WHEN {OWN} BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of {name} are written once');
END""",
        f"""CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{name}" WHEN {OWN} BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of {name} are written once');
END""",
    ]


def renote_sql(table: Table) -> list[str]:
    """What notes every cell of `table` that differs from what was noted last, as after a time
    without triggers."""
    name = table.name
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    if not table.insert_only:
        # The trigger of the insert looks at each cell.
        return [f'REPLACE INTO "{name}" ({names}) SELECT {names} FROM "{name}"']
    return [
        TICK,
        f"""INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT '{name}', t.id, '*', NULL, c.hlc, c.device, NULL FROM "{name}" t, clock c
    WHERE t.id NOT IN (SELECT row FROM change WHERE tbl = '{name}') ORDER BY t.seq""",
    ]
