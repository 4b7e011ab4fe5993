"""Reading grows with the text and no faster, whatever the text says."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from office.deadline import find
from office.workdays import WorkCalendar

HERE = Path(__file__).parent
DATA = json.loads((HERE / "own_phrases.json").read_text(encoding="utf-8"))
TEXTS = {
    "sentences": " ".join(each["phrase"] for each in DATA["phrases"] if "found" in each) + " ",
    "the same bound again": "trước ",
    "the same day again": "15 và ",
    "numbers in words": "một hai ba bốn năm ",
    "starts of periods": "trong thời hạn ",
    "starts of ranges": "từ ngày 1/3 đến ",
    "events in events": "sau khi có ",
    "recurrences": "hằng tháng ",
}


def _seconds(text: str, calendar: WorkCalendar) -> float:
    """The best of seven, in time of the processor: what else the machine does adds little."""
    taken = []
    for _ in range(7):
        start = time.process_time()
        find(text, date(2026, 2, 27), calendar)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_takes_about_four_times_as_long(
    name: str, calendar: WorkCalendar
) -> None:
    text = TEXTS[name]
    short, long = ((text * (size // len(text) + 1))[:size] for size in (2_500, 10_000))
    _seconds(short, calendar)
    growth = _seconds(long, calendar) / _seconds(short, calendar)
    assert growth < 8, f"{growth:.1f} times as long"
