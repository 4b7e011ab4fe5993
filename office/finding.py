"""What is typed to find something anywhere, in the language of filters, as a query of the index.

    giải ngân đv:stc loại:biên ngày:"tháng 2"

`loại:` names kinds, `ngày:` the days of meetings or on which follow-ups came up; `đv:` and `họp:`
hold for all kinds that have units and meetings; what else a filter may ask, of follow-ups alone.

Public entrance: `Finding`, `KINDS`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from office.asking import Asking
from office.filtering import Filter, Key, key_named, quoted
from office.spans import Span, read_span
from schema.conditions import EVERY
from schema.errors import N_, ThukyError
from schema.search import Query
from schema.store import Store
from schema.viet import fold, nfc

KINDS: Mapping[str, str] = {
    "minutes": N_("Biên bản"),
    "followup": N_("Nhiệm vụ"),
    "meeting": N_("Cuộc họp"),
    "unit": N_("Đơn vị"),
    "person": N_("Người"),
}
"""What is found, by its code in `schema.search_tables`."""

_OWN = re.compile(
    r'(?:^|(?<=\s))(?:(?P<kind>loại|loai|kind)|ngày|ngay|day|date):(?P<value>"[^"]*"?|\S*)',
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„", '"""')
_NAME = re.compile(r"(?<!\S)-?([^\W\d_]+):")
# What is typed ends with a word that may go on.
_IS_WORD = re.compile(r'(?<!\S)[^\s":]+$')
_ALSO = {"task": "followup", "viec": "followup", "con nguoi": "person"}
_NO_DAYS = N_('Không hiểu ngày “{value}”; hãy viết như 15/3, <15/3, 01/3..15/3, "tháng 3", 2025.')


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, with a sentence for each thing that was not understood."""

    query: Query
    problems: tuple[ThukyError, ...] = ()


class Finding:
    """Reads what is typed, on a day; made anew when names or meetings change."""

    def __init__(self, store: Store, today: date) -> None:
        self._asking = Asking(store, today)
        self._today = today

    def read(self, typed: str, *, typing: bool = False) -> Asked:
        """`typing`: the last word may be only begun. No text raises."""
        problems: list[ThukyError] = []
        query = Query("", typing=typing)
        rest, end = [], 0
        typed = nfc(typed).translate(_QUOTES)
        for own in _OWN.finditer(typed):
            rest.append(typed[end : own.start()])
            end = own.end()
            value = own["value"].strip('"').strip()
            try:
                query = (
                    replace(query, kinds=query.kinds & kinds_named(value))
                    if own["kind"]
                    else self._days(query, value)
                )
            except ThukyError as error:
                problems.append(error)
        rest.append(typed[end:])
        parsed = self._asking.parse(_NAME.sub(_unless_key, " ".join(rest)))
        query = self._conditions(query, parsed.filter)
        begun = query.typing and _IS_WORD.search(typed) is not None
        return Asked(replace(query, typing=begun), (*problems, *parsed.problems))

    def _days(self, query: Query, value: str) -> Query:
        try:
            span = read_span(value, self._today)
        except ThukyError:
            span = Span(none=True)
        if span.none:
            raise ThukyError(_NO_DAYS, value=value)
        return replace(query, first=span.first, last=span.last)

    def _conditions(self, query: Query, asked: Filter) -> Query:
        words: list[str] = []
        without: list[str] = []
        for clause in asked.clauses:
            if clause.key is Key.WORD:
                (without if clause.negated else words).extend(map(quoted, clause.values))
            elif clause.key is Key.UNIT and not clause.negated:
                units = [id for value in clause.values for id in self._asking.units(value)]
                query = replace(query, units=_both(query.units, units))
            elif clause.key is Key.MEETING and not clause.negated:
                meetings = [id for value in clause.values for id in self._asking.meetings(value)]
                kinds = query.kinds & {"minutes", "meeting", "followup"}
                query = replace(query, kinds=kinds, meetings=_both(query.meetings, meetings))
            else:
                query = replace(query, kinds=query.kinds & {"followup"})
        where = self._asking.where(asked)
        return replace(
            query,
            words=" ".join(words),
            without=" ".join(without),
            followups=None if where == EVERY else where,
        )


def kinds_named(value: str) -> frozenset[str]:
    """The kinds that a value names, by their names or codes or the start of one, with commas
    between. Raises ThukyError."""
    found = set()
    for name in filter(None, map(fold, map(str.strip, value.split(",")))):
        found |= {
            code
            for code, words in KINDS.items()
            if code.startswith(name) or fold(words).startswith(name) or _ALSO.get(name) == code
        }
    if not found:
        names = ", ".join(words.lower() for words in KINDS.values())
        raise ThukyError(
            N_("Không có loại “{value}”; chọn trong: {names}."), value=value, names=names
        )
    return frozenset(found)


def _both(ids: Sequence[str] | None, others: Sequence[str]) -> Sequence[str]:
    return others if ids is None else [id for id in ids if id in others]


def _unless_key(name: "re.Match[str]") -> str:
    """A word with a colon that is no key stays a word."""
    return name[0] if key_named(name[1]) else f"{name[0][:-1]} "
