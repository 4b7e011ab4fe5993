"""Keys by their names, and the keys that UniKey's letters stand for."""

from random import Random

import pytest

from tests.unikey import keys
from tui.keys import show_key, telex_key


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+p", "^P"),
        ("ctrl+k d", "^K d"),
        ("f1", "F1"),
        ("question_mark", "?"),
        ("colon", ":"),
        ("slash", "/"),
        ("plus", "+"),
        ("space", "Space"),
        ("P", "P"),
        ("escape", "Esc"),
        ("pagedown", "PgDn"),
        ("up", "↑"),
        ("left_square_bracket", "["),
    ],
)
def test_shows_a_key_as_a_person_knows_it(key: str, shown: str) -> None:
    assert show_key(key) == shown


@pytest.mark.parametrize(
    ("letter", "key"),
    [
        *(("á", "s"), ("à", "f"), ("ả", "r"), ("ã", "x"), ("ạ", "j"), ("Á", "S")),
        *(("â", "a"), ("ê", "e"), ("ô", "o"), ("ă", "w"), ("ơ", "w"), ("ư", "w"), ("đ", "d")),
        *(("ấ", "s"), ("ự", "j"), ("Đ", "D"), ("a", None), ("€", None), ("", None), ("日", None)),
    ],
)
def test_the_last_telex_key_of_a_letter(letter: str, key: str | None) -> None:
    assert telex_key(letter) == key


@pytest.mark.parametrize("word", ["as", "dd", "ee", "ax"])
def test_two_commands_that_unikey_takes_for_a_letter_are_both_found(word: str) -> None:
    letter = {"as": "á", "dd": "đ", "ee": "ê", "ax": "ã"}[word]
    first, second = (packet.decode() for packet in keys(letter, Random(0), slips=0))
    assert first == word[0]
    assert telex_key(second[-1]) == word[1]
