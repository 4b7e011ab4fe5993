"""Inspections (kiểm tra): planned, paid, concluded; what was seen, tied to follow-ups.

Public entrance: `keep`, `visit`, `keep_finding`, `all_inspections`, `findings_of`, `found_on`,
`phase`, `may_be_of`.
"""

from datetime import date
from typing import Any, Literal

from office.moments import show_date
from schema.errors import N_, ThukyError
from schema.records import Finding, Followup, Inspection
from schema.store import Store
from schema.tables import columns_of

Phase = Literal["planned", "visited", "concluded"]
PHASES: dict[Phase, str] = {
    "planned": N_("Sắp kiểm tra"),
    "visited": N_("Đã kiểm tra"),
    "concluded": N_("Đã kết luận"),
}


def phase(inspection: Inspection) -> Phase:
    if inspection.conclusion:
        return "concluded"
    return "visited" if inspection.visited_on else "planned"


def all_inspections(store: Store) -> list[Inspection]:
    """The latest first, by the day of the visit, planned or paid."""
    by_day = "coalesce(nullif(visited_on, ''), nullif(planned_on, ''), '9') DESC, id DESC"
    return store.live(Inspection, f"1 ORDER BY {by_day}")


def findings_of(store: Store, inspection: str) -> list[Finding]:
    return store.live(Finding, "inspection = ? ORDER BY position, id", inspection)


def found_on(store: Store, followup: str) -> list[tuple[Finding, Inspection | None]]:
    """What inspections saw of a follow-up, the last first, each with its inspection."""
    seen = store.live(Finding, "followup = ? ORDER BY seen_on DESC, id DESC", followup)
    return [(finding, store.find(Inspection, finding.inspection)) for finding in seen]


def keep(store: Store, inspection: Inspection) -> Inspection:
    """Write an inspection, in place of that of its id or as a new one. Raises ThukyError."""
    if not inspection.title.strip():
        raise ThukyError(N_("Cuộc kiểm tra chưa có tên; chưa ghi gì."))
    with store.transaction():
        if not inspection.id:
            return store.insert(inspection)
        cells = _cells(inspection)
        return store.update(Inspection, inspection.id, **cells)


def visit(store: Store, inspection: str, on: date, today: date) -> Inspection:
    """Note that the visit was paid on a day. Raises ThukyError where that has not come."""
    if on > today:
        raise ThukyError(N_("Ngày {day} chưa đến; chưa ghi gì."), day=show_date(on))
    return store.update(Inspection, inspection, visited_on=on.isoformat())


def keep_finding(store: Store, finding: Finding) -> Finding:
    """Write what was seen, in place of that of its id or as a new one at the end. Raises
    ThukyError where nothing is said, or it is of an inspection or follow-up that is not there."""
    if not finding.text.strip():
        raise ThukyError(N_("Hãy ghi điều thấy được; chưa ghi gì."))
    with store.transaction():
        store.get(Inspection, finding.inspection or "")
        if finding.followup:
            store.get(Followup, finding.followup)
        if finding.id:
            return store.update(Finding, finding.id, **_cells(finding))
        known = findings_of(store, finding.inspection or "")
        cells = _cells(finding) | {"position": (known[-1].position if known else 0.0) + 1}
        return store.insert(Finding(**cells))


def _cells(row: Inspection | Finding) -> dict[str, Any]:
    kept = ("id", "created_at", "deleted_at")
    return {c.name: getattr(row, c.name) for c in columns_of(type(row)) if c.name not in kept}


def may_be_of(store: Store, unit: str | None, most: int) -> list[Followup]:
    """The follow-ups that a finding may be of: those that the unit leads (all, where none is said),
    open ones first, by deadline."""
    of_unit = "lead = ? AND " if unit else ""
    where = f"{of_unit}state <> 'cancelled' ORDER BY state = 'done', due IS NULL, due, id LIMIT ?"
    return store.live(Followup, where, *([unit] if unit else []), most)
