"""A paste is one piece of text, wherever the reads cut it, and nothing in it is a key."""

import time

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from tui.paste import END, START, PasteSplitter

KEYS = st.text(alphabet="ab\x7f\r", max_size=6)
PASTED = st.text(alphabet="aế\n\x1b[201\x00", max_size=20).filter(lambda t: END not in t + END[:-1])


@given(st.lists(st.tuples(KEYS, PASTED), max_size=5), KEYS, st.lists(st.integers(1, 9), min_size=1))
def test_keys_and_pastes_come_out_in_order_wherever_the_stream_is_cut(
    parts: list[tuple[str, str]], last: str, cuts: list[int]
) -> None:
    stream = "".join(keys + START + pasted + END for keys, pasted in parts) + last
    expected: list[str] = []
    for keys, pasted in parts:
        expected += [f"keys {key}" for key in keys] + [f"paste {pasted}"]
    expected += [f"keys {key}" for key in last]
    splitter, at = PasteSplitter(), 0
    found: list[str] = []
    pieces: list[str] = []
    while at < len(stream):
        # A lone Escape at the end of a read is a key, so no cut comes right after that of a mark.
        size = cuts[len(pieces) % len(cuts)]
        while stream.startswith(START, at + size - 1):
            size += 1
        pieces.append(stream[at : at + size])
        at += size
    for piece in pieces:
        for item in splitter.feed(piece):
            if isinstance(item, Paste):
                found.append(f"paste {item.text}")
            else:
                found += [f"keys {key}" for key in item]
    assert found == expected


def test_reading_a_paste_takes_time_in_proportion_to_its_length() -> None:
    def seconds(size: int) -> float:
        splitter = PasteSplitter()
        stream = START + "giải ngân vốn\n" * size + END
        start = time.process_time()
        for at in range(0, len(stream), 4096):
            list(splitter.feed(stream[at : at + 4096]))
        return time.process_time() - start

    small = min(seconds(4_000) for _ in range(5))
    assert min(seconds(40_000) for _ in range(3)) < 40 * small
