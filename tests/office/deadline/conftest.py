"""The calendar that the program ships with, and the phrases whose dates are known."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from office.workdays import WorkCalendar, special_days
from schema.seeds import calendar_days

FILES = (
    "phrases.json",
    "own_phrases.json",
    "held_out_phrases.json",
    "late_phrases.json",
    "minutes_phrases.json",
    "directives_phrases.json",
    "resolutions_phrases.json",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase said `on` a day, what it comes to, and the part of a sentence that sets it."""

    phrase: str
    on: date
    deadline: dict[str, Any]
    found: str | None


def _examples(name: str) -> list[Example]:
    data = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [_example(each, data["reference"]["meeting_date"]) for each in data["phrases"]]


def _example(each: dict[str, Any], meeting_date: str) -> Example:
    keys = ("kind", "date", "inclusive", "time", "last_ok_date", "last_working_day")
    deadline = {key: each[key] for key in keys}
    deadline |= {"recurrence": each.get("rule"), "ask": each.get("ambiguous", False)}
    on = date.fromisoformat(each.get("on", meeting_date))
    return Example(each["phrase"], on, deadline, each.get("found"))


EXAMPLES = [example for name in FILES for example in _examples(name)]


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return WorkCalendar(special_days(calendar_days()))
