"""Lists of units and people from elsewhere (a spreadsheet), matched with those already kept.

The whole list is good or none of it is: `plan_units` and `plan_persons` raise BadRows with every
fault, by row, before anything is written. What was taken in once is nothing new the second time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from office.directory import Directory, plain
from office.labels import UNIT_TYPES
from schema.errors import N_, Ambiguous, ThukyError
from schema.records import Person, Post, Unit
from schema.store import Store
from schema.viet import fold

R = TypeVar("R", Unit, Person)
NewId = Callable[[], str]
Cells = dict[str, str]
FAULTS_TOLD = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its number as a person counts it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, empty where the list has no such column."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Plan(Generic[R]):
    """What is to be written: new records with their ids, changed cells by id, new posts."""

    record: type[R]
    added: list[R] = field(default_factory=list)
    changed: dict[str, Cells] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    unchanged: int = 0

    def change(self, record: R, cells: Cells) -> None:
        """Let the list's cells be the record's, but for empty ones."""
        new = {name: cell for name, cell in cells.items() if cell and cell != getattr(record, name)}
        if new:
            self.changed[record.id] = new
        else:
            self.unchanged += 1


def write(store: Store, plan: Plan[R]) -> None:
    """Carry out a plan, all of it or nothing."""
    with store.transaction():
        for record in plan.added:
            store.insert(record)
        for id, cells in plan.changed.items():
            store.update(plan.record, id, **cells)
        for post in plan.posts:
            store.insert(post)


class BadRows(ThukyError):
    """Some rows cannot be taken in, so nothing was."""

    def __init__(self, faults: Sequence[ThukyError]) -> None:
        more = ["…"] if len(faults) > FAULTS_TOLD else []
        super().__init__(
            N_("Danh sách có {count} lỗi nên chưa nhập gì: {faults}."),
            count=len(faults),
            faults=[*faults[:FAULTS_TOLD], *more],
        )


def plan_units(rows: Sequence[Row], directory: Directory, new_id: NewId) -> Plan[Unit]:
    """Columns name, abbr, type, parent (by name, perhaps of another row). Units of one name are
    told apart by their parents. Raises BadRows."""
    plan: Plan[Unit] = Plan(Unit)
    faults: list[ThukyError] = []
    known: dict[str, list[Unit]] = {}
    for old in directory.units:
        known.setdefault(plain(old.name), []).append(old)
    seen: dict[str, int] = {}
    ordered, circular = _parents_first(rows)
    for row in ordered:
        with _telling(row, faults):
            parent = _parent(row["parent"], known, directory)
            kind = _unit_type(row["type"])
            unit = _same_unit(_name(row), parent, known)
            if unit is not None:
                _once(unit.id, row, seen)
                plan.change(unit, {"abbr": row["abbr"], "type": kind, "parent": parent})
                continue
            unit = Unit(
                id=new_id(), name=row["name"], abbr=row["abbr"], type=kind, parent=parent or None
            )
            _once(unit.id, row, seen)
            plan.added.append(unit)
            known.setdefault(plain(unit.name), []).append(unit)
    for row in circular:
        with _telling(row, faults):
            raise ThukyError(N_("“{name}” trực thuộc chính nó"), name=row["name"])
    if faults:
        raise BadRows(faults)
    return plan


def plan_persons(
    rows: Sequence[Row], directory: Directory, new_id: NewId, on: date
) -> Plan[Person]:
    """Columns name, post, unit (of that post), phone, email. People of one name are told apart by
    the units they serve on a day, their phones and addresses. Raises BadRows."""
    plan: Plan[Person] = Plan(Person)
    faults: list[ThukyError] = []
    known: dict[str, list[Person]] = {}
    for other in directory.persons:
        known.setdefault(plain(other.name), []).append(other)
    seen: dict[str, int] = {}
    for row in rows:
        with _telling(row, faults):
            unit = directory.unit(row["unit"]).id if row["unit"] else ""
            _once(f"{plain(_name(row))}, {unit}, {row['phone']}", row, seen)
            cells = {"phone": row["phone"], "email": row["email"]}
            namesakes = known.get(plain(row["name"]), ())
            if found := _same_person(row, unit, namesakes, directory, on):
                person, held = found, directory.posts_of(found, on)
                plan.change(person, cells)
            else:
                person, held = Person(id=new_id(), name=row["name"], **cells), []
                plan.added.append(person)
            if (row["post"] or unit) and not any(_is_held(p, row["post"], unit) for p in held):
                plan.posts.append(Post(person=person.id, unit=unit or None, title=row["post"]))
    if faults:
        raise BadRows(faults)
    return plan


@contextmanager
def _telling(row: Row, faults: list[ThukyError]) -> Iterator[None]:
    """Note what is wrong with a row, and go on with the next."""
    try:
        yield
    except ThukyError as error:
        faults.append(ThukyError(N_("dòng {row}: {reason}"), row=row.number, reason=error))


def _parents_first(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows, each after its parent's; and those that are above themselves."""
    ordered: list[Row] = []
    waiting = list(rows)
    while waiting:
        coming = {plain(row["name"]) for row in waiting}
        ready = [row for row in waiting if not row["parent"] or plain(row["parent"]) not in coming]
        if not ready:
            break
        ordered += ready
        done = {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in done]
    return ordered, waiting


def _name(row: Row) -> str:
    if not row["name"]:
        raise ThukyError(N_("thiếu tên"))
    return row["name"]


def _once(key: str, row: Row, seen: dict[str, int]) -> None:
    if key in seen:
        raise ThukyError(N_("trùng với dòng {row}"), row=seen[key])
    seen[key] = row.number


def _unit_type(text: str) -> str:
    for code, words in UNIT_TYPES.items():
        if fold(text) in (code, fold(words)):
            return code
    raise ThukyError(
        N_("không có loại đơn vị “{type}”; có: {codes}"),
        type=text,
        codes=", ".join(filter(None, UNIT_TYPES)),
    )


def _parent(text: str, known: Mapping[str, Sequence[Unit]], directory: Directory) -> str:
    namesakes = known.get(plain(text), ()) if text else ()
    if len(namesakes) == 1:
        return namesakes[0].id
    return directory.unit(text).id if text else ""


def _same_unit(name: str, parent: str, known: Mapping[str, Sequence[Unit]]) -> Unit | None:
    namesakes = known.get(plain(name), ())
    if not parent:
        if len(namesakes) > 1:
            raise Ambiguous(
                N_("có {count} đơn vị tên “{name}”; hãy ghi rõ trực thuộc đâu"),
                count=len(namesakes),
                name=name,
            )
        return namesakes[0] if namesakes else None
    below = [unit for unit in namesakes if unit.parent == parent]
    loose = [unit for unit in namesakes if not unit.parent]
    return next(iter(below + loose), None)


def _same_person(
    row: Row, unit: str, namesakes: Sequence[Person], directory: Directory, on: date
) -> Person | None:
    """The one of a name who has the row's phone or address, or serves in its unit or in none."""
    same = [
        person
        for person in namesakes
        if any(row[name] and row[name] == getattr(person, name) for name in ("phone", "email"))
        or not unit
        or not (held := directory.posts_of(person, on))
        or any(post.unit == unit for post in held)
    ]
    if len(same) > 1:
        raise Ambiguous(
            N_("có {count} người tên “{name}”, không rõ là ai"), count=len(same), name=row["name"]
        )
    return same[0] if same else None


def _is_held(post: Post, title: str, unit: str) -> bool:
    return (not unit or post.unit == unit) and (not title or fold(post.title) == fold(title))
