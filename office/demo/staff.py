"""The people of the sample office. All are invented; two of them have one name, as happens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from office.demo import words
from office.demo.cast import CHAIRMAN, CHIEF, DEPUTIES, DEPUTY_CHIEFS, SECRETARY
from office.demo.directions import COMMITTEE, OFFICE
from office.reading.suggest import head_of
from schema.records import Person, Post, Unit
from schema.store import Store

NAMESAKE = "Nguyễn Văn Thuận"
NAMESAKES_OF = ("Sở Công Thương", "UBND xã Tam Đảo")
LED_BY = {
    "Ban Thường vụ Tỉnh ủy": "Tỉnh ủy",
    "Thường trực HĐND tỉnh": "HĐND tỉnh",
    "Đảng ủy UBND tỉnh": COMMITTEE,
}
"""Bodies whose head is that of another."""
_TITLES = {"VNPT Phú Thọ": "Giám đốc", "Ủy ban Kiểm tra Tỉnh ủy": "Chủ nhiệm"}
CHANGES = 14
"""How many units get another head within the year."""


class Names:
    """Invented names; none is given twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._parts = words.names()
        self._given = {NAMESAKE, CHAIRMAN, *DEPUTIES, CHIEF, *DEPUTY_CHIEFS, SECRETARY}

    def new(self) -> str:
        while True:
            sex = self._parts["men" if self._rng.random() < 0.62 else "women"]
            parts = map(self._rng.choice, (self._parts["surnames"], sex["middle"], sex["given"]))
            if (name := " ".join(parts)) not in self._given:
                self._given.add(name)
                return name


@dataclass(slots=True)
class Staff:
    """Who heads which unit and who sits in the office; units by name, persons by record."""

    chairman: Person
    deputies: Sequence[Person]
    chief: Person
    deputy_chiefs: Sequence[Person]
    secretary: Person
    names: Names
    heads: dict[str, list[tuple[date, Person]]] = field(default_factory=dict)

    def head(self, unit: str, on: date) -> Person:
        """The person who heads a unit on a day."""
        held = self.heads[unit]
        return next((person for since, person in reversed(held) if since <= on), held[0][1])


def appoint(store: Store, units: dict[str, Unit], start: date, end: date, rng: Random) -> Staff:
    """Write the persons and their posts. Some units change their head between `start` and `end`."""
    names = Names(rng)
    before = start.replace(year=start.year - 1, day=1)

    def person(name: str, title: str, unit: str, since: date, until: date | None = None) -> Person:
        made = store.insert(Person(name=name))
        store.insert(
            Post(
                person=made.id,
                unit=units[unit].id,
                title=title,
                starts_on=since.isoformat(),
                ends_on=until.isoformat() if until else None,
            )
        )
        return made

    staff = Staff(
        chairman=person(CHAIRMAN, "Chủ tịch", COMMITTEE, before),
        deputies=[person(name, "Phó Chủ tịch", COMMITTEE, before) for name in DEPUTIES],
        chief=person(CHIEF, "Chánh", OFFICE, before),
        deputy_chiefs=[person(name, "Phó Chánh", OFFICE, before) for name in DEPUTY_CHIEFS],
        secretary=person(SECRETARY, "Chuyên viên", OFFICE, before),
        names=names,
    )
    staff.heads = {COMMITTEE: [(before, staff.chairman)], OFFICE: [(before, staff.chief)]}
    led = [name for name in units if name not in staff.heads and name not in LED_BY]
    changed = set(rng.sample(led, CHANGES)) if (end - start).days > 120 else set()
    for unit in led:
        since = date.fromordinal(before.toordinal() + 30 * rng.randrange(12))
        name = NAMESAKE if unit in NAMESAKES_OF else names.new()
        if unit not in changed or name == NAMESAKE:
            staff.heads[unit] = [(since, person(name, title_of(unit), unit, since))]
            continue
        turn = date.fromordinal(rng.randrange(start.toordinal() + 60, end.toordinal() - 30))
        eve = date.fromordinal(turn.toordinal() - 1)
        staff.heads[unit] = [
            (since, person(name, title_of(unit), unit, since, eve)),
            (turn, person(names.new(), title_of(unit), unit, turn)),
        ]
    for unit, other in LED_BY.items():
        staff.heads[unit] = staff.heads[other]
    for unit in (name for name in led if units[name].parent):
        person(names.new(), "Chuyên viên", unit, before)
    return staff


def title_of(unit: str) -> str:
    """What the head of a unit is called before its name: Giám đốc (Sở Y tế), Trưởng (Phòng …)."""
    return _TITLES.get(unit) or head_of(unit).removesuffix(unit).strip()
