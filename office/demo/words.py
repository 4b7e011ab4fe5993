"""The sample office's units, names and what it talks about, read from `office/data`."""

import csv
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from schema.records import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A field of work with templates of what is said about it (see `data/topics.toml`).

    `deputy` is the number of the vice-chairman who heads the field; `months` are those in which it
    comes up, all of them where none is named.
    """

    name: str
    lead: str
    others: tuple[str, ...]
    deputy: int
    titles: tuple[str, ...]
    reports: tuple[str, ...]
    opinions: tuple[str, ...]
    assessments: tuple[str, ...]
    tasks: tuple[str, ...]
    commune_tasks: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    urgency: str = ""


def topics() -> tuple[Topic, ...]:
    rows = tomllib.loads(_text("topics.toml"))["topic"]
    return tuple(Topic(**{name: _frozen(value) for name, value in row.items()}) for row in rows)


def units() -> list[tuple[Unit, str]]:
    """The units of the province without ids, each with the name of its parent, if it has one."""
    return [
        (
            Unit(
                name=row["name"],
                abbr=row["abbr"],
                type=row["type"],
                aliases="\n".join(filter(None, row["aliases"].split("; "))),
            ),
            row["parent"],
        )
        for row in csv.DictReader(_text("units.csv").splitlines())
    ]


def names() -> dict[str, Any]:
    """Surnames, and middle and given names of men and women."""
    return tomllib.loads(_text("names.toml"))


def _text(name: str) -> str:
    return (files("office") / "data" / name).read_text("utf-8")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
