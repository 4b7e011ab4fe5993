"""Any date of 2026-2030, in any of its written forms, in any pattern, resolves to itself."""

import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from office.deadline import find, resolve
from office.workdays import WorkCalendar, special_days
from schema.seeds import calendar_days

CALENDAR = WorkCalendar(special_days(calendar_days()))
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spelled(number: int) -> str:
    """`number`, under 100, in words."""
    tens, ones = divmod(number, 10)
    if not tens:
        return FIGURES[ones]
    last = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
    head = "mười" if tens == 1 else f"{FIGURES[tens]} mươi"
    return f"{head} {last.get(ones, FIGURES[ones])}".strip()


WITH_YEAR: list[Callable[[date], str]] = [
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"ngày {d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: f"ngày {d.day:02}.{d.month:02}.{d.year}",
    lambda d: f"ngày {d.day} / {d.month} / {d.year}",
    lambda d: f"ngày {d.day}/{d.month}/{d.year % 100}",
    lambda d: f"ngày {d.day}/{d.month} năm {d.year}",
    lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}",
    lambda d: f"ngày {d.day:02} tháng {d.month:02}/{d.year}",
    lambda d: f"ngày {spelled(d.day)} tháng {spelled(d.month)} năm {d.year}",
    lambda d: (
        f"ngày {spelled(d.day)} tháng {spelled(d.month)}"
        f" năm hai nghìn không trăm {spelled(d.year % 100)}"
    ),
    lambda d: f"mùng {d.day} tháng {d.month} năm {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]}, ngày {d.day}/{d.month}/{d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} ({d.day}/{d.month}/{d.year})",
    lambda d: d.isoformat(),
]
WITHOUT_YEAR: list[Callable[[date], str]] = [
    lambda d: f"{d.day}/{d.month}",
    lambda d: f"ngày {d.day:02}/{d.month}",
    lambda d: f"ngày {d.day} tháng {d.month}",
    lambda d: f"ngày {spelled(d.day)} tháng {spelled(d.month)}",
    lambda d: f"mồng {d.day}/{d.month}",
]
INCLUDED = (
    "{}",
    "vào {}",
    "trong {}",
    "hết {}",
    "đến hết {}",
    "chậm nhất {}",
    "chậm nhất là {}",
    "muộn nhất là hết {}",
    "không muộn hơn {}",
    "từ nay đến {}",
    "hạn cuối: {}",
    "hạn chót là {}",
    "thời hạn hoàn thành: {}",
    "xong trong {}",
    "đến {}",
    "không quá {}",
    "Đến {}, các sở, ngành phải hoàn thành việc rà soát.",
    "Sở Y tế tổ chức tập huấn vào {}; UBND các xã cử người tham dự.",
    "Giao Sở Tài chính hoàn thành, báo cáo UBND tỉnh chậm nhất {}.",
)
EXCLUDED = (
    "trước {}",
    "xong trước {}",
    "chậm nhất trước {}",
    "Yêu cầu UBND các xã, phường gửi báo cáo trước {}; Sở Nội vụ tổng hợp.",
    "TRƯỚC {}",
    "đến trước {}",
    "trước thời điểm {}",
    "Đề nghị Bộ Tài chính có ý kiến trước {} để UBND tỉnh kịp trình HĐND tỉnh.",
)

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@st.composite
def said(draw: st.DrawFn) -> tuple[str, date, date]:
    """A date as written, the date, and the day on which it is said, not after it."""
    day = draw(days)
    if draw(st.booleans()):
        on = draw(st.dates(date(2026, 1, 1), day))
        return draw(st.sampled_from(WITH_YEAR))(day), day, on
    on = day - timedelta(days=draw(st.integers(0, 364)))
    return draw(st.sampled_from(WITHOUT_YEAR))(day), day, on


@given(said(), st.sampled_from(INCLUDED))
def test_a_named_day_is_in_time(case: tuple[str, date, date], pattern: str) -> None:
    written, day, on = case
    deadline = resolve(pattern.format(written), on, CALENDAR)
    assert (deadline.date, deadline.inclusive, deadline.last_ok_date) == (day, True, day)
    assert (deadline.kind, deadline.time, deadline.ask) == ("fixed", None, False)


@given(said(), st.sampled_from(EXCLUDED))
def test_before_a_day_is_not_that_day(case: tuple[str, date, date], pattern: str) -> None:
    written, day, on = case
    deadline = resolve(pattern.format(written), on, CALENDAR)
    last = day - timedelta(days=1)
    assert (deadline.date, deadline.inclusive, deadline.last_ok_date) == (day, False, last)
    assert deadline.ask == (last < on), "only a deadline already over is asked about"


@given(said(), st.sampled_from(EXCLUDED[3:]), st.booleans())
def test_in_a_sentence_the_day_is_found_once_and_where_it_stands(
    case: tuple[str, date, date], pattern: str, decomposed: bool
) -> None:
    written, day, on = case
    text = pattern.format(written)
    typed = unicodedata.normalize("NFD", text) if decomposed else text
    (found,) = find(typed, on, CALENDAR)
    assert found.deadline.date == day
    assert text[found.start : found.end] == found.phrase
    assert written.lower() in found.phrase.lower()


@given(
    said(),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)).filter(lambda t: t > time(0)),
    st.sampled_from(("{:%Hh%M}", "{:%H:%M}", "{:%H giờ %M}", "{:%H giờ %M phút}", "{:%Hh %M'}")),
    st.sampled_from(("trước {} {}", "trước {}, {}")),
)
def test_an_hour_of_a_day_is_read_with_it(
    case: tuple[str, date, date], hour: time, form: str, pattern: str
) -> None:
    written, day, on = case
    deadline = resolve(pattern.format(form.format(hour), written), on, CALENDAR)
    assert (deadline.date, deadline.time, deadline.inclusive) == (day, hour, False)
    assert deadline.last_ok_date == day, "the hour is on the day itself"


@given(days, st.integers(0, 60), st.integers(1, 60), st.booleans())
def test_working_days_counted_are_the_working_days_between(
    start: date, ago: int, count: int, words: bool
) -> None:
    amount = spelled(count) if words else f"{count:02}"
    phrase = f"trong {amount} ngày làm việc kể từ ngày {start.day}/{start.month}/{start.year}"
    deadline = resolve(phrase, start - timedelta(days=ago), CALENDAR)
    assert deadline.date is not None
    between = [start + timedelta(days=n + 1) for n in range((deadline.date - start).days)]
    assert sum(map(CALENDAR.is_working, between)) == count
    assert CALENDAR.is_working(deadline.date)


@given(days, st.integers(1, 99), st.sampled_from((("ngày", 1), ("tuần", 7))))
def test_counted_days_end_on_the_first_working_day_from_the_last(
    on: date, count: int, unit: tuple[str, int]
) -> None:
    deadline = resolve(f"trong vòng {spelled(count)} {unit[0]}", on, CALENDAR)
    last = on + timedelta(days=count * unit[1])
    assert deadline.date == CALENDAR.on_or_after(last)


@given(days)
def test_a_weekday_said_beside_another_date_is_asked_about(day: date) -> None:
    wrong = WEEKDAYS[(day.weekday() + 1) % 7]
    deadline = resolve(f"{wrong}, ngày {day.day}/{day.month}/{day.year}", day, CALENDAR)
    assert deadline.date == day
    assert deadline.ask
    assert deadline.problem
