"""What a sentence is read as, whoever and whatever it names."""

import json
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.language.tokens import tokens
from office.names import UnitNames
from office.reading import Nature, Reading, Rules, head_of, read
from tests.office.reading.score import CALENDAR, OWN, read_on_the_day

UNKNOWN = ("Sở Du lịch tỉnh Lào Cai", "UBND xã Mường Hum", "Cục Hải quan khu vực V")
KNOWN = ("Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "UBND phường Hòa Bình", "SXD")
POSTS = ("Giám đốc Sở Y tế", "Chủ tịch UBND xã Yên Lập", "Chánh Văn phòng UBND tỉnh")
leads = st.sampled_from(UNKNOWN + KNOWN + POSTS)
orders = st.sampled_from(
    ("Giao", "Yêu cầu", "Đề nghị", "Chủ tịch UBND tỉnh giao", "Phân công", "Giao cho")
)
works = st.sampled_from(
    (
        "rà soát các dự án chậm tiến độ",
        "kiểm tra, xử lý các cơ sở vi phạm",
        "tổ chức hội nghị đối thoại",
        "khắc phục 07 điểm sạt lở",
    )
)
OFFICE_WORDS = (
    *UNKNOWN, *KNOWN, *POSTS, "Giao", "đề nghị", "các Sở:", "UBND", "xã", "đồng chí", "chủ trì",
    ",", ";", ".", "và", "phối hợp với", "trình", "báo cáo", "gia hạn", "do", "của", "về", "để",
    "(", ")", "tham mưu", "ban hành", "Kế hoạch", "02", "trước ngày 15/3/2026", "chịu trách nhiệm",
    "đã", ":", "khẩn trương", "theo dõi", "thuộc", "cấp", "các", "có", "được giao", "cho",
    "tổng hợp", "số",
)  # fmt: skip
ends = st.sampled_from(("", ", báo cáo UBND tỉnh", "; báo cáo kết quả", ", hoàn thành"))
days = st.dates(date(2026, 3, 1), date(2030, 12, 31))


@given(orders, leads, st.lists(leads, max_size=3, unique=True), works, ends, days)
def test_the_points_of_any_task_are_read(
    order: str, lead: str, others: list[str], work: str, end: str, day: date
) -> None:
    others = [other for other in others if other != lead]
    helped = f" chủ trì, phối hợp với {', '.join(others)}" if others else ""
    due = f"trước ngày {day.day:02}/{day.month}/{day.year}"
    reading = read_on_the_day(f"{order} {lead}{helped} {work}{end} {due}.")
    told = reading.to_json()
    assert told["task"]
    assert told["lead"] == [lead]
    assert told["coordinating"] == others
    assert told["work"] == work
    assert told["deadline"]["phrase"] == due
    assert told["deadline"]["date"] == day.isoformat()
    assert told["authority"] is None
    assert told["missing"] == ["product", "authority"]


@given(leads, leads, works, days)
def test_two_tasks_in_one_sentence_are_offered_as_two(
    one: str, other: str, work: str, day: date
) -> None:
    due = f"trước ngày {day.day:02}/{day.month}/{day.year}"
    reading = read_on_the_day(f"Giao {one} {work} {due}; giao {other} {work} {due}.")
    assert [read_on_the_day(part).to_json()["lead"] for part in reading.split] == [[one], [other]]


CONTROLS = st.text(st.characters(categories=("Cc", "Cf", "Mn", "Zs", "Nd", "Co")), max_size=6)


@given(st.text(max_size=400))
def test_no_text_raises_and_every_place_is_in_the_text(text: str) -> None:
    holds_together(read_on_the_day(text))


@given(st.lists(st.sampled_from(OFFICE_WORDS) | CONTROLS, max_size=20), st.booleans())
def test_control_characters_and_loose_marks_among_words_do_no_harm(
    words: list[str], decomposed: bool
) -> None:
    text = " ".join(words)
    holds_together(read_on_the_day(unicodedata.normalize("NFD", text) if decomposed else text))


@given(
    st.lists(
        st.sampled_from(OFFICE_WORDS),
        max_size=25,
    )
)
def test_no_order_of_the_words_of_an_office_raises(words: list[str]) -> None:
    holds_together(read_on_the_day(" ".join(words)))


def holds_together(reading: Reading) -> None:
    told = reading.to_json()
    assert unicodedata.is_normalized("NFC", reading.text)
    for spans in reading.spans.values():
        for start, end in spans:
            assert 0 <= start < end <= len(reading.text)
    for name in ("work", "product", "monitor", "authority"):
        assert (told[name] is None) == (name not in reading.spans)
        for start, end in reading.spans.get(name, ()):
            assert reading.text[start:end] == told[name]
    assert reading.task or not (told["lead"] or told["missing"] or told["split"])


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Tài chính, ",
        "báo cáo UBND tỉnh, ",
        "rà soát kiểm tra, ",
        "Sở Y tế abc, ",
        "khẩn trương ",
        "Sở Du lịch và ",
        "các Sở: Y tế, ",
        "tham mưu UBND tỉnh trình HĐND tỉnh ",
        "Sở Y tế tổng hợp, ",
        ", ",
        "lập các ",
    ],
)
def test_twice_the_text_takes_twice_the_steps(text: str) -> None:
    assert steps(text * 400) < 2.2 * steps(text * 200)


