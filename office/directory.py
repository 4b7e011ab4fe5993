"""Finding units and people by what a secretary types: a name, an abbreviation, initials.

Public entrance: `Directory`. Neither case nor marks need be typed; a name that has the marks as
they were typed is better than one that has not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from schema.errors import N_, Ambiguous, NotFound
from schema.records import Person, Post, Unit
from schema.viet import fold, initials, nfc, person_key, sort_key

Kind = Literal["unit", "person"]
NEAR = 3
# From so many letters on, what is typed may be the start of an id.
ID_START = 8

_MISSING = {
    "unit": N_("Không có đơn vị nào tên “{name}”."),
    "person": N_("Không có ai tên “{name}”."),
}
_MISSING_NEAR = {
    "unit": N_("Không có đơn vị nào tên “{name}”. Gần giống: {near}."),
    "person": N_("Không có ai tên “{name}”. Gần giống: {near}."),
}
_SEVERAL = {
    "unit": N_("Có {count} đơn vị tên “{name}”; hãy dùng mã của một đơn vị: {listed}."),
    "person": N_("Có {count} người tên “{name}”; hãy dùng mã của một người: {listed}."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit or person that answers to a query; `detail` tells those of one name apart."""

    kind: Kind
    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Key:
    """One name of an entry, ready to be compared with what is typed."""

    entry: Entry
    exact: str
    folded: str
    words: tuple[str, ...]
    initials: str


