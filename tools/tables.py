"""Keep the list of tables in docs/database.md in step with the declarations.

`python -m tools.tables` renews it. `python -m tools.tables --check` changes nothing, and fails
where that would change something.
"""

import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from office import labels
from schema.tables import TABLES, Column, Table

PAGE = Path("docs/database.md")
START = "<!-- Made by `python -m tools.tables`. -->\n"
END = "<!-- The end of what is made. -->\n"
# Every table has them, so the page tells of them once.
COMMON = {"id", "created_at", "deleted_at"}
CODES: dict[tuple[str, str], Iterable[str]] = {
    ("unit", "type"): labels.UNIT_TYPES,
    ("series", "kind"): labels.MEETING_KINDS,
    ("meeting", "kind"): labels.MEETING_KINDS,
    ("meeting", "secrecy"): labels.SECRECY,
    ("meeting", "urgency"): labels.URGENCY,
    ("attendance", "role"): labels.ATTENDANCE_ROLES,
    ("attendance", "status"): labels.ATTENDANCE_STATUSES,
    ("followup", "state"): labels.FOLLOWUP_STATES,
    ("followup", "role"): labels.FOLLOWUP_ROLES,
    ("followup", "kind"): labels.FOLLOWUP_KINDS,
    ("followup_event", "kind"): labels.FOLLOWUP_EVENTS,
    ("followup_event", "value"): labels.EFFECTS,
    ("urging_rule", "kind"): labels.URGING_KINDS,
    ("urging_rule", "whom"): labels.URGED,
    ("finding", "result"): labels.FINDINGS,
}


def main(root: Path, *, check: bool) -> int:
    """Renew or check the page of the program at `root`; 1 where the check fails."""
    path = root / PAGE
    before = path.read_text(encoding="utf-8")
    head, start, rest = before.partition(START)
    _, end, tail = rest.partition(END)
    if not end:
        print(f"{path}: the marks of the list are gone", file=sys.stderr)
        return 1
    after = head + start + "\n".join(section(table) for table in TABLES) + end + tail
    if after == before:
        return 0
    if check:
        print(f"stale, run python -m tools.tables: {path}", file=sys.stderr)
        return 1
    path.write_text(after, encoding="utf-8")
    return 0


def section(table: Table) -> str:
    """What the page says of one table."""
    return "\n".join(
        [
            f"### {table.name}",
            "",
            inspect.cleandoc(table.record.__doc__ or ""),
            "",
            "| column | type | by default | |",
            "| --- | --- | --- | --- |",
            *(f"| {' | '.join(row)} |" for row in rows(table)),
            "",
        ]
    )


def rows(table: Table) -> Iterator[tuple[str, str, str, str]]:
    for column in table.columns:
        if column.name not in COMMON:
            yield f"`{column.name}`", column.type, default(column), notes(table, column)


def default(column: Column) -> str:
    if column.name == "seq":
        return "the next"
    if not column.required:
        return "NULL"
    match column.default:
        case "" | b"":
            return "empty"
        case value:
            return f"`{value}`"


def notes(table: Table, column: Column) -> str:
    codes = CODES.get((table.name, column.name), ())
    parts = [", ".join(f"`{code}`" for code in codes if code)]
    if column.ref:
        parts.append(f"id of a `{column.ref}`")
    if column.derived:
        parts.append("made by this machine itself")
    return "; ".join(filter(None, parts))


if __name__ == "__main__":
    sys.exit(main(Path(), check="--check" in sys.argv[1:]))
