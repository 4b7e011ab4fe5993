"""The sample office's desk: what a secretary writes into the database at each moment."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from office import followups
from office.conclusions import followup_id
from office.demo.cast import SECRETARY
from office.demo.directions import COMMITTEE, OFFICE
from office.demo.lives import Step
from office.demo.papers import Paper
from office.demo.program import CHAIRMAN, CHIEF, SERIES, Planned
from office.demo.staff import Staff
from office.demo.talk import Line
from office.demo.words import Topic
from office.known import Known
from office.lateness import last_day
from office.marks import content_of
from office.moments import to_utc
from office.points import missing
from office.reading import Reading
from schema import texts
from schema.document import Document
from schema.records import (
    AgendaItem,
    Attendance,
    Field,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Series,
    Unit,
)
from schema.store import Store

_FILLED_IN = 0.86
"""The share of follow-ups whose open points the secretary filled in at once."""
_RESULT = "Báo cáo kết quả"
_UNCLEAR = "giao ngay tại cuộc họp, điểm còn thiếu bổ sung sau"
_BY_UNIT = ("taken", "progressed", "submitted", "refused", "extension_asked", "answered")
_STATUSES = ("present", "late", "absent", "excused", "substituted")
_STATUS_WEIGHTS = (86, 3, 2, 4, 5)


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of minutes that is a task: its words, the anchor of their start, when it was typed."""

    words: str
    anchor: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up as it was written down: where it comes from and what its life hangs on. `unclear`
    is whether a point was left open."""

    id: str
    unit: str
    product: str
    born: datetime
    due: date | None
    lead: str | None = None
    person: str | None = None
    authority: str = ""
    unclear: bool = False


class Desk:
    """Writes records at the moment that the store's clock shows."""

    def __init__(
        self, store: Store, reader: Known, units: Mapping[str, Unit], staff: Staff, rng: Random
    ) -> None:
        self.store, self.reader, self.units, self.staff = store, reader, units, staff
        self._names = {unit.id: unit.name for unit in units.values()}
        self._departments = [u.name for u in units.values() if u.type == "so_ban_nganh"]
        self._rng = rng
        self._fields: dict[str, str] = {}

    def keep_fields(self, fields: Sequence[Topic]) -> None:
        """The fields of the office's work, each with the vice-chairman who heads it; what a unit
        leads is of the first field that it leads."""
        for position, topic in enumerate(fields, start=1):
            leader = self.staff.deputies[topic.deputy].id
            made = Field(name=topic.name, leader=leader, position=float(position))
            self._fields.setdefault(topic.lead, self.store.put(made))

    # Meetings

    def keep_series(self) -> list[Series]:
        return [
            self.store.insert(
                Series(
                    title=series.title,
                    kind=series.kind,
                    rule=series.rule,
                    host=self._host(series.chair).id,
                    chair=self.chair(series.chair).id,
                    place=series.place,
                    time=f"{series.time:%H:%M}",
                )
            )
            for series in SERIES
        ]

    def announce(self, planned: Planned, series: str | None, *, held: bool) -> Meeting:
        """Write a meeting with its agenda and who is wanted; of one that was held, who came."""
        chair = self.chair(planned.chair)
        meeting = self.store.insert(
            Meeting(
                title=planned.title,
                kind=planned.kind,
                series=series,
                host=self._host(planned.chair).id,
                chair=chair.id,
                place=planned.place,
                starts_at=to_utc(planned.start),
                ends_at=to_utc(planned.end),
                opened_at=to_utc(planned.start) if held else None,
                closed_at=to_utc(planned.end) if held else None,
                urgency=planned.urgency,
            )
        )
        for position, topic in enumerate(planned.topics, start=1):
            self.store.insert(
                AgendaItem(
                    meeting=meeting.id,
                    position=float(position),
                    title=topic.name,
                    presenter=topic.lead,
                    minutes=self._rng.choice((15, 20, 30)),
                )
            )
        for position, (person, unit, role) in enumerate(self._wanted(planned), start=1):
            status = "invited"
            if held:
                odds = self._rng.choices(_STATUSES, _STATUS_WEIGHTS)[0]
                status = odds if role in ("member", "presenter") else "present"
            self.store.insert(
                Attendance(
                    meeting=meeting.id,
                    person=person.id,
                    unit=unit,
                    role=role,
                    status=status,
                    substitute=self.staff.names.new() if status == "substituted" else "",
                    position=float(position),
                )
            )
        return meeting

    def speakers(self, planned: Planned) -> list[str]:
        return [person.name for person, _, role in self._wanted(planned) if role != "secretary"]

    def chair(self, number: int) -> Person:
        if number == CHAIRMAN:
            return self.staff.chairman
        return self.staff.chief if number == CHIEF else self.staff.deputies[number]

    def _host(self, chair: int) -> Unit:
        return self.units[OFFICE if chair == CHIEF else COMMITTEE]

    def _wanted(self, planned: Planned) -> list[tuple[Person, str, str]]:
        """Who is to come, in order of protocol: the person, their unit, their part."""
        on = planned.start.date()
        chair = self.chair(planned.chair)
        parts = {chair.id: (chair, self._host(planned.chair).id, "chair")}

        def add(unit: str, role: str) -> None:
            head = self.staff.head(unit, on)
            parts.setdefault(head.id, (head, self.units[unit].id, role))

        for topic in planned.topics:
            add(topic.lead, "presenter")
            for other in topic.others:
                add(other, "member")
        if not planned.topics:  # the year-opening conference
            for leader in (self.staff.chairman, *self.staff.deputies):
                parts[leader.id] = (leader, self.units[COMMITTEE].id, "member")
            for deputy in self.staff.deputy_chiefs:
                parts[deputy.id] = (deputy, self.units[OFFICE].id, "presenter")
        if planned.kind == "conference":
            for unit in self._departments:
                add(unit, "member")
        if planned.commune and len(planned.topics) == 1:
            add(f"UBND {planned.commune}", "member")
        add(OFFICE, "member")
        secretary = self.staff.secretary
        parts[secretary.id] = (secretary, self.units[OFFICE].id, "secretary")
        return list(parts.values())

    # Minutes

    def write_minutes(
        self, meeting: Meeting, planned: Planned, lines: Sequence[Line]
    ) -> list[Taken]:
        """Type a meeting's minutes. Returns the lines that were made follow-ups."""
        whole = "\n".join(line.text for line in lines)
        # One peer for each meeting and wording: the same sample twice merges into one.
        peer = int.from_bytes(hashlib.sha256(f"{meeting.id}{whole}".encode()).digest()[:7], "big")
        now = planned.start
        document = Document(SECRETARY, clock=lambda: now.timestamp(), peer=peer)
        starts: list[int] = []
        for line in lines:
            now = planned.start + planned.length * line.at
            starts.append(len(document) + bool(starts))
            document.insert(len(document), f"\n{line.text}" if starts[1:] else line.text)
            document.checkpoint()
        update = document.pending() or b""
        seq = texts.append(self.store, meeting.id, update)
        texts.keep_plain(self.store, meeting.id, document.text, seq)
        return [
            Taken(
                content_of(line.text),
                document.anchor(start + 2),
                planned.start + planned.length * line.at,
            )
            for line, start in zip(lines, starts, strict=True)
            if line.taken
        ]

    # Follow-ups

    def take(
        self,
        meeting: Meeting,
        line: Taken,
        typed: Mapping[str, str] = MappingProxyType({}),
    ) -> Task:
        """Make a line's words a follow-up; `typed` are cells that were filled in by hand, and where
        there are any, nothing else is."""
        day = line.at.date()
        reading = self.reader.read(line.words, day)
        cells = self.reader.cells(reading) | dict(typed) if typed else self._cells(reading, day)
        id = followup_id(meeting.id, line.anchor)
        tied = {"meeting": meeting.id, "anchor": line.anchor, "line": line.words}
        return self._keep(Followup(id=id, **cells | tied), line.at)

    def take_paper(self, paper: Paper) -> Task:
        day = paper.at.date()
        cells = self._cells(self.reader.read(paper.sentence, day), day)
        source = FollowupSource(
            kind=paper.kind,
            number=paper.number,
            issuer=paper.issuer,
            issued_on=paper.issued_on.isoformat(),
            excerpt=paper.sentence,
        )
        return self._keep(Followup(id=self.store.new_id(), **cells), paper.at, source)

    def _keep(
        self, followup: Followup, born: datetime, source: FollowupSource | None = None
    ) -> Task:
        unit = self._names.get(followup.lead or "", OFFICE)
        followup = replace(followup, field=self._fields.get(unit))
        kept = followups.add(self.store, followup, by=SECRETARY, source=source)
        due = date.fromisoformat(kept.due) if kept.due else None
        if due and not kept.inclusive and not kept.due_time:
            due -= timedelta(days=1)
        return Task(
            kept.id,
            unit,
            kept.product or _RESULT,
            born,
            due,
            kept.lead,
            kept.accountable_person,
            kept.authority,
            bool(missing(kept)),
        )

    def _cells(self, reading: Reading, on: date) -> dict[str, Any]:
        """What a sentence states, and mostly what the rules suggest for the rest."""
        cells = self.reader.cells(reading)
        if self._rng.random() > _FILLED_IN:
            return cells
        filled = {"product": _RESULT, **reading.suggested} | cells
        lead = self._names.get(filled.get("lead", ""), "")
        if lead and "accountable" not in cells:
            filled["accountable_person"] = self.staff.head(lead, on).id
        return filled

    def happen(self, task: Task, step: Step) -> None:
        """One event of a follow-up's life, as it comes, and what it changes."""
        told = dict(step.told)
        note = step.note
        if step.kind in _BY_UNIT or step.kind in ("assigned", "reminded"):
            told |= {"unit": task.lead, "person": task.person if step.kind != "reminded" else None}
        if step.kind == "assigned" and task.unclear:
            told["waived"] = "points"
            note = note or _UNCLEAR
        if step.kind == "done":
            # Where nobody is named as the authority, the office's own deputy chief accepts.
            told["value"] = task.authority or "Phó Chánh Văn phòng"
        if step.due:
            last = last_day(self.store.get(Followup, task.id))
            told |= {
                "due_from": last.isoformat() if last else None,
                "due_to": step.due.isoformat(),
            }
        self.store.put(
            FollowupEvent(
                followup=task.id,
                kind=step.kind,
                at=self.store.now(),
                by=self._by(task, step.kind),
                note=note,
                **told,
            )
        )
        if step.due and step.kind == "extended":
            self.store.update(Followup, task.id, due=step.due.isoformat(), inclusive=1)
        if step.effect_due:
            self.store.update(Followup, task.id, effect_due=step.effect_due.isoformat())

    def _by(self, task: Task, kind: str) -> str:
        if kind in _BY_UNIT:
            return self.staff.head(task.unit, task.born.date()).name
        if kind == "reminded":
            return SECRETARY
        return self.staff.deputy_chiefs[int(task.id[-1], 16) % len(self.staff.deputy_chiefs)].name

    def announce_notice(self, meeting: Meeting, tasks: Sequence[Task], number: str) -> None:
        """The conclusion notice of a meeting is issued: another source of its follow-ups."""
        for task in tasks:
            self.store.insert(
                FollowupSource(
                    followup=task.id,
                    kind="notice",
                    meeting=meeting.id,
                    number=number,
                    issued_on=self.store.now()[:10],
                    issuer=COMMITTEE,
                )
            )
