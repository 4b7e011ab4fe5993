"""What there is to say of a thing that is urged: its words, who gave it, what came of it before.

Public entrance: `Task`, `tasks`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from office.labels import SOURCE_KINDS
from office.moments import office_day, show_date
from office.urged import Urging, urgings_of
from office.urging import Item
from schema.records import Followup, FollowupSource, Meeting
from schema.secrecy import grades
from schema.store import Store
from schema.urging_rows import numbered, sources


@dataclass(frozen=True, slots=True)
class Task:
    """`given_by` is the paper or meeting that gave it, in words; `secret` the mark for whose sake
    it stays on this machine, and so out of every paper."""

    item: Item
    followup: Followup
    given_by: str
    urgings: Sequence[Urging] = ()
    secret: str = ""

    @property
    def due(self) -> date | None:
        try:
            return date.fromisoformat(self.followup.due or "")
        except ValueError:
            return None

    @property
    def last(self) -> Urging | None:
        """The last time that anybody was urged about it."""
        return self.urgings[-1] if self.urgings else None


def tasks(store: Store, items: Sequence[Item]) -> list[Task]:
    """In the order of `items`, without those that are gone meanwhile. Raises ThukyError."""
    rows = numbered(store, (item.rowid for item in items))
    ids = [row.id for row in rows.values()]
    urgings = urgings_of(store, ids)
    given = sources(store, ids)
    meetings = _meetings(store, (*rows.values(), *given.values()))
    marks = grades(store, ids)
    return [
        Task(
            item,
            row,
            _given_by(given.get(row.id), meetings.get(_meeting_of(row, given.get(row.id)))),
            urgings.get(row.id, ()),
            marks.get(row.id, ""),
        )
        for item in items
        if (row := rows.get(item.rowid))
    ]


def _meetings(store: Store, rows: Iterable[Followup | FollowupSource]) -> dict[str, Meeting]:
    ids = list({row.meeting for row in rows if row.meeting})
    among = "WHERE id IN (SELECT value FROM json_each(?))"
    return {meeting.id: meeting for meeting in store.select(Meeting, among, json.dumps(ids))}


def _meeting_of(row: Followup, source: FollowupSource | None) -> str:
    return (source.meeting if source else None) or row.meeting or ""


def _given_by(source: FollowupSource | None, meeting: Meeting | None) -> str:
    """Thông báo kết luận 15/TB-UBND ngày 12/01/2026: as a paper has it, in Vietnamese."""
    if source and (source.number or source.issued_on):
        kind = SOURCE_KINDS.get(source.kind, "") if source.kind not in ("hand", "meeting") else ""
        try:
            day = show_date(date.fromisoformat(source.issued_on or ""))
        except ValueError:
            day = ""
        parts = [f"{kind or 'Văn bản'} {source.number}".strip(), f"ngày {day}" if day else ""]
        return " ".join(filter(None, parts))
    if meeting:
        held = office_day(meeting.starts_at)
        return " ".join(filter(None, (meeting.title, f"ngày {show_date(held)}" if held else "")))
    return ""
