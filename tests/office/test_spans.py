"""Days, weeks, months and what lies between them are read as one asks for them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.spans import Span, read_span
from schema.errors import ThukyError

TODAY = date(2026, 2, 27)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("15/3", "2026-03-15", "2026-03-15"),
        ("hôm nay", "2026-02-27", "2026-02-27"),
        ("tomorrow", "2026-02-28", "2026-02-28"),
        ("tuần này", "2026-02-23", "2026-03-01"),
        ("tuan truoc", "2026-02-16", "2026-02-22"),
        ("next week", "2026-03-02", "2026-03-08"),
        ("tháng này", "2026-02-01", "2026-02-28"),
        ("tháng sau", "2026-03-01", "2026-03-31"),
        ("tháng 12/2025", "2025-12-01", "2025-12-31"),
        ("tháng 3 năm 2027", "2027-03-01", "2027-03-31"),
        ("quý II", "2026-04-01", "2026-06-30"),
        ("quý 4/2027", "2027-10-01", "2027-12-31"),
        ("quý trước", "2025-10-01", "2025-12-31"),
        ("năm nay", "2026-01-01", "2026-12-31"),
        ("năm 2024", "2024-01-01", "2024-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("tháng 3..tháng 4", "2026-03-01", "2026-04-30"),
        ("26/2..tuần sau", "2026-02-26", "2026-03-08"),
    ],
)
def test_a_span_is_from_its_first_day_to_its_last(typed: str, first: str, last: str) -> None:
    assert read_span(typed, TODAY) == Span(day(first), day(last))


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"]))
def test_any_day_bounds_what_lies_before_and_after_it(on: date, form: str) -> None:
    typed = on.strftime(form)
    assert read_span(f"<{typed}", TODAY) == read_span(f"..{on - DAY:%d/%m/%Y}", TODAY)
    assert read_span(f"<= {typed}", TODAY) == Span(None, on) == read_span(f"≤{typed}", TODAY)
    assert read_span(f">{typed}", TODAY) == Span(on + DAY, None)
    assert read_span(f"≥{typed}", TODAY) == Span(on, None) == read_span(f"{typed}..", TODAY)


def test_no_day_may_be_asked_for_too() -> None:
    assert read_span("không", TODAY) == read_span("none", TODAY) == Span(none=True)


def test_where_it_is_no_span_the_words_of_a_deadline_count() -> None:
    asked: list[str] = []

    def due(words: str) -> date | None:
        asked.append(words)
        return day("2026-04-30") if words == "cuối tháng 4" else None

    end = day("2026-04-30")
    assert read_span("cuối tháng 4", TODAY, due) == Span(end, end)
    assert read_span("<cuối tháng 4", TODAY, due) == Span(None, end - DAY)
    with pytest.raises(ThukyError, match="khi nào đó"):
        read_span("khi nào đó", TODAY, due)
    assert asked == ["cuối tháng 4", "cuối tháng 4", "khi nào đó"]


@given(st.text(max_size=12))
def test_any_text_is_a_span_or_refused_in_a_sentence(typed: str) -> None:
    with suppress(ThukyError):
        assert isinstance(read_span(typed, TODAY), Span)
