"""Statistics, tables and the JSON file: what every benchmark shares."""

import dataclasses
import json
import math
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One row of figures; the fields are the columns."""


@dataclass(frozen=True, slots=True)
class Target:
    """A promise, the figure found and its limit, in the same unit."""

    promise: str
    figure: float
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within the limit."""
        return self.figure <= self.limit


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def table(records: Sequence[Record]) -> str:
    """Aligned columns under the fields' names."""
    names = [field.name for field in dataclasses.fields(records[0])]
    rows = [[_cell(getattr(record, name)) for name in names] for record in records]
    heads = [name.replace("_", " ") for name in names]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    numbers = [isinstance(getattr(records[0], name), int | float) for name in names]
    lines = [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ).rstrip()
        for row in [heads, ["-" * width for width in widths], *rows]
    ]
    return "\n".join(lines)


def verdicts(targets: Sequence[Target]) -> str:
    """A line for each promise."""
    return "\n".join(
        f"{'kept  ' if target.kept else 'BROKEN'} {target.promise}: "
        f"{_cell(target.figure)} (limit {_cell(target.limit)})"
        for target in targets
    )


def machine() -> dict[str, str | int]:
    """What the figures depend on."""
    return {
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "textual": version("textual"),
    }


def write_json(path: Path, results: dict[str, list[Record]], targets: list[Target]) -> None:
    """Everything that was found, in one file."""
    content: dict[str, Any] = {
        "machine": machine(),
        "results": {
            name: [dataclasses.asdict(record) for record in records]
            for name, records in results.items()
        },
        "targets": [{**dataclasses.asdict(target), "kept": target.kept} for target in targets],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
