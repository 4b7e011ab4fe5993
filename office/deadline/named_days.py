"""Days by name: thứ Sáu tuần sau, ngày mai, ngày làm việc cuối cùng của tháng, Quốc khánh."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from office.deadline.days import MonthDay, month_day
from office.deadline.numbers import number
from office.deadline.parts import edge, part_of_period
from office.deadline.periods import period, whole_week
from office.deadline.spans import Impossible, Part, Span, Unit, around
from office.deadline.words import Lexicon, Reader, listed, repeated, whole
from office.deadline.years import shift, year
from office.workdays import FIXED_HOLIDAYS, HUNG_KINGS, TET


@dataclass(frozen=True, slots=True)
class WeekDay:
    """Days of a week (0 Monday), the last being the deadline: in `week`, or the next one.

    `next_one` where "tới" was said: never today. `ordinal` where it may as well be a number in a
    row (lần thứ hai).
    """

    weekdays: tuple[int, ...]
    week: Span | None = None
    next_one: bool = False
    ordinal: bool = False

    def on_or_after(self, on: date) -> date:
        wanted = self.weekdays[-1]
        if self.week:
            return self.week.first + timedelta(days=wanted)
        return on + timedelta(days=(wanted - on.weekday() - self.next_one) % 7 + self.next_one)

    def ask(self, on: date) -> bool:
        """ "Thứ Sáu tới", said on a Monday: this week's or the next one's?"""
        day = self.on_or_after(on)
        return self.next_one and around(Unit.WEEK, on).last >= day


@dataclass(frozen=True, slots=True)
class GivenDay:
    """A day already known; `holiday` where it was named by what is celebrated on it."""

    date: date
    holiday: bool = False


NamedDay = MonthDay | WeekDay | GivenDay | Impossible

_NUMBERED = {2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5}
_FROM_TODAY = Lexicon(
    {"hôm nay": 0, "ngày hôm nay": 0, "cùng ngày": 0, "bây giờ": 0}
    | {"ngày mai": 1, "ngày hôm sau": 1, "ngày kia": 2, "ngày mốt": 2}
)
_AFTER_CLOCK = Lexicon({"nay": 0, "mai": 1, "ngày mai": 1, "kia": 2, "mốt": 2})
_NEXT_WORKING = Lexicon(
    {f"ngày làm việc {word}": True for word in ("tiếp theo", "kế tiếp", "liền kề", "sau")}
)
_OCCASION = Lexicon(
    listed(
        True,
        "ngày | dịp | lễ | dịp lễ | ngày lễ | nghỉ lễ | kỳ nghỉ | kỳ nghỉ lễ | "
        "nghỉ | dịp nghỉ lễ | dịp nghỉ | nhân dịp | đợt nghỉ lễ",
    )
)
_HOLIDAY = Lexicon(
    {name: name for name in (*FIXED_HOLIDAYS, TET, HUNG_KINGS)}
    | listed(TET, "tết | tết âm lịch | tết cổ truyền")
    | {"tết tây": "Tết Dương lịch", "giỗ tổ": HUNG_KINGS}
    | listed("Ngày Chiến thắng", "giải phóng miền nam | thống nhất đất nước")
    | {"quốc tế lao động": "Ngày Quốc tế Lao động", "văn hóa việt nam": "Ngày Văn hóa Việt Nam"}
)
_OTHER_TET = frozenset({"trung", "đoan", "thanh", "hàn", "thiếu", "độc"})
"""Words that make of Tết another one than the year's: Tết Trung thu."""
_NOT_TODAY = frozenset({"hội", "lễ", "họp", "làm", "nghỉ", "đầu", "cuối", "nào", "càng", "trước"})
NAMED_DAY_WORDS = (
    frozenset({"thứ", "chủ", "cn"})
    | _FROM_TODAY.first_words
    | _OCCASION.first_words
    | _HOLIDAY.first_words
)


