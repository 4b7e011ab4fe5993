"""The tasks of a report one by one, as its annex lists them.

Public entrance: `Task`, `tasks`, `HEADS`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from office.moments import show_day
from office.reports.report import Report
from office.standing import STANDINGS
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting, Unit
from schema.report_rows import Stood
from schema.secrecy import grades
from schema.standing import Standing
from schema.store import Store

HEADS = (
    *("STT", "Nhiệm vụ", "Văn bản giao", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"),
    *("Kết quả", "Trạng thái"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One task in the words of an official table; `due` is its last day in time, or what is said of
    its deadline."""

    work: str
    given_by: str
    lead: str
    together: str
    due: date | str
    product: str
    result: str
    standing: str


def tasks(
    store: Store, report: Report, rows: Sequence[int] | None = None
) -> tuple[list[Task], int]:
    """The tasks of a report, or only those of some `rows`, in order of their units and deadlines;
    and how many were left out, since they bear a state-secret mark."""
    names = {unit.id: unit.name for unit in store.select(Unit)}
    places = {unit: place for place, unit in enumerate(report.names_of_units)}
    counted = sorted(
        report.rows,
        key=lambda row: (places.get(row.lead or "", len(places)), row.due or "9", row.row),
    )
    numbers = json.dumps([row.row for row in counted])
    among = "rowid IN (SELECT value FROM json_each(?))"
    found = dict(store.numbered(Followup, f"WHERE {among}", numbers))
    ids = json.dumps([followup.id for followup in found.values()])
    given = _given_by(store, list(found.values()), ids)
    results = _results(store, ids)
    kept = grades(store, [followup.id for followup in found.values()])
    told = [
        _task(row, found[row.row], given, results, names)
        for row in counted
        if row.row in found and found[row.row].id not in kept
    ]
    return told, len(kept)


def _task(
    row: Stood,
    followup: Followup,
    given: dict[str, str],
    results: dict[str, str],
    names: dict[str, str],
) -> Task:
    together = (names.get(unit, "") for unit in followup.coordinating.splitlines())
    result = results.get(followup.id, "") if row.done else ""
    return Task(
        followup.work[:1].upper() + followup.work[1:],
        given.get(followup.id, ""),
        names.get(row.lead or "", ""),
        "; ".join(filter(None, together)),
        date.fromisoformat(row.due) if row.due else followup.due_text,
        followup.product,
        result,
        STANDINGS[Standing(row.standing)],
    )


def _given_by(store: Store, followups: Sequence[Followup], ids: str) -> dict[str, str]:
    """Of each the paper that gave it, with its day, else the meeting."""
    among = "IN (SELECT value FROM json_each(?))"
    papers: dict[str, str] = {}
    for source in store.live(FollowupSource, f"number <> '' AND followup {among} ORDER BY id", ids):
        on = f" ngày {show_day(source.issued_on)}" if source.issued_on else ""
        papers.setdefault(source.followup or "", f"{source.number}{on}")
    meetings = json.dumps(sorted({f.meeting for f in followups if f.meeting}))
    titles = {
        meeting.id: meeting.title
        for meeting in store.select(Meeting, f"WHERE id {among}", meetings)
    }
    return {f.id: papers.get(f.id) or titles.get(f.meeting or "", "") for f in followups}


def _results(store: Store, ids: str) -> dict[str, str]:
    """Of each the product that was handed in last: what it is, its number and day, or a figure."""
    found: dict[str, str] = {}
    for event in store.select(
        FollowupEvent,
        "WHERE followup IN (SELECT value FROM json_each(?)) AND kind IN ('submitted', 'done')"
        " ORDER BY at, id",
        ids,
    ):
        figure = f"{event.figure:g} {event.measure}" if event.figure is not None else ""
        number = f"số {event.number}" if event.number else ""
        on = f"ngày {show_day(event.issued_on)}" if event.issued_on else ""
        paper = " ".join(filter(None, (number, on)))
        if told := "; ".join(filter(None, (event.product, paper, figure, event.link))):
            found[event.followup or ""] = told
    return found
