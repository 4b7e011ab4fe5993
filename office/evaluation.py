"""Scores of units and persons by the products and effects of their follow-ups, with the evidence.

    score = 100 x sum over parts (weight x mean of the marks) / sum of the weights

of those parts that have marks enough (`office.evaluation_formula`). What each follow-up adds to the
score is its evidence; all of it sums to the score. It never decides anything by itself.

Public entrance: `evaluate`, `Score`, `Evidence`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from office.evaluation_formula import Formula, Part
from office.reports.report import Report
from schema.report_rows import Stood
from schema.standing import DONE, Standing

Whose = Literal["unit", "person"]
_DONE = frozenset(map(str, DONE))
_ON_TIME = {
    Standing.DONE_IN_TIME.value: "in_time",
    Standing.DONE_LATE.value: "done_late",
    Standing.RUNNING_LATE.value: "running_late",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the follow-up of a row was found to be in a part, its mark from 0 to 1, and how many
    points it adds to the score; none where the part or the whole has too few."""

    row: int
    part: str
    found: str
    mark: float
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Of a unit (id) or person (id, or the name as it was written). `value` is from 0 to 100, None
    where fewer than the formula's `at_least` follow-ups were marked. `parts` has each part's mean
    mark and how many marks it is of, `left_out` the parts that have too few."""

    key: str
    marked: int
    value: float | None
    parts: Mapping[str, tuple[float, int]]
    left_out: Sequence[str]
    evidence: Sequence[Evidence] = field(default_factory=tuple)


def evaluate(report: Report, formula: Formula, whose: Whose) -> list[Score]:
    """The scores of all who had something to do in a report's period, the highest first; then those
    who have none, who had the most first."""
    of: dict[str, list[Evidence]] = defaultdict(list)
    for row in report.rows:
        key = (row.lead if whose == "unit" else row.person or row.accountable) or ""
        if key:
            of[key] += _marked(row, formula)
    scores = [_score(key, evidence, formula) for key, evidence in of.items()]
    return sorted(scores, key=lambda s: (-1.0 if s.value is None else s.value, s.marked, s.key))[
        ::-1
    ]


def _marked(row: Stood, formula: Formula) -> list[Evidence]:
    """The marks of one follow-up."""
    found: dict[str, str] = {}
    if row.standing in _DONE:
        if row.wants_product or row.delivered:
            found["product"] = "delivered" if row.delivered else "missing"
        returns = min(row.returns, 2)
        found["accepted"] = ("at_once", "returned_once", "returned_more")[returns]
    if row.effect in formula.parts["effect"].marks:
        found["effect"] = row.effect
    if on_time := _ON_TIME.get(row.standing):
        found["on_time"] = on_time
    return [
        Evidence(row.row, part, what, formula.parts[part].marks[what])
        for part, what in found.items()
    ]


def _score(key: str, evidence: Sequence[Evidence], formula: Formula) -> Score:
    marks: dict[str, list[float]] = {name: [] for name in formula.parts}
    for each in evidence:
        marks[each.part].append(each.mark)
    counted = {
        name: part
        for name, part in formula.parts.items()
        if part.weight and len(marks[name]) >= max(part.at_least, 1)
    }
    parts = {name: (sum(some) / len(some), len(some)) for name, some in marks.items() if some}
    marked = len({each.row for each in evidence})
    left_out = [name for name in formula.parts if name not in counted]
    weights = sum(part.weight for part in counted.values())
    if marked < formula.at_least or not weights:
        return Score(key, marked, None, parts, left_out, tuple(evidence))
    told = tuple(_weighed(each, counted, weights, parts) for each in evidence)
    return Score(key, marked, sum(each.points for each in told), parts, left_out, told)


def _weighed(
    each: Evidence,
    counted: Mapping[str, Part],
    weights: float,
    parts: Mapping[str, tuple[float, int]],
) -> Evidence:
    part = counted.get(each.part)
    if part is None:
        return each
    points = 100 * part.weight / weights * each.mark / parts[each.part][1]
    return Evidence(each.row, each.part, each.found, each.mark, points)