def test_ten_thousand_characters_take_a_few_times_what_it_takes_to_cut_them_into_words() -> None:
    """On the machine it was measured on that is under 50 ms."""
    rows = json.loads(OWN.read_text("utf-8"))["sentences"]
    text = " ".join(row["text"] for row in rows)[:10_000]
    read_on_the_day(text)
    assert seconds(lambda: read_on_the_day(text)) < 14 * seconds(lambda: tokens(text))


def seconds(work: Callable[[], object]) -> float:
    """The best of nine, in time of the processor."""
    taken = []
    for _ in range(9):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def steps(text: str) -> int:
    """Calls made to read a text, the search for deadlines apart."""
    made = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal made
        made += event == "call" and "deadline" not in frame.f_code.co_filename

    read_on_the_day(text)
    sys.setprofile(count)
    try:
        read_on_the_day(text)
    finally:
        sys.setprofile(None)
    return made


def test_decomposed_letters_read_as_composed_ones() -> None:
    text = "Giao Sở Tài chính rà soát nợ đọng, báo cáo UBND tỉnh trước ngày 10/3/2026."
    assert read_on_the_day(unicodedata.normalize("NFD", text)) == read_on_the_day(text)


def test_with_no_units_known_a_task_is_still_read() -> None:
    text = "Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra các phòng khám."
    reading = read(text, date(2026, 2, 27), UnitNames(), CALENDAR)
    assert [name.text for name in reading.lead] == ["Sở Y tế"]
    assert not reading.lead[0].known


def test_whoever_receives_a_report_has_no_authority() -> None:
    reading = read_on_the_day("Giao Sở Y tế kiểm tra các phòng khám, báo cáo UBND tỉnh.")
    assert reading.authority is None


@pytest.mark.parametrize(
    "end",
    [
        "trình Chủ tịch UBND tỉnh phê duyệt",
        "báo cáo Chủ tịch UBND tỉnh xem xét, quyết định",
        "tham mưu Chủ tịch UBND tỉnh ban hành",
        "đề xuất Chủ tịch UBND tỉnh phê duyệt",
    ],
)
def test_whoever_is_to_decide_has_the_authority(end: str) -> None:
    reading = read_on_the_day(f"Giao Sở Y tế xây dựng Đề án bệnh viện thông minh, {end}.")
    assert reading.authority is not None
    assert reading.authority.text == "Chủ tịch UBND tỉnh"


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("UBND tỉnh ghi nhận kết quả của Sở Nội vụ.", Nature.ASSESSMENT),
        ("Sở Nội vụ đã hoàn thành việc sắp xếp.", Nature.ASSESSMENT),
        ("Thống nhất chủ trương xây dựng cầu Vĩnh Phú.", Nature.DECISION),
        ("UBND tỉnh phê duyệt kết quả đấu thầu.", Nature.DECISION),
        ("Đồng ý gia hạn Đề án của Sở Nội vụ đến ngày 15/4/2026.", Nature.EXTENSION),
        ("Công an tỉnh tiếp tục giữ vững an ninh trật tự.", Nature.ONGOING),
        ("Thống nhất chủ trương; giao Sở Xây dựng lập hồ sơ.", Nature.TASK),
        ("The Department of Finance shall report by Friday.", Nature.OTHER),
        ("\x00\x1b[2J\x07", Nature.OTHER),
        ("", Nature.OTHER),
    ],
)
def test_a_sentence_is_told_for_what_it_is(text: str, nature: Nature) -> None:
    assert read_on_the_day(text).nature is nature


def test_a_call_to_nobody_is_no_task() -> None:
    reading = read_on_the_day("Không ngừng phát huy tinh thần đoàn kết.")
    assert not reading.task
    assert reading.missing == ()


