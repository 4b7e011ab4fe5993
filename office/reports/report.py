"""A report: what was to be done in a period, and how it stands, counted in groups.

    report = make(store, month_of(today))
    for group in report.by(Grouping.UNIT):
        print(group.name, group.count[Figure.DONE_LATE])

Public entrance: `make`, `Report`, `Grouping`, `Group`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from operator import attrgetter

from office.labels import SOURCE_KINDS
from office.moments import office_date
from office.reports.figures import Count, Figure, Shapes, days_late
from office.reports.period import Period, checked, midnight, start_of
from schema.errors import N_
from schema.records import Field, Person, Unit
from schema.report_rows import Stood, stood
from schema.store import Store
from schema.viet import person_key, sort_key

_DAY = timedelta(days=1)


class Grouping(StrEnum):
    """By lead unit, leader in charge, field, or kind of source."""

    UNIT = "unit"
    LEADER = "leader"
    FIELD = "field"
    SOURCE = "source"


GROUPINGS = {
    Grouping.UNIT: N_("Đơn vị"),
    Grouping.LEADER: N_("Lãnh đạo phụ trách"),
    Grouping.FIELD: N_("Lĩnh vực"),
    Grouping.SOURCE: N_("Nguồn"),
}
NOT_NAMED = {
    Grouping.UNIT: N_("Chưa rõ đơn vị"),
    Grouping.LEADER: N_("Chưa rõ lãnh đạo phụ trách"),
    Grouping.FIELD: N_("Chưa xếp lĩnh vực"),
    Grouping.SOURCE: N_("Chưa rõ nguồn"),
}
_KEYS = {
    Grouping.UNIT: attrgetter("lead"),
    Grouping.LEADER: attrgetter("leader"),
    Grouping.FIELD: attrgetter("field"),
    Grouping.SOURCE: attrgetter("source"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Follow-ups that share a unit, leader or field (an id), or a source (its kind); `key` is
    nothing for those that have none. `words` is a msgid in place of a `name` from the office."""

    key: str | None
    name: str
    words: str
    count: Count


class Report:
    """What `rows` come to. Figures of the groups sum to those of `total`."""

    def __init__(
        self, period: Period, rows: Sequence[Stood], names: Mapping[Grouping, Mapping[str, str]]
    ) -> None:
        """`names` of what a grouping groups by, by id, in the order of the report."""
        self.period = period
        self.rows = rows
        self._names = names
        shapes = Shapes(period.first.isoformat())
        self._shapes = [shapes.of(row) for row in rows]
        late, minutes = Figure.MEDIAN_DAYS_LATE, Figure.MEDIAN_MINUTES_TO_ASSIGN
        both = list(zip(rows, self._shapes, strict=True))
        self._late = [
            (row, days_late(row, period.as_of)) for row, shape in both if late in shape.figures
        ]
        self._minutes = [(row, row.minutes or 0) for row, shape in both if minutes in shape.figures]
        self.total = Count()
        self.total.shapes.update(self._shapes)
        self.total.late = [days for _row, days in self._late]
        self.total.minutes = [taken for _row, taken in self._minutes]

    @property
    def names_of_units(self) -> Mapping[str, str]:
        """By id, in the order of the report."""
        return self._names[Grouping.UNIT]

    def by(self, grouping: Grouping) -> list[Group]:
        """The groups in their order, what has no name last."""
        key = _KEYS[grouping]
        counts: dict[str | None, Count] = defaultdict(Count)
        keys = [key(row) or None for row in self.rows]
        together = Counter(zip(keys, self._shapes, strict=True))
        for (of, shape), many in together.items():
            counts[of].shapes[shape] = many
        for row, days in self._late:
            counts[key(row) or None].late.append(days)
        for row, taken in self._minutes:
            counts[key(row) or None].minutes.append(taken)
        names = self._names[grouping]
        places = {id: place for place, id in enumerate(names)}
        order = sorted(
            counts, key=lambda of: (of is None, places.get(of or "", len(places)), of or "")
        )
        return [self._group(grouping, of, counts[of]) for of in order]

    def _group(self, grouping: Grouping, key: str | None, count: Count) -> Group:
        name = self._names[grouping].get(key or "", "")
        if grouping is Grouping.SOURCE:
            return Group(key, "", name or NOT_NAMED[grouping], count)
        return Group(key, name, "" if name else NOT_NAMED[grouping], count)

    def rows_of(
        self, figure: Figure, grouping: Grouping | None = None, key: str | None = None
    ) -> list[int]:
        """The numbers of the rows that a figure is of: in all, or in the group of `key`."""
        of = _KEYS[grouping] if grouping else None
        return [
            row.row
            for row, shape in zip(self.rows, self._shapes, strict=True)
            if figure in shape.figures and (of is None or (of(row) or None) == key)
        ]


def make(store: Store, period: Period) -> Report:
    """Raises ThukyError where the period's days cannot be (`office.reports.period.checked`)."""
    today = office_date(store.clock())
    checked(period, today)
    past = period.as_of < today
    rows = stood(
        store,
        period.as_of,
        midnight(period.as_of),
        end=start_of(period.as_of + _DAY) if past else None,
        since=period.since,
        until=period.until,
    )
    return Report(period, rows, _names(store))


def _names(store: Store) -> dict[Grouping, dict[str, str]]:
    units = sorted(store.select(Unit), key=lambda unit: sort_key(unit.name))
    persons = sorted(store.select(Person), key=lambda person: person_key(person.name))
    fields = sorted(store.select(Field), key=lambda field: (field.position, sort_key(field.name)))
    return {
        Grouping.UNIT: {unit.id: unit.name for unit in units},
        Grouping.LEADER: {person.id: person.name for person in persons},
        Grouping.FIELD: {field.id: field.name for field in fields},
        Grouping.SOURCE: dict(SOURCE_KINDS),
    }
