"""A follow-up that is given to many units: a part for each, all of them answered in one table.

The whole is as far as its parts are (`schema.life`). A part is a follow-up of its own, with a
deadline, a product and a life; its id follows from the whole and the unit, so that two machines
that give a task to the same units alike make the same parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from office import followups
from office.answers import Answer, last_answer
from office.figures import Figure
from office.labels import WITHOUT_PRODUCT
from office.lateness import days_late
from office.merging import successors
from office.same_ids import same_id
from schema.errors import N_, NotFound, ThukyError
from schema.life import ENDED
from schema.records import Followup, FollowupEvent, FollowupSource, Unit
from schema.store import Store
from schema.viet import fold, sort_key

ANSWERED = ("submitted", "done")
"""States of a part whose unit has handed in what was asked."""
# What a part has of the whole from the first; then it is its own.
_TAKEN = (
    *("meeting", "work", "due", "due_time", "inclusive", "due_text", "due_kind", "due_event"),
    *("due_meeting", "monitor", "product", "authority", "field", "leader", "kind", "effect_due"),
)
_NAMED = 3
# Who accepts a part where nobody is named, and what was handed in where nothing is.
_OFFICE, _ANSWER = "Văn phòng", "Trả lời"


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part, by the name of the unit, with its last answer."""

    followup: Followup
    unit: str
    answer: Answer | None
    late_days: int

    @property
    def answered(self) -> bool:
        return self.followup.state in ANSWERED


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures that so many `units` answered in one measure."""

    total: float
    measure: str
    units: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many parts there are, and of these how many are answered, done, late (and open), refused,
    cancelled; what their figures come to."""

    units: int = 0
    answered: int = 0
    done: int = 0
    late: int = 0
    refused: int = 0
    cancelled: int = 0
    sums: tuple[Sum, ...] = ()


# Giving a task to many units


def split(store: Store, whole: str, units: Sequence[str]) -> list[Followup]:
    """Give a follow-up to these units (ids), or to these as well: a part for each. One that was
    merged into another stands for that.

    Raises ThukyError, with nothing written, where it is itself a part or a milestone, or a unit is
    named twice or has its part already.
    """
    with store.transaction():
        of = store.get(Followup, whole)
        _check_divisible(of)
        now_called = successors(store.live(Unit))
        wanted = [now_called.get(unit, unit) for unit in units]
        there = {part.lead: part for part in parts_of(store, whole)}
        twice = [unit for n, unit in enumerate(wanted) if unit in there or unit in wanted[:n]]
        if twice:
            raise ThukyError(
                N_(
                    "Mỗi đơn vị chỉ có một phần của một nhiệm vụ; đã có phần rồi hoặc gọi tên hai"
                    " lần: {units}. Chưa chia gì."
                ),
                units=_given_twice(store, twice),
            )
        # Those who have it from the first were told when the whole was.
        given = store.now() if there and of.given_at else of.given_at
        return [_make(store, of, unit, given) for unit in wanted]


def untold(store: Store, whole: str, units: Iterable[Unit]) -> list[str]:
    """The ids of those of these units that have no part of it yet."""
    there = {part.lead for part in parts_of(store, whole)}
    return [unit.id for unit in units if unit.id not in there]


def take_away(
    store: Store, whole: str, units: Sequence[str], *, reason: str = "", by: str = ""
) -> int:
    """Take these units' parts away; how many. Where a unit has given word already, its part is
    cancelled for a `reason`. Raises ThukyError, with nothing written, where there is none, or a
    unit has no part."""
    with store.transaction():
        for unit in units:
            part = part_for(store, whole, unit)
            if part.state in ("proposed", "assigned") and not part.heard_at:
                store.delete(Followup, part.id)
            elif not reason.strip():
                raise ThukyError(
                    N_("{unit} đã có trả lời: bỏ phần ấy thì phải ghi lý do; chưa bỏ gì."),
                    unit=_name(store, unit),
                )
            elif part.state not in ENDED:
                followups.record(store, part.id, "cancelled", note=reason, by=by)
        return len(units)


def give(store: Store, whole: str, at: str) -> None:
    """The whole was assigned at a moment: so are its parts, and its milestones."""
    for row in store.live(Followup, "parent = ? AND role <> '' AND state = 'proposed'", whole):
        tell(store, row, at)


def _make(store: Store, of: Followup, unit: str, given: str | None) -> Followup:
    id = same_id(of.id, unit)
    if store.find(Followup, id):  # it was taken away before
        part = store.restore(Followup, id)
    else:
        cells = {name: getattr(of, name) for name in _TAKEN}
        part = store.insert(Followup(id=id, lead=unit, parent=of.id, role="part", **cells))
        copy_sources(store, of.id, id)
    if given and part.state == "proposed":
        tell(store, part, given)
    return store.get(Followup, id)


def copy_sources(store: Store, of: str, to: str) -> None:
    """What comes from a follow-up comes from where that does."""
    for source in store.live(FollowupSource, "followup = ? ORDER BY id", of):
        copied = same_id(to, source.id)
        if not store.find(FollowupSource, copied):
            store.insert(replace(source, id=copied, followup=to, digest=""))


def tell(store: Store, part: Followup, at: str) -> None:
    """Assign it, once for each moment: whichever machine writes that writes the same, and so
    without what only one of them knows."""
    id = same_id(part.id, "assigned", at)
    if not store.find(FollowupEvent, id):
        store.insert(
            FollowupEvent(
                id=id, created_at=at, followup=part.id, kind="assigned", at=at, unit=part.lead
            )
        )


