"""The six points ("6 rõ", QĐ 2179/QĐ-TTg) of a follow-up, and which of them are clear."""

from enum import StrEnum

from schema.records import Followup


class Point(StrEnum):
    """Rõ người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền."""

    LEAD = "lead"
    WORK = "work"
    DEADLINE = "deadline"
    RESPONSIBILITY = "responsibility"
    PRODUCT = "product"
    AUTHORITY = "authority"


CELLS = {
    Point.LEAD: "lead",
    Point.WORK: "work",
    Point.DEADLINE: "due",
    Point.RESPONSIBILITY: "accountable",
    Point.PRODUCT: "product",
    Point.AUTHORITY: "authority",
}
"""The cell of a follow-up that a person fills in for each point."""
POINT_OF = {cell: point for point, cell in CELLS.items()}
DEADLINE = ("due", "due_time", "inclusive", "due_text", "due_kind", "recurrence", "due_event")
"""The cells of a deadline as it was spoken; they change as one."""
NO_DEADLINE = {name: getattr(Followup(), name) for name in (*DEADLINE, "due_meeting")}
"""All that a deadline leaves in a follow-up, as it is without one."""


def missing(followup: Followup) -> tuple[Point, ...]:
    """The points that a follow-up leaves open, in their order.

    The head of the lead unit answers where nobody else is named; a deadline may hang on an event.
    """
    clear = {
        Point.LEAD: followup.lead,
        Point.WORK: followup.work,
        Point.DEADLINE: followup.due or followup.due_event or followup.recurrence,
        Point.RESPONSIBILITY: followup.accountable or followup.lead,
        Point.PRODUCT: followup.product,
        Point.AUTHORITY: followup.authority,
    }
    return tuple(point for point in Point if not clear[point])
