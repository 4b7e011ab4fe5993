"""The streams that the typing tests feed are true to UniKey, and say what they should."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import unikey
from tests.keystrokes import LETTERS, WAYS, Buffer, burst

VIETNAMESE = st.text(alphabet=LETTERS + LETTERS.upper() + "sfrxjwz19 \n.,-“”…", max_size=60)
ANYTHING = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
METHODS = st.sampled_from(["telex", "vni"])
BACKSPACES = st.sampled_from([b"\x7f", b"\x08"])


def typed(packets: list[bytes]) -> str:
    buffer = Buffer()
    buffer.apply(b"".join(packets))
    return buffer.text


@given(VIETNAMESE | ANYTHING, st.integers(), METHODS, BACKSPACES, st.sampled_from([0.0, 0.05, 0.5]))
def test_a_stream_types_its_text(
    text: str, seed: int, method: unikey.Method, backspace: bytes, slips: float
) -> None:
    packets = unikey.keys(text, Random(seed), method=method, backspace=backspace, slips=slips)
    assert typed(packets) == unicodedata.normalize("NFC", text)
    assert all(packets)


@pytest.mark.parametrize(
    ("text", "method", "stream"),
    [
        ("tiếng", "telex", b"tie\x7f\xc3\xaang\x7f\x7f\x7f\xe1\xba\xbfng"),  # tieengs
        ("tiếng", "telex", b"tie\x7f\xc3\xaa\x7f\xe1\xba\xbfng"),  # tieesng
        ("tư", "telex", b"t\xc6\xb0"),  # tw
        ("tư", "vni", b"tu\x7f\xc6\xb0"),  # tu7
        (
            "đương",
            "telex",
            b"duong\x7f\x7f\x7f\x7f\x7f\xc4\x91uong\x7f\x7f\x7f\x7f\xc6\xb0\xc6\xa1ng",
        ),
        ("as", "telex", b"a\x7f\xc3\xa1\x7fas"),  # ass
        ("xoong", "telex", b"xo\x7f\xc3\xb4\x7foong"),  # xooong
        ("A1", "vni", b"A\x7f\xc3\x81\x7fA1"),  # A11
        ("đĐ", "telex", b"d\x7f\xc4\x91D\x7f\xc4\x90"),  # ddDD
    ],
)
def test_the_ways_to_type_a_word_are_among_the_streams(
    text: str, method: unikey.Method, stream: bytes
) -> None:
    streams = {
        b"".join(unikey.keys(text, Random(seed), method=method, slips=0)) for seed in range(200)
    }
    assert stream in streams


def test_slips_are_made_and_mended() -> None:
    def length(slips: float) -> int:
        return len(unikey.keys("Kết luận cuộc họp", Random(5), slips=slips))

    assert length(0.5) > length(0.0)


@given(st.integers(), st.booleans(), st.booleans(), BACKSPACES)
def test_a_burst_leaves_the_model_with_its_result(
    seed: int, lines: bool, moves: bool, backspace: bytes
) -> None:
    model = Buffer("Sở Tài chính")
    replay = Buffer("Sở Tài chính")
    for _ in range(3):
        packets = burst(Random(seed), model, 20, lines=lines, moves=moves, backspace=backspace)
        replay.apply(b"".join(packets))
    assert (replay.text, replay.cursor) == (model.text, model.cursor)
    assert ("\n" in model.text) <= lines
    assert moves or model.cursor == len(model.text)


@given(VIETNAMESE, st.integers())
def test_every_way_of_arrival_carries_the_same_bytes(text: str, seed: int) -> None:
    packets = unikey.keys(text, Random(seed))
    assert {b"".join(way(packets)) for way in WAYS.values()} == {b"".join(packets)}
