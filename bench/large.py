"""Ten years of an office for the benchmarks: meetings with minutes, follow-ups with their events.

`build(path)` writes what `office.demo` would say, quicker: sentences are read once and used again
on other days, and rows go in by the thousand. Triggers note every cell, as in daily use, so that
the file is as large as a real one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from office.calendar import work_calendar
from office.conclusions import followup_id
from office.demo.spoken import filling
from office.demo.staff import Names
from office.demo.talk import Talk
from office.demo.words import Topic, topics, units
from office.known import known
from office.moments import ZONE, to_utc
from schema.document import Document
from schema.ids import uuid7
from schema.records import (
    Field,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Text,
    TextUpdate,
    Unit,
)
from schema.store import Store
from schema.tables import columns_of, table_of
from schema.texts import keep_plain

LAST = date(2026, 2, 27)
YEARS = 10
_POOL = 1500
_BATCH = 500
_LEADERS = 4
# The events after "proposed", and the share of follow-ups that they leave where they are.
_LIVES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("assigned", "done"), 82),
    (("assigned", "started"), 9),
    (("assigned",), 4),
    (("assigned", "submitted"), 2),
    (("assigned", "paused"), 1),
    (("assigned", "cancelled"), 1),
    ((), 1),
)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence with the cells it was read into; `days` from being said to being due."""

    sentence: str
    cells: dict[str, Any]
    days: int | None


