"""The year's meetings: when, where, about what, under whom. No room and no chair is taken twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from office.demo.conference import DAY, PLACE, TITLE
from office.demo.spoken import filling
from office.demo.words import Topic
from office.moments import ZONE
from office.recurrence import parse_rule
from office.workdays import WorkCalendar

CHAIRMAN, CHIEF = -1, -2
"""Who chairs, where it is no vice-chairman by number."""
AHEAD = timedelta(days=16)
"""How far ahead of the last day meetings are planned."""
ROOMS = ("Phòng họp số 1", "Phòng họp số 2", "Phòng họp số 3", "Phòng họp trực tuyến")
TIMES = (time(8), time(9, 45), time(14), time(15, 45))
LENGTH = timedelta(minutes=90)
# How many other meetings a working day has on average, by month: few at Tết, many at year's end.
_LOAD = {1: 1.6, 2: 1.1, 7: 2.0, 10: 1.9, 11: 2.1, 12: 2.3}
_USUAL_LOAD = 1.75
_KINDS = ("working", "thematic", "conference", "urgent", "online", "other")
_KIND_WEIGHTS = (58, 14, 8, 6, 10, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """A series of meetings; `topic` is what it is about, anything where that is empty. Each meeting
    is called `each`, with its week or its month in the braces."""

    title: str
    each: str
    kind: str
    rule: str
    time: time
    place: str
    chair: int
    items: int
    topic: str = ""
    slots: int = 1


SERIES = (
    Regular(
        title="Giao ban Chủ tịch và các Phó Chủ tịch UBND tỉnh",
        each="Giao ban tuần {} của Chủ tịch và các Phó Chủ tịch",
        kind="briefing",
        rule="FREQ=WEEKLY;BYDAY=MO",
        time=TIMES[0],
        place=ROOMS[0],
        chair=CHAIRMAN,
        items=3,
    ),
    Regular(
        title="Phiên họp thường kỳ UBND tỉnh",
        each="Phiên họp thường kỳ tháng {} của UBND tỉnh",
        kind="regular",
        rule="FREQ=MONTHLY;BYDAY=1WE",
        time=TIMES[0],
        place="Phòng họp tầng 3",
        chair=CHAIRMAN,
        items=5,
        slots=2,
    ),
    Regular(
        title="Tiếp công dân định kỳ của Chủ tịch UBND tỉnh",
        each="Tiếp công dân định kỳ tháng {}",
        kind="other",
        rule="FREQ=MONTHLY;BYMONTHDAY=15",
        time=TIMES[0],
        place="Trụ sở Tiếp công dân",
        chair=CHAIRMAN,
        items=1,
        topic="Thanh tra, tiếp công dân, khiếu nại tố cáo",
    ),
    Regular(
        title="Tổ công tác thúc đẩy giải ngân vốn đầu tư công",
        each="Tổ công tác giải ngân vốn đầu tư công tháng {}",
        kind="thematic",
        rule="FREQ=MONTHLY;BYDAY=2TU,4TU",
        time=TIMES[2],
        place=ROOMS[1],
        chair=0,
        items=1,
        topic="Giải ngân vốn đầu tư công",
    ),
    Regular(
        title="Ban Chỉ đạo giải phóng mặt bằng các dự án trọng điểm",
        each="Ban Chỉ đạo giải phóng mặt bằng tháng {}",
        kind="thematic",
        rule="FREQ=MONTHLY;BYDAY=3WE",
        time=TIMES[2],
        place=ROOMS[2],
        chair=1,
        items=1,
        topic="Giải phóng mặt bằng",
    ),
    Regular(
        title="Ban Chỉ đạo chuyển đổi số tỉnh",
        each="Ban Chỉ đạo chuyển đổi số tháng {}",
        kind="online",
        rule="FREQ=MONTHLY;BYDAY=3TH",
        time=TIMES[2],
        place=ROOMS[3],
        chair=3,
        items=1,
        topic="Chuyển đổi số",
    ),
    Regular(
        title="Giao ban Văn phòng UBND tỉnh",
        each="Giao ban Văn phòng tuần {}",
        kind="briefing",
        rule="FREQ=WEEKLY;BYDAY=FR",
        time=TIMES[3],
        place="Phòng họp Văn phòng",
        chair=CHIEF,
        items=1,
        topic="Cải cách hành chính",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting to come. `series` is a number in `SERIES`; `chair` a vice-chairman's number."""

    title: str
    kind: str
    start: datetime
    length: timedelta
    place: str
    chair: int
    topics: tuple[Topic, ...]
    commune: str
    series: int | None = None
    urgency: str = ""
    ahead: int = 20

    @property
    def end(self) -> datetime:
        return self.start + self.length

    @property
    def announced(self) -> datetime:
        """When it was written into the calendar, `ahead` days before."""
        return self.start - timedelta(days=self.ahead, minutes=37)


