"""Writing the sample office: a year replayed in order of time, the same each time.

Public entrance: `build(path)`. Importing it brings the readers in: never at a start.
"""

import heapq
import itertools
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from office.calendar import work_calendar
from office.demo import conference, visits
from office.demo.cast import SECRETARY
from office.demo.desk import Desk, Task
from office.demo.directions import Direction
from office.demo.lives import Lives, Step
from office.demo.papers import Paper, papers
from office.demo.program import Planned, Program
from office.demo.staff import Staff, appoint
from office.demo.talk import Line, Talk
from office.demo.words import topics, units
from office.known import known
from office.marks import content_of
from office.moments import ZONE
from schema.records import Abbreviation, Followup, Meeting, Person, Unit
from schema.search_index import bring_up
from schema.store import Store

FIRST = date(2025, 3, 3)
NOW = datetime.combine(conference.DAY, time(17, 30), ZONE)
"""The moment at which the sample stands: the conference is just over."""
_FIRST_NOTICE = 62
# So that the first search has nothing to wait for. Seconds; a year takes one.
_INDEXED_WITHIN = 30.0
_SHORT = {
    "gpmb": "giải phóng mặt bằng",
    "đtc": "đầu tư công",
    "cchc": "cải cách hành chính",
    "cđs": "chuyển đổi số",
    "qppl": "quy phạm pháp luật",
    "ntm": "nông thôn mới",
    "pccc": "phòng cháy, chữa cháy",
    "bcđ": "Ban Chỉ đạo",
}
Progress = Callable[[float], None]


def build(
    path: Path,
    *,
    first: date = FIRST,
    now: datetime = NOW,
    load: float = 1.0,
    seed: int = 2026,
    progress: Progress = lambda done: None,
) -> dict[str, int]:
    """Make the sample office as the new database `path`, all of it or nothing in it.

    It runs from `first` to `now`, with meetings planned ahead. `load` scales the number of meetings
    of no series; `progress` is told from time to time how much is done, from 0 to 1. Returns how
    many there are of what. Raises ThukyError where it cannot be written.
    """
    clock = _Clock(datetime.combine(first - timedelta(days=3), time(8), ZONE))
    noise = Random(f"{seed} ids")
    with Store(path, clock=clock, randomness=noise.randbytes) as store:
        with store.transaction():
            _Year(store, clock, first, now, load, Random(seed)).replay(progress)
        bring_up(store, _INDEXED_WITHIN)
        store.connection.execute("PRAGMA optimize")
        return {
            "meetings": store.count(Meeting),
            "followups": store.count(Followup),
            "units": store.count(Unit),
            "persons": store.count(Person),
        }


class _Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at.timestamp()


