"""What a machine keeps of its agreeing with the others, as records. Public entrance: `State`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schema.store import Store
from sync.change import START, Position
from sync.problem import Problem
from sync.segment import Outgoing
from sync.standing import OUTGOING, problems


@dataclass(frozen=True, slots=True)
class Agreement:
    """Until when another device was seen to hold the same as this one (UTC); where it did not,
    `differs` names the first row that is different, as `table/id`."""

    device: str
    at: str
    differs: str | None = None


class State:
    """The local tables of `schema.local_tables` that belong to syncing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: list[Problem] | None = None

    # Places in the logs

    def places(self) -> dict[str, Position]:
        """How far each device's log is applied here; for this one, how far it is in the folder."""
        rows = self._store.connection.execute("SELECT device, last, head FROM log_position")
        return {device: Position(last, bytes(head)) for device, last, head in rows}

    def place(self, device: str) -> Position:
        return self.places().get(device, START)

    def move(self, device: str, place: Position) -> None:
        self._store.connection.execute(
            "INSERT INTO log_position (device, last, head) VALUES (?, ?, ?) ON CONFLICT (device)"
            " DO UPDATE SET last = excluded.last, head = excluded.head",
            (device, *place),
        )

    def leave(self, device: str) -> None:
        """Read that log from its beginning again."""
        self._store.connection.execute("DELETE FROM log_position WHERE device = ?", (device,))

    # Files on their way out

    def outgoing(self) -> list[Outgoing]:
        rows = self._store.connection.execute("SELECT path, data, last, head FROM outgoing")
        return [Outgoing(path, bytes(data), Position(*place)) for path, data, *place in rows]

    def keep_outgoing(self, files: Sequence[Outgoing], changes: int) -> None:
        """Keep the files, which hold so many changes; no others are on their way."""
        self._store.set_local({OUTGOING: str(changes)})
        self._store.connection.executemany(
            "INSERT INTO outgoing (path, data, last, head) VALUES (?, ?, ?, ?)",
            [(file.path, file.data, *file.position) for file in files],
        )

    def drop_outgoing(self, upto: int | None = None) -> None:
        """Forget the files up to that number, or all."""
        where = "1" if upto is None else f"last <= {int(upto)}"
        self._store.connection.execute(f"DELETE FROM outgoing WHERE {where}")

    # What is told

    def problems(self) -> list[tuple[Problem, str]]:
        """What keeps something from arriving or leaving, and since when (UTC)."""
        return problems(self._store)

    def tell(self, found: Iterable[Problem]) -> None:
        """Keep the present problems in the place of the former."""
        present = sorted({(p.reason, p.path): p for p in found}.values(), key=str)
        if present == self._told:
            return
        run = self._store.connection.execute
        with self._store.transaction():
            since = {(p.reason, p.path): at for p, at in self.problems()}
            run("DELETE FROM sync_problem")
            now = self._store.now()
            for p in present:
                run(
                    "INSERT INTO sync_problem (reason, path, device, detail, since)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (p.reason, p.path, p.device, p.detail, since.get((p.reason, p.path), now)),
                )
        self._told = present

    def agreements(self) -> list[Agreement]:
        rows = self._store.connection.execute(
            "SELECT device, at, differs FROM agreement ORDER BY device"
        )
        return [Agreement(*row) for row in rows]

    def agree(self, agreement: Agreement) -> None:
        with self._store.transaction():
            self._store.connection.execute(
                "INSERT INTO agreement (device, at, differs) VALUES (?, ?, ?) ON CONFLICT (device)"
                " DO UPDATE SET at = excluded.at, differs = excluded.differs",
                (agreement.device, agreement.at, agreement.differs),
            )

    def forget_differences(self, present: Iterable[str]) -> None:
        """What differed at a device that is not `present` any more, as one that has another name
        now, is no difference."""
        gone = {a.device for a in self.agreements() if a.differs} - set(present)
        if gone:
            with self._store.transaction():
                self._store.connection.executemany(
                    "DELETE FROM agreement WHERE device = ?", [(device,) for device in gone]
                )
