"""Units, posts and people in a text: the office's own units first, then whatever has their shape.

Names come from the table of units with their abbreviations and aliases. A name that is not there
but looks like a unit is found too, and has no id. Case and the place of tone marks do not matter;
an abbreviation must be written as it is in the table, so that TTr in a paper's number is no unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from office.language import shapes
from office.language.bodies import (
    FIRST_WORDS,
    HEADS,
    HONORIFICS,
    IN_CHARGE,
    LEVELS,
    PLACED,
    QUANTIFIERS,
    SHARED_TITLES,
    TITLES,
)
from office.language.shapes import Words, key_at
from office.language.tokens import PhraseBook, key, phrase, tokens


class Kind(Enum):
    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class UnitName:
    """What a unit is called; `aliases` are its other names."""

    id: str
    name: str
    abbr: str = ""
    aliases: Sequence[str] = ()
    type: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, at code points `start` to `end`.

    `name` is what it is called in full: the unit's name in the table, or the text as it stands.
    `unit` is the id of the unit, or of the unit that a post belongs to; None when unknown.
    `opens` is where what leads to the name starts: the đồng chí or the các Sở: before it.
    """

    start: int
    end: int
    text: str
    kind: Kind
    name: str
    unit: str | None = None
    opens: int = -1

    @property
    def known(self) -> bool:
        return self.unit is not None

    @property
    def listed(self) -> bool:
        """Whether `text` is but a part of the name, whose head other names share."""
        return self.text != self.name and self.name.endswith(self.text)


class UnitNames:
    """The names of an office's units, ready to be found in texts."""

    def __init__(self, units: Iterable[UnitName] = ()) -> None:
        self._names: PhraseBook[UnitName] = PhraseBook()
        self._abbreviations: dict[str, UnitName] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                words = phrase(name)
                self._names.add(words, unit)
                self._names.add([word for word in words if word.isalnum()], unit)
                self._names.add(phrase(name.partition("(")[0]), unit)
            if unit.abbr:
                self._abbreviations.setdefault(unit.abbr, unit)
        self._first_words = FIRST_WORDS.union(
            self._names.first_words, (key(abbr) for abbr in self._abbreviations)
        )

    def find(self, text: str) -> list[Mention]:
        """Every name in an NFC text, in order, none overlapping another."""
        return self.find_in(text, tokens(text))

    def find_in(self, text: str, words: Words) -> list[Mention]:
        """As `find`, for a text already cut into `words`."""
        scan = _Scan(text, words, self._names, self._abbreviations)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            if words[at].key not in self._first_words:
                at += 1
                continue
            end, mentions = scan.at(at)
            found.extend(mentions)
            at = end
        return found


_Found = tuple[int, list[Mention]]


