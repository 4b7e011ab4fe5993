from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.directory import Directory
from schema.errors import Ambiguous, NotFound
from schema.records import Person, Post, Unit

OFFICE = Unit(
    id="01a0-office",
    name="Văn phòng UBND tỉnh",
    abbr="VPUBND",
    aliases="VP UBND tỉnh\nVăn phòng Ủy ban nhân dân tỉnh",
)
UNITS = (
    OFFICE,
    Unit(id="01a1-stc", name="Sở Tài chính", abbr="STC"),
    Unit(id="01a2-stp", name="Sở Tư pháp", abbr="STP"),
    Unit(id="01a3-svh", name="Sở Văn hóa, Thể thao và Du lịch", abbr="SVHTTDL"),
    Unit(id="01a4-cat", name="Công an tỉnh", abbr="CAT"),
    Unit(id="01a5-van-an", name="UBND xã Vĩnh An"),
    Unit(id="01a6-van-ân", name="UBND xã Vĩnh Ân"),
    Unit(id="01a7-gone", name="Sở Thông tin", abbr="STT", deleted_at="2026-01-01T00:00:00Z"),
    Unit(id="01a8-th1", name="Phòng Tổng hợp", parent="01a0-office"),
    Unit(id="01a9-th2", name="Phòng Tổng hợp", parent="01a4-cat"),
)
PERSONS = (
    Person(id="01b0-dong", name="Trần Duy Đông"),
    Person(id="01b1-an", name="Nguyễn Văn An"),
    Person(id="01b2-binh", name="Lê Thị Bình"),
    Person(id="01b3-duc", name="Phạm Đức"),
)
POSTS = (
    Post(
        person="01b1-an",
        unit="01a1-stc",
        title="Phó Giám đốc",
        starts_on="2020-01-01",
        ends_on="2024-12-31",
    ),
    Post(person="01b1-an", unit="01a1-stc", title="Giám đốc", starts_on="2025-01-01"),
    Post(person="01b1-an", unit="01a2-stp", title="Phụ trách", deleted_at="2026-01-01T00:00:00Z"),
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(UNITS, PERSONS, POSTS)


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng UBND tỉnh",
        "văn  phòng ubnd tỉnh ",
        "van phong ubnd tinh",
        "VPUBND",
        "vpubnd",
        "VP UBND tỉnh",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "01a0-office",
        "01A0-OFF",
    ],
)
def test_a_unit_is_found_by_name_abbreviation_alias_and_id(directory: Directory, text: str) -> None:
    assert directory.unit(text) == OFFICE


def test_marks_that_are_typed_decide_between_units_that_differ_in_them_alone(
    directory: Directory,
) -> None:
    assert directory.unit("UBND xã Vĩnh An").id == "01a5-van-an"
    assert directory.unit("UBND xã Vĩnh Ân").id == "01a6-van-ân"
    with pytest.raises(Ambiguous):
        directory.unit("UBND xa Vinh An")


def test_a_unit_that_does_not_exist_is_answered_with_those_that_sound_like_it(
    directory: Directory,
) -> None:
    with pytest.raises(NotFound) as missing:
        directory.unit("Sở Tài chánh")
    assert str(missing.value).startswith(
        "Không có đơn vị nào tên “Sở Tài chánh”. Gần giống: Sở Tài chính"
    )
    with pytest.raises(NotFound, match=r"Không có đơn vị nào tên “Qqq”\.$"):
        directory.unit("Qqq")


@pytest.mark.parametrize("text", ["", " ", "STT", "Sở Thông tin"])
def test_neither_nothing_nor_a_deleted_unit_is_found(directory: Directory, text: str) -> None:
    with pytest.raises(NotFound):
        directory.unit(text)


def test_two_units_of_one_name_are_listed_with_their_ids_and_parents(directory: Directory) -> None:
    with pytest.raises(Ambiguous) as several:
        directory.unit("Phòng Tổng hợp")
    sentence = str(several.value)
    assert sentence.startswith("Có 2 đơn vị tên “Phòng Tổng hợp”")
    assert "01a8-th1 (Phòng Tổng hợp, Văn phòng UBND tỉnh)" in sentence
    assert "01a9-th2 (Phòng Tổng hợp, Công an tỉnh)" in sentence


def test_a_person_is_found_without_marks_but_a_unit_is_no_person(directory: Directory) -> None:
    assert directory.person("tran duy dong").id == "01b0-dong"
    with pytest.raises(NotFound):
        directory.person("STC")


def test_people_are_in_the_order_of_their_given_names(directory: Directory) -> None:
    assert [p.name.split()[-1] for p in directory.persons] == ["An", "Bình", "Đông", "Đức"]


def test_units_are_in_vietnamese_order_and_deleted_ones_are_left_out(directory: Directory) -> None:
    names = [unit.name for unit in directory.units]
    assert names.index("Sở Tài chính") < names.index("Sở Tư pháp") < names.index(OFFICE.name)
    assert "Sở Thông tin" not in names


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("stc", "Sở Tài chính"),
        ("STP", "Sở Tư pháp"),
        ("svhttdl", "Sở Văn hóa, Thể thao và Du lịch"),
        ("so tai", "Sở Tài chính"),
        ("sở tư", "Sở Tư pháp"),
        ("tai chinh", "Sở Tài chính"),
        ("the thao", "Sở Văn hóa, Thể thao và Du lịch"),
        ("s t ch", "Sở Tài chính"),
        ("đông", "Trần Duy Đông"),
        ("dong", "Trần Duy Đông"),
        ("tdd", "Trần Duy Đông"),
        ("vĩnh ân", "UBND xã Vĩnh Ân"),
        ("cat", "Công an tỉnh"),
        ("ủy ban nhân dân", "Văn phòng UBND tỉnh"),
    ],
)
def test_the_best_answer_to_a_few_letters_comes_first(
    directory: Directory, query: str, first: str
) -> None:
    assert directory.search(query)[0].name == first


@given(st.text(max_size=12))
def test_any_query_is_answered_at_most_once_an_entry_and_never_beyond_the_limit(
    query: str,
) -> None:
    found = Directory(UNITS, PERSONS, POSTS).search(query, limit=4)
    assert len({entry.id for entry in found}) == len(found) <= 4


def test_nothing_asks_for_nothing(directory: Directory) -> None:
    assert directory.search("  ") == []


def test_an_entry_tells_those_of_one_name_apart(directory: Directory) -> None:
    details = {entry.detail for entry in directory.search("phong tong hop")}
    assert details == {"Văn phòng UBND tỉnh", "Công an tỉnh"}
    assert directory.search("nguyen van an")[0].detail == "Giám đốc Sở Tài chính"


def test_posts_are_those_of_the_day_both_ends_included(directory: Directory) -> None:
    an = directory.person("Nguyễn Văn An")

    def titles(day: date) -> list[str]:
        return [post.title for post in directory.posts_of(an, day)]

    assert titles(date(2019, 12, 31)) == []
    assert titles(date(2020, 1, 1)) == titles(date(2024, 12, 31)) == ["Phó Giám đốc"]
    assert titles(date(2026, 11, 24)) == ["Giám đốc"]


def test_an_id_has_the_name_of_its_unit_or_person(directory: Directory) -> None:
    assert directory.name_of("01a1-stc") == "Sở Tài chính"
    assert directory.name_of("01b3-duc") == "Phạm Đức"
    assert directory.name_of(None) == directory.name_of("01ff") == ""
