"""A figure that a benchmark prints is the figure it says it is."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.report import Record, Target, percentile, table, verdicts, write_json


@dataclass(frozen=True, slots=True)
class Row(Record):
    program: str
    p50_ms: float
    keys: int


@given(st.lists(st.integers(), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_is_the_least_value_that_covers_its_share(
    values: list[int], share: float
) -> None:
    found = percentile(values, share)
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) < share * len(values)


def test_figures_stand_under_their_names() -> None:
    rows = [Row("nano", 0.306, 1000), Row("Thư Ký", 12.25, 7)]
    assert table(rows).splitlines() == [
        "program  p50 ms   keys",
        "-------  ------  -----",
        "nano       0.31  1,000",
        "Thư Ký     12.2      7",
    ]


@pytest.mark.parametrize(("figure", "word"), [(3.0, "kept"), (3.1, "BROKEN")])
def test_a_promise_is_kept_up_to_its_limit(figure: float, word: str) -> None:
    assert verdicts([Target("p50, ms", figure, 3)]).startswith(word)


def test_the_json_file_holds_every_figure_and_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "new" / "typing.json"
    write_json(path, {"typing": [Row("nano", 0.3, 9)]}, [Target("bytes", 30.0, 25)])
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["results"] == {"typing": [{"program": "nano", "p50_ms": 0.3, "keys": 9}]}
    assert content["targets"] == [{"promise": "bytes", "figure": 30.0, "limit": 25, "kept": False}]
    assert content["machine"]["cores"] >= 1
