"""How much of the labelled sentences is read right, field by field.

Run `python -m tests.office.reading.score` for the table and every miss.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from office.names import UnitName, UnitNames
from office.reading import Reading, read
from office.workdays import WorkCalendar

HERE = Path(__file__).parent
SHARED = HERE / "shared_sentences.json"
OWN = HERE / "own_sentences.json"
HELD_OUT = HERE / "held_out_sentences.json"
NOTICES = HERE / "notices_sentences.json"
LATE = HERE / "late_sentences.json"
MINUTES = HERE / "minutes_sentences.json"
DIRECTIVES = HERE / "directives_sentences.json"
RESOLUTIONS = HERE / "resolutions_sentences.json"
CALENDAR = WorkCalendar()

_POINTS = {
    "lead": "ro_nguoi",
    "work": "ro_viec",
    "deadline": "ro_thoi_gian",
    "responsibility": "ro_trach_nhiem",
    "product": "ro_san_pham",
    "authority": "ro_tham_quyen",
}


@dataclass
class Score:
    """Right and all answers by field, and the misses in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right.total() / self.asked.total()


@cache
def units() -> UnitNames:
    """The province's units, with their places in the file as ids."""
    rows = json.loads((HERE / "units.json").read_text("utf-8"))["units"]
    return UnitNames(
        UnitName(str(i), row["name"], row["abbr"], row["aliases"], row["type"])
        for i, row in enumerate(rows)
    )


def read_on_the_day(text: str) -> Reading:
    """A sentence said at the reference meeting."""
    return read(text, date(2026, 2, 27), units(), CALENDAR)


def score(path: Path) -> Score:
    """The score on a file of labelled sentences."""
    result = Score()
    for row in json.loads(path.read_text("utf-8"))["sentences"]:
        answers = answered(read_on_the_day(row["text"]))
        for name, wanted in labelled(row).items():
            result.asked[name] += 1
            if answers[name] == wanted:
                result.right[name] += 1
            else:
                result.misses.append(f"{row['id']} {name}: {answers[name]!r} for {wanted!r}")
    return result


def labelled(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a labelled sentence."""
    due = row["ro_thoi_gian"]
    wanted = {
        "task": row["is_task"],
        "lead": row["ro_nguoi"]["lead"],
        "coordinating": row["ro_nguoi"]["coordinating"],
        "work": row["ro_viec"],
        "deadline phrase": due["phrase"],
        "deadline kind": due["kind"],
        "deadline date": due["date"],
        "deadline inclusive": due["inclusive"],
        "deadline time": due["time"],
        "accountable": row["ro_trach_nhiem"]["accountable"],
        "accountable stated": row["ro_trach_nhiem"]["explicit"],
        "monitor": row["ro_trach_nhiem"]["monitor"],
        "product": row["ro_san_pham"]["text"],
        "product kind": row["ro_san_pham"]["doc_type"],
        "authority": row["ro_tham_quyen"],
        "missing": row["missing"],
    }
    if "kind" in row:
        wanted |= {"nature": row["kind"], "tasks": row["tasks"]}
    return wanted


def answered(reading: Reading) -> dict[str, Any]:
    """The same fields of a reading."""
    told = reading.to_json()
    due = told["deadline"] or {}
    return {
        "task": told["task"],
        "lead": told["lead"],
        "coordinating": told["coordinating"],
        "work": told["work"],
        "deadline phrase": due.get("phrase"),
        "deadline kind": due.get("kind"),
        "deadline date": due.get("date"),
        "deadline inclusive": due.get("inclusive"),
        "deadline time": due.get("time"),
        "accountable": told["accountable"],
        "accountable stated": reading.accountable_stated,
        "monitor": told["monitor"],
        "product": told["product"],
        "product kind": reading.product.kind if reading.product else None,
        "authority": told["authority"],
        "missing": [_POINTS[point] for point in told["missing"]],
        "nature": reading.nature.value,
        "tasks": len(told["split"]) or int(told["task"]),
    }


def main() -> None:
    for path in (SHARED, OWN, HELD_OUT, NOTICES, LATE, MINUTES, DIRECTIVES, RESOLUTIONS):
        result = score(path)
        print(f"{path.name}: {result.share:.1%}")
        for name, asked in result.asked.items():
            print(f"  {name:20} {result.right[name]:3}/{asked}")
        for miss in result.misses:
            print(f"    {miss}")


if __name__ == "__main__":
    main()
