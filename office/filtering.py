"""The language in which follow-ups are asked for, the same in a table, a search and a command.

    giải ngân đv:stc tt:"quá hạn" hạn:"tháng 3" -nguồn:phone

A word must be in the text; `key:value` asks for something else; commas stand between values of
which one is enough, quotes around a value with blanks, a minus before what must not be. A value
without quotes goes on over the next words as long as they make sense together.

Public entrance: `parse(text, makes_sense)`, `Filter`, `Key`, `KEYS`, `quoted`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from office.filter_words import KINDS, MARKS, POINTS, ROLES, SOURCES, STATES, Vocabulary
from schema.errors import N_, ThukyError
from schema.viet import fold, nfc

LONGEST_VALUE = 12
"""Words of a value without quotes."""


class Key(StrEnum):
    """What may be asked for, by the name that it has in a filter's text."""

    WORD = ""
    UNIT = "đv"
    PERSON = "người"
    MEETING = "họp"
    STATE = "tt"
    DUE = "hạn"
    LACKS = "thiếu"
    SOURCE = "nguồn"
    FIELD = "lĩnhvực"
    LEADER = "lãnhđạo"
    KIND = "loại"
    HAS = "đã"
    ROLE = "vai"


KEYS: Mapping[Key, tuple[str, ...]] = {
    Key.UNIT: ("đv", "đơnvị", "unit"),
    Key.PERSON: ("người", "person"),
    Key.MEETING: ("họp", "meeting"),
    Key.STATE: ("tt", "trạngthái", "state", "status"),
    Key.DUE: ("hạn", "due"),
    Key.LACKS: ("thiếu", "missing"),
    Key.SOURCE: ("nguồn", "source"),
    Key.FIELD: ("lĩnhvực", "lv", "field"),
    Key.LEADER: ("lãnhđạo", "lđ", "leader"),
    Key.KIND: ("loại", "kind"),
    Key.HAS: ("đã", "has"),
    Key.ROLE: ("vai", "role"),
}
"""Each key's names, without blanks; marks need not be typed."""

VOCABULARIES: Mapping[Key, Vocabulary] = {
    Key.STATE: STATES,
    Key.LACKS: POINTS,
    Key.SOURCE: SOURCES,
    Key.KIND: KINDS,
    Key.HAS: MARKS,
    Key.ROLE: ROLES,
}
"""The keys whose values are among a few; the others' are names and days."""

MakesSense = Callable[[Key, str], bool]
"""Whether a value stands for something: a unit, a person, a meeting, a field, a day."""

