"""Who has the authority to accept: by the words of the point, by name, by the posts they hold."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from office.authority import has_authority, names_of
from schema.records import Person, Post, Unit
from schema.store import Store

DAY = date(2026, 3, 10)
CHAIR = "Chủ tịch UBND tỉnh"


@pytest.mark.parametrize(
    ("authority", "said", "has"),
    [
        (CHAIR, "chu tich ubnd tinh", True),
        (CHAIR, "Chủ tịch", True),
        (CHAIR, "Chủ tịch UBND tỉnh Phú Thọ", True),
        (CHAIR, "Phó Chủ tịch UBND tỉnh", False),
        (CHAIR, "Giám đốc Sở Tài chính", False),
        (CHAIR, "Văn phòng UBND tỉnh", False),
        (CHAIR, "UBND tỉnh", False),
        ("HĐND tỉnh; Chủ tịch UBND tỉnh", CHAIR, True),
        ("HĐND tỉnh hoặc UBND tỉnh", "UBND tỉnh", True),
        (CHAIR, "", False),
        ("", CHAIR, False),
    ],
)
def test_the_words_of_the_point_say_who(authority: str, said: str, has: bool) -> None:
    assert has_authority(authority, said) is has


@pytest.mark.parametrize(
    ("title", "unit", "authority", "has"),
    [
        ("Chủ tịch", "UBND tỉnh", CHAIR, True),
        ("Chủ tịch", "UBND tỉnh", "UBND tỉnh", True),
        ("Phó Chủ tịch", "UBND tỉnh", CHAIR, False),
        ("Chủ tịch", "UBND xã Tam Đảo", CHAIR, False),
        ("Chủ tịch", "HĐND tỉnh", "Đồng chí Lê Thị Lan", True),
        ("Chuyên viên", "UBND tỉnh", "UBND tỉnh", False),
        ("Chánh Văn phòng", "Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh", True),
    ],
)
def test_a_person_has_the_authority_of_a_post_held_that_day(
    store: Store, title: str, unit: str, authority: str, has: bool
) -> None:
    person = store.insert(Person(name="Lê Thị Lan"))
    store.insert(
        Post(
            person=person.id,
            unit=store.insert(Unit(name=unit)).id,
            title=title,
            starts_on="2026-01-01",
            ends_on="2026-03-10",
        )
    )
    assert has_authority(authority, "Lê Thị Lan", names_of(store, person.id, DAY)) is has
    after = names_of(store, person.id, date(2026, 3, 11))
    assert after == ["Lê Thị Lan"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        yield store
