"""thuky followup: add, list, show, set."""

from dataclasses import fields

import pytest

from schema.records import Followup
from tests.tui.cli.conftest import Thuky


def test_a_follow_up_is_added_with_its_source_and_its_first_event(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    added = thuky.json("followup", "add", "--work", "Báo cáo tiến độ", "--meeting", meeting)
    columns = [f.name for f in fields(Followup) if f.name != "anchor"]
    assert list(added) == [
        *(*columns, "lead_id", "coordinating_ids", "field_id", "leader_id"),
        *("last_ok_date", "missing", "clear", "standing"),
    ]
    assert (added["meeting"], added["work"], added["state"]) == (
        meeting,
        "Báo cáo tiến độ",
        "proposed",
    )
    id = added["id"]
    assert thuky.sql("SELECT followup, kind, meeting FROM followup_source") == [
        (id, "meeting", meeting)
    ]
    assert thuky.sql("SELECT followup, kind FROM followup_event") == [(id, "proposed")]
    shown = thuky.json("followup", "show", id)
    assert [event["kind"] for event in shown.pop("events")] == ["proposed"]
    assert [source["kind"] for source in shown.pop("sources")] == ["meeting"]
    assert shown == added
    assert thuky.json("followup", "list") == [added]


def test_the_six_points_are_given_by_names_and_shown_by_names(thuky: Thuky) -> None:
    stc = thuky.json("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")["id"]
    syt = thuky.json("unit", "add", "--name", "Sở Y tế")["id"]
    added = thuky.json(
        *("followup", "add", "--work", "Trình kế hoạch", "--lead", "stc"),
        *("--coordinating", "so y te; STC", "--due", "15/3/2026", "--inclusive", "không"),
        *("--due-time", "17h", "--due-text", "trước ngày 15/3", "--product", "Kế hoạch"),
        *("--accountable", "Giám đốc", "--authority", "Chủ tịch"),
    )
    assert (added["lead"], added["coordinating"]) == ("Sở Tài chính", ["Sở Y tế", "Sở Tài chính"])
    assert (added["lead_id"], added["coordinating_ids"]) == (stc, [syt, stc])
    assert (added["due"], added["due_time"], added["inclusive"]) == ("2026-03-15", "17:00", False)
    assert added["missing"] == []
    lines = thuky.done("followup", "show", added["id"]).splitlines()
    shown = dict(line.split(":", 1) for line in lines if ":" in line)
    assert shown["Đơn vị chủ trì"].strip() == "Sở Tài chính"
    assert shown["Đơn vị phối hợp"].strip() == "Sở Y tế; Sở Tài chính"
    assert shown["Thời hạn"].strip() == "15/03/2026"
    assert shown["Tính cả ngày hạn"].strip() == "Không"
    assert shown["Trạng thái"].strip() == "Chưa giao"


def test_a_follow_up_is_changed_where_it_was_told_to_be(thuky: Thuky) -> None:
    old = thuky.json("followup", "add", "--work", "Cũ", "--due", "15/3/2026")
    new = thuky.json("followup", "set", old["id"], "--work", "Mới")
    assert new == old | {"work": "Mới"}
    assert thuky.json("followup", "set", old["id"], "--due", "")["due"] is None


def test_follow_ups_are_listed_by_meeting_and_state_the_earliest_due_first(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    thuky.done("followup", "add", "--work", "C", "--meeting", meeting)
    thuky.done("followup", "add", "--work", "B", "--meeting", meeting, "--due", "2/3/2026")
    thuky.done("followup", "add", "--work", "A", "--due", "1/3/2026")

    def works(*options: str) -> str:
        return "".join(f["work"] for f in thuky.json("followup", "list", *options))

    assert works() == "ABC"
    assert works("--meeting", meeting) == "BC"
    assert works("--state", "proposed") == works("--state", "Chưa giao") == "ABC"
    assert works("--state", "done") == ""


def test_follow_ups_are_listed_as_a_filter_or_options_ask(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    thuky.done("unit", "add", "--name", "Sở Y tế", "--abbr", "SYT")
    add = ("followup", "add", "--work")
    thuky.done(*add, "Rà soát giải ngân", "--lead", "stc", "--due", "1/3/2020")
    thuky.done(*add, "Mua thuốc", "--lead", "syt", "--coordinating", "stc", "--due", "1/3/2099")
    thuky.done(*add, "Báo cáo giải ngân", "--accountable", "Lê Thị Lan", "--product", "Báo cáo")

    def works(*options: str) -> list[str]:
        return [f["work"] for f in thuky.json("followup", "list", *options)]

    first, second, third = "Rà soát giải ngân", "Mua thuốc", "Báo cáo giải ngân"
    assert works() == [first, second, third]
    assert works("--filter", "giai ngan") == [first, third]
    assert works("--filter", "-ngan") == [second]
    assert works("--unit", "STC") == [first, second]
    assert works("--unit", "sở y tế") == [second]
    assert works("--person", "lan") == [third]
    assert works("--late") == works("--filter", "tt:quá hạn") == [first]
    assert works("--due-before", "1/1/2030") == [first]
    assert works("--due-after", "1/1/2030") == [second]
    assert works("--missing", "deadline") == works("--missing", "hạn") == [third]
    assert works("--filter", "ngan", "--missing", "product") == [first]
    assert works("--state", "open", "--sort", "work") == [third, second, first]
    assert works("--sort", "lead", "--limit", "2") == [first, second]
    assert works("--reverse") == [second, first, third]
    thuky.done("filter", "save", "Của Sở Y tế", "dv:syt")
    assert works("--saved", "cua so y te") == [second]
    assert thuky.json("filter", "list")[0] | {"id": ""} == {
        "id": "",
        "name": "Của Sở Y tế",
        "query": "đv:syt",
        "view": "",
    }
    assert "Của Sở Y tế" in thuky.done("filter", "list")
    thuky.done("filter", "delete", "Của Sở Y tế")
    assert "Của Sở Y tế" not in thuky.done("filter", "list")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--filter", "đv:zzz"), "Không có đơn vị nào là “zzz”."),
        (("--filter", "x:y"), "Không có điều kiện “x:”"),
        (("--unit", "zzz"), "Không có đơn vị nào là “zzz”."),
        (("--due-before", "hôm kia"), "Không hiểu thời hạn “<hôm kia”"),
        (("--missing", "x"), "Không hiểu “thiếu:x”"),
        (("--saved", "x"), "Không có bộ lọc nào tên “x”."),
        (("--sort", "x"), "Không có giá trị “x”"),
        (("--limit", "x"), "“x” không phải là số."),
    ],
)
def test_what_a_list_cannot_be_asked_is_said(
    thuky: Thuky, options: tuple[str, ...], words: str
) -> None:
    answer = thuky("followup", "list", *options)
    assert answer.code
    assert words in answer.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--work", " "), 1, "chưa nói việc gì"),
        (("--lead", "Sở X"), 1, "Không có đơn vị nào"),
        (("--coordinating", "Sở X"), 1, "Không có đơn vị nào"),
        (("--due", "31/02/2026"), 1, "Lịch không có ngày"),
        (("--due-time", "25h"), 1, "Không có giờ nào"),
        (("--meeting", "f"), 1, "Không có bản ghi nào"),
        (("--inclusive", "2"), 2, "chọn một trong: 1, 0"),
    ],
)
def test_a_wrong_point_is_refused_and_nothing_is_written(
    thuky: Thuky, options: tuple[str, str], code: int, words: str
) -> None:
    answer = thuky("followup", "add", "--work", "Việc", *options)
    assert answer.code == code
    assert words in answer.error
    assert thuky.json("followup", "list") == []