@dataclass(slots=True)
class _Scan:
    """One pass over a text. Each method answers with the index after what it found at `at`."""

    text: str
    words: Words
    names: PhraseBook[UnitName]
    abbreviations: dict[str, UnitName]

    def at(self, at: int) -> _Found:
        """The mentions that begin at `at`, or none and the next index."""
        for look in (self._listed, self._collective, self._honoured, self._post, self._unit):
            found = look(at)
            if found is not None:
                return found
        return at + 1, []

    def _unit(self, at: int, *, post: bool = False) -> _Found | None:
        known = self._known(at)
        shaped = shapes.body(self.words, at, post=post)
        if known is not None and (shaped is None or not self._longer(known[0], shaped)):
            end, unit = known
            return end, [self._mention(at, end, Kind.UNIT, unit)]
        if shaped is None:
            return None
        owner = self._owner(at, shaped)
        return owner, [self._mention(at, owner, Kind.UNIT)]

    def _known(self, at: int) -> tuple[int, UnitName] | None:
        hit = self.names.longest(self.words, at)
        # One or two small words may be ordinary ones: thanh tra is a verb, Thanh tra a unit.
        plain = not self.words[at].capital and self.words[at].key not in PLACED
        if hit is not None and (not plain or hit[0] - at > 2):
            return hit
        word = self.words[at]
        unit = self.abbreviations.get(self.text[word.start : word.end])
        if unit is None or {key_at(self.words, at + 1), self._before(at)} & {"/", "-"}:
            return None
        # BHXH tỉnh: a level goes with an abbreviation that has none of its own.
        placed = key_at(self.words, at + 1) == "tỉnh" and not self._capital(at + 2)
        return at + 1 + placed, unit

    def _capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital

    def _before(self, at: int) -> str:
        return self.words[at - 1].key if at else ""

    def _longer(self, known: int, shaped: int) -> bool:
        """Whether what follows a known name makes it another's: Sở Y tế | tỉnh Bắc Giang."""
        return shaped > known and (
            self.words[known].capital or (LEVELS.longest(self.words, known) is not None)
        )

    def _owner(self, at: int, end: int) -> int:
        """A division may be followed by the body it belongs to: Vụ Pháp chế, Bộ Công Thương."""
        after = end + 1
        division = self.words[at].key == "vụ" and key_at(self.words, end) == ","
        if division or key_at(self.words, end) == "thuộc":
            owner = self._unit(after) if after < len(self.words) else None
            if owner is not None and (not division or self.words[after].key == "bộ"):
                return owner[0]
        return end

    def _post(self, at: int) -> _Found | None:
        title = TITLES.longest(self.words, at)
        half = SHARED_TITLES.longest(self.words, at)
        if half is not None and half[0] < len(self.words):
            unit = self._unit(half[0], post=True)
            if unit is not None:
                return self._posted(at, *unit)
        if title is None:
            return None
        end = title[0]
        of = end + 1 if key_at(self.words, end) == "của" else end
        unit = self._unit(of, post=True) if of < len(self.words) else None
        if unit is not None:
            return self._posted(at, *unit)
        if not self.words[at].capital:
            return None
        return self._posted(at, end, [])

    def _posted(self, at: int, end: int, units: list[Mention]) -> _Found:
        charge = IN_CHARGE.longest(self.words, end)
        end = charge[0] if charge is not None else end
        end = shapes.person(self.words, end) or end
        mention = self._mention(at, end, Kind.POST)
        return end, [replace(mention, unit=units[0].unit if units else None)]

    def _honoured(self, at: int) -> _Found | None:
        honorific = HONORIFICS.longest(self.words, at)
        if honorific is None:
            return None
        start = honorific[0]
        if start >= len(self.words):
            return None
        post = self._post(start)
        if post is not None:
            end, (held_post,) = post
            kind = Kind.COLLECTIVE if honorific[1].startswith("các") else Kind.POST
            return end, [replace(held_post, kind=kind, opens=self.words[at].start)]
        person = shapes.person(self.words, start)
        if person is None:
            return None
        # What a person is may follow the name: Nguyễn Văn Bình, Phó Chủ tịch UBND tỉnh.
        held = self._post(person + 1) if key_at(self.words, person) in {",", "-"} else None
        if held is None:
            end, unit = person, None
        else:
            end, unit = held[0], held[1][0].unit
        named = self._mention(start, end, Kind.PERSON)
        return end, [replace(named, unit=unit, opens=self.words[at].start)]

    def _collective(self, at: int) -> _Found | None:
        end = shapes.collective(self.words, at)
        return None if end is None else (end, [self._mention(at, end, Kind.COLLECTIVE)])

    def _listed(self, at: int) -> _Found | None:
        """Units that share a head: các Sở: Tài chính, Xây dựng; UBND các xã Yên Lập, Tam Nông."""
        words = self.words
        title = TITLES.longest(words, at)
        start = at if title is None else title[0]
        placed_in = key_at(words, start) in PLACED
        start += placed_in
        quantifier = QUANTIFIERS.longest(words, start)
        if quantifier is None:
            return None
        first = quantifier[0]
        placed = LEVELS.longest(words, first)
        head = placed or HEADS.longest(words, first)
        if head is None:
            return None
        prefix = [word.key for word in words[first : head[0]]]
        full = self._text(first, head[0])
        if placed is not None:
            prefix, full = ["ubnd", *prefix], f"UBND {full}"
        held = "" if title is None else f"{self._text(at, title[0])} "
        item = head[0]
        colon = key_at(words, item) == ":"
        if colon:
            item += 1
        found: list[Mention] = []
        end = at
        while item < len(words) and words[item].capital:
            hit = self.names.longest(words, item, prefix=prefix)
            if hit is None and self._known(item) is not None:
                break
            after = hit[0] if hit is not None else shapes.item(words, item)
            begin = item if found or colon else first
            mention = self._mention(begin, after, Kind.UNIT, hit[1] if hit else None)
            if hit is None:
                mention = replace(mention, name=f"{full} {self._text(item, after)}")
            if held:
                mention = replace(mention, kind=Kind.POST, name=f"{held}{mention.name}")
            opens = mention.start if found else words[at].start
            found.append(replace(mention, opens=opens))
            end = after
            if key_at(words, end) not in {",", "và"}:
                break
            item = end + 1
        return (end, found) if found else None

    def _text(self, at: int, end: int) -> str:
        return self.text[self.words[at].start : self.words[end - 1].end]

    def _mention(self, at: int, end: int, kind: Kind, unit: UnitName | None = None) -> Mention:
        start, stop = self.words[at].start, self.words[end - 1].end
        text = self._text(at, end)
        if unit is None:
            return Mention(start, stop, text, kind, text, None, start)
        return Mention(start, stop, text, kind, unit.name, unit.id, start)
