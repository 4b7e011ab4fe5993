"""A cursor step is one letter; nothing that a terminal would obey gets through."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui import graphemes

FAMILY = "👨\u200d👩\u200d👧"
HEART = "❤\ufe0f"
FLAG = "🇻🇳"
THUMB = "👍🏽"
TILDE_Q = "q\u0303"  # has no precomposed form

LETTERS = ["a", " ", ".", "ế", "đ", "Ợ", "漢", "한", FAMILY, HEART, FLAG, THUMB, TILDE_Q]
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aế \u0301\u0323\u200d\ufe0f🇻🇳👍🏽❤漢\x1b\x9b\u202e\u200b\r\n\t\ud800"),
    ),
    max_size=30,
)


def split(text: str) -> list[str]:
    parts, at = [], 0
    while at < len(text):
        after = graphemes.next_boundary(text, at)
        parts.append(text[at:after])
        at = after
    return parts


@given(st.lists(st.sampled_from(LETTERS)))
def test_each_letter_is_one_step(letters: list[str]) -> None:
    assert split("".join(letters)) == letters


@given(NASTY)
def test_steps_back_stop_where_steps_forward_do(text: str) -> None:
    ends = [0]
    for part in split(text):
        ends.append(ends[-1] + len(part))
    back = [len(text)]
    while back[-1] > 0:
        back.append(graphemes.prev_boundary(text, back[-1]))
    assert back == ends[::-1]


@given(NASTY, st.integers(-3, 40))
def test_a_step_never_leaves_the_text(text: str, at: int) -> None:
    steps: list[Callable[[str, int], int]] = [graphemes.next_boundary, graphemes.prev_boundary]
    for step in (*steps, graphemes.word_left, graphemes.word_right):
        assert 0 <= step(text, at) <= len(text)


@given(NASTY)
def test_widths_of_letters_add_up_to_the_width_the_compositor_counts(text: str) -> None:
    shown = graphemes.visible(text)
    assert graphemes.width(text) == cell_len(shown)
    assert sum(map(cell_len, split(shown))) == cell_len(shown)


@given(NASTY)
def test_text_of_others_is_shown_character_for_character_and_commands_nothing(text: str) -> None:
    shown = graphemes.visible(text)
    assert len(shown) == len(text)
    for was, now in zip(text, shown, strict=True):
        assert unicodedata.category(now) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(now) not in {"LRO", "RLO", "LRE", "RLE", "PDF"}
        assert unicodedata.bidirectional(now) not in {"LRI", "RLI", "FSI", "PDI"}
        assert now == was or cell_len(now) == 1


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mđỏ\x1b[0m", "␛[31mđỏ␛[0m"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\x9b2J", "\ufffd2J"),
        ("một\u2028hai\nba\tbốn", "một␤hai␊ba␉bốn"),
        ("a\u202egnp.exe", "a\ufffdgnp.exe"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_a_symbol(raw: str, shown: str) -> None:
    assert graphemes.visible(raw) == shown


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("tie\u0302\u0301ng", "tiếng"),
        ("tiê\u0301ng", "tiếng"),  # half composed
        ("một\r\nhai\rba\u2029bốn\x85năm\u2028sáu", "một\nhai\nba\nbốn\nnăm\nsáu"),
        ("cột\tcột", "cột\tcột"),
        ("\x00\x1b[2J\x08", "␀␛[2J␈"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_is_stored(typed: str, stored: str) -> None:
    assert graphemes.clean(typed) == stored


@given(NASTY)
def test_what_is_stored_is_nfc_is_utf8_and_is_stored_unchanged_again(text: str) -> None:
    once = graphemes.clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert {c for c in once if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
    once.encode()
    assert graphemes.clean(once) == once


@given(st.text(), st.integers(0, 20))
def test_what_is_cut_fits_and_is_the_start_of_the_text(text: str, cells: int) -> None:
    short = graphemes.cut(text, cells)
    assert graphemes.width(short) <= cells
    if short != graphemes.visible(text):
        assert graphemes.visible(text).startswith(short.removesuffix("…"))
        assert not short or short.endswith("…")


def test_words_are_runs_of_letters_and_digits() -> None:
    text = "Giao Sở  Tài-chính, q\u0303x 15/3."
    stops, at = [], 0
    while at < len(text):
        stops.append(at)
        at = graphemes.word_right(text, at)
    assert [text[a:] for a in stops] == [
        text,
        "Sở  Tài-chính, q\u0303x 15/3.",
        "Tài-chính, q\u0303x 15/3.",
        "chính, q\u0303x 15/3.",
        "q\u0303x 15/3.",
        "15/3.",
        "3.",
    ]
    back, at = [], len(text)
    while at > 0:
        at = graphemes.word_left(text, at)
        back.append(at)
    assert back == stops[::-1]
