"""What belongs to a meeting marked with a state-secret grade, and so never leaves its machine.

Source: law 117/2025/QH15. Public entrance: `withheld(store)`, `held_ids(store)`,
`grades(store, followups)`.
"""

import json
from collections.abc import Sequence, Set

from schema.store import Store
from schema.tables import TABLES


def held_ids(store: Store) -> set[str]:
    """The ids of all that must not leave the machine; a text has that of its meeting, from before
    anybody wrote in it."""
    marked = store.connection.execute("SELECT 1 FROM meeting WHERE secrecy <> '' LIMIT 1")
    return set().union(*withheld(store).values()) if marked.fetchone() else set()


def grades(store: Store, followups: Sequence[str]) -> dict[str, str]:
    """Of those of these follow-ups that must not leave the machine, the mark of a meeting for whose
    sake."""
    among = "IN (SELECT value FROM json_each(?1)) AND m.secrecy <> ''"
    rows = store.connection.execute(
        "SELECT f.id, m.secrecy FROM followup f"
        " JOIN meeting m ON m.id IN (f.meeting, f.due_meeting)"
        f" WHERE f.id {among} UNION SELECT s.followup, m.secrecy FROM followup_source s"
        f" JOIN meeting m ON m.id = s.meeting WHERE s.followup {among}",
        (json.dumps(followups),),
    )
    return dict(rows.fetchall())


def withheld(store: Store, meetings: Set[str] | None = None) -> dict[str, set[str]]:
    """For each table, the ids of the rows that must not leave the machine.

    These are the marked meetings (or those named) and all that points to them, however far; a
    follow-up one of whose sources is such a meeting; and the texts of all of these.
    """
    held: dict[str, set[str]] = {table.name: set() for table in TABLES}

    def hold(table: str, query: str, ids: set[str]) -> int:
        before = len(held[table])
        if ids:
            held[table].update(
                row[0] for row in store.connection.execute(query, (json.dumps(sorted(ids)),))
            )
        return len(held[table]) - before

    if meetings is None:
        marked = store.connection.execute("SELECT id FROM meeting WHERE secrecy <> ''")
        meetings = {row[0] for row in marked}
    held["meeting"] = set(meetings)
    within = "IN (SELECT value FROM json_each(?))"
    grew = len(held["meeting"])
    while grew:
        grew = hold(
            "followup",
            f"SELECT followup FROM followup_source WHERE followup IS NOT NULL AND meeting {within}",
            held["meeting"],
        )
        grew += hold("text", f"SELECT id FROM text WHERE id {within}", set().union(*held.values()))
        for table in TABLES:
            for column in table.columns:
                if column.ref:
                    query = f'SELECT id FROM "{table.name}" WHERE "{column.name}" {within}'
                    grew += hold(table.name, query, held[column.ref])
    return held
