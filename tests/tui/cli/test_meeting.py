"""thuky meeting, series, agenda, attend."""

from dataclasses import fields

import pytest

from office.calendar import work_calendar
from office.events import bind
from schema.records import Followup, Meeting
from schema.store import Store
from tests.tui.cli.conftest import Thuky

ADD = ("meeting", "add", "--title", "Phiên họp", "--start")


def test_a_meeting_is_added_and_every_column_comes_back_as_json(thuky: Thuky) -> None:
    added = thuky.json(*ADD, "27/02/2026 14:00", "--place", "Phòng 1", "--kind", "regular")
    assert list(added) == [field.name for field in fields(Meeting)]
    assert added["starts_at"] == "2026-02-27T07:00:00Z"
    assert (added["title"], added["place"], added["kind"]) == ("Phiên họp", "Phòng 1", "regular")
    assert added["ends_at"] is None
    assert thuky.json("meeting", "show", added["id"]) == added
    assert thuky.json("meeting", "list") == [added]


def test_a_person_reads_what_was_added_in_vietnamese_form(thuky: Thuky) -> None:
    said = thuky.done(*ADD, "2026-02-27T14:00").splitlines()
    assert said[0] == "Đã thêm cuộc họp “Phiên họp”, 14:00 27/02/2026."
    assert said[1].startswith("Mã: ")


def test_the_start_of_an_id_is_enough_and_more_is_asked_for_where_it_is_not(thuky: Thuky) -> None:
    first, second = thuky.meeting("Một"), thuky.meeting("Hai")
    common = next(i for i, pair in enumerate(zip(first, second, strict=True)) if len(set(pair)) > 1)
    assert thuky.json("meeting", "show", first[: common + 1])["title"] == "Một"
    answer = thuky("meeting", "show", first[:common])
    assert answer.code == 1
    assert "gõ dài hơn" in answer.error


def test_a_list_shows_ids_that_are_long_enough_to_be_typed_back(thuky: Thuky) -> None:
    ids = {thuky.meeting(title): title for title in ("Một", "Hai", "Ba")}
    lines = thuky.done("meeting", "list").splitlines()
    assert len(lines) == 4
    for line in lines[1:]:
        short = line.split()[0]
        (whole,) = [id for id in ids if id.startswith(short)]
        assert ids[whole] in line
        assert thuky.json("meeting", "show", short)["id"] == whole


def test_a_list_is_aligned_by_the_cells_that_letters_take(thuky: Thuky) -> None:
    for title in ("e\u0301t", "会议", "Họp"):
        thuky.json(*ADD[:2], "--title", title, "--start", "8h 27/2/2026", "--place", "X")
    lines = thuky.done("meeting", "list").splitlines()
    starts = {line.index("X") + line.count("会") * 2 for line in lines[1:]}
    assert len(starts) == 1


def test_meetings_are_listed_by_time_and_between_days_that_are_both_included(thuky: Thuky) -> None:
    for title, start in (
        ("C", "00:00 01/03/2026"),
        ("A", "23:59 26/02/2026"),
        ("B", "00:00 27/02/2026"),
    ):
        thuky.meeting(title, start)

    def titles(*options: str) -> str:
        return "".join(m["title"] for m in thuky.json("meeting", "list", *options))

    assert titles() == "ABC"
    assert titles("--from", "27/02/2026") == "BC"
    assert titles("--to", "28/02/2026") == "AB"
    assert titles("--from", "27/02/2026", "--to", "27/02/2026") == "B"


def test_all_lists_deleted_meetings_too_and_they_cannot_be_shown(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.sql("DELETE FROM meeting")
    assert thuky.json("meeting", "list") == []
    assert [m["id"] for m in thuky.json("meeting", "list", "--all")] == [id]
    answer = thuky("meeting", "show", id)
    assert answer.code == 1
    assert "đã bị xóa" in answer.error


def test_an_edit_changes_only_what_was_given_and_an_empty_value_empties(thuky: Thuky) -> None:
    old = thuky.json(*ADD, "8h 27/2/2026", "--place", "Phòng 1", "--end", "9h 27/2/2026")
    new = thuky.json("meeting", "edit", old["id"], "--place", "", "--title", "Tên mới")
    assert new == old | {"place": "", "title": "Tên mới"}
    ended = thuky.json("meeting", "edit", old["id"], "--end", "")
    assert ended["ends_at"] is None
    assert thuky.json("meeting", "edit", old["id"]) == ended


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--end", "7h 27/2/2026"), "phải kết thúc sau khi bắt đầu"),
        (("--title", " "), "chưa có tên"),
        (("--start", ""), "chưa có giờ bắt đầu"),
        (("--start", "31/02/2026 8h"), "Lịch không có ngày"),
        (("--host", "Sở Không Có"), "Không có đơn vị nào tên “Sở Không Có”"),
        (("--series", "f"), "Không có bản ghi nào"),
    ],
)
def test_a_wrong_edit_is_refused_and_leaves_the_meeting_as_it_was(
    thuky: Thuky, options: tuple[str, str], words: str
) -> None:
    old = thuky.json(*ADD, "8h 27/2/2026")
    answer = thuky("meeting", "edit", old["id"], "--place", "Phòng 9", *options)
    assert answer.code == 1
    assert words in answer.error
    assert thuky.json("meeting", "show", old["id"]) == old


