"""What is said at a meeting, line by line, as a secretary types it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from office.demo.program import Planned
from office.demo.spoken import deadline_words, filling
from office.demo.words import Topic
from office.workdays import WorkCalendar

_UNFINISHED = 0.06
"""The share of directions that stay conclusions which nobody has made a task of yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of minutes, how far into the meeting it is typed (0 to 1), whether it was made a
    follow-up."""

    text: str
    at: float
    taken: bool


class Talk:
    """Makes up minutes from the topics of a meeting."""

    def __init__(self, calendar: WorkCalendar, rng: Random) -> None:
        self._calendar, self._rng = calendar, rng

    def minutes(self, meeting: Planned, chair: str, speakers: list[str]) -> list[Line]:
        """The lines of a whole meeting; `speakers` are names of those who were there."""
        texts = list(self._lines(meeting, chair, speakers))
        return [
            Line(text, number / len(texts), text.startswith("! "))
            for number, text in enumerate(texts)
        ]

    def _lines(self, meeting: Planned, chair: str, speakers: list[str]) -> Iterator[str]:
        yield f"Khai mạc lúc {meeting.start:%H giờ %M} dưới sự chủ trì của đồng chí {chair}."
        for topic in meeting.topics:
            yield f"# {topic.name}"
            yield from self._item(topic, meeting, speakers, brief=len(meeting.topics) > 1)
        yield f"Cuộc họp kết thúc lúc {meeting.end:%H giờ %M} cùng ngày."

    def _item(
        self, topic: Topic, meeting: Planned, speakers: list[str], *, brief: bool
    ) -> Iterator[str]:
        rng, day = self._rng, meeting.start.date()

        def filled(template: str) -> str:
            return template.format(**filling(rng, day, meeting.commune))

        reports = rng.sample(topic.reports, min(len(topic.reports), 1 if brief else 3))
        for unit, report in zip((topic.lead, *topic.others), reports, strict=False):
            yield f"@{unit}: {filled(report)}"
        if not brief:
            opinions = rng.sample(topic.opinions, len(topic.opinions))
            for speaker, opinion in zip(
                rng.sample(speakers, len(speakers)), opinions, strict=False
            ):
                yield f"@{speaker}: {filled(opinion)}"
        if rng.random() < 0.8:
            yield f"= {filled(rng.choice(topic.assessments))}"
        count = rng.choice((1, 1, 2) if brief else (1, 2, 2, 3))
        for template in rng.sample(topic.tasks, min(count, len(topic.tasks))):
            yield f"{self._mark()} {self.direction(topic, template, day, meeting.commune)}"
        if topic.commune_tasks and rng.random() < 0.45:
            template = rng.choice(topic.commune_tasks)
            unit = f"UBND {meeting.commune}"
            yield f"{self._mark()} {self._told(f'Giao {unit}', template, day, meeting.commune)}"

    def _mark(self) -> str:
        return "=" if self._rng.random() < _UNFINISHED else "!"

    def direction(self, topic: Topic, template: str, day: date, commune: str) -> str:
        """A task for the topic's lead unit, alone or together with others."""
        start = self._rng.choice((f"Giao {topic.lead}", f"Giao {topic.lead}", topic.lead))
        if self._rng.random() < 0.4:
            others = self._rng.sample(topic.others, self._rng.randrange(1, len(topic.others) + 1))
            start = f"Giao {topic.lead} chủ trì, phối hợp với {', '.join(others)}"
        return self._told(start, template, day, commune)

    def _told(self, start: str, template: str, day: date, commune: str) -> str:
        values = filling(self._rng, day, commune)
        values["due"] = deadline_words(self._rng, day, self._calendar)
        return f"{start} {template.format(**values)}."
