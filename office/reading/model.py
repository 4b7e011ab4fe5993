"""What is read from a sentence: the six points ("6 rõ"), where each stands, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from office.deadline import Found
from office.names import Kind, Mention
from office.points import Point


class Nature(StrEnum):
    """What a sentence is. An extension moves the deadline of a task there is already."""

    TASK = "task"
    EXTENSION = "extension"
    ONGOING = "ongoing"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of the sentence, at code points `start` to `end` of its NFC form."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """What is to be handed over; `kind` is the code of a paper, or SL for a counted thing."""

    excerpt: Excerpt
    kind: str


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence (`text`, in NFC) with its points. A point the sentence does not state is None.

    `accountable` falls back to the lead. `suggested` holds what the rules would fill in, by the
    names of `to_json`. `split` has one text for each task when there are several; the other fields
    are then those of the first, with the leads of all.
    """

    text: str
    nature: Nature = Nature.OTHER
    lead: tuple[Mention, ...] = ()
    coordinating: tuple[Mention, ...] = ()
    work: Excerpt | None = None
    product: Product | None = None
    deadline: Found | None = None
    accountable: Excerpt | None = None
    accountable_stated: bool = False
    monitor: Mention | None = None
    authority: Mention | None = None
    suggested: Mapping[str, str] = field(default_factory=dict)
    split: tuple[str, ...] = ()

    @property
    def task(self) -> bool:
        """Whether somebody is to do something. What goes on and is told to nobody is no task."""
        if self.nature is Nature.ONGOING:
            return bool(self.lead)
        return self.nature in {Nature.TASK, Nature.EXTENSION}

    @property
    def missing(self) -> tuple[Point, ...]:
        """The points that the sentence leaves open. A lead that is only collective is open too."""
        if not self.task:
            return ()
        named = any(mention.kind is not Kind.COLLECTIVE for mention in self.lead)
        stated = {
            Point.LEAD: named,
            Point.WORK: self.work is not None,
            Point.DEADLINE: self.deadline is not None and self.deadline.deadline.kind != "unclear",
            Point.RESPONSIBILITY: self.accountable is not None,
            Point.PRODUCT: self.product is not None,
            Point.AUTHORITY: self.authority is not None,
        }
        return tuple(point for point in Point if not stated[point])

    @property
    def spans(self) -> dict[str, tuple[Span, ...]]:
        """Where each point stands in `text`, by the names of `to_json`, for an editor to mark."""
        places: dict[str, tuple[Mention | Excerpt | Found | None, ...]] = {
            "lead": self.lead,
            "coordinating": self.coordinating,
            "work": (self.work,),
            "product": (self.product.excerpt if self.product else None,),
            "deadline": (self.deadline,),
            "accountable": (self.accountable if self.accountable_stated else None,),
            "monitor": (self.monitor,),
            "authority": (self.authority,),
        }
        return {
            name: spans
            for name, parts in places.items()
            if (spans := tuple((part.start, part.end) for part in parts if part is not None))
        }

    def to_json(self) -> dict[str, Any]:
        """The keys of `thuky read`."""
        return {
            "task": self.task,
            "lead": [mention.text for mention in self.lead],
            "coordinating": [mention.text for mention in self.coordinating],
            "work": self.work.text if self.work else None,
            "product": self.product.excerpt.text if self.product else None,
            "deadline": _deadline(self.deadline),
            "accountable": self.accountable.text if self.accountable else None,
            "monitor": self.monitor.text if self.monitor else None,
            "authority": self.authority.text if self.authority else None,
            "suggested": dict(self.suggested),
            "split": list(self.split),
            "missing": [point.value for point in self.missing],
        }


def _deadline(found: Found | None) -> dict[str, Any] | None:
    return None if found is None else {"phrase": found.phrase, **found.deadline.to_json()}