class Directory:
    """The office's `units` in Vietnamese order and `persons` by given name; no deleted ones."""

    def __init__(
        self, units: Iterable[Unit], persons: Iterable[Person], posts: Iterable[Post] = ()
    ) -> None:
        self.units: Sequence[Unit] = sorted(
            (u for u in units if u.deleted_at is None), key=lambda u: sort_key(u.name)
        )
        self.persons: Sequence[Person] = sorted(
            (p for p in persons if p.deleted_at is None), key=lambda p: person_key(p.name)
        )
        self._units = {unit.id: unit for unit in self.units}
        self._persons = {person.id: person for person in self.persons}
        self._posts: dict[str, list[Post]] = {}
        for post in posts:
            if post.deleted_at is None and post.person:
                self._posts.setdefault(post.person, []).append(post)

    def unit(self, text: str) -> Unit:
        """The unit that `text` names, shortens, or is the id of. Raises NotFound, Ambiguous."""
        return self._units[self._one(text, "unit")]

    def person(self, text: str) -> Person:
        """The person that `text` names or is the id of. Raises NotFound, Ambiguous."""
        return self._persons[self._one(text, "person")]

    @cached_property
    def successors(self) -> dict[str, str]:
        """For each unit that was merged, the one that has its duties now."""
        from office.merging import successors

        return successors(self.units)

    def shown(self, id: str | None, now: str) -> str:
        """A name as it is read; of a unit that was merged with what it is `now`, such as
        "{name} (nay là {successor})"."""
        name = self.name_of(id)
        after = self.name_of(self.successors.get(id or ""))
        return now.format(name=name, successor=after) if name and after else name

    def name_of(self, id: str | None) -> str:
        """The name of a unit or person; nothing where there is none."""
        record = self._units.get(id or "") or self._persons.get(id or "")
        return record.name if record else ""

    def posts_of(self, person: Person, on: date) -> list[Post]:
        """The posts that a person holds on a day, the one held longest first."""
        day = on.isoformat()
        held = [
            post
            for post in self._posts.get(person.id, ())
            if (post.starts_on or "") <= day and (post.ends_on is None or day <= post.ends_on)
        ]
        return sorted(held, key=lambda post: post.starts_on or "")

    def search(self, query: str, limit: int = 10) -> list[Entry]:
        """What answers to `query`, best first: a whole name, its start, initials, the start of a
        later word, initials of later words, the starts of some words. Nothing asks for nothing."""
        exact, folded = plain(query), plain(fold(query))
        if not folded:
            return []
        best: dict[str, tuple[int, bool, int]] = {}
        for order, key in enumerate(self._keys):
            rank = _rank(key, folded)
            if rank is not None:
                place = (rank, exact not in key.exact, order)
                best[key.entry.id] = min(place, best.get(key.entry.id, place))
        return [self._keys[order].entry for *_, order in sorted(best.values())[:limit]]

    def meant(self, text: str, kind: Kind) -> list[Entry]:
        """All that `text` may mean: those called exactly so, else all that answer to it."""
        return self._called(text, kind) or [
            entry for entry in self.search(text, len(self._keys)) if entry.kind == kind
        ]

    def _one(self, text: str, kind: Kind) -> str:
        entries = self._called(text, kind)
        if len(entries) == 1:
            return entries[0].id
        if entries:
            listed = "; ".join(
                f"{e.id} ({', '.join(filter(None, (e.name, e.detail)))})" for e in entries
            )
            raise Ambiguous(_SEVERAL[kind], count=len(entries), name=text, listed=listed)
        if near := self._near(text, kind):
            raise NotFound(_MISSING_NEAR[kind], name=text, near=", ".join(near))
        raise NotFound(_MISSING[kind], name=text)

    def _called(self, text: str, kind: Kind) -> list[Entry]:
        """Those whose ids start so, else those called exactly so, else those so without marks."""
        keys = [key for key in self._keys if key.entry.kind == kind]
        exact, folded = plain(text), plain(fold(text))
        for found in (
            [k.entry for k in keys if len(exact) >= ID_START and k.entry.id.startswith(exact)],
            [key.entry for key in keys if key.exact == exact],
            [key.entry for key in keys if key.folded == folded],
        ):
            if found:
                return list({entry.id: entry for entry in found}.values())
        return []

    def _near(self, text: str, kind: Kind) -> list[str]:
        from difflib import get_close_matches

        found = [e.name for e in self.search(text, limit=len(self._keys)) if e.kind == kind]
        names = {key.folded: key.entry.name for key in self._keys if key.entry.kind == kind}
        close = get_close_matches(plain(fold(text)), names, n=NEAR)
        return list(dict.fromkeys(found + [names[folded] for folded in close]))[:NEAR]

    @cached_property
    def _keys(self) -> list[_Key]:
        return [_key(entry, name) for entry, names in self._entries() for name in names if name]

    def _entries(self) -> Iterator[tuple[Entry, list[str]]]:
        for unit in self.units:
            detail = ", ".join(filter(None, (unit.abbr, self.name_of(unit.parent))))
            names = [unit.name, unit.abbr, *unit.aliases.splitlines()]
            yield Entry("unit", unit.id, unit.name, detail), names
        for person in self.persons:
            posts = [p for p in self._posts.get(person.id, ()) if p.ends_on is None]
            titles = [" ".join(filter(None, (p.title, self.name_of(p.unit)))) for p in posts]
            yield Entry("person", person.id, person.name, "; ".join(titles)), [person.name]


def plain(text: str) -> str:
    """A name as it is compared: NFC, lower case, single spaces, marks as they are."""
    return " ".join(nfc(text).lower().split())


def _key(entry: Entry, name: str) -> _Key:
    folded = plain(fold(name))
    words = tuple("".join(c if c.isalnum() else " " for c in folded).split())
    return _Key(entry, plain(name), folded, words, initials(name))


def _rank(key: _Key, query: str) -> int | None:
    """How well a name answers a folded query, 0 the best; None where it does not."""
    if query == key.folded:
        return 0
    # A person is called by the last word of the name.
    if query == key.initials or (key.entry.kind == "person" and key.words[-1:] == (query,)):
        return 1
    if key.folded.startswith(query):
        return 2
    if key.initials.startswith(query):
        return 3
    if any(word.startswith(query) for word in key.words) or f" {query}" in key.folded:
        return 4
    if len(query) > 1 and query in key.initials:
        return 5
    return 6 if _starts_some(query.split(), key.words) else None


def _starts_some(parts: Sequence[str], words: Iterable[str]) -> bool:
    """Whether each part, in order, is the start of some word."""
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in parts)
