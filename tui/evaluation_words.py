"""Scores and their evidence in words."""

from office.evaluation import Score
from office.evaluation_formula import PARTS
from schema.errors import N_
from schema.records import Person, Unit
from schema.store import Store
from tui.words import _

FOUND = {
    "delivered": N_("có sản phẩm"),
    "missing": N_("không có sản phẩm"),
    "strong": N_("tác động rõ"),
    "some": N_("có tác động"),
    "none": N_("chưa thấy tác động"),
    "in_time": N_("xong đúng hạn"),
    "done_late": N_("xong quá hạn"),
    "running_late": N_("quá hạn, chưa xong"),
    "at_once": N_("nhận ngay"),
    "returned_once": N_("trả lại một lần"),
    "returned_more": N_("trả lại nhiều lần"),
}


def number(value: float) -> str:
    """85,7"""
    return f"{value:.1f}".replace(".", ",")


def value_words(score: Score, at_least: int) -> str:
    """The score; where there is none, why."""
    if score.value is not None:
        return number(score.value)
    return _("chưa đủ ({n}/{least})").format(n=score.marked, least=at_least)


def part_words(score: Score, part: str) -> str:
    """A part's mean mark of 100, and in brackets of how many; what does not count has a sign."""
    if part not in score.parts:
        return "–"
    mean, many = score.parts[part]
    sign = "*" if part in score.left_out else ""
    return f"{number(100 * mean)} ({many}){sign}"


def parts_words() -> list[str]:
    return [_(words) for words in PARTS.values()]


class Called:
    """What whoever was scored is called: the name of a unit or person, else what was written."""

    def __init__(self, store: Store) -> None:
        self._names = {unit.id: unit.name for unit in store.select(Unit)}
        self._names |= {person.id: person.name for person in store.select(Person)}

    def __call__(self, key: str) -> str:
        return self._names.get(key, key)
