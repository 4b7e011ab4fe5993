from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import moments
from office.moments import ZONE, parse_date, parse_moment, parse_time, show_moment, to_utc
from schema.errors import ThukyError

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 2), date(2199, 12, 30))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-27T14:00", (2026, 2, 27, 14, 0)),
        ("2026-02-27 14:00", (2026, 2, 27, 14, 0)),
        ("2026-02-27T07:00:00Z", (2026, 2, 27, 14, 0)),
        ("2026-02-27T03:00:00-04:00", (2026, 2, 27, 14, 0)),
        ("27/02/2026 14:00", (2026, 2, 27, 14, 0)),
        ("27/02/26 14:00", (2026, 2, 27, 14, 0)),
        ("14:00 27/02/2026", (2026, 2, 27, 14, 0)),
        ("14h 27-2-2026", (2026, 2, 27, 14, 0)),
        ("14h30 ngày 27.2.2026", (2026, 2, 27, 14, 30)),
        ("8 giờ 30 phút, ngày 05/12", (2026, 12, 5, 8, 30)),
        ("lúc 8g30 5/12", (2026, 12, 5, 8, 30)),
        ("27/2 14h30", (2027, 2, 27, 14, 30)),
        ("14h", (2026, 11, 24, 14, 0)),
        ("8h ngày mai", (2026, 11, 25, 8, 0)),
        ("Mai 8h", (2026, 11, 25, 8, 0)),
        ("HÔM NAY 17H", (2026, 11, 24, 17, 0)),
    ],
)
def test_a_moment_is_read_as_a_secretary_writes_it(
    text: str, moment: tuple[int, int, int, int, int]
) -> None:
    assert parse_moment(text, TODAY) == datetime(*moment, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2026 8h", "Lịch không có ngày"),
        ("2026-02-31T14:00", "Lịch không có ngày"),
        ("31/02", "Lịch không có ngày"),
        ("29/2 8h", "Lịch không có ngày"),
        ("0/0 8h", "Lịch không có ngày"),
        ("27/02/1026 8h", "Lịch không có ngày"),
        ("27/02/2026", "Thiếu giờ"),
        ("25h 27/2", "Không có giờ nào"),
        ("8h60", "Không có giờ nào"),
        ("8h chiều", "Không hiểu ngày"),
        ("8h 27/2 9h", "Không hiểu ngày"),
        ("", "Không hiểu ngày"),
        ("sớm", "Không hiểu ngày"),
        ("٨h ٢٧/٢", "Không hiểu ngày"),
    ],
)
def test_what_is_no_moment_is_refused_with_a_sentence_that_quotes_it(text: str, words: str) -> None:
    with pytest.raises(ThukyError) as refused:
        parse_moment(text, TODAY)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("text", ["27/2", "27/02", "27-2", "27.02"])
def test_a_date_without_a_year_is_the_nearest_one(text: str) -> None:
    assert parse_date(text, date(2026, 3, 1)) == date(2026, 2, 27)
    assert parse_date(text, date(2026, 11, 24)) == date(2027, 2, 27)
    assert parse_date("31/12", date(2027, 1, 2)) == date(2026, 12, 31)


def test_a_leap_day_without_a_year_is_found_in_the_leap_year_beside() -> None:
    assert parse_date("29/2", date(2027, 6, 1)) == date(2028, 2, 29)


@given(DAYS, MINUTES)
def test_what_is_shown_is_read_back_as_the_same_moment(day: date, clock: time) -> None:
    moment = datetime.combine(day, clock, ZONE)
    shown = show_moment(to_utc(moment))
    assert to_utc(parse_moment(shown, TODAY)) == to_utc(moment)
    assert parse_time(f"{clock.hour}h{clock.minute:02}") == clock


@given(st.floats(-2_208_988_800, 7_226_582_400))
def test_kept_times_are_utc_to_the_second_and_come_back(seconds: float) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    kept = to_utc(moment)
    assert kept == moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert moments.local(kept) == moment.replace(microsecond=0)


@given(st.text(alphabet="0123456789/:-.hgiờngàytháng TZ+mai", max_size=25))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for parse in (parse_moment, parse_date):
        with suppress(ThukyError):
            assert parse(text, TODAY).year in range(1899, 2201)


def test_a_time_that_another_program_wrote_wrongly_is_shown_as_it_is() -> None:
    assert show_moment("chiều mai") == "chiều mai"
    assert show_moment(None) == show_moment("") == ""
    assert show_moment("2026-02-27T07:00:00") == "14:00 27/02/2026"
    with pytest.raises(ThukyError, match="sai dạng"):
        moments.local("chiều mai")


def test_a_day_in_the_office_starts_at_its_own_midnight() -> None:
    last_second = datetime(2026, 2, 27, 16, 59, 59, tzinfo=UTC)
    assert moments.office_date(last_second.timestamp()) == date(2026, 2, 27)
    after = last_second + timedelta(seconds=1)
    assert moments.office_date(after.timestamp()) == date(2026, 2, 28)


@pytest.mark.parametrize("text", ["", "8", "8h 27/2", "24h", "8h99", "tám giờ"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ThukyError):
        parse_time(text)