class _Year:
    """Carries out what happens, each thing at its moment; what happens may make more happen."""

    def __init__(
        self, store: Store, clock: _Clock, first: date, now: datetime, load: float, rng: Random
    ) -> None:
        self._store, self._clock, self._now, self._rng = store, clock, now, rng
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._notices: dict[int, int] = {first.year: _FIRST_NOTICE}
        named = self._found()
        calendar = work_calendar(store)
        staff = appoint(store, named, first, now.date(), rng)
        self._calendar = calendar
        self._desk = Desk(store, known(store), named, staff, rng)
        self._lives, self._talk = Lives(calendar, rng), Talk(calendar, rng)
        self._series = [series.id for series in self._desk.keep_series()]
        communes = [u.name.removeprefix("UBND ") for u in named.values() if u.type == "ubnd_xa"]
        fields = topics()
        self._desk.keep_fields(fields)
        for planned in Program(first, now.date(), fields, communes, calendar, rng, load).meetings():
            self._at(planned.announced, partial(self._announce, planned))
        for number, moment in enumerate(visits.days(first, now.date(), calendar)):
            self._at(moment, partial(self._visit, number, staff))
        for paper in papers(first, now.date(), fields, communes, calendar, self._talk, rng):
            self._at(paper.at, partial(self._come_in, paper))

    def replay(self, progress: Progress) -> None:
        start, told = self._clock.at, 0
        while self._queue:
            moment, _, action = heapq.heappop(self._queue)
            if moment > self._now:
                break
            self._clock.at = max(self._clock.at, moment)
            action()
            if (days := (moment - start).days) > told:
                told = days
                progress((moment - start) / (self._now - start))
        self._clock.at = self._now
        progress(1.0)

    def _at(self, moment: datetime, action: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (moment, next(self._order), action))

    def _found(self) -> dict[str, Unit]:
        """Write the units, by name, and what the office types in short."""
        self._store.set_local({"name": SECRETARY})
        for short, long in _SHORT.items():
            self._store.insert(Abbreviation(short=short, long=long))
        named: dict[str, Unit] = {}
        for unit, parent in units():
            if parent:
                unit = _with_parent(unit, named[parent].id)
            named[unit.name] = self._store.insert(unit)
        return named

    def _announce(self, planned: Planned) -> None:
        held = planned.end <= self._now
        series = None if planned.series is None else self._series[planned.series]
        meeting = self._desk.announce(planned, series, held=held)
        if held:
            self._at(planned.end, partial(self._hold, planned, meeting))

    def _hold(self, planned: Planned, meeting: Meeting) -> None:
        if planned.title == conference.TITLE:
            self._confer(planned, meeting)
            return
        chair = self._desk.chair(planned.chair).name
        lines = self._talk.minutes(planned, chair, self._desk.speakers(planned))
        typed = self._desk.write_minutes(meeting, planned, lines)
        tasks = [self._desk.take(meeting, line) for line in typed]
        for task in tasks:
            self._live(task)
        if tasks and (planned.kind != "briefing" or self._rng.random() < 0.5):
            issued = self._calendar.add_working(planned.end.date(), self._rng.randrange(1, 6))
            moment = datetime.combine(issued, time(16, self._rng.randrange(60)), ZONE)
            self._at(moment, partial(self._issue, meeting, tasks))

    def _issue(self, meeting: Meeting, tasks: Sequence[Task]) -> None:
        """Numbers run through a calendar year."""
        year = self._clock.at.year
        self._notices[year] = number = self._notices.get(year, 0) + 1
        self._desk.announce_notice(meeting, tasks, f"{number:02}/TB-UBND")

    def _confer(self, planned: Planned, meeting: Meeting) -> None:
        """The conference: every direction is assigned before the hall is empty."""
        directions = {direction.sentence: direction for direction in conference.DIRECTIONS}
        lines = [
            Line(text, index / len(conference.LINES), content_of(text) in directions)
            for index, text in enumerate(conference.LINES)
        ]
        for index, line in enumerate(self._desk.write_minutes(meeting, planned, lines)):
            task = self._desk.take(meeting, line, typed_cells(directions[line.words]))
            moment = planned.end + timedelta(minutes=5, seconds=20 * index)
            step = Step(moment, "assigned", "giao ngay tại hội nghị")
            self._at(moment, partial(self._desk.happen, task, step))
            self._live(task, after=moment)

    def _visit(self, number: int, staff: Staff) -> None:
        visits.visit(self._store, staff, number, self._clock.at.date(), self._rng)

    def _come_in(self, paper: Paper) -> None:
        self._live(self._desk.take_paper(paper))

    def _live(self, task: Task, after: datetime | None = None) -> None:
        """What comes of a task; with `after`, it was assigned then."""
        for step in self._lives.of(task.unit, task.product, task.born, task.due):
            if after is None or (step.at > after and step.kind != "assigned"):
                self._at(step.at, partial(self._desk.happen, task, step))


def typed_cells(direction: Direction) -> dict[str, str]:
    """What the secretary filled in where the sentence was silent."""
    return {"product": direction.product, "authority": direction.authority}


def _with_parent(unit: Unit, parent: str) -> Unit:
    cells = {name: getattr(unit, name) for name in ("name", "abbr", "type", "aliases")}
    return Unit(**cells, parent=parent)
