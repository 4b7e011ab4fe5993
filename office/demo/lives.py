"""What becomes of a follow-up: when it is assigned, taken on, urged, extended, handed in, returned,
accepted, looked at again.

Units differ in how punctual they are; what falls due around Tết takes longer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from office.moments import ZONE
from office.workdays import TET, WorkCalendar
from schema.viet import initials

_DAY = timedelta(days=1)
_NEAR_TET = timedelta(days=24)
_LATE_DAYS = 15.0
"""How many working days a late one is late on average."""
_NO_DEADLINE = 35
_HURRY = timedelta(days=14)
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
_KEPT = "đã xem xét, giữ nguyên phân công"
_GRANTS = ("đồng ý theo đề nghị", "cho một phần thời gian, không lùi thêm", "lý do khách quan")
_DENIALS = ("lý do chưa thuyết phục, giữ nguyên hạn", "việc cấp bách, không lùi hạn")
_ANSWERS = ("đang hoàn thiện, sẽ trình trong tuần", "chờ ý kiến phối hợp, xin thêm vài ngày")
_EFFECTS = (
    ("strong", "tiến độ các công trình liên quan chuyển biến rõ"),
    ("some", "đã áp dụng ở phần lớn đơn vị"),
    ("some", "thời gian xử lý hồ sơ giảm"),
    ("none", "chưa thấy thay đổi so với trước"),
)
_FIGURES = ((3, 40, "dự án"), (2, 60, "hồ sơ"), (5, 98, "%"), (1, 25, "km"), (20, 900, "hộ"))
_PAPERS = {
    "kế hoạch": "KH",
    "tờ trình": "TTr",
    "quyết định": "QĐ",
    "đề án": "ĐA",
    "nghị quyết": "NQ",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a follow-up's life; `due` is the deadline that was asked for or granted, `told`
    are other cells of the event, `effect_due` is when its effect will be looked at."""

    at: datetime
    kind: str
    note: str = ""
    due: date | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    effect_due: date | None = None


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
            contested = self._working(assigned, rng.randrange(1, 6))
            yield Step(contested, "refused", _REFUSALS)
            if fate < 0.03:
                return
            assigned = self._working(contested, rng.randrange(1, 4))
            yield Step(assigned, "assigned", _KEPT)
        hurried = due is not None and due - assigned.date() < _HURRY
        started = self._working(assigned, 0 if hurried else rng.randrange(1, 5))
        yield Step(started, "taken")
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
        if due and finish.date() > end and rng.random() < 0.35:
            asking = max(started, self._at(self._calendar.on_or_before(end - 3 * _DAY)))
            for step in self._extension(asking, end):
                yield step
                end = step.due if step.kind == "extended" and step.due else end
        if fate > 0.98:
            # Nobody ever finishes it: those are the ones that wait for more than 120 days.
            yield from self._meanwhile(started, finish + _NEVER, end)
            return
        yield from self._meanwhile(started, finish, end)
        yield from self._closing(unit, product, finish)

    def _extension(self, at: datetime, end: date) -> Iterator[Step]:
        """The unit asks for more days; it gets them, fewer of them, or none."""
        rng = self._rng
        days = rng.choice((10, 15, 30))
        wanted = self._calendar.on_or_after(end + timedelta(days=days))
        yield Step(at, "extension_asked", rng.choice(_REASONS), wanted)
        decided = self._working(at, rng.randrange(1, 3))
        if rng.random() < 0.2:
            yield Step(decided, "extension_refused", rng.choice(_DENIALS), wanted)
            return
        fewer = self._calendar.on_or_after(end + timedelta(days=days // 2))
        granted = wanted if rng.random() < 0.6 else fewer
        yield Step(decided, "extended", rng.choice(_GRANTS), max(granted, decided.date()))

    def _finish(self, unit: str, started: datetime, end: date) -> datetime:
        """The moment a task is handed in, with its unit's punctuality and the time of the year."""
        rng = self._rng
        chance = self.punctuality(unit)
        near_tet = self._near_tet(end)
        if rng.random() < chance * (0.75 if near_tet else 1.0):
            span = max(1, (end - started.date()).days)
            # It has to be accepted as well by then.
            spare = min(6, span // 3) + int(span * rng.random() * 0.3)
            day = self._calendar.on_or_before(end - timedelta(days=spare))
            return max(self._at(day), started + timedelta(hours=5))
        late = 1 + int(rng.expovariate(1 / (_LATE_DAYS * (1.6 if near_tet else 1.0))))
        return self._at(self._calendar.add_working(max(end, started.date()), late))

    def _near_tet(self, day: date) -> bool:
        tet = self._calendar.holiday(TET, day, day.year)
        return tet is not None and abs(tet - day) < _NEAR_TET

    def _meanwhile(self, started: datetime, finish: datetime, end: date) -> Iterator[Step]:
        """Notes of progress about every three weeks, reminders once it is late, which are answered
        now and then; after the third it goes to the leader in charge."""
        at = self._working(started, self._rng.randrange(6, 18))
        while at < finish:
            yield Step(at, "progressed", self._rng.choice(_PROGRESS))
            at = self._working(at, self._rng.randrange(12, 22))
        at = self._at(self._calendar.next_working(end))
        for number in count(1):
            if at >= finish:
                return
            yield Step(at, "reminded", self._rng.choice(_REMINDERS), told={"value": "unit -"})
            answered = self._working(at, self._rng.randrange(1, 4))
            if answered < finish and self._rng.random() < 0.4:
                yield Step(answered, "answered", self._rng.choice(_ANSWERS))
            if number == 3:
                yield Step(self._working(answered, 1), "escalated")
            at = self._working(at, self._rng.randrange(8, 18))

    def _closing(self, unit: str, product: str, finish: datetime) -> Iterator[Step]:
        rng = self._rng
        yield Step(finish, "submitted", told=self._product(unit, product, finish))
        if rng.random() < 0.12:
            back = self._working(finish, rng.randrange(1, 4))
            yield Step(back, "returned", rng.choice(_RETURNS))
            finish = self._working(back, rng.randrange(3, 9))
            yield Step(finish, "submitted", told=self._product(unit, product, finish))
        accepted = self._working(finish, rng.choice((0, 0, 1, 1, 2)))
        looked_at = None
        if rng.random() < 0.35:
            looked_at = self._calendar.on_or_after(
                accepted.date() + timedelta(days=rng.choice((30, 60, 90)))
            )
        yield Step(accepted, "done", effect_due=looked_at)
        if looked_at and rng.random() < 0.75:
            grade, seen = rng.choice(_EFFECTS)
            yield Step(self._at(looked_at), "reviewed", seen, told={"value": grade})

    def _product(self, unit: str, product: str, on: datetime) -> dict[str, Any]:
        """What is handed in: a paper of that unit, some with a figure or a file."""
        rng = self._rng
        symbol = next(
            (s for words, s in _PAPERS.items() if product.lower().startswith(words)), "BC"
        )
        told: dict[str, Any] = {
            "product": product,
            "number": f"{rng.randrange(20, 900)}/{symbol}-{initials(unit).upper()}",
            "issued_on": on.date().isoformat(),
        }
        if rng.random() < 0.2:
            least, most, measure = rng.choice(_FIGURES)
            told |= {"figure": float(rng.randrange(least, most)), "measure": measure}
        if rng.random() < 0.3:
            told["link"] = f"https://vanban.phutho.example/{on:%Y/%m}/{rng.randrange(10**6)}.pdf"
        return told

    def _working(self, moment: datetime, days: int) -> datetime:
        """Some working days later, in working hours; never before `moment`."""
        if not days and moment.hour < 16:
            return moment + timedelta(minutes=self._rng.randrange(20, 75))
        return self._at(self._calendar.add_working(moment.date(), max(days, 1)))

    def _at(self, day: date) -> datetime:
        hour = self._rng.choice((7, 8, 9, 10, 13, 14, 15, 16))
        return datetime.combine(day, time(hour, self._rng.randrange(60)), ZONE)
