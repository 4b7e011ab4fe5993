"""How syncing stands, in a few cheap reads. Public entrance: `Standing`, `Look`.

The app asks for it all the time, from a thread of its own: the folder is not touched, and what
takes long to count is counted again only when something of it has changed.
"""

from dataclasses import dataclass

from schema.store import Store
from sync.conflicts import conflicts
from sync.diary import Diary, diary
from sync.local import FOLDER, JOINING, Stamp, keys_path, stamp
from sync.problem import Problem, Reason

# Local setting: how many changes are in the files that wait to be put into the folder.
OUTGOING = "sync_outgoing"
# More waiting changes than this are not counted.
MOST_PENDING = 100_000
# After so many changes in one look the conflicts are counted without looking for what they touch.
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """`folder` is where this database syncs, `asking` where it waits to be let in, perhaps again;
    one of them is there. `pending` is how many changes wait to be sent."""

    folder: str
    asking: str
    diary: Diary
    pending: int
    conflicts: int
    problems: tuple[Problem, ...]
    keys: Stamp = (0, 0)
    """What is known of who belongs, as last written."""

    @property
    def alarms(self) -> tuple[Problem, ...]:
        """The problems that do not pass by themselves."""
        return tuple(problem for problem in self.problems if not problem.passing)


class Look:
    """Looks again and again at one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seq = -1
        self._cells = 0
        self._conflicts = 0

    def __call__(self) -> Standing | None:
        """None where the database belongs to no workspace and does not ask to. Raises ThukyError
        where it cannot be read."""
        store = self._store
        with store.snapshot():
            folder, asking = store.local(FOLDER), store.local(JOINING)
            if not (folder or asking):
                return None
            return Standing(
                folder=folder,
                asking=asking,
                diary=diary(store.path),
                pending=pending(store) if folder else 0,
                conflicts=self._count(),
                problems=tuple(problem for problem, _ in problems(store)),
                keys=stamp(keys_path(store.path)),
            )

    def _count(self) -> int:
        """How many values were overwritten unseen."""
        run = self._store.connection.execute
        (cells,) = run("SELECT count(*) FROM conflict_cell").fetchone()
        (last,) = run("SELECT coalesce(max(seq), 0) FROM change").fetchone()
        if cells and (cells != self._cells or self._touched(last)):
            self._conflicts = len(conflicts(self._store))
        elif not cells:
            self._conflicts = 0
        self._cells, self._seq = cells, last
        return self._conflicts

    def _touched(self, last: int) -> bool:
        if last - self._seq > _MANY:
            return True
        query = (
            "SELECT 1 FROM change c WHERE c.seq > ? AND EXISTS (SELECT 1 FROM conflict_cell d"
            " WHERE d.tbl = c.tbl AND d.row = c.row) LIMIT 1"
        )
        return self._store.connection.execute(query, (self._seq,)).fetchone() is not None


def pending(store: Store) -> int:
    """How many changes wait to be sent, without those that never leave this machine."""
    run = store.connection.execute
    rows = run("SELECT tbl, row FROM change WHERE log IS NULL LIMIT ?", (MOST_PENDING,)).fetchall()
    if rows and run("SELECT 1 FROM meeting WHERE secrecy <> '' LIMIT 1").fetchone():
        from schema.secrecy import withheld

        held = withheld(store)
        rows = [(table, row) for table, row in rows if row not in held.get(table, ())]
    return len(rows) + outgoing(store)


def outgoing(store: Store) -> int:
    """How many changes are in files that could not be put into the folder yet."""
    there = store.connection.execute("SELECT 1 FROM outgoing LIMIT 1").fetchone()
    return int(store.local(OUTGOING, "0")) if there else 0


def problems(store: Store) -> list[tuple[Problem, str]]:
    """What keeps something from arriving or leaving, and since when (UTC)."""
    rows = store.connection.execute(
        "SELECT reason, path, device, detail, since FROM sync_problem ORDER BY since, path"
    )
    return [(Problem(Reason(row[0]), *row[1:4]), row[4]) for row in rows]
