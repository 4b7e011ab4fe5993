"""From a filter to the follow-ups that it asks for. Public entrance: `Asking`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from office.directory import Directory, Kind
from office.filtering import Filter, Key, Parsed, parse
from office.moments import ZONE
from office.points import Point
from office.silence import silent_since
from office.spans import Span, read_span
from schema import conditions
from schema.conditions import EVERY, OPEN, Where, any_of
from schema.errors import ThukyError
from schema.followup_rows import FollowupRows, Order, Selection
from schema.followup_words import FollowupWords, answering, meeting_days, meeting_titles
from schema.records import Field, Person, Post, Unit
from schema.store import Store
from schema.viet import fold

if TYPE_CHECKING:
    from office.known import Known

SOON = timedelta(days=3)
"""How long before its day something is due soon."""

ID_START = 8

NAMES = 6
"""Names offered at once."""


class Asking:
    """Answers filters from a store on a day; made anew when names or meetings change.

    `words` may be kept for longer: it notices itself what has been written.
    """

    def __init__(
        self,
        store: Store,
        today: date,
        words: FollowupWords | None = None,
        directory: Directory | None = None,
    ) -> None:
        self._store = store
        self._today = today
        self._words = words or FollowupWords()
        self._known_directory = directory
        self._knows: Known | None = None
        # As one types the same names are asked for at each key.
        self.units = cache(self._units)
        self.meetings = cache(self._meetings)
        self._people = cache(self._find_people)

    def parse(self, text: str) -> Parsed:
        """Read a filter as it is typed; no text raises."""
        return parse(text, self._makes_sense)

    def rows(
        self, asked: Filter, order: Order = Order.DUE, *, reverse: bool = False, also: Where = EVERY
    ) -> FollowupRows:
        """The follow-ups that a filter asks for and `also` holds for. Raises ThukyError."""
        return FollowupRows(self.selection(asked, order, reverse=reverse, also=also))

    def selection(
        self, asked: Filter, order: Order = Order.DUE, *, reverse: bool = False, also: Where = EVERY
    ) -> Selection:
        """The same, nothing of which is read yet.

        Parts and milestones are only among them where roles are asked for; the parts of a unit or
        a person also where that is asked for.
        """
        where = also & _roles(asked) & self.where(asked)
        words: list[str] = []
        without: list[str] = []
        for clause in asked.clauses:
            if clause.key is Key.WORD:
                (without if clause.negated else words).extend(clause.values)
        among = None
        if words or without:
            among = self._words.matching(self._store, words, without)
        return Selection(self._store, where, order, reverse=reverse, among=among)

    def where(self, asked: Filter) -> Where:
        """The condition on follow-ups that a filter makes but for its words."""
        where = EVERY
        for clause in asked.clauses:
            if clause.key is not Key.WORD:
                found = any_of(self._condition(clause.key, value) for value in clause.values)
                where &= ~found if clause.negated else found
        return where

    def names(self, key: Key, value: str) -> Sequence[str]:
        """The names of units, people, meetings or fields that answer to what is typed."""
        if key is Key.MEETING:
            found = self.meetings(value)[:NAMES]
            return [f"{self._titles[id][0]} {self._days.get(id, '')}".strip() for id in found]
        if key is Key.FIELD:
            return [field.name for field in self._fields(value)][:NAMES]
        kind: Kind = "unit" if key is Key.UNIT else "person"
        return [entry.name for entry in self._directory.meant(value, kind)][:NAMES]

    def _units(self, value: str) -> list[str]:
        """The ids of the units that `value` means, and of those that were merged into them."""
        found = {entry.id for entry in self._directory.meant(value, "unit")}
        found |= {id for id, into in self._directory.successors.items() if into in found}
        return sorted(found)

    def _fields(self, value: str) -> list[Field]:
        """The fields with these words in the name; all that are called exactly so, if any are."""
        wanted = " ".join(fold(value).split())
        known = [(" ".join(fold(field.name).split()), field) for field in self._known_fields]
        exact = [field for name, field in known if name == wanted]
        return exact or [field for name, field in known if wanted and wanted in name]

    def _leaders(self, value: str) -> list[str]:
        return [entry.id for entry in self._directory.meant(value, "person")]

    def _meetings(self, value: str) -> list[str]:
        """The ids of the meetings with these words in the title or date, or with an id that starts
        so, the latest first."""
        words = fold(value).split()
        if len(value) >= ID_START:
            named = [id for id in self._titles if id.startswith(value)]
            if named:
                return named
        found = [(id, title) for id, (_, title) in self._titles.items()]
        if any(char.isdigit() for char in value):
            found = [(id, f"{title} {self._days.get(id, '')}") for id, title in found]
        for word in words:
            found = [one for one in found if word in one[1]]
        return [id for id, _ in found]

    def _makes_sense(self, key: Key, value: str) -> bool:
        match key:
            case Key.UNIT:
                return bool(self.units(value))
            case Key.PERSON:
                return any(self._people(value))
            case Key.MEETING:
                return bool(self.meetings(value))
            case Key.FIELD:
                return bool(self._fields(value))
            case Key.LEADER:
                return bool(self._leaders(value))
            case Key.DUE:
                try:
                    self._span(value)
                except ThukyError:
                    return False
        return True

    def _condition(self, key: Key, value: str) -> Where:
        match key:
            case Key.UNIT:
                return conditions.of_units(self.units(value))
            case Key.PERSON:
                return conditions.of_people(*self._people(value))
            case Key.MEETING:
                return conditions.of_meetings(self.meetings(value))
            case Key.STATE:
                return self._state(value)
            case Key.LACKS:
                return _lacks(value)
            case Key.SOURCE:
                return conditions.from_source(value)
            case Key.FIELD:
                return conditions.of_fields(field.id for field in self._fields(value))
            case Key.LEADER:
                return conditions.led_by(self._leaders(value))
            case Key.KIND:
                return conditions.of_kind("" if value == "task" else value)
            case Key.HAS:
                return _MARKS[value]
            case Key.ROLE:
                return _ROLES[value]
        return _due(self._span(value))

    def _state(self, code: str) -> Where:
        groups: dict[str, Callable[[], Where]] = {
            "open": lambda: OPEN,
            "closed": lambda: ~OPEN,
            "late": lambda: conditions.late(self._today),
            "soon": lambda: conditions.due_soon(self._today, SOON),
            "silent": lambda: conditions.silent(silent_since(self._store, self._today)),
            "no_deadline": lambda: OPEN & conditions.NO_DEADLINE,
            "in_time": lambda: conditions.done_in_time(self._midnight),
            "done_late": lambda: conditions.done_late(self._midnight),
        }
        return groups[code]() if code in groups else conditions.state_in(code)

    def _find_people(self, value: str) -> tuple[Sequence[str], Sequence[str]]:
        """The ids of the persons that `value` means, and all that is written where somebody
        answers or watches and has it, or one of their names, in it."""
        entries = self._directory.meant(value, "person")
        wanted = [fold(name) for name in (value, *(entry.name for entry in entries))]
        texts = [text for text, folded in self._written if any(w in folded for w in wanted)]
        return [entry.id for entry in entries], texts

    def _span(self, value: str) -> Span:
        return read_span(value, self._today, self._due)

    def _due(self, phrase: str) -> date | None:
        # What is still being typed is no deadline yet; and its grammar takes a while to import.
        if len(phrase.split()) < 2:
            return None
        if self._knows is None:
            from office.known import known

            self._knows = known(self._store)
        return self._knows.due(phrase, self._today).date

    @property
    def _midnight(self) -> str:
        offset = datetime.combine(self._today, time(), ZONE).utcoffset() or timedelta()
        return f"{offset.total_seconds():+.0f} seconds"

    @cached_property
    def _directory(self) -> Directory:
        store = self._store
        return self._known_directory or Directory(
            store.live(Unit), store.live(Person), store.live(Post)
        )

    @cached_property
    def _known_fields(self) -> list[Field]:
        return self._store.live(Field, "1 ORDER BY position, name, id")

    @cached_property
    def _titles(self) -> dict[str, tuple[str, str]]:
        """Each meeting's title, as it is and without marks, by its id."""
        once = cache(fold)  # most titles come again and again
        return {id: (title, once(title)) for id, title in meeting_titles(self._store)}

    @cached_property
    def _days(self) -> dict[str, str]:
        """The day of each meeting, by its id."""
        return meeting_days(self._store, self._midnight)

    @cached_property
    def _written(self) -> list[tuple[str, str]]:
        """All that is written where somebody answers or watches, as it is and without marks."""
        return [(text, fold(text)) for text in answering(self._store)]


_MARKS = {
    "extended": conditions.EXTENDED,
    "returned": conditions.RETURNED,
    "urged": conditions.URGED,
    "heard": conditions.HEARD,
}
_ROLES = {
    "task": conditions.with_role(""),
    "whole": conditions.WHOLE,
    "part": conditions.with_role("part"),
    "milestone": conditions.with_role("milestone"),
    "any": EVERY,
}


def _roles(asked: Filter) -> Where:
    """What comes into question where no role is asked for."""
    keys = {clause.key for clause in asked.clauses if not clause.negated}
    if Key.ROLE in keys:
        return EVERY
    return conditions.with_role("", "part") if keys & {Key.UNIT, Key.PERSON} else _ROLES["task"]


def _lacks(code: str) -> Where:
    points: Iterable[str] = Point if code == "any" else (code,)
    return any_of(conditions.lacks(point) for point in points)


def _due(span: Span) -> Where:
    return conditions.NO_DEADLINE if span.none else conditions.due_between(span.first, span.last)
