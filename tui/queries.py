"""What the screens ask of the store, so that no screen holds SQL."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from office.moments import ZONE, to_utc
from schema.conditions import OPEN, any_of, lacks, late
from schema.database import explained
from schema.errors import N_
from schema.records import (
    AgendaItem,
    Attendance,
    Followup,
    Meeting,
    Person,
    Post,
    RegisterEvent,
    Series,
    Unit,
)
from schema.store import Store
from schema.tables import table_of
from tui.words import _

if TYPE_CHECKING:
    from office.directory import Directory


def live_meetings(store: Store) -> Sequence[Meeting]:
    """Those that are being held, the one opened last first."""
    return store.live(
        Meeting, "opened_at IS NOT NULL AND closed_at IS NULL ORDER BY opened_at DESC"
    )


def meetings_between(store: Store, first: date, last: date) -> Sequence[Meeting]:
    """Those that start on one of these days in the office, in order of time."""
    start = datetime.combine(first, time(), ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), ZONE)
    within = "starts_at >= ? AND starts_at < ? ORDER BY starts_at, id"
    return store.live(Meeting, within, to_utc(start), to_utc(end))


def meetings_from(store: Store, first: date, most: int) -> Sequence[Meeting]:
    """The first ones that start on that day in the office or later, in order of time."""
    start = datetime.combine(first, time(), ZONE)
    return store.live(Meeting, "starts_at >= ? ORDER BY starts_at, id LIMIT ?", to_utc(start), most)


def meeting_ids(store: Store) -> list[str]:
    """Those of all meetings, in order of time."""
    with explained(store.path):
        rows = store.connection.execute(
            "SELECT id FROM meeting WHERE deleted_at IS NULL ORDER BY starts_at, id"
        )
        return [str(id) for (id,) in rows]


def meeting_texts(store: Store) -> list[tuple[str, str]]:
    """Of each meeting, in order of time, its id and what it is found by: title, moment, place,
    the names of chair and host."""
    offset = datetime.now(ZONE).utcoffset() or timedelta()
    with explained(store.path):
        rows = store.connection.execute(
            "SELECT m.id, m.title || ' ' || m.place || ' '"
            " || coalesce(strftime('%H:%M %d/%m/%Y', m.starts_at, ?), '') || ' '"
            " || coalesce(p.name, '') || ' ' || coalesce(u.name, '')"
            " FROM meeting m LEFT JOIN person p ON p.id = m.chair LEFT JOIN unit u ON u.id = m.host"
            " WHERE m.deleted_at IS NULL ORDER BY m.starts_at, m.id",
            (f"{offset.total_seconds()} seconds",),
        )
        return [(str(id), str(text)) for id, text in rows]


def meetings(store: Store, ids: Sequence[str]) -> Sequence[Meeting]:
    """The meetings of these ids, in their order; without those that are gone."""
    marks = ", ".join("?" * len(ids))
    found = {m.id: m for m in store.live(Meeting, f"id IN ({marks})", *ids)}
    return [found[id] for id in ids if id in found]


def first_from(store: Store, moment: str) -> str | None:
    """The id of the first meeting that is held now or starts at `moment` (UTC) or later."""
    for where in (
        "opened_at IS NOT NULL AND closed_at IS NULL ORDER BY opened_at DESC LIMIT 1",
        "starts_at >= ? ORDER BY starts_at, id LIMIT 1",
    ):
        if found := store.live(Meeting, where, *[moment] * where.count("?")):
            return found[0].id
    return None


def followups_due(store: Store, by: date, limit: int) -> Sequence[Followup]:
    """Open ones due on a day or before, the earliest first; of what many do, the whole."""
    due = f"due <= ? AND role <> 'part' AND {OPEN.sql} ORDER BY due, id LIMIT ?"
    return store.live(Followup, due, by.isoformat(), limit)


class Standing(NamedTuple):
    """How many follow-ups are open, and of these how many are late or leave a point open."""

    open: int
    late: int
    unclear: int


def standing(store: Store, today: date) -> Standing:
    passed = late(today)
    unclear = any_of(map(lacks, ("lead", "deadline", "product", "authority")))
    with explained(store.path):
        row = store.connection.execute(
            f"SELECT count(*), sum({passed.sql}), sum({unclear.sql}) FROM followup"
            f" WHERE deleted_at IS NULL AND role = '' AND {OPEN.sql}",
            (*passed.values, *unclear.values),
        ).fetchone()
    return Standing(*(int(number or 0) for number in row))


def register_taken(store: Store, since: str) -> bool:
    """Whether the register of official numbers was taken over without a hand-over after `since`
    (UTC)."""
    return bool(
        store.select(
            RegisterEvent, "WHERE kind = 'take_over' AND term > 1 AND created_at > ?", since
        )
    )


def agenda_of(store: Store, meeting: str) -> Sequence[AgendaItem]:
    return store.live(AgendaItem, "meeting = ? ORDER BY position, id", meeting)


def attendance_of(store: Store, meeting: str) -> Sequence[Attendance]:
    return store.live(Attendance, "meeting = ? ORDER BY position, id", meeting)


def last_change(store: Store) -> int:
    """The number of the last noted change."""
    with explained(store.path):
        (seq,) = store.connection.execute("SELECT max(seq) FROM change").fetchone()
        return int(seq or 0)


def changed_since(store: Store, seq: int, records: Sequence[type[Any]]) -> bool:
    """Whether a row of one of these tables changed after change number `seq`."""
    names = [table_of(record).name for record in records]
    marks = ", ".join("?" * len(names))
    with explained(store.path):
        query = f"SELECT 1 FROM change WHERE seq > ? AND tbl IN ({marks}) LIMIT 1"
        return store.connection.execute(query, (seq, *names)).fetchone() is not None


def all_series(store: Store) -> Sequence[Series]:
    return store.live(Series, "1 ORDER BY title, id")


def last_of_series(store: Store, series: str) -> Meeting | None:
    """The meeting of a series that starts last."""
    found = store.live(Meeting, "series = ? ORDER BY starts_at DESC LIMIT 1", series)
    return found[0] if found else None


def posts_of(store: Store, person: str) -> Sequence[Post]:
    """All posts that a person has held, the last first."""
    return store.live(Post, "person = ? ORDER BY starts_on DESC, id", person)


def posts_on(store: Store, persons: Sequence[str], day: date) -> dict[str, Post]:
    """For each of these persons who holds one on that day, the post held longest."""
    marks = ", ".join("?" * len(persons))
    held = f"person IN ({marks}) AND coalesce(starts_on, '') <= ? AND coalesce(ends_on, ?) >= ?"
    on = day.isoformat()
    found = store.live(Post, f"{held} ORDER BY starts_on DESC", *persons, on, on, on)
    return {post.person: post for post in found if post.person}


def directory(store: Store) -> "Directory":
    from office.directory import Directory  # no start needs it

    return Directory(store.live(Unit), store.live(Person), store.live(Post))


NOW = N_("{name} (nay là {successor})")
"""What a unit that was merged is called."""


def unit_names(store: Store) -> dict[str, tuple[str, str]]:
    """Of each unit its name and abbreviation, by its id."""
    with explained(store.path):
        rows = store.connection.execute("SELECT id, name, abbr FROM unit")
        return {id: (name, abbr) for id, name, abbr in rows}


class Names:
    """The names of units and persons, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def __call__(self, id: str | None) -> str:
        if not id:
            return ""
        if id not in self._known:
            found = self._store.find(Unit, id) or self._store.find(Person, id)
            self._known[id] = self._shown(found) if found else ""
        return self._known[id]

    def _shown(self, found: Unit | Person) -> str:
        """Its name; of a unit that was merged also what it is now."""
        if not isinstance(found, Unit) or not found.successor:
            return found.name
        from office.merging import successors

        now = self._store.find(Unit, successors(self._store.live(Unit)).get(found.id))
        return _(NOW).format(name=found.name, successor=now.name) if now else found.name


def titles(store: Store) -> Sequence[str]:
    """The titles of posts, each once, in the order in which they came up."""
    return list(dict.fromkeys(post.title for post in store.live(Post, "title <> '' ORDER BY id")))


def places(store: Store) -> Sequence[str]:
    """Where meetings have been held, the latest first."""
    recent = store.live(Meeting, "place <> '' ORDER BY starts_at DESC LIMIT 500")
    return list(dict.fromkeys(meeting.place for meeting in recent))
