"""What the tables say that a reading needs: units by their names, the calendar, the office's ways.

Public entrance: `known(store)`. Importing it takes a while (lexicon, grammar): never at a start.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from office.calendar import work_calendar
from office.deadline import Deadline, resolve
from office.merging import successors
from office.names import UnitName, UnitNames
from office.reading import Reading, Rules, cells_of, read
from office.workdays import WorkCalendar
from schema.records import Unit
from schema.settings import BEFORE_INCLUSIVE, office_setting
from schema.store import Store


@dataclass(frozen=True)
class Known:
    """Ready to read any number of sentences; made anew when units or calendar change."""

    units: UnitNames
    calendar: WorkCalendar
    successors: dict[str, str] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    def read(self, sentence: str, on: date) -> Reading:
        """The six points of a sentence said `on` a day; no text raises."""
        return read(sentence, on, self.units, self.calendar, self.rules)

    def due(self, phrase: str, on: date) -> Deadline:
        """What a deadline's words come to when said `on` a day; no text raises."""
        inclusive = self.rules.before_inclusive
        return resolve(phrase, on, self.calendar, before_inclusive=inclusive)

    def cells(self, reading: Reading) -> dict[str, Any]:
        """What a reading states, as cells of a follow-up (`office.reading.cells_of`)."""
        return cells_of(reading, self.successors)


def known(store: Store) -> Known:
    units = store.live(Unit)
    rules = Rules(before_inclusive=office_setting(store, BEFORE_INCLUSIVE) == "1")
    return Known(unit_names(units), work_calendar(store), successors(units), rules)


def unit_names(units: list[Unit]) -> UnitNames:
    return UnitNames(UnitName(u.id, u.name, u.abbr, u.aliases.splitlines(), u.type) for u in units)
