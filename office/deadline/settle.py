"""From what was said to a date: the office's conventions, each in one place."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from office.deadline import remarks
from office.deadline.bounds import Bound
from office.deadline.clock import Clock
from office.deadline.counted import Counted
from office.deadline.counts import CountUnit
from office.deadline.days import MonthDay
from office.deadline.events import Event
from office.deadline.grammar import Reading, Target, Vague
from office.deadline.named_days import GivenDay, NamedDay, WeekDay
from office.deadline.recurrence import Every, Pattern, of_months, recur
from office.deadline.result import Deadline, Kind
from office.deadline.spans import Impossible, Span, Unit
from office.deadline.words import Scene

_MIDNIGHT = time(0)
_FRIDAY = 4
_HALF_A_YEAR = timedelta(days=183)


def settle(reading: Reading, scene: Scene) -> Deadline:
    """The deadline that `reading` names, said in `scene`."""
    target = reading.target
    if isinstance(target, Vague):
        return Deadline("unclear")
    if isinstance(target, Event):
        return _event(reading, target, scene)
    if isinstance(target, Impossible):
        return Deadline("unclear", ask=True, problem=target.problem)
    if isinstance(target, Counted):
        return _counted(target, scene)
    if isinstance(target, Every):
        return _recurring(reading, target, None, scene)
    day = _on_or_after(target, scene.on)
    if day is None:
        return Deadline("unclear", ask=True, problem=remarks.NO_SUCH_DAY)
    if reading.every:
        return _recurring(reading, reading.every, _pattern(reading.every, target), scene)
    if isinstance(target, MonthDay) and target.any_quarter:
        each = Every(Unit.QUARTER)
        deadline = _recurring(reading, each, _pattern(each, target), scene)
        # "tháng cuối quý" may be that of this quarter alone.
        return deadline if target.each_quarter else replace(deadline, ask=True)
    if isinstance(target, Span):
        return _period(reading, target, scene)
    return _fixed(reading, target, day, scene)


def _on_or_after(target: NamedDay | Span, on: date) -> date | None:
    if isinstance(target, GivenDay):
        return target.date
    if isinstance(target, Span):
        return target.last
    return None if isinstance(target, Impossible) else target.on_or_after(on)


def _fixed(reading: Reading, target: NamedDay, day: date, scene: Scene) -> Deadline:
    problem, ask = None, reading.hour_alone
    if isinstance(target, MonthDay) and target.weekday not in {None, day.weekday()}:
        problem, ask = remarks.WEEKDAY_DIFFERS, True
    if isinstance(target, WeekDay):
        ask = ask or target.ask(scene.on)
    if reading.bound is Bound.FROM:
        problem, ask = remarks.ONLY_START, True
    if reading.bound is Bound.AFTER:
        day, ask = scene.calendar.on_or_after(day), True
    if reading.ahead:
        day = reading.ahead.before(day, scene.calendar)
        return _dated("fixed", day, True, None, scene, ask=ask)
    holiday = isinstance(target, GivenDay) and target.holiday
    inclusive = _includes(reading, scene) and not (holiday and reading.bound is Bound.BEFORE)
    return _dated("fixed", day, inclusive, reading.clock, scene, ask=ask, problem=problem)


def _includes(reading: Reading, scene: Scene) -> bool:
    """Whether the day named is itself in time; an hour of it is a bound by itself."""
    if reading.bound is not Bound.BEFORE:
        return True
    return scene.before_inclusive and reading.clock is None


def _period(reading: Reading, span: Span, scene: Scene) -> Deadline:
    if reading.bound is Bound.BEFORE and not span.point:
        return _dated("period_end", span.first, False, None, scene, ask=span.ask)
    if reading.bound is Bound.FROM:
        problem = remarks.ONLY_START
        return _dated("period_end", span.first, True, None, scene, ask=True, problem=problem)
    note = remarks.EDGES if span.point else None
    return _dated("period_end", span.last, True, None, scene, ask=span.ask, note=note)


def _event(reading: Reading, target: Event, scene: Scene) -> Deadline:
    if target.of_this_meeting:
        return _dated("event_relative", scene.on, True, None, scene, ask=True)
    if scene.event_on is None:
        return Deadline("event_relative", event=target.text)
    if reading.ahead:
        day = reading.ahead.before(scene.event_on, scene.calendar)
        return replace(_dated("event_relative", day, True, None, scene), event=target.text)
    # What is due after an event has no end of its own: whoever reads it should say one.
    day, inclusive = scene.event_on, not target.before
    deadline = _dated("event_relative", day, inclusive, None, scene, ask=target.after)
    return replace(deadline, event=target.text)


def _counted(target: Counted, scene: Scene) -> Deadline:
    if target.event:
        if scene.event_on is None:
            return Deadline("event_relative", event=target.event)
        known = replace(target, event=None, start=GivenDay(scene.event_on))
        return replace(_counted(known, scene), kind="event_relative", event=target.event)
    if target.count.endless:
        return Deadline("unclear", ask=True, problem=remarks.TOO_LONG)
    start = scene.on
    if target.start:
        # A period may be counted from a day just past as well as from one to come.
        near = scene.on - _HALF_A_YEAR if isinstance(target.start, MonthDay) else scene.on
        named = _on_or_after(target.start, near)
        if named is None:
            return Deadline("unclear", ask=True, problem=remarks.NO_SUCH_DAY)
        start = named
    end = target.count.end(datetime.combine(start, scene.at), scene.calendar)
    ask = target.count.ask
    if target.count.unit is CountUnit.MINUTE:
        clock, note = Clock(end.time()), remarks.HOURS_NOT_ROLLED
        return _dated("working_days", end.date(), True, clock, scene, ask=ask, note=note)
    day = scene.calendar.on_or_after(end.date())
    note = remarks.ROLLED if day != end.date() else remarks.START_NOT_COUNTED
    return _dated("working_days", day, True, None, scene, ask=ask, note=note)


def _recurring(reading: Reading, each: Every, days: Pattern | None, scene: Scene) -> Deadline:
    on = max(scene.on, reading.since - timedelta(days=1)) if reading.since else scene.on
    found = recur(each, days, on)
    inclusive = _includes(reading, scene)
    ask = found.ask or (isinstance(reading.target, Span) and reading.target.ask)
    deadline = _dated("recurring", found.first, inclusive, reading.clock, scene, ask=ask)
    return replace(deadline, recurrence=found.rule)


def _pattern(each: Every, target: Target) -> Pattern | None:
    """The days of `target` that come again with `each`."""
    if isinstance(target, WeekDay):
        return Pattern(weekdays=tuple(sorted(set(target.weekdays))))
    if isinstance(target, Span):
        return _pattern_of_span(each, target.last)
    if not isinstance(target, MonthDay):
        return None
    if each.unit is Unit.QUARTER:
        place = 2 if target.of_quarter is None else target.of_quarter
        return of_months(tuple(range(place + 1, 13, 3)), target.days)
    named = target.month and not target.moved
    return of_months((target.month,) if target.month and named else (), target.days)


def _pattern_of_span(each: Every, last: date) -> Pattern:
    if each.unit is Unit.WEEK:
        return Pattern(weekdays=(min(last.weekday(), _FRIDAY),))
    months: tuple[int, ...] = ()
    if each.unit is Unit.QUARTER:
        months = tuple(range((last.month - 1) % 3 + 1, 13, 3))
    elif each.unit is Unit.YEAR:
        months = (last.month,)
    ends = last.day == monthrange(last.year, last.month)[1]
    return Pattern(months, (-1 if ends else last.day,))


def _dated(
    kind: Kind,
    day: date,
    inclusive: bool,
    clock: Clock | None,
    scene: Scene,
    *,
    ask: bool = False,
    problem: str | None = None,
    note: str | None = None,
) -> Deadline:
    """A deadline on `day`, with its last good day and what is to be minded about it."""
    hour = clock.time if clock else None
    if clock and hour is None:
        inclusive = True  # before the end of the day is within the day
    if clock and clock.vague and not inclusive:
        ask = True
    of_day = inclusive or (hour is not None and hour > _MIDNIGHT)
    last_ok = day if of_day else day - timedelta(days=1)
    over = last_ok < scene.on and kind != "recurring"
    if over:
        problem, ask = problem or remarks.PAST, True
    elif kind != "period_end" and not scene.calendar.is_working(last_ok):
        problem = problem or remarks.DAY_OFF
    if scene.calendar.is_provisional(last_ok):
        note = remarks.PROVISIONAL
    elif not inclusive and hour is None:
        note = note or remarks.NOT_THE_DAY_ITSELF
    return Deadline(
        kind=kind,
        date=day,
        inclusive=inclusive,
        time=hour,
        last_ok_date=last_ok,
        last_working_day=scene.calendar.on_or_before(last_ok),
        ask=ask,
        problem=problem,
        note=note,
    )