def build(
    path: Path,
    *,
    meetings: int = 5000,
    followups: int = 30_000,
    years: int = YEARS,
    lines: int = 0,
    seed: int = 1,
) -> None:
    """Make the new database `path` with so many meetings and follow-ups; each meeting's minutes
    have `lines` lines at least."""
    rng = Random(seed)
    with Store(path, randomness=rng.randbytes) as store:
        # What is made here anew each time may be lost with the machine.
        store.connection.execute("PRAGMA synchronous = OFF")
        store.connection.execute("PRAGMA temp_store = MEMORY")
        fields = topics()
        pool = _found(store, rng, fields, min(_POOL, followups))
        persons = [person.id for person in store.live(Person)]
        led = [
            store.insert(Field(name=topic.name, leader=persons[n % _LEADERS], position=float(n)))
            for n, topic in enumerate(fields)
        ]
        first = datetime.combine(LAST - timedelta(days=365 * years), time(8), ZONE)
        step = timedelta(days=365 * years) / max(1, meetings)
        shares = (followups * n // meetings for n in range(meetings + 1))
        counts = _differences(shares)
        for start in range(0, meetings, _BATCH):
            batch = _Batch(rng, pool, fields, persons, lines, [field.id for field in led])
            for number in range(start, min(start + _BATCH, meetings)):
                batch.meeting(first + step * number, next(counts))
            batch.write(store)
        store.connection.execute("PRAGMA optimize")
        store.connection.execute("PRAGMA synchronous = FULL")


def _differences(numbers: Iterable[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        if number or before:
            yield number - before
        before = number


def _found(store: Store, rng: Random, fields: Sequence[Topic], count: int) -> list[_Spoken]:
    """Write units and people; give `count` sentences that ask for something, read."""
    with store.transaction():
        store.set_local({"name": "Bench"})
        for unit, _parent in units():
            store.insert(unit)
        names = Names(rng)
        for _ in range(200):
            store.insert(Person(name=names.new()))
    calendar, reader = work_calendar(store), known(store)
    talk = Talk(calendar, rng)
    communes = [u.name.removeprefix("UBND ") for u in store.live(Unit) if u.type == "ubnd_xa"]
    pool = []
    for _ in range(count):
        topic = rng.choice(fields)
        sentence = talk.direction(topic, rng.choice(topic.tasks), LAST, rng.choice(communes))
        cells = reader.cells(reader.read(sentence, LAST))
        due = cells.get("due")
        days = (date.fromisoformat(due) - LAST).days if due else None
        pool.append(_Spoken(sentence, cells, days))
    return pool


class _Batch:
    """Rows of some meetings, to be written together."""

    def __init__(
        self,
        rng: Random,
        pool: list[_Spoken],
        fields: Sequence[Topic],
        persons: list[str],
        lines: int,
        led: Sequence[str],
    ) -> None:
        self._led = led
        self._rng, self._pool, self._fields, self._persons = rng, pool, fields, persons
        self._lines = lines
        self._talk = [
            f"@{topic.lead}: {text}"
            for topic in fields
            for text in (*topic.reports, *topic.opinions)
        ]
        self._rows: dict[type[Any], list[Any]] = {
            record: []
            for record in (
                Meeting, Text, TextUpdate, Followup, FollowupSource, FollowupEvent,
            )
        }  # fmt: skip

    def _id(self, at: datetime) -> str:
        return uuid7(int(at.timestamp() * 1000), self._rng.randbytes)

    def meeting(self, at: datetime, followups: int) -> None:
        """One meeting at a time, with its minutes and so many follow-ups."""
        rng = self._rng
        topic = rng.choice(self._fields)
        values = filling(rng, at.date(), "xã Tam Đảo")
        now, end = to_utc(at), to_utc(at + timedelta(hours=2))
        meeting = Meeting(
            id=self._id(at),
            created_at=now,
            title=rng.choice(topic.titles).format(**values),
            chair=rng.choice(self._persons),
            starts_at=now,
            opened_at=now,
            ends_at=end,
            closed_at=end,
        )
        said = rng.sample(self._pool, min(followups, len(self._pool)))
        lines = [f"Khai mạc lúc {at:%H giờ %M}.", f"# {topic.name}"]
        spoken = (*topic.reports, *topic.opinions)
        filled = [t.format(**filling(rng, at.date(), "xã Tam Đảo")) for t in spoken]
        lines += [f"@{topic.lead}: {text}" for text in filled]
        more = rng.choices(self._talk, k=max(self._lines - len(lines) - len(said), 0))
        lines += [t.format(**filling(rng, at.date(), "xã Tam Đảo")) for t in more]
        lines += [f"= {template.format(**values)}" for template in topic.assessments]
        first = len("\n".join(lines)) + 1
        lines += [f"! {task.sentence}" for task in said]
        document = Document("Bench", clock=at.timestamp, peer=rng.getrandbits(56))
        document.insert(0, "\n".join(lines))
        update = document.pending()
        self._rows[Meeting].append(meeting)
        self._rows[Text].append(
            Text(id=meeting.id, created_at=now, plain=document.text, updated_at=end)
        )
        self._rows[TextUpdate].append(
            TextUpdate(id=self._id(at), created_at=now, text=meeting.id, data=update or b"")
        )
        for task in said:
            self._followup(meeting.id, task, document.anchor(first + 2), at)
            first += len(task.sentence) + 3

    def _followup(self, meeting: str, spoken: _Spoken, anchor: bytes, at: datetime) -> None:
        rng, now = self._rng, to_utc(at)
        cells = dict(spoken.cells)
        if spoken.days is not None:
            cells["due"] = (at.date() + timedelta(days=spoken.days)).isoformat()
        id = followup_id(meeting, anchor)
        self._rows[Followup].append(
            Followup(
                id=id,
                created_at=now,
                meeting=meeting,
                anchor=anchor,
                line=spoken.sentence,
                field=rng.choice(self._led),
                **cells,
            )
        )
        self._rows[FollowupSource].append(
            FollowupSource(id=self._id(at), created_at=now, followup=id, meeting=meeting)
        )
        kinds = rng.choices([kinds for kinds, _ in _LIVES], [share for _, share in _LIVES])[0]
        for kind in ("proposed", *kinds):
            self._rows[FollowupEvent].append(
                FollowupEvent(
                    id=self._id(at), created_at=to_utc(at), followup=id, kind=kind, at=to_utc(at)
                )
            )
            at += timedelta(days=rng.randrange(1, 15))

    def write(self, store: Store) -> None:
        with store.transaction():
            for record, rows in self._rows.items():
                insert(store, record, rows)
            for text in self._rows[Text]:
                row = store.connection.execute(
                    "SELECT seq FROM text_update WHERE text = ?", (text.id,)
                ).fetchone()
                keep_plain(store, text.id, text.plain, row[0])


def insert(store: Store, record: type[Any], rows: Iterable[Any]) -> None:
    """Write rows at once, each with its own id and time; what a machine derives comes with them."""
    columns = [c.name for c in columns_of(record) if c.name not in ("seq", "state")]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    store.connection.executemany(
        f'INSERT INTO "{table_of(record).name}" ({names}) VALUES ({marks})',
        ([getattr(row, name) for name in columns] for row in rows),
    )