def test_a_collective_lead_is_shown_and_still_missing() -> None:
    told = read_on_the_day("Yêu cầu các sở, ngành rà soát thủ tục trước ngày 05/3/2026.").to_json()
    assert told["lead"] == ["các sở, ngành"]
    assert told["missing"] == ["lead", "product", "authority"]


def test_every_lead_of_a_shared_list_gets_a_task_with_its_full_name() -> None:
    reading = read_on_the_day("Giao các Sở: Tài chính, Du thuyền rà soát phí trước ngày 05/3/2026.")
    assert reading.split == (
        "Giao Sở Tài chính rà soát phí trước ngày 05/3/2026",
        "Giao Sở Du thuyền rà soát phí trước ngày 05/3/2026",
    )


def test_a_deadline_that_all_share_is_written_into_each_part() -> None:
    reading = read_on_the_day(
        "Sở Y tế kiểm tra thuốc, Sở Công Thương kiểm tra rượu, xong trong tháng 3/2026."
    )
    assert [read_on_the_day(part).to_json()["deadline"]["date"] for part in reading.split] == [
        "2026-03-31",
        "2026-03-31",
    ]


def test_numbered_works_of_one_lead_are_a_task_each() -> None:
    reading = read_on_the_day(
        "Giao Sở Nội vụ: (1) Rà soát biên chế trước ngày 10/3/2026; "
        "(2) Xây dựng Đề án trước ngày 20/3/2026."
    )
    assert [read_on_the_day(part).to_json()["work"] for part in reading.split] == [
        "Rà soát biên chế",
        "Xây dựng Đề án",
    ]


def test_what_is_silent_is_suggested_and_still_missing() -> None:
    reading = read_on_the_day("Giao Sở Y tế kiểm tra các phòng khám, báo cáo UBND tỉnh.")
    assert reading.suggested == {
        "accountable": "Giám đốc Sở Y tế",
        "monitor": "Văn phòng UBND tỉnh",
        "product": "Báo cáo",
        "authority": "UBND tỉnh",
    }
    assert "product" in reading.missing


def test_the_office_says_who_signs_what() -> None:
    rules = Rules(monitor="Phòng Tổng hợp", signers={"KH": "Phó Chủ tịch UBND tỉnh"})
    text = "Giao Sở Y tế xây dựng Kế hoạch phòng dịch."
    suggested = read(text, date(2026, 2, 27), UnitNames(), CALENDAR, rules).suggested
    assert suggested["monitor"] == "Phòng Tổng hợp"
    assert suggested["authority"] == "Phó Chủ tịch UBND tỉnh"


@pytest.mark.parametrize(
    ("unit", "post"),
    [
        ("Sở Y tế", "Giám đốc Sở Y tế"),
        ("UBND xã Tam Đảo", "Chủ tịch UBND xã Tam Đảo"),
        ("Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh"),
        ("Ban Quản lý các khu công nghiệp", "Trưởng Ban Quản lý các khu công nghiệp"),
        ("Chi cục Kiểm lâm", "Chi cục trưởng Chi cục Kiểm lâm"),
        ("VNPT Phú Thọ", "Thủ trưởng VNPT Phú Thọ"),
    ],
)
def test_a_unit_is_answered_for_by_its_head(unit: str, post: str) -> None:
    assert head_of(unit) == post


def test_read_prints_exactly_the_keys_that_are_promised() -> None:
    told = read_on_the_day("Giao Sở Y tế báo cáo trước 15 giờ ngày 02/3/2026.").to_json()
    assert list(told) == [
        "task", "lead", "coordinating", "work", "product", "deadline", "accountable", "monitor",
        "authority", "suggested", "split", "missing",
    ]  # fmt: skip
    assert set(told["deadline"]) == {
        "phrase", "date", "inclusive", "time", "kind", "last_ok_date", "last_working_day",
        "recurrence", "ask",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "# Phân công và kỷ luật",
        "# Giao Sở Y tế rà soát các trạm y tế trước ngày 10/3/2026",
        "Mở đầu",
        "Khen thưởng",
        "II. Tổ chức thực hiện",
        "Chủ trì: Đồng chí Nguyễn Văn Hùng, Chủ tịch UBND tỉnh",
        "Các đại biểu thảo luận, cho ý kiến.",
        "Đại diện Sở Tài chính đề nghị Sở Xây dựng rà soát lại số liệu.",
        "Đồng chí Giám đốc Sở Y tế đề nghị UBND tỉnh bố trí thêm kinh phí.",
    ],
)
def test_headings_procedure_and_opinions_of_speakers_are_no_tasks(line: str) -> None:
    assert not read_on_the_day(line).task
