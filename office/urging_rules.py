"""When whom is urged (đôn đốc), as the office has it: rules as data, and what a day asks for.

A rule before the deadline holds from so many working days before it on, one after it from so many
working days after it on; whoever was urged by then waits until the next rule, or until a rule that
repeats has its days again. So what was not urged on its day stays on the list. Deadlines are taken
to their last day in time, days are counted as the Civil Code has it (`office.workdays`).

Public entrance: `rules_of`, `keep_rule`, `windows`, `Window`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from office.labels import URGED, URGING_KINDS
from office.workdays import WorkCalendar
from schema.errors import N_, ThukyError
from schema.records import UrgingRule
from schema.store import Store

MOST_DAYS = 250
"""Working days that a rule may have at most: about a year."""
_DAY = timedelta(days=1)


class Window(NamedTuple):
    """What one rule asks for on a day: follow-ups whose last day in time (of a silent one: the day
    on which it was given) is from `first` to `last`.

    Of these, whoever was urged on a day before `since`, or up to `cut`, or (after the deadline) up
    to the last day in time, is urged again. All days are ISO, and "" is before all of them.
    """

    rule: str
    kind: str
    whom: str
    first: str
    last: str
    since: str = ""
    cut: str = ""

    def asks(self, day: str, urged: str) -> bool:
        """Of a follow-up with that last day in time, of which they were urged on `urged` ("" where
        they were not)."""
        return (
            not urged
            or urged < self.since
            or urged <= self.cut
            or (self.kind == "late" and urged <= day)
        )


def rules_of(store: Store) -> list[UrgingRule]:
    """All rules, in the order in which the office reads them."""
    return store.live(UrgingRule, "1 ORDER BY position, id")


def keep_rule(store: Store, rule: UrgingRule) -> UrgingRule:
    """Write a rule: in place of the one of its id, or as a new one at the end. Raises ThukyError,
    with nothing written, where it is none or another one says the same."""
    check_rule(rule)
    with store.transaction():
        for other in rules_of(store):
            if other.id != rule.id and _says(other) == _says(rule):
                raise ThukyError(N_("Đã có quy tắc như thế; chưa ghi gì."))
        cells = {name: getattr(rule, name) for name in ("kind", "days", "every", "whom", "active")}
        if rule.id:
            return store.update(UrgingRule, rule.id, **cells)
        (last,) = store.connection.execute("SELECT max(position) FROM urging_rule").fetchone()
        return store.insert(UrgingRule(**cells, position=(last or 0.0) + 1))


def check_rule(rule: UrgingRule) -> None:
    if rule.kind not in URGING_KINDS or rule.whom not in URGED:
        raise ThukyError(
            N_("Quy tắc đôn đốc cần loại ({kinds}) và người nhận ({whoms}); chưa ghi gì."),
            kinds=", ".join(URGING_KINDS),
            whoms=", ".join(URGED),
        )
    least = 0 if rule.kind == "due" else 1
    if not least <= rule.days <= MOST_DAYS or not 0 <= rule.every <= MOST_DAYS:
        raise ThukyError(
            N_("Số ngày làm việc phải từ {least} đến {most}; chưa ghi gì."),
            least=least,
            most=MOST_DAYS,
        )


def _says(rule: UrgingRule) -> tuple[object, ...]:
    return rule.kind, rule.days if rule.kind != "due" else 0, rule.whom


def windows(rules: Iterable[UrgingRule], calendar: WorkCalendar, on: date) -> list[Window]:
    """What the active rules ask for on a day. Those of one kind for one person do not overlap."""
    found: list[Window] = []
    sorted_rules: dict[tuple[str, str], list[UrgingRule]] = {}
    for rule in rules:
        if rule.active and rule.kind in URGING_KINDS and rule.whom in URGED:
            sorted_rules.setdefault((rule.kind, rule.whom), []).append(rule)
    for (kind, _whom), some in sorted_rules.items():
        some.sort(key=lambda rule: rule.days)
        if kind == "before":
            found += _before(some, calendar, on)
        elif kind == "due":
            today = on.isoformat()
            found.append(Window(some[0].id, kind, some[0].whom, today, today, since=today))
        else:
            found += _after(some, calendar, on)
    return found


def _before(rules: Sequence[UrgingRule], calendar: WorkCalendar, on: date) -> Iterator[Window]:
    """A window for each day that is near: which rule is the closest, and since when it holds."""
    day = on + _DAY
    for rule in rules:
        end = calendar.add_working(on, rule.days + 1)
        while day < end:
            since = calendar.add_working(day, -rule.days)
            last = day.isoformat()
            yield Window(rule.id, rule.kind, rule.whom, last, last, since=since.isoformat())
            day += _DAY


def _after(rules: Sequence[UrgingRule], calendar: WorkCalendar, on: date) -> Iterator[Window]:
    ends = [_passed(calendar, on, rule.days) for rule in rules]
    for (end, until), rule in zip(pairwise([*ends, date.min]), rules, strict=True):
        first = until + _DAY if until > date.min else None
        if first and first > end:
            continue  # of two rules of the same days one counts
        yield Window(
            rule.id,
            rule.kind,
            rule.whom,
            first.isoformat() if first else "",
            end.isoformat(),
            cut=_passed(calendar, on, rule.every).isoformat() if rule.every else "",
        )


def _passed(calendar: WorkCalendar, on: date, days: int) -> date:
    """The last day since which so many working days have passed, `on` among them."""
    return calendar.add_working(calendar.on_or_before(on), 1 - days) - _DAY
