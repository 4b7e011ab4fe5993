"""What must hold when all troubles are over. Public entrance: `Broken`, `check`."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from schema.records import Text
from schema.secrecy import withheld
from schema.tables import TABLES, Table
from sync import conflicts
from sync.change import ROW
from sync.problem import Refused
from sync.segment import open_segment
from tests.simulation.machine import Machine, Write
from tests.simulation.people import TOKEN
from tests.simulation.world import World

Cell = tuple[str, str, str]


class Broken(AssertionError):
    """A promise that was not kept."""


def check(world: World) -> None:
    """Let everything arrive, twice: first with the secret meetings at home, then with all."""
    calm(world)
    secrets_stay(world)
    replicas_are_alike(world)
    world.unmark_all()
    calm(world)
    replicas_are_alike(world)
    nothing_is_lost(world)
    the_latest_shows(world)
    texts_hold_every_word(world)
    what_was_overwritten_unseen_is_listed(world)


def calm(world: World) -> None:
    """Everybody gets to where nothing is new, without a failure, and says that all is the same."""
    rounds = world.settle()
    for machine, last in zip(world.machines, rounds, strict=True):
        if last.failure is not None:
            raise Broken(f"{machine.device}: {last.failure}")
        if not last.idle:
            raise Broken(f"{machine.device} never comes to rest: {last}")
    for machine in world.machines:
        different = [a for a in machine.engine.state.agreements() if a.differs]
        if different:
            raise Broken(f"{machine.device}: {different}")
        agreed = {a.device for a in machine.engine.state.agreements()}
        missing = {m.device for m in world.machines} - agreed - {machine.device}
        if missing:
            raise Broken(f"{machine.device} does not know itself the same as {missing}")


def rows_of(machine: Machine, table: Table, held: set[str]) -> dict[str, tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in table.synced)
    rows = machine.store.connection.execute(f'SELECT id, {names} FROM "{table.name}"')
    return {row[0]: row[1:] for row in rows if row[0] not in held}


def replicas_are_alike(world: World) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for machine in world.machines:
        for name, rows in withheld(machine.store).items():
            held[name] |= rows
    first, *others = world.machines
    for table in TABLES:
        if table.name == "text_update":
            continue
        wanted = rows_of(first, table, held[table.name])
        for machine in others:
            found = rows_of(machine, table, held[table.name])
            if found != wanted:
                ids = [id for id in wanted.keys() | found.keys() if wanted.get(id) != found.get(id)]
                raise Broken(f"{table.name}/{ids[0]}: {wanted.get(ids[0])} {found.get(ids[0])}")
    for machine in others:
        for text in machine.store.select(Text):
            if text.id not in held["text"] and text.plain != first.store.get(Text, text.id).plain:
                raise Broken(f"text {text.id}")
    states = "SELECT id, state FROM followup ORDER BY id"
    if not any(held.values()):
        known = {repr(m.store.connection.execute(states).fetchall()) for m in world.machines}
        if len(known) > 1:
            raise Broken(f"states: {known}")


def secrets_stay(world: World) -> None:
    """Nothing of a secret meeting is in any byte that anybody wrote."""
    ids = {id for belonging in world.secrets.values() for id in belonging}
    vault = world.machines[0].engine.workspace.vault
    for path, contents in world.network.written.items():
        if not path.endswith(".seg"):
            continue
        for data in contents:
            try:
                segment = open_segment(data, path, vault.workspace, vault.trust)
            except Refused as error:
                raise Broken(f"{path}: {error}") from error
            for batch in segment.batches():
                for change in batch:
                    if change.row in ids:
                        raise Broken(f"{path} holds {change}")


def nothing_is_lost(world: World) -> None:
    """Every write that was acknowledged is in everybody's history; joined text updates are not
    rows of their own any more, and are held to their words."""
    for machine in world.machines:
        known = set(
            machine.store.connection.execute("SELECT tbl, row, col, val, hlc, device FROM change")
        )
        # Who began with a snapshot has of each cell what came last before it.
        wanted = cells(world) if machine.whole else ()
        for write in wanted:
            if (*cell_of(write), write.val, *write.stamp) not in known:
                raise Broken(f"{machine.device} lacks {write}")


def the_latest_shows(world: World) -> None:
    latest: dict[Cell, Write] = {}
    for write in cells(world):
        known = latest.get(cell_of(write))
        if known is None or write.stamp > known.stamp:
            latest[cell_of(write)] = write
    for machine in world.machines:
        for table in TABLES:
            if table.insert_only:
                continue
            for id, row in rows_of(machine, table, set()).items():
                for name, value in zip(table.synced, row, strict=True):
                    wanted = latest.get((table.name, id, name))
                    if wanted is not None and wanted.val != value:
                        raise Broken(f"{machine.device} shows {value!r} and not {wanted}")


def texts_hold_every_word(world: World) -> None:
    for machine in world.machines:
        for text, words in world.tokens.items():
            said = TOKEN.findall(machine.store.get(Text, text).plain)
            wanted = words - world.gone_tokens
            if len(said) != len(set(said)):
                raise Broken(f"{machine.device}: a word is doubled in {text}")
            if wanted - set(said):
                raise Broken(f"{machine.device}: {text} lacks {wanted - set(said)}")


def what_was_overwritten_unseen_is_listed(world: World) -> None:
    wanted = set(lost(world))
    for machine in world.machines:
        found = {
            (c.tbl, c.row, c.lost.col, (c.lost.hlc, c.lost.device), c.deleted)
            for c in conflicts.conflicts(machine.store)
        }
        if found != wanted:
            raise Broken(f"{machine.device} lists {found - wanted} and not {wanted - found}")


def lost(world: World) -> Iterator[tuple[str, str, str, tuple[int, str], bool]]:
    """By what each writer had before him: what nobody knowingly overwrote, and does not show."""
    by_cell: dict[Cell, list[Write]] = defaultdict(list)
    by_row: dict[tuple[str, str], list[Write]] = defaultdict(list)
    for write in cells(world):
        if write.col != ROW:
            by_cell[cell_of(write)].append(write)
    for writes in by_cell.values():
        writes.sort(key=lambda w: w.stamp)
        if writes[-1].col == "created_at":
            continue
        by_row[writes[-1].tbl, writes[-1].row].append(writes[-1])
        seen = set().union(*(w.seen for w in writes))
        for write in writes[:-1]:
            alike = type(write.val) is type(writes[-1].val) and write.val == writes[-1].val
            if write.stamp not in seen and not alike:
                yield (*cell_of(write), write.stamp, False)
    for (table, row), newest in by_row.items():
        deletions = [w for w in by_cell.get((table, row, "deleted_at"), []) if w.val is not None]
        if not deletions or by_cell[table, row, "deleted_at"][-1].val is None:
            continue
        seen = set().union(*(w.seen for w in deletions))
        for write in newest:
            if write.col != "deleted_at" and write.stamp not in seen:
                yield (*cell_of(write), write.stamp, True)


def cells(world: World) -> Iterator[Write]:
    return (w for w in world.writes if w.tbl != "text_update")


def cell_of(write: Write) -> Cell:
    return write.tbl, write.row, write.col
