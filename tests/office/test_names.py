"""Finding units, posts and people in a text."""

import unicodedata

import pytest

from office.names import Kind, Mention, UnitName, UnitNames

UNITS = UnitNames(
    [
        UnitName("stc", "Sở Tài chính", "STC"),
        UnitName("sxd", "Sở Xây dựng", "SXD"),
        UnitName("svh", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", ("Sở VH,TT&DL",)),
        UnitName("ttr", "Thanh tra tỉnh", "TTr", ("Thanh tra",)),
        UnitName("ub", "UBND tỉnh", "UBND", ("Ủy ban nhân dân tỉnh",)),
        UnitName("vp", "Văn phòng UBND tỉnh", "VPUBND"),
        UnitName("bql", "Ban Quản lý các khu công nghiệp"),
        UnitName("hoa", "UBND phường Hòa Bình"),
        UnitName("tam", "UBND xã Tam Dương"),
    ]
)


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.unit) for mention in UNITS.find(text)]


def only(text: str) -> Mention:
    (mention,) = UNITS.find(text)
    return mention


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sở Tài chính", "stc"),
        ("SỞ TÀI CHÍNH", "stc"),
        ("sở tài chính", "stc"),
        ("STC", "stc"),
        ("Sở Văn hoá, Thể thao và Du lịch", "svh"),
        ("Sở Văn hóa Thể thao và Du lịch", "svh"),
        ("Sở VH,TT&DL", "svh"),
        ("Uỷ ban nhân dân tỉnh", "ub"),
        ("Ủy ban nhân dân phường Hoà Bình", "hoa"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "vp"),
        ("BQL các KCN", "bql"),
    ],
)
def test_a_unit_is_known_by_any_way_of_writing_it(text: str, unit: str) -> None:
    assert found(f"Giao {text} chủ trì") == [(text, unit)]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Du lịch tỉnh Lào Cai",
        "Sở Giao thông vận tải",
        "Bộ Nông nghiệp và Môi trường",
        "Sở Lao động - Thương binh và Xã hội",
        "Chi cục Thủy lợi",
        "Cục Thuế tỉnh Bắc Giang",
        "UBND xã Mường Hum",
        "UBND thành phố Hồ Chí Minh",
        "HĐND tỉnh Nghệ An",
        "Công ty Cổ phần Nước sạch Sông Đà",
        "Trung tâm Kiểm soát bệnh tật tỉnh",
        "Bệnh viện Đa khoa Hùng Vương",
        "Trường THPT Chuyên Hùng Vương",
        "Hội Cựu chiến binh tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông",
        "Vụ Pháp chế, Bộ Công Thương",
        "Sở Tài chính tỉnh Bắc Giang",
        "UBND tỉnh Bắc Giang",
    ],
)
def test_an_unknown_name_of_the_shape_of_a_unit_is_read_whole_and_has_no_unit(name: str) -> None:
    assert found(f"Giao {name} rà soát các dự án") == [(name, None)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Giám đốc Sở Tài chính", "stc"),
        ("Chánh Văn phòng UBND tỉnh", "vp"),
        ("Phó Chánh Thanh tra tỉnh", "ttr"),
        ("Chủ tịch UBND xã Tam Dương", "tam"),
        ("Chủ tịch UBND xã Tam Dương Bắc", None),
        ("Phó Chủ tịch Thường trực UBND tỉnh", "ub"),
        ("Phó Chủ tịch UBND tỉnh Nguyễn Thị Mai Hoa", "ub"),
    ],
)
def test_a_post_is_one_name_and_knows_its_unit(text: str, unit: str | None) -> None:
    mention = only(f"giao đồng chí {text} chỉ đạo")
    assert (mention.text, mention.kind, mention.unit) == (text, Kind.POST, unit)


def test_a_person_is_found_with_the_post_held() -> None:
    mention = only("đồng chí Lê Văn Tám, Phó Chủ tịch UBND tỉnh chủ trì")
    assert mention.text == "Lê Văn Tám, Phó Chủ tịch UBND tỉnh"
    assert (mention.kind, mention.unit) == (Kind.PERSON, "ub")


@pytest.mark.parametrize(
    "text",
    [
        "các sở, ban, ngành",
        "các đơn vị liên quan",
        "UBND các xã, phường",
        "Chủ tịch UBND các xã, phường",
        "các tổ chức chính trị - xã hội",
        "UBND cấp xã",
        "Thủ trưởng các cơ quan, đơn vị",
    ],
)
def test_many_named_together_are_a_collective(text: str) -> None:
    mention = only(f"yêu cầu {text} rà soát")
    assert (mention.text, mention.kind) == (text, Kind.COLLECTIVE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các Sở: Tài chính, Xây dựng", [("Tài chính", "stc"), ("Xây dựng", "sxd")]),
        ("các Sở Tài chính, Xây dựng", [("Sở Tài chính", "stc"), ("Xây dựng", "sxd")]),
        ("các Sở: Tài chính và Y dược", [("Tài chính", "stc"), ("Y dược", None)]),
        ("UBND các xã: Tam Dương, Mường Hum", [("Tam Dương", "tam"), ("Mường Hum", None)]),
    ],
)
def test_names_that_share_a_head_are_found_one_by_one(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(text) == expected


def test_a_name_that_shares_a_head_is_called_in_full() -> None:
    names = [mention.name for mention in UNITS.find("UBND các xã: Tam Dương, Mường Hum")]
    assert names == ["UBND xã Tam Dương", "UBND xã Mường Hum"]


@pytest.mark.parametrize(
    "text",
    [
        "theo Tờ trình số 12/TTr-STC",
        "thanh tra toàn diện",
        "Báo cáo đã được thông qua",
        "Ban hành quy chế",
        "má mà mả",
        "",
    ],
)
def test_what_only_looks_like_a_unit_is_none(text: str) -> None:
    assert found(text) == []


def test_commas_inside_a_name_do_not_cut_it_and_commas_between_names_do() -> None:
    text = "Sở Văn hóa, Thể thao và Du lịch, Sở Xây dựng"
    assert [unit for _, unit in found(text)] == ["svh", "sxd"]


def test_places_are_code_points_of_the_text() -> None:
    text = "Đề nghị 🏛 Sở Tài chính báo cáo"
    mention = only(unicodedata.normalize("NFC", text))
    assert text[mention.start : mention.end] == "Sở Tài chính"


def test_with_no_units_at_all_shapes_are_still_found() -> None:
    assert [m.text for m in UnitNames().find("Giao Sở Y tế báo cáo UBND tỉnh")] == [
        "Sở Y tế",
        "UBND tỉnh",
    ]
