"""The bars that the reader must hold on labelled sentences."""

from pathlib import Path

import pytest

from tests.office.reading.score import (
    DIRECTIVES,
    HELD_OUT,
    LATE,
    MINUTES,
    NOTICES,
    OWN,
    RESOLUTIONS,
    SHARED,
    score,
)

BARS = [
    (SHARED, 0.95),
    (OWN, 0.95),
    (HELD_OUT, 0.97),
    (NOTICES, 0.97),
    (LATE, 0.97),
    (MINUTES, 0.97),
    (DIRECTIVES, 0.97),
    (RESOLUTIONS, 0.97),
]


@pytest.mark.parametrize(("path", "bar"), BARS)
def test_holds_its_bar(path: Path, bar: float) -> None:
    result = score(path)
    assert result.share >= bar, "\n".join(result.misses)
