"""What may come next in a filter that is being typed. Public entrance: `completions`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from office.filtering import KEYS, VOCABULARIES, Key, key_named, quoted
from schema.viet import fold

_DAYS = ("hôm nay", "tuần này", "tuần sau", "tháng này", "tháng sau", "<hôm nay", "không")
_LAST = re.compile(
    r"""(?:^|\s)-?(?:(?P<name>[^\W\d_]+):(?P<others>(?:(?:"[^"]*"|[^\s",]+),)*)"?(?P<value>[^":,]*)
    |(?P<word>[^\s":,]*))$""",
    re.VERBOSE,
)

NamesOf = Callable[[Key, str], Sequence[str]]
"""The units, persons or meetings that answer to what is typed."""


@dataclass(frozen=True, slots=True)
class Completions:
    """What the text from `start` on may become."""

    start: int
    choices: Sequence[str] = ()


def completions(typed: str, names_of: NamesOf) -> Completions:
    """What the end of `typed` may become: a key, or a value of one."""
    found = _LAST.search(typed)
    if not found:
        return Completions(len(typed))
    if found["name"] is None:
        word = fold(found["word"])
        keys = [f"{key}:" for key in KEYS if any(fold(n).startswith(word) for n in KEYS[key])]
        return Completions(found.start("word"), keys)
    key, value = key_named(found["name"]), found["value"]
    if key is None:
        return Completions(len(typed))
    if value.endswith(" ") and key in VOCABULARIES and VOCABULARIES[key].code(value):
        return Completions(len(typed), [f"{key}:" for key in KEYS])
    start = found.start("value")
    if typed[start - 1] == '"':
        start -= 1
    return Completions(start, [quoted(v) for v in _values(key, value, names_of)])


def _values(key: Key, value: str, names_of: NamesOf) -> Sequence[str]:
    wanted = fold(value.strip())
    if vocabulary := VOCABULARIES.get(key):
        return [label for label in vocabulary.labels if fold(label).startswith(wanted)]
    if key is Key.DUE:
        return [day for day in _DAYS if fold(day).startswith(wanted)]
    return names_of(key, value) if wanted else ()