_BY_NAME = {fold(name): key for key, names in KEYS.items() for name in names}
_UNKNOWN_KEY = N_("Không có điều kiện “{name}:”; có: {names}.")
_UNKNOWN_VALUE = N_("Không hiểu “{key}:{value}”; chọn trong: {values}.")
_NO_VALUE = N_("Sau “{key}:” chưa có gì.")
_NOTHING_SO = {
    Key.UNIT: N_("Không có đơn vị nào là “{value}”."),
    Key.PERSON: N_("Không có ai là “{value}”."),
    Key.MEETING: N_("Không có cuộc họp nào là “{value}”."),
    Key.FIELD: N_("Không có lĩnh vực nào là “{value}”."),
    Key.LEADER: N_("Không có ai là “{value}”."),
    Key.DUE: N_("Không hiểu thời hạn “{value}”; hãy viết như <15/3, tuần này, tháng 3, không."),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, or not wanted: one of `values` is enough. Those of a vocabulary are its
    codes, the others as they were typed; a word has itself."""

    key: Key
    values: tuple[str, ...]
    negated: bool = False

    @property
    def text(self) -> str:
        return self.before("")

    def before(self, word: str) -> str:
        """Its text where that word comes next, which is not to be read as more of a value."""
        vocabulary = VOCABULARIES.get(self.key)
        shown = [vocabulary.label(value) if vocabulary else value for value in self.values]
        minus = "-" if self.negated else ""
        if self.key is Key.WORD:
            only = shown[0]
            return minus + (f'"{only}"' if _NAMED.match(only) else quoted(only))
        *others, last = [quoted(value) for value in shown]
        longer = f"{shown[-1]} {word}"
        if vocabulary and word and last == shown[-1] and vocabulary.begins(longer):
            last = f'"{last}"'
        return f"{minus}{self.key}:{','.join([*others, last])}"


@dataclass(frozen=True, slots=True)
class Filter:
    """All of its clauses must hold."""

    clauses: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """What, typed again, asks for the same."""
        words = [
            clause.values[0] if clause.key is Key.WORD and not clause.negated else ""
            for clause in (*self.clauses[1:], Clause(Key.WORD, ("",)))
        ]
        return " ".join(map(Clause.before, self.clauses, words))

    def having(self, clause: Clause) -> "Filter":
        """This one, with `clause` in place of those of its key."""
        others = tuple(c for c in self.clauses if c.key is not clause.key)
        return Filter((*others, clause))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood, and a sentence for each thing that was not."""

    filter: Filter
    problems: tuple[ThukyError, ...] = ()


def key_named(name: str) -> Key | None:
    """The key that has this name; None where there is none."""
    return _BY_NAME.get(fold(name))


def parse(text: str, makes_sense: MakesSense = lambda key, value: True) -> Parsed:
    """Read what was typed; no text raises. `makes_sense` is asked about names and days."""
    clauses: list[Clause] = []
    problems: list[ThukyError] = []
    tokens = list(_tokens(text))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.name is None:
            if word := _word(token.value):
                clauses.append(Clause(Key.WORD, (word,), token.negated))
            continue
        key = key_named(token.name)
        if key is None:
            names = ", ".join(f"{known}:" for known in KEYS)
            problems.append(ThukyError(_UNKNOWN_KEY, name=token.name, names=names))
            continue
        following = []
        if token.open:
            for other in tokens[at : at + LONGEST_VALUE]:
                if other.name is not None or other.quoted or other.negated:
                    break
                following.append(other.value)
        values, taken = _values(key, token.value, following, makes_sense, problems)
        at += taken
        if values:
            clauses.append(Clause(key, values, token.negated))
    return Parsed(Filter(tuple(clauses)), tuple(problems))


# ---------------------------------------------------------------------- tokens


@dataclass(frozen=True, slots=True)
class _Token:
    """`-name:value`, or a word without a name. `open`: its value may go on over the next words."""

    name: str | None
    value: str
    negated: bool
    quoted: bool
    open: bool


_TOKEN = re.compile(
    r"""(?P<minus>-(?=[^\s-]))?
    (?:(?P<name>[^\W\d_]+):)?
    (?P<value>(?:"[^"]*"?|[^\s"])*)""",
    re.VERBOSE,
)


_NAMED = re.compile(r"-?[^\W\d_]+:")


def _tokens(text: str) -> Iterator[_Token]:
    text = nfc(text)
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or not found[0]:
            at += 1
            continue
        at = found.end()
        value = found["value"]
        quoted = value.startswith('"')
        last = _split(value)[-1] if value else ""
        yield _Token(found["name"], value, bool(found["minus"]), quoted, '"' not in last)


def _split(value: str) -> list[str]:
    """At the commas that stand outside quotes."""
    return re.findall(r'(?:"[^"]*"?|[^",])+|(?<=,)(?=,|$)|^(?=,|$)', value) or [value]


def _word(value: str) -> str:
    word = " ".join(value.replace('"', " ").split()).lower()
    return word if any(char.isalnum() for char in word) else ""


def quoted(value: str) -> str:
    """A value as it is written in a filter: between quotes where need be."""
    plain = value and not any(char.isspace() or char in ',"' for char in value)
    return value if plain and not value.startswith("-") else f'"{value}"'


# ---------------------------------------------------------------------- values


def _values(
    key: Key,
    written: str,
    following: Sequence[str],
    makes_sense: MakesSense,
    problems: list[ThukyError],
) -> tuple[tuple[str, ...], int]:
    """The values that a key has, and how many of the following words belong to the last one."""
    *first, last = _split(written)
    values, taken = [_value(key, part, makes_sense, problems) for part in first], 0
    for count in range(len(following), 0, -1):
        longer = " ".join([last, *following[:count]]).strip()
        if "," not in longer and _understood(key, longer, makes_sense):
            last, taken = longer, count
            break
    if last.strip() or not first:
        values.append(_value(key, last, makes_sense, problems))
    return tuple(dict.fromkeys(value for value in values if value)), taken


def _understood(key: Key, value: str, makes_sense: MakesSense) -> str:
    """The value as it is kept; nothing where it makes no sense."""
    value = " ".join(value.replace('"', " ").split())
    if vocabulary := VOCABULARIES.get(key):
        return vocabulary.code(value)
    return value if value and makes_sense(key, value) else ""


def _value(key: Key, part: str, makes_sense: MakesSense, problems: list[ThukyError]) -> str:
    found = _understood(key, part, makes_sense)
    if not found and (vocabulary := VOCABULARIES.get(key)):
        found = vocabulary.guess(part)
    if not found:
        shown = " ".join(part.replace('"', " ").split())
        if not shown:
            problems.append(ThukyError(_NO_VALUE, key=key))
        elif vocabulary := VOCABULARIES.get(key):
            values = ", ".join(vocabulary.labels)
            problems.append(ThukyError(_UNKNOWN_VALUE, key=key, value=shown, values=values))
        else:
            problems.append(ThukyError(_NOTHING_SO[key], value=shown))
    return found
