"""How units and persons are scored: data that the office may change, at first those of
`office/data/evaluation.toml`.

Public entrance: `Formula`, `Part`, `formula`, `formula_text`, `set_formula`, `PARTS`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from schema.errors import N_, ThukyError
from schema.settings import office_setting, set_office_setting
from schema.store import Store

SETTING = "evaluation"
PARTS = {
    "product": N_("Sản phẩm"),
    "effect": N_("Tác động"),
    "on_time": N_("Đúng hạn"),
    "accepted": N_("Được nhận ngay"),
}
_MARKS = {
    "product": ("delivered", "missing"),
    "effect": ("strong", "some", "none"),
    "on_time": ("in_time", "done_late", "running_late"),
    "accepted": ("at_once", "returned_once", "returned_more"),
}
"""What each part tells apart in a follow-up, and gives a mark from 0 to 1."""
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: its weight, from how many follow-ups on it counts, its marks."""

    weight: float
    at_least: int
    marks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Formula:
    """The parts by name; nobody with fewer than `at_least` follow-ups that were marked has a
    score."""

    at_least: int
    parts: Mapping[str, Part]


def formula(store: Store) -> Formula:
    """The office's own, else the one that the program comes with."""
    return _read(formula_text(store))


def formula_text(store: Store) -> str:
    return office_setting(store, SETTING) or _usual()


def set_formula(store: Store, text: str) -> Formula:
    """Score by this from now on, on every machine; by the usual one again where it is empty. Raises
    ThukyError, with nothing written, where it is no such formula."""
    found = _read(text or _usual())
    set_office_setting(store, SETTING, text)
    return found


def _usual() -> str:
    return (files("office") / "data" / "evaluation.toml").read_text("utf-8")


def _read(text: str) -> Formula:
    try:
        if len(text) > _LONGEST:
            raise ValueError
        told = tomllib.loads(text)
    except ValueError as error:
        raise ThukyError(
            N_("Cách tính điểm không phải TOML ({reason}); chưa ghi gì."), reason=error
        ) from error
    parts = {name: _part(name, told.pop(name, None)) for name in PARTS}
    at_least = _number(told.pop("at_least", None), "at_least", most=1000)
    if told:
        raise ThukyError(
            N_("Cách tính điểm không có mục “{name}”; chưa ghi gì."), name=next(iter(told))
        )
    if not any(part.weight for part in parts.values()):
        raise ThukyError(N_("Phải có một phần mang trọng số lớn hơn 0; chưa ghi gì."))
    return Formula(int(at_least), parts)


def _part(name: str, told: Any) -> Part:
    if not isinstance(told, dict):
        raise ThukyError(N_("Cách tính điểm thiếu phần “{name}”; chưa ghi gì."), name=name)
    marks = {mark: _number(told.pop(mark, None), f"{name}.{mark}", most=1) for mark in _MARKS[name]}
    weight = _number(told.pop("weight", None), f"{name}.weight", most=1000)
    at_least = _number(told.pop("at_least", None), f"{name}.at_least", most=1000)
    if told:
        raise ThukyError(
            N_("Cách tính điểm không có mục “{name}”; chưa ghi gì."),
            name=f"{name}.{next(iter(told))}",
        )
    return Part(weight, int(at_least), marks)


def _number(value: Any, name: str, *, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ThukyError(
            N_("“{name}” phải là một số từ 0 đến {most}; chưa ghi gì."), name=name, most=most
        )
    return float(value)
