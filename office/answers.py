"""What a unit answers: read from one typed line, and from the events of its part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from office.figures import Figure, read_figure
from office.moments import parse_date
from schema.records import FollowupEvent

_TELLING = ("submitted", "answered", "refused", "done")
_SENT_BACK = ("returned", "reopened")
_LINK = re.compile(r"\b(?:https?|file)://\S+")
_PAPER = re.compile(
    r"(?:\b(?:văn bản|công văn|báo cáo|VB|CV|BC)\s+)?(?:\bsố\s+)?"
    r"\b(?P<number>\d+\w?(?:/\d{4})?/[^\W\d_][\w.&-]*)"
    r"(?:\s*,?\s*(?:ngày\s+)?(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit answered: some words, a paper, a link, a figure."""

    note: str = ""
    number: str = ""
    issued_on: str | None = None
    link: str = ""
    figure: Figure | None = None
    at: str = ""
    by: str = ""

    @property
    def empty(self) -> bool:
        return not (self.note or self.number or self.link or self.figure)


def read_answer(text: str, today: date) -> Answer:
    """What one line says: 123/BC-UBND ngày 05/3/2026; 12,5 tỷ đồng; https://…; words of its own.

    Parts of it stand between semicolons. Raises ThukyError for a day that there is not.
    """
    number, issued_on, link = "", None, ""
    figure: Figure | None = None
    notes: list[str] = []
    for piece in text.split(";"):
        said = piece.strip()
        if not link and (url := _LINK.search(said)):
            link = url[0]
            said = (said[: url.start()] + said[url.end() :]).strip()
        if not number and (paper := _PAPER.search(said)):
            number = paper["number"]
            if paper["day"]:
                issued_on = parse_date(paper["day"], today).isoformat()
            said = (said[: paper.start()] + said[paper.end() :]).strip(" ,:")
        elif figure is None and (read := read_figure(said)):
            figure = read
            continue
        if said:
            notes.append(" ".join(said.split()))
    return Answer("; ".join(notes), number, issued_on, link, figure)


def last_answer(events: Sequence[FollowupEvent]) -> Answer | None:
    """What was answered last in a life, in order; an answer that was sent back is none. Paper,
    figure and words may have come one after the other."""
    undone = {event.undoes for event in events}
    answer: Answer | None = None
    for event in events:
        if event.id in undone:
            continue
        if event.kind in _SENT_BACK:
            answer = None
        elif event.kind in _TELLING:
            answer = _with(event, answer or Answer())
    return answer


def _with(event: FollowupEvent, before: Answer) -> Answer:
    return Answer(
        event.note or before.note,
        event.number or before.number,
        event.issued_on if event.number else before.issued_on,
        event.link or before.link,
        before.figure if event.figure is None else Figure(event.figure, event.measure),
        event.at,
        event.by,
    )
