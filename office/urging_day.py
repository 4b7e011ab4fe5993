"""A day's urging as it is looked at: by who is to be urged, with what they are called.

Public entrance: `Day`, `urging_day`, `chosen`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from office.merging import successors
from office.urging import urge_list
from office.urging_groups import Group, groups
from schema.records import Person, Unit
from schema.store import Store


@dataclass(frozen=True, slots=True)
class Day:
    """`names` are those of units and persons by their ids."""

    on: date
    groups: Sequence[Group]
    names: dict[str, str]

    def group(self, key: str) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)


def urging_day(store: Store, on: date) -> Day:
    """Raises ThukyError."""
    units = store.select(Unit)
    names = {unit.id: unit.name for unit in units}
    names |= {person.id: person.name for person in store.select(Person)}
    now = successors(unit for unit in units if unit.deleted_at is None)
    return Day(on, groups(urge_list(store, on), now), names)


def chosen(group: Group, rowids: Collection[int]) -> Group:
    """The group with these follow-ups only; all of it where none is chosen."""
    some = [item for item in group.items if item.rowid in rowids]
    return group._replace(items=some or group.items)
