"""The list of a day by who is to be urged: each unit, each leader in charge, the weekly meeting.

Public entrance: `Group`, `groups`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from office.urged import GROUP_OF
from office.urging import PRESSING, Item


class Group(NamedTuple):
    """What one of them is urged about. `kind` is unit, leader or meeting, `to` the id of the unit
    or person: None for the meeting, and where nobody is known."""

    kind: str
    to: str | None
    items: list[Item]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.to or ''}"

    def counts(self) -> dict[str, int]:
        """How many of each kind of PRESSING."""
        counts = Counter(self.kind_of(item) for item in self.items)
        return {kind: counts[kind] for kind in PRESSING}

    def kind_of(self, item: Item) -> str:
        """The most pressing reason for which it is urged here."""
        kinds = [r.kind for r in item.reasons if GROUP_OF[r.whom] == self.kind]
        return min(kinds, key=PRESSING.index)

    @property
    def higher(self) -> int:
        """Of how many the head of the unit is to hear as well."""
        return sum("head" in item.whoms() for item in self.items)


def groups(items: Iterable[Item], successors: Mapping[str, str] | None = None) -> list[Group]:
    """Units first, then leaders, then the meeting; of each kind those with the most late ones
    first. A unit that was merged is urged as what it is now (`office.merging.successors`)."""
    now = successors or {}
    found: dict[tuple[str, str | None], list[Item]] = {}
    for item in items:
        for kind in dict.fromkeys(GROUP_OF[reason.whom] for reason in item.reasons):
            to = None
            if kind == "unit" and item.lead:
                to = now.get(item.lead, item.lead)
            elif kind == "leader":
                to = item.leader
            found.setdefault((kind, to), []).append(item)
    made = [Group(kind, to, some) for (kind, to), some in found.items()]
    order = list(dict.fromkeys(GROUP_OF.values()))
    counts = {group.key: group.counts() for group in made}
    made.sort(
        key=lambda g: (order.index(g.kind), *(-n for n in counts[g.key].values()), g.to or "")
    )
    return made
