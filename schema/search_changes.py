"""Which documents must be read again after which changes. Public entrance: `note_changes`."""

import json
from collections.abc import Mapping, Sequence

from schema.search_tables import number_of
from schema.store import Store

# Changes that are looked at in one go.
MOST = 2_000

_ROWS = "(SELECT value FROM json_each(:rows))"
# What a cell of these rows has been, for the rows that it no longer points to.
_EVER = "SELECT val FROM change WHERE tbl = '{table}' AND col = '{column}' AND row IN " + _ROWS
_THESE = "SELECT value FROM json_each(:rows)"
_FOLLOWUPS = f"""
    SELECT id FROM followup WHERE meeting IN {_ROWS}
    UNION SELECT id FROM followup WHERE due_meeting IN {_ROWS}
    UNION SELECT followup FROM followup_source WHERE meeting IN {_ROWS}
    UNION SELECT followup FROM followup_event WHERE meeting IN {_ROWS}"""
_POSTED = f"SELECT person FROM post WHERE unit IN {_ROWS}"
_WORKING = f"""
    SELECT id FROM followup WHERE lead IN {_ROWS}
    UNION SELECT f.id FROM json_each(:rows) u JOIN followup f ON f.coordinating <> ''
        AND instr(f.coordinating, u.value)"""
_ANY: frozenset[str] = frozenset()

# For each table: the kind of document, the query of its ids, and the columns that matter if not all
# do. `:rows` are the ids of the changed rows.
_AFFECTED: Mapping[str, Sequence[tuple[str, str, frozenset[str]]]] = {
    "text": [("minutes", _THESE, _ANY)],
    "text_update": [("minutes", f"SELECT text FROM text_update WHERE id IN {_ROWS}", _ANY)],
    "meeting": [
        ("meeting", _THESE, _ANY),
        ("minutes", _THESE, frozenset({"deleted_at", "starts_at", "secrecy"})),
        ("followup", _FOLLOWUPS, frozenset({"starts_at", "secrecy"})),
    ],
    "agenda_item": [("meeting", _EVER.format(table="agenda_item", column="meeting"), _ANY)],
    "followup": [("followup", _THESE, _ANY)],
    "followup_source": [
        ("followup", _EVER.format(table="followup_source", column="followup"), _ANY)
    ],
    "followup_event": [
        ("followup", f"SELECT followup FROM followup_event WHERE id IN {_ROWS}", _ANY)
    ],
    "unit": [
        ("unit", _THESE, _ANY),
        ("followup", _WORKING, frozenset({"name"})),
        ("person", _POSTED, frozenset({"name"})),
        ("meeting", f"SELECT id FROM meeting WHERE host IN {_ROWS}", frozenset({"name"})),
    ],
    "person": [
        ("person", _THESE, _ANY),
        ("meeting", f"SELECT id FROM meeting WHERE chair IN {_ROWS}", frozenset({"name"})),
    ],
    "post": [("person", _EVER.format(table="post", column="person"), _ANY)],
}


def note_changes(store: Store, seq: int) -> int:
    """Note what the changes after `seq`, `MOST` of them, ask to be read again. Returns the last
    change looked at, which is `seq` itself where none came after."""
    rows = store.connection.execute(
        "SELECT seq, tbl, row, col FROM change WHERE seq > ? ORDER BY seq LIMIT ?", (seq, MOST)
    ).fetchall()
    changed: dict[str, dict[str, set[str]]] = {}
    for _, table, row, column in rows:
        if table in _AFFECTED:
            changed.setdefault(table, {}).setdefault(row, set()).add(column)
    for table, columns_of in changed.items():
        for kind, query, columns in _AFFECTED[table]:
            ids = [row for row, names in columns_of.items() if not columns or names & columns]
            if ids:
                store.connection.execute(
                    "INSERT OR IGNORE INTO search_pending (row, kind)"
                    f" SELECT found.id, {number_of(kind)}"
                    f" FROM (SELECT NULL AS id UNION {query}) found WHERE found.id IS NOT NULL",
                    {"rows": json.dumps(ids)},
                )
    return int(rows[-1][0]) if rows else seq
