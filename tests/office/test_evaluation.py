"""Scores: each is the sum of its evidence, and none is made of too little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.evaluation import Score, evaluate
from office.evaluation_formula import (
    PARTS,
    Formula,
    _read,
    _usual,
    formula,
    formula_text,
    set_formula,
)
from office.reports.period import year_of
from office.reports.report import Grouping, Report
from schema.errors import ThukyError
from schema.report_rows import Stood
from schema.standing import ASSIGNED
from schema.store import Store
from tests.office.reports.conftest import MONDAY
from tests.office.reports.conftest import clock as clock
from tests.office.reports.conftest import make as make
from tests.office.reports.conftest import store as store
from tests.office.reports.conftest import template as template

NAMES = {grouping: dict[str, str]() for grouping in Grouping}
USUAL: Formula = _read(_usual())


def row(number: int, standing: str, *, returns: int = 0, delivered: int = 0, effect: str = "",
        wants: int = 1, lead: str = "u0") -> Stood:  # fmt: skip
    done = "2026-03-02" if standing.startswith("done") else None
    return Stood(
        row=number, lead=lead, field=None, leader=None, person="p0", accountable="",
        standing=standing, given="2026-03-01", done=done, due="2026-03-01", minutes=None,
        extensions=0, returns=returns, clear=1, wants_product=wants, source="hand",
        delivered=delivered, effect=effect,
    )  # fmt: skip


ROWS = st.lists(
    st.builds(
        row,
        st.integers(0, 1000),
        st.sampled_from(sorted(map(str, ASSIGNED))),
        returns=st.integers(0, 3),
        delivered=st.integers(0, 1),
        effect=st.sampled_from(["", "strong", "some", "none"]),
        wants=st.integers(0, 1),
        lead=st.sampled_from(["u0", "u1", ""]),
    ),
    max_size=40,
    unique_by=lambda row: row.row,
)


def scores(rows: list[Stood]) -> dict[str, Score]:
    report = Report(year_of(MONDAY), rows, NAMES)
    return {score.key: score for score in evaluate(report, USUAL, "unit")}


@given(ROWS)
def test_a_score_is_the_sum_of_what_its_evidence_adds(rows: list[Stood]) -> None:
    for key, score in scores(rows).items():
        assert {each.row for each in score.evidence} <= {r.row for r in rows if r.lead == key}
        if score.value is None:
            assert not any(each.points for each in score.evidence)
            continue
        assert 0 <= score.value <= 100.0001
        assert score.value == pytest.approx(sum(each.points for each in score.evidence))
        counted = [name for name in PARTS if name not in score.left_out]
        weights = sum(USUAL.parts[name].weight for name in counted)
        means = sum(USUAL.parts[name].weight * score.parts[name][0] for name in counted)
        assert score.value == pytest.approx(100 * means / weights)
        assert score.marked >= USUAL.at_least


def test_a_score_by_hand() -> None:
    rows = [row(n, "done_in_time", delivered=1) for n in range(4)]
    rows += [row(4, "done_late"), row(5, "running_late")]
    score = scores(rows)["u0"]
    assert score.parts == {
        "product": (0.8, 5),
        "on_time": (pytest.approx(4.3 / 6), 6),
        "accepted": (1.0, 5),
    }
    assert score.left_out == ["effect"]
    assert score.value == pytest.approx(100 * (35 * 0.8 + 25 * 4.3 / 6 + 10) / 70)


def test_too_few_follow_ups_have_no_score() -> None:
    score = scores([row(n, "done_in_time", delivered=1) for n in range(4)])["u0"]
    assert (score.value, score.marked) == (None, 4)


def test_what_may_end_without_a_product_is_not_missed() -> None:
    rows = [row(n, "done_in_time", wants=0) for n in range(6)]
    assert "product" not in scores(rows)["u0"].parts


def test_the_office_may_weigh_otherwise(store: Store) -> None:
    assert formula(store) == USUAL
    text = formula_text(store).replace("weight = 35", "weight = 10")
    set_formula(store, text)
    assert formula(store).parts["product"].weight == 10
    set_formula(store, "")
    assert formula(store) == USUAL


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("at_least = 5", "at_least = 'năm'"), "at_least"),
        (("weight = 35", "weight = -1"), r"product\.weight"),
        (("strong = 1.0", "strong = 2"), r"effect\.strong"),
        (("[effect]", "[efect]"), "thiếu phần “effect”"),
        (("strong = 1.0", "strong = 1.0\nsmall = 1"), r"effect\.small"),
        (("[product]", "[product"), "không phải TOML"),
    ],
)
def test_a_formula_that_is_none_is_refused(
    store: Store, change: tuple[str, str], fault: str
) -> None:
    with pytest.raises(ThukyError, match=fault):
        set_formula(store, formula_text(store).replace(*change))
    assert formula(store) == USUAL
