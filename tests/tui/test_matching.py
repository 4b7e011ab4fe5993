"""What is found by a few letters: without marks anything, with marks only what has them."""

import unicodedata

import pytest

from schema.viet import fold
from tui.matching import Query, best, searchable


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("ma", "Má", True),
        ("má", "mà", False),
        ("MÁ", "má", True),
        ("hoà", "Hòa Bình", True),
        ("hòa binh", "Hoà Bình", True),
        ("uỷ ban", "Ủy ban nhân dân", True),
        ("duong", "Đường Hùng Vương", True),
        ("đuong", "dương", False),
        ("binh hoa", "Hòa Bình", True),
        ("hoa x", "Hòa Bình", False),
        ("", "Hòa Bình", True),
    ],
)
def test_finds(typed: str, text: str, found: bool) -> None:
    for form in ("NFC", "NFD"):
        query = Query(unicodedata.normalize(form, typed))
        assert query.finds(searchable(unicodedata.normalize(form, text))) == found


def test_every_letter_is_folded_as_the_store_folds_it() -> None:
    letters = [c for c in map(chr, range(0x20, 0x2000)) if unicodedata.normalize("NFC", c) == c]
    assert [c for c in letters if searchable(c).folded != fold(c.lower())] == []


def test_the_best_comes_first() -> None:
    titles = ["Sửa họp", "Điểm danh", "Họp mới", "Đơn vị, con người", "Tìm"]
    things = [(title, title) for title in titles]
    assert best("", things) == titles
    assert best("ho", things)[:2] == ["Họp mới", "Sửa họp"]
    assert best("dd", things) == ["Điểm danh"]
    assert best("dv", things)[0] == "Đơn vị, con người"
    assert best("con ng", things) == ["Đơn vị, con người"]
    assert best("xyz", things) == []
