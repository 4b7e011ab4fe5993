"""What must hold when all troubles are over. Public entrance: `check`."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from schema.records import Text, Unit
from schema.secrecy import withheld
from schema.tables import TABLES, Table
from sync import capture, conflicts
from sync.change import ROW, TWIN
from sync.folder import AlreadyThere
from sync.problem import Refused
from sync.segment import open_segment
from sync.trust import Trust
from sync.workspace import PutOut
from tests.simulation.folder import Broken
from tests.simulation.machine import Machine, Write
from tests.simulation.people import SECRET, TOKEN
from tests.simulation.world import World

Cell = tuple[str, str, str]
Stamp = tuple[int, str]


def check(world: World) -> None:
    """Let everything arrive, twice: first with the secret meetings at home, then with all."""
    for machine in world.members:
        # A twin is found out by what it writes.
        world.setting(machine, world.network.dice)
    calm(world)
    secrets_stay(world)
    replicas_are_alike(world)
    who_is_out_stays_out(world)
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
    members = world.members
    for machine, last in zip(members, rounds, strict=True):
        if last.failure is not None:
            raise Broken(f"{machine.device}: {last.failure}")
        if not last.idle:
            raise Broken(f"{machine.device} never comes to rest: {last}")
    secret = any(rows for machine in members for rows in withheld(machine.store).values())
    for machine in members:
        different = [a for a in machine.engine.state.agreements() if a.differs]
        # Of a machine that was copied something may be marked secret that its twin has sent.
        if different and not ((world.cloned or world.set_back) and secret):
            raise Broken(f"{machine.device}: {different}")
        agreed = {a.device for a in machine.engine.state.agreements()}
        missing = {m.device for m in members} - agreed - {machine.device}
        if missing:
            raise Broken(f"{machine.device} does not know itself the same as {missing}")


def rows_of(machine: Machine, table: Table, held: set[str]) -> dict[str, tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in table.synced)
    rows = machine.store.connection.execute(f'SELECT id, {names} FROM "{table.name}"')
    return {row[0]: row[1:] for row in rows if row[0] not in held}


def replicas_are_alike(world: World) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for machine in world.members:
        for name, rows in withheld(machine.store).items():
            held[name] |= rows
    first, *others = world.members
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
    states = "SELECT id, state, done_at FROM followup ORDER BY id"
    if not any(held.values()):
        known = {repr(m.store.connection.execute(states).fetchall()) for m in world.members}
        if len(known) > 1:
            raise Broken(f"states: {known}")


def secrets_stay(world: World) -> None:
    """Nothing of a secret meeting is in any byte that anybody wrote, and nothing in plain."""
    ids = {id for belonging in world.secrets.values() for id in belonging}
    vault = world.machines[0].engine.workspace.vault
    trust = Trust(vault.trust.members, vault.trust.revoked, world.keys)
    for path, data in world.network.written:
        if SECRET.encode() in data or "Máy".encode() in data:
            raise Broken(f"{path} can be read by anybody")
        if not ids or not path.endswith(".seg"):
            continue
        try:
            segment = open_segment(data, path, vault.workspace, trust)
        except Refused as error:
            # Of one that never came to belong.
            if path.split("/")[1] in trust.members:
                raise Broken(f"{path}: {error}") from error
            continue
        for batch in segment.batches():
            for change in batch:
                if change.row in ids:
                    raise Broken(f"{path} holds {change}")


def who_is_out_stays_out(world: World) -> None:
    """It can read nothing that is written from now on, and nothing that it writes is taken."""
    for machine in world.out:
        vault, workspace = machine.engine.workspace.vault, machine.engine.workspace
        before = len(world.network.written)
        for member in world.members:
            member.store.insert(Unit(name="sau khi loại"))
            member.round()
        for path, data in world.network.written[before:]:
            try:
                if path.endswith(".seg"):
                    open_segment(data, path, vault.workspace, vault.trust)
                    raise Broken(f"{machine.device} is out and reads {path}")
            except Refused:
                continue
        machine.store.insert(Unit(id="intruder", name="của máy đã bị loại"))
        place = machine.engine.state.place(machine.device)
        machine.view.heal()
        machine.round()
        # It goes on with the keys that it has, as if nobody had said anything.
        vault.trust.revoked.clear()
        changes = [change for _, change in capture.unsent(machine.store)]
        with suppress(AlreadyThere, PutOut):
            for outgoing in workspace.seal(changes, place):
                machine.view.write_new(outgoing.path, outgoing.data)
        world.settle()
        for member in world.members:
            if member.store.find(Unit, "intruder"):
                raise Broken(f"{member.device} takes from {machine.device}, which is out")


def known_to(world: World, machine: Machine) -> set[tuple[object, ...]]:
    rows = machine.store.connection.execute("SELECT tbl, row, col, val, hlc, device FROM change")
    return {(*row[:4], *stamp_of(world, row[4:])) for row in rows}


def stamp_of(world: World, stamp: Stamp) -> Stamp:
    device = stamp[1].removeprefix(TWIN).split("-")[0]
    return stamp[0], world.family.get(device, device)


def named(world: World, write: Write) -> tuple[object, ...]:
    return (*cell_of(write), write.val, *stamp_of(world, write.stamp))


def counting(world: World) -> list[Write]:
    """The writes that must be everywhere. What a machine wrote that is out, or whose database was
    set back since, counts where anybody has it."""
    doubtful = doubted(world)
    if not doubtful:
        return list(cells(world))
    known = set().union(*(known_to(world, machine) for machine in world.members))
    return [w for w in cells(world) if w not in doubtful or named(world, w) in known]


def doubted(world: World) -> set[Write]:
    out = {machine.number for machine in world.out}
    return {w for w in cells(world) if w.number in out or (w.number, w.seq) in world.excused}


def nothing_is_lost(world: World) -> None:
    """Every write that was acknowledged is in everybody's history; joined text updates are not
    rows of their own any more, and are held to their words."""
    doubtful = doubted(world)
    writes = [write for write in cells(world) if write not in doubtful]
    for machine in world.members:
        known = known_to(world, machine)
        # Who began with a snapshot has of each cell what came last before it.
        for write in writes if is_whole(world, machine) else ():
            if named(world, write) not in known:
                raise Broken(f"{machine.device} lacks {write}")


def is_whole(world: World, machine: Machine) -> bool:
    """Whether it has read all logs from their beginning, and took nothing from a snapshot."""
    logs = machine.store.connection.execute(
        "SELECT DISTINCT device, log FROM change WHERE log IS NOT NULL AND device <> 'seed'"
    )
    return machine.whole and all(
        stamp_of(world, (0, device)) == stamp_of(world, (0, log)) for device, log in logs
    )


def the_latest_shows(world: World) -> None:
    latest: dict[Cell, list[Write]] = {}
    for write in counting(world):
        known = latest.get(cell_of(write))
        if known is None or write.hlc > known[0].hlc:
            latest[cell_of(write)] = [write]
        elif write.hlc == known[0].hlc:
            known.append(write)
    for machine in world.members:
        for table in TABLES:
            if table.insert_only:
                continue
            for id, row in rows_of(machine, table, set()).items():
                for name, value in zip(table.synced, row, strict=True):
                    wanted = latest.get((table.name, id, name), [])
                    if not world.cloned:
                        wanted = [max(wanted, key=lambda w: w.stamp)] if wanted else []
                    if wanted and value not in [write.val for write in wanted]:
                        raise Broken(f"{machine.device} shows {value!r} and not {wanted}")


def texts_hold_every_word(world: World) -> None:
    out = {machine.number for machine in world.out}
    optional = world.gone_tokens | {word for number, _, word in world.typed if number in out}
    for machine in world.members:
        for text, words in world.tokens.items():
            found = machine.store.find(Text, text)
            said = TOKEN.findall(found.plain) if found else []
            once = [word for word in said if word not in world.unsure_tokens]
            if len(once) != len(set(once)):
                raise Broken(f"{machine.device}: a word is doubled in {text}")
            if words - optional - set(said):
                raise Broken(f"{machine.device}: {text} lacks {words - optional - set(said)}")


def what_was_overwritten_unseen_is_listed(world: World) -> None:
    wanted = set(lost(world))
    for machine in world.members:
        found = {
            (c.tbl, c.row, c.lost.col, stamp_of(world, (c.lost.hlc, c.lost.device)), c.deleted)
            for c in conflicts.conflicts(machine.store)
        }
        # Of what a machine sent under two names, one may be listed that was seen as the other.
        more = set() if world.cloned or world.set_back else found.difference(*wanted)
        lacking = [any_of for any_of in wanted if any_of.isdisjoint(found)]
        if more or lacking:
            raise Broken(f"{machine.device} lists {more} and not {lacking}")


Listed = tuple[str, str, str, Stamp, bool]


def lost(world: World) -> Iterator[frozenset[Listed]]:
    """By what each writer had before him: what nobody knowingly overwrote, and does not show. Of
    two of one moment that shows whose name is the later, and a copy's is another one now: one of
    them must be listed."""
    by_cell: dict[Cell, list[Write]] = defaultdict(list)
    by_row: dict[tuple[str, str], list[list[Write]]] = defaultdict(list)
    for write in counting(world):
        if write.col != ROW:
            by_cell[cell_of(write)].append(write)
    for writes in by_cell.values():
        writes.sort(key=lambda w: w.stamp)
        newest = writes[-1]
        if newest.col == "created_at":
            continue
        tied = [w for w in writes if w.hlc == newest.hlc] if world.cloned else [newest]
        by_row[newest.tbl, newest.row].append(tied)
        seen = {stamp_of(world, stamp) for w in writes for stamp in w.seen}
        for write in writes[:-1]:
            alike = type(write.val) is type(newest.val) and write.val == newest.val
            either = tied if write in tied else [write]
            if not alike and seen.isdisjoint(stamp_of(world, w.stamp) for w in either):
                yield frozenset(listed(world, w, deleted=False) for w in either)
    for (table, row), ties in by_row.items():
        deletions = [w for w in by_cell.get((table, row, "deleted_at"), []) if w.val is not None]
        if not deletions or by_cell[table, row, "deleted_at"][-1].val is None:
            continue
        seen = {stamp_of(world, stamp) for w in deletions for stamp in w.seen}
        for either in ties:
            if either[0].col != "deleted_at" and seen.isdisjoint(
                stamp_of(world, w.stamp) for w in either
            ):
                yield frozenset(listed(world, w, deleted=True) for w in either)


def listed(world: World, write: Write, *, deleted: bool) -> Listed:
    return (*cell_of(write), stamp_of(world, write.stamp), deleted)


def cells(world: World) -> Iterator[Write]:
    return (w for w in world.writes if w.tbl != "text_update")


def cell_of(write: Write) -> Cell:
    return write.tbl, write.row, write.col
