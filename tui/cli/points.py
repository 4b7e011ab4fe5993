"""Six points as a command line gives them, and a follow-up as JSON tells of it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from office.lateness import last_day
from office.moments import parse_date, show_date
from office.points import NO_DEADLINE, Point, missing
from office.standing import standing
from schema.errors import N_, NotFound, ThukyError
from schema.records import Field, Followup
from tui.cli.fields import Value, one_line
from tui.cli.rows import as_json
from tui.words import _

if TYPE_CHECKING:
    from office.known import Known
    from tui.cli.desk import Desk


def followup_json(desk: "Desk", followup: Followup) -> dict[str, Any]:
    """A follow-up as every command answers with it: units by name and by id, what is missing."""
    others = followup.coordinating.splitlines()
    names = desk.directory.name_of
    return as_json(followup) | {
        "lead": names(followup.lead) or None,
        "lead_id": followup.lead,
        "coordinating": [names(id) for id in others],
        "coordinating_ids": others,
        "field": desk.title(Field, followup.field or "") or None,
        "field_id": followup.field,
        "leader": names(followup.leader) or None,
        "leader_id": followup.leader,
        "inclusive": bool(followup.inclusive),
        "last_ok_date": last.isoformat() if (last := last_day(followup)) else None,
        "missing": (gone := [point.value for point in missing(followup)]),
        "clear": len(Point) - len(gone),
        "standing": standing(followup, desk.today).value,
    }


def read_cells(desk: "Desk", cells: dict[str, str], on: date) -> dict[str, Value]:
    """Options as cells of a follow-up that was given `on` a day. Raises ThukyError.

    A deadline may be a day or a phrase; who answers may be somebody in the list; a unit that was
    merged is the one that has its duties now.
    """
    due = one_line(cells["due"]) if "due" in cells else None
    plain = {name: text for name, text in cells.items() if name != "due"}
    read = _deadline(desk, due, on) if due is not None else {}
    read |= desk.read(Followup, plain)
    if "accountable" in plain and "accountable_person" not in plain:
        read["accountable_person"] = _person(desk, str(read["accountable"]))
    for name in ("lead", "coordinating"):
        if read.get(name):
            read[name] = "\n".join(_now(desk, id) for id in str(read[name]).splitlines())
    return read


def read_sentence(desk: "Desk", sentence: str, on: date) -> dict[str, Value]:
    """The cells that a sentence states. Raises ThukyError where it gives no task, or several."""
    known = _known(desk)
    reading = known.read(sentence, on)
    if reading.split:
        tasks = "; ".join(reading.split)
        raise ThukyError(
            N_("Câu này có {count} việc; chưa thêm gì, hãy thêm từng việc: {tasks}"),
            count=len(reading.split),
            tasks=tasks,
        )
    if not reading.task:
        raise ThukyError(N_("Câu này không giao việc nào; chưa thêm gì."))
    found = reading.deadline
    if found is not None and found.deadline.ask:
        _ask(desk, found.phrase, found.deadline.problem)
    return {"work": sentence} | known.cells(reading)


def warn_of_the_past(desk: "Desk", followup: Followup) -> None:
    """Say so where a deadline has passed already."""
    try:
        due = date.fromisoformat(followup.due or "")
    except ValueError:
        return
    if due < desk.today:
        desk.notice(N_("Thời hạn {day} đã qua; vẫn ghi như vậy."), day=show_date(due))


def _known(desk: "Desk") -> "Known":
    from office.known import known  # the readers take longer to import than most commands to run

    return known(desk.store)


def _deadline(desk: "Desk", text: str, on: date) -> dict[str, Value]:
    """All cells of a deadline, so that none is left of the one before."""
    if not text:
        return dict(NO_DEADLINE)
    try:
        return NO_DEADLINE | {"due": parse_date(text, on).isoformat(), "due_kind": "fixed"}
    except ThukyError as not_a_day:
        from office.reading import deadline_cells

        due = _known(desk).due(text, on)
        if due.kind == "unclear":
            if due.problem:
                raise ThukyError(
                    N_("“{text}”: {reason} Chưa ghi gì."), text=text, reason=_(due.problem)
                ) from None
            raise not_a_day
        if due.ask:
            _ask(desk, text, due.problem)
        return NO_DEADLINE | deadline_cells(text, due)


def _ask(desk: "Desk", phrase: str, problem: str | None) -> None:
    reason = _(problem or N_("Câu chữ này có thể hiểu theo cách khác."))
    desk.notice(N_("“{phrase}”: {reason} Hãy xem lại thời hạn."), phrase=phrase, reason=reason)


def _person(desk: "Desk", text: str) -> str | None:
    """The id of who is meant, if anybody in the list is. Raises Ambiguous where several are."""
    try:
        return desk.directory.person(text).id if text else None
    except NotFound:
        return None


def _now(desk: "Desk", unit: str) -> str:
    """The unit itself, or the one that it was merged into, which is said."""
    now = desk.directory.successors.get(unit, unit)
    if now != unit:
        desk.notice(
            N_("{old} đã nhập vào {new}; nhiệm vụ giao cho {new}."),
            old=desk.directory.name_of(unit),
            new=desk.directory.name_of(now),
        )
    return now