def _check_divisible(of: Followup) -> None:
    if of.role == "part":
        raise ThukyError(
            N_(
                "Đây đã là phần của một đơn vị, không chia nhỏ nữa; chưa chia gì. Muốn giao thêm"
                " đơn vị thì thêm vào nhiệm vụ chung."
            )
        )
    if of.role == "milestone":
        raise ThukyError(N_("Mốc không chia cho nhiều đơn vị; chưa chia gì."))
    if of.state in ENDED:
        raise ThukyError(
            N_("Nhiệm vụ này đã kết thúc nên không giao thêm đơn vị nào; mở lại trước.")
        )


def _given_twice(store: Store, units: Sequence[str]) -> str:
    names = [_name(store, unit) for unit in dict.fromkeys(units)]
    more = [f"+{len(names) - _NAMED}"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])


def _name(store: Store, unit: str | None) -> str:
    found = store.find(Unit, unit)
    return found.name if found else unit or ""


# The parts of a whole


def parts_of(store: Store, whole: str) -> list[Followup]:
    return store.live(Followup, "parent = ? AND role = 'part' ORDER BY id", whole)


def has_parts(store: Store, whole: str) -> bool:
    return bool(store.count(Followup, "parent = ? AND role = 'part'", whole))


def part_for(store: Store, whole: str, unit: str) -> Followup:
    """The part of a unit. Raises NotFound."""
    found = store.live(Followup, "parent = ? AND role = 'part' AND lead = ?", whole, unit)
    if not found:
        raise NotFound(N_("{unit} không có phần nào của nhiệm vụ này."), unit=_name(store, unit))
    return found[0]


def table(store: Store, whole: str, today: date) -> list[Part]:
    """The parts of a whole with their answers, by the names of their units."""
    parts = parts_of(store, whole)
    names = {unit.id: unit.name for unit in store.select(Unit)}
    events: dict[str | None, list[FollowupEvent]] = defaultdict(list)
    for event in store.select(
        FollowupEvent,
        "WHERE followup IN (SELECT id FROM followup WHERE parent = ? AND role = 'part')"
        " ORDER BY at, id",
        whole,
    ):
        events[event.followup].append(event)
    found = [
        Part(part, names.get(part.lead or "", ""), last_answer(events[part.id]), _late(part, today))
        for part in parts
    ]
    return sorted(found, key=lambda part: (sort_key(part.unit), part.followup.id))


def totals(parts: Iterable[Part]) -> Totals:
    """What the foot of the table says."""
    counted = list(parts)
    states = [part.followup.state for part in counted]
    return Totals(
        len(counted),
        sum(part.answered for part in counted),
        states.count("done"),
        sum(part.late_days > 0 for part in counted),
        states.count("refused"),
        states.count("cancelled"),
        _sums(counted),
    )


def _sums(parts: Iterable[Part]) -> tuple[Sum, ...]:
    """By measure, the one that most units answered in first; parts that are not answered, or no
    more, are left out."""
    figures: dict[str, list[Figure]] = defaultdict(list)
    for part in parts:
        if part.answered and part.answer and part.answer.figure:
            figures[fold(part.answer.figure.measure)].append(part.answer.figure)
    sums = [
        Sum(sum(figure.number for figure in same), same[0].measure, len(same))
        for same in figures.values()
    ]
    return tuple(sorted(sums, key=lambda each: -each.units))


def _late(part: Followup, today: date) -> int:
    """How many days late an open part is, 0 where it is not."""
    return 0 if part.state in ENDED else max(days_late(part, today) or 0, 0)


# Answers


def answer(
    store: Store, part: str, given: Answer, *, done: bool = False, by: str = ""
) -> list[FollowupEvent]:
    """Write down what a unit answered, and with `done` that this is all that was asked of it.

    A figure without a measure has that of the other units. Returns the events, to be taken back.
    Raises ThukyError, with nothing written, as `followups.record` does, and where the part is to be
    done with nothing to show for it.
    """
    with store.transaction():
        row = store.get(Followup, part)
        if row.role != "part":
            raise ThukyError(N_("Đây không phải phần của một đơn vị; chưa ghi gì."))
        submitted = row.state == "submitted"
        events = []
        if not (done and given.empty and submitted):
            if done and given.empty and row.kind not in WITHOUT_PRODUCT:
                raise ThukyError(
                    N_(
                        "Xong thì phải có gì để thấy: số văn bản, con số, hoặc vài chữ về kết quả."
                        " Chưa ghi gì."
                    )
                )
            events.append(_submit(store, row, given, by))
        if done:
            accepted = "" if row.authority else by or row.monitor or _OFFICE
            at = given.at or None
            events.append(followups.record(store, part, "done", by=by, at=at, value=accepted))
        return events


def _submit(store: Store, part: Followup, given: Answer, by: str) -> FollowupEvent:
    number, measure = given.figure or (None, "")
    if given.figure and not measure:
        measure = _usual_measure(store, part.parent or "")
    return followups.record(
        store,
        part.id,
        "submitted",
        by=by,
        note=given.note,
        at=given.at or None,
        product=part.product or given.note or given.number or given.link or _ANSWER,
        number=given.number,
        issued_on=given.issued_on,
        link=given.link,
        figure=number,
        measure=measure,
    )


def _usual_measure(store: Store, whole: str) -> str:
    """What the figures of other units count, the last first; nothing where there are none."""
    found = store.select(
        FollowupEvent,
        "WHERE followup IN (SELECT id FROM followup WHERE parent = ? AND role = 'part')"
        " AND measure <> '' ORDER BY seq DESC LIMIT 1",
        whole,
    )
    return found[0].measure if found else ""
