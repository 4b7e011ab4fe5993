"""The machines and what people do on them. `World` runs a list of actions; see `check`."""

import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from schema import texts
from schema.document import Document
from schema.errors import ThukyError
from schema.records import (
    AgendaItem,
    CalendarDay,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Setting,
    Unit,
)
from schema.store import Store
from schema.tables import STATE_AFTER
from sync import conflicts
from sync.consolidation import consolidate
from sync.engine import Engine, Round
from sync.keys import Kept, Vault, keys_path, load
from sync.textfold import fold_quiet, folded
from sync.workspace import Workspace
from tests.simulation.folder import ERRORS, Killed, Network, View
from tests.sync.machines import Office, randomness

# Later than any clock that runs these tests, since the triggers of SQLite read that one too.
START = 2_208_988_800.0
YEAR = 31_536_000.0
TOKEN = re.compile("«[0-9a-z]+»")
SECRET = "bimat"

_templates: dict[int, tuple[list[bytes], dict[str, bytes]]] = {}


def workspace_of(count: int) -> tuple[list[bytes], dict[str, bytes]]:
    """The secrets of `count` members and the folder as it is when all have joined."""
    if count not in _templates:
        office = Office(count)
        for machine in office.machines * 2:
            machine.read()
        kept = [msgspec.json.encode(m.workspace.vault.kept) for m in office.machines]
        assert not isinstance(office.folder, View)
        _templates[count] = kept, dict(office.folder.files)  # type: ignore[attr-defined]
    return _templates[count]


class Mortal(Store):
    """A store whose process may be killed before a commit, or just after it."""

    until_killed = -1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = not self.connection.in_transaction
        with super().transaction():
            yield
            if outermost:
                self._live()
        if outermost:
            self._live()

    def _live(self) -> None:
        if self.until_killed >= 0:
            self.until_killed -= 1
            if self.until_killed < 0:
                raise Killed


@dataclass(frozen=True)
class Write:
    """One acknowledged write of a cell: what its writer had seen of the cell, or of the row."""

    tbl: str
    row: str
    col: str
    val: Any
    hlc: int
    device: str
    seen: frozenset[tuple[int, str]]

    @property
    def stamp(self) -> tuple[int, str]:
        return self.hlc, self.device


@dataclass
class Machine:
    store: Mortal
    view: View
    kept: bytes
    skew: float
    clock: "Clock"
    engine: Engine = field(init=False)
    upto: int = 0
    # Whether it has synced from the beginning; one that has not only sleeps until late.
    awake: bool = True
    late: bool = False
    # Whether it has the history, as one that did not begin with a snapshot.
    whole: bool = True

    def __post_init__(self) -> None:
        self.start()

    @property
    def device(self) -> str:
        return self.engine.workspace.vault.device

    def start(self) -> None:
        """As after a kill: what is in the database and beside it is all there is."""
        self.store.until_killed = -1
        if self.store.connection.in_transaction:
            self.store.connection.execute("ROLLBACK")
        vault = load(keys_path(self.store.path))
        if vault is None:
            kept = msgspec.json.decode(self.kept, type=Kept)
            vault = Vault(kept, self._save)
        self.store.connection.execute(
            "UPDATE clock SET device = ? WHERE device <> ?", (vault.device, vault.device)
        )
        workspace = Workspace(self.view, vault, clock=self.clock, randomness=self.store.randomness)
        self.engine = Engine(self.store, workspace)

    def _save(self, kept: Kept) -> None:
        self.kept = msgspec.json.encode(kept)

    def round(self, *, prove: bool = False) -> Round | None:
        if not self.awake and not self.late:
            self.store.until_killed = -1
            self.view.trouble.rest()
            return None
        if not self.engine.state.places().keys() - {self.device}:
            self.whole = not any(path.startswith("snapshots/") for path in self.view.files)
        try:
            return self.engine.round(prove=prove)
        except Killed:
            self.start()
            return None
        finally:
            self.store.until_killed = -1
            self.view.trouble.rest()


