"""The milestones of a scheme (đề án), or of any task: steps, each with a deadline and a product.

A milestone is a follow-up of its own whose `parent` is the scheme; they stand in the order of their
`position`. They are urged, but are no tasks to be counted.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from office import followups
from office.answers import Answer
from office.parts import tell
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent
from schema.store import Store

_TAKEN = ("meeting", "lead", "monitor", "field", "leader")


def milestones_of(store: Store, scheme: str) -> list[Followup]:
    """In their order."""
    return store.live(
        Followup, "parent = ? AND role = 'milestone' ORDER BY position, due NULLS LAST, id", scheme
    )


def next_of(milestones: Sequence[Followup]) -> Followup | None:
    """The first that is still to be reached."""
    return next((row for row in milestones if row.state not in ENDED), None)


def add(store: Store, scheme: str, work: str, cells: Mapping[str, Any]) -> Followup:
    """A new milestone after the others; `cells` are those of its deadline and product. Raises
    ThukyError where it cannot have one."""
    with store.transaction():
        of = store.get(Followup, scheme)
        if of.role:
            raise ThukyError(
                N_("Chỉ nhiệm vụ hay đề án có mốc; đây là một mốc hoặc một phần. Chưa thêm gì.")
            )
        if not work:
            raise ThukyError(N_("Mốc chưa có tên."), field="work")
        there = milestones_of(store, scheme)
        position = max((row.position for row in there), default=0.0) + 1.0
        taken = {name: getattr(of, name) for name in _TAKEN}
        kept = store.insert(
            Followup(
                parent=scheme, role="milestone", work=work, position=position, **taken | dict(cells)
            )
        )
        if of.given_at:
            tell(store, kept, store.now())
        return store.get(Followup, kept.id)


def reach(store: Store, milestone: str, given: Answer, *, by: str = "") -> FollowupEvent:
    """A milestone is reached, with what shows it. Raises ThukyError as `followups.record` does, and
    where it has a product of which nothing is said."""
    row = _milestone(store, milestone)
    if given.empty and row.product:
        raise ThukyError(
            N_(
                "Mốc này có sản phẩm “{product}”: hãy ghi số văn bản, con số, hoặc vài chữ về kết"
                " quả. Chưa ghi gì."
            ),
            product=row.product,
        )
    figure, measure = given.figure or (None, "")
    return followups.record(
        store,
        milestone,
        "done",
        by=by,
        note=given.note,
        product=row.product,
        number=given.number,
        issued_on=given.issued_on,
        link=given.link,
        figure=figure,
        measure=measure,
    )


def move(store: Store, milestone: str, by: int) -> Followup:
    """Put a milestone past so many of its neighbours, later or (below zero) earlier."""
    row = _milestone(store, milestone)
    others = [r for r in milestones_of(store, row.parent or "") if r.id != milestone]
    rows = milestones_of(store, row.parent or "")
    at = max(0, min([r.id for r in rows].index(milestone) + by, len(others)))
    before = others[at - 1].position if at else None
    after = others[at].position if at < len(others) else None
    if before is None and after is None:
        return row
    if before is None or after is None:
        position = after - 1.0 if after is not None else (before or 0.0) + 1.0
    else:
        position = (before + after) / 2
    return store.update(Followup, milestone, position=position)


def remove(store: Store, milestone: str) -> Followup:
    """Take a milestone away; its history stays on file."""
    return store.delete(Followup, _milestone(store, milestone).id)


def _milestone(store: Store, id: str) -> Followup:
    row = store.get(Followup, id)
    if row.role != "milestone":
        raise ThukyError(N_("Đây không phải một mốc; chưa ghi gì."))
    return row