class Program:
    """Draws up the meetings from `first` to `AHEAD` after `last`, in order of time.

    `load` scales the number of meetings that belong to no series.
    """

    def __init__(
        self,
        first: date,
        last: date,
        topics: Sequence[Topic],
        communes: Sequence[str],
        calendar: WorkCalendar,
        rng: Random,
        load: float = 1.0,
    ) -> None:
        self._first, self._end = first, last + AHEAD
        self._topics, self._communes = topics, communes
        self._calendar, self._rng, self._load = calendar, rng, load
        self._taken: set[tuple[date, time, str]] = set()

    def meetings(self) -> list[Planned]:
        found = [meeting for number in range(len(SERIES)) for meeting in self._of_series(number)]
        found += self._conference()
        found += self._others()
        return sorted(found, key=lambda meeting: (meeting.start, meeting.place))

    def _conference(self) -> Iterator[Planned]:
        if self._first <= DAY <= self._end:
            self._take(DAY, [TIMES[2], TIMES[3]], PLACE, CHIEF)
            self._take(DAY, [TIMES[2], TIMES[3]], PLACE, CHAIRMAN)
            yield Planned(
                title=TITLE,
                kind="conference",
                start=datetime.combine(DAY, TIMES[2], ZONE),
                length=timedelta(hours=3),
                place=PLACE,
                chair=CHIEF,
                topics=(),
                commune="",
            )

    def _of_series(self, number: int) -> Iterator[Planned]:
        series = SERIES[number]
        rule = parse_rule(series.rule, self._first)
        day = self._first - timedelta(days=1)
        while (next_day := rule.after(day)) and next_day <= self._end:
            day = next_day
            # A weekly meeting on a day off is dropped, another is held on the next day it can be.
            held = self._calendar.on_or_after(day)
            weekly = series.rule.startswith("FREQ=WEEKLY")
            start = TIMES.index(series.time)
            slots = list(TIMES[start : start + series.slots])
            if weekly and held != day:
                continue
            while not all(self._is_free(held, t, series.place, series.chair) for t in slots):
                held = self._calendar.next_working(held)
            if held > self._end:
                continue
            if held == DAY and series.chair == CHIEF:
                continue
            self._take(held, slots, series.place, series.chair)
            topics = [t for t in self._topics if t.name == series.topic]
            yield Planned(
                title=self._numbered(series, held),
                kind=series.kind,
                start=datetime.combine(held, series.time, ZONE),
                length=LENGTH * series.slots,
                place=series.place,
                chair=series.chair,
                topics=tuple(topics or self._some(held, series.items)),
                commune=self._rng.choice(self._communes),
                series=number,
            )

    @staticmethod
    def _numbered(series: Regular, day: date) -> str:
        """A briefing has its week, and the session held in a month is that of the month before."""
        if series.kind == "briefing":
            return series.each.format(day.isocalendar().week)
        month = day.replace(day=1) - timedelta(days=1) if series.kind == "regular" else day
        return series.each.format(f"{month.month}/{month.year}")

    def _others(self) -> Iterator[Planned]:
        day = self._first
        while day <= self._end:
            if self._calendar.is_working(day):
                mean = _LOAD.get(day.month, _USUAL_LOAD) * self._load
                for _ in range(int(mean + self._rng.random())):
                    yield from self._other(day)
            day += timedelta(days=1)

    def _other(self, day: date) -> Iterator[Planned]:
        (topic,) = self._some(day, 1)
        commune = self._rng.choice(self._communes)
        kind = self._rng.choices(_KINDS, _KIND_WEIGHTS)[0]
        kind = "urgent" if topic.urgency else kind
        room = ROOMS[3] if kind == "online" else self._rng.choice(ROOMS[:3])
        chair = topic.deputy if self._rng.random() < 0.75 else CHAIRMAN
        slot = self._rng.choice(TIMES)
        if not self._is_free(day, slot, room, chair):
            return
        self._take(day, [slot], room, chair)
        title = self._rng.choice(topic.titles).format(**filling(self._rng, day, commune))
        yield Planned(
            title=title,
            kind=kind,
            start=datetime.combine(day, slot, ZONE),
            length=timedelta(minutes=self._rng.choice((60, 75, 90, 90))),
            place=room,
            chair=chair,
            topics=(topic,),
            commune=commune,
            urgency=topic.urgency,
            ahead=1 if kind == "urgent" else self._rng.choice((3, 5, 8, 12, 15)),
        )

    def _some(self, day: date, count: int) -> list[Topic]:
        fitting = [t for t in self._topics if not t.months or day.month in t.months]
        return self._rng.sample(fitting, count)

    def _is_free(self, day: date, slot: time, room: str, chair: int) -> bool:
        return not {(day, slot, room), (day, slot, f"chair {chair}")} & self._taken

    def _take(self, day: date, slots: Sequence[time], room: str, chair: int) -> None:
        for slot in slots:
            self._taken |= {(day, slot, room), (day, slot, f"chair {chair}")}
