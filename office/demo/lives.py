"""What becomes of a follow-up: when it is assigned, urged, extended, handed in, accepted.

Units differ in how punctual they are; what falls due around Tết takes longer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from office.moments import ZONE
from office.workdays import TET, WorkCalendar

_DAY = timedelta(days=1)
_NEAR_TET = timedelta(days=24)
_LATE_DAYS = 15.0
"""How many working days a late one is late on average."""
_NO_DEADLINE = 35
_NEVER = timedelta(days=2000)
_PROGRESS = (
    "đã phân công phòng chuyên môn, đang thu thập số liệu",
    "đã có dự thảo lần 1, đang lấy ý kiến các đơn vị",
    "đã làm việc với các xã, còn vướng hồ sơ",
    "đã tiếp thu ý kiến, đang hoàn thiện",
    "khối lượng đạt khoảng hai phần ba",
)
_REMINDERS = ("Văn phòng gọi điện đôn đốc", "đã có công văn đôn đốc", "nhắc tại giao ban")
_REASONS = (
    "chờ ý kiến của bộ chuyên ngành",
    "khối lượng phát sinh sau rà soát",
    "chưa bố trí được kinh phí",
    "đơn vị phối hợp gửi ý kiến chậm",
)
_RETURNS = ("thiếu ý kiến thẩm định của Sở Tư pháp", "số liệu chưa khớp", "chưa rõ nguồn kinh phí")
_REFUSALS = "không thuộc chức năng, đề nghị chuyển đơn vị khác"
_PAUSES = "tạm dừng chờ hướng dẫn của Trung ương"
_RESUMES = "đã có hướng dẫn, làm tiếp"
_CANCELS = "đã nhập vào nhiệm vụ khác cùng nội dung"


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a follow-up's life; an extension has the new deadline as `due`."""

    at: datetime
    kind: str
    note: str = ""
    due: date | None = None


class Lives:
    """Makes up lives of follow-ups."""

    def __init__(self, calendar: WorkCalendar, rng: Random) -> None:
        self._calendar, self._rng = calendar, rng
        self._punctual: dict[str, float] = {}

    def punctuality(self, unit: str) -> float:
        """The share of its tasks that a unit finishes in time, from 0.35 to 0.95."""
        if unit not in self._punctual:
            self._punctual[unit] = 0.35 + 0.6 * self._rng.betavariate(3.2, 1.6)
        return self._punctual[unit]

    def of(self, unit: str, product: str, born: datetime, due: date | None) -> list[Step]:
        """Every step from the moment a task was spoken, in order of time, however far ahead."""
        return sorted(self._steps(unit, product, born, due), key=lambda step: step.at)

    def _steps(self, unit: str, product: str, born: datetime, due: date | None) -> Iterator[Step]:
        rng = self._rng
        fate = rng.random()
        # Now and then nobody assigns it for weeks.
        wait = rng.randrange(8, 20) if fate < 0.02 else rng.choice((0, 0, 1, 1, 2))
        assigned = self._working(born, wait)
        yield Step(assigned, "assigned")
        if 0.02 <= fate < 0.04:
            yield Step(self._working(assigned, rng.randrange(1, 6)), "refused", _REFUSALS)
            return
        started = self._working(assigned, rng.randrange(1, 5))
        yield Step(started, "started")
        if 0.04 <= fate < 0.055:
            yield Step(self._working(started, rng.randrange(3, 12)), "cancelled", _CANCELS)
            return
        end = due or born.date() + timedelta(days=rng.randrange(20, 2 * _NO_DEADLINE))
        if 0.055 <= fate < 0.1:
            paused = self._working(started, rng.randrange(2, 8))
            yield Step(paused, "paused", _PAUSES)
            started = self._working(paused, rng.randrange(15, 60))
            yield Step(started, "reopened", _RESUMES)
        finish = self._finish(unit, started, end)
        if finish.date() > end and rng.random() < 0.3:
            asked = max(started, self._at(self._calendar.on_or_before(end - 2 * _DAY)))
            extended = self._calendar.on_or_after(end + timedelta(days=rng.choice((10, 15, 30))))
            yield Step(asked, "extended", rng.choice(_REASONS), extended if due else None)
            end = extended if due else end
        if fate > 0.98:
            # Nobody ever finishes it: those are the ones that wait for more than 120 days.
            yield from self._meanwhile(started, finish + _NEVER, end)
            return
        yield from self._meanwhile(started, finish, end)
        yield from self._closing(product, finish)

    def _finish(self, unit: str, started: datetime, end: date) -> datetime:
        """The moment a task is handed in, with its unit's punctuality and the time of the year."""
        rng = self._rng
        chance = self.punctuality(unit)
        near_tet = self._near_tet(end)
        if rng.random() < chance * (0.75 if near_tet else 1.0):
            span = max(1, (end - started.date()).days)
            day = self._calendar.on_or_before(end - timedelta(days=int(span * rng.random() * 0.3)))
            return max(self._at(day), started + timedelta(hours=5))
        late = 1 + int(rng.expovariate(1 / (_LATE_DAYS * (1.6 if near_tet else 1.0))))
        return self._at(self._calendar.add_working(max(end, started.date()), late))

    def _near_tet(self, day: date) -> bool:
        tet = self._calendar.holiday(TET, day, day.year)
        return tet is not None and abs(tet - day) < _NEAR_TET

    def _meanwhile(self, started: datetime, finish: datetime, end: date) -> Iterator[Step]:
        """Notes of progress about every three weeks, reminders once it is late."""
        at = self._working(started, self._rng.randrange(6, 18))
        while at < finish:
            yield Step(at, "progressed", self._rng.choice(_PROGRESS))
            at = self._working(at, self._rng.randrange(12, 22))
        at = self._at(self._calendar.next_working(end))
        while at < finish:
            yield Step(at, "reminded", self._rng.choice(_REMINDERS))
            at = self._working(at, self._rng.randrange(8, 18))

    def _closing(self, product: str, finish: datetime) -> Iterator[Step]:
        rng = self._rng
        yield Step(finish, "submitted", product)
        if rng.random() < 0.12:
            back = self._working(finish, rng.randrange(1, 4))
            yield Step(back, "returned", rng.choice(_RETURNS))
            finish = self._working(back, rng.randrange(3, 9))
            yield Step(finish, "submitted", product)
        accepted = self._working(finish, rng.randrange(1, 5))
        number = f"{rng.randrange(20, 900)}"
        yield Step(accepted, "done", f"{product}: văn bản số {number}, ngày {accepted:%d/%m/%Y}")

    def _working(self, moment: datetime, days: int) -> datetime:
        """Some working days later, in working hours; never before `moment`."""
        if not days and moment.hour < 16:
            return moment + timedelta(minutes=self._rng.randrange(20, 75))
        return self._at(self._calendar.add_working(moment.date(), max(days, 1)))

    def _at(self, day: date) -> datetime:
        hour = self._rng.choice((7, 8, 9, 10, 13, 14, 15, 16))
        return datetime.combine(day, time(hour, self._rng.randrange(60)), ZONE)