def test_an_unknown_state_is_answered_with_the_known_ones(thuky: Thuky) -> None:
    answer = thuky("followup", "list", "--state", "xong")
    assert answer.code == 2
    assert "in_progress" in answer.error


def test_a_deadline_may_be_a_phrase_that_counts_from_the_meeting(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    held = thuky.json("meeting", "show", meeting)["starts_at"][:10]
    added = thuky.json(
        *("followup", "add", "--work", "Rà soát", "--meeting", meeting),
        *("--due", "trước ngày 15/12/2026"),
    )
    assert (added["due"], added["inclusive"]) == ("2026-12-15", False)
    assert added["due_text"] == "trước ngày 15/12/2026"
    counted = thuky.json("followup", "set", added["id"], "--due", "trong 05 ngày làm việc")
    told = thuky.json("due", "trong 05 ngày làm việc", "--date", held)
    assert (counted["due"], counted["due_kind"]) == (told["date"], "working_days")
    plain = thuky.json("followup", "set", added["id"], "--due", "2026-12-31")
    assert (plain["due"], plain["inclusive"], plain["due_text"]) == ("2026-12-31", True, "")


def test_what_a_phrase_leaves_open_is_told(thuky: Thuky) -> None:
    asked = thuky("followup", "add", "--work", "A", "--due", "cuối năm")
    assert asked.code == 0
    assert "xem lại thời hạn" in asked.err
    past = thuky("followup", "add", "--work", "A", "--due", "2020-01-01")
    assert past.code == 0
    assert "đã qua" in past.err
    for phrase in ("trước ngày 30/02", "sớm nhất có thể"):
        refused = thuky("followup", "add", "--work", "B", "--due", phrase)
        assert refused.code == 1
        assert phrase in refused.error
    assert "B" not in [f["work"] for f in thuky.json("followup", "list")]


def test_a_sentence_fills_in_the_points_and_says_which_are_missing(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính")
    sentence = "Giao Sở Tài chính rà soát các dự án chậm trong 05 ngày làm việc."
    added = thuky.json("followup", "add", "--read", sentence, "--product", "Danh mục")
    assert (added["lead"], added["work"]) == ("Sở Tài chính", "rà soát các dự án chậm")
    assert (added["product"], added["missing"]) == ("Danh mục", ["authority"])
    (source,) = thuky.json("followup", "show", added["id"])["sources"]
    assert (source["kind"], source["excerpt"]) == ("hand", sentence)
    several = "Giao Sở Tài chính rà soát dự án; giao Sở Y tế lập kế hoạch trước ngày 15/3."
    for words, why in ((several, "2 việc"), ("Ghi nhận kết quả đạt được.", "không giao việc")):
        answer = thuky("followup", "add", "--read", words)
        assert answer.code == 1
        assert why in answer.error


def test_a_directive_and_a_phone_order_are_sources(thuky: Thuky) -> None:
    added = thuky.json(
        *("followup", "add", "--work", "Giải ngân", "--source", "directive", "--number"),
        *(
            "12/CĐ-TTg",
            "--issued-on",
            "05/02/2026",
            "--issuer",
            "Thủ tướng",
            "--excerpt",
            "Yêu cầu",
        ),
    )
    (source,) = thuky.json("followup", "show", added["id"])["sources"]
    told = {k: source[k] for k in ("kind", "number", "issued_on", "issuer", "excerpt")}
    assert told == {
        "kind": "directive",
        "number": "12/CĐ-TTg",
        "issued_on": "2026-02-05",
        "issuer": "Thủ tướng",
        "excerpt": "Yêu cầu",
    }
    phone = thuky.json("followup", "add", "--work", "Kiểm tra", "--source", "phone")
    assert "Lệnh qua điện thoại" in thuky.done("followup", "show", phone["id"])


def test_events_make_the_state_and_what_cannot_happen_is_refused(thuky: Thuky) -> None:
    id = thuky.json("followup", "add", "--work", "A")["id"]
    given = thuky.json("followup", "event", id, "assigned", "--note", "gấp")
    assert given["state"] == "assigned"
    assert thuky("followup", "event", id, "cancelled").code == 1
    refused = thuky("followup", "done", id, "--note", "Báo cáo 15/BC")
    assert "sản phẩm" in refused.error
    closing = ("--product", "Báo cáo", "--paper", "15/BC", "--by", "Chánh Văn phòng")
    assert thuky.json("followup", "done", id, *closing)["state"] == "done"
    again = thuky("followup", "done", id, *closing)
    assert again.code == 1
    assert "mở lại" in again.error
    assert thuky.json("followup", "event", id, "reopened")["state"] == "in_progress"
    events = thuky.json("followup", "show", id)["events"]
    assert [event["kind"] for event in events] == ["proposed", "assigned", "done", "reopened"]
    assert events[2]["number"] == "15/BC"


def test_a_later_meeting_carries_over_and_escalates(thuky: Thuky) -> None:
    first, second = thuky.meeting(), thuky.meeting()
    id = thuky.json("followup", "add", "--work", "A", "--meeting", first)["id"]
    for _time in range(2):
        thuky.done("followup", "carry", id, "--meeting", second)
    assert thuky.json("followup", "escalate", id, "--meeting", second)["state"] == "proposed"
    shown = thuky.json("followup", "show", id)
    assert [source["meeting"] for source in shown["sources"]] == [first, second]
    assert [e["meeting"] for e in shown["events"]] == [None, second, second, second]


def test_two_persons_of_one_name_are_told_apart_by_their_ids(thuky: Thuky) -> None:
    twins = [thuky.json("person", "add", "--name", "Vũ Hà")["id"] for _ in range(2)]
    answer = thuky("followup", "add", "--work", "A", "--accountable", "Vũ Hà")
    assert answer.code == 1
    assert all(id in answer.error for id in twins)
    added = thuky.json(
        *("followup", "add", "--work", "A", "--accountable", "Vũ Hà"),
        *("--accountable-person", twins[1]),
    )
    assert added["accountable_person"] == twins[1]
    other = thuky.json("followup", "add", "--work", "A", "--accountable", "Trưởng phòng")
    assert (other["accountable"], other["accountable_person"]) == ("Trưởng phòng", None)


def test_what_was_noted_last_is_taken_back(thuky: Thuky) -> None:
    id = thuky.json("followup", "add", "--work", "A")["id"]
    refused = thuky("followup", "undo", id)
    assert refused.code == 1
    thuky.done("followup", "event", id, "paused", "--note", "chờ hướng dẫn")
    assert "Tạm dừng" in thuky.done("followup", "undo", id)
    shown = thuky.json("followup", "show", id)
    assert shown["state"] == "proposed"
    assert [event["kind"] for event in shown["events"]] == ["proposed", "paused", "undone"]
    assert shown["events"][2]["undoes"] == shown["events"][1]["id"]


def test_a_meeting_is_called_on_late_follow_ups(thuky: Thuky) -> None:
    thuky.done("unit", "add", "--name", "Sở Tài chính")
    add = ("followup", "add", "--lead", "Sở Tài chính", "--due", "2026-01-05", "--work")
    ids = [thuky.json(*add, work)["id"] for work in ("rà soát", "báo cáo")]
    new = ("meeting", "new", "--from-followups", ",".join(ids), "--start", "08:00 02/03/2030")
    meeting = thuky.json(*new)
    assert (meeting["kind"], meeting["title"]) == (
        "thematic",
        "Họp tháo gỡ việc chậm: Sở Tài chính",
    )
    items = [item["title"] for item in thuky.json("agenda", "list", meeting["id"])]
    assert len(items) == 2
    assert all("hạn 05/01/2026, quá hạn" in item for item in items)
    shown = thuky.json("followup", "show", ids[0])
    assert shown["sources"][-1]["meeting"] == meeting["id"]
    thuky.done("followup", "cancel", ids[1], "--reason", "trùng")
    refused = thuky(*new)
    assert refused.code == 1
    assert len(thuky.json("meeting", "list")) == 1


def test_the_words_of_a_directive_count_from_its_date(thuky: Thuky) -> None:
    added = thuky.json(
        *("followup", "add", "--work", "A", "--source", "directive", "--issued-on", "05/02/2026"),
        *("--due", "trong 05 ngày làm việc"),
    )
    assert (added["due"], added["last_ok_date"]) == ("2026-02-12", "2026-02-12")
    moved = thuky.json("followup", "set", added["id"], "--due", "trước ngày 20/02")
    assert (moved["due"], moved["last_ok_date"]) == ("2026-02-20", "2026-02-19")


def test_what_earlier_meetings_left_is_listed_with_what_was_done_about_it(thuky: Thuky) -> None:
    series = thuky.json(
        *("series", "add", "--title", "Giao ban", "--rule", "FREQ=WEEKLY;BYDAY=MO"),
        *("--time", "08:00"),
    )["id"]
    add = ("meeting", "add", "--title", "Giao ban", "--series", series, "--start")
    first, second = (
        thuky.json(*add, start)["id"] for start in ("08:00 02/03/2026", "08:00 09/03/2026")
    )
    id = thuky.json("followup", "add", "--work", "A", "--meeting", first)["id"]
    thuky.done("followup", "add", "--work", "B", "--meeting", second)
    left = thuky.json("followup", "earlier", "--meeting", second)
    assert [row["id"] for row in left] == [id]
    thuky.done("followup", "carry", id, "--meeting", second)
    assert "Chuyển sang" in thuky.done("followup", "earlier", "--meeting", second)
    assert thuky.json("followup", "earlier", "--meeting", first) == []
