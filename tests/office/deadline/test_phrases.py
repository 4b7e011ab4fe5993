"""Phrases whose dates were worked out by hand, before the grammar, come to those dates."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from office.deadline import find, resolve
from office.workdays import WorkCalendar
from tests.office.deadline.conftest import EXAMPLES, Example

each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.phrase[:60])


@each_example
def test_a_phrase_comes_to_its_date(example: Example, calendar: WorkCalendar) -> None:
    assert resolve(example.phrase, example.on, calendar).to_json() == example.deadline


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.found])
def test_only_the_deadline_of_a_sentence_is_found(example: Example, calendar: WorkCalendar) -> None:
    found = find(example.phrase, example.on, calendar)
    assert [each.phrase for each in found] == [example.found]
    assert [each.deadline.to_json() for each in found] == [example.deadline]


def _other_tone_place(text: str) -> str:
    return re.sub(r"([óòỏõọ])(a|e)\b", lambda m: _moved(m[1], m[2]), text)


def _moved(marked: str, bare: str) -> str:
    tone = unicodedata.normalize("NFD", marked)[1:]
    return "o" + unicodedata.normalize("NFC", bare + tone)


VARIANTS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "upper case": lambda text: unicodedata.normalize("NFC", text).upper(),
    "lower case": lambda text: unicodedata.normalize("NFC", text).lower(),
    "spaced out": lambda text: "  " + text.replace(" ", " \t ") + "\n",
    "in quotation marks": lambda text: f"“{text}”",
    "hàng for hằng": lambda text: text.replace("hằng", "hàng").replace("Hằng", "Hàng"),
    "hoá for hóa": _other_tone_place,
    "quí and kì": lambda text: text.replace("quý", "quí").replace("kỳ", "kì"),
    "eth for đ": lambda text: text.replace("đ", "ð"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_spelling_changes_nothing(variant: str, calendar: WorkCalendar) -> None:
    changed = [
        written
        for each in EXAMPLES
        if resolve(written := VARIANTS[variant](each.phrase), each.on, calendar).to_json()
        != each.deadline
    ]
    assert not changed
