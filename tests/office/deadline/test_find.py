"""In running text a deadline is found where it stands, and a story's date is not a deadline."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from office.deadline import find, resolve
from office.deadline.grammar import FIRST_WORDS
from office.workdays import WorkCalendar, special_days
from schema.errors import ThukyError
from schema.seeds import calendar_days

CALENDAR = WorkCalendar(special_days(calendar_days()))
ON = date(2026, 2, 27)

WORDS = st.sampled_from(sorted(FIRST_WORDS)) | st.sampled_from(
    ["/", "-", ".", ",", ":", "(", ")", "\n", "của", "này", "sau", "lần", "họp", "phút", "I", "IV"]
)
NUMBERS = st.integers(0, 40).map(str) | st.sampled_from(["2026", "2199", "99", "0", "999", "٣"])
PHRASES = st.lists(WORDS | NUMBERS, max_size=12).map(" ".join)


def phrases(text: str) -> list[str]:
    return [each.phrase for each in find(text, ON, CALENDAR)]


@given(st.text() | PHRASES | PHRASES.map(lambda text: text.replace(" ", "")))
@example("trước ngày 30/02/2026, 31/4, 29/2/2027 và 0/0")
@example("trong 999 năm kể từ ngày 31/12/2199")
@example("İstanbul trước ngày 15/3")
def test_any_text_is_read_without_an_error(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    end = 0
    for each in find(text, ON, CALENDAR):
        assert each.phrase == composed[each.start : each.end]
        assert end <= each.start < each.end
        end = each.end
    resolve(text, ON, CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư",
        "Thực hiện Thông báo số 21/TB-VPUBND ngày 10/3/2026 và Công văn 1234 ngày 11/3/2026",
        "Trong 05 năm qua, tỉnh đạt 15/15 chỉ tiêu, tăng 10,52 %, gấp 3.5 lần năm 2020",
        "Trong năm 2025, các đơn vị đã hoàn thành tốt kế hoạch năm và nhiệm vụ quý IV/2025",
        "Sau 02 năm thực hiện Đề án, toàn tỉnh có 12/34 xã đạt chuẩn",
        "Quyết định này có hiệu lực từ ngày 01/7/2026",
        "Chịu trách nhiệm trước Chủ tịch UBND tỉnh, trước pháp luật",
        "Xử lý nhiệm vụ quá hạn trên 30 ngày; tối thiểu 03 mô hình, sáng kiến, chiều dài 12 km",
        "Trước hết, cần rà soát; lần thứ hai, thứ ba",
        "Tính đến ngày 20/02/2026, giải ngân đạt 12 %",
        "mỗi tuần tối thiểu 03 tin, bài",
        "Phối hợp triển khai kế hoạch tháng tới và chương trình công tác năm 2026",
        "See item 3/4, page 10, at 5 o'clock",
        "",
    ],
)
def test_a_time_that_sets_no_deadline_is_left_out(text: str) -> None:
    assert phrases(text) == []


def test_several_deadlines_are_found_in_order() -> None:
    text = (
        "Sở Y tế gửi dự thảo trước ngày 05/3/2026; Sở Tư pháp thẩm định trong 05 ngày làm việc;"
        " trình UBND tỉnh chậm nhất 17h ngày 20/3/2026."
    )
    assert phrases(text) == [
        "trước ngày 05/3/2026",
        "trong 05 ngày làm việc",
        "chậm nhất 17h ngày 20/3/2026",
    ]


def test_a_recurrence_and_its_day_apart_in_a_sentence_are_one_deadline() -> None:
    (found,) = find("Báo cáo hằng tháng về Văn phòng trước ngày 25 để tổng hợp.", ON, CALENDAR)
    assert found.phrase == "trước ngày 25"
    assert found.deadline.recurrence == "FREQ=MONTHLY;BYMONTHDAY=25"


def test_days_counted_after_an_event_wait_for_it() -> None:
    text = "Sau khi có ý kiến của Bộ Y tế, Sở Y tế tham mưu trong 03 ngày làm việc."
    (found,) = find(text, ON, CALENDAR)
    assert found.deadline.kind == "event_relative"
    assert found.deadline.date is None
    assert found.deadline.event == "có ý kiến của Bộ Y tế"


def test_an_event_of_another_sentence_is_not_waited_for() -> None:
    text = "Sau khi có ý kiến của Bộ Y tế, Sở Y tế tham mưu. Báo cáo trong 03 ngày làm việc."
    assert [each.deadline.kind for each in find(text, ON, CALENDAR)] == [
        "event_relative",
        "working_days",
    ]


def test_words_of_haste_count_only_where_nothing_better_is_said() -> None:
    assert phrases("Khẩn trương rà soát, hoàn thành trước ngày 15/3/2026.") == [
        "trước ngày 15/3/2026"
    ]
    (found,) = find("Khẩn trương rà soát.", ON, CALENDAR)
    assert found.deadline.kind == "unclear"
    assert not found.deadline.ask


def test_an_impossible_date_is_told_of() -> None:
    for phrase in ("trước ngày 30/02/2026", "ngày 31/4", "trong tháng 13", "ngày 29/02/2027"):
        deadline = resolve(phrase, ON, CALENDAR)
        assert (deadline.date, deadline.ask, deadline.kind) == (None, True, "unclear")
        assert deadline.problem


def test_a_lunar_date_is_not_taken_for_a_solar_one() -> None:
    for phrase in ("trước ngày 10/3 âm lịch", "mùng 5 tháng Giêng", "trong tháng Chạp"):
        deadline = resolve(phrase, ON, CALENDAR)
        assert (deadline.date, deadline.ask) == (None, True)


def test_a_deadline_already_over_is_told_of() -> None:
    over = resolve("trước ngày 27/02/2026", ON, CALENDAR)
    assert over.ask
    assert over.problem
    assert not resolve("trước ngày 28/02/2026", ON, CALENDAR).ask


def test_a_named_day_off_is_kept_and_told_of() -> None:
    deadline = resolve("ngày 30/4/2026", ON, CALENDAR)
    assert deadline.date == date(2026, 4, 30)
    assert deadline.last_working_day == date(2026, 4, 29)
    assert deadline.problem
    assert not deadline.ask


def test_a_year_that_no_calendar_covers_is_refused_in_words() -> None:
    with pytest.raises(ThukyError):
        resolve("ngày mai", date(9999, 12, 31), CALENDAR)


def test_what_comes_first_is_part_of_the_work_where_a_day_is_named() -> None:
    text = "Kiểm tra 14 hồ chứa trước mùa lũ, báo cáo UBND tỉnh trước ngày 15/8/2026."
    assert phrases(text) == ["trước ngày 15/8/2026"]


def test_so_many_days_before_a_day_are_counted_back_from_it() -> None:
    deadline = resolve("05 ngày làm việc trước ngày 20/3/2026", ON, CALENDAR)
    assert (deadline.date, deadline.inclusive) == (date(2026, 3, 13), True)
    known = resolve("trước phiên họp", ON, CALENDAR, event_on=date(2026, 3, 20))
    ahead = resolve("chậm nhất 03 ngày trước phiên họp", ON, CALENDAR, event_on=date(2026, 3, 20))
    assert (known.date, ahead.date) == (date(2026, 3, 20), date(2026, 3, 17))


def test_what_comes_again_may_start_later() -> None:
    deadline = resolve("ngày 5 hằng tháng, bắt đầu từ tháng 4", ON, CALENDAR)
    assert (deadline.date, deadline.recurrence) == (date(2026, 4, 5), "FREQ=MONTHLY;BYMONTHDAY=5")
