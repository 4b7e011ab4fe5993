"""Vietnamese is stored in one form, found without its marks, and sorted as people expect."""

import random
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.viet import fold, initials, nfc, person_key, sort_key

LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]
VOWELS = "aăâeêioôơuưy"
MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SYLLABLES = [nfc(vowel + mark) for vowel in VOWELS for mark in MARKS]
VIETNAMESE = st.text(st.sampled_from([*"bcdđghklmnpqrstvx ", *SYLLABLES]), max_size=12)
ANY = st.text(max_size=12)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường", "duong"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("Uỷ ban", "uy ban"),
        ("hòa hoà thủy thuỷ khỏe khoẻ", "hoa hoa thuy thuy khoe khoe"),
        ("ðồng Ðồng", "dong dong"),
        ("THƯỢNG KHẨN", "thuong khan"),
        ("10,52 %", "10,52 %"),
    ],
)
def test_folding_takes_off_every_mark(text: str, folded: str) -> None:
    assert fold(text) == fold(nfd(text)) == folded


def test_every_vietnamese_letter_folds_to_a_plain_one() -> None:
    letters = [*LETTERS, *SYLLABLES]
    for letter in [*letters, *(letter.upper() for letter in letters)]:
        for form in (letter, nfd(letter)):
            folded = fold(form)
            assert len(folded) == 1
            assert folded.isascii()


@given(ANY)
def test_folding_twice_is_folding_once_in_whatever_form(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(nfd(text)) == fold(nfc(text))


@given(VIETNAMESE)
def test_folding_does_not_care_for_case(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@given(ANY)
def test_one_form_is_stored(text: str) -> None:
    assert nfc(nfd(text)) == nfc(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Tài chính", "stc"),
        ("Ủy ban nhân dân tỉnh", "ubndt"),
        ("  Đảng ủy – xã (mới)", "duxm"),
        ("", ""),
        ("./.", ""),
    ],
)
def test_initials_are_those_of_the_words(text: str, expected: str) -> None:
    assert initials(text) == initials(nfd(text)) == expected


# Sorting


def test_letters_sort_in_the_order_of_the_alphabet() -> None:
    shuffled = random.Random(1).sample(LETTERS, len(LETTERS))
    assert sorted(shuffled, key=sort_key) == LETTERS
    assert sorted((x.upper() for x in shuffled), key=sort_key) == [x.upper() for x in LETTERS]


@pytest.mark.parametrize("stem", ["m{}", "ng{}n", "{}"])
@pytest.mark.parametrize("vowel", VOWELS)
def test_tones_sort_in_their_order_on_every_vowel(stem: str, vowel: str) -> None:
    words = [nfc(stem.format(vowel + mark)) for mark in MARKS]
    assert sorted(words, key=sort_key) == words


def test_tones_of_the_textbook() -> None:
    for shuffled in permutations(TONES):
        assert sorted(shuffled, key=sort_key) == TONES


def test_a_letter_weighs_more_than_any_tone_before_it() -> None:
    words = ["mạ b", "mà c", "ma d"]
    assert sorted(words, key=sort_key) == words


def test_names_sort_by_letters_and_not_by_code_points() -> None:
    names = ["An", "Ân", "Bình", "Cường", "Dũng", "Đức", "Em", "Ông"]
    shuffled = random.Random(2).sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == names


def test_punctuation_comes_before_digits_and_digits_before_letters() -> None:
    words = [" a", "“a”", "1 a", "2 a", "10 a", "a", "z", "я"]
    assert sorted(words, key=sort_key) == [" a", "“a”", "1 a", "10 a", "2 a", *words[5:]]


def test_a_shorter_name_comes_before_one_that_goes_on() -> None:
    words = ["Sở", "Sở Y tế", "Sở Y tế tỉnh"]
    assert sorted(words, key=sort_key) == words


@given(VIETNAMESE, VIETNAMESE)
def test_the_order_is_total_and_the_form_does_not_matter(a: str, b: str) -> None:
    assert sort_key(a) == sort_key(nfd(a))
    assert (sort_key(a) == sort_key(b)) == (a == b)
    assert (sort_key(a) < sort_key(b)) != (sort_key(b) <= sort_key(a))


@given(st.lists(ANY, max_size=4), st.randoms())
def test_anything_can_be_sorted_in_one_way(texts: list[str], order: random.Random) -> None:
    shuffled = [nfc(text) for text in texts]
    order.shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == sorted(map(nfc, texts), key=sort_key)


def test_people_sort_by_their_given_name_and_then_by_the_rest() -> None:
    people = [
        "Nguyễn Văn An",
        "Trần Văn An",
        "Lê Thị Ân",
        "Đặng Bình",
        "Trần Duy Dũng",
        "Trần Duy Đông",
        "Bùi Văn Khánh",
        " Ông ",
    ]
    shuffled = random.Random(3).sample(people, len(people))
    assert sorted(shuffled, key=person_key) == people