def test_a_chair_nobody_knows_is_noted_down_and_one_who_is_known_is_found(thuky: Thuky) -> None:
    answer = thuky(*ADD, "8h 27/2/2026", "--chair", "Trần Duy Đông", "--json")
    assert "Trần Duy Đông" in answer.err
    again = thuky(*ADD, "8h 28/2/2026", "--chair", "tran duy dong", "--json")
    assert again.err == ""
    assert again.json["chair"] == answer.json["chair"]
    assert [p["name"] for p in thuky.json("person", "list")] == ["Trần Duy Đông"]
    assert "Trần Duy Đông" in thuky.done("meeting", "show", answer.json["id"])


def test_a_meeting_that_is_refused_leaves_no_chair_behind(thuky: Thuky) -> None:
    assert thuky(*ADD, "8h 27/2/2026", "--end", "7h 27/2/2026", "--chair", "Ai Đó").code == 1
    assert thuky.json("person", "list") == []


def test_a_host_is_a_unit_by_name_or_abbreviation(thuky: Thuky) -> None:
    unit = thuky.json("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    for name in ("so tai chinh", "STC", unit["id"], unit["id"][:13]):
        assert thuky.json(*ADD, "8h 27/2/2026", "--host", name)["host"] == unit["id"]


def test_two_units_of_one_name_are_listed_for_the_id_of_one_to_be_given(thuky: Thuky) -> None:
    ids = [
        thuky.json("unit", "add", "--name", "Phòng Tổng hợp", "--parent", parent)["id"]
        for parent in ("Sở A", "Sở B")
        if thuky.done("unit", "add", "--name", parent)
    ]
    answer = thuky(*ADD, "8h 27/2/2026", "--host", "Phòng Tổng hợp")
    assert answer.code == 1
    assert all(id in answer.error for id in ids)
    assert "Sở A" in answer.error
    assert thuky.json("meeting", "list") == []
    assert thuky.json(*ADD, "8h 27/2/2026", "--host", ids[1])["host"] == ids[1]


def test_the_same_place_or_chair_at_one_time_is_pointed_out_and_the_meeting_kept(
    thuky: Thuky,
) -> None:
    thuky.done(*ADD, "8h 27/2/2026", "--place", "Phòng 1", "--chair", "Ai Đó")
    answer = thuky(*ADD, "9h 27/2/2026", "--place", "phòng 1", "--chair", "Ai Đó")
    assert answer.code == 0
    assert [line.partition(" với")[0] for line in answer.err.splitlines()] == [
        "Trùng người chủ trì",
        "Trùng địa điểm",
    ]
    assert len(thuky.json("meeting", "list")) == 2


def test_two_people_of_one_name_are_listed_for_the_id_of_one_to_be_given(thuky: Thuky) -> None:
    ids = [thuky.json("person", "add", "--name", "Nguyễn Văn An")["id"] for _ in range(2)]
    answer = thuky(*ADD, "8h 27/2/2026", "--chair", "nguyen van an")
    assert answer.code == 1
    assert all(id in answer.error for id in ids)
    assert thuky.json(*ADD, "8h 27/2/2026", "--chair", ids[0])["chair"] == ids[0]


@pytest.mark.parametrize("kind", ["conference", "Hội nghị", "hoi nghi"])
def test_a_code_may_be_given_by_its_name(thuky: Thuky, kind: str) -> None:
    assert thuky.json(*ADD, "8h 27/2/2026", "--kind", kind)["kind"] == "conference"


def test_a_meeting_starts_once_ends_once_and_may_go_on(thuky: Thuky) -> None:
    id = thuky.meeting()
    started = thuky.json("meeting", "start", id)
    assert started["opened_at"]
    assert not started["closed_at"]
    assert "đang diễn ra" in thuky("meeting", "start", id).error
    assert "Đang họp" in thuky.done("meeting", "list")
    assert thuky.json("meeting", "end", id)["closed_at"]
    assert "đã kết thúc" in thuky("meeting", "end", id).error
    again = thuky.json("meeting", "start", id)
    assert (again["opened_at"], again["closed_at"]) == (started["opened_at"], None)


def test_a_series_gives_one_meeting_after_the_other(thuky: Thuky) -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=27"
    made = thuky.json("series", "add", "--title", "Phiên", "--rule", rule, "--time", "8h30")
    assert (made["time"], thuky.json("series", "list")) == ("08:30", [made])
    first = thuky.json("series", "next", made["id"], "--after", "01/02/2026")
    second = thuky.json("series", "next", made["id"])
    assert [m["starts_at"] for m in (first, second)] == [
        "2026-02-27T01:30:00Z",
        "2026-03-27T01:30:00Z",
    ]
    assert {m["series"] for m in thuky.json("meeting", "list")} == {made["id"]}


def test_a_rule_that_is_not_understood_makes_no_series(thuky: Thuky) -> None:
    answer = thuky("series", "add", "--title", "X", "--rule", "hằng tuần", "--time", "8h")
    assert answer.code == 1
    assert "Không hiểu lịch lặp" in answer.error
    assert thuky.json("series", "list") == []


def test_an_agenda_keeps_its_order(thuky: Thuky) -> None:
    id = thuky.meeting()
    for title in ("Thứ nhất", "Thứ hai", "Thứ ba"):
        thuky.done("agenda", "add", id, "--title", title, "--minutes", "15")
    items = thuky.json("agenda", "list", id)
    assert [(i["title"], i["minutes"]) for i in items] == [
        ("Thứ nhất", 15),
        ("Thứ hai", 15),
        ("Thứ ba", 15),
    ]
    assert "Không có bản ghi" in thuky("agenda", "list", "f").error
    assert (
        "không phải là số" in thuky("agenda", "add", id, "--title", "X", "--minutes", "vài").error
    )


def test_a_roll_call_goes_by_part_of_a_name(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.done("unit", "add", "--name", "Sở Tài chính", "--abbr", "STC")
    thuky.done("person", "add", "--name", "Trần Duy Đông", "--post", "Giám đốc", "--unit", "stc")
    thuky.done("attend", "add", id, "--person", "tran duy dong", "--role", "chair")
    thuky.done("attend", "add", id, "--name", "Khách mời")
    assert thuky.json("attend", "set", id, "dong", "--status", "late")["status"] == "late"
    thuky.done("attend", "set", id, "khách mời", "--status", "Vắng")
    rows = thuky.json("attend", "list", id)
    assert [row["status"] for row in rows] == ["late", "absent"]
    listed = thuky.done("attend", "list", id).splitlines()
    assert "Trần Duy Đông" in listed[1]
    assert "Sở Tài chính" in listed[1]
    assert "Khách mời" in listed[2]


@pytest.mark.parametrize(
    ("who", "words"), [("Ai Khác", "Không có người dự nào"), ("nguyen", "Có 2 người dự")]
)
def test_a_roll_call_of_nobody_or_of_two_is_refused(thuky: Thuky, who: str, words: str) -> None:
    id = thuky.meeting()
    for name in ("Nguyễn Văn An", "Nguyễn Thị Bình"):
        thuky.done("attend", "add", id, "--name", name)
    answer = thuky("attend", "set", id, who, "--status", "present")
    assert answer.code == 1
    assert words in answer.error
    assert {row["status"] for row in thuky.json("attend", "list", id)} == {"invited"}


def test_nobody_cannot_be_invited(thuky: Thuky) -> None:
    answer = thuky("attend", "add", thuky.meeting(), "--role", "chair")
    assert answer.code == 1
    assert "Chưa nói ai dự" in answer.error


def test_a_meeting_that_moves_takes_along_what_waits_for_it(thuky: Thuky) -> None:
    meeting = thuky.meeting()
    followup = thuky.json("followup", "add", "--work", "Trình dự thảo")["id"]
    with Store(thuky.database) as store:
        store.update(Followup, followup, due_event="phiên họp", due_text="trước phiên họp")
        bind(store, followup, meeting, work_calendar(store))
    answer = thuky("meeting", "edit", meeting, "--start", "8h 10/4/2026")
    assert "1 nhiệm vụ chờ cuộc họp này" in answer.err
    shown = thuky.json("followup", "show", followup)
    assert (shown["due"], shown["inclusive"], shown["due_text"]) == (
        *("2026-04-10", 0),
        "trước phiên họp",
    )


def test_what_a_state_secret_mark_means_is_said_when_it_is_set_or_taken_away(thuky: Thuky) -> None:
    id = thuky.meeting()
    thuky.sql("UPDATE change SET log = 'd' WHERE tbl = 'meeting' AND col = 'title'")
    marked = thuky("meeting", "edit", id, "--secrecy", "mat")
    assert marked.code == 0
    assert "MẬT" in marked.err
    assert "1 thay đổi" in marked.err
    assert "MẬT, chỉ ở máy này" in thuky.done("meeting", "list")
    assert "1 cuộc họp mang độ mật" in thuky("search", "phiên").err
    assert thuky("meeting", "edit", id, "--secrecy", "toi_mat").err.count("thay đổi") == 0
    assert "sẽ đến mọi máy" in thuky("meeting", "edit", id, "--secrecy", "").err
