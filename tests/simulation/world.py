"""Machines, a folder, and a list of actions that happen to them. Public entrance: `World`,
`script`; what must hold at the end is in `promises`.
"""

import random
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from schema.errors import ThukyError
from sync.consolidation import consolidate
from sync.engine import Round
from sync.textfold import fold_quiet, folded
from tests.simulation.folder import ERRORS, Network, View
from tests.simulation.machine import Clock, Machine, Mortal
from tests.simulation.people import People
from tests.sync.machines import Office, randomness

# Later than any clock that runs these tests, since the triggers of SQLite read that one too.
START = 2_208_988_800.0
YEAR = 31_536_000.0

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


class World(People):
    """`count` machines on one folder. Each action has its own dice: any part of a script runs."""

    def __init__(self, seed: int, count: int, where: Path, template: Path) -> None:
        super().__init__()
        dice = random.Random(f"world {seed}")
        self.now = START
        self.network = Network(random.Random(f"network {seed}"), shared=dice.random() < 0.4)
        self.copy: dict[str, bytes] = {}
        kept, files = workspace_of(count)
        self.machines = []
        for number in range(count):
            path = where / f"{number}.db"
            shutil.copy(template, path)
            skew = dice.choice((0, 0, 0, 2, -30, 4000, -4000, YEAR, -YEAR))
            clock = Clock(lambda: self.now, skew)
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