def day(r: Reader, *, alone: bool = False, after_clock: bool = False) -> NamedDay | None:
    """A day, however it is named.

    `alone` lets "ngày" by itself be today, as in "trong ngày"; `after_clock` reads the words that
    name a day only after a part of one, as in "sáng mai".
    """
    today = _from_today(r, after_clock)
    if today:
        return _its_date(r) or today
    found = _weekday(r) or _edge_day(r) or _holiday(r) or month_day(r)
    if found is None and alone and r.word() == "ngày" and r.word(1) not in _NOT_TODAY:
        r.place += 1
        return GivenDay(r.scene.on)
    return found


def _from_today(r: Reader, after_clock: bool) -> GivenDay | None:
    if _NEXT_WORKING.read(r):
        return GivenDay(r.scene.calendar.next_working(r.scene.on))
    days = _FROM_TODAY.read(r)
    if days is None and after_clock:
        days = _AFTER_CLOCK.read(r)
    return GivenDay(r.scene.on + timedelta(days=days)) if days is not None else None


@whole
def _weekday(r: Reader) -> WeekDay | MonthDay | Impossible | None:
    r.skip("các")
    r.skip("ngày")
    ordinal = r.word() == "thứ" and r.typed(1).islower()
    weekdays = _weekdays(r)
    if not weekdays:
        return None
    week, next_one = _its_week(r)
    dated = _its_date(r) if len(weekdays) == 1 else None
    if isinstance(dated, MonthDay):
        return replace(dated, weekday=weekdays[0], marked=True)
    if dated:
        return dated
    return WeekDay(weekdays, week, next_one, ordinal and not week and not next_one)


def _weekdays(r: Reader) -> tuple[int, ...]:
    first = _one_weekday(r)
    return () if first is None else (first, *repeated(r, _another_weekday))


@whole
def _one_weekday(r: Reader) -> int | None:
    if r.skip("cn") or (r.skip("chủ") and r.skip("nhật")):
        return 6
    return _NUMBERED.get(number(r, 7) or 0) if r.skip("thứ") else None


@whole
def _another_weekday(r: Reader) -> int | None:
    return _one_weekday(r) if r.skip(",", "và", "hoặc", "-") else None


def _its_week(r: Reader) -> tuple[Span | None, bool]:
    """The week that a weekday is in, or whether it is the coming one."""
    place = r.place
    r.skip("của")
    week = whole_week(r)
    if week:
        return week, False
    r.place = place
    moved = shift(r)
    if moved == 0:
        return around(Unit.WEEK, r.scene.on), False
    return None, moved is not None and moved > 0


@whole
def _its_date(r: Reader) -> MonthDay | Impossible | None:
    """The date said beside another name of the day: thứ Sáu, ngày 06/3; hôm nay (27/02)."""
    bracket = r.skip("(")
    if not bracket:
        r.skip(",")
    found = month_day(r)
    return found if not bracket or r.skip(")") else None


@whole
def _edge_day(r: Reader) -> GivenDay | None:
    """ngày cuối cùng của tháng 3, ngày làm việc đầu tiên của tuần sau."""
    if not r.skip("ngày"):
        return None
    working = r.skip("làm") and r.skip("việc")
    part = edge(r)
    r.skip("của", "trong")
    found = (part_of_period(r) or period(r, alone=True)) if part else None
    if not isinstance(found, Span):
        return None
    calendar = r.scene.calendar
    if part is Part.START:
        return GivenDay(calendar.on_or_after(found.first) if working else found.first)
    return GivenDay(calendar.on_or_before(found.last) if working else found.last)


@whole
def _holiday(r: Reader) -> GivenDay | MonthDay | None:
    """A holiday by its name; "dịp" also by its date."""
    after = r.word(-1) == "sau"
    occasion = bool(_OCCASION.read(r))
    name = _HOLIDAY.read(r)
    if name == TET and r.word() in _OTHER_TET:
        return None
    if name is None:
        dated = month_day(r) if occasion and r.word(-1) != "ngày" else None
        if not isinstance(dated, MonthDay):
            return None
        held = dated.on_or_after(r.scene.on) if after else None
        return GivenDay(held, holiday=True) if held else dated
    named_year = year(r)
    month_day(r)  # Quốc khánh 2/9
    found = r.scene.calendar.holiday(name, r.scene.on, named_year)
    return GivenDay(found, holiday=True) if found else None
