"""The deadline grammar: a bound, what it bounds, and how often it comes again."""

from dataclasses import dataclass, replace
from datetime import date

from office.deadline.bounds import AT_HOUR, BOUND, FROM, Bound
from office.deadline.clock import CLOCK_WORDS, Clock, clock
from office.deadline.counted import LEAD_WORDS, Counted, counted
from office.deadline.counts import HALF_WORDS, Count, CountUnit, read_count
from office.deadline.days import DAY_MARKERS, MonthDay
from office.deadline.events import EVENT_WORDS, Event, clause, event
from office.deadline.named_days import NAMED_DAY_WORDS, GivenDay, NamedDay, WeekDay, day
from office.deadline.numbers import NUMBER_WORDS
from office.deadline.parts import PART_WORDS, part, part_of_period
from office.deadline.periods import PERIOD_WORDS, Period, period
from office.deadline.recurrence import EVERY_WORDS, Every, every
from office.deadline.spans import Span, Unit, around, part_of
from office.deadline.words import Lexicon, Reader, listed, repeated, whole


@dataclass(frozen=True, slots=True)
class Vague:
    """Words of haste that name no time: sớm, khẩn trương."""


Target = NamedDay | Period | Counted | Event | Vague | Every


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said: the bound, the day or period, the hour, how long ahead, how often.

    `hour_alone` where no day was named and the target is the scene's. `since` is the day from which
    what comes again starts.
    """

    bound: Bound
    target: Target
    clock: Clock | None = None
    ahead: Count | None = None
    every: Every | None = None
    hour_alone: bool = False
    since: date | None = None


_TO = frozenset({"đến", "tới", "cho"})
_AT_LEAST = Lexicon(listed(True, "ít nhất | tối thiểu | , ít nhất | chậm nhất"))
_AHEAD = Lexicon(listed(True, "ít nhất | tối thiểu | chậm nhất | muộn nhất | là | trước"))
_VAGUE = Lexicon(
    listed(
        True,
        "sớm | sớm nhất | sớm nhất có thể | càng sớm càng tốt | khẩn trương | "
        "kịp thời | ngay | ngay lập tức | lập tức | tức thì | nhanh chóng | "
        "trong thời gian tới | thời gian tới | trong thời gian sớm nhất | "
        "trong thời gian ngắn nhất | sắp tới | trong thời gian gần nhất | "
        "trong thời gian không xa | đúng thời hạn | đúng hạn | đúng tiến độ | "
        "khi có điều kiện | trong thời gian sắp tới | trong giai đoạn tới",
    )
)

FIRST_WORDS = (
    BOUND.first_words
    | FROM.first_words
    | _VAGUE.first_words
    | CLOCK_WORDS
    | LEAD_WORDS
    | HALF_WORDS
    | DAY_MARKERS
    | EVENT_WORDS
    | NAMED_DAY_WORDS
    | NUMBER_WORDS
    | PART_WORDS
    | PERIOD_WORDS
    | EVERY_WORDS
    | _AHEAD.first_words - {"là"}
)
"""Words that a deadline can start with, beside figures."""
_COUNTED_WORDS = LEAD_WORDS | HALF_WORDS | {"từ"}


def reading(r: Reader) -> Reading | None:
    """The deadline that starts here."""
    found = _once(r)
    comes_again = found is not None and (found.every or isinstance(found.target, Every))
    if found is not None and comes_again and (since := _since(r)):
        return replace(found, since=since)
    return found


def _once(r: Reader) -> Reading | None:
    word = r.words[r.place]
    figure = word.isdecimal() or word in NUMBER_WORDS
    return (
        ((figure or word in _AHEAD.first_words) and _so_long_before(r))
        or ((figure or word in EVERY_WORDS) and _recurring(r))
        or (word in FROM.first_words and _from(r))
        or ((figure or word in _COUNTED_WORDS) and _counted(r))
        or _bounded(r)
        or (word in EVENT_WORDS and _event(r))
        or (word in _VAGUE.first_words and _vague(r))
        or None
    )


def _counted(r: Reader) -> Reading | None:
    found = counted(r)
    return Reading(Bound.WITHIN, found) if found else None


def _event(r: Reader) -> Reading | None:
    found = event(r)
    if found and found.day:
        return Reading(Bound.BEFORE if found.before else Bound.ON, found.day)
    return Reading(Bound.NONE, found) if found else None


@whole
def _so_long_before(r: Reader) -> Reading | None:
    """05 ngày trước ngày 20/3, chậm nhất 03 ngày trước phiên họp, trước 02 ngày so với ngày họp."""
    repeated(r, _AHEAD.read)
    led = r.word(-1) == "trước"
    count = read_count(r, ahead=True)
    if count is None:
        return None
    if r.skip("so") and r.skip("với"):
        named = day(r)
    elif not led and r.word() == "trước":
        if found := event(r):
            return Reading(Bound.BEFORE, replace(found, before=True), ahead=count)
        r.place += 1
        named = day(r)
        if named is None:
            return None
    else:
        return None
    if named is not None:
        return Reading(Bound.BEFORE, named, ahead=count)
    text = clause(r)
    return Reading(Bound.BEFORE, Event(text, before=True), ahead=count) if text else None


@whole
def _since(r: Reader) -> date | None:
    """The first day of what comes again: hằng tháng, bắt đầu từ tháng 4."""
    r.skip(",")
    if not FROM.read(r):
        return None
    named = day(r) or period(r)
    if isinstance(named, Span):
        return named.first
    return named.on_or_after(r.scene.on) if isinstance(named, MonthDay) else None


def _vague(r: Reader) -> Reading | None:
    return Reading(Bound.NONE, Vague()) if _VAGUE.read(r) else None


@whole
def _recurring(r: Reader) -> Reading | None:
    """hằng tháng, trước ngày 25: a recurrence before its day."""
    each = every(r)
    if each is None:
        return None
    place = r.place
    r.skip(",")
    within = _bounded(r)
    if within and within.every is None and _recurs(each, within):
        return replace(within, every=replace(each, loose=False))
    r.place = place
    return Reading(Bound.NONE, each)


def _recurs(each: Every, within: Reading) -> bool:
    """Whether the day is one that comes again with `each`."""
    target = within.target
    if each.unit is Unit.DAY:
        return within.hour_alone
    if isinstance(target, WeekDay):
        return each.unit is Unit.WEEK and target.week is None
    if isinstance(target, MonthDay):
        if each.unit is Unit.QUARTER:
            return target.of_quarter is not None or target.month is None
        if target.moved:
            return each.unit is Unit.MONTH
        return target.year is None and (target.month is None) == (each.unit is Unit.MONTH)
    return isinstance(target, Span) and (target.point or each.unit is Unit.YEAR)


@whole
def _from(r: Reader) -> Reading | None:
    """từ ngày 02/3 đến hết ngày 20/3, or a start without an end."""
    if not FROM.read(r):
        return None
    first = _when(r, Bound.NONE)
    if first is None:
        return None
    if isinstance(first.target, MonthDay) and len(first.target.days) > 1:
        return replace(first, bound=Bound.BY)  # từ 16 - 20/3
    return _through(r) or replace(first, bound=Bound.FROM)


@whole
def _through(r: Reader) -> Reading | None:
    """The end of a range."""
    r.skip(",")
    if not r.skip("-") and r.word() not in _TO:
        return None
    last = _bounded(r)
    return replace(last, bound=max(last.bound, Bound.BY)) if last else None


@whole
def _bounded(r: Reader) -> Reading | None:
    bound = max(repeated(r, BOUND.read), default=Bound.NONE)
    found = _when(r, bound)
    if found is None:
        return None
    if bound is Bound.AFTER:
        # The day after a holiday is a deadline; what comes after any other day is a start.
        holiday = isinstance(found.target, GivenDay) and found.target.holiday
        return found if holiday else None
    if bound <= Bound.WITHIN and (last := _through(r)):
        return last
    if found.bound is Bound.BEFORE:
        found = replace(found, ahead=_ahead(r))
    return _again(r, found) or found


def join(before: Reading, after: Reading, *, adjacent: bool) -> Reading | None:
    """What two deadlines of one sentence come to, where the first only says more of the second."""
    each, target = before.target, after.target
    if isinstance(each, Every) and after.every is None and _recurs(each, after):
        return replace(after, every=replace(each, loose=False))
    if isinstance(each, Event) and isinstance(target, Counted) and target.from_meeting:
        return None if each.before else replace(after, target=replace(target, event=each.text))
    if adjacent and isinstance(each, Span) and isinstance(target, MonthDay | WeekDay):
        return after if after.bound >= Bound.BY else None
    return None


def bare_count(r: Reader) -> Reading | None:
    """05 ngày làm việc, with no word before it."""
    count = read_count(r)
    return Reading(Bound.WITHIN, Counted(count)) if count else None


@whole
def _again(r: Reader, found: Reading) -> Reading | None:
    """trước ngày 25 hằng tháng: a recurrence after its day."""
    each = every(r)
    if each is None or not _recurs(each, found):
        return None
    if found.clock is None and (hour := _hour_after(r)):
        found = replace(found, bound=max(found.bound, hour[0]), clock=hour[1])
    return replace(found, every=replace(each, loose=False))


@whole
def _when(r: Reader, bound: Bound) -> Reading | None:
    """A day with its hour, an hour of today, or a period."""
    hour = clock(r)
    if hour:
        return _day_of_hour(r, bound, hour) or _this_day(r, bound, hour)
    alone = bound is Bound.WITHIN or r.word(-1) == "hết"
    each = _part_of_each(r, bound)
    if each:
        return each
    named = day(r, alone=alone)
    if named is None:
        span = part_of_period(r) or period(r, alone=alone)
        return Reading(bound, span) if span else None
    after = _hour_after(r)
    return Reading(max(bound, after[0]), named, after[1]) if after else Reading(bound, named)


@whole
def _part_of_each(r: Reader, bound: Bound) -> Reading | None:
    """cuối mỗi tháng, ngày (làm việc) cuối cùng của mỗi tháng."""
    if r.skip("ngày") and r.skip("làm"):
        r.skip("việc")
    which = part(r)
    r.skip("của")
    each = every(r) if which else None
    if which is None or each is None or each.unit is Unit.DAY or each.interval > 1:
        return None
    span = part_of(which, each.unit, around(each.unit, r.scene.on))
    return Reading(bound, span, every=replace(each, loose=False)) if span else None


@whole
def _day_of_hour(r: Reader, bound: Bound, hour: Clock) -> Reading | None:
    r.skip(",", "của", "trong", "vào")
    named = day(r, after_clock=True)
    return Reading(bound, named, hour) if named else None


def _this_day(r: Reader, bound: Bound, hour: Clock) -> Reading | None:
    if hour.vague:
        return None  # sáng, tối: as often the start of another word (sáng kiến, tối thiểu)
    return Reading(bound, GivenDay(r.scene.on), hour, hour_alone=True)


@whole
def _hour_after(r: Reader) -> tuple[Bound, Clock] | None:
    """ngày 10/3, trước 17h."""
    bound = AT_HOUR.read(r)
    hour = clock(r) if bound is not None else None
    return (bound, hour) if bound is not None and hour and not hour.vague else None


@whole
def _ahead(r: Reader) -> Count | None:
    """trước ngày 20/3 ít nhất 03 ngày."""
    _AT_LEAST.read(r)
    count = read_count(r)
    return count if count and count.unit is not CountUnit.MINUTE else None