@dataclass
class Clock:
    world: "World"
    skew: float

    def __call__(self) -> float:
        return self.world.now + self.skew


Action = tuple[str, int, int]
EDITS = (
    *("insert", "insert", "insert", "update", "update", "update", "type", "type", "type"),
    *("delete", "event", "day", "setting"),
)
ACTIONS = (
    *(*EDITS, *EDITS, "delete", "sql", "secret", "unsecret", "mark"),
    *(*(("round",) * 16), *(("deliver",) * 8), *(("fault",) * 3), *(("kill",) * 3)),
    *("part", "heal", "heal", "litter", "keep_copy", "roll_back", "step", "restore", "leave"),
    *("restart", "tidy", "tidy", "snapshot"),
)


def script(seed: int, machines: int, steps: int) -> list[Action]:
    dice = random.Random(seed)
    return [
        (dice.choice(ACTIONS), dice.randrange(machines), dice.getrandbits(32)) for _ in range(steps)
    ]


class World:
    """`count` machines on one folder. Each action has its own dice: any part of a script runs."""

    def __init__(self, seed: int, count: int, where: Path, template: Path) -> None:
        dice = random.Random(f"world {seed}")
        self.now = START
        self.network = Network(random.Random(f"network {seed}"), shared=dice.random() < 0.4)
        self.writes: list[Write] = []
        self.tokens: dict[str, set[str]] = {}
        self.gone_tokens: set[str] = set()
        # What belongs to a meeting that was never anything but secret, by the meeting.
        self.secrets: dict[str, set[str]] = {}
        self.counter = 0
        self.copy: dict[str, bytes] = {}
        kept, files = workspace_of(count)
        self.machines: list[Machine] = []
        for number in range(count):
            path = where / f"{number}.db"
            shutil.copy(template, path)
            skew = dice.choice((0, 0, 0, 2, -30, 4000, -4000, YEAR, -YEAR))
            clock = Clock(self, skew)
            store = Mortal(path, clock=clock, randomness=randomness(f"{seed} {number}"))
            store.connection.execute("PRAGMA synchronous = OFF")
            view = self.network.view(files)
            machine = Machine(store, view, kept[number], skew, clock)
            store.connection.execute("UPDATE clock SET device = ?", (machine.device,))
            (machine.upto,) = store.connection.execute("SELECT max(seq) FROM change").fetchone()
            self.machines.append(machine)
        self.machines[-1].awake = dice.random() < 0.5

    def close(self) -> None:
        for machine in self.machines:
            machine.store.close()

    def run(self, actions: list[Action]) -> None:
        for at, (what, number, luck) in enumerate(actions):
            if at == 3 * len(actions) // 4:
                self.wake()
            dice = random.Random(luck)
            self.now += dice.choice((0.0, 0.001, 0.3, 5.0, 90.0))
            machine = self.machines[number % len(self.machines)]
            getattr(self, what)(machine, dice)

    # What people do

    def _edit(self, machine: Machine) -> None:
        """So that the stamps follow the machine's own clock."""
        ms = int(machine.clock() * 1000)
        machine.store.connection.execute("UPDATE clock SET hlc = max(hlc, ? << 16)", (ms,))

    def _note(self, machine: Machine, also: tuple[int, str] | None = None) -> None:
        """Remember what was written, as its writer was told, and what that knew of."""
        run = machine.store.connection.execute
        (last,) = run("SELECT max(seq) FROM change").fetchone()
        rows = run(
            "SELECT tbl, row, col, val, hlc, device FROM change WHERE seq > ? AND log IS NULL",
            (machine.upto,),
        ).fetchall()
        for table, row, col, val, hlc, device in rows:
            # What showed in the cell; who deletes a row has all of it before him.
            where = "1" if col == "deleted_at" else "col = :col"
            limit = -1 if col == "deleted_at" else 1
            seen = run(
                f"SELECT hlc, device FROM change WHERE row = :row AND tbl = :tbl AND {where}"
                " AND (hlc, device) < (:hlc, :device)"
                f" ORDER BY hlc DESC, device DESC LIMIT {limit}",
                {"row": row, "tbl": table, "col": col, "hlc": hlc, "device": device},
            )
            stamps = frozenset(seen) | ({also} if also else set())
            self.writes.append(Write(table, row, col, val, hlc, device, stamps))
        machine.upto = last

    def _some(self, machine: Machine, dice: random.Random, record: type[Any]) -> Any:
        rows = machine.store.select(record, "WHERE deleted_at IS NULL ORDER BY id")
        return dice.choice(rows) if rows else None

    def _word(self) -> str:
        self.counter += 1
        return f"«{self.counter:x}»"

    def insert(self, machine: Machine, dice: random.Random) -> None:
        self._edit(machine)
        store = machine.store
        meeting = self._some(machine, dice, Meeting)
        of = meeting.id if meeting else None
        match dice.randrange(5):
            case 0:
                store.insert(Unit(name=self._word()))
            case 1 if of:
                store.insert(AgendaItem(meeting=of, position=dice.random(), title=self._word()))
            case 2 | 3 if of:
                followup = store.insert(Followup(meeting=of, work=self._word(), inclusive=0))
                store.insert(FollowupSource(followup=followup.id, meeting=of))
            case _:
                store.insert(Meeting(title=self._word(), note=self._word()))
        self._note(machine)

    def update(self, machine: Machine, dice: random.Random) -> None:
        record = dice.choice((Meeting, Followup, Followup, Unit, AgendaItem))
        row = self._some(machine, dice, record)
        if row is None:
            return
        self._edit(machine)
        choices: dict[type[Any], dict[str, Any]] = {
            Meeting: {"place": self._word(), "starts_at": f"2026-0{dice.randrange(1, 9)}-01"},
            Followup: {
                "due": dice.choice((None, "2026-05-01", "2026-06-01")),
                "lead": dice.choice((None, "u1", "u2")),
                "anchor": dice.choice((None, dice.randbytes(4))),
                "inclusive": dice.randrange(2),
            },
            Unit: {"abbr": dice.choice(("", "STC", "SYT"))},
            AgendaItem: {"position": dice.random(), "minutes": dice.choice((None, 5, 10))},
        }
        cells = choices[record]
        names = dice.sample(sorted(cells), dice.randrange(1, len(cells) + 1))
        machine.store.update(record, row.id, **{name: cells[name] for name in names})
        self._note(machine)

    def type(self, machine: Machine, dice: random.Random) -> None:
        meeting = self._some(machine, dice, Meeting)
        if meeting is None:
            return
        self._edit(machine)
        store = machine.store
        document = Document(peer=dice.getrandbits(60), clock=lambda: 1_790_000_000.0)
        texts.take_in(document, texts.updates_since(store, meeting.id, 0))
        known = self.tokens.setdefault(meeting.id, set())
        for _ in range(dice.choice((1, 1, 1, 10))):
            said = document.text
            if said and dice.random() < 0.2:
                at = dice.randrange(len(said))
                found = TOKEN.search(said, at)
                if found:
                    document.delete(found.start(), len(found[0]))
                    self.gone_tokens.add(found[0])
            else:
                # Between words: a word that another one is typed into is not found again.
                ends = [0, *(match.end() for match in TOKEN.finditer(said))]
                word = self._word()
                document.insert(dice.choice(ends), word)
                known.add(word)
            update = document.pending()
            if update:
                texts.append(store, meeting.id, update)
        if dice.random() < 0.2:
            texts.settle(store, meeting.id)
        self._note(machine)

    def delete(self, machine: Machine, dice: random.Random) -> None:
        record = dice.choice((Meeting, Followup, Unit))
        row = self._some(machine, dice, record)
        if row is not None and dice.random() < 0.5:
            self._edit(machine)
            machine.store.delete(record, row.id)
            self._note(machine)

    def event(self, machine: Machine, dice: random.Random) -> None:
        followup = self._some(machine, dice, Followup)
        if followup is not None:
            self._edit(machine)
            kind = dice.choice((*STATE_AFTER, "progress"))
            at = f"2026-03-0{dice.randrange(1, 9)}T00:00:00Z"
            machine.store.insert(
                FollowupEvent(followup=followup.id, kind=kind, at=at, note=self._word())
            )
            self._note(machine)

    def day(self, machine: Machine, dice: random.Random) -> None:
        day = dice.choice(machine.store.select(CalendarDay, "ORDER BY id LIMIT 3"))
        self._edit(machine)
        machine.store.update(CalendarDay, day.id, name=dice.choice(("a", "b")), provisional=1)
        self._note(machine)

    def setting(self, machine: Machine, dice: random.Random) -> None:
        """A row that two machines may make at once."""
        self._edit(machine)
        name, value = dice.choice(("office", "zone")), self._word()
        if machine.store.find(Setting, name):
            machine.store.update(Setting, name, value=value)
        else:
            machine.store.insert(Setting(id=name, value=value))
        self._note(machine)

    def sql(self, machine: Machine, dice: random.Random) -> None:
        """What another program writes."""
        unit = self._some(machine, dice, Unit)
        if unit is None:
            return
        self._edit(machine)
        machine.store.connection.execute(
            dice.choice(
                (
                    "REPLACE INTO unit (id, created_at, name) VALUES (:id, :at, :word)",
                    "UPDATE unit SET aliases = :word WHERE id = :id",
                    "INSERT INTO unit (id, name) VALUES (:id, :word)"
                    " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                )
            ),
            {"id": unit.id, "at": unit.created_at, "word": self._word()},
        )
        self._note(machine)

    # Secret meetings

    def secret(self, machine: Machine, dice: random.Random) -> None:
        self._edit(machine)
        store = machine.store
        meeting = store.insert(Meeting(title=f"{SECRET} {self._word()}", secrecy="mat"))
        followup = store.insert(Followup(meeting=meeting.id, work=f"{SECRET} {self._word()}"))
        event = store.insert(FollowupEvent(followup=followup.id, kind="assigned", note=SECRET))
        source = store.insert(FollowupSource(followup=followup.id, meeting=meeting.id))
        document = Document(peer=dice.getrandbits(60), clock=lambda: 1_790_000_000.0)
        document.insert(0, SECRET)
        texts.append(store, meeting.id, document.pending() or b"")
        (update,) = texts.updates_since(store, meeting.id, 0)
        belonging = (meeting, followup, event, source, update)
        self.secrets[meeting.id] = {row.id for row in belonging}
        self._note(machine)

    def unsecret(self, machine: Machine, dice: random.Random) -> None:
        marked = machine.store.select(Meeting, "WHERE secrecy <> '' ORDER BY id")
        if marked and dice.random() < 0.5:
            self._edit(machine)
            self._unmark(machine, dice.choice(marked))

    def _unmark(self, machine: Machine, meeting: Meeting) -> None:
        """Now all of it may go."""
        self._edit(machine)
        machine.store.update(Meeting, meeting.id, secrecy="")
        self.secrets.pop(meeting.id, None)
        self._note(machine)

    def unmark_all(self) -> None:
        for machine in self.machines:
            for meeting in machine.store.select(Meeting, "WHERE secrecy <> ''"):
                self._unmark(machine, meeting)

    def mark(self, machine: Machine, dice: random.Random) -> None:
        """A meeting that others may have already."""
        meeting = self._some(machine, dice, Meeting)
        if meeting is not None and dice.random() < 0.3:
            self._edit(machine)
            machine.store.update(Meeting, meeting.id, secrecy="mat")
            self._note(machine)

    # What happens to the machines and the folder

    def round(self, machine: Machine, dice: random.Random) -> None:
        machine.round(prove=dice.random() < 0.1)

    def deliver(self, machine: Machine, dice: random.Random) -> None:
        self.network.deliver(dice.choice((1, 3, 20)))

    def fault(self, machine: Machine, dice: random.Random) -> None:
        machine.view.trouble.arm(dice.randrange(30), dice.choice(ERRORS))
        machine.round()

    def kill(self, machine: Machine, dice: random.Random) -> None:
        if dice.random() < 0.5:
            machine.view.trouble.arm(dice.randrange(30), None)
        else:
            machine.store.until_killed = dice.randrange(8)
        machine.round()

    def part(self, machine: Machine, dice: random.Random) -> None:
        machine.view.there = False

    def heal(self, machine: Machine, dice: random.Random) -> None:
        machine.view.there = True

    def litter(self, machine: Machine, dice: random.Random) -> None:
        self.network.litter(machine.view)

    def keep_copy(self, machine: Machine, dice: random.Random) -> None:
        self.copy = dict(machine.view.files)

    def roll_back(self, machine: Machine, dice: random.Random) -> None:
        if self.copy:
            self.network.roll_back(machine.view, self.copy)

    def step(self, machine: Machine, dice: random.Random) -> None:
        machine.clock.skew += dice.choice((-7200.0, -60.0, 60.0, 7200.0))

    def restart(self, machine: Machine, dice: random.Random) -> None:
        machine.start()

    def tidy(self, machine: Machine, dice: random.Random) -> None:
        """Small segments are merged, and the merged ones removed at once."""
        engine = machine.engine
        if machine.round() is None or engine.state.outgoing():
            return
        with suppress(ThukyError):
            place = engine.state.place(machine.device)
            fold = partial(folded, machine.store)
            consolidate(engine.workspace, place, fold=fold, grace_ms=0, run=2)
            fold_quiet(machine.store)

    def snapshot(self, machine: Machine, dice: random.Random) -> None:
        if machine.round() is not None:
            with suppress(ThukyError):
                machine.engine.publish_snapshot()

    def wake(self) -> None:
        for machine in self.machines:
            machine.late = True

    def restore(self, machine: Machine, dice: random.Random) -> None:
        found = conflicts.conflicts(machine.store)
        if found and dice.random() < 0.3:
            self._edit(machine)
            conflict = dice.choice(found)
            conflicts.restore(machine.store, conflict)
            self._note(machine, (conflict.lost.hlc, conflict.lost.device))

    def leave(self, machine: Machine, dice: random.Random) -> None:
        found = conflicts.conflicts(machine.store)
        if found and dice.random() < 0.3:
            self._edit(machine)
            conflict = dice.choice(found)
            conflicts.keep(machine.store, conflict)
            self._note(machine)
            # Whoever leaves one value lost has looked at that one only.
            looked = {(v.hlc, v.device) for v in (conflict.shown, conflict.lost)}
            self.writes[-1] = replace(self.writes[-1], seen=frozenset(looked))

    # The end

    def settle(self) -> list[Round]:
        """All troubles are over: everybody syncs until nothing is new. Returns the last rounds."""
        self.wake()
        for machine in self.machines:
            machine.view.there = True
            machine.view.trouble.rest()
        last: list[Round] = []
        quiet = 0
        for _ in range(14):
            self.network.deliver_all()
            self.now += 120.0
            last = [r for m in self.machines if (r := m.round(prove=True)) is not None]
            self.network.deliver_all()
            quiet = quiet + 1 if all(r.idle and r.failure is None for r in last) else 0
            # One to say what everybody holds, one to read it.
            if quiet == 3:
                break
        return last
